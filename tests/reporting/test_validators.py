"""Each format read by a schema or a parser that is not ours."""

import csv
import io
import json
import subprocess
import typing
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import html5lib
import jsonschema
import junitparser
import openpyxl
import pandas as pd
import pytest
from markdown_it import MarkdownIt

from corrigenda.documents.document import Document
from corrigenda.finding import DocumentReport, EngineStatus, Finding, Report, Severity
from corrigenda.reporting import diff, formats, github
from corrigenda.reporting.base import Options
from corrigenda.reporting.sarif import uri
from tests.reporting.hostile import HOSTILE, hostile_report, joined, two_hundred
from tests.reporting.sample import CHECKS, document, sample

SCHEMAS = Path(__file__).parent / "schemas"


def runs() -> list[Any]:
    report, documents = sample()
    cases = [pytest.param(report, documents, id="sample")]
    cases += [pytest.param(*hostile_report(text), id=name) for name, text in HOSTILE.items()]
    cases.append(pytest.param(*two_hundred(), id="two hundred"))
    cases.append(pytest.param(Report("0.1.0", (), (), ()), {}, id="nothing"))
    return cases


every_run = pytest.mark.parametrize(("report", "documents"), runs())


def text_of(name: str, report: Report, documents: dict[str, Document], **more: Any) -> str:
    text = formats.render(name, report, documents.get, Options(checks=CHECKS, **more))
    assert isinstance(text, str)
    return text.encode("utf-8").decode("utf-8")


@pytest.fixture(scope="module")
def sarif_schema() -> jsonschema.Draft4Validator:
    return jsonschema.Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def rdf_schema() -> jsonschema.Draft4Validator:
    return jsonschema.Draft4Validator(json.loads((SCHEMAS / "rdf-Diagnostic.json").read_text(encoding="utf-8")))


