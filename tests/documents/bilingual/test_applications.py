"""Catalogues of applications: ARB, string catalogues of Xcode, strings files."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import registry
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Edit, Span
from tests.documents.bilingual.holding import corrected, read, said

ARB = """{
  "@@locale": "en_GB",
  "title": "Ferries",
  "@title": {"description": "corrigenda: ignore names"},
  "late": "The ferry {name} is \\"late\\".",
  "boats": "{count, plural, =0 {No boats lie here.} one {# boat lies here.} other {# boats lie here.}}",
  "sea": "The sea {state, select, calm {is calm} other {is not}} today.",
  "empty": ""
}
"""
XCSTRINGS = """{
  "sourceLanguage" : "uk",
  "strings" : {
    "Привіт" : {
      "comment" : "corrigenda: ignore names",
      "localizations" : {
        "de" : { "stringUnit" : { "state" : "translated", "value" : "Hallo" } },
        "en" : { "stringUnit" : { "state" : "translated", "value" : "Good day, %@." } }
      }
    },
    "boats.count" : {
      "localizations" : {
        "en" : { "variations" : { "plural" : {
          "one" : { "stringUnit" : { "state" : "needs_review", "value" : "One boat lies here." } },
          "other" : { "stringUnit" : { "state" : "new", "value" : "%lld boats lie here." } }
        } } },
        "uk" : { "variations" : { "plural" : {
          "one" : { "stringUnit" : { "state" : "translated", "value" : "Човен" } }
        } } }
      }
    },
    "Тиша" : { }
  },
  "version" : "1.0"
}
"""
STRINGS = """\ufeff/* No comment provided by engineer. */
"greeting" = "Good \\"day\\", %@.\\nCome in.";

