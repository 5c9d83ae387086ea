"""YAML catalogues: every style of writing a string is read where it stands, and written as it needs to be."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import registry
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.formats.yaml import READER
from corrigenda.documents.parts import Edit
from tests.documents.bilingual.holding import corrected, read, said

RAILS = """\
# Texts of the pier.
en:
  # corrigenda: ignore names
  plain: The ferry is late
  on: yes
  number: 12
  date: "%d.%m.%Y"
  single: 'It''s on
    the pier.'
  double: "A \\"boat\\" \\u00e9 and
    more.\\nNext \\
    line."
  literal: |
    Line one.

    Line three: # boats
  folded: >-   # corrigenda: ignore cleanup
    Folded one
    goes on.

    New one
  list:
    - "One %{count} boat"
    - &two two boats
    - *two
  nested: {a: Flow text, b: "Other"}
de:
  plain: Die Fähre
"""


def test_strings_are_read_in_every_style() -> None:
    document = read(RAILS, "a.yml")
    assert said(document) == [
        ("plain", "The ferry is late"),
        ("single", "It's on the pier."),
        ("double", 'A "boat" é and more.\nNext line.'),
        ("literal", "Line one."),
        ("literal", "Line three: # boats"),
        ("folded", "Folded one goes on.\nNew one"),
        ("list.0", "One %{count} boat"),
        ("list.1", "two boats"),
        ("nested.a", "Flow text"),
        ("nested.b", "Other"),
    ]
    assert document.language == "en"
    assert [unread.what for unread in document.unread] == ["texts in de"]
    names, cleanup = document.directives
    assert names.covers is not None and document.text[slice(*names.covers)] == "plain: The ferry is late"
    assert cleanup.covers is not None and document.text[slice(*cleanup.covers)].startswith("folded: >-")


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("ferry is", "boat was", "ferry is", "boat was"),
        ("ferry", "ferry: it", "The ferry is late", '"The ferry: it is late"'),
        ("The ferry is late", "Yes", "The ferry is late", '"Yes"'),
        ("late", '"late" #1', "The ferry is late", '"The ferry is \\"late\\" #1"'),
        ("It's", "That's", "It''s", "That''s"),
        ("pier.", "pier's.", "pier.'", "pier''s.'"),
        ('"boat"', '"ship"', '\\"boat\\"', '\\"ship\\"'),
        ("é and", "e\\and", "\\u00e9 and", "e\\\\and"),
        ("Line three: # boats", "Boats: it's # a", "Line three: # boats", "Boats: it's # a"),
        ("one goes on", "one ends", "one\n    goes on", "one ends"),
        ("Flow text", "Flow, text", "{a: Flow text", '{a: "Flow, text"'),
    ],
)
def test_a_correction_is_written_as_its_string_needs_it(old: str, new: str, before: str, after: str) -> None:
    assert corrected(RAILS, "a.yml", old, new).decode() == RAILS.replace(before, after, 1)


def test_the_language_is_that_of_the_keys_or_of_the_file() -> None:
    assert read("de:\n  a: Die Fähre\n", "en.yml").language == "de"
    assert read("a: The ferry\n", "messages.en.yaml").language == "en"
    assert read("a: The ferry\n", "texts.yaml").language == ""


def test_a_note_in_a_string_is_none() -> None:
    document = read('a: "x # corrigenda: ignore names"\nb: |\n  # corrigenda: ignore names\n', "a.yml")
    assert document.directives == ()


def test_line_ends_and_letters_beyond_keep_their_places() -> None:
    data = RAILS.replace("\n", "\r\n").replace("ferry", "ferry 🚢")
    document = read(data, "a.yml")
    assert ("literal", "Line three: # boats") in said(document)
    assert corrected(data, "a.yml", "late", "early").decode() == data.replace("late", "early", 1)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("a: [b", "not valid YAML at line"),
        ("a: b\n- c", "not valid YAML at line 2"),
        ("[" * 100_000, "nested more than 60 levels deep"),
        ("a: \x07" + "b" * 40, "not valid YAML"),
    ],
)
def test_broken_and_hostile_files_are_refused(data: str, message: str) -> None:
    with pytest.raises(Unreadable, match=message):
        READER.read(data.encode(), "a.yml")


def test_aliases_are_not_followed() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{b}, *{b}, *{b}]\n" for b, c in zip("abcdefgh", "bcdefghi"))  # noqa: B905
    assert len(read(bomb, "a.yml").blocks) == 2


TEXT = st.text(st.sampled_from("ab é:#'\"\\\n,{}[]-?!&*%🚢 \t0"), min_size=1, max_size=40)
STYLES = st.sampled_from([None, "'", '"', "|", ">"])


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), TEXT, max_size=4), STYLES, st.integers(10, 60))
def test_what_pyyaml_writes_is_read_where_it_stands(texts: dict[str, str], style: Any, width: int) -> None:
    data = yaml.safe_dump({"top": texts}, default_style=style, width=width, allow_unicode=True)
    found = READER.catalogue(read(data, "a.yml").text, "a.yml")
    assert not found.unread
    known = {entry.id: entry.view.text.rstrip("\n") for entry in found.entries if entry.view.text.strip("\n")}
    # A plain scalar that reads as a number or a truth is written in quotation marks, so that all are strings.
    assert known == {f"top.{key}": text.rstrip("\n") for key, text in texts.items() if text.rstrip("\n")}


@given(
    st.dictionaries(st.text("abc", min_size=1, max_size=3), TEXT, min_size=1, max_size=4),
    STYLES,
    st.integers(10, 60),
    st.text("bé:#'\"\\,{}[]-?&*🚢", min_size=1, max_size=6),
    st.data(),
)
def test_a_correction_reads_as_it_was_meant(
    texts: dict[str, str], style: Any, width: int, put: str, data: st.DataObject
) -> None:
    texts = {key: f"{text} word" for key, text in texts.items()}
    written = yaml.safe_dump({"top": texts}, default_style=style, width=width, allow_unicode=True)
    document = read(written, "a.yml")
    key = data.draw(st.sampled_from(sorted(texts)))
    blocks = [b for b in document.blocks if b.unit and b.unit.id == f"top.{key}" and "word" in b.view.text]
    block = blocks[-1]
    at = block.view.text.rindex("word")
    span = block.view.to_document(at, at + 4)
    edit = registry.spelled(document, Edit(span.start, span.end, put))
    if registry.harmless(document, [edit]):
        after = yaml.safe_load(registry.written(written.encode(), document, [edit]))
        assert after == {"top": {**texts, key: texts[key].removesuffix("word") + put}}
    else:  # at the beginning of a block's line a sign may be more than a sign
        assert style in ("|", ">") or not texts[key].isprintable() or "{" in texts[key] + put or "%" in texts[key]
