"""What is kept between runs: no word of an article, the same report, and nothing worse than time when it is damaged."""

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.finding import Applicability, Correction, EngineStatus, Finding, Severity
from corrigenda.pipeline.batch import Checked
from corrigenda.pipeline.packing import pack, unpack
from corrigenda.pipeline.suppression import Comment
from corrigenda.storage.keys import result_key
from tests.conftest import Corrigenda

# Made words, so that none of them stands in a message, a check's name or a list by chance.
MADE = ["Quorblax", "vintrelly", "Zhemerivsk", "plorandic", "Drozhanov", "skimbrel", "Ургамчай", "frobnitzky"]
PARAGRAPHS = [
    "The army left the villages of Quorblax because the enemy is closing. Kyiv was vintrelly, and in Kiev it rained.",
    "Drozhanov held a fair in Zhemerivsk , and Drozhanow paid for the the plorandic skimbrel.",
    "It is one of the five provinces annexed Rome last year.  The skimbrel of Ургамчай stood by.",
    "“We stay on the territory of Quorblax,” said frobnitzky. Kharkov and Kharkiv were plorandic.",
]
PLAIN = ["--format", "json", "--config", "none", "--fail-on", "never", "--disable", "language"]
OPTIONS = [*PLAIN, "--enable", "names"]
LIGHT = [*PLAIN, "--disable", "all", "--enable", "cleanup", "--enable", "consistency"]
"""Checks for which no model is loaded, where any will do."""


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(36):
        chosen = [PARAGRAPHS[(number + step) % 4] for step in range(1 + number % 4)]
        (folder / f"{number:02d}.md").write_text("\n\n".join(chosen) + "\n", encoding="utf-8", newline="\n")
    return folder


@pytest.fixture
def cache(user_cache: Path) -> Path:
    """The database of results in the test's own cache folder."""
    return user_cache / "results.sqlite"


def test_what_is_kept_holds_no_word_of_the_articles(corrigenda: Corrigenda, texts: Path, cache: Path) -> None:
    first = corrigenda("check", "texts", *OPTIONS)
    assert len(first.findings) > 60, first.err
    assert any(word in first.out for word in ("Drozhan", "Quorblax"))
    kept = b"".join(path.read_bytes() for path in cache.parent.rglob("*") if path.is_file())
    everything = kept.lower()
    for word in MADE:
        for form in {word, word.casefold(), word.encode("unicode_escape").decode()}:
            for codec in ("utf-8", "utf-16-le"):
                assert form.encode(codec).lower() not in everything, word
    with sqlite3.connect(cache) as database:
        values = [value for (value,) in database.execute("SELECT value FROM entries")]
    assert values
    # No two words that stand beside each other in an article stand so in what is kept of it.
    own = b"\n".join(values).decode("ascii").lower()
    for paragraph in PARAGRAPHS:
        words = re.findall(r"\w+", paragraph.lower())
        for pair in zip(words, words[1:], words[2:], strict=False):
            assert " ".join(pair) not in own
    second = corrigenda("check", "texts", *OPTIONS)
    assert second.out == first.out


def test_one_changed_file_gives_what_a_run_from_scratch_gives(corrigenda: Corrigenda, texts: Path, cache: Path) -> None:
    corrigenda("check", "texts", *OPTIONS)
    (texts / "03.md").write_text(PARAGRAPHS[2] + "\n\nKharkov is a town.\n", encoding="utf-8", newline="\n")
    (texts / "05.md").rename(texts / "99.md")
    (texts / "06.md").unlink()
    again = corrigenda("check", "texts", *OPTIONS)
    assert again.out == corrigenda("check", "texts", *OPTIONS, "--no-cache").out
    other = corrigenda("check", "texts", *OPTIONS, "--disable", "cleanup")
    assert other.out == corrigenda("check", "texts", *OPTIONS, "--disable", "cleanup", "--no-cache").out != again.out


