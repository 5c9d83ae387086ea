"""English stands in languages/en (and in corpora/) alone: no other module holds a list of English words.

What is looked for: collections of words, strings that are split into words, and alternatives of a regular expression,
in the syntax tree of each module. What counts as English is what languages/en itself says: function words, numbers,
titles, organisations' nouns, and spellings of the two standards. Two or three of them beside each other are a list;
keys of JSON, settings and messages are English too, and hold fewer. A list of rare words alone is not seen: the
heuristic holds the rule for what has been a list of English words in this program so far.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import corrigenda
from corrigenda.languages import language
from corrigenda.languages.en.words import STOP

PACKAGE = Path(corrigenda.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if PACKAGE / "languages" / "en" not in path.parents)
LEAST = 3
"""English words from which a collection is a list of them."""
LEAST_ALTERNATIVES = 2
"""The same for alternatives of a regular expression."""
ALTERNATIVES = re.compile(r"[A-Za-z'’]+(?:\\?[?*+.]?\|[A-Za-z'’]+)+")

ALLOWED = {
    "cli/new_check.py": "the skeleton of a check, whose examples are English as a new check's are",
    "detectors/foreign.py": "particles of names in many languages: des, du, ten",
    "documents/catalogues/languages.py": "codes of languages: am, in, is, no",
    "documents/fields.py": "keys of data that hold no copy: color, currency",
    "documents/formats/stringsdict.py": "the plural categories of Unicode: one, two, other",
    "documents/spoken.py": "codes of languages: am, he, my",
    "documents/urls.py": "top-level domains: by, de, gov, tv",
    "engines/models/conversion/convert.py": "the expression by which a tokeniser's file is known",
    "names/order.py": "particles of names in many languages: di, lo, el",
    "names/pairs.py": "the same particles, joined to a surname: DeSantis, LaRue",
    "names/romanise.py": "the articles of Arabic names in Latin letters: al, an, as, at",
    "names/table.py": "particles of names in many languages: van, de, der, la",
    "names/verdict.py": "the articles of Arabic names in Latin letters",
}
"""Modules whose words only look English, with the reason."""


@cache
def english() -> frozenset[str]:
    """The words that count as English, lower case."""
    own = language("en")
    names, institutions = own.name_words, own.institution_words
    tables = own.dialects.tables()
    return frozenset(
        word.lower()
        for words in (
            *(own.grammar.closed_class, own.grammar.glue, own.tokens.have, own.speakers, STOP),
            *(own.claims.denials, own.claims.numbers, names.titles, names.function_words, names.organisation_nouns),
            *(names.place_prepositions, names.noun_prepositions, institutions.links, *tables.values()),
            *([word for group in institutions.synonyms for word in group], names.areas, names.districts),
        )
        for word in words
        if len(word) > 1
    )


def lists(tree: ast.AST) -> Iterator[tuple[int, list[str], int]]:
    """Yield the line of each list of words in a module, its words, and how many English ones are too many."""
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            yield node.lineno, _words(node.elts), LEAST
        elif isinstance(node, ast.Dict):
            yield node.lineno, _words([key for key in node.keys if key is not None]), LEAST
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
            if isinstance(node.func.value, ast.Constant) and isinstance(node.func.value.value, str):
                yield node.lineno, re.split(r"[\s/]+", node.func.value.value), LEAST
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            for found in ALTERNATIVES.finditer(node.value):
                yield node.lineno, re.findall(r"[A-Za-z'’]+", found[0]), LEAST_ALTERNATIVES


def _words(nodes: list[ast.expr]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def found_in(source: str) -> list[tuple[int, list[str]]]:
    """Return the line and the English words of each list of them in a module's source."""
    result = []
    for line, words, least in lists(ast.parse(source)):
        own = sorted({word.lower() for word in words} & english())
        if len(own) >= least:
            result.append((line, own))
    return result


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_english_words_stand_elsewhere(path: Path) -> None:
    if path.relative_to(PACKAGE).as_posix() in ALLOWED:
        assert found_in(path.read_text(encoding="utf-8")), "nothing looks English here any more; take it off ALLOWED"
        return
    found = found_in(path.read_text(encoding="utf-8"))
    assert not found, f"move these words to corrigenda/languages/en: {found}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_names_one_language(path: Path) -> None:
    assert "corrigenda.languages.en" not in path.read_text(encoding="utf-8"), "ask languages.language(code) instead"


@pytest.mark.parametrize(
    "source",
    [
        'WORDS = frozenset("not never none nobody".split())',
        'WORDS = ("the", "and", "with")',
        'WORDS = {"organisation": 1, "defence": 2, "centre": 3}',
        'E = re.compile(r" (?:of|for|on|in|against) ")',
        'E = rf"{x} (?:the|an?) {y}"',
        'PAIRS = "before/after up/down".split()',
        'if word in ("two", "three", "four"): pass',
    ],
)
def test_lists_of_english_words_are_seen(source: str) -> None:
    assert found_in(source)


@pytest.mark.parametrize(
    "source",
    [
        'STATES = ("auto", "on", "off")',
        'raise ValueError("the file is not there, and no other of that name is")',
        '"""A docstring of the module that is not short."""',
        'KEYS = {"name": 1, "version": 2, "rules": 3}',
    ],
)
def test_settings_and_messages_are_no_lists(source: str) -> None:
    assert not found_in(source)
