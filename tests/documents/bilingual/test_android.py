"""Strings of Android applications."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents.document import Document
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.formats.android import READER
from corrigenda.documents.parts import Edit
from tests.documents.bilingual.holding import hold, said

STRINGS = """<?xml version="1.0" encoding="utf-8"?>
<resources xmlns:xliff="urn:oasis:names:tc:xliff:document:1.2">
    <!-- corrigenda: ignore names -->
    <string name="late">The <b>ferry</b> isn\\'t late,
        \\"is it\\"?\\nNo &amp; yes.</string>
    <string name="key" translatable="false">abc</string>
    <string name="other">@string/late</string>
    <plurals name="boats">
        <item quantity="one">One boat lies at <xliff:g id="pier" example="Pier 3">%1$s</xliff:g>.</item>
        <item quantity="other">%1$d boats lie at <xliff:g id="pier">%2$s</xliff:g>.</item>
    </plurals>
    <string-array name="piers"><item>"First pier"</item><item><![CDATA[Second <b>pier</b>]]></item></string-array>
    <color name="red">#ff0000</color>
</resources>
"""


def read(data: str, path: str = "values/strings.xml") -> Document:
    document = READER.read(data.encode(), path)
    hold(document)
    assert READER.write(data.encode(), document, []) == data.encode()
    return document


def corrected(data: str, old: str, new: str) -> str:
    document = read(data)
    for block in document.blocks:
        at = block.view.text.find(old)
        if at >= 0:
            span = block.view.to_document(at, at + len(old))
            edit = READER.spelled(document, Edit(span.start, span.end, new))
            assert READER.harmless(document, [edit]) == [edit]
            return READER.write(data.encode(), document, [edit]).decode()
    raise AssertionError(old)


def test_strings_plurals_and_arrays_are_read() -> None:
    document = read(STRINGS)
    assert said(document) == [
        ("late", 'The ferry isn\'t late, "is it"?\nNo & yes.'),
        ("boats", "One boat lies at ￼."),
        ("boats", "%1$d boats lie at ￼."),
        ("piers[0]", "First pier"),
        ("piers[1]", "Second pier"),
    ]
    assert document.language == ""
    assert read(STRINGS, "res/values-pt-rBR/strings.xml").language == "pt-BR"
    (directive,) = document.directives
    assert directive.covers is not None
    assert document.text[slice(*directive.covers)].startswith('<string name="late">')
    at = document.text.index("%1$s")
    assert document.is_masked(at, at + 4)


def test_what_is_put_in_is_escaped_twice() -> None:
    assert corrected(STRINGS, "No &", "Can't < say &") == STRINGS.replace("No &amp;", "Can\\'t &lt; say &amp;")
    assert corrected(STRINGS, "First", "The 1st").count("The 1st pier") == 1
    assert corrected(STRINGS, "Second", "A & B's") == STRINGS.replace("Second", "A & B\\'s")


def test_what_is_no_resource_is_refused() -> None:
    with pytest.raises(Unreadable, match="no file of Android's resources"):
        READER.read(b"<html/>", "a.xml")


WORDS = st.text(st.sampled_from("abé &<'\"\\🚢"), min_size=1, max_size=12)


@given(WORDS)
def test_a_correction_reads_as_it_was_meant(put: str) -> None:
    data = '<resources><string name="a">A word here</string></resources>'
    document = read(data)
    at = data.index("word")
    edit = READER.spelled(document, Edit(at, at + 4, put))
    written = READER.write(data.encode(), document, [edit])
    assert ElementTree.fromstring(written)[0].text is not None
    (entry,) = READER.catalogue(written.decode(), "a.xml").entries
    assert entry.view.text == f"A {put} here"
