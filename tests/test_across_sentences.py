"""Sentences that two documents of a run share: found in the later one, wherever it stands, and off unless asked for."""

import json
from pathlib import Path
from typing import Any

import pytest

from corrigenda.documents.store import DocumentStore, Source
from corrigenda.finding import Finding
from corrigenda.pipeline.run import run
from corrigenda.settings import Settings
from tests.conftest import Corrigenda

CHECK = "cleanup/said-twice-across-documents"
ON = Settings(disabled=("all",), enabled=(CHECK,))
FERRY = "The ferry company cancelled all crossings to the island of Brannoch on Friday because of the storm."
REWORDED = "On Friday the ferry company cancelled all crossings to the island of Brannoch because of the storm."
METER = "To reset the meter, hold the red key for ten seconds until both of the lamps go out."


def found(documents: dict[str, str], settings: Settings = ON) -> dict[str, tuple[Finding, ...]]:
    report = run([Source(name, data=text.encode()) for name, text in documents.items()], settings, incremental=False)
    return {document.path: document.findings for document in report.documents if document.findings}


def test_the_later_document_is_marked_and_names_the_earlier_one_and_its_line() -> None:
    findings = found({"b.txt": f"Bread ran out.\n\n{REWORDED}\n", "a.txt": f"A storm came up.\n\n{FERRY}\n"})
    ((finding,),) = findings.values()
    assert set(findings) == {"b.txt"}
    assert finding.quote == REWORDED
    assert "line 3 of a.txt" in finding.message
    assert "in other words" in finding.evidence["comparison"] and finding.evidence["documents"] == ["a.txt"]
    assert 0.5 < finding.confidence <= 0.95


def test_the_same_words_need_no_model_and_other_words_do() -> None:
    off = Settings(disabled=("all",), enabled=(CHECK,), engines={"embeddings": "off", "language-model": "off"})
    findings = found({"a.txt": f"{FERRY} {METER}\n", "b.txt": f"{REWORDED} {METER}\n"}, off)
    assert [finding.quote for finding in findings["b.txt"]] == [METER]
    assert "in the same words" in findings["b.txt"][0].evidence["comparison"]


def test_what_could_not_be_judged_is_said() -> None:
    off = Settings(disabled=("all",), enabled=(CHECK,), engines={"embeddings": "off", "language-model": "off"})
    sources = [Source("a.txt", data=FERRY.encode()), Source("b.txt", data=REWORDED.encode())]
    for settings, status in ((ON, "ran"), (off, "off")):
        report = run(sources, settings, incremental=False)
        (engine,) = [engine for engine in report.engines if engine.name == "embeddings"]
        assert engine.status == status
        assert ("1 place was not judged" in engine.reason) is (status == "off")


def test_a_paragraph_that_was_taken_over_is_one_finding() -> None:
    text = f"{FERRY} {METER}"
    (finding,) = found({"a.md": f"# One\n\n{text}\n", "b.md": f"# Two\n\nNew words first.\n\n{text}\n"})["b.md"]
    assert finding.quote == text


@pytest.mark.parametrize(
    "other",
    [
        "The ferry company resumed all crossings to the island of Brannoch on Sunday after the storm.",
        "The ferry company cancelled all crossings to the island of Sorrey on Friday because of the storm.",
        "The ferry company cancelled 12 crossings to the island of Brannoch on Friday because of the storm.",
    ],
)
def test_what_differs_in_a_fact_is_not_the_same(other: str) -> None:
    assert found({"a.txt": FERRY + "\n", "b.txt": other + "\n"}) == {}


def test_within_one_document_it_says_nothing_and_without_being_asked_nothing_at_all() -> None:
    assert found({"a.txt": f"{FERRY}\n\n{REWORDED}\n", "b.txt": "Quite another thing happened on Monday.\n"}) == {}
    everything = found({"a.txt": FERRY + "\n", "b.txt": FERRY + "\n"}, Settings())
    assert all(finding.check != CHECK for findings in everything.values() for finding in findings)


def test_a_run_over_what_did_not_change_says_the_same(corrigenda: Corrigenda, tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    for name, text in {"a.txt": FERRY, "b.txt": REWORDED, "c.txt": METER}.items():
        (folder / name).write_text(text + "\n", encoding="utf-8")
    options = ["check", "docs", "--config", "none", "--disable", "all", "--enable", CHECK, "--format", "json"]

    def documents() -> Any:
        return json.loads(corrigenda(*options, "--fail-on", "never").out)["documents"]

    first = documents()
    assert [len(document["findings"]) for document in first] == [0, 1, 0]
    assert documents() == first
    (folder / "c.txt").write_text(FERRY + "\n", encoding="utf-8")
    changed = documents()
    assert [len(document["findings"]) for document in changed] == [0, 1, 1]
    assert changed[1] == first[1]


def test_a_form_that_all_documents_follow_costs_no_more_than_it_must() -> None:
    documents = {f"{number:03}.txt": f"{METER} This is device {number}.\n" for number in range(120)}
    assert len(found(documents)) == 119


def test_a_file_that_vanishes_after_it_was_checked_takes_no_part(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(FERRY + "\n", encoding="utf-8")
    sources = [Source(name, tmp_path / name) for name in ("a.txt", "b.txt", "c.txt")]

    def vanish(done: int, of: int, stage: object) -> None:
        (tmp_path / "b.txt").unlink(missing_ok=True)

    # The store holds one document, so that the others are read again when they are compared.
    report = run(sources, ON, incremental=False, progress=vanish, store=DocumentStore(documents=1))
    assert [len(document.findings) for document in report.documents] == [0, 0, 1]
