"""Fields of front matter that are copy: what is read, and how a correction is written."""

import tomllib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents.parts import RegionKind
from tests.documents.markup.holding import corrected, harmless, in_time, judged, read, shown

YAML = """\
---
title: 'The storm''s "way"'
description: A text of words that goes on
  and on. # teh comment
layout: teh
# corrigenda: ignore names
summary: "Said \\"so\\" \\u2019 x"
tags: [teh]
excerpt: >-
  A block of words
  in two lines.

  And another.
image: teh.png
nested:
  title: teh
abstract: {{ teh }}
caption: 2024-01-01
lead:
Headline: Plain words
---

Body words.
"""

TOML = """\
+++
title = "The \\"storm\\""
description = 'It is here'
tags = ["teh"]
[params]
summary = "teh"
+++

Body words.
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_yaml(newline: str) -> None:
    document = read(YAML, "markdown", newline=newline)
    assert shown(document) == [
        ("heading", 'The storm\'s "way"'),
        ("prose", "A text of words that goes on and on."),
        ("prose", 'Said "so" ’ x'),
        ("prose", "A block of words in two lines."),
        ("prose", "And another."),
        ("heading", "Plain words"),
        ("prose", "Body words."),
    ]
    assert "teh" not in judged(document)
    assert [directive.text for directive in document.directives] == ["ignore names"]
    assert document.regions_of(RegionKind.FRONT_MATTER)[0].start == 0
    assert [document.is_field(block.start) for block in document.blocks] == [True] * 6 + [False]


def test_toml() -> None:
    document = read(TOML, "markdown")
    assert shown(document) == [("heading", 'The "storm"'), ("prose", "It is here"), ("prose", "Body words.")]


def _yaml(text: str) -> dict[str, object]:
    loaded: dict[str, object] = yaml.safe_load(text.split("---")[1].replace("{{ teh }}", "x"))
    return loaded


@pytest.mark.parametrize(
    ("old", "field"), [("storm's", "title"), ("goes on", "description"), ("Said", "summary"), ("A block", "excerpt"),
                       ("Plain", "Headline")]
)  # fmt: skip
def test_a_correction_is_written_as_its_value_needs(old: str, field: str) -> None:
    before = _yaml(YAML)
    for words in ("plain", "a 'quoted' \"word\" \\ x", "colon: here", "a # b"):
        after = _yaml(corrected(read(YAML, "markdown"), old, words))
        assert words in str(after[field]) or (field == "description" and words in " ".join(str(after[field]).split()))
        assert {key: value for key, value in after.items() if key != field} == {
            key: value for key, value in before.items() if key != field
        }


def test_toml_is_escaped() -> None:
    changed = corrected(read(TOML, "markdown"), "storm", 'heavy "storm" \\')
    assert tomllib.loads(changed.split("+++")[1])["title"] == 'The "heavy "storm" \\"'


def test_what_programs_read_is_not_changed_safely() -> None:
    document = read(YAML, "markdown")
    assert harmless(document, "Plain words", "Plainer words")
    assert not harmless(document, "Plain words", "Plain: words")
    assert not harmless(document, "layout: teh", "layout: the")
    assert not harmless(document, "The storm''s", "The storm's")


@given(
    st.lists(
        st.sampled_from("title: |description: >|'|\"|\\|: | #|\n|\n  |a|---\n|[|{{|''|summary:|+++\n".split("|")),
        max_size=30,
    )
)
def test_any_front_matter_is_read_and_written_back(pieces: list[str]) -> None:
    read("---\n" + "".join(pieces) + "\n---\n\nBody.\n", "markdown")
    read("+++\n" + "".join(pieces) + "\n+++\n\nBody.\n", "markdown")


def test_hostile_texts_cost_what_they_are_long() -> None:
    texts = {
        "fields": "---\n" + "title: a b\n" * 5_000 + "---\n",
        "quotes": '---\ntitle: "' + '\\"' * 20_000 + "\n---\n",
        "block": "---\ntitle: |\n" + "  a\n\n" * 5_000 + "---\n",
    }
    in_time("markdown", texts)
