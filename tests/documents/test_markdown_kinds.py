"""Prose that other kinds of Markdown hold where CommonMark sees code, HTML or nothing: it is read, and only it."""

import time

import pytest

from corrigenda.documents.document import Document
from corrigenda.documents.formats.markdown import parse
from tests.documents.test_markdown import hold


def words(text: str, name: str = "a.md") -> list[str]:
    document = parse(text, name)
    hold(document)
    masked(document)
    return [block.view.text for block in document.blocks]


def masked(document: Document) -> None:
    """No block begins in what is masked, so that every word of it can be judged."""
    assert not [block for block in document.blocks if document.is_masked(block.start, block.start + 1)
                and document.text[block.start] not in "&`<"]  # fmt: skip


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_mkdocs(newline: str) -> None:
    text = """# Ferries

!!! note "Before you sail"
    Bring a coat.

    The deck is wet.

    ```sh
    ferry --deck wet
    ```

        indented = code

    - one item

??? warning
    Folded words.

???+ tip inline end "Open *words*"
    More words.

=== "Linux"

    Words in a tab.

    !!! danger
        Deep words.

=== "Mac"
    Other words.

Plain words.
"""
    assert words(text.replace("\n", newline)) == [
        "Ferries",
        "Before you sail",
        "Bring a coat.",
        "The deck is wet.",
        "one item",
        "Folded words.",
        "Open words",
        "More words.",
        "Linux",
        "Words in a tab.",
        "Deep words.",
        "Mac",
        "Other words.",
        "Plain words.",
    ]


def test_the_body_of_an_admonition_is_no_list() -> None:
    document = parse("!!! note\n    One.\n\n    Two.\n", "a.md")
    assert [block.kind.value for block in document.blocks] == ["prose", "prose"]


def test_exclamations_are_no_admonitions() -> None:
    assert words("!!! What a day!\n\n??? Who knows.\n\nShe said: !!! note\n") == [
        "!!! What a day!",
        "??? Who knows.",
        "She said: !!! note",
    ]


def test_docusaurus() -> None:
    text = """:::note

Words of a note.

:::

:::tip[A *title*]
Words of a tip.
:::

:::caution Watch the tide
- an item
:::

::::info
:::danger{id="x"}
Deep words.
:::
::::

Mark 3:17 and the rest.
"""
    assert words(text) == [
        "Words of a note.",
        "A title",
        "Words of a tip.",
        "Watch the tide",
        "an item",
        "Deep words.",
        "Mark 3:17 and the rest.",
    ]


def test_myst() -> None:
    text = """```{note} A title
:class: tip
:name: x

Words of a note.
```

````{admonition} Outer
```{code-block} python
print("code")
```
Words after code.
````

:::{figure} boat.jpg
:alt: A boat on the beach
:width: 300px

Words of a caption.
:::

```{math}
a = b
```

:::{code-block} sh
run code
:::

```python
more = code
```

Last words.
"""
    assert words(text) == [
        "A title",
        "Words of a note.",
        "Outer",
        "Words after code.",
        "A boat on the beach",
        "Words of a caption.",
        "Last words.",
    ]


def test_a_directive_shown_as_code_is_code() -> None:
    assert words("````md\n```{note}\nNo words.\n```\n\n!!! note\n    No words.\n````\n\nWords.\n") == ["Words."]


def test_notes_and_definitions_of_several_paragraphs() -> None:
    text = """Words[^1] here.

[^1]: The first of a note
    goes on.

    The second of a note.

Cat
: An animal.

    More on it.

: A whip.

[^2]: A short note.
"""
    assert words(text) == [
        "Words here.",
        "The first of a note goes on.",
        "The second of a note.",
        "Cat",
        "An animal.",
        "More on it.",
        "A whip.",
        "A short note.",
    ]


