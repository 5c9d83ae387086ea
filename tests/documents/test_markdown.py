"""Markdown: every region, views without markup, and the map back."""

import time
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corrigenda.documents import characters
from corrigenda.documents.document import Document
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.formats.markdown import parse
from corrigenda.documents.markdown import source
from corrigenda.documents.parts import RegionKind

SAMPLE = """---
title: "Storm"
tags: [weather]
---

# Storm *cuts off* islands {#storm}

Ferries were **cancelled** on _Monday_ after a storm, [the council](https://example.org/a_b "Title") said.
See `ferry --status` and <https://example.org/x>, or write to <desk@example.org>.

![A boat on the beach](boat.jpg)
*Photo: Anna Lind*

> “Nobody was hurt,” he said.
> Repairs begin today.

- warm clothes
- [x] a torch
  and batteries

  ```sh
  echo "teh"
  ```

1. First
2. Second

| Island | Boats |
|--------|------:|
| Tarn   | 2 \\| 3 |

<div class="ad">
Buy now
</div>

<!-- corrigenda: off -->

Setext head
-----------

A note[^1] and a [reference][ref], [ref] too; he said [sic] and [the mayor][nowhere].

[^1]: The note has *two* lines
    and ends here.

[ref]: https://example.org/ref "Ref"

    indented code

```python
teh = 1
```

AT&amp;T paid $5 or $6, ~3 to ~4 \\*times\\*, 😀 Ze\u0301la<br>next <b>bold</b> line.\\
Last line. {{< figure src="x" >}}
"""


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.view.text) for block in document.blocks]


def regions(document: Document, kind: RegionKind) -> list[str]:
    return [document.text[region.start : region.end] for region in document.regions if region.kind is kind]


def hold(document: Document) -> None:
    text = document.text
    assert all(0 <= region.start < region.end <= len(text) for region in document.regions)
    keys = [(region.start, -region.end) for region in document.regions]
    assert keys == sorted(keys)
    reached = 0
    for block in document.blocks:
        assert reached <= block.start < block.end <= len(text)
        reached = block.end
        last = -1
        for index, character in enumerate(block.view.text):
            span = block.view.to_document(index, index + 1)
            assert last <= span.start < span.end <= block.end
            last = span.start
            original = text[span.start : span.end]
            decoded = original.startswith("&") and character in unescape(original)
            read = original + characters.plain(original)
            assert decoded or character in read or (character == " " and (original.isspace() or original == "<"))


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_the_reader_sees(newline: str) -> None:
    document = parse(SAMPLE.replace("\n", newline), "a.md")
    hold(document)
    assert blocks(document) == [
        ("heading", "Storm"),
        ("heading", "Storm cuts off islands"),
        (
            "prose",
            "Ferries were cancelled on Monday after a storm, the council said. See ferry --status and "
            "https://example.org/x, or write to desk@example.org.",
        ),
        ("caption", "A boat on the beach"),
        ("caption", "Photo: Anna Lind"),
        ("quotation", "“Nobody was hurt,” he said. Repairs begin today."),
        ("list", "warm clothes"),
        ("list", "a torch and batteries"),
        ("list", "First"),
        ("list", "Second"),
        ("table", "Island"),
        ("table", "Boats"),
        ("table", "Tarn"),
        ("table", "2 | 3"),
        ("prose", "Buy now"),
        ("heading", "Setext head"),
        ("prose", "A note and a reference, ref too; he said [sic] and [the mayor][nowhere]."),
        ("prose", "The note has two lines and ends here."),
        ("prose", "AT&T paid $5 or $6, ~3 to ~4 *times*, 😀 Zéla next bold line. Last line."),
    ]


def test_what_is_masked() -> None:
    document = parse(SAMPLE, "a.md")
    assert regions(document, RegionKind.FRONT_MATTER) == ['---\ntitle: "', '"\ntags: [weather]\n---']
    assert regions(document, RegionKind.CODE) == [
        "{#storm}",
        "`ferry --status`",
        '```sh\n  echo "teh"\n  ```',
        "    indented code",
        "```python\nteh = 1\n```",
        '{{< figure src="x" >}}',
    ]
    assert regions(document, RegionKind.LINK_TARGET) == [
        '(https://example.org/a_b "Title")',
        "(boat.jpg)",
        "[^1]",
        "[ref]",
        "[^1]: ",
        "[^1]",
        '[ref]: https://example.org/ref "Ref"',
    ]
    assert regions(document, RegionKind.HTML) == [
        '<div class="ad">',
        "</div>",
        "&amp;",
        "<br>",
        "<b>",
        "</b>",
    ]
    assert regions(document, RegionKind.COMMENT) == ["<!-- corrigenda: off -->"]
    assert "<https://example.org/x>" in regions(document, RegionKind.URL)
    for word in ("teh", "div", "weather", "boat.jpg", "figure"):
        at = document.text.index(word)
        assert document.is_masked(at, at + len(word))
    for word in ("Ferries", "council", "torch", "Tarn", "note has"):
        at = document.text.index(word)
        assert not document.is_masked(at, at + len(word))


