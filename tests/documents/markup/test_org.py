"""Org: what is read, what is masked, and what a correction changes."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import registry
from tests.documents.markup.holding import (
    FILES,
    changes_alone,
    corrected,
    files,
    harmless,
    hostile,
    in_time,
    judged,
    read,
    shown,
)

SAMPLE = """\
#+TITLE: The storm of /Tarn/
#+AUTHOR: Anna Lind
# corrigenda: ignore names

Ferries were *cancelled* on /Monday/ after a storm[fn:1], [[https://example.org][the council]] said.
See =teh --status= and ~teh~ -- or [[file:teh.png]] $teh+b$ \\alpha <2024-01-01 Mon> a/b/c.[fn:: An inline note.]

* TODO [#A] Goods and /things/                     :teh:other:
  SCHEDULED: <2024-01-01>
  :PROPERTIES:
  :ID: teh
  :END:

  - warm clothes
    and a torch
  - [X] two
    1. deep item
  - term :: What it says.

#+BEGIN_QUOTE
Nobody was hurt.
#+END_QUOTE

#+CAPTION: A boat
#+begin_src python
teh = 1
#+end_src

| Island | Boats |
|--------+-------|
| Tarn   | two   |

: teh fixed

\\begin{equation}
teh
\\end{equation}

[fn:1] The note has two
lines.
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_the_reader_sees(newline: str) -> None:
    document = read(SAMPLE, "org", newline=newline)
    assert shown(document) == [
        ("heading", "The storm of Tarn"),
        (
            "prose",
            "Ferries were cancelled on Monday after a storm, the council said. See teh --status and teh – or $teh+b$ α "
            "<2024-01-01 Mon> a/b/c.",
        ),
        ("prose", "An inline note."),
        ("heading", "Goods and things"),
        ("list", "warm clothes and a torch"),
        ("list", "two"),
        ("list", "deep item"),
        ("list", "term"),
        ("list", "What it says."),
        ("quotation", "Nobody was hurt."),
        ("caption", "A boat"),
        ("table", "Island"),
        ("table", "Boats"),
        ("table", "Tarn"),
        ("table", "two"),
        ("list", "The note has two lines."),
    ]
    assert not re.search("teh|Lind|https|TODO|2024", judged(document))
    assert [directive.text for directive in document.directives] == ["ignore names"]


def test_a_correction_is_kept_from_being_markup() -> None:
    document = read("A *boat* of the port.\n", "org")
    assert corrected(document, "the port", "a /port/") == "A *boat* of a \u200b/port/.\n"
    assert corrected(document, "boat", "ship") == "A *ship* of the port.\n"


def test_what_programs_read_is_not_changed_safely() -> None:
    document = read(SAMPLE, "org")
    assert harmless(document, "warm clothes", "warm, dry clothes")
    assert not harmless(document, "teh.png", "the.png")
    assert not harmless(document, "- warm", "warm")


def test_real_documents_are_read() -> None:
    paths = files(
        "*.org", Path("/usr/share/doc"), Path("/usr/share/emacs"), Path("/usr/lib/node_modules"), smallest=300
    )
    for path in (*FILES.glob("*.org"), *paths):
        data = path.read_bytes()
        document = registry.read_bytes(data, path.name, "org")
        assert registry.written(data, document, []) == data
        assert not re.search(r"(?i)#\+begin_|:properties:|\]\[", judged(document)), path


@given(
    st.lists(
        st.sampled_from(
            "a * / = ~ + [[a][ ]] [fn:: ] $ \\( {{{ << #+begin_src #+end_src #+begin_x :a: :end: | - \\begin{a} ^{ } # *".split()  # noqa: E501
        ),
        max_size=60,
    )
)
def test_any_text_is_read_and_written_back(pieces: list[str]) -> None:
    read(" ".join(pieces), "org")
    read("\n".join(pieces), "org")


@given(st.integers(min_value=0, max_value=30), st.text("ab *`\\_|.=~/", max_size=12))
def test_a_correction_changes_its_characters_alone(number: int, put: str) -> None:
    changes_alone("org", SAMPLE, number, put)


def test_hostile_texts_cost_what_they_are_long() -> None:
    marks = "* / = ~ + [[ [[a][ [fn: [fn:: [cite: @@a: $ \\( {{{ << #+begin_src #+begin_a :a: | \\begin{a} ^{ src_a{"
    in_time("org", hostile(marks, 4_000))
