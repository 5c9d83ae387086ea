"""The JSON contract: exactly the agreed keys, valid by the schema, lossless and the same each time."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda import resources
from corrigenda.finding import (
    Applicability,
    Correction,
    DocumentReport,
    EngineStatus,
    Finding,
    Problem,
    Report,
    Severity,
    fingerprint,
)
from corrigenda.reporting.base import Options
from corrigenda.reporting.formats import render, write
from tests.reporting.hostile import joined
from tests.reporting.sample import sample

SCHEMA = json.loads(resources.path("reports", "report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | any_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_text, inner, max_size=3),
    max_leaves=6,
)
corrections = st.builds(Correction, any_text, st.sampled_from(Applicability))
findings = st.builds(
    Finding,
    check=st.just("artefacts/made-up"),
    category=any_text,
    severity=st.sampled_from(Severity),
    confidence=st.floats(0, 1),
    start=st.integers(0, 10**6),
    end=st.integers(0, 10**6),
    line=st.integers(1, 10**5),
    column=st.integers(1, 10**5),
    quote=any_text,
    message=any_text.filter(bool),
    evidence=st.dictionaries(any_text, values, max_size=3),
    variants=st.lists(any_text, max_size=3).map(tuple),
    in_quotation=st.booleans(),
    fingerprint=st.just(fingerprint("artefacts/made-up", "a", "b", "c")),
    corrections=st.lists(corrections, max_size=3).map(tuple),
    label=st.just(""),
    source_span=st.none(),
)
positions = st.integers(0, 10**6)
without_lines = st.builds(
    lambda finding, label, span: finding._replace(line=None, column=None, label=label, source_span=span),
    findings,
    any_text.filter(bool),
    st.none() | st.tuples(positions, positions),
)
"""In a file without lines, and perhaps with a place in its source."""
reports = st.builds(
    Report,
    version=st.just("0.1.0"),
    engines=st.lists(st.builds(EngineStatus, st.just("rules"), st.sampled_from(("ran", "absent")), any_text)).map(
        tuple
    ),
    documents=st.lists(
        st.builds(
            DocumentReport, any_text, st.just("checked"), st.lists(findings | without_lines, max_size=3).map(tuple)
        ),
        max_size=3,
    ).map(tuple),
    problems=st.lists(st.builds(Problem, any_text, any_text.filter(bool)), max_size=2).map(tuple),
)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_sample_has_the_agreed_form() -> None:
    report, documents = sample()
    data = json.loads(render("json", report, documents.get))
    VALIDATOR.validate(data)
    assert list(data) == ["corrigenda", "schema", "engines", "documents", "problems"]
    assert list(data["engines"][0]) == ["name", "status", "reason"]
    assert list(data["documents"][0]) == ["path", "status", "findings"]
    assert list(data["documents"][1]["findings"][0]) == [
        "check", "category", "severity", "confidence", "start", "end", "line", "column", "quote", "message", "evidence",
        "variants", "in_quotation", "fingerprint", "corrections",
    ]  # fmt: skip
    assert list(data["documents"][1]["findings"][0]["corrections"][0]) == ["text", "applicability"]
    assert list(data["problems"][0]) == ["path", "message"]
    for entry in data["documents"]:
        for finding in entry["findings"]:
            assert documents[entry["path"]].text[finding["start"] : finding["end"]] == finding["quote"]


@pytest.mark.parametrize(
    "path",
    [(), ("engines", 0), ("documents", 1), ("documents", 1, "findings", 0), ("problems", 0)],
    ids=lambda path: "/".join(map(str, path)) or "report",
)
def test_the_schema_is_strict(path: tuple[str | int, ...]) -> None:
    report, documents = sample()
    for change in ("add", "remove"):
        data = json.loads(render("json", report, documents.get))
        place = data
        for step in path:
            place = place[step]
        if change == "add":
            place["surprise"] = 1
        else:
            del place[next(iter(place))]
        assert not VALIDATOR.is_valid(data), change


@given(reports)
def test_any_report_is_valid_and_lossless(report: Report) -> None:
    text = render("json", report, lambda path: None)
    assert isinstance(text, str)
    text.encode("utf-8")
    assert not any((ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E for c in text)
    data = json.loads(text)
    VALIDATOR.validate(data)
    for entry, document in zip(data["documents"], report.documents, strict=True):
        assert entry["path"] == joined(document.path)
        for row, finding in zip(entry["findings"], document.findings, strict=True):
            assert row["quote"] == joined(finding.quote)
            assert [c["text"] for c in row["corrections"]] == [joined(c.text) for c in finding.corrections]
            assert (row["start"], row["end"]) == (finding.start, finding.end)
            assert (row["line"], row["column"]) == (finding.line, finding.column)
            assert ("label" in row, "source_span" in row) == (bool(finding.label), finding.source_span is not None)


@given(reports)
def test_lines_hold_the_same(report: Report) -> None:
    lines = str(render("jsonl", report, lambda path: None)).split("\n")
    assert lines.pop() == ""
    rows = [json.loads(line) for line in lines]
    whole = json.loads(render("json", report, lambda path: None))
    found = [{k: v for k, v in row.items() if k not in ("kind", "path")} for row in rows if row["kind"] == "finding"]
    assert found == [finding for entry in whole["documents"] for finding in entry["findings"]]
    assert [row["path"] for row in rows if row["kind"] == "problem"] == [p["path"] for p in whole["problems"]]


def test_a_file_is_written_as_utf8_with_line_feeds(tmp_path: Path) -> None:
    report, documents = sample()
    write("json", report, documents.get, tmp_path / "report.json", Options())
    data = (tmp_path / "report.json").read_bytes()
    assert "наsledie".encode() in data
    assert b"\r" not in data
