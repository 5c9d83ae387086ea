"""What both backends mark, among characters of two, three and four bytes, marks, joiners, words from right to left and
mark-up: the same, and that it is the right characters.
"""

from collections.abc import Sequence

import pytest

from corrigenda.documents.registry import reader
from corrigenda.engines.grammar.backend import Backend, Options
from corrigenda.engines.grammar.languagetool import server
from corrigenda.engines.grammar.languagetool.asker import Asker
from corrigenda.engines.grammar.lingotweaker.backend import LingoTweaker
from corrigenda.engines.grammar.match import Match
from corrigenda.engines.grammar.pieces import Batch, pieces

PARAGRAPHS = (
    ("The 😀 goverment 👩‍👩‍👧‍👦 met in 🇺🇦 on Monday 👍🏽 and wrote the the letter.", ("goverment", "the the")),
    ("Zoë’s cafe\u0301 near the re\u0301sume\u0301 shop sold a apple to the goverment.", ("a", "goverment")),
    ("The word שָׁלוֹם means peace, and مَرْحَبًا is the the greeting of a old man.", ("the the", "a")),
    ("A\u0323\u0301 letter with 한국어 and 日本語 came to the goverment of Việt Nam.", ("goverment",)),
    ("\u2067שלום\u2069 the the \u202babc\u202c goverment 𝒳𝒴 spoke of a apple.", ("the the", "goverment", "a")),
    ("Caf&eacute; &amp; bar: the gov**er**ment met [a 😀 freind](http://example.com/a_b) today.", ("freind",)),
    ("The **goverment** met, *the the* man said `x = 1` of [a apple](x.md) 👩‍🚀.", ("goverment", "the the", "a")),
    ("So **the** the man wrote 😀 &mdash; of the gov**er**ment.", ("the** the", "gov**er**ment")),
)
RULES = {"MORFOLOGIK_RULE_EN_US", "EN_A_VS_AN", "ENGLISH_WORD_REPEAT_RULE"}
LINES = [text for text, _ in PARAGRAPHS]


@pytest.fixture(scope="module")
def document_batch() -> Batch:
    """The paragraphs as a Markdown document's."""
    document = reader("markdown").read("\n\n".join(LINES).encode(), "odd.md")
    return Batch("en-US", tuple(pieces(document, 0)))


def _marked(backend: Backend, batch: Batch) -> Sequence[Sequence[tuple[int, int, str, tuple[str, ...]]]]:
    """Return where each piece is marked by which rule, and what is suggested, in the text's order."""

    def plain(match: Match) -> tuple[int, int, str, tuple[str, ...]]:
        return match.start, match.end, match.rule, match.replacements

    return [sorted(map(plain, matches)) for matches in backend.ask(batch)]


def test_the_right_characters_are_marked(backend: LingoTweaker, document_batch: Batch) -> None:
    assert [piece.source for piece in document_batch.pieces] == LINES
    found = _marked(backend, document_batch)
    for piece, matches, (text, words) in zip(document_batch.pieces, found, PARAGRAPHS, strict=True):
        marked = [piece.source[start:end] for start, end, rule, _ in matches if rule in RULES]
        assert [word for word in marked if word in words] == list(words), text


def test_languagetool_marks_the_same(url: str, backend: LingoTweaker, document_batch: Batch) -> None:
    asker = Asker(lambda: server.named(url), Options(seconds=240.0))
    try:
        theirs = _marked(asker, document_batch)
    finally:
        asker.close()
    assert _marked(backend, document_batch) == theirs
