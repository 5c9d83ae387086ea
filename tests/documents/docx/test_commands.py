"""Word files on the command line: checked, corrected, and reported by paragraphs."""

import json
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from tests.conftest import Corrigenda
from tests.documents.docx.making import para, part, parts, run, word
from tests.documents.docx.test_docx import cell, table

BODY = (
    para("The harbour opens", style="berschrift1")
    + para("A fair stood on the territory ", run("of", "<w:i/>"), " the port.")
    + table([cell(para("Boats on the territory of the harbour"))])
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    checks = tmp_path / "own" / "house"
    checks.mkdir(parents=True)
    (checks / "term.yaml").write_text(
        "id: house/term\nsummary: The house says otherwise\nwhy: The house style names another word.\n"
        "category: style/unidiomatic\nseverity: warning\ndetector: phrases\nfind: on the territory of\n"
        "corrections: [{text: in, applicability: safe}]\n",
        "utf-8",
    )
    (tmp_path / "a.docx").write_bytes(word(BODY))
    return tmp_path


OPTIONS = ("--checks", "own", "--disable", "all", "--enable", "house", "--config", "none")


def test_findings_are_told_by_paragraphs_and_cells(project: Path, corrigenda: Corrigenda) -> None:
    outcome = corrigenda("check", "a.docx", *OPTIONS, "--format", "json", cwd=project)
    (found,) = json.loads(outcome.out)["documents"]
    assert [(f["quote"], f["label"], f["line"]) for f in found["findings"]] == [
        ("on the territory of", "paragraph 2", None),
        ("on the territory of", "table 1, row 1, cell 1", None),
    ]


def test_fix_writes_into_the_runs(project: Path, corrigenda: Corrigenda) -> None:
    before = (project / "a.docx").read_bytes()
    shown = corrigenda("fix", "a.docx", "--diff", *OPTIONS, cwd=project)
    assert "-A fair stood on the territory of the port.\n+A fair stood in the port.\n" in shown.out
    assert "diff --git" not in shown.out
    assert (project / "a.docx").read_bytes() == before
    outcome = corrigenda("fix", "a.docx", "--backup", *OPTIONS, cwd=project)
    assert outcome.code == 0, outcome.err
    after = (project / "a.docx").read_bytes()
    assert (project / "a.docx.orig").read_bytes() == before
    assert part(after) == part(before).replace(">A fair stood on the territory <", ">A fair stood in<").replace(
        ">of</w:t>", "></w:t>"
    ).replace("on the territory of", "in")
    assert [p for p in parts(after) if p[0] != "word/document.xml"] == [
        p for p in parts(before) if p[0] != "word/document.xml"
    ]
    again = corrigenda("check", "a.docx", *OPTIONS, "--format", "json", cwd=project)
    assert json.loads(again.out)["documents"][0]["findings"] == []


def test_what_git_holds_is_checked(project: Path, corrigenda: Corrigenda) -> None:
    """Only what changed: a Word file has no lines, so all of it counts."""
    from tests.test_changed import git  # deferred: the other tests need no repository

    git(project, "init", "-q")
    git(project, "add", "a.docx")
    outcome = corrigenda("check", ".", "--staged", *OPTIONS, "--format", "json", cwd=project)
    assert len(json.loads(outcome.out)["documents"][0]["findings"]) == 2


def test_an_article_says_the_same_as_plain_text(shared_dir: Path, tmp_path: Path, corrigenda: Corrigenda) -> None:
    text = (shared_dir / "articles" / "kherson.txt").read_text("utf-8")
    body = "".join(para(run(escape(line))) if line.strip() else para() for line in text.split("\n"))
    (tmp_path / "a.docx").write_bytes(word(body))
    (tmp_path / "a.txt").write_text(text, "utf-8")
    outcome = corrigenda("check", "a.docx", "a.txt", "--config", "none", "--format", "json", cwd=tmp_path)
    word_file, plain = (
        [(f["check"], f["severity"], f["quote"]) for f in document["findings"]]
        for document in json.loads(outcome.out)["documents"]
    )
    assert len(plain) > 10 and word_file == plain