def test_html() -> None:
    text = """<p align="center">Words in a paragraph.</p>

<details>
<summary>A summary</summary>

Words inside.

</details>

<div class="a  b">
Words in a div.
</div>

<img src="a.png" width="200">
Words after a picture.

<img src="b.png" alt="A boat on the beach">

<h1 align="center">
  A headline
</h1>

<table>
  <tr>
    <td>One cell</td>
    <td>Two <code>x = 1</code> cells</td>
  </tr>
  <tr>
    <td>

    A paragraph in a cell.

    </td>
  </tr>
</table>

<ul><li>First item</li><li>Second <b>item</b></li></ul>

<!-- hidden --> Words after a comment.

<pre>
no words

no words
</pre>

<style>
p { no: words }

</style> Words after style.

<script>no()</script>

Some <span class="x">words</span> in a line, and 2 < 3.
"""
    assert words(text) == [
        "Words in a paragraph.",
        "A summary",
        "Words inside.",
        "Words in a div.",
        "Words after a picture.",
        "A boat on the beach",
        "A headline",
        "One cell",
        "Two x = 1 cells",
        "A paragraph in a cell.",
        "First item",
        "Second item",
        "Words after a comment.",
        "Words after style.",
        "Some words in a line, and 2 < 3.",
    ]


def test_code_between_tags_is_masked() -> None:
    document = parse("<p>Press <kbd>Ctrl</kbd> and <code>run it</code> now.</p>\n", "a.md")
    for word in ("Ctrl", "run it", "kbd"):
        at = document.text.index(word)
        assert document.is_masked(at, at + len(word))
    assert [block.view.text for block in document.blocks] == ["Press Ctrl and run it now."]


def test_jsx() -> None:
    text = """import Tabs from '@theme/Tabs';

<Tabs
  defaultValue="a"
  values={[
    {label: 'No words', value: 'a'},
  ]}>
  <TabItem value="a" label="No">

    Indented words.

    ```js
    no words
    ```

  </TabItem>
  <TabItem value="b">
    Other words.
  </TabItem>
</Tabs>

Some <Mark color={x > 1 ? 'a' : "b"}>marked</Mark> words.

<Button onClick={() => alert('no words')}>Button words</Button>

{/* no words,

none at all */}

<>
Words in a fragment.
</>
"""
    assert words(text, "a.mdx") == [
        "Indented words.",
        "Other words.",
        "Some marked words.",
        "Button words",
        "Words in a fragment.",
    ]


def test_hugo() -> None:
    text = """We drove home. {{< img src="no.jpg" caption="No words">}}

{{% notice warning "No words" %}}
The road is wet.
{{% /notice %}}

{{< figure
  src="no.jpg"
  caption="No words"
>}}

{{< highlight go >}}
no words

none
{{< /highlight >}}

{{< tabs >}}
{{< tab "No" >}}
One.
{{< /tab >}}
{{< tab "No" >}}
Two.
{{< /tab >}}
{{< /tabs >}}

{% hint style="info" %}
A hint.
{% endhint %}
"""
    assert words(text) == ["We drove home.", "The road is wet.", "One.", "Two.", "A hint."]


@pytest.mark.parametrize(
    "text",
    [
        "!!! note\n" * 20_000,
        "".join(" " * 4 * depth + "!!! note\n" for depth in range(300)),
        ":::a b\n" * 20_000,
        "```{note} a\n" * 20_000,
        "{{< highlight >}}\n" * 20_000,
        "{{< " * 50_000,
        "{/* \n" * 20_000,
        "<a {" * 50_000,
        '<div "\n' * 20_000,
        "<td>a</td>" * 15_000,
        "".join(" " * 4 * depth + "<div>\n\n" for depth in range(200)),
        "[^1]: a\n\n    b\n\n" * 10_000,
        "a\n: b\n\n" * 15_000,
        "<code>" * 40_000,
        "<!-- --><!-- -->" * 20_000,
    ],
    ids=lambda text: text[:10],
)
@pytest.mark.parametrize("name", ["a.md", "a.mdx"])
def test_bombs_end_in_bounded_time(text: str, name: str) -> None:
    began = time.process_time()
    parse(text, name)
    assert time.process_time() - began < 30  # seconds, on a machine that does other work too; one or two when idle


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("```{eval-rst}\n.. note:: Words.\n```\n", "the directive {eval-rst}"),
        ("```{mystery} a\nWords in it.\n```\n", "the directive {mystery}"),
        (":::{raw} html\nWords in it.\n:::\n", "the directive {raw}"),
        ("One.\n\n<!-- never closed\n\nWords.\n", "a comment that nothing closes"),
        ("One.\n\n<script>\nno()\n\nWords.\n", "raw HTML"),
    ],
)
def test_what_is_not_read_is_told(text: str, what: str) -> None:
    found = parse(text, "a.md").unread
    assert [one.what for one in found] == [what]
    assert "Words" in text[found[0].start : found[0].end]