@every_run
def test_sarif(report: Report, documents: dict[str, Document], sarif_schema: jsonschema.Draft4Validator) -> None:
    log = json.loads(text_of("sarif", report, documents))
    sarif_schema.validate(log)
    run = log["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_positions_and_fixes_are_exact() -> None:
    report, documents = sample()
    run = json.loads(text_of("sarif", report, documents))["runs"][0]
    findings = [(entry, finding) for entry in report.documents for finding in entry.findings]
    assert len(run["results"]) == len(findings)
    for result, (entry, finding) in zip(run["results"], findings, strict=True):
        place = result["locations"][0]["physicalLocation"]
        text = documents[entry.path].text
        region = place["region"]
        assert place["artifactLocation"]["uri"] == entry.path
        starts = documents[entry.path].line_starts
        begin = starts[region["startLine"] - 1] + region["startColumn"] - 1
        end = starts[region["endLine"] - 1] + region["endColumn"] - 1
        assert text[begin:end] == finding.quote == region["snippet"]["text"]
        assert result["partialFingerprints"] == {"corrigenda/v1": finding.fingerprint}
        texts = [
            fix["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] for fix in result.get("fixes", [])
        ]
        assert texts == [c.text for c in finding.corrections if c.applicability != "display-only"]
    helps = {rule["id"]: rule["help"]["text"] for rule in run["tool"]["driver"]["rules"]}
    assert CHECKS["artefacts/lost-particle"].why in helps["artefacts/lost-particle"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a b/ü.txt", "a%20b/%C3%BC.txt"),
        ("/srv/a#b.txt", "file:///srv/a%23b.txt"),
        ("C:\\copy\\a.txt", "file:///C:/copy/a.txt"),
        ("a:b.txt", "a%3Ab.txt"),
        ("-", "-"),
        ("100%.txt", "100%25.txt"),
    ],
)
def test_paths_become_uri_references(path: str, expected: str) -> None:
    assert uri(path) == expected


@every_run
def test_rdjsonl(report: Report, documents: dict[str, Document], rdf_schema: jsonschema.Draft4Validator) -> None:
    for line in text_of("rdjsonl", report, documents).splitlines():
        rdf_schema.validate(json.loads(line))


def test_rdjsonl_counts_bytes() -> None:
    report, documents = sample()
    for line in text_of("rdjsonl", report, documents).splitlines():
        row = json.loads(line)
        if "range" not in row["location"]:
            continue
        lines = documents[row["location"]["path"]].text.encode().split(b"\n")
        span = row["location"]["range"]
        assert span["start"]["line"] == span["end"]["line"]
        part = lines[span["start"]["line"] - 1][span["start"]["column"] - 1 : span["end"]["column"] - 1].decode()
        assert any(f.quote == part for entry in report.documents for f in entry.findings)


def conforms(value: Any, hint: Any) -> bool:
    """Whether a value is what another project's TypedDict says, with no key too many."""
    if typing.is_typeddict(hint):
        hints = typing.get_type_hints(hint)
        return set(value) == set(hints) and all(conforms(value[key], inner) for key, inner in hints.items())
    if typing.get_origin(hint) is typing.Literal:
        return value in typing.get_args(hint)
    return type(value) is hint


@every_run
def test_gitlab(report: Report, documents: dict[str, Document]) -> None:
    from typos_gitlab_code_quality import GitlabIssue

    rows = json.loads(text_of("gitlab", report, documents))
    for row in rows:
        assert conforms(row, GitlabIssue)
    prints = [row["fingerprint"] for row in rows]
    assert len(set(prints)) == len(prints)


@every_run
def test_junit(report: Report, documents: dict[str, Document]) -> None:
    text = text_of("junit", report, documents, fail_on=Severity.WARNING)
    suites = junitparser.JUnitXml.fromstring(text.encode())
    cases = [case for suite in suites for case in suite]
    root = ET.fromstring(text)
    assert int(root.get("tests", "")) == len(cases)
    grave = {(e.path, f.check) for e in report.documents for f in e.findings if f.severity.rank >= 1}
    assert sum(1 for case in cases for r in case.result if isinstance(r, junitparser.Failure)) == len(grave)
    assert sum(1 for case in cases for r in case.result if isinstance(r, junitparser.Error)) == len(report.problems)
    idle = [engine for engine in report.engines if engine.status in ("absent", "off")]
    assert sum(1 for case in cases for r in case.result if isinstance(r, junitparser.Skipped)) == len(idle)


@every_run
def test_csv(report: Report, documents: dict[str, Document]) -> None:
    text = text_of("csv", report, documents)
    frame = pd.read_csv(io.StringIO(text), keep_default_na=False, dtype=str)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(frame) == len(rows)
    found = [row for row in rows if row["kind"] == "finding"]
    assert len(found) == sum(len(entry.findings) for entry in report.documents)
    for row in rows:
        for value in row.values():
            assert not value.startswith(("=", "+", "-", "@", "\t", "\r"))


@every_run
def test_xlsx(report: Report, documents: dict[str, Document]) -> None:
    data = formats.render("xlsx", report, documents.get)
    assert isinstance(data, bytes)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Findings", "Names", "Summary"]
    for sheet in book.worksheets:
        assert sheet.auto_filter.ref
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
    frame = pd.read_excel(io.BytesIO(data), sheet_name="Findings", keep_default_na=False)
    assert (frame["kind"] == "finding").sum() == sum(len(entry.findings) for entry in report.documents)


@every_run
def test_html_is_well_formed(report: Report, documents: dict[str, Document]) -> None:
    page = text_of("html", report, documents)
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(page)
    scripts = tree.findall(".//script")
    assert [script.get("type") for script in scripts] == ["application/json", None]
    assert len(tree.findall(".//style")) == 1
    attributes = [name for element in tree.iter() for name in element.attrib]
    assert not [name for name in attributes if name.startswith("on") or name in ("src", "srcdoc", "style", "action")]
    assert all(a.get("href", "").startswith("#") for a in tree.findall(".//a"))
    data = json.loads(scripts[0].text or "")
    assert [entry["path"] for entry in data["documents"]] == [joined(entry.path) for entry in report.documents]


@every_run
def test_markdown_has_no_markup_from_files(report: Report, documents: dict[str, Document]) -> None:
    text = text_of("markdown", report, documents)
    kinds = {token.type for token in _tokens(MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(text))}
    assert not kinds & {"html_inline", "html_block", "link_open", "image", "s_open"}


def _tokens(tokens: list[Any]) -> list[Any]:
    return [inner for token in tokens for inner in [token, *_tokens(token.children or [])]]


def test_markdown_shows_the_text_as_it_is() -> None:
    text = "1. *Stars* & <b>bold</b> [x](y) `code` https://example.org _u_ # ~~a~~ \\ $x$ @all |"
    finding = Finding("t/x", "style", Severity.ERROR, 1.0, 3, 10, 1, 4, "*Stars*", text)
    report = Report("1", (), (DocumentReport("a.txt", "checked", (finding,)),), ())
    page = text_of("markdown", report, {"a.txt": document("a.txt", text)})
    tree = html5lib.parseFragment(MarkdownIt("gfm-like", {"linkify": False}).render(page), namespaceHTMLElements=False)
    quote = tree.find(".//blockquote")
    assert quote is not None
    assert "".join(quote.itertext()).strip() == text


@every_run
def test_github_commands_stay_within_the_caps(report: Report, documents: dict[str, Document]) -> None:
    lines = text_of("github", report, documents).split("\n")
    assert lines.pop() == ""
    *commands, last = lines
    for kind in ("error", "warning", "notice"):
        assert sum(1 for line in commands if line.startswith(f"::{kind} ")) <= 10
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in commands)
    assert not last.startswith("::")


