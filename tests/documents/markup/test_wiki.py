"""Wiki text: what is read, what is masked, and what a correction changes."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import needs
from tests.documents.markup.holding import (
    changes_alone,
    corrected,
    harmless,
    hostile,
    in_time,
    judged,
    read,
    shown,
    words,
)

SAMPLE = """\
{{Infobox
| name = teh
| x = {{teh|z}}
}}
<!-- corrigenda: ignore names -->
'''Ferries''' were ''cancelled'' on [[Monday (teh)|Monday]] after a
[[storm]],<ref name="teh">A note {{cite|teh}} with words.</ref> [https://example.org the council] said.
Second line {{convert|5|teh}} here &ndash; and <code>teh</code> <nowiki>[[teh]]</nowiki> {{cite
| title = teh
}} end.<ref name="teh" />

== Goods ==
[[File:Teh.png|thumb|left|alt=A boat|The ''caption'' with a [[link|word]].]]
* warm clothes
** deep item
# one
; term : definition
: indented

{| class="wikitable"
|+ Title
! Island !! style="teh" | Boats
|-
| Tarn || two
or three
| last
|}

 teh preformatted

<syntaxhighlight lang="py">
teh
</syntaxhighlight>

<gallery>
File:Teh.png|First caption
</gallery>
[[Category:Teh]]
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_the_reader_sees(newline: str) -> None:
    document = read(SAMPLE, "wiki", newline=newline)
    assert shown(document) == [
        (
            "prose",
            "Ferries were cancelled on Monday after a storm, the council said. Second line here – and teh [[teh]] end.",
        ),
        ("prose", "A note with words."),
        ("heading", "Goods"),
        ("caption", "A boat"),
        ("caption", "The caption with a word."),
        ("list", "warm clothes"),
        ("list", "deep item"),
        ("list", "one"),
        ("list", "term"),
        ("list", "definition"),
        ("list", "indented"),
        ("caption", "Title"),
        ("table", "Island"),
        ("table", "Boats"),
        ("table", "Tarn"),
        ("table", "two or three"),
        ("table", "last"),
        ("caption", "First caption"),
    ]
    assert not re.search("(?i)teh|https|thumb|wikitable", judged(document))
    assert [directive.text for directive in document.directives] == ["ignore names"]


def test_what_nothing_closes_is_copy() -> None:
    assert words("A {{template and [[a link and <ref>a note.\n\nNext.\n", "wiki")[-1] == "Next."


def test_a_correction_is_escaped() -> None:
    document = read("A ''boat'' of the port &amp; more.\n", "wiki")
    assert corrected(document, "the port", "a [[b]] {c}") == (
        "A ''boat'' of a &#91;&#91;b&#93;&#93; &#123;c&#125; &amp; more.\n"
    )
    assert corrected(document, "boat", "ship") == "A ''ship'' of the port &amp; more.\n"


def test_what_programs_read_is_not_changed_safely() -> None:
    document = read(SAMPLE, "wiki")
    assert harmless(document, "warm clothes", "warm, dry clothes")
    assert not harmless(document, "[[storm]]", "[[gale]]")
    assert not harmless(document, "Teh.png", "The.png")


def test_mwparserfromhell_strips_the_same_markup() -> None:
    parser: Any = needs("mwparserfromhell", "mwparserfromhell is not installed")
    text = "\n".join(line for line in SAMPLE.splitlines() if not line.startswith(("{|", "|", "!", " teh", "File:")))
    text = re.sub(
        r"(?s)\[\[File.*?\]\]\n|\[\[Cat.*?\]\]|<(syntax\w+|gallery).*?</\1>|<(code|nowiki)>.*?</\2>", "", text
    )
    theirs = re.findall(r"\w{2,}", parser.parse(text).strip_code())
    ours = re.findall(r"\w{2,}", judged(read(text, "wiki")))
    assert set(theirs) - set(ours) == set() or set(theirs) - set(ours) <= {"name"}
    assert set(ours) - set(theirs) <= {"note", "with", "words", "A"}


@given(
    st.lists(
        st.sampled_from(
            "a {{ }} [[ ]] '' ''' <ref> </ref> <!-- --> <nowiki> [http://a & __A {| |} |- | || ! == [[File:a| <s> * ; :".split()  # noqa: E501
        ),
        max_size=60,
    )
)
def test_any_text_is_read_and_written_back(pieces: list[str]) -> None:
    read(" ".join(pieces), "wiki")
    read("\n".join(pieces), "wiki")


@given(st.integers(min_value=0, max_value=30), st.text("ab '[]{}|<&", max_size=12))
def test_a_correction_changes_its_characters_alone(number: int, put: str) -> None:
    changes_alone("wiki", SAMPLE, number, put)


def test_hostile_texts_cost_what_they_are_long() -> None:
    marks = "{{ }} [[ ]] '' <ref> </ref> <!-- <nowiki> [http://a &a {| | || ! == [[File:a| [[a| <s> {{a| <code> -{ * <gallery>"  # noqa: E501
    in_time("wiki", hostile(marks, 4_000))
