"""Same input, same bytes out: with any number of processes, in any order of arguments, again and again."""

from pathlib import Path

import pytest

from tests.conftest import Corrigenda

PARAGRAPHS = [
    "The army left the villages because the enemy is closing. Kyiv was quiet, and in Kiev it rained.",
    "A fair was held on the territory of the port, Earlier that week the the mayor had spoken.",
    "It is one of the five provinces annexed Rome last year.",
    '“We stay,” she said. "They go," he answered.',
    "Nothing at all is wrong with this sentence , except for a space.",
    "Tourists at the gate (Photo: Somebody)",
    "The plant of Зоря had been closed.",
]

LIGHT = ["--no-cache", "--disable", "all", "--enable", "cleanup", "--enable", "consistency"]
"""Checks for which no model is loaded, where any will do."""


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(150):
        chosen = [PARAGRAPHS[(number * 5 + step * 3) % len(PARAGRAPHS)] for step in range(3 + number % 4)]
        (folder / f"{number:03d}.txt").write_text("\n\n".join(chosen) + "\n", encoding="utf-8", newline="\n")
    (folder / "bad.txt").write_bytes(b"\xff\xfe\x00")
    return folder


@pytest.mark.slow
def test_any_number_of_jobs_gives_the_same_bytes(corrigenda_process: Corrigenda, texts: Path) -> None:
    options = ["--format", "json", "--config", "none", "--no-cache"]
    outcomes = [corrigenda_process("check", "texts", *options, "--jobs", jobs) for jobs in ("1", "2", "3")]
    assert {outcome.code for outcome in outcomes} == {3}
    assert outcomes[0].out == outcomes[1].out == outcomes[2].out
    assert len(outcomes[0].findings) > 150


def test_hash_order_and_the_order_of_arguments_change_nothing(corrigenda_process: Corrigenda, texts: Path) -> None:
    names = [f"texts/{number:03d}.txt" for number in range(8)]
    options = ["--format", "json", "--config", "none", "--no-cache"]
    first = corrigenda_process("check", *names, *options, env={"PYTHONHASHSEED": "1"})
    second = corrigenda_process("check", *reversed(names), names[3], *options, env={"PYTHONHASHSEED": "2"})
    assert first.out == second.out
    assert first.findings


def test_a_document_is_judged_alone(corrigenda: Corrigenda, texts: Path) -> None:
    """What stands in a text does not depend on the texts that are checked with it."""
    options = ["--format", "json", "--config", "none", "--no-cache", "--fail-on", "never"]
    together = corrigenda("check", *(f"texts/{number:03d}.txt" for number in range(3)), *options)
    apart = [corrigenda("check", f"texts/{number:03d}.txt", *options) for number in range(3)]
    assert together.report["documents"] == [outcome.report["documents"][0] for outcome in apart]


@pytest.mark.parametrize(
    "other",
    [
        {"TZ": "Asia/Tokyo"},
        # A system that writes ASCII, and one that writes as old Windows does: without UTF-8 mode streams follow these.
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"},
    ],
    ids=["zone", "ascii", "cp1252"],
)
def test_time_zone_locale_and_encoding_change_nothing(
    corrigenda_process: Corrigenda, texts: Path, other: dict[str, str]
) -> None:
    for form in ("json", "terminal", "csv", "html"):
        options = ["check", "texts/006.txt", "--format", form, "--config", "none", *LIGHT]
        plain = corrigenda_process(*options)
        assert plain.code == 0 and "“" in plain.out, "the report shows a character that is not ASCII"
        assert corrigenda_process(*options, env=other).out == plain.out
