"""The names of a pair of sentences: which of the translation stand for one of the source, which were lost or added.

A name of the translation has its counterpart where a word of the source sounds like it or is its name in that language.
What is left over on both sides was changed; what is left over on one side may have been put for a pronoun, or left to
one, and is told apart by the caller.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from corrigenda.counterparts.likeness import AMONG_WORDS, SAME_IN_CONSONANTS, alike, in_consonants
from corrigenda.counterparts.places import Places, Said, places_of
from corrigenda.counterparts.writing import Writing, writing_of
from corrigenda.languages import language
from corrigenda.names import given_names, lists, syllables
from corrigenda.names.romanise import fold
from corrigenda.names.table import PARTICLES

_MARKS = "\u0300-\u036f\u064b-\u0652\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
_LETTER = rf"[^\W\d_][{_MARKS}]*"
_WORD = re.compile(rf"(?:{_LETTER})+(?:[.'’ʼ‘`\-‐‑](?:{_LETTER})+)*")
_WORD_ALONE = re.compile(rf"(?:{_LETTER})+(?:[.\-‐‑](?:{_LETTER})+)*")
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_KATAKANA = re.compile("[ァ-ヺー]{2,}")
_JAPANESE = re.compile(
    r"(?:(?:[kgnhbpmr]y|[sc]h|ts|[kgsztdnhbpmyrwjf])?[aiueo]{1,2}h?|n|m(?=[bpm])|[kstpc](?=[kstpc]))+", re.IGNORECASE
)
"""What a Japanese word in Latin letters looks like."""
_BEGINNING = '.!?:…"“”„«»—–-(¿¡'
_MOST_WORDS = 400
"""Words of a sentence that are looked at: longer ones are no sentences."""
_MOST_SYLLABLES = 5
_TRANSCRIBED = 3
"""Names of places in which a Chinese character stands that writes foreign sounds."""


class Word(NamedTuple):
    """A word of a sentence with its place, and its parts where a hyphen joins some."""

    text: str
    start: int
    end: int

    @property
    def parts(self) -> list[str]:
        """The word, and what its hyphens divide it into."""
        split = [part for part in re.split(r"[\-‐‑]", self.text) if len(part) > 2]
        return [self.text, *split] if len(split) > 1 or "-" in self.text else [self.text]


@dataclass(frozen=True)
class Names:
    """What became of the names of a pair.

    `found` are names of the translation with the word of the source that each stands for, where one word does.
    `added` are names without a counterpart, word by word; `lost` stretches of the source.
    """

    found: Sequence[tuple[Word, Word]] = ()
    added: Sequence[Word] = ()
    lost: Sequence["Lost"] = ()
    read: bool = True
    """Whether the source's names could all be read: not where kanji may hold them."""


class Lost(NamedTuple):
    """A name of the source that the translation lacks: where it stands, its English name where that is known, and
    whether it is a name for sure.
    """

    start: int
    end: int
    text: str
    english: str = ""
    sure: bool = False
    initial: bool = False
    """Whether its capital may be that of its sentence alone."""


@dataclass(frozen=True)
class Source:
    """A sentence of a source, read for its names."""

    text: str
    writing: Writing
    places: Places
    words: Sequence[Word]
    capitalised: Sequence[Word]
    """Those that are names or may be: all where capitals say nothing."""
    said: Sequence[Said]
    names: frozenset[str] = field(default_factory=frozenset)
    """The English names of the places that it speaks of."""


def read(text: str, code: str) -> Source:
    """Read a sentence of a source in a language, "" for one that is not known."""
    writing, places = writing_of(code), places_of(code)
    expression = _WORD_ALONE if writing.elided else _WORD
    words = [Word(match[0], *match.span()) for match in expression.finditer(text)][:_MOST_WORDS]
    if code == "ja":
        words = [Word(match[0], *match.span()) for match in re.finditer(r"[ァ-ヺー]{2,}|[A-Za-z]{2,}", text)][
            :_MOST_WORDS
        ]
    capitalised = [word for word in words if not writing.cased or any(c.isupper() for c in word.text)]
    said = places.said(text)
    return Source(text, writing, places, words, capitalised, said, frozenset(one.name for one in said))


def names_of(text: str) -> list[Word]:
    """Return the capitalised words of a sentence of English that are names, not words of titles or of a heading."""
    return [word for word in capitalised(text) if _is_name(word.text)]


def capitalised(text: str) -> list[Word]:
    """Return the words of a sentence of English that have a capital, without what makes them possessive."""
    found = []
    for match in list(_WORD.finditer(text))[:_MOST_WORDS]:
        written = language().name_words.contraction.sub("", match[0])
        written = _POSSESSIVE.sub("", written)
        if written and any(letter.isupper() for letter in written):
            found.append(Word(written, match.start(), match.start() + len(written)))
    return found


@cache
def _calendar() -> frozenset[str]:
    known = language()
    return frozenset(word.casefold() for name in ("months", "weekdays") for word in known.lists.get(name, ()))


