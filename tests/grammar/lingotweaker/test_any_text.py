"""Any text at all: no hang, no crash, and every match lies in its paragraph."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrigenda.engines.grammar.lingotweaker.backend import LingoTweaker
from tests.grammar.lingotweaker.helpers import batch

NATIVE = (
    "The mayor said on Monday that the U.S. team, which hadn’t won since 2019, would “play its best game” — or not."
)
ODD = st.sampled_from(
    [
        "\0",
        "\r",
        "\t",
        "\x1c",
        "\x85",
        "\u200b",
        "\ufeff",
        "\u202e",
        "\u0301",
        "\ud800",
        "\U0010ffff",
        "😀",
        "ﷺ",
        "\n\n",
    ]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(text=st.text(alphabet=st.characters(), min_size=1, max_size=120))
def test_random_unicode(backend: LingoTweaker, text: str) -> None:
    _sound(backend, text)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(edits=st.lists(st.tuples(st.integers(0, len(NATIVE)), st.integers(0, 6), st.text(max_size=3) | ODD), max_size=6))
def test_a_sentence_that_was_damaged(backend: LingoTweaker, edits: list[tuple[int, int, str]]) -> None:
    text = NATIVE
    for start, length, new in edits:
        text = text[:start] + new + text[start + length :]
    _sound(backend, text)


@pytest.mark.parametrize(
    "unit", ["a", " ", "(", '"', "word ", "The the ", "\u0301", "😀", "https://a.b/", "A. ", "\r\n"]
)
def test_a_long_paragraph_of_one_thing(backend: LingoTweaker, unit: str) -> None:
    _sound(backend, (unit * 4_000)[:4_000])


def _sound(backend: LingoTweaker, text: str) -> None:
    (matches,) = backend.ask(batch(text))
    assert all(0 <= match.start < match.end <= len(text) for match in matches)
    assert backend.failed is None
