"""Characters: what hides a word, what a reader would see as code, what was read in the wrong encoding."""

import unicodedata

import pytest

from corrigenda.finding import Applicability
from tests.kinds.texts import checked, quotes

PIECES = unicodedata.normalize("NFD", "The café of Zoë had the the key, and the crème crème sold out of of bread.")


def test_doubled_words_are_found_beside_and_among_letters_in_pieces() -> None:
    (found,) = checked({"a": PIECES}).values()
    doubled = [unicodedata.normalize("NFC", quote) for quote in quotes(found, "artefacts/repeated-word")]
    assert doubled == ["the the", "crème crème", "of of"]
    assert all(PIECES[finding.start : finding.end] == finding.quote for finding in found)


@pytest.mark.parametrize("mark", ["\u200e", "\u200b", "\u2060", "\u00ad", "\u200d", "\u2068"])
def test_a_name_is_seen_through_a_mark_and_the_mark_is_taken_out_safely(mark: str) -> None:
    text = f"The mayor of Ki{mark}ev spoke. Later the people of Kyiv slept. The Kyiv council met."
    (found,) = checked({"a": text}).values()
    (finding,) = [own for own in found if own.check == "cleanup/zero-width"]
    assert finding.quote == mark and finding.corrections[0].applicability is Applicability.SAFE
    assert f"U+{ord(mark):04X}" in finding.message
    names = [own for own in found if own.check.startswith("names/")]
    assert names and names[0].quote == f"Ki{mark}ev"


EDGES = {
    "a paragraph": "\u2066The mayor\u2069 left. Nobody\u200f came.\u200b",
    "a heading and items": "# \u2066The mayor\u2069\n\n- \u200fone\n- two\u200b\n",
    "cells": "| \u2066a\u2069 | b\u200f |\n|---|---|\n| \u200bc | d |\n",
}


@pytest.mark.parametrize("text", EDGES.values(), ids=EDGES)
def test_a_mark_at_the_edge_of_a_paragraph_is_found_with_its_other_half(text: str) -> None:
    (found,) = checked({"a": text}).values()
    assert quotes(found, "cleanup/zero-width") == ["\u2066", "\u2069", "\u200f", "\u200b"]


def test_a_mark_in_code_or_alone_on_its_line_is_left_alone() -> None:
    (found,) = checked({"a": "```\n\u200bcode\n```\n\n\u200b\n\nThe mayor left.\n"}).values()
    assert not quotes(found, "cleanup/zero-width")


def test_a_doubled_word_is_seen_through_a_mark() -> None:
    (found,) = checked({"a": "They saw the \u200bthe ferry."}).values()
    assert len(quotes(found, "artefacts/repeated-word")) == 1


def test_entities_that_a_reader_sees_and_those_that_he_does_not() -> None:
    texts = {
        "twice": "The firm Smith &amp;amp; Sons said &amp;quot;no&amp;quot; and &amp;#39;yes&amp;#39;.",
        "thrice": "It cost 5&amp;amp;nbsp;euros.",
        "once": "Smith &amp; Sons said &quot;no&quot;, and it&#39;s so.",
        "explained": "Write &amp;amp; for an ampersand in HTML.",
        "code": "Write `&amp;amp;` or so.",
    }
    found = {name: quotes(own, "cleanup/entity") for name, own in checked(texts).items()}
    assert found == {
        "twice": ["&amp;amp;", "&amp;quot;", "&amp;quot;", "&amp;#39;", "&amp;#39;"],
        "thrice": ["&amp;amp;nbsp;"],
        "once": [],
        "explained": [],
        "code": [],
    }


def test_units_and_symbols_are_no_look_alikes() -> None:
    texts = {
        "units": "A 10 \u00b5m filter, a 5 μs delay, a 4.7 kΩ resistor, a Δv of 3 m/s, 2 μSv, a photon of hν.",
        "terms": "TNF-α, β-blockers, γ-rays, the λ phage, an ε-greedy policy, α/β hydrolase and ΔG were named.",
        "wrong": "The hаrbour of Οslo was full.",
    }
    found = {name: quotes(own, "cleanup/look-alike-letters") for name, own in checked(texts).items()}
    assert found == {"units": [], "terms": [], "wrong": ["hаrbour", "Οslo"]}


def test_mac_roman_is_read_right_and_said() -> None:
    text = "It’s a “good” day in Riga, and the mayor’s car – a red one – is here."
    (found,) = checked({"a": text.encode("mac-roman")}, suffix=".txt").values()
    (finding,) = [own for own in found if own.check == "cleanup/mac-mojibake"]
    assert finding.quote == "It’s" and "ItÕs" in finding.message and "UTF-8" in finding.message


def test_mac_roman_that_somebody_else_read_wrongly() -> None:
    text = "It’s a “good” day in Riga, and they don’t sail.".encode("mac-roman").decode("cp1252")
    (found,) = checked({"a": text}).values()
    finding = [own for own in found if own.check == "cleanup/mac-mojibake"]
    assert [own.corrections[0].text for own in finding] == ["It’s", "“good”", "don’t"]


def test_words_cut_at_the_end_of_a_line() -> None:
    texts = {
        "wrong": "The govern- ment praised the capabili- ties of the hos-\npital.",
        "suspended": "Pre- and post-war houses, two- to three-storey ones and long- or short-term loans stay.",
        "compound": "The well- known man and the left- hand side are here.",
    }
    found = {name: quotes(own, "cleanup/cut-word") for name, own in checked(texts).items()}
    assert found == {"wrong": ["govern- ment", "capabili- ties", "hos-\npital"], "suspended": [], "compound": []}


def test_marks_of_other_scripts() -> None:
    texts = {
        "chinese": "The minister said，the plan（of 2023）is ready。 He left at 10：30！",
        "arabic": "The mill، he said، is shut؟",
        "native": "A sign says 请勿吸烟，谢谢。 He sang “¡Viva la Vida!” at 10:30.",
    }
    found = {name: "".join(quotes(own, "cleanup/foreign-punctuation")) for name, own in checked(texts).items()}
    assert found == {"chinese": "，（）。 ：！", "arabic": "،،؟", "native": ""}
