"""The progress of a long run: a line on a terminal, nothing in a pipe, and where the reports are."""

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from corrigenda.cli.progress import clock, line
from corrigenda.documents.document import Document
from corrigenda.documents.store import DocumentStore, Source
from corrigenda.pipeline import external
from corrigenda.pipeline.run import run
from corrigenda.settings import Settings
from tests.conftest import Corrigenda

COPY = "A fair was held on the territory of the port.\n"

SLOW = """
import sys, time
from corrigenda.cli import progress
from corrigenda.pipeline import run
progress.PATIENCE = 0.0
plain = run.results
def slowly(*arguments):
    for result in plain(*arguments):
        time.sleep(1)
        yield result
run.results = slowly
sys.argv = ["corrigenda", *sys.argv[1:]]
from corrigenda.cli.main import main
main()
"""


@pytest.mark.parametrize(
    ("done", "total", "doing", "elapsed", "shown"),
    [
        (0, 1, "rules", 3.2, "0 of 1 document, rules, 0:03"),
        (12, 340, "grammar", 31.0, "12 of 340 documents, grammar, 0:31, about 14:07 left"),
        (340, 340, "comparison of documents", 3700.0, "340 of 340 documents, comparison of documents, 1:01:40"),
        (1, 4000, "", 2.0, "1 of 4,000 documents, 0:02, about 2:13:18 left"),
    ],
)
def test_the_line(done: int, total: int, doing: str, elapsed: float, shown: str) -> None:
    assert line(done, total, doing, elapsed) == shown


def test_times() -> None:
    assert [clock(seconds) for seconds in (0.4, 59.6, 3599, 3600)] == ["0:00", "1:00", "59:59", "1:00:00"]


def test_a_terminal_sees_it_and_where_the_report_is(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("a pseudo-terminal needs POSIX")
    import pexpect

    for number in range(70):
        (tmp_path / f"{number}.txt").write_text(COPY, encoding="utf-8")

    def seen(*options: str) -> str:
        child = pexpect.spawn(
            sys.executable, ["-c", SLOW, "check", ".", "--output", "report.html", "--no-cache", *options],
            cwd=str(tmp_path), env={**os.environ, "PYTHONUTF8": "1", "TERM": "xterm"}, encoding="utf-8", timeout=200,
        )  # fmt: skip
        child.expect(pexpect.EOF)
        child.close()
        text: str = child.before
        return text

    shown = seen()
    assert "0 of 70 documents, rules, 0:0" in shown and "64 of 70 documents, rules" in shown and "left" in shown
    assert shown.index("64 of 70") < shown.index("\x1b[2Kcorrigenda: the report is in report.html (html).")
    assert "documents, rules" not in seen("--quiet")


def test_a_pipe_sees_only_where_the_report_is(corrigenda_process: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(COPY, encoding="utf-8")
    outcome = corrigenda_process("check", "a.txt", "--output", "report.json", "--fail-on", "never")
    assert outcome.err == "corrigenda: the report is in report.json (json).\n"
    assert corrigenda_process("check", "a.txt", "--output", "report.json", "--fail-on", "never", "-q").err == ""


def test_what_is_told(tmp_path: Path) -> None:
    sources = []
    for number in range(70):
        (tmp_path / f"{number}.txt").write_text(COPY, encoding="utf-8")
        sources.append(Source(f"{number}.txt", tmp_path / f"{number}.txt"))
    told: list[tuple[int, int, str]] = []
    settings = Settings(disabled=("all",), enabled=("artefacts/calque", "cleanup/said-twice-across-documents"))
    run(sources, settings, progress=lambda *said: told.append(said), store=DocumentStore(settings.max_bytes))
    assert told == [(0, 70, "rules"), (64, 70, "rules"), (70, 70, "rules"), (70, 70, "comparison of documents")]


def test_an_engine_reads_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    def document(size: int) -> Any:
        return Document("a", "x" * size, "text")

    portions = external._portions([document(size) for size in (60_000, 60_000, 10, 200_000, 5)])
    assert [[len(one.text) for one in some] for some in portions] == [[60_000, 60_000], [10, 200_000], [5]]
    assert list(external._portions([])) == []