def _is_name(word: str) -> bool:
    """Return whether a capitalised word of English is a name by itself."""
    if len(word) < 2 or not word[0].isupper():
        return False
    if word.casefold().removesuffix("s") in _calendar() or lists.is_function_word(word) or lists.is_demonym(word):
        return False
    if word.isupper() and len(word) > 1:
        return True
    return not any(lists.is_english(part) for part in re.split(r"[\-‐‑]", word) if part)


def counterpart(word: Word, source: Source) -> Word | None:
    """Return the word of a source that a name of the translation stands for, None where none does."""
    writing = source.writing
    for other in source.capitalised:
        bare = _stands_for(word, other, writing)
        if bare:
            return other._replace(text=bare)
    if not writing.spaced and writing.readings:
        return _in_syllables(word, source)
    return None


def _stands_for(word: Word, other: Word, writing: Writing) -> str:
    """Return what of a word of the source a name stands for, without what is joined to it; "" where it does not."""
    rough = 0.0 if writing.in_latin else SAME_IN_CONSONANTS if writing.cased or not writing.spaced else AMONG_WORDS
    for written in other.parts:
        for bare in _stripped(written, writing):
            reading = writing.latin(bare)
            for own in word.parts:
                if alike(own, reading, writing.ending, 0.0 if own.isupper() else rough):
                    return bare
    return ""


def _stripped(word: str, writing: Writing) -> Iterable[str]:
    """Yield a word of the source without what may be joined to it, and the word itself."""
    for length in range(writing.particles, 0, -1):
        if len(word) > length + 1:
            yield word[:-length]
    yield word
    for prefix in writing.prefixes:
        if word.startswith(prefix) and len(word) > len(prefix) + 1:
            yield word[len(prefix) :]


@cache
def _transcribing(code: str) -> frozenset[str]:
    """Return the Chinese characters that write the sounds of foreign names, as places' names show."""
    counts: dict[str, int] = {}
    for forms in places_of(code).forms.values():
        for form in forms:
            if form.whole:
                for character in set(form.words[0]):
                    counts[character] = counts.get(character, 0) + 1
    return frozenset(character for character, count in counts.items() if count >= _TRANSCRIBED)


def _in_syllables(word: Word, source: Source) -> Word | None:
    """Return the stretch of a Chinese sentence that a name stands for: its pinyin, or its sounds in transcription."""
    text, readings = source.text, source.writing.readings
    pinyin = {form.replace("'", "").replace(" ", "") for form in syllables.readings(word.text).pinyin}
    pinyin |= {form.replace("'", "").replace(" ", "") for form in syllables.readings(word.text).foreign}
    for start in range(len(text)):
        if text[start] not in readings:
            continue
        spelled = {""}
        for end in range(start, min(len(text), start + _MOST_SYLLABLES)):
            if text[end] not in readings:
                break
            spelled = {before + one for before in spelled for one in readings[text[end]]}
            if spelled & pinyin:
                return Word(text[start : end + 1], start, end + 1)
    if syllables.readings(word.text).pinyin and not is_place(word, source):
        return None
    known = _transcribing(source.writing.language)
    for match in re.finditer(r"[^\W\d_a-zA-Z]+", text):
        run = match[0]
        for start in range(len(run)):
            for end in range(start + 2, min(len(run), start + 8) + 1):
                if all(character in known for character in run[start:end]):
                    reading = source.writing.latin(run[start:end])
                    if any(in_consonants(own, reading) <= 0.26 for own in word.parts):
                        return Word(run[start:end], match.start() + start, match.start() + end)
    return None


def is_spoken_of(word: Word, source: Source) -> bool:
    """Return whether a name of the translation speaks of a place or an institution that the source names."""
    return any(bool(source.places.english.get(fold(part), frozenset()) & source.names) for part in word.parts)


def is_place(word: Word, source: Source) -> bool:
    """Return whether a name is one of a place that the source's language has a name of its own for."""
    return any(fold(part) in source.places.english for part in word.parts)


def compare(target: str, source: Source) -> Names:
    """Compare the names of a translation with those of its source."""
    found: list[tuple[Word, Word]] = []
    added: list[Word] = []
    told: list[Word] = []
    for word in names_of(target):
        other = counterpart(word, source)
        if other is not None:
            found.append((word, other))
            told.append(word)
        elif is_spoken_of(word, source):
            told.append(word)
        elif _is_readable(word, source):
            added.append(word)
    added = [word for word in added if not any(_are_one(word, other, target) for other in told)]
    return Names(found, added, _lost(target, source, [other for _, other in found]))


def _are_one(word: Word, other: Word, target: str) -> bool:
    """Return whether two words of the translation belong to one name: nothing stands between them but what links."""
    between = target[min(word.end, other.end) : max(word.start, other.start)]
    return between.strip(" -") == "" or (between.strip().casefold() in PARTICLES and between.startswith(" "))


def _is_readable(word: Word, source: Source) -> bool:
    """Return whether the source would show the name if it had it: in kanji a Japanese name is not to be read, and in
    Latin letters an acronym of another script's is not to be known.
    """
    if word.text in language().lists.get("everyday-acronyms", ()):
        return False
    capitals = sum(map(str.isupper, word.text))
    if capitals > 1 and "-" not in word.text and not source.writing.in_latin and not is_place(word, source):
        return False
    if source.writing.language == "ja" and not is_place(word, source):
        return not all(_JAPANESE.fullmatch(fold(part)) for part in re.split(r"[\-‐‑]", word.text))
    return True


