"""The benchmarks by which somebody with a model answers: what is asked, in which batches, and what comes back."""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from corrigenda.engines.llm.chat import Message, Request
from corrigenda.engines.llm.prompts import prompt
from corrigenda.engines.llm.recorded import Recorded, RefusedError
from corrigenda.engines.llm.schema import JUDGE, READER

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
NONE = '{"places": []}'


@pytest.fixture
def rounds(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(sys, "path", [str(BENCHMARKS), *sys.path])
    return importlib.import_module("llm_rounds")


def ask(folder: Path, user: str, system: str = "Read.", schema: str = "places") -> str | None:
    """Ask as the engine does; the answer, or None once the request is written down."""
    request = Request(
        "large",
        (Message("system", system), Message("user", user)),
        schema,
        READER if schema == "places" else JUDGE,
        100,
    )
    try:
        return Recorded(folder).ask(request).text
    except RefusedError:
        return None


def text(number: int, about: str = "") -> str:
    return f"{about}<text>\n[1] This is the text with the number {number}, and it is long enough.\n</text>"


def answer(batches: Path, said: str) -> int:
    asked = list(batches.glob("round-*/*/*.txt"))
    for path in asked:
        (path.parent / "answers" / f"{path.stem}.json").write_text(said, encoding="utf-8")
    return len(asked)


def test_what_is_answered_is_published_to_every_folder_that_asked(rounds: Any, tmp_path: Path) -> None:
    one, other, batches = tmp_path / "one", tmp_path / "other", tmp_path / "batches"
    for number in range(25):
        ask(one, text(number))
    ask(other, text(3))
    assert list(rounds.collect(batches, [one, other]).values()) == [20, 5], "equal requests are asked once"
    (first,) = (batches / "round-1" / "00").glob("00-*.txt")
    assert (first.parent / "INSTRUCTIONS.md").read_text(encoding="utf-8") == "Read."
    assert first.read_text(encoding="utf-8").startswith("<text>\n[1] ")
    assert answer(batches, NONE) == 25
    assert rounds.publish(batches, [one, other]) == (25, 0, [])
    assert rounds.publish(batches, [one, other]) == (0, 0, []), "each is published once"
    assert (ask(one, text(24)), ask(other, text(3))) == (NONE, NONE)
    assert rounds.collect(batches, [one, other]) == {}
    ask(one, text(99))
    assert list(rounds.collect(batches, [one])) == ["round-2/00"]


def test_no_batch_shows_a_text_twice(rounds: Any, tmp_path: Path) -> None:
    for about in ("", "From Korean.\n", "From French.\n"):
        for number in range(4):
            ask(tmp_path / "a", text(number, about))
    ask(tmp_path / "a", text(0), system="Read, and say nothing else.")
    rounds.collect(tmp_path / "b", [tmp_path / "a"])
    for batch in (tmp_path / "b" / "round-1").iterdir():
        shown = [path.read_text(encoding="utf-8").partition("[1] ")[2] for path in batch.glob("*.txt")]
        assert len(set(shown)) == len(shown)
        assert len({path.read_text(encoding="utf-8") for path in batch.glob("INSTRUCTIONS.md")}) == 1


def test_an_answer_in_the_wrong_form_is_named_and_kept_out(rounds: Any, tmp_path: Path) -> None:
    ask(tmp_path / "a", text(1))
    ask(tmp_path / "a", text(2), schema="verdicts")
    rounds.collect(tmp_path / "b", [tmp_path / "a"])
    answer(tmp_path / "b", NONE)
    (tmp_path / "b" / "round-1" / "00" / "answers" / "00-000000000000.json").write_text("{}", encoding="utf-8")
    new, others, wrong = rounds.publish(tmp_path / "b", [tmp_path / "a"])
    assert (new, others, len(wrong)) == (1, 1, 1)


def test_what_the_rules_found_is_found_out_once(rounds: Any, tmp_path: Path) -> None:
    """So that recorded answers serve, whatever the rules have learned since."""
    texts = importlib.import_module("calibrating.texts")
    folder = tmp_path / "shared" / "measure" / "sets" / "world"
    folder.mkdir(parents=True)
    row = {"id": "a.txt", "text": "The bridge opened for {{ user_name }} in May.\n"}
    (folder / "texts.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    texts.find_out(tmp_path / "shared", tmp_path / "answers")
    kept = (tmp_path / "answers" / texts.TOLD).read_bytes()
    assert b"placeholder" in kept
    (tmp_path / "answers" / texts.TOLD).write_bytes(kept.replace(b"placeholder", b"leftover"))
    assert rounds.record(tmp_path / "shared", tmp_path / "answers", "large", ("world",)) == (0, 1)
    (request,) = (tmp_path / "answers" / "requests").glob("*.json")
    assert "leftover" in request.read_text(encoding="utf-8")


def test_each_variant_leaves_something_out(rounds: Any) -> None:
    parts = importlib.import_module("llm_parts")
    known = {*prompt("reader").parts, "source", "marks", "title", "neighbours"}
    assert all(set(without) <= known for without in parts.VARIANTS.values())
    assert len(set(parts.VARIANTS.values())) == len(parts.VARIANTS)
    assert parts.VARIANTS["whole"] == ()
