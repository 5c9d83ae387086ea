"""Broken and hostile input, through the command line: one clear line, the right exit code, and the run goes on."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Corrigenda

GOOD = "The market was held on the territory of the old factory.\n"
needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a right that Windows users seldom have")
needs_modes = pytest.mark.skipif(
    sys.platform == "win32" or (hasattr(os, "geteuid") and os.geteuid() == 0),
    reason="this user may read every file",
)


def test_empty_file(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    outcome = corrigenda("check", "empty.txt", "--format", "json")
    assert outcome.code == 0
    assert [document["status"] for document in outcome.report["documents"]] == ["checked"]
    assert outcome.findings == [] and outcome.report["problems"] == []


def test_four_megabytes_of_one_line(corrigenda_process: Corrigenda, tmp_path: Path, house: list[str]) -> None:
    line = " ".join(f"crate {number} came ashore," for number in range(4_000_000 // 27))
    (tmp_path / "line.txt").write_text(line + "on the territory of the port.", encoding="utf-8")
    assert (tmp_path / "line.txt").stat().st_size > 3_700_000
    outcome = corrigenda_process("check", *house, "line.txt", "--format", "json", "--fail-on", "never")
    assert outcome.code == 0
    assert [finding["quote"] for finding in outcome.findings] == ["on the territory of"]


def test_a_file_that_is_too_large_is_refused(corrigenda: Corrigenda, tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as stream:
        stream.truncate(4 * 1024 * 1024 + 1)
    outcome = corrigenda("check", "huge.txt", "--format", "json")
    assert outcome.code == 3
    assert "MB" in outcome.report["problems"][0]["message"]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no file without end here")
@pytest.mark.parametrize("command", ["names", "check"])
def test_standard_input_without_end_is_refused(tmp_path: Path, command: str) -> None:
    with Path("/dev/zero").open("rb") as endless:
        done = subprocess.run(
            [sys.executable, "-m", "corrigenda", command, "-"],
            stdin=endless, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
    assert done.returncode == 3 and "too large" in done.stdout + done.stderr


@pytest.mark.parametrize("words", ["aaaa", "a-", "a'", "the the ", "Kiev Kyiv ", "( (", "“ ‘", "a. B "])
def test_what_repeats_without_end_costs_no_more_than_its_length(tmp_path: Path, words: str) -> None:
    from corrigenda.documents.store import Source
    from corrigenda.pipeline.run import run
    from corrigenda.settings import Settings

    def seconds(size: int) -> float:
        data = (words * (size // len(words))).encode()
        started = time.process_time()
        report = run([Source("-", data=data)], Settings())
        assert report.problems == ()
        return time.process_time() - started

    seconds(10_000)
    # Eight times the text in far less than 64 times the time; the constant forgives a busy machine.
    assert seconds(400_000) < 24 * seconds(50_000) + 2


def test_names_without_end_are_looked_at_up_to_a_limit(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("Kyiv " * 100_001, encoding="utf-8")
    settings = ["--config", "none", "--disable", "all", "--enable", "names"]
    outcome = corrigenda("check", *settings, "names.txt", "--format", "json", "--fail-on", "never")
    assert outcome.code == 3
    (problem,) = outcome.report["problems"]
    assert problem["path"] == "names.txt"
    assert "only the first 100,000" in problem["message"]


def test_findings_of_one_kind_are_listed_up_to_a_limit(
    corrigenda: Corrigenda, tmp_path: Path, house: list[str]
) -> None:
    (tmp_path / "many.txt").write_text("on the territory of the fair. " * 3000, encoding="utf-8")
    outcome = corrigenda("check", *house, "many.txt", "--format", "json", "--fail-on", "never")
    assert len(outcome.findings) == 1000
    assert outcome.findings[-1]["evidence"] == {
        "not_looked_for": "places of this check beyond the first 1,000 in this file"
    }


def test_binary(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    outcome = corrigenda("check", "picture.txt", "--format", "json")
    assert outcome.code == 3
    assert len(outcome.report["problems"]) == 1
    assert "PNG" in outcome.report["problems"][0]["message"]
    assert outcome.report["documents"][0]["status"] == "not checked"


def test_nul(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "nul.txt").write_bytes(b"A harbour" + b"\0" + b" town.\n")
    outcome = corrigenda("check", "nul.txt", "--format", "json")
    assert outcome.code == 3
    assert "NUL" in outcome.report["problems"][0]["message"]


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16(corrigenda: Corrigenda, tmp_path: Path, house: list[str], codec: str) -> None:
    (tmp_path / "wide.txt").write_bytes((GOOD * 20).encode(codec))
    outcome = corrigenda("check", *house, "wide.txt", "--format", "json", "--fail-on", "never")
    if outcome.code == 0:
        assert {finding["quote"] for finding in outcome.findings} >= {"on the territory of"}
    else:
        assert outcome.code == 3
        assert "UTF-16" in outcome.report["problems"][0]["message"]
    assert codec != "utf-16" or outcome.code == 0, "with its mark at the start it is certain"


def test_windows_1251_names_the_guess(corrigenda: Corrigenda, tmp_path: Path) -> None:
    text = "Паром ушёл на рассвете, и в порту стало тихо. Никто не знал, когда он вернётся.\n" * 5
    (tmp_path / "old.txt").write_bytes(text.encode("windows-1251"))
    outcome = corrigenda("check", "old.txt", "--format", "json", "--fail-on", "never")
    if outcome.code == 0:
        assert outcome.report["documents"][0]["status"] == "checked"
    else:
        assert outcome.code == 3
        assert "1251" in outcome.report["problems"][0]["message"]


def test_invalid_utf_8_says_where(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "torn.txt").write_bytes(GOOD.encode() + b"caf\xc3 and caf\xc3\xa9\n")
    outcome = corrigenda("check", "torn.txt", "--format", "json")
    assert outcome.code == 3
    assert "UTF-8" in outcome.report["problems"][0]["message"]


@needs_links
def test_link_loop(corrigenda: Corrigenda, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "round").symlink_to(folder)
    (folder / "a.txt").symlink_to(folder / "b.txt")
    (folder / "b.txt").symlink_to(folder / "a.txt")
    outcome = corrigenda("check", "folder", "--format", "json", "--fail-on", "never")
    assert [document["path"] for document in outcome.report["documents"]] == ["folder/good.txt"]
    assert [problem["path"] for problem in outcome.report["problems"]] == ["folder/a.txt", "folder/b.txt"]
    assert outcome.code == 3


def test_a_file_that_vanishes(tmp_path: Path) -> None:
    """Between being found and being read; the engine is asked directly, since the moment cannot be hit from outside."""
    from corrigenda.documents.store import Source
    from corrigenda.pipeline.run import run
    from corrigenda.settings import Settings

    path = tmp_path / "gone.txt"
    kept = tmp_path / "kept.txt"
    kept.write_text(GOOD, encoding="utf-8")
    report = run([Source("gone.txt", path), Source("kept.txt", kept)], Settings())
    assert [problem.path for problem in report.problems] == ["gone.txt"]
    assert "no such file" in report.problems[0].message
    assert [document.status for document in report.documents] == ["not checked", "checked"]


@needs_modes
def test_a_file_and_a_folder_that_may_not_be_read(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "secret.txt").chmod(0)
    (tmp_path / "closed").mkdir(mode=0)
    outcome = corrigenda("check", "secret.txt", "closed", "--format", "json")
    assert outcome.code == 3
    assert [problem["path"] for problem in outcome.report["problems"]] == ["closed", "secret.txt"]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="a file that nobody can read from its start is Linux's")
def test_a_file_whose_reading_fails(corrigenda: Corrigenda) -> None:
    outcome = corrigenda("check", "/proc/self/mem", "--format", "json")
    assert outcome.code == 3
    assert [problem["path"] for problem in outcome.report["problems"]] == ["/proc/self/mem"]
    assert "cannot be read" in outcome.report["problems"][0]["message"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such name on Windows")
@pytest.mark.parametrize("form", ["terminal", "json", "html", "sarif", "github", "markdown"])
def test_a_path_with_a_newline(corrigenda: Corrigenda, tmp_path: Path, form: str) -> None:
    name = "two\nlines\x1b[31m.txt"
    (tmp_path / name).write_text(GOOD, encoding="utf-8")
    outcome = corrigenda("check", name, "--format", form, "--fail-on", "never")
    assert outcome.code == 0, outcome.err
    assert name not in outcome.out and "\x1b[31m" not in outcome.out


def test_one_bad_file_does_not_stop_the_others(corrigenda: Corrigenda, tmp_path: Path, house: list[str]) -> None:
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    outcome = corrigenda(
        "check", *house, "bad.txt", "good.txt", "missing.txt", "--format", "json", "--fail-on", "suggestion"
    )
    assert outcome.code == 3, "3 outranks 1"
    assert [problem["path"] for problem in outcome.report["problems"]] == ["bad.txt", "missing.txt"]
    assert any(finding["quote"] == "on the territory of" for finding in outcome.findings)


def test_a_file_of_another_type(corrigenda: Corrigenda, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    (folder / "film.mov").write_bytes(b"\0\1\2")
    met = corrigenda("check", "folder", "--format", "json", "--fail-on", "never")
    assert met.code == 0 and len(met.report["documents"]) == 1
    named = corrigenda("check", "folder/film.mov", "--format", "json")
    assert named.code == 3 and len(named.report["problems"]) == 1


def test_a_check_that_raises(tmp_path: Path, house: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The detector itself is broken for the test: it is a problem in the report, and the other checks go on."""
    from corrigenda.detectors.phrases import Phrases
    from corrigenda.documents.store import Source
    from corrigenda.pipeline.run import run
    from corrigenda.settings import Settings

    def broken(*arguments: object) -> object:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(Phrases, "confirm", broken)
    settings = Settings(
        check_folders=(tmp_path / "own-checks",),
        disabled=("all",),
        enabled=("house", "artefacts/repeated-word"),
    )
    report = run([Source("-", data=b"They met on the territory of the the port.\n")], settings)
    assert [problem.path for problem in report.problems] == ["house/term"]
    assert "by nought" in report.problems[0].message and "went on" in report.problems[0].message
    found = [finding.check for document in report.documents for finding in document.findings]
    assert found == ["artefacts/repeated-word"]


def test_hostile_text_does_not_hang(corrigenda: Corrigenda, tmp_path: Path) -> None:
    """What makes a backtracking engine, a parser or a quadratic loop hang, at a size where that would show."""
    parts = [
        "a" * 200_000,
        "the " * 50_000,
        "“" * 50_000,
        "'" * 50_000,
        "((((" * 20_000,
        "> " * 5_000 + "deep",
        "*_" * 20_000,
        "[" * 20_000,
        "e\u0301" * 50_000,
        "Kiev Kyiv " * 20_000,
        "- " * 20_000,
        "\u202e" * 10_000,
    ]
    for number, part in enumerate(parts):
        (tmp_path / f"{number:02d}.md").write_text(part + "\n", encoding="utf-8")
    started = time.process_time()
    outcome = corrigenda("check", ".", "--format", "json", "--fail-on", "never")
    assert time.process_time() - started < 120
    assert outcome.code == 0, outcome.report["problems"]
    assert len(outcome.report["documents"]) == len(parts)