def _lost(target: str, source: Source, found: Sequence[Word]) -> list[Lost]:
    """Return the names of the source that the translation lacks."""
    words = [word for match in _WORD.finditer(target) for word in Word(match[0], 0, 0).parts]
    folded = {fold(_POSSESSIVE.sub("", word)) for word in words}
    lost: list[Lost] = []
    covered: list[tuple[int, int]] = [(other.start, other.end) for other in found]
    for place in sorted(source.said, key=lambda one: (one.start, -(one.end - one.start), not one.whole)):
        if any(start < place.end and place.start < end for start, end in covered):
            continue
        covered.append((place.start, place.end))
        if place.whole and not _is_told(place, source, folded):
            lost.append(Lost(place.start, place.end, source.text[place.start : place.end], place.name, sure=True))
    return sorted([*lost, *_runs(source, covered, words)])


def _is_told(place: Said, source: Source, folded: set[str]) -> bool:
    """Return whether the translation speaks of a place of the source in one of its English forms."""
    others = {one.name for one in source.said if one.start < place.end and place.start < one.end}
    return any(
        all(word in folded for word in form) or any(word in folded for word in form if len(form) == 1)
        for name in others | {place.name}
        for form in source.places.words.get(name, ())
    )


def _runs(source: Source, covered: Sequence[tuple[int, int]], words: Sequence[str]) -> list[Lost]:
    """Return the other names of the source that no word of the translation sounds like."""
    writing = source.writing
    if writing.language == "ja":
        candidates = [word for word in source.words if word.text[0] >= "ァ" and len(word.text) > 2]
    elif writing.cased:
        candidates = [word for word in source.capitalised if _looks_like_name(word, source)]
    else:
        candidates = []
    left = [
        word
        for word in candidates
        if not any(start < word.end and word.start < end for start, end in covered)
        and not any(_stands_for(Word(own, 0, 0), word, writing) for own in words)
    ]
    found: list[Lost] = []
    for word in left:
        latin = writing.latin(word.text)
        behind = source.text[word.end : word.end + 2]
        if _is_initial(word, source) and not _is_known(latin):
            continue  # its capital says nothing
        initial = _is_initial(word, source) and not (behind[:1] == " " and behind[1:].isupper())
        sure = not initial and (given_names.is_given(latin) or (not writing.nouns and _is_known(latin)))
        if found and source.text[found[-1].end : word.start] == " ":
            last = found.pop()
            found.append(
                Lost(
                    last.start,
                    word.end,
                    source.text[last.start : word.end],
                    "",
                    last.sure or sure,
                    last.initial and initial,
                )
            )
        else:
            found.append(Lost(word.start, word.end, word.text, "", sure, initial))
    return found


def _is_known(latin: str) -> bool:
    """Return whether English knows a word as a name, whatever language it stands in."""
    return given_names.is_given(latin) or (lists.is_proper(latin) and not lists.is_known_word(latin))


def _looks_like_name(word: Word, source: Source) -> bool:
    """Return whether a capitalised word of the source can be a name: not the first of its sentence, and in a language
    that writes all nouns so only one that English knows.
    """
    if len(word.text) < 3 or not word.text[0].isupper() or (word.text.isupper() and not source.writing.in_latin):
        return False
    latin = source.writing.latin(word.text)
    if source.writing.nouns and "-" in word.text:
        return False
    known = given_names.is_given(latin) if source.writing.nouns else _is_known(latin)
    return known or not source.writing.nouns


def _is_initial(word: Word, source: Source) -> bool:
    """Return whether a word begins its sentence, and its capital says nothing."""
    before = source.text[: word.start].rstrip()
    return not before or before[-1] in _BEGINNING


def is_common(word: Word) -> bool:
    """Return whether a name of the translation is a common word of English too, which the source may well write out."""
    return all(lists.is_known_word(part) for part in re.split(r"[\-‐‑]", word.text) if part)


class Everywhere:
    """All names of a source, for what a translation may have from another sentence of it."""

    def __init__(self, sentences: Sequence[Source]) -> None:
        self._sentences = sentences
        self._known: dict[str, bool] = {}
        self._words = {word.text: word for one in sentences for word in one.capitalised}
        self._names = frozenset(name for one in sentences for name in one.names)

    def has(self, word: Word) -> bool:
        """Return whether some sentence of the source has a name of the translation."""
        if word.text not in self._known:
            self._known[word.text] = self._find(word)
        return self._known[word.text]

    def _find(self, word: Word) -> bool:
        if not self._sentences:
            return False
        first = self._sentences[0]
        if any(first.places.english.get(fold(part), frozenset()) & self._names for part in word.parts):
            return True
        if any(_stands_for(word, other, first.writing) for other in self._words.values()):
            return True
        return bool(first.writing.readings) and any(_in_syllables(word, one) is not None for one in self._sentences)
