"""Detector `foreign`: sentences that were left in another language of Latin letters.

Small words tell the language (corpora/function_words.tsv): a sentence that has several of one language's, whose other
words the dictionary does not know, and hardly an English one, was not translated. Names, titles and loan words have no
small words around them or English ones; what is in italics, in quotation marks or explained is meant. Letters and
small words together say which language it is; where two are about as likely, none is named.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from corrigenda import resources as content
from corrigenda.detectors.detector import Detector
from corrigenda.documents.document import Document
from corrigenda.documents.parts import RegionKind, Span
from corrigenda.languages import any_language
from corrigenda.names.table import PARTICLES
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.languages.base import Language
    from corrigenda.rules.check import Check

_TOKEN = re.compile(r"(?<!\w)[^\W\d_]++(?:['’][^\W\d_]++)?(?!\w)")
_LABEL = re.compile(r"\W{0,3}(\w{2,12}):\s+")
"""A note before a sentence: "TODO: "."""
_BETWEEN = re.compile(r"['’]")
_LONGEST_SENTENCE = 2_000
"""Words of a sentence that are looked at; what has more is no sentence."""
_LEAST_WHOLE = 5
"""Words from which a whole sentence counts."""
_LEAST_PART = 8
"""Words from which a part of an English sentence counts: below, it may be a title or a saying."""
_COMMON = 10
"""Occurrences in a million words from which on a word is English whatever else it may be."""
_OF_NAMES = PARTICLES | frozenset(
    ("du", "des", "della", "delle", "dello", "dos", "das", "do", "ter", "ten", "zu", "zum", "y")
)
"""Small words that names have too."""
_CLEARLY = 1.5
"""How many times the weight of the next one a language's small words must have for it to be named."""
_UNNAMED = "another language"
_KINDS = frozenset((RegionKind.PROSE, RegionKind.HEADING, RegionKind.LIST, RegionKind.CAPTION, RegionKind.TABLE))


class ForeignKeys(TypedDict, total=False):
    """The keys of a check: none."""


class ForeignPayload(NamedTuple):
    """A language: its name in English, and its small words."""

    language: str
    words: Sequence[str]


class _Language(NamedTuple):
    """A line of corpora/function_words.tsv: `letters` are those beside a to z, `without` those of a to z it lacks."""

    code: str
    name: str
    words: tuple[str, ...]
    letters: frozenset[str]
    without: frozenset[str]


class _Token(NamedTuple):
    """A word of a paragraph, in lower case, and where it stands."""

    start: int
    end: int
    word: str
    small: bool
    """Whether it stands in lower case, as no name does."""


class _Run(NamedTuple):
    """Words in another language: `[start, end)` of a paragraph's view."""

    start: int
    end: int


class Foreign(Detector):
    """Sentences in another language of Latin letters."""

    name = "foreign"
    scope = "sentence"
    values = frozenset(("language",))
    options = ForeignKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return a rule for each language, nominated by those of its small words that no English text has."""
        rules = []
        for language in _languages():
            if language.code == resources.language.code:
                continue
            own = [word for word in language.words if len(word) > 1 and not resources.language.is_word(word)]
            payload = ForeignPayload(language.name, list(language.words))
            rules.append(Rule(literals=tuple(sorted(own)), payload=payload))
        return rules

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Look at each nominated paragraph once, with the languages that nominated it."""
        places: dict[tuple[int, int], dict[str, Nominee]] = {}
        for nominee in nominees:
            if nominee.block is not None:
                name = nominee.rule.payload(ForeignPayload).language
                places.setdefault((nominee.document, nominee.block), {})[name] = nominee
        for (number, block), own in sorted(places.items()):
            document = context.documents[number]
            if document.blocks[block].kind not in _KINDS:
                continue
            languages = {name: frozenset(nominee.rule.payload(ForeignPayload).words) for name, nominee in own.items()}
            view = document.blocks[block].view
            check = next(iter(own.values())).rule.check
            sentences = [(sentence.start, sentence.end) for sentence in context.sentences(number, block)]
            for run in _joined(view.text, _runs(view.text, sentences, languages, any_language(document.language))):
                span = view.to_document(run.start, run.end)
                if not _is_meant(document, view.text, run, span):
                    language = _named(_tokens(view.text, run.start, run.end), document.language)
                    yield Hit(check, number, span.start, span.end, values={"language": language})


