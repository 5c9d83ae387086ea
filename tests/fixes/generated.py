"""Markdown, MDX, MkDocs and MyST documents with slips planted around and inside every construct, made from a seed.

A slip is what `fix` corrects by itself: a space before a mark, two spaces, a hidden character, a letter of another
script. In a construct the same signs are no slip, since a program reads them.
"""

import random
import re
from collections.abc import Sequence
from typing import NamedTuple

FLAVOURS = ("markdown", "mdx", "mkdocs", "myst")
ENDINGS = {"markdown": "md", "mdx": "mdx", "mkdocs": "md", "myst": "md"}


class Made(NamedTuple):
    """A document: its name, its text, the constructs that must stay as they are, and the slips in running copy."""

    name: str
    text: str
    constructs: Sequence[str]
    slips: int


_SENTENCES = (
    "The quay was full{c} and the boats waited.",
    "Nobody came{c} since it rained all day.",
    "In May the council met{c} and the ferry was late.",
    "The old pilot{c} who was ill{c} stayed at home.",
    "They bought bread{c} milk and some rope.",
    "A storm cut the island off{c} so the post waited.",
    "The light on the mole{c} though weak{c} was seen.",
)
_WORDS = ("harbour", "council", "island", "weather", "pilot", "ferry", "anchor")
_SPANS = {
    "markdown": (
        "`quay , mole  c`",
        "``x ` , y``",
        "[the map](/map?a=1 'the quay ,  now')",
        "[a map](<big  quay , c.md>)",
        "![A map](map.png 'the  map , now')",
        "<https://example.org/a,b>",
        "https://example.org/a,b?c=1",
        "[[Plan , 2024]]",
        "[[Plan  B|plan]]",
        "![[Fig  one , two.png]]",
        "[the chart , now]",
        "[here][the chart , now]",
        "[the chart , now][]",
        "${port , 2}",
        "<% port , 2 %>",
        "<%= port  2 , %>",
        "{{ port , 2 }}",
        "{{< figure src='quay , mole' >}}",
        "{% include quay , mole %}",
        "*word*{: .note title='quay , mole' }",
        "$quay , mole$",
        "$$x_1 , y  z$$",
        r"\( quay , mole \)",
        r"\[ quay , mole \]",
        "<kbd title='quay , mole'>K</kbd>",
        "<!-- quay , mole -->",
        "[^note]",
        ":smile:",
        "@\u200bpilot",
        "&amp;",
        r"\*",
    ),
    "mdx": (
        "{props.port , 2}",
        "{`quay , mole  c`}",
        "{/* quay , mole */}",
        "<Badge label={'quay , mole'} on />",
        "<Badge.Small label='quay , mole' />",
        "<Tip text={<b>quay , mole</b>}>",
        "`quay , mole`",
        "[the map](/map)",
        "{[1 , 2].map((x) => x , 3)}",
    ),
    "mkdocs": (
        "[Go](#quay){ .md-button title='quay , mole' }",
        "{{ config.site , 2 }}",
        "==word==",
        "++ctrl+alt++",
        "`#!python quay , mole`",
        ":material-anchor:",
        "[the chart , now]",
        "*word*{.note #go-1}",
        "[^note]",
    ),
    "myst": (
        "{term}`quay , old`",
        "{ref}`the  quay <quay>`",
        "{{ port , 2 }}",
        "[](<#quay , x>)",
        "$quay , mole$",
        "[word]{.note}",
        "[@berg , p. 3]",
        "[^note]",
        "{math}`quay , mole`",
    ),
}
_BLOCKS = {
    "markdown": (
        "```yaml title='quay , mole'\nkey: quay , mole  c\n```",
        "~~~~ text\n```\nquay , mole\n```\n~~~~",
        "$$\nsea , sand  z\n$$",
        "<div class='quay , mole'>\n<p>\n</p>\n</div>",
        "| Name | Note |\n|:-----|-----:|\n| a | `b , c` |\n| d \\| e | [f](g) |",
        "***",
        "{: .note title='quay , mole' }",
        "\\begin{align}\nquay , mole\n\\end{align}",
        "<!--\nquay , mole\n\nc  d\n-->",
        "<% if port , 2 %>",
        "{% if port , 2 %}\n{% endif %}",
    ),
    "mdx": (
        "import Port , { Quay } from './port'",
        "export const port = { a: 1 , b: 'ship , dock' }",
        "export const harbour = [\n  1 , 2,\n\n  'quay , mole',\n]",
        "{/*\n  quay , mole\n\n  ship , dock\n*/}",
        "<Chart\n  data={[1 , 2]}\n  title='quay , mole'\n/>",
        "```jsx live\n<A b={1 , 2} />\n```",
        "{props.items.map((item) => (\n  <Item key={item , 1} />\n))}",
    ),
    "mkdocs": (
        "```python linenums='1 , 2' hl_lines='2  3'\nquay , mole\n```",
        "--8<-- 'quay , mole.md'",
        "*[HTML]: Hyper Text",
        "{% raw %}",
        "::: port.quay",
    ),
    "myst": (
        "```{code-block} python\n:name: quay , mole\n\nsea , sand\n```",
        "(quay)=",
        "% a comment , here",
        "(quay-2)=\n$$\nquay , mole\n$$",
        "+++ {'a': 1 , 'b': 2}",
        "```{math}\n:label: quay , mole\nsea , sand\n```",
    ),
}
_SHAPES = {
    "markdown": (
        "C",
        "C\nC",
        "# the quayS, once",
        "- C\n- [ ] C\n  C\n\n  C",
        "1. C\n2. C",
        "> C\n> C",
        "> [!note]\n> C",
        "quay\n: C\n: C",
        "**C** C\n*C*",
        "| name | note |\n|------|------|\n| W | W |",
        "the ferry left\n: lateS, they said",
        "C  \nC\\\nC",
    ),
    "mdx": ("<note title='quay , mole'>\n\nC\n\n</note>", "<note>C</note>"),
    "mkdocs": ('!!! note "the quay"\n    C\n\n    C', '=== "one"\n\n    C'),
    "myst": (":::{note}\nC\n:::", "```{tip}\nC\n```"),
}
"""Shapes of running copy: C is a sentence, W a word or two, S perhaps a space."""

