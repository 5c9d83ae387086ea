"""Recorded answers give the same report again, from a folder and from a server, to the byte."""

import importlib.util
import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Corrigenda, Outcome

pytestmark = pytest.mark.shipped_bars
OFF = '[engines]\nspacy = "off"\nembeddings = "off"\nlanguage-model = "off"\ngrammar = "off"\n'


@pytest.fixture
def sample(root: Path, tmp_path: Path) -> Path:
    """The sample article, alone, with the checks of the model alone."""
    (tmp_path / "corrigenda.toml").write_text('disable = ["all"]\nenable = ["reading"]\n' + OFF, encoding="utf-8")
    return Path(shutil.copy(root / "corpora" / "samples" / "lighthouse.md", tmp_path))


@contextmanager
def replaying(root: Path, folder: Path) -> Iterator[Any]:
    """The server of benchmarks/llm_replay.py."""
    spec = importlib.util.spec_from_file_location("llm_replay", root / "benchmarks" / "llm_replay.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    server = module.Replayer(folder)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def findings(done: Outcome) -> list[dict[str, Any]]:
    return [finding for document in json.loads(done.out)["documents"] for finding in document["findings"]]


def check(corrigenda: Corrigenda, *options: str) -> Outcome:
    return corrigenda(
        "check", "lighthouse.md", "--llm-model", "large", "--format", "json", "--fail-on", "never", *options
    )


def test_the_sample_is_read_again_to_the_byte(corrigenda: Corrigenda, root: Path, sample: Path) -> None:
    kept = root / "benchmarks" / "llm"
    before = sorted(path.name for path in kept.rglob("*.json"))
    first, second = (check(corrigenda, "--record", str(kept)) for _ in range(2))
    assert first.code == 0, first.out
    assert first.out == second.out
    assert sorted(path.name for path in kept.rglob("*.json")) == before, "every request has its answer"
    found = findings(first)
    assert {finding["severity"] for finding in found} >= {"warning"}
    text = sample.read_text(encoding="utf-8")
    assert all(text[finding["start"] : finding["end"]] == finding["quote"] for finding in found)
    with replaying(root, kept) as server:
        served = check(corrigenda, "--llm", server.address)
        assert (server.missing, server.asked > 1) == (0, True)
    assert findings(served) == found


def test_what_has_no_answer_is_written_down(corrigenda: Corrigenda, root: Path, sample: Path, tmp_path: Path) -> None:
    done = check(corrigenda, "--record", "here")
    assert done.code == 3
    (engine,) = [engine for engine in json.loads(done.out)["engines"] if engine["name"] == "llm"]
    assert "no answer is recorded to 1 request" in engine["reason"] or "requests" in engine["reason"]
    written = list((tmp_path / "here" / "requests").glob("*.json"))
    assert written
    for path in written:
        body = json.loads(path.read_text(encoding="utf-8"))
        assert [message["role"] for message in body["messages"]] == ["system", "user"]
    with replaying(root, tmp_path / "there") as server:
        check(corrigenda, "--llm", server.address)
    assert sorted(path.name for path in (tmp_path / "there" / "requests").glob("*.json")) == sorted(
        path.name for path in written
    )


def test_a_damaged_answer_is_one_line(corrigenda: Corrigenda, sample: Path, tmp_path: Path) -> None:
    check(corrigenda, "--record", "here")
    for path in (tmp_path / "here" / "requests").glob("*.json"):
        (tmp_path / "here" / "answers").mkdir(exist_ok=True)
        (tmp_path / "here" / "answers" / path.name).write_text('{"content": 7', encoding="utf-8")
    done = check(corrigenda, "--record", "here")
    assert done.code == 3 and "is damaged" in done.out
