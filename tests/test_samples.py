"""The sample article: its gold file is true, and `make demo` finds what it planted."""

import json
from pathlib import Path
from typing import Any

import pytest

from corrigenda import resources
from corrigenda.documents import registry as reading
from corrigenda.documents.store import Source
from corrigenda.finding import Severity
from corrigenda.pipeline.run import run
from corrigenda.settings import Settings

FOLDER = resources.path("corpora", "samples")
SAMPLES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".md", ".txt"))


def gold(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_the_gold_file_is_true(path: Path) -> None:
    text = reading.read(path, path.name).text
    marks = gold(path)
    assert marks["findings"] == sorted(marks["findings"], key=lambda mark: (mark["start"], mark["end"]))
    for mark in (*marks["findings"], *marks["never"]):
        assert text[mark["start"] : mark["end"]] == mark["quote"]
        assert mark["why"]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_what_was_planted_is_found_and_nothing_else(path: Path) -> None:
    marks = gold(path)
    report = run([Source(path.name, path)], Settings())
    assert report.problems == ()
    found = report.documents[0].findings

    def touches(one: Any, mark: dict[str, Any]) -> bool:
        return bool(one.start < mark["end"] and mark["start"] < one.end)

    planted = [mark for mark in marks["findings"] if "needs" not in mark]  # grammar is off in most tests
    hit = [mark for mark in planted if any(touches(one, mark) for one in found)]
    missed = [mark["quote"] for mark in planted if mark not in hit]
    assert len(hit) >= 0.8 * len(planted), missed
    # What is only unlikely is wrong about as often as right, and never more than a suggestion (docs/comparisons.md).
    unlikely = [one for one in found if one.check == "artefacts/unlikely-wording"]
    assert {one.severity for one in unlikely} <= {Severity.SUGGESTION}
    assert len(unlikely) <= 0.05 * len(path.read_text(encoding="utf-8").split())
    others = [one for one in found if one not in unlikely]
    beside = [one.quote for one in others if not any(touches(one, mark) for mark in marks["findings"])]
    assert beside == []
    assert not [one.quote for one in others for mark in marks["never"] if touches(one, mark)]
