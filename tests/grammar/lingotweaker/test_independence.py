"""What is said of a paragraph does not hang on what else is in its batch, nor on how many are at work."""

import gzip
import json
import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrigenda.engines.grammar.lingotweaker.backend import LingoTweaker
from corrigenda.engines.grammar.lingotweaker.together import Together
from corrigenda.engines.grammar.match import Match
from tests.grammar.lingotweaker.conftest import Standing
from tests.grammar.lingotweaker.helpers import batch, piece

FILES = ("news-bbc", "fiction-sebooks", "docs-plain", "speech-sotu")
PARAGRAPHS = 200


@pytest.fixture(scope="module")
def paragraphs(shared_dir: Path) -> list[str]:
    """Paragraphs that native speakers wrote, of four kinds."""
    return [text for name in FILES for text in _first(shared_dir, name, PARAGRAPHS // len(FILES))]


@pytest.fixture(scope="module")
def alone(backend: LingoTweaker, paragraphs: list[str]) -> list[list[Match]]:
    """What is said of each by itself."""
    return [backend.ask(batch(text))[0] for text in paragraphs]


def _first(shared_dir: Path, name: str, count: int) -> Iterator[str]:
    with gzip.open(shared_dir / "data" / "native" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            for text in json.loads(line)["text"].split("\n"):
                if text.strip():
                    yield text[:600]
                    count -= 1
                    if not count:
                        return


def test_a_batch_says_of_each_what_is_said_of_it_alone(
    backend: LingoTweaker, paragraphs: list[str], alone: list[list[Match]]
) -> None:
    assert sum(map(len, alone)) > PARAGRAPHS / 4
    order = list(range(PARAGRAPHS))
    random.Random(1).shuffle(order)
    found: dict[int, list[Match]] = {}

    def ask(own: list[int]) -> None:
        answers = backend.ask(batch(*(paragraphs[number] for number in own)))
        found.update(zip(own, answers, strict=True))

    threads = [threading.Thread(target=ask, args=(order[part::3],)) for part in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[number] for number in range(PARAGRAPHS)] == alone


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_any_paragraphs_in_any_order(
    backend: LingoTweaker, paragraphs: list[str], alone: list[list[Match]], data: st.DataObject
) -> None:
    chosen = data.draw(st.lists(st.integers(0, PARAGRAPHS - 1), max_size=8))
    assert backend.ask(batch(*(paragraphs[number] for number in chosen))) == [alone[number] for number in chosen]


@pytest.mark.parametrize(
    "odd", ["B. wrod is here.", "/? goverment .(\n😀", "An “open , wrod", " the the man", "a\n\nb wrod , c"]
)
def test_odd_paragraphs_are_not_read_with_those_beside_them(backend: LingoTweaker, odd: str) -> None:
    texts = ["b. wrod is here", "Closed) the the man”.", odd, "It ends ) here , too”.", odd]
    assert backend.ask(batch(*texts)) == [backend.ask(batch(text))[0] for text in texts]


def test_what_is_said_of_no_one_paragraph_is_asked_of_each(standing_in: Standing) -> None:
    assert Together([piece("one"), piece("two"), piece(" three")]).text == "one\n\ntwo"
    backend = standing_in()
    # This stand-in marks the whole text that it is given, which is then of no one paragraph.
    assert [[(m.start, m.end) for m in found] for found in backend.ask(batch("one", "two"))] == [[(0, 3)], [(0, 3)]]