def test_github_counts_what_found_no_room(tmp_path: Path) -> None:
    text = "bad word. " * 40
    findings = tuple(
        Finding("t/x", "style", Severity.WARNING, 1.0, at, at + 3, 1, at + 1, "bad", "Why: 100% wrong,\nso: there.")
        for at in range(0, 250, 10)
    )
    report = Report("1", (), (DocumentReport("a,b:c.txt", "checked", findings),), ())
    documents = {"a,b:c.txt": document("a,b:c.txt", text)}
    lines = text_of("github", report, documents).splitlines()
    assert len(lines) == 11
    assert lines[0] == (
        "::warning file=a%2Cb%3Ac.txt,line=1,endLine=1,col=1,endColumn=4,title=t/x::"
        "“bad”: Why: 100%25 wrong,%0Aso: there."
    )
    assert lines[9] == "::warning title=corrigenda::16 more of this kind in the job summary."
    formats.publish("github", report, documents.get, env={"GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")})
    formats.publish("json", report, documents.get, env={"GITHUB_STEP_SUMMARY": str(tmp_path / "other.md")})
    assert (tmp_path / "summary.md").read_text(encoding="utf-8").count("**Warning**") == 25
    assert not (tmp_path / "other.md").exists()


def test_a_long_job_summary_is_cut_where_github_would_refuse_it() -> None:
    finding = Finding("t/x", "style", Severity.WARNING, 1.0, 0, 3, 1, 1, "bad", "é" * 900)
    report = Report("1", (), (DocumentReport("a.txt", "checked", (finding,) * 900),), ())
    text = github.summary(report, lambda path: None, Options())
    assert 900_000 < len(text.encode()) < 1024 * 1024
    assert text.rstrip().endswith("has all findings.**")


DIFFS = {
    "plain": ("one\ntwo\nthree\n", "one\n2\nthree\n"),
    "no newline at the end": ("one\ntwo", "one\n2"),
    "carriage returns": ("one\r\ntwo\r\nthree\r\n", "one\r\n2\r\nthree\r\n"),
    "unicode": ("表 🙂\n\u2028 line separator\x0c\x1c\n", "表 🙂!\n\u2028 line separator\x0c\x1c\n"),
    "emptied": ("one\n", ""),
    "filled": ("", "one\n"),
}


@pytest.mark.parametrize(("before", "after"), DIFFS.values(), ids=DIFFS.keys())
@pytest.mark.parametrize("name", ["copy/plain.txt", "copy/ü ß.txt"])
def test_git_applies_the_diff(before: str, after: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / name).write_bytes(before.encode())
    report = Report("1", (EngineStatus("spacy", "absent", "Install it."),), (DocumentReport(name, "checked"),), ())
    options = Options(corrected=lambda path: after)
    text = diff.render(report, {name: Document(name, before, "text")}.get, options)
    (tmp_path / "change.diff").write_bytes(text.encode())
    subprocess.run(["git", "apply", "--verbose", "change.diff"], cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / name).read_bytes() == after.encode()


def test_nothing_to_correct_gives_comments_alone() -> None:
    report, documents = sample()
    text = text_of(
        "diff", report, documents, corrected=lambda path: documents[path].text if path in documents else None
    )
    assert text.splitlines()
    assert all(line.startswith("# ") for line in text.splitlines())


def test_formats_know_their_names() -> None:
    with pytest.raises(formats.UnknownFormat, match="choose one of"):
        formats.render("pdf", *_nothing())
    assert formats.for_path(Path("report.html")) == "html"
    assert formats.for_path(Path("report.SARIF")) == "sarif"
    assert formats.for_path(Path("report.json")) == "json"
    assert formats.for_path(Path("report.txt")) is None


def _nothing() -> tuple[Report, Any]:
    return Report("1", (), (), ()), lambda path: None
