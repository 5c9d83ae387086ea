"""What is asked of a small model: pieces, batches and answers that fit into it together."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.engines.llm.room import AGAIN, FULL, SMALL, Room, filled, least, room, tokens
from tests.conftest import Corrigenda, Outcome
from tests.llm.server import Body, Reply, Server, completion, role_of, serving, text_of
from tests.llm.test_settings import write_user

SENTENCE = "The council met on the place of the old bridge number {} and spoke of it until the evening. "
SETTINGS = (
    'disable = ["all"]\nenable = ["reading"]\n'
    '[engines]\nspacy = "off"\nembeddings = "off"\nlanguage-model = "off"\ngrammar = "off"\n'
)


def paragraphs(count: int, sentences: int = 4) -> str:
    return "\n\n".join(
        "".join(SENTENCE.format(100 * number + at) for at in range(sentences)).strip() for number in range(count)
    )


def answer(body: Body) -> Reply:
    """Name a place in each paragraph, without a correction, so that judge and writer are asked too."""
    shown = text_of(body)
    numbered = [line for line in shown.splitlines() if line[:1] == "[" or line[:1].isdigit()]
    if role_of(body) == "judge":
        verdicts = [{"place": at, "change": "yes", "sure": 97} for at, _ in enumerate(numbered, 1)]
        return completion(json.dumps({"verdicts": verdicts}))
    if role_of(body) == "writer":
        texts = [{"place": at, "text": "at the site"} for at, _ in enumerate(numbered, 1)]
        return completion(json.dumps({"texts": texts}))
    places = []
    for at, line in enumerate(numbered, 1):
        number = line.partition("number ")[2].partition(" ")[0]
        places.append(
            {
                "block": at, "quote": f"on the place of the old bridge number {number} and", "kind": "grammar",
                "why": "No such words", "corrections": [], "sure": 95,
            }
        )  # fmt: skip
    return completion(json.dumps({"places": places}))


def run(corrigenda: Corrigenda, server: Server, context: int | None) -> Outcome:
    said = "" if context is None else f"context = {context}\n"
    write_user(f'[llm]\naddress = "{server.address}"\nmodel = "large"\n{said}')
    return corrigenda("check", "a.txt", "--llm", server.address, "--format", "json", "--fail-on", "never")


@pytest.mark.parametrize("context", [3_500, 4_096, 6_000, None])
def test_every_question_fits_with_its_answer(corrigenda: Corrigenda, tmp_path: Path, context: int | None) -> None:
    (tmp_path / "a.txt").write_text(paragraphs(30), encoding="utf-8")
    (tmp_path / "corrigenda.toml").write_text(SETTINGS, encoding="utf-8")
    with serving(answer) as server:
        done = run(corrigenda, server, context)
        asked = list(server.asked)
    (document,) = json.loads(done.out)["documents"]
    assert len(document["findings"]) == 30, done.err
    assert {role_of(body) for body in asked} == {"reader", "judge", "writer"}
    for body in asked:
        characters = sum(len(message["content"]) for message in body["messages"])
        assert tokens(characters) + AGAIN + body["max_tokens"] <= (context or SMALL), role_of(body)
    read = [body for body in asked if role_of(body) == "reader"]
    assert all(body["max_tokens"] >= 300 for body in read)
    assert len(read) >= 6 if context == 3_500 else len(read) <= 6, "the smaller the model, the more questions"


def test_a_paragraph_that_does_not_fit_is_said(corrigenda: Corrigenda, tmp_path: Path) -> None:
    text = f"{paragraphs(1)}\n\n{paragraphs(1, sentences=70)}\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "corrigenda.toml").write_text(SETTINGS, encoding="utf-8")
    with serving(answer) as server:
        small, large = run(corrigenda, server, 4_096), run(corrigenda, server, 8_192)
    assert "the paragraph at line 3 is too long to be read by a model" in small.out
    assert "too long" not in large.out


def test_a_model_that_is_too_small_is_not_asked(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(paragraphs(1), encoding="utf-8")
    (tmp_path / "corrigenda.toml").write_text(SETTINGS, encoding="utf-8")
    with serving(answer) as server:
        done = run(corrigenda, server, 2_048)
        assert not server.asked
    assert "context = 2,048 under [llm] is too small for a question and its answer" in done.out
    assert done.code == 3


def test_more_room_makes_no_longer_pieces() -> None:
    assert room(SMALL, 7_000) == room(1_000_000, 7_000) == FULL


@given(st.integers(2_048, SMALL - 1), st.integers(0, 12_000))
def test_what_is_smaller_is_smaller_in_all(context: int, told: int) -> None:
    own = room(context, told)
    assert (own is None) == (context < least(told))
    if own is not None:
        assert all(0 < ours <= full for ours, full in zip(own, FULL, strict=True))
        text = own.longest_block + 2 * own.around
        assert tokens(told + text) + 35 * own.marks + own.answer + AGAIN < context


def test_rooms_grow_with_the_model() -> None:
    rooms = [own for context in range(3_000, SMALL, 250) if isinstance(own := room(context, 6_000), Room)]
    assert rooms == sorted(rooms)


@given(st.lists(st.integers(1, 50), max_size=40), st.integers(0, 100), st.integers(1, 12))
def test_batches_hold_what_fits_once_and_in_order(sizes: list[int], left: int, most: int) -> None:
    batches = filled(sizes, left, most)
    assert [at for batch in batches for at in batch] == [at for at, size in enumerate(sizes) if size <= left]
    assert all(len(batch) <= most and sum(sizes[at] for at in batch) <= left for batch in batches)
