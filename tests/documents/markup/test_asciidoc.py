"""AsciiDoc: what is read, what is masked, and what a correction changes."""

import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import registry
from tests.conftest import absent
from tests.documents.markup.holding import (
    changes_alone,
    corrected,
    files,
    harmless,
    hostile,
    in_time,
    judged,
    read,
    shown,
    words,
)

SAMPLE = """\
// corrigenda: ignore names
= The storm of _Tarn_
Anna Lind <anna@example.org>
v1.0, 2024-01-01
:toc:
:description: A short summary of it.

Ferries were *cancelled* on _Monday_ after a storm,footnote:[A note with *two* words.]
https://example.org[the council^] said.
See `teh --status` and {teh} -- or <<teh,the list>>, xref:teh.adoc[another page]; "`quoted`" and it`'s. +
More&#8230; #marked# H~2~O ((index)) (((teh,b))) end.

[[teh]]
== Goods

.A title of a list
* warm clothes
and a torch
** deep item
+
--
attached words
--
. first
term:: What it says.
other::
  Said below.

NOTE: Bring a coat.
And a hat.

[source,ruby]
.Listing
----
teh = 1
----

====
Words in an example.

[quote, The mayor]
____
Nobody was hurt.
____
====

image::teh.png[A boat on the beach,100]

|===
|Island |Boats

|Tarn
|two or
three
2+|both
|===

  literal teh

Old title
---------

[verse]
A line
and one.

////
teh comment
////
ifdef::teh[]
Last words.
endif::[]
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_the_reader_sees(newline: str) -> None:
    document = read(SAMPLE, "asciidoc", newline=newline)
    assert shown(document) == [
        ("heading", "The storm of Tarn"),
        ("prose", "A short summary of it."),
        (
            "prose",
            "Ferries were cancelled on Monday after a storm, the council said. See teh --status and {teh} — or the "
            "list, another page; “quoted” and it’s. More… marked H2O index end.",
        ),
        ("prose", "A note with two words."),
        ("heading", "Goods"),
        ("heading", "A title of a list"),
        ("list", "warm clothes and a torch"),
        ("list", "deep item"),
        ("prose", "attached words"),
        ("list", "first"),
        ("list", "term"),
        ("list", "What it says."),
        ("list", "other"),
        ("list", "Said below."),
        ("prose", "Bring a coat. And a hat."),
        ("caption", "Listing"),
        ("prose", "Words in an example."),
        ("quotation", "Nobody was hurt."),
        ("caption", "A boat on the beach"),
        ("table", "Island"),
        ("table", "Boats"),
        ("table", "Tarn"),
        ("table", "two or three"),
        ("table", "both"),
        ("heading", "Old title"),
        ("quotation", "A line and one."),
        ("prose", "Last words."),
    ]
    assert not re.search("teh|Lind|https|toc", judged(document))
    assert [directive.text for directive in document.directives] == ["ignore names"]


def test_a_correction_is_escaped() -> None:
    document = read("A *boat* of the port &amp; more.\n", "asciidoc")
    assert corrected(document, "the port", "a *b {c}") == "A *boat* of a \\*b \\{c} &amp; more.\n"
    assert corrected(document, "port &", "port and") == "A *boat* of the port and more.\n"


def test_what_programs_read_is_not_changed_safely() -> None:
    document = read(SAMPLE, "asciidoc")
    assert harmless(document, "warm clothes", "warm, dry clothes")
    assert not harmless(document, "teh.adoc", "the.adoc")
    assert not harmless(document, "* warm", "warm")


def _asciidoctor(path: Path) -> list[str]:
    """Return the words that Asciidoctor shows for copy."""
    done = subprocess.run(
        ["asciidoctor", "-q", "-s", "-S", "secure", "-a", "skip-front-matter", "-o", "-", str(path)],
        capture_output=True,
        check=True,
        timeout=60,
    )
    page = re.sub(r"(?s)<pre.*?</pre>|<code.*?</code>|<div id=\"toc\".*?</ul>\s*</div>", " ", done.stdout.decode())
    return re.findall(
        r"\w{2,}", html.unescape(re.sub(r"<(?:/?(?:em|strong|sub|sup|span|mark)\b)[^>]*>", "", page).replace("<", " <"))
    )


def test_asciidoctor_reads_the_same_words() -> None:
    if shutil.which("asciidoctor") is None:
        absent("Asciidoctor is not installed: make system-deps")
    paths = files("*.adoc", Path("/usr/share/ruby-asciidoctor")) + files("*.txt", Path("/usr/share/doc/git-doc"))
    if not paths:
        absent("no AsciiDoc of other packages is installed: make system-deps")
    for path in paths:
        data = path.read_bytes()
        document = registry.read_bytes(data, path.name, "asciidoc")
        assert registry.written(data, document, []) == data
        theirs = set(_asciidoctor(path))
        ours = re.findall(r"\w{2,}", judged(document))
        assert len([word for word in ours if word not in theirs]) <= 0.03 * len(ours) + 10, path


@given(
    st.lists(
        st.sampled_from(
            'a * ** _ ` ``` + ++ # [[ ]] << >> link:a[ ] footnote:[ {a} (( )) "` `" ---- ==== |=== | [a] .a a:: //// :a: - NOTE: image::a[b]'.split()  # noqa: E501
        ),
        max_size=60,
    )
)
def test_any_text_is_read_and_written_back(pieces: list[str]) -> None:
    read(" ".join(pieces), "asciidoc")
    read("\n".join(pieces), "asciidoc")


@given(st.integers(min_value=0, max_value=30), st.text("ab *`\\_|.{", max_size=12))
def test_a_correction_changes_its_characters_alone(number: int, put: str) -> None:
    changes_alone("asciidoc", SAMPLE, number, put)


def test_hostile_texts_cost_what_they_are_long() -> None:
    marks = '* ** _ ` + ++ # [[ << <<a, link:a[ footnote:[ {a} (( "` ^ ~a ---- ==== |=== | [a] .a a:: //// a:b['
    in_time("asciidoc", hostile(marks, 4_000))


def test_a_paragraph_of_a_source_style_is_code() -> None:
    assert words("[source]\nteh code\n\nWords.\n", "asciidoc") == ["Words."]
