"""What places, peoples and languages are called in a source's language, and which of them a sentence speaks of.

`corpora/sources/exonyms` has their names, `corpora/sources/peoples` the adjectives and short forms. A name that English
writes in several ways (the United States, US, America) is one place here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from corrigenda.counterparts.data import table
from corrigenda.counterparts.writing import Writing, writing_of
from corrigenda.names.data import curated
from corrigenda.names.files import records_of, rows_of
from corrigenda.names.romanise import fold

_BRACKETS = re.compile(r"\s*\([^)]*\)")
_LETTER = r"[^\W\d_][\u0300-\u036f\u064b-\u0652\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963]*"
_WORD = re.compile(rf"(?:{_LETTER})+(?:[.'’ʼ\-](?:{_LETTER})+)*")
_WORD_ALONE = re.compile(rf"(?:{_LETTER})+(?:[.\-](?:{_LETTER})+)*")
_HYPHEN = re.compile(r"[\-‐‑]")
_KEY = 2
"""Letters by which the beginnings of names are looked up."""
_SHORT = 3
_LONGEST_ENDING = 6
"""Letters that an ending makes an adjective of a place's name with."""


class Said(NamedTuple):
    """A place that a sentence speaks of: its English name, where, and whether its own name stands there."""

    name: str
    start: int
    end: int
    whole: bool


class _Form(NamedTuple):
    """A name as it begins: its words in lower case, the English name, whether it must end there, whether it is the
    place's own name.
    """

    words: tuple[str, ...]
    name: str
    exact: bool
    whole: bool


@dataclass(frozen=True)
class Places:
    """The places of one source language."""

    writing: Writing
    forms: Mapping[str, tuple[_Form, ...]]
    english: Mapping[str, frozenset[str]]
    """The English names that a word of English can speak of, by the folded word."""
    words: Mapping[str, tuple[tuple[str, ...], ...]]
    """How English speaks of a place: the folded words of each form."""

    def said(self, sentence: str) -> list[Said]:
        """Return the places that a sentence of the source speaks of."""
        return list(self._by_words(sentence) if self.writing.spaced else self._anywhere(sentence))

    def _anywhere(self, sentence: str) -> Iterator[Said]:
        for forms in self.forms.values():
            for form in forms:
                at = sentence.find(form.words[0])
                if at >= 0:
                    yield Said(form.name, at, at + len(form.words[0]), form.whole and len(form.words[0]) > 1)

    def _by_words(self, sentence: str) -> Iterator[Said]:
        found = list((_WORD_ALONE if self.writing.elided else _WORD).finditer(sentence))
        lowered = [match[0].lower().replace("ʼ", "'").replace("’", "'") for match in found]
        for number, match in enumerate(found):
            for bare in self._without_prefix(lowered[number]):
                for form in self.forms.get(bare[:_KEY], ()):
                    last = number + len(form.words) - 1
                    if last >= len(found) or not _begins(bare, form.words[0], exact=form.exact):
                        continue
                    rest = zip(lowered[number + 1 : last + 1], form.words[1:], strict=True)
                    if all(_begins(word, begin, exact=form.exact) for word, begin in rest):
                        capital = not self.writing.cased or match[0][0].isupper()
                        yield Said(form.name, match.start(), found[last].end(), form.whole and capital)

    def _without_prefix(self, word: str) -> Iterator[str]:
        yield word
        if "-" in word:
            yield from filter(None, _HYPHEN.split(word))
        for prefix in self.writing.prefixes:
            if word.startswith(prefix) and len(word) > len(prefix) + 2:
                yield word[len(prefix) :]


def _begins(word: str, begin: str, *, exact: bool) -> bool:
    """Return whether a word is a name with or without an ending."""
    if exact:
        return word == begin
    longest = _LONGEST_ENDING if len(begin) > 3 else 3
    return word.startswith(begin) and len(word) - len(begin) <= longest


def _stem(word: str, writing: Writing) -> str:
    """Return a name without the letter that its cases change."""
    if writing.ending > 1 and len(word) > 4 and not word[-1].isspace():
        return word[:-1]
    return word


