"""Detector `bilingual-untranslated`: words of the source that stand in its translation as they were.

Letters of another script that the source has too; a sentence that is the source's own; words in small letters that both
have and the dictionary lacks; and, in a source of another alphabet, such a word that only spells out what it says.
Words that are set off, in quotation marks, brackets or italics, stand there on purpose, and names are names.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypedDict

from corrigenda.alignment.bitext import Bitext, Stretch
from corrigenda.detectors.detector import Detector
from corrigenda.documents.parts import RegionKind
from corrigenda.finding import Severity
from corrigenda.languages import any_language
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.documents.document import Document
    from corrigenda.languages.base import Language
    from corrigenda.rules.check import Check

_WORD = re.compile(r"(?<![\w/@.#])[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w/@])")
_LEAST = 4
"""Letters of a single word that is spoken of."""
_SPELLED = 6
"""Letters of a word that spells out another."""
_BORROWED = re.compile(r"[qxw]|c(?!h)|ph|th|ou|ee|oo|ea|[^aeiou]e$")
"""Letters of a word that Latin languages have borrowed, and that nobody writes who spells a word out: microclimate."""
_WHOLE = 4
"""Words of a sentence that was left as it was."""
_SET_OFF = "“\"«„‘'(*_[`「"

LEFT = "“{quote}” was left in the language of the source."
SENTENCE = "This sentence was left in the language of the source."
SPELLED = "“{quote}” spells out the source's “{source_quote}” and says nothing in this language."


class BilingualUntranslatedKeys(TypedDict):
    """The keys of a check: none of its own."""


class BilingualUntranslated(Detector):
    """Words of the source in its translation."""

    name = "bilingual-untranslated"
    scope = "document"
    options = BilingualUntranslatedKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the one rule: every document with a source."""
        return [Rule(structure="source")]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Look through the sentences of each document."""
        for nominee in nominees:
            bitext = context.bitext(nominee.document)
            document = context.documents[nominee.document]
            if bitext is None or any_language(document.language).code == bitext.language:
                continue
            yield from _left(nominee, bitext, document)


def _left(nominee: Nominee, bitext: Bitext, document: "Document") -> Iterator[Hit]:
    everywhere = "\n".join(view.text for view in bitext.source_views if view is not None)
    for pair in bitext.pairs:
        own = _words(pair.source) if pair.source else {}
        for stretch in pair.target:
            spans = list(_scripts(stretch.text, everywhere))
            for start, end in spans:
                yield _hit(nominee, bitext, stretch, (start, end), LEFT, Severity.WARNING, None)
            found = _same(stretch, own, document.language) if own and not spans else []
            for start, end in found:
                whole = start == 0 and end >= len(stretch.text.rstrip(".!?…"))
                where = own.get(stretch.text[start:end].split()[0])
                span = bitext.source_span(*where) if where is not None else None
                if not _is_set_off(stretch.text, start) and not _is_masked(document, bitext, stretch, start, end):
                    message = SENTENCE if whole else LEFT
                    # A single word may be one that English has borrowed and the dictionary lacks.
                    several = len(found) > 1 or " " in stretch.text[start:end]
                    severity = Severity.WARNING if several else Severity.SUGGESTION
                    yield _hit(nominee, bitext, stretch, (start, end), message, severity, span)
            if own and not found and not spans:
                yield from _spelled(nominee, bitext, document, stretch, own)


def _words(stretches: Sequence[Stretch]) -> Mapping[str, tuple[Stretch, int, int]]:
    """Return the words of some stretches, each with where it stands first."""
    found: dict[str, tuple[Stretch, int, int]] = {}
    for stretch in stretches:
        for word in _WORD.finditer(stretch.text):
            found.setdefault(word[0], (stretch, word.start(), word.end()))
    return found


def _scripts(text: str, source: str) -> Iterator[tuple[int, int]]:
    """Yield stretches in letters of another script that the source has letter for letter."""
    at = 0
    while at < len(text):
        if not _is_other(text[at]):
            at += 1
            continue
        start = end = at
        while at < len(text) and (_is_other(text[at]) or (text[at] in " -ー・'’" and at + 1 < len(text))):
            if _is_other(text[at]):
                end = at + 1
            at += 1
        letters = text[start:end]
        if letters in source and not _is_set_off(text, start) and (len(letters) > 1 or ord(letters) > 0x2E80):
            yield start, end


@lru_cache(4096)
def _is_other(letter: str) -> bool:
    return (
        letter > "\u036f"
        and unicodedata.category(letter)[0] in "LM"
        and not unicodedata.name(letter, "LATIN").startswith(
            ("LATIN", "COMBINING", "VARIATION", "MODIFIER", "GREEK", "MICRO", "FULLWIDTH LATIN")
        )
    )


def _same(stretch: Stretch, own: Mapping[str, tuple[Stretch, int, int]], language: str) -> list[tuple[int, int]]:
    """Return the words of a sentence that its source has too and the dictionary lacks, those side by side as one."""
    text = stretch.text
    speech = any_language(language)
    runs: list[list[re.Match[str]]] = []
    last: re.Match[str] | None = None
    for word in _WORD.finditer(text):
        if word[0] in own:
            if runs and last is not None and runs[-1][-1] is last and text[last.end() : word.start()].isspace():
                runs[-1].append(word)
            else:
                runs.append([word])
        last = word
    found: list[tuple[int, int]] = []
    for run in runs:
        unknown = [w for w in run if w[0].islower() and len(w[0]) >= _LEAST and not _is_word(w[0], speech)]
        # "Teatro della Pergola", "Myotis daubentonii": a name goes on.
        if not unknown or (len(run) < _WHOLE and any(word[0][0].isupper() for word in run)):
            continue
        small = [w for w in run if w[0].islower()]
        if len(run) >= _WHOLE and len(unknown) * 2 >= len(small):
            found.append((run[0].start(), run[-1].end()))
        else:
            found.extend((w.start(), w.end()) for w in unknown)
    return found


def _is_word(word: str, speech: "Language") -> bool:
    parts = (part for part in re.split(r"['’-]", word) if len(part) > 1)
    return all(speech.is_word(part.lower()) for part in parts)


def _spelled(
    nominee: Nominee,
    bitext: Bitext,
    document: "Document",
    stretch: Stretch,
    own: Mapping[str, tuple[Stretch, int, int]],
) -> Iterator[Hit]:
    """Yield words that only spell out a word of a source in another alphabet."""
    from corrigenda.alignment.signs import consonants  # deferred: runs without a source never ask

    if any(word.isascii() for word in own if word.islower()):
        return
    sounds: dict[str, tuple[Stretch, int, int]] = {}
    for word, where in own.items():
        if len(word) >= _SPELLED - 2 and word.islower():
            sounds.setdefault(consonants(word), where)
    speech = any_language(document.language)
    for found in _WORD.finditer(stretch.text):
        word = found[0]
        if len(word) < _SPELLED or not (word.islower() and word.isascii() and word.isalpha()) or _is_word(word, speech):
            continue
        key = consonants(word)
        if _BORROWED.search(word):
            continue
        if len(key) >= 3 and key in sounds and not _is_set_off(stretch.text, found.start()):
            span = bitext.source_span(*sounds[key])
            yield _hit(nominee, bitext, stretch, found.span(), SPELLED, Severity.SUGGESTION, span)


def _is_set_off(text: str, start: int) -> bool:
    return text[:start].rstrip()[-1:] in _SET_OFF and start > 0


def _is_masked(document: "Document", bitext: Bitext, stretch: Stretch, start: int, end: int) -> bool:
    span = bitext.target_span(stretch, start, end)
    return document.is_masked(span.start, span.end) or document.touches(RegionKind.EMPHASIS, span.start, span.end)


def _hit(
    nominee: Nominee,
    bitext: Bitext,
    stretch: Stretch,
    at: tuple[int, int],
    message: str,
    severity: Severity,
    source: tuple[int, int] | None,
) -> Hit:
    span = bitext.target_span(stretch, *at)
    return Hit(
        check=nominee.rule.check,
        document=nominee.document,
        start=span.start,
        end=span.end,
        message=message,
        severity=severity,
        source_span=source,
    )


DETECTOR = BilingualUntranslated()
