"""Any bytes and any text to everything that reads: a result, or the one error that it declares, in one line.

Some examples each in a usual run. With CORRIGENDA_FUZZ_SECONDS each goes on for so long: `make fuzz` gives each its
share of an hour. What is found becomes a case of the tests of its own module.
"""

import io
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrigenda.documents import registry
from corrigenda.documents.errors import DocumentError
from corrigenda.engines.grammar.errors import RefusedError
from corrigenda.engines.grammar.languagetool.asker import _read as read_answer
from corrigenda.engines.grammar.languagetool.layout import Layout
from corrigenda.engines.grammar.lingotweaker import child
from corrigenda.engines.grammar.lingotweaker.backend import UNREADABLE
from corrigenda.engines.grammar.lingotweaker.backend import _matches_of as matches_of
from corrigenda.engines.grammar.lingotweaker.text import PlainText
from corrigenda.engines.grammar.match import Match
from corrigenda.engines.grammar.pieces import Part, Piece
from corrigenda.errors import CheckError
from corrigenda.fixes.decisions import DecisionsError, load_decisions
from corrigenda.gate.baseline import BaselineError
from corrigenda.gate.baseline import read as read_baseline
from corrigenda.pipeline.packing import unpack
from corrigenda.rules.check import load as load_check
from corrigenda.storage.confined import NotText
from corrigenda.workspace.config import ConfigError
from corrigenda.workspace.config import load as load_config
from tests.conftest import HOUSE_TERM
from tests.hostile.repository import harm

SECONDS = float(os.environ.get("CORRIGENDA_FUZZ_SECONDS", "0"))
EXAMPLES = 60

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=80)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | anything,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(anything, inner, max_size=4),
    max_leaves=12,
)


def around(text: str, keys: list[str]) -> st.SearchStrategy[bytes]:
    """Bytes near what a file should hold: its own text changed at places, its keys with any values, and anything."""
    pieces = st.sampled_from(
        [*keys, *text.split(), "\n", " ", "[", "]", "{", "}", '"', "'", ":", "=", "&a", "*a", "- ", "\\"]
    )
    changed = st.builds(
        lambda at, length, new: (text[:at] + new + text[at + length :]).encode("utf-8", "surrogatepass"),
        st.integers(0, len(text)),
        st.integers(0, 20),
        anything | pieces,
    )
    joined = st.lists(pieces | anything, max_size=30).map(
        lambda parts: " ".join(parts).encode("utf-8", "surrogatepass")
    )
    plain = st.dictionaries(st.sampled_from(keys) | anything, values, max_size=6)
    as_json = (plain | values).map(lambda value: json.dumps(value).encode())
    return changed | joined | as_json | st.binary(max_size=120)


def fuzz(strategy: st.SearchStrategy[Any], look: Callable[[Any], None]) -> None:
    """Give `look` some examples, or examples for as long as was asked."""

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(strategy)
    def once(example: Any) -> None:
        look(example)

    end = time.monotonic() + SECONDS
    once()
    while time.monotonic() < end:
        once()


def says_one_line(error: Exception) -> None:
    assert str(error)
    assert len(str(error)) < 2_000


MARKUP = st.lists(
    st.sampled_from(
        [
            "*",
            "**",
            "_",
            "`",
            "```\n",
            "[",
            "](",
            ")",
            "![",
            "<",
            ">",
            "<b>",
            "</b>",
            "<!--",
            "-->",
            "&amp;",
            "&#0;",
            "> ",
            "- ",
            "1. ",
            "# ",
            "|",
            "|--|\n",
            "---\n",
            "+++\n",
            "\n",
            "\n\n",
            "\r\n",
            "\r",
            "\t",
            "    ",
            "\\",
            "“",
            "”",
            "'",
            '"',
            "{{",
            "}}",
            "{%",
            "%}",
            "$$",
            "[^1]:",
            "http://a.b",
            "the the ",
            "Kyiv ",
            "\ufeff",
            "\0",
            "\u2028",
            "\u0301",
            "\ud800",
            "👩\u200d👩",
        ]
    )
    | anything,
    max_size=60,
).map("".join)


@pytest.mark.parametrize("name", sorted(registry.formats()))
def test_every_reader_takes_any_text(name: str) -> None:
    def look(text: str | bytes) -> None:
        data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        try:
            document = registry.read_bytes(data, "a", name)
        except DocumentError as error:
            says_one_line(error)
            return
        length = len(document.text)
        for block in document.blocks:
            assert 0 <= block.start <= block.end <= length
            span = block.view.to_document(0, len(block.view.text))
            assert 0 <= span.start <= span.end <= length
        assert all(0 <= region.start <= region.end <= length for region in document.regions)
        assert registry.written(data, document, []) == data

    fuzz(MARKUP | st.binary(max_size=200), look)


CONFIG = """\
fail-on = "warning"
disable = ["names"]
words = ["a"]
[engines]
spacy = "off"
[severity]
names = "error"
[[overrides]]
files = ["*.md"]
"""
KEYS = [
    "fail-on",
    "disable",
    "enable",
    "words",
    "engines",
    "severity",
    "overrides",
    "exclude",
    "baseline",
    "jobs",
    "extend",
]


def test_any_configuration(tmp_path: Path) -> None:
    path = tmp_path / "corrigenda.toml"

    def look(data: bytes) -> None:
        path.write_bytes(data)
        try:
            load_config(path).settings()
        except ConfigError as error:
            says_one_line(error)

    fuzz(around(CONFIG, KEYS), look)


