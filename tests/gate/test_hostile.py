"""Two hundred hostile files through the program and every format: no crash, and each output is valid for others."""

import csv
import io
import json
import os
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import html5lib
import jsonschema
import junitparser
import openpyxl
import pandas as pd
import pytest
from markdown_it import MarkdownIt

from corrigenda import resources
from corrigenda.reporting.formats import own
from tests.conftest import Corrigenda, Outcome
from tests.gate.hostile_files import COUNT, write
from tests.reporting.test_validators import SCHEMAS, conforms

pytestmark = pytest.mark.slow

# LanguageTool has tests of its own for hostile text, and a server that is asked for 200 files takes minutes.
OPTIONS = ["--config", "none", "--no-cache", "--fail-on", "never", "--enable", "names", "--disable", "language"]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """Every format of one run over the files; the folder that they lie in."""
    import sys

    folder = tmp_path_factory.mktemp("hostile")
    (folder / "copy").mkdir()
    write(folder / "copy", odd_names=os.name != "nt")
    reports = sorted(name for name, entry in own().items() if not entry.is_copy)
    arguments = [part for name in reports for part in ("--format", name, "--output", f"report.{name}")]
    done = subprocess.run(
        [sys.executable, "-m", "corrigenda", "check", "copy", *OPTIONS, *arguments],
        cwd=folder, capture_output=True, env={**os.environ, "PYTHONUTF8": "1"}, timeout=600, check=False,
    )  # fmt: skip
    return folder, Outcome(done.returncode, done.stdout.decode(), done.stderr.decode("utf-8", "replace"))


def test_no_crash_and_every_file_is_accounted_for(outputs: tuple[Path, Outcome]) -> None:
    folder, outcome = outputs
    assert outcome.code in (0, 3), outcome.err[-3000:]
    assert "Traceback" not in outcome.err and "something went wrong" not in outcome.err
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert len(report["documents"]) == COUNT
    assert not [p for p in report["problems"] if "failed (" in p["message"]], report["problems"]
    assert sum(len(document["findings"]) for document in report["documents"]) > 300
    unread = [document for document in report["documents"] if document["status"] == "not checked"]
    assert 0 < len(unread) <= 60 and len(report["problems"]) >= len(unread)


def test_json(folder: Path) -> None:
    schema = json.loads(resources.path("reports", "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads((folder / "report.json").read_text(encoding="utf-8")))
    for line in (folder / "report.jsonl").read_text(encoding="utf-8").split("\n"):
        assert not line or isinstance(json.loads(line), dict)


def test_sarif(folder: Path) -> None:
    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema).validate(json.loads((folder / "report.sarif").read_text(encoding="utf-8")))


def test_rdjsonl(folder: Path) -> None:
    schema = jsonschema.Draft4Validator(json.loads((SCHEMAS / "rdf-Diagnostic.json").read_text(encoding="utf-8")))
    lines = (folder / "report.rdjsonl").read_text(encoding="utf-8").split("\n")
    assert len(lines) > 300
    for line in lines:
        if line:
            schema.validate(json.loads(line))


def test_gitlab(folder: Path) -> None:
    from typos_gitlab_code_quality import GitlabIssue

    rows = json.loads((folder / "report.gitlab").read_text(encoding="utf-8"))
    assert rows and all(conforms(row, GitlabIssue) for row in rows)
    assert len({row["fingerprint"] for row in rows}) == len(rows)


def test_junit(folder: Path) -> None:
    data = (folder / "report.junit").read_bytes()
    ET.fromstring(data)
    assert sum(1 for suite in junitparser.JUnitXml.fromstring(data) for _ in suite) >= COUNT


def test_tables(folder: Path) -> None:
    text = (folder / "report.csv").read_bytes().decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == len(pd.read_csv(folder / "report.csv", keep_default_na=False, dtype=str))
    assert not [value for row in rows for value in row.values() if value.startswith(("=", "+", "-", "@", "\t", "\r"))]
    book = openpyxl.load_workbook(folder / "report.xlsx", read_only=True)
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_html(folder: Path) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert [script.get("type") for script in tree.findall(".//script")] == ["application/json", None]
    names = {name for element in tree.iter() for name in element.attrib}
    assert not [name for name in names if name.startswith("on") or name in ("src", "srcdoc", "style", "action")]


def test_markdown(folder: Path) -> None:
    text = (folder / "report.markdown").read_text(encoding="utf-8")
    tokens = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(text)
    kinds = {inner.type for token in tokens for inner in [token, *(token.children or [])]}
    assert not kinds & {"html_inline", "html_block", "link_open", "image"}


def test_github_and_terminal(folder: Path) -> None:
    lines = (folder / "report.github").read_text(encoding="utf-8").split("\n")
    commands = [line for line in lines if line.startswith("::")]
    assert commands and all(line.startswith(("::error ", "::warning ", "::notice ")) for line in commands)
    shown = (folder / "report.terminal").read_text(encoding="utf-8")
    assert not [c for c in shown if c in "\x1b\x07\x9b\u202e\u202d\u2066\u2067\u2068\u200f\x00"]


@pytest.mark.skipif(os.name == "nt", reason="git there changes line ends")
def test_the_diff_applies_to_what_git_takes_for_text(folder: Path, tmp_path: Path) -> None:
    """Git's own parser reads the whole patch; where a file is no UTF-8 its bytes are not those of the diff."""
    text = (folder / "report.diff").read_bytes()
    assert text.count(b"\n--- ") > 50
    done = subprocess.run(
        ["git", "apply", "--numstat", "-"], input=text, cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(b"\n") == text.count(b"\n--- ")


@pytest.fixture
def folder(outputs: tuple[Path, Outcome]) -> Path:
    return outputs[0]


def test_fix_neither_crashes_nor_makes_a_file_unreadable(corrigenda: Corrigenda, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    before = {path.name: path.read_bytes() for path in write(copy, odd_names=False)}
    outcome = corrigenda("fix", "copy", "--config", "none", "--disable", "all", "--enable", "cleanup", "--exit-zero")
    assert outcome.code in (0, 3) and "Traceback" not in outcome.err, outcome.err[-2000:]
    assert "went wrong" not in outcome.err
    after = {path.name: path.read_bytes() for path in copy.iterdir()}
    assert after.keys() == before.keys()
    assert sum(after[name] != data for name, data in before.items()) > 100
    again = corrigenda("fix", "copy", "--config", "none", "--disable", "all", "--enable", "cleanup", "--exit-zero")
    assert "0 corrections made in 0 files." in again.err
    assert {path.name: path.read_bytes() for path in copy.iterdir()} == after