_DEFINED = "[the chart , now]: /chart 'a , title'\n\n[^note]: A note on the quay.\n"
_FRONT = "---\ntitle: 'The quay , now'\ntags: [quay , mole]\n---\n\n"


def make(seed: int) -> Made:
    """Return the document of a seed; the flavours take turns."""
    chance = random.Random(seed)
    flavour = FLAVOURS[seed % len(FLAVOURS)]
    writer = _Writer(chance, flavour)
    pieces = [writer.piece() for _ in range(chance.randint(4, 9))]
    text = "\n\n".join(pieces) + "\n"
    if "the chart , now" in text or "[^note]" in text:
        text += "\n" + _DEFINED
    if chance.random() < 0.4:
        text = _FRONT + text
    if chance.random() < 0.1:
        text = text.replace("\n", "\r\n")
    return Made(f"{flavour}-{seed}.{ENDINGS[flavour]}", text, writer.constructs, writer.slips)


class _Writer:
    """Writes the pieces of one document."""

    def __init__(self, chance: random.Random, flavour: str) -> None:
        self._chance = chance
        general = flavour != "mdx"
        self._spans = [*_SPANS[flavour], *(_SPANS["markdown"] if general else ())]
        self._blocks = [*_BLOCKS[flavour], *(_BLOCKS["markdown"] if general else ())]
        self._shapes = (*_SHAPES["markdown"], *_SHAPES[flavour])
        self.constructs: list[str] = []
        self.slips = 0

    def piece(self) -> str:
        """Return a block: running copy in some shape, or one that a program reads."""
        chance = self._chance
        if chance.random() < 0.25:
            block = chance.choice(self._blocks)
            self.constructs += filter(str.strip, block.split("\n"))
            return block
        shape = chance.choice(self._shapes)
        return re.sub("[CWS](?![A-Z])", self._filled, shape)

    def _filled(self, place: "re.Match[str]") -> str:
        return {"C": self._copy, "W": self._words, "S": self._slip}[place[0]]()

    def _copy(self) -> str:
        """Return a sentence with slips, and a construct in its midst or at one of its ends."""
        chance = self._chance
        sentence = chance.choice(_SENTENCES)
        while "{c}" in sentence:
            sentence = sentence.replace("{c}", f"{self._slip()},", 1)
        words = sentence.split(" ")
        if chance.random() < 0.3:
            at = chance.randrange(1, len(words))
            words.insert(at, self._words())
        if chance.random() < 0.75:
            span = chance.choice(self._spans)
            self.constructs.append(span)
            at = chance.choice((0, chance.randrange(1, len(words)), len(words)))
            words.insert(at, span + chance.choice(("", "", " ,", "\u200b")))
        return " ".join(words)

    def _words(self) -> str:
        """Return a word with something hidden in it, or two with a space too many."""
        word, other = self._chance.sample(_WORDS, 2)
        kind = self._chance.randrange(4)
        self.slips += kind < 3
        if kind == 0:
            return f"{word[:3]}\u200b{word[3:]}"
        if kind == 1:
            return f"{word[:3]}\u00ad{word[3:]}"
        if kind == 2:
            return f"{word}  {other}"
        return word

    def _slip(self) -> str:
        space = self._chance.choice(("", " ", " ", "\u00a0"))
        self.slips += bool(space)
        return space