def test_settings_by_glob_are_not_mixed_up(corrigenda: Corrigenda, tmp_path: Path, cache: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same.md").write_text(PARAGRAPHS[2] + "\n", encoding="utf-8")
    (tmp_path / "corrigenda.toml").write_text(
        '[[overrides]]\nfiles = ["b/**"]\nseverity = { "artefacts" = "suggestion" }\ndisable = ["cleanup"]\n',
        encoding="utf-8",
    )
    for _ in range(2):
        report = corrigenda("check", "a", "b", "--format", "json").report
        severities = [{f["severity"] for f in document["findings"]} for document in report["documents"]]
        assert "error" in severities[0] and severities[1] == {"suggestion"}
    inside = corrigenda("check", "same.md", "--format", "json", cwd=tmp_path / "b")
    assert {finding["severity"] for finding in inside.findings} == {"suggestion"}


@pytest.mark.parametrize("damage", ["text", "empty", "cut", "other", "values", "folder", "version"])
def test_a_damaged_cache_is_slower_and_not_wrong(corrigenda: Corrigenda, texts: Path, cache: Path, damage: str) -> None:
    names = [f"texts/{number:02d}.md" for number in range(6)]
    good = corrigenda("check", *names, *LIGHT)
    for side in ("-wal", "-shm"):
        cache.with_name(cache.name + side).unlink(missing_ok=True)
    data = cache.read_bytes()
    if damage == "values":
        with sqlite3.connect(cache) as database:
            database.execute("UPDATE entries SET value = '[[],[[1,2]],null]'")
    elif damage == "version":
        with sqlite3.connect(cache) as database:
            database.execute("PRAGMA user_version=999")
    elif damage == "other":
        cache.unlink()
        with sqlite3.connect(cache) as database:
            database.execute("CREATE TABLE entries (other TEXT)")
    elif damage == "folder":
        cache.unlink()
        cache.mkdir()
    else:
        cache.write_bytes({"text": b"no database at all " * 300, "empty": b"", "cut": data[: len(data) // 2]}[damage])
    again = corrigenda("check", *names, *LIGHT)
    assert (again.code, again.out) == (0, good.out), again.err
    assert "Traceback" not in again.err
    if damage != "folder":
        corrigenda("check", *names, *LIGHT)
        with sqlite3.connect(cache) as database:
            assert database.execute("SELECT count(*) FROM entries").fetchone()[0] >= 4, "it is made anew"


def test_a_cache_that_cannot_be_made(corrigenda: Corrigenda, texts: Path, user_cache: Path) -> None:
    shutil.rmtree(user_cache)
    user_cache.write_text("a file in its place", encoding="utf-8")
    outcome = corrigenda("check", "texts/01.md", *LIGHT)
    assert outcome.code == 0 and outcome.findings, outcome.err


def start(folder: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "corrigenda", "check", *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_two_runs_at_once(corrigenda: Corrigenda, texts: Path, cache: Path) -> None:
    alone = corrigenda("check", "texts", *LIGHT, "--no-cache")
    runs = [start(texts.parent, "texts", *LIGHT) for _ in range(2)]
    outputs = [run.communicate(timeout=300) for run in runs]
    assert [out.decode() for out, _ in outputs] == [alone.out] * 2, outputs[0][1]
    assert corrigenda("check", "texts", *LIGHT).out == alone.out


@pytest.mark.slow
def test_killed_at_any_moment(corrigenda: Corrigenda, texts: Path, cache: Path) -> None:
    alone = corrigenda("check", "texts", *LIGHT, "--no-cache")
    dice = random.Random(5)
    for _ in range(5):
        run = start(texts.parent, "texts", *LIGHT)
        time.sleep(dice.uniform(0.2, 1.6))
        run.kill()
        run.communicate()
    assert corrigenda("check", "texts", *LIGHT).out == alone.out
    with sqlite3.connect(cache) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal needs POSIX")
def test_no_progress_in_a_pipe(texts: Path, cache: Path) -> None:
    """What a terminal sees is in tests/test_progress.py."""
    arguments = ["-m", "corrigenda", "check", "texts", "--config", "none", "--fail-on", "never", "--no-cache"]
    done = subprocess.run([sys.executable, *arguments], cwd=texts.parent, capture_output=True, check=False)
    assert b"36 documents checked" in done.stdout
    assert b"of 36 documents" not in done.stderr and b"\r" not in done.stderr and b"\x1b" not in done.stderr


def sample(text: str, start: int, end: int, message: str) -> Finding:
    return Finding(
        "t/x", "style", Severity.WARNING, 0.5, start, end, 1, start + 1, text[start:end], message,
        {"counts": {text[start:end]: 2, "other": 1}, "list": [message, 1.5, None, True]}, (text[start:end],), True,
        "0123456789abcdef", (Correction(message, Applicability.SAFE),),
    )  # fmt: skip


@given(st.text(min_size=1, max_size=60), st.data())
def test_what_was_packed_comes_back(text: str, data: Any) -> None:
    start_at = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start_at + 1, len(text)))
    message = data.draw(st.one_of(st.just(text), st.just(f"Said {text} twice"), st.text(max_size=30)))
    findings = (sample(text, start_at, end, message),)
    engines = (EngineStatus("rules", "ran"), EngineStatus("spacy", "absent", "Install it."))
    comment = Comment(0, len(text), (text, "names"), findings[0]._replace(check="suppression/unused"), "fedcba98")
    checked = Checked("a.txt", "ab", True, findings, (comment,), {"starts": [1, text]}, engines)
    packed = pack(checked, text)
    assert unpack(packed, "a.txt", lambda: text) == checked
    for word in re.findall(r"\w{4,}", text):
        if word.isascii() and word.isalpha() and word not in ("starts", "other", "counts", "list", "Said", "twice"):
            kept = packed.decode("ascii")
            for known in (
                "Install it.",
                "absent",
                "warning",
                "style",
                "spacy",
                "rules",
                "safe",
                "true",
                "null",
                "starts",
            ):
                kept = kept.replace(known, "")
            assert f'"{word}' not in kept


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"[1]", b"{}", b'["",[],[[]],[],null]', b"\xff", b'["",[[1]],[[]],[],null]', b'["",[],5,0,0]']
)
def test_bytes_that_pack_did_not_make(data: bytes) -> None:
    with pytest.raises(ValueError):
        unpack(data, "a.txt", lambda: "text")


def test_keys_tell_bytes_stages_and_identities_apart() -> None:
    keys = {result_key(a, b, c) for a in ("1", "2") for b in ("rules", "names") for c in ("r", "s")}
    assert len(keys) == 8


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends processes in another way")
def test_a_lock_that_another_process_holds_is_not_waited_for_long(
    corrigenda_process: Corrigenda, texts: Path, cache: Path
) -> None:
    good = corrigenda_process("check", "texts/01.md", *LIGHT)
    database = sqlite3.connect(cache)
    database.execute("BEGIN EXCLUSIVE")
    try:
        started = time.monotonic()
        locked = corrigenda_process("check", "texts/01.md", *LIGHT)
        assert time.monotonic() - started < 30
    finally:
        database.close()
    assert locked.out == good.out