def test_an_entity_is_its_letter_in_the_view_and_stays_as_it_stands_in_the_file() -> None:
    document = parse(
        "The caf&eacute; of *Fran&ccedil;ois*&nbsp;Roy &amp; Co. &#x2014; &nope; &NotEqualTilde;\n", "a.md"
    )
    hold(document)
    view = document.blocks[0].view
    assert view.text == "The café of François\u00a0Roy & Co. — &nope; ≂̸"
    at = view.text.index("café")
    span = view.to_document(at, at + 4)
    assert document.text[span.start : span.end] == "caf&eacute;"
    assert (view.span_of(span.start, span.end).start, view.from_document(span.start + 5)) == (at, at + 3)
    assert document.is_masked(span.start, span.end)


@pytest.mark.parametrize("text", ["A *pravda* here", "A _pravda_ here", "A <em>pravda</em> here", "A ***pravda*** b"])
def test_italics_are_a_region_of_copy(text: str) -> None:
    document = parse(text, "a.md")
    at = text.index("pravda")
    assert document.within(RegionKind.EMPHASIS, at, at + 6) and not document.within(RegionKind.EMPHASIS, 0, 1)
    assert not document.is_masked(at, at + 6)


@pytest.mark.parametrize("text", ["A **pravda** here", "A *pravda here", "A <b>pravda</b> here", "A <i>pravda here"])
def test_bold_and_marks_that_nothing_closes_are_no_italics(text: str) -> None:
    assert parse(text, "a.md").regions_of(RegionKind.EMPHASIS) == ()


def test_a_picture_is_a_region_of_copy_with_its_description() -> None:
    document = parse("![A boat](boat.jpg)\n\nText.\n", "a.md")
    assert regions(document, RegionKind.IMAGE) == ["![A boat](boat.jpg)"]
    assert not document.is_masked(2, 8) and document.is_masked(11, 18)


def test_directives_are_found_and_masked() -> None:
    text = "One <!-- corrigenda: ignore names — his words --> two.\n\n%% corrigenda: ignore-file cleanup\n"
    document = parse(text, "a.md")
    assert [directive.text for directive in document.directives] == ["ignore names — his words", "ignore-file cleanup"]
    assert [text[directive.start : directive.end] for directive in document.directives] == [
        "<!-- corrigenda: ignore names — his words -->",
        "%% corrigenda: ignore-file cleanup",
    ]
    assert all(document.is_masked(directive.start, directive.end) for directive in document.directives)


def test_toml_front_matter() -> None:
    document = parse('+++\ntitle = "Storm"\n+++\n\nText here.\n', "a.md")
    assert regions(document, RegionKind.FRONT_MATTER) == ['+++\ntitle = "', '"\n+++']
    assert blocks(document) == [("heading", "Storm"), ("prose", "Text here.")]


def test_a_span_over_markup_holds_the_markup() -> None:
    document = parse("One **bold** word", "a.md")
    view = document.blocks[0].view
    assert view.text == "One bold word"
    span = view.to_document(0, 8)
    assert document.text[span.start : span.end] == "One **bold"


def test_lazy_quotations_and_nested_lists() -> None:
    document = parse("> - one\n>   two\n> - three\n\n- a\n  - b\n    c\n", "a.md")
    assert blocks(document) == [("list", "one two"), ("list", "three"), ("list", "a"), ("list", "b c")]
    at = document.text.index("three")
    assert document.within(RegionKind.QUOTATION, at, at + 5)
    hold(document)


def test_pictures_on_lines_of_their_own_and_in_the_middle() -> None:
    document = parse("![One](a.png)\nText ![icon](i.png) goes on.\n![Two](b.png)", "a.md")
    assert blocks(document) == [("caption", "One"), ("prose", "Text icon goes on."), ("caption", "Two")]
    hold(document)


def test_a_picture_that_is_a_link() -> None:
    document = parse("[![Badge](b.svg)](https://example.org) and text", "a.md")
    assert blocks(document) == [("prose", "Badge and text")]


def test_mdx() -> None:
    document = parse('import Chart from "./chart"\n\nText {/* hidden */} here.\n\n<Chart id="1" />\n', "a.mdx")
    assert blocks(document) == [("prose", "Text here.")]
    assert regions(document, RegionKind.COMMENT) == ["{/* hidden */}"]


