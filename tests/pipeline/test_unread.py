"""What was not read is a sentence in every report."""

from pathlib import Path

import pytest

from corrigenda.pipeline import unread
from corrigenda.pipeline.batch import Checked
from corrigenda.reporting import formats
from tests.command import Corrigenda

NAMED = (
    "csv",
    "diff",
    "github",
    "gitlab",
    "html",
    "json",
    "jsonl",
    "junit",
    "markdown",
    "rdjsonl",
    "sarif",
    "terminal",
)


def test_sentences() -> None:
    checked = [
        Checked("a.md", unread=(("raw HTML", 4, 11), ("raw HTML", 30, 1), ("the directive {x}", 9, 1))),
        *(Checked(f"{number}.md", unread=(("raw HTML", 2, 1000),)) for number in range(6)),
        Checked("clean.md"),
    ]
    assert unread.notes(checked) == (
        "6,012 lines of raw HTML were not read: a.md (from line 4), 0.md (from line 2), 1.md (from line 2), "
        "2.md (from line 2), 3.md (from line 2) and 2 more files.",
        "1 line of the directive {x} was not read: a.md (from line 9).",
    )


@pytest.mark.parametrize("form", NAMED)
def test_every_format_says_it(form: str, corrigenda: Corrigenda, tmp_path: Path) -> None:
    assert set(NAMED) | {"xlsx"} == {name for name, entry in formats.own().items() if not entry.is_copy}
    text = tmp_path / "guide.md"
    text.write_text("One word.\n\n```{mystery}\nWords in it.\nAnd more.\n```\n", encoding="utf-8")
    for _ in range(2):  # what an earlier run found is used in the second
        done = corrigenda("check", "--format", form, "guide.md", cwd=tmp_path)
        shown = " ".join(done.out.replace("\\", "").split())
        assert "2 lines of the directive {mystery} were not read: guide.md (from line 4)" in shown


def test_files_without_lines_are_told_by_labels() -> None:
    checked = [
        Checked("a.docx", unread=(("a chart", "paragraph 3", 0), ("a chart", "paragraph 9", 0))),
        Checked("b.docx", unread=(("a chart", "", 0), ("a diagram", "header", 0))),
        Checked("c.docx", unread=tuple(("a box", f"paragraph {n}", 0) for n in range(1, 8))),
    ]
    assert unread.notes(checked) == (
        "A box was not read: c.docx (paragraph 1, paragraph 2, paragraph 3, paragraph 4, paragraph 5 and 2 more).",
        "A chart was not read: a.docx (paragraph 3, paragraph 9), b.docx.",
        "A diagram was not read: b.docx (header).",
    )