@pytest.mark.parametrize(
    "text",
    [
        "```{python}\nx = 1\n```\n",
        "```{code-block} sh\nrun\n```\n",
        "```{r, echo=FALSE}\nx\n```\n",
        '```{.python title="x"}\nx\n```\n',
        "```python\nx\n```\n",
        "<pre>\nx\n</pre>\n",
        "<!-- closed -->\n",
        "```{automodule} a.b\n:members:\n```\n",
    ],
)
def test_code_is_not_told(text: str) -> None:
    assert parse(text, "a.md").unread == ()


def test_what_myst_has_on_lines_of_its_own() -> None:
    text = """(a-target)=
# Boats

% a comment
Words here, see {ref}`boats <a-target>`.

+++ {"slide": 1}

:::{card} A title
Words of a card.
+++
Words below.
:::
"""
    assert words(text)[:1] == ["Boats"]
    assert words(text)[2:] == ["A title", "Words of a card.", "Words below."]
    assert words("(an aside)= is text\n") == ["(an aside)= is text"]


def test_a_picture_in_a_link_is_described_once() -> None:
    text = '<p align="center">\n  <a href="x">\n    <img src="b.svg"\n         alt="The tests pass">\n  </a>\n</p>\n'
    assert words(text) == ["The tests pass"]


def test_a_tag_in_indented_code_describes_nothing() -> None:
    assert words('Words.\n\n    <img src="a.png" alt="No words">\n\nMore.\n') == ["Words.", "More."]


def test_mkdocstrings() -> None:
    assert words("::: package.module.Class\n    options:\n      show_source: false\n\nWords.\n") == ["Words."]


def test_a_component_in_a_line_is_no_element_of_its_name() -> None:
    text = 'Words <Link to="/x">in a link</Link>, and <Button>one</Button> more.\n\n<P>A</P><DIV>B</DIV>\n'
    assert words(text, "a.mdx") == ["Words in a link, and one more.", "A", "B"]


def test_marks_with_attributes() -> None:
    text = """:::image type="content" source="x.png" alt-text="The layout of a packet.":::

::: moniker range=">=no-150"
Words in a moniker.
::: moniker-end

:::row:::
:::column span="":::
Words in a column.
:::column-end:::
:::row-end:::
"""
    assert words(text) == ["The layout of a packet.", "Words in a moniker.", "Words in a column."]


def test_tags_that_are_shown_as_code_hide_nothing() -> None:
    text = "Code is added by `<script>` elements, and `<svg>` or `<style>` may follow. See <Math>y</Math> too.\n"
    assert words(text) == ["Code is added by <script> elements, and <svg> or <style> may follow. See y too."]
    assert words("Write `<code>` here.\n\nAnd `</code>` there.\n") == ["Write <code> here.", "And </code> there."]


def test_a_tag_of_several_lines_begins_no_quotation() -> None:
    text = '<ul>\n  <li\n    class="a"\n  >\n    Words in an item.\n  </li>\n</ul>\n\n<p\n  id="b"\n>More words.</p>\n'
    document = parse(text, "a.md")
    assert [(block.kind.value, block.view.text) for block in document.blocks] == [
        ("list", "Words in an item."),
        ("prose", "More words."),
    ]
