"""JSON and JSON Lines: which strings are copy, how escapes are read and written, and what a broken file is told."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Edit, RegionKind
from corrigenda.settings import ReadingOptions

FIELDS = ReadingOptions(("body",), ("headline",))
FEED = (
    '{"articles": [\r\n  {"id": "a-1", "headline": "Port opens", "body": "Caf\\u00e9 \\"Odesa\\" \\ud83d\\ude00 '
    'opens.\\n\\nIt is\\/was small."},\r\n  {"headline": "Second", "body": ["One.", '
    '"Two."], "extra": {"body": "Deep."}}\r\n]}'
)


def read(text: str, options: ReadingOptions = FIELDS, name: str = "json") -> Document:
    return registry.read_bytes(text.encode("utf-8", "surrogatepass"), f"a.{name}", name, options=options)


def words(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.view.text) for block in document.blocks]


def test_named_fields_are_read_in_the_order_of_the_file() -> None:
    document = read(FEED)
    assert words(document) == [
        ("heading", "Port opens"),
        ("prose", 'Café "Odesa" 😀 opens.'),
        ("prose", "It is/was small."),
        ("heading", "Second"),
        ("prose", "One."),
        ("prose", "Two."),
        ("prose", "Deep."),
    ]
    assert [part.label for part in document.embedded][-3:] == [
        "articles[1].body[0]",
        "articles[1].body[1]",
        "articles[1].extra.body",
    ]
    assert [part.record for part in document.embedded] == [2, 2, 3, 3, 3, 3]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("$.articles[].body", ["Café", "It is", "One.", "Two."]),
        ("extra.body", ["Deep."]),
        ("articles[].extra.body", ["Deep."]),
        ("body[]", ["One.", "Two."]),
    ],
)
def test_a_path_says_which_field(name: str, found: list[str]) -> None:
    seen = [text for _, text in words(read(FEED, ReadingOptions((name,))))]
    assert len(seen) == len(found) and all(text.startswith(start) for text, start in zip(seen, found, strict=True))


def test_a_name_that_is_no_field_is_told() -> None:
    with pytest.raises(Unreadable, match=r"No field of this file is called 'bodi'; did you mean 'body'\?$"):
        read(FEED, ReadingOptions(("bodi",)))
    assert words(read("[]", ReadingOptions(("body",)))) == []


def test_positions_are_the_files_own() -> None:
    document = read(FEED)
    block = document.blocks[1]
    at = block.view.text.index("é")
    span = block.view.to_document(at, at + 1)
    assert document.text[span.start : span.end] == "\\u00e9"
    smile = block.view.text.index("😀")
    span = block.view.to_document(smile, smile + 1)
    assert document.text[span.start : span.end] == "\\ud83d\\ude00"
    place = document.locate(block.start)
    assert (place.line, place.label) == (2, "articles[0].body")


def test_everything_else_is_masked() -> None:
    document = read(FEED)
    said = re.sub("\ufffc+", "|", document.readable)
    assert said.startswith("|Port opens|Caf\\u00e9 ") and "a-1" not in said and "headline" not in said


def test_without_names_what_looks_like_copy_is_read() -> None:
    catalogue = {
        "save": "Save changes",
        "ok": "OK",
        "cancel": "Cancel",
        "welcome": "Welcome back, {{name}}! You have {count, plural, one {# message} other {# messages}}.",
        "home": "https://example.org/home page",
        "mail": "desk@example.org",
        "file": "images/port.jpg",
        "class": "btn btn-primary",
        "type": "article",
        "locale": "en_GB",
        "date": "2024-05-03T10:00:00Z",
        "code": "if (a) { return b; }",
        "mime": "text/html; charset=utf-8",
        "colour": "#ff00aa",
        "number": 12,
        "none": None,
        "long": "The ferry left at noon, and nobody saw it again.",
    }
    document = read(json.dumps(catalogue, indent=2), ReadingOptions())
    seen = [part.label for part in document.embedded]
    assert seen == ["save", "cancel", "welcome", "long"]
    masked = [document.text[span.start : span.end] for span in document.masked]
    assert "{{name}}" in masked and "{count, plural, one {#" in masked and "} other {#" in masked
    assert "# message" not in " ".join(masked).replace("{#", "") and any(m.startswith("}}") for m in masked)


def test_html_and_markdown_in_a_field() -> None:
    text = json.dumps([{"body": "A *fine* [port](https://a.b).\n\n- One\n- Two"}])
    document = read(text, ReadingOptions(("body",), (), "markdown"))
    assert words(document) == [("prose", "A fine port."), ("list", "One"), ("list", "Two")]
    emphasis = document.regions_of(RegionKind.EMPHASIS)
    assert [document.text[r.start : r.end] for r in emphasis] == ["*fine*"]


def corrected(document: Document, old: str, new: str) -> str:
    """Put a text in the place of words that a block says, as a correction would."""
    for block in document.blocks:
        at = block.view.text.find(old)
        if at >= 0:
            span = block.view.to_document(at, at + len(old))
            edit = registry.spelled(document, Edit(span.start, span.end, new))
            data = registry.written(document.text.encode(), document, [edit])
            assert registry.edited(document, [edit]).text == data.decode()
            assert registry.harmless(document, [edit]) == [edit]
            return data.decode()
    raise AssertionError(f"{old!r} is not there")


def test_a_correction_is_written_as_json_has_it() -> None:
    document = read(FEED)
    after = corrected(document, "small", 'quite "small" \\ é')
    # The file escapes what is not ASCII, so the correction does.
    assert json.loads(after)["articles"][0]["body"].endswith('It is/was quite "small" \\ é.')
    assert after == FEED.replace("small", 'quite \\"small\\" \\\\ \\u00e9')


def test_a_file_with_letters_beyond_ascii_keeps_them() -> None:
    document = read('[{"body": "Élan is small."}]')
    assert corrected(document, "small", "“great”") == '[{"body": "Élan is “great”."}]'


def test_what_a_correction_leaves_keeps_its_escapes() -> None:
    """Only what differs is written anew, so `\\/` and `\\u00e9` stay what they are."""
    document = read('[{"body": "The Caf\\u00e9 is\\/was was here."}]')
    block = document.blocks[0]
    span = block.view.to_document(0, len(block.view.text))
    raw = document.text[span.start : span.end].replace("was was", "was")
    edit = registry.spelled(document, Edit(span.start, span.end, raw))
    assert registry.edited(document, [edit]).text == '[{"body": "The Caf\\u00e9 is\\/was here."}]'


def test_a_deleted_paragraph_takes_its_empty_line() -> None:
    document = read('[{"body": "One is here.\\n\\nTwo is there.\\n\\nThree is gone."}]')
    assert corrected(document, "Two is there.", "") == '[{"body": "One is here.\\n\\nThree is gone."}]'


def test_markdown_that_a_correction_would_break_is_not_harmless() -> None:
    document = read('[{"body": "See *the ports* and `code`."}]', ReadingOptions(("body",), (), "markdown"))
    at = document.text.index("*the")
    assert registry.harmless(document, [Edit(at, at + 1, "")]) == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40)


@given(
    st.lists(st.fixed_dictionaries({"headline": texts, "body": texts, "more": json_values}), min_size=1, max_size=4),
    st.booleans(),
    st.sampled_from([None, 1, "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.booleans(),
)
def test_any_feed_is_read_and_written(
    feed: list[dict[str, object]], ascii_only: bool, indent: int | str | None, codec: str, crlf: bool
) -> None:
    text = json.dumps(feed, ensure_ascii=ascii_only, indent=indent)
    if crlf:
        text = text.replace("\n", "\r\n")
    data = text.encode(codec)
    document = registry.read_bytes(data, "a.json", "json", options=FIELDS)
    assert registry.written(data, document, []) == data
    views = {part.label: part.view.text for part in document.embedded}
    for number, record in enumerate(feed):
        for key in ("headline", "body"):
            assert views[f"[{number}].{key}"] == record[key]
    for block in document.blocks:
        for at in range(len(block.view.text)):
            span = block.view.to_document(at, at + 1)
            assert block.start <= span.start <= span.end <= block.end


@given(texts, st.booleans(), texts, st.data())
def test_any_correction_changes_exactly_its_characters(
    body: str, ascii_only: bool, new: str, data: st.DataObject
) -> None:
    text = json.dumps([{"id": body, "body": body}], ensure_ascii=ascii_only)
    document = read(text)
    part = document.embedded[0]
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, len(body)))
    if start == end and start not in (0, len(body)):
        at = part.view.to_document(start - 1, start).end
        edit = Edit(at, at, new)
    else:
        span = part.view.to_document(start, end)
        edit = Edit(span.start, span.end, new)
    if start == end:
        edit = edit if start < len(body) else Edit(part.end, part.end, new)
    after = json.loads(registry.edited(document, [registry.spelled(document, edit)]).text)
    assert after[0]["id"] == body
    raw = json.dumps(body[start:end], ensure_ascii=ascii_only)[1:-1]
    if raw == body[start:end] or (new[:1] != raw[:1] and new[-1:] != raw[-1:]):
        assert after[0]["body"] == body[:start] + new + body[end:]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "line 1, column 1 it ends in the midst of a value"),
        ("{", "a key in quotation marks is missing"),
        ('{"a" 1}', "a colon is missing after a key"),
        ('{"a": 1 "b": 2}', "a comma or } is missing"),
        ("[1, 2", r"it ends too early: a comma or \] is missing"),
        ("[1,]", "a value is missing"),
        ('["a', "a quotation mark is not closed"),
        ('["a\\x"]', "a backslash begins no escape"),
        ("[1] 2", "something follows the value"),
        ("[01]", "a value is missing"),
        ("[" * 100_000, "nested more than 500 levels deep"),
        ('{"a":' * 100_000, "nested more than 500 levels deep"),
    ],
)
def test_what_is_no_json_is_told_in_one_line(text: str, told: str) -> None:
    with pytest.raises(Unreadable, match=told) as caught:
        read(text, ReadingOptions(("a",)) if "x" not in text else ReadingOptions(("[]",)))
    assert "\n" not in caught.value.message


def test_odd_json_is_read() -> None:
    assert words(read('{"body": "One.", "body": "Two."}')) == [("prose", "One."), ("prose", "Two.")]
    assert words(read('{"n": ' + "9" * 100_000 + ', "body": "One."}')) == [("prose", "One.")]
    half = read('{"body": "\\ud800 is half."}')
    assert half.blocks[0].view.text == "\ud800 is half."


def test_a_long_string_takes_time_in_proportion() -> None:
    body = "The ferry left at noon. " * 100_000
    document = registry.read_bytes(json.dumps({"body": body}).encode(), "a.json", "json", options=FIELDS)
    assert sum(len(block.view.text) for block in document.blocks) > 2_000_000
    with pytest.raises(Unreadable, match="too large"):
        registry.read_bytes(b'{"body": "' + b"x" * 100_000_000 + b'"}', "a.json", "json", options=FIELDS)


def test_lines_are_records() -> None:
    text = '{"body": "One \\u2013 1."}\r\n\r\n  \n{"headline": "Two", "body": "2 é."}\n'
    document = read(text, name="jsonl")
    assert [(part.label, part.record) for part in document.embedded] == [("body", 1), ("headline", 2), ("body", 2)]
    assert document.locate(document.embedded[2].start).line == 4
    with pytest.raises(Unreadable, match="at line 2, column 6 it ends in the midst"):
        read('{"body": "One."}\n{"a":\n', name="jsonl")
