"""How the keys of a check are described: types, and what a type alone does not say.

A detector describes its keys as a TypedDict whose values may be `Annotated[type, Key(…)]`. The schema of check files
(checks/check.schema.json) is generated from these (corrigenda.pipeline.check_schema), and check files are validated
against it when they are compiled. A run needs none of this, so describing keys must cost next to nothing: no library is
imported for it.
"""

from typing import Annotated, Literal, NamedTuple, Required, TypedDict

from corrigenda.finding import Applicability, Severity
from corrigenda.rules.rule import Status


class Key(NamedTuple):
    """What a key's type does not say: a description, and limits.

    `least` and `most` are the limits of a number, the length of a string, or the number of a list's items.
    """

    description: str = ""
    least: float | None = None
    most: float | None = None
    pattern: str = ""
    unique: bool = False


Text = Annotated[str, Key(least=1)]
Words = Annotated[list[Text], Key(least=1)]
Lists = dict[str, Words]
"""Word lists by the name that patterns use (`@name`)."""
Share = Annotated[float, Key(least=-1, most=1)]
"""A cosine, or a share."""


class WrittenCorrection(TypedDict, total=False):
    """A correction with its applicability; without one it is unsafe."""

    text: Required[str]
    applicability: Applicability


Corrections = list[str | WrittenCorrection]


class Near(TypedDict, total=False):
    """Words that must stand near the match, or must not."""

    words: Required[Words]
    within: Literal["sentence", "paragraph", "document"]


class Compare(TypedDict, total=False):
    """The comparison must agree: without its consent, or without a language model, nothing is reported."""

    margin: Required[
        Annotated[
            float, Key("log-odds by which a correction must be preferred to what stands there", least=-5, most=20)
        ]
    ]
    contrast: Annotated[
        str, Key("row of corpora/contrasts.jsonl with examples in which these words are wrong and fine", least=1)
    ]


class WrongExample(TypedDict, total=False):
    """A text in which ⟦ ⟧ mark what the check must find, and the text as it should read."""

    text: Required[str]
    right: str
    source: Annotated[str, Key("the text that it was translated from")]
    language: Annotated[str, Key("the code of the source's language", pattern="^[a-z]{2,3}$")]


class FineExample(TypedDict, total=False):
    """A text beside its source, in which the check must find nothing."""

    text: Required[Annotated[str, Key(least=3)]]
    source: Required[str]
    language: Annotated[str, Key("the code of the source's language", pattern="^[a-z]{2,3}$")]


ExampleSettings = TypedDict(
    "ExampleSettings", {"house-style": dict[str, str], "glossary": list[list[list[str]]]}, total=False
)
"""Settings that examples may run with."""


class Examples(TypedDict, total=False):
    """The sentences by which a check proves itself."""

    wrong: list[WrongExample]
    fine: list[Annotated[str, Key(least=3)] | FineExample]
    settings: Annotated[ExampleSettings, Key("settings that the examples run with")]
    beside: Annotated[list[str], Key("documents that stand beside each example, for checks that compare documents")]


Identity = Annotated[
    str, Key("theme/name, the same as the file's path", pattern="^[a-z][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)+$")
]
Region = Literal["prose", "heading", "list", "table", "caption", "quotation", "html"]


class CommonKeys(TypedDict, total=False):
    """One thing looked for in a text that was translated. One YAML file a check; the id is the file's place."""

    id: Required[Identity]
    summary: Required[Annotated[str, Key("what is wrong, in a few words", least=8, most=120)]]
    why: Required[Annotated[str, Key("why translation leaves this and what it does to a reader", least=20)]]
    category: Required[
        Annotated[
            str,
            Key(
                "MQM dimension and kind",
                pattern="^(accuracy|terminology|linguistic-conventions|style|locale-conventions|design-and-markup)/"
                "[a-z-]+$",
            ),
        ]
    ]
    severity: Required[Severity]
    translated: Annotated[Severity, Key("severity in a text that other findings show to be translated")]
    confidence: Annotated[float, Key(least=0, most=1)]
    message: Annotated[str, Key("one sentence; {quote}, {correction} and names of tokens are filled in")]
    detector: Required[str]
    enabled: Annotated[bool, Key("false: only runs when the configuration asks for it")]
    status: Annotated[
        Status,
        Key("preview: only runs when it is enabled by its id, or with all preview checks; deprecated: it will go"),
    ]
    aliases: Annotated[
        list[Identity], Key("former ids, the oldest first; they still name the check everywhere", unique=True)
    ]
    language: Annotated[
        str,
        Key(
            "the language of the texts that it is for: en unless said otherwise; any: every language",
            pattern="^[a-z]+$",
        ),
    ]
    regions: Annotated[list[Region], Key(least=1)]
    quotations: Annotated[bool, Key("false: not looked for inside quotation marks")]
    corrections: Corrections
    sources: Annotated[list[Annotated[str, Key(least=3)]], Key("who says so")]
    examples: Examples


COMMON_KEYS = frozenset(CommonKeys.__annotations__)