def test_a_bold_line_is_a_heading_and_a_bold_sentence_is_not() -> None:
    document = parse("**What happens next**\n\n**Nobody knows.**\n", "a.md")
    assert blocks(document) == [("heading", "What happens next"), ("prose", "Nobody knows.")]


def test_brackets_before_a_colon_are_no_definition() -> None:
    document = parse("[Smith]: he said yes\n\n[Note] see (the note below)\n", "a.md")
    assert [text for _, text in blocks(document)] == ["[Smith]: he said yes", "[Note] see (the note below)"]


def test_strikethrough_and_a_single_tilde() -> None:
    assert blocks(parse("~~gone~~ and ~5 to ~6", "a.md"))[0][1] == "and ~5 to ~6"


def test_what_is_struck_out_is_not_checked() -> None:
    text = "The minister said ~~on the territory of~~ nothing ~~, or little~~."
    document = parse(text, "a.md")
    assert document.blocks[0].view.text == "The minister said nothing."
    start = text.index("on the territory")
    assert document.is_masked(start, start + 5)


def test_more_marks_than_anyone_writes_are_text() -> None:
    document = parse("*a " * 5_000, "a.md")
    assert document.blocks[0].view.text == ("*a " * 5_000).strip()


@pytest.mark.parametrize(
    "text",
    [
        "[" * 300_000,
        "![" * 200_000,
        "*a " * 200_000,
        "_a __b " * 100_000,
        "~~a " * 200_000,
        "> " * 100_000 + "x",
        "- " * 100_000,
        "<a " * 200_000,
        "<br>" * 100_000,
        " ".join("`" * length for length in range(1, 800)),
        "".join(" " * depth + "- a\n" for depth in range(1_200)),
        "|a" * 50_000 + "|\n" + "|-" * 50_000 + "|\n",
        "<!-- " * 100_000,
        "{{" * 200_000,
        "[a](b) " * 50_000,
        "_a __b\n\n" * 20_000,
    ],
    ids=lambda text: text[:10],
)
def test_bombs_end_in_bounded_time(text: str) -> None:
    began = time.process_time()
    try:
        parse(text, "a.md").quotations  # noqa: B018 - a property that works
    except Unreadable as refusal:
        assert "Split it" in refusal.message
    assert time.process_time() - began < 30  # seconds, on a machine that does other work too; one to three when idle


def test_more_markup_than_memory_is_for_is_refused() -> None:
    with pytest.raises(Unreadable, match="signs of markup"):
        parse("[" * 1_100_000, "a.md")
    with pytest.raises(Unreadable, match="lines"):
        parse("a\n" * 300_000, "a.md")


SIGNS = (
    "# |## |> |- |* |1. |    |\n|\n\n|\r\n|word|some words|*|**|_|__|~~|`|```|\n```\n|[|]|(|)|](|[a]: |http://a.b/c"
    "|<b>|</b>|<br>|<!--|-->|&amp;|\\|\\*|!|![|: |é|😀|“|”|\u00a0|.|, |---\n|===\n|+++\n|$|{{|}}|{#x}|[^1]|[^1]: |<div>"
    '|</div>|\t|a@b.org|!!! note\n|??? tip "A b"\n|=== "A"\n|:::note A\n|:::|```{note} A\n|:class: b\n|\n: |<p>|<td>'
    '|<!-- c -->|<img alt="a b">|<A b={c}>|{{< a >}}\n|{{% /a %}}|{/*|*/}|<pre>|</pre>|<code>|</code>|<script>'
)
PIECES = st.lists(st.sampled_from([*SIGNS.split("|"), "|", "\n| a | b |\n|---|---|\n| c | d |\n"]), max_size=30).map(
    "".join
)


@settings(max_examples=300)
@given(st.one_of(PIECES, st.text()))
@example("\uf900")
def test_any_text_is_read_and_every_character_maps_back(text: str) -> None:
    hold(parse(text, "a.md"))


@settings(max_examples=300)
@given(PIECES)
def test_no_letter_is_lost(text: str) -> None:
    document = parse(text, "a.md")
    seen: set[int] = set()
    for block in document.blocks:
        for segment in block.view.segments:
            seen.update(range(segment.start, segment.start + segment.length))
    for span in document.masked:
        seen.update(range(span.start, span.end))
    assert [character for index, character in enumerate(text) if character.isalpha() and index not in seen] == []


@settings(max_examples=300)
@given(PIECES)
def test_joining_words_for_the_grammar_changes_nothing(text: str) -> None:
    joined = parse(text, "a.md")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "few_words", lambda text: text)
        apart = parse(text, "a.md")
    assert joined.blocks == apart.blocks
    assert joined.regions == apart.regions