@cache
def places_of(language: str) -> Places:
    """Return the places as one language calls them."""
    writing = writing_of(language)
    forms: dict[str, set[_Form]] = {}

    def add(name: str, written: str, *, whole: bool) -> None:
        open_ = written.endswith("*")
        words = written.lower().replace("ʼ", "'").replace("’", "'").split()
        if not words:
            return
        if not writing.spaced:
            words = ["".join(words).rstrip("*")]
        elif whole and not written.isupper():
            words = [_stem(word, writing) for word in words]
        exact = not (open_ or "*" in written or (whole and writing.ending and not written.isupper()))
        form = _Form(tuple(word.rstrip("*") for word in words), name, exact, whole)
        forms.setdefault(form.words[0][:_KEY], set()).add(form)

    for name, written in table("exonyms", language).items():
        for one in written:
            add(name, one, whole=True)
    for name, written in table("peoples", language).items():
        for one in written:
            add(name, one, whole=writing.cased and one.istitle() and len(one) > _SHORT)
    for name, native, whole in _natives(language):
        add(name, native, whole=whole)
    english, words = _english(tuple(sorted({form.name for some in forms.values() for form in some})))
    return Places(writing, MappingProxyType({key: tuple(sorted(some)) for key, some in forms.items()}), english, words)


def _natives(language: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the curated names and institutions of a language's script, each with how it is written there, and whether a
    translation names it by its name as a rule.
    """
    for row in curated().rows:
        if row.native and not row.is_given and language in row.languages_of_origin:
            yield row.canonical, row.native, True
    for name, natives in records_of("institutions.jsonl", lambda raw: (str(raw["name"]), tuple(raw["native"]))):
        for native in natives:
            if _is_of(native, language):
                yield name, native, False


def _is_of(native: str, language: str) -> bool:
    """Return whether a name is written in a language's letters; Latin ones say nothing."""
    writing = writing_of(language)
    if writing.in_latin:
        return native.isascii() or any("À" <= letter <= "ž" for letter in native)
    known = writing.letters.keys() | writing.readings.keys()
    return any(letter.lower() in known for letter in native) and not native.isascii()


@cache
def _demonyms() -> Mapping[str, tuple[str, ...]]:
    """Return by place the adjectives and demonyms of English."""
    found: dict[str, list[str]] = {}
    for row in rows_of("demonyms.tsv"):
        for cell in row[2:]:
            for form in _BRACKETS.sub("", cell).split(";"):
                if form.strip() and row[0] != "place":
                    found.setdefault(row[0], []).append(form.strip())
    return MappingProxyType({place: tuple(forms) for place, forms in found.items()})


@cache
def _by_adjective() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for place, forms in _demonyms().items():
        for form in forms:
            found.setdefault(form, set()).add(place)
    return MappingProxyType({form: frozenset(some) for form, some in found.items()})


@cache
def _english(
    names: tuple[str, ...],
) -> tuple[Mapping[str, frozenset[str]], Mapping[str, tuple[tuple[str, ...], ...]]]:
    """Return which of some places a word of English can speak of, and how English speaks of each."""
    aliases = table("peoples", "en")
    institutions = dict(
        records_of(
            "institutions.jsonl", lambda raw: (str(raw["name"]), (*map(str, raw["short"]), *map(str, raw["accept"])))
        )
    )
    english: dict[str, set[str]] = {}
    words: dict[str, tuple[tuple[str, ...], ...]] = {}
    for name in names:
        forms = set(_forms(name, aliases, institutions))
        split = {tuple(fold(word) for word in _WORD.findall(form)) for form in forms}
        words[name] = tuple(sorted(form for form in split if form))
        for form in split:
            for word in form:
                english.setdefault(word, set()).add(name)
    return MappingProxyType({word: frozenset(some) for word, some in english.items()}), MappingProxyType(words)


def _forms(name: str, aliases: Mapping[str, Iterable[str]], institutions: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Yield the English forms of a place, a people, a language, or a curated name."""
    yield _BRACKETS.sub("", name)
    yield from aliases.get(name, ())
    yield from institutions.get(name, ())
    for place in (name, *_by_adjective().get(name, ())):
        yield place
        yield from aliases.get(place, ())
        for form in _demonyms().get(place, ()):
            yield form
            yield f"{form}s"
    for row, _ in curated().whole(name):
        yield from row.forms