// corrigenda: ignore names
/* and more */
plain.key = "The ferry is late.";
"same";
"""


def test_arb_is_read_with_the_forms_of_its_plurals() -> None:
    document = read(ARB, "app_de.arb")
    assert said(document) == [
        ("title", "Ferries"),
        ("late", 'The ferry {name} is "late".'),
        ("boats", "No boats lie here."),
        ("boats", "# boat lies here."),
        ("boats", "# boats lie here."),
        ("sea", "The sea"),
        ("sea", "is calm"),
        ("sea", "is not"),
        ("sea", "today."),
    ]
    assert document.language == "en-GB"
    at = document.text.index("{name}")
    assert document.is_masked(at, at + 6)
    title = document.text.index('"title"')
    assert document.directives[0].covers == Span(title, document.text.index(",", title))
    assert document.locate(document.blocks[3].start).label == "unit boats"


def test_arb_is_written_as_json_has_it() -> None:
    written = corrected(ARB, "app.arb", "late", 'very "late"')
    assert written.decode() == ARB.replace('is \\"late', 'is \\"very \\"late\\"')
    assert json.loads(written)["late"] == 'The ferry {name} is "very "late"".'
    assert corrected(ARB, "app.arb", "boat lies", "ship lies").decode() == ARB.replace("boat lies", "ship lies")


def test_a_file_that_escapes_what_is_not_ascii_goes_on_so() -> None:
    data = '{"a": "A caf\\u00e9 on the pier.", "b": "boats"}'
    assert corrected(data, "a.arb", "pier", "môle").decode() == data.replace("pier", "m\\u00f4le")
    assert "môle" in corrected(ARB.replace("Ferries", "Féries"), "a.arb", "late", "môle").decode()


def test_a_string_catalogue_is_read_in_english() -> None:
    document = read(XCSTRINGS, "Localizable.xcstrings")
    assert said(document) == [("Привіт", "Good day, %@."), ("boats.count", "One boat lies here.")]
    assert [block.source.text for block in document.blocks if block.source] == ["Привіт", "Човен"]
    assert [block.unit.state for block in document.blocks if block.unit] == ["translated", "initial"]
    assert document.language == "en"
    assert [unread.what for unread in document.unread] == ["translations into de"]
    assert document.directives[0].covers is not None


def test_a_changed_text_needs_review() -> None:
    written = corrected(XCSTRINGS, "Localizable.xcstrings", "Good day", "Hello").decode()
    before, marked, after = XCSTRINGS.partition('"state" : "translated", "value" : "Good day, %@."')
    assert written == before + marked.replace("translated", "needs_review").replace("Good day", "Hello") + after
    written = corrected(XCSTRINGS, "Localizable.xcstrings", "One boat", "A boat").decode()
    assert written == XCSTRINGS.replace("One boat", "A boat")


def test_without_english_the_only_translation_is_read() -> None:
    data = XCSTRINGS.replace('"en"', '"pl"').replace('"de"', '"pl-PL"')
    assert read(data, "a.xcstrings").language == "uk"
    assert read(XCSTRINGS.replace('"en"', '"de" '), "a.xcstrings").language == "de"


def test_strings_are_read_and_written() -> None:
    document = read(STRINGS, "en.lproj/Localizable.strings")
    assert said(document) == [("greeting", 'Good "day", %@.\nCome in.'), ("plain.key", "The ferry is late.")]
    assert document.language == "en"
    note = document.text.index("// corrigenda")
    assert document.directives[0].covers == Span(note, document.text.index('"same"') - 1)
    assert corrected(STRINGS, "a.strings", "late", '"late"').decode() == STRINGS.replace("late", '\\"late\\"')


@pytest.mark.parametrize("codec", ["utf-16", "utf-8"])
def test_strings_keep_their_encoding(codec: str) -> None:
    data = STRINGS.removeprefix("\ufeff").replace("\n", "\r\n").encode(codec)
    written = corrected(data, "a.strings", "late", "on time")
    assert written == data.decode(codec).replace("late", "on time").encode(codec)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.arb", b'{"a": "b}', "not valid JSON: at line 1"),
        ("a.xcstrings", b"{}", "no string catalogue"),
        ("a.xcstrings", b'{"strings": {"a": ' * 600, "nested more than"),
        ("a.strings", b'"a" = "b";\n"c" = "d', "Line 2 is none of a strings file"),
        ("a.strings", b"/* a", "a comment begins there that does not end"),
        ("a.strings", b'<?xml version="1.0"?>', "This is XML"),
        ("a.strings", b"bplist00\x00", "compiled table"),
    ],
)
def test_broken_files_are_refused_in_a_sentence(name: str, data: bytes, message: str) -> None:
    with pytest.raises(Unreadable, match=message):
        registry.read_bytes(data, name, registry.format_of(name))


def test_hostile_files_cost_their_length() -> None:
    read('{"a": "' + "{a, plural, one {" * 20_000 + '"}', "a.arb")
    read('{"a": "' + "{a, select, " * 20_000 + " b" + "}" * 20_000 + '"}', "a.arb")
    with pytest.raises(Unreadable):
        registry.read_bytes(b"/*" * 200_000, "a.strings", "strings")


TEXTS = st.dictionaries(st.text("abc", min_size=1, max_size=4), st.text('ab é"\\\n/{}%🚢', max_size=20), max_size=5)


@given(TEXTS, st.booleans(), st.sampled_from([None, 2]))
def test_any_json_reads_as_it_does_elsewhere(texts: dict[str, str], ascii_only: bool, indent: int | None) -> None:
    document = read(json.dumps(texts, ensure_ascii=ascii_only, indent=indent), "a.arb")
    reader = registry.reader("arb")
    known = reader.catalogue(document.text, "a.arb").entries  # type: ignore[attr-defined]
    assert {entry.id: entry.view.text for entry in known} == {key: value for key, value in texts.items() if value}


@given(TEXTS.filter(bool), st.text('bé"\\/🚢', min_size=1, max_size=6), st.booleans(), st.data())
def test_a_correction_of_json_reads_as_it_was_meant(
    texts: dict[str, str], put: str, ascii_only: bool, data: st.DataObject
) -> None:
    texts = {key: f"{value} word" for key, value in texts.items()}
    document = read(json.dumps(texts, ensure_ascii=ascii_only), "a.arb")
    key = data.draw(st.sampled_from(sorted(texts)))
    block = next(b for b in document.blocks if b.unit and b.unit.id == key and "word" in b.view.text)
    at = block.view.text.rindex("word")
    span = block.view.to_document(at, at + 4)
    edit = registry.spelled(document, Edit(span.start, span.end, put))
    written = registry.written(document.text.encode(), document, [edit])
    assert json.loads(written) == {**texts, key: texts[key].removesuffix("word") + put}
