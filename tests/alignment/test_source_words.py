"""Words of a source beside what they may have been mistranslated as."""

from dataclasses import replace

import pytest

from corrigenda.alignment.align import bitext_of
from corrigenda.alignment.source_words import SourceWords, same_word
from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.finding import Finding, Severity
from corrigenda.pipeline.checker import checker
from corrigenda.pipeline.run import check_documents
from corrigenda.settings import Settings


def pair(target: str, source: str, language: str) -> Document:
    """A text beside its source."""
    document = replace(registry.read_bytes(target.encode(), "a.txt", "text"), language="en")
    return document.with_source(replace(registry.read_bytes(source.encode(), "b.txt", "text"), language=language))


@pytest.mark.parametrize(
    ("word", "token", "same"),
    [
        ("ворона", "вороною", True),
        ("ворона", "воронка", True),
        ("адвокат", "адвоката", True),
        ("адвокат", "адрес", False),
        ("кот", "кота", True),
        ("кот", "который", False),
        ("abgeordneter", "abgeordneten", True),
        ("采访", "采访", True),
        ("말하다", "말했다", False),
        ("시장", "시장은", True),
    ],
)
def test_forms_of_a_word_share_their_beginning(word: str, token: str, same: bool) -> None:
    assert same_word(word, token) is same


def test_a_phrase_is_found_in_the_sentence_that_was_translated_alone() -> None:
    target = "At school he was a white crow. He liked to draw boats."
    document = pair(target, "В школе он был белой вороной. Он любил рисовать лодки.", "ru")
    bitext = bitext_of(document)
    assert bitext is not None
    words = SourceWords(bitext)
    at = target.index("white crow")
    place = words.find("белая ворона / біла ворона", at, at + 10)
    assert place is not None
    assert document.source_text[slice(*place)] == "белой вороной"
    boats = target.index("boats")
    assert words.find("белая ворона", boats, boats + 5) is None
    assert words.find("чёрная кошка", at, at + 10) is None


def found(target: str, source: str, check: str) -> list[Finding]:
    """What one check says of a Russian text's translation."""
    settings = Settings(disabled=("all",), enabled=(check,), engines={"grammar": "off"})
    with checker(settings) as own:
        report = check_documents(own, [pair(target, source, "ru")])
    return list(report.documents[0].findings)


def test_an_entry_is_surer_where_the_source_has_its_word() -> None:
    target = "At school he felt like a white crow among them."
    with_word = found(target, "В школе он чувствовал себя белой вороной среди них.", "artefacts/literal-idiom")
    without = found(target, "В школе он чувствовал себя лишним среди них.", "artefacts/literal-idiom")
    assert [(one.quote, one.severity) for one in with_word] == [("a white crow", Severity.WARNING)]
    assert with_word[0].source_span is not None
    assert all(one.source_span is None for one in without)