@cache
def _languages() -> tuple[_Language, ...]:
    result = []
    for line in content.path("corpora", "function_words.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, name, words, alphabet = line.split("\t")
            letters, _, without = alphabet.partition(" -")
            result.append(_Language(code, name, tuple(words.split()), frozenset(letters), frozenset(without)))
    return tuple(result)


def _named(tokens: Sequence[_Token], own: str) -> str:
    """Return the name of the language that words are in, or "another language" where two are about as likely.

    A word that few languages have says more than one that many have.
    """
    possible = [each for each in _languages() if each.code != own and _may_be(each, tokens)]
    weights = dict.fromkeys((each.name for each in possible), 0.0)
    for token in tokens:
        having = [each.name for each in possible if token.word in each.words]
        for name in having:
            weights[name] += 1 / len(having)
    ranked = sorted(weights, key=lambda name: (-weights[name], name))
    if not ranked or not weights[ranked[0]]:
        return _UNNAMED
    is_clear = len(ranked) == 1 or weights[ranked[0]] >= _CLEARLY * weights[ranked[1]]
    return ranked[0] if is_clear else _UNNAMED


def _may_be(language: _Language, tokens: Sequence[_Token]) -> bool:
    """Return whether a language has the letters of some words. Names have letters of their own, and one loan word may
    have a letter of a to z that the language lacks.
    """
    words = {unicodedata.normalize("NFC", token.word) for token in tokens if token.small}
    foreign = any(letter > "z" and letter not in language.letters for word in words for letter in word)
    return not foreign and sum(not language.without.isdisjoint(word) for word in words) < 2


def _runs(
    text: str, sentences: Sequence[tuple[int, int]], languages: "dict[str, frozenset[str]]", own: "Language"
) -> Iterator[_Run]:
    for start, end in sentences:
        label = _LABEL.match(text, start, end)
        if label is not None and (label[1].isupper() or own.is_word(label[1].lower())):
            start = label.end()
        tokens = _tokens(text, start, end)
        best = max(
            (
                (score, first, last)
                for _, words in sorted(languages.items())
                for score, first, last in _stretch(tokens, words, own)
            ),
            default=None,
        )
        if best is not None:
            _, first, last = best
            whole = (first, last) == (0, len(tokens) - 1)
            yield _Run(start if whole else tokens[first].start, end if whole else tokens[last].end)


def _tokens(text: str, start: int, end: int) -> list[_Token]:
    found_here = islice(_TOKEN.finditer(text, start, end), _LONGEST_SENTENCE)
    return [
        _Token(found.start(), found.end(), part.lower(), part[:1].islower())
        for found in found_here
        for part in _BETWEEN.split(found[0])
    ]


def _stretch(tokens: Sequence[_Token], words: frozenset[str], own: "Language") -> Iterator[tuple[float, int, int]]:
    """Yield the stretch of a sentence that is in a language, with how far it is; none where none is long enough."""
    score = best = 0.0
    first = 0
    found = (0, -1)
    for index, token in enumerate(tokens):
        score += _weight(token, words, own)
        if score <= 0:
            score, first = 0.0, index + 1
        elif score > best:
            best, found = score, (first, index)
    inside, outside = tokens[found[0] : found[1] + 1], [*tokens[: found[0]], *tokens[found[1] + 1 :]]
    whole = _is_whole(inside, outside, own)
    if len(inside) < (_LEAST_WHOLE if whole else _LEAST_PART):
        return
    small = {token.word for token in inside if token.word in words}
    count = sum(token.word in words for token in inside)
    others = [token for token in inside if token.word not in words]
    unknown = sum(token.small and token.word not in _OF_NAMES and not own.is_word(token.word) for token in others)
    english = sum(own.is_word(token.word) for token in others)
    # German has capitals for all its nouns, so few words are left that are no name by their look.
    enough = unknown >= 2 or (whole and unknown >= 1 and len(small) >= 4)
    names = sum(not token.small for token in inside)
    if 2 * names > len(inside):
        return
    strange = unknown + sum(not token.small and not own.is_word(token.word) for token in others)
    telling = 2 * (strange if whole and unknown >= 3 else unknown) >= len(inside) or any(
        word not in _OF_NAMES and not own.is_word(word) for word in small
    )
    if len(small) < 2 or not enough or not telling:
        return
    closed = sum(token.word in own.grammar.closed_class for token in others)
    if 5 * count >= len(inside) and 3 * english <= len(inside) and closed <= (len(inside) // 10 if whole else 0):
        yield best, *((0, len(tokens) - 1) if whole else found)


def _is_whole(inside: Sequence[_Token], outside: Sequence[_Token], own: "Language") -> bool:
    """Return whether what is left of a sentence beside a stretch may belong to it: a name or two, nothing English."""
    if 3 * len(outside) > len(inside) or any(token.word in own.grammar.closed_class for token in outside):
        return False
    return 6 * sum(own.frequency(token.word) >= _COMMON for token in outside) <= len(inside)


def _weight(token: _Token, words: frozenset[str], own: "Language") -> float:
    """Return how far a word speaks for a language, negative for English."""
    if token.word in words:
        return 0.5 if own.is_word(token.word) else 1.5
    if own.is_word(token.word):
        if token.word in own.grammar.closed_class:
            return -2.0
        return -0.75 if own.frequency(token.word) >= _COMMON else -0.4
    return 1.0 if token.small else 0.25


def _joined(text: str, runs: Iterable[_Run]) -> list[_Run]:
    """Join runs with nothing but marks between them: what was left untranslated is one place."""
    result: list[_Run] = []
    for run in runs:
        if result and not any(character.isalnum() for character in text[result[-1].end : run.start]):
            result[-1] = result[-1]._replace(end=run.end)
        else:
            result.append(run)
    return result


def _is_meant(document: Document, text: str, run: _Run, span: Span) -> bool:
    """Return whether the words stand there on purpose: in italics, in quotation marks or brackets, or explained."""
    if document.quotation_at(span.start, span.end):
        return True
    italic = (min(r.end, span.end) - max(r.start, span.start) for r in document.regions_of(RegionKind.EMPHASIS))
    if 2 * sum(length for length in italic if length > 0) > len(span):
        return True
    words = text[run.start : run.end].strip()
    if (words[:1], words[-1:]) in (("“", "”"), ('"', '"'), ("«", "»"), ("(", ")")) or words[:1] in "“\"«‘'*_(":
        return True
    before = text[max(0, run.start - 100) : run.start].rstrip()
    if before.count("(") > before.count(")") or before.endswith(("“", '"', "«", "„", "‘", "'")):
        return True
    glosses = any_language(document.language).glosses
    return glosses.before.search(before) is not None or glosses.after.match(text, run.end) is not None


DETECTOR = Foreign()