def test_any_check(tmp_path: Path) -> None:
    path = tmp_path / "house" / "term.yaml"
    path.parent.mkdir()

    def look(data: bytes) -> None:
        path.write_bytes(data)
        try:
            load_check(path, tmp_path)
        except CheckError as error:
            says_one_line(error)

    fuzz(
        around(HOUSE_TERM, ["id", "summary", "why", "detector", "find", "corrections", "examples", "if", "unless"]),
        look,
    )


ENTRY = '{"path": "a.md", "check": "names/mixed-spelling", "quote": "Kiev", "fingerprint": "0123456789abcdef"}\n'


def test_any_baseline(tmp_path: Path) -> None:
    path = tmp_path / "baseline.jsonl"

    def look(data: bytes) -> None:
        path.write_bytes(data)
        try:
            read_baseline(path)
        except BaselineError as error:
            says_one_line(error)

    fuzz(around(ENTRY * 2, ["path", "check", "quote", "fingerprint", "reason"]), look)


_DECISION = {
    "fingerprint": "0123456789abcdef",
    "start": 1,
    "end": 3,
    "quote": "is",
    "verdict": "accepted",
    "correction": "was",
}
DECISIONS = json.dumps({"schema": 1, "documents": [{"path": "a.md", "sha256": "0" * 64, "decisions": [_DECISION]}]})


def test_any_decisions(tmp_path: Path) -> None:
    path = tmp_path / "decisions.json"

    def look(data: bytes) -> None:
        path.write_bytes(data)
        try:
            load_decisions(path)
        except (DecisionsError, NotText) as error:
            says_one_line(error)

    fuzz(around(DECISIONS, ["schema", "documents", "path", "sha256", "decisions", "start", "end", "correction"]), look)


def test_any_kept_result() -> None:
    kept = json.dumps(["0" * 64, [["spacy", "ran", "", 0]], [], [[1, 2, ["names"], None, None]], None])

    def look(data: bytes) -> None:
        try:
            unpack(data, "a.md", lambda: "A text.")
        except ValueError as error:
            assert str(error)

    fuzz(around(kept, ["spacy"]), look)


ANSWER_KEYS = ["offset", "length", "rule", "id", "category", "issueType", "message", "replacements", "value"]
PIECES = (
    Piece(0, 0, 0, 9, (Part("He "), Part("**", markup=True), Part("met"), Part("*", markup=True))),
    Piece(0, 1, 11, 18, (Part("A 😀 dog"),)),
)


def inside(matches: list[list[Match]]) -> None:
    """Hold that every match lies in its piece."""
    assert len(matches) == len(PIECES)
    for piece, own in zip(PIECES, matches, strict=True):
        assert all(0 <= match.start < match.end <= piece.end - piece.start for match in own)


def test_any_answer_of_a_grammar_server() -> None:
    layout = Layout(PIECES)
    likely = st.fixed_dictionaries(
        {
            "offset": values | st.integers(-5, 30),
            "length": values | st.integers(-5, 30),
            "rule": values,
            "message": values,
        }
    )
    rule = st.just({"id": "A", "category": {"id": "B"}})
    near = st.builds(lambda item, own: {**item, "rule": own}, likely, rule | values)
    answers = st.lists(near | st.dictionaries(st.sampled_from(ANSWER_KEYS), values) | values, max_size=4)

    def look(answer: list[Any]) -> None:
        try:
            inside(read_answer(answer, layout, len(PIECES)))
        except RefusedError as error:
            says_one_line(error)

    fuzz(answers, look)


def test_any_answer_of_the_child() -> None:
    numbers = values | st.integers(-5, 60)
    near = st.tuples(numbers, numbers, anything, anything, anything, anything, st.lists(anything, max_size=2) | values)
    answers = st.lists(near.map(list) | st.lists(values, max_size=8), max_size=4)

    def look(answer: list[Any]) -> None:
        for piece in PIECES:
            try:
                found = matches_of(PlainText(piece), answer)
            except UNREADABLE:
                continue
            assert all(0 <= match.start < match.end <= piece.end - piece.start for match in found)

    fuzz(answers, look)


def test_any_bytes_of_the_child() -> None:
    """What the child writes is frames with a value each, or is no child of ours: never another error."""

    def look(data: bytes) -> None:
        try:
            for value in child.frames(io.BytesIO(data)):
                assert isinstance(value, dict)
        except (ValueError, TypeError) as error:
            says_one_line(error)

    framed = st.lists(values.map(lambda value: child.frame({"id": 1, "matches": value})) | values.map(child.frame))
    fuzz(framed.map(b"".join) | st.binary(max_size=60) | framed.flatmap(_cut), look)


def _cut(parts: list[bytes]) -> st.SearchStrategy[bytes]:
    whole = b"".join(parts)
    return st.integers(0, len(whole)).map(lambda end: whole[:end])


@pytest.mark.parametrize("inner", ["[" * 100_000 + "]" * 100_000, '{"a":' * 100_000 + "1" + "}" * 100_000])
def test_a_deep_answer_of_the_child_is_no_frame(inner: str) -> None:
    data = f'{{"id": 1, "matches": {inner}}}'.encode()
    with pytest.raises(ValueError):
        list(child.frames(io.BytesIO(len(data).to_bytes(4, "big") + data)))


def test_any_text_is_printed_and_does_nothing() -> None:
    """What `say` writes, from any text."""
    from corrigenda.reporting.visible import dump, dump_indented, harmless, visible

    def look(text: str) -> None:
        for line in (harmless(visible(text)), *dump({text: text}).split("\n"), *dump_indented([text]).split("\n")):
            assert [one for one in harm(line) if "u200d" not in one.lower()] == []

    fuzz(
        MARKUP | st.lists(st.sampled_from(["::", "##[", "##", "[", "error", "a", " ", "\n", "\x1b", ":"])).map("".join),
        look,
    )
