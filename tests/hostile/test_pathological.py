"""The texts of benchmarks/hostile.py, made small: each is checked or refused in one line, and none stops the run."""

import json
import runpy
from pathlib import Path

import pytest

from tests.conftest import Corrigenda

SIZE = 12_000
"""Code points of each text. What 4 MB of it cost is measured by the benchmark, whose limits are no test's."""


@pytest.mark.parametrize("suffix", ["md", "txt"])
def test_every_text_is_read_or_refused(corrigenda: Corrigenda, root: Path, tmp_path: Path, suffix: str) -> None:
    made = runpy.run_path(str(root / "benchmarks" / "hostile.py"))["texts"]
    names = []
    for name, text in made(SIZE):
        (tmp_path / f"{name}.{suffix}").write_text(text, encoding="utf-8", newline="")
        names.append(f"{name}.{suffix}")
    assert len(names) > 90
    done = corrigenda("check", ".", "--format", "json", "--fail-on", "never", "--jobs", "1", cwd=tmp_path)
    assert done.code in (0, 3), done.err
    assert "something went wrong" not in done.err and "Traceback" not in done.err
    report = json.loads(done.out)
    refused = {problem["path"]: problem["message"] for problem in report["problems"]}
    assert {document["path"] for document in report["documents"]} | refused.keys() == set(names)
    assert all("\n" not in message and len(message) < 400 for message in refused.values())
