"""Detector `foreign-words`: single words and abbreviations of other languages in a text of this one.

Four things are looked for: the words and abbreviations of a list (corpora/foreign_words.tsv), each with what it is in
English; words in small letters that the dictionary lacks and whose letters are those of another language
(corpora/foreign_letters.tsv); and such words of which the letters say less, which count only in a text that shows by
other findings that it was translated. So does a sound that is spelled out as another language hears it (a “goh” sound).
Words that stand there on purpose are left out: in italics, in quotation marks or brackets, explained at any place of
the text, or beside a name. Sentences, and parts of sentences, that are made of such words without English ones are one
place.

Titles, species and phrases have a capital beside them; loan words are a list of their own.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Annotated, NamedTuple, Required, TypedDict

from corrigenda import resources as content
from corrigenda.detectors.detector import Detector
from corrigenda.documents.document import Document
from corrigenda.documents.parts import RegionKind
from corrigenda.finding import Applicability, Correction, Severity
from corrigenda.languages import any_language
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Key, Words
from corrigenda.rules.rule import CompiledRule, CompileResources, Rule
from corrigenda.rules.structures import Place

if TYPE_CHECKING:
    from corrigenda.languages.base import Language
    from corrigenda.rules.check import Check

_TOKEN = re.compile(r"(?<![\w'’./@#&_\\-])[^\W\d_]{4,20}(?![\w'’/@_\\-]|\.\w)")
_ANY = re.compile(r"(?<!\w)[^\W\d_]+(?!\w)")
_LONGEST = 400
"""Words of a sentence that are looked at."""
_SURE = 5
"""Words of a stretch from which on it is a warning."""
_RUN = "This was left in another language: translate it, or set it off and explain it."
_KINDS = frozenset((RegionKind.PROSE, RegionKind.HEADING, RegionKind.LIST, RegionKind.CAPTION, RegionKind.QUOTATION))
_SOUND = re.compile(r"[“\"‘'«]([^\W\d_]{3,8}(?:[- ][^\W\d_]{2,8})?)[”\"’'»] (?:sounds?|noises?)(?!\w)")
_SPELLED = (
    "{quote} is a sound as another language spells it: say what it was like in English (a roar, a thud, a crack)."
)
_OPENING = "“\"«„‘'*_(["
_NAME_BESIDE = re.compile(r"\s[A-ZÀ-ÞĀ-Ž][^\W\d_]")
_SHORT = 40
"""Longest quotation, in code points, that is one of words and not of what somebody said."""
_DIALECT = 2
"""Other words of a quotation that the dictionary lacks from which on somebody's own speech is written down."""
_MANY = 8
"""Words by their letters from which on a text is about another language or a technique of its own."""
_IDENTIFIER = re.compile(
    r"(?<![\w/:.@])(?:\w+_\w+|\w+\(\)|--[a-z][a-z-]+|[a-z]{2,}[A-Z][a-z]\w*|\w+\.(?:py|conf|cfg|sh|json|xml|ya?ml|ini|exe|dll|so|git))"
    r"(?![\w/])"
)
"""Names that programs have: in plain text they are not marked as code."""
_TECHNICAL = 4
"""Such names from which on a text is about programs, whose words no dictionary has (malloc, kinit)."""
_MOST = 60
"""Occurrences of a word in a text that are looked at for an explanation."""


def _is_technical(text: str) -> bool:
    """Return whether a text is about programs, by the names of theirs that stand in it."""
    return len({found[0] for found in islice(_IDENTIFIER.finditer(text), 200)}) >= _TECHNICAL


class ForeignWordsKeys(TypedDict, total=False):
    """The keys of a check."""

    letters: Required[Annotated[float, Key("mean log odds of a word's letters from which on it counts by itself")]]
    weak: Required[Annotated[float, Key("the same, in a text that other findings show to be translated")]]
    allow: Words


class ForeignWordsPayload(NamedTuple):
    """What is looked for: the words of the list or, with `sounds`, spelled out sounds; else words by letters."""

    listed: bool
    letters: float
    weak: float
    allow: Sequence[str]
    sounds: bool = False


class _Listed(NamedTuple):
    """A line of corpora/foreign_words.tsv."""

    word: str
    languages: tuple[str, ...]
    meaning: str


class _Run(NamedTuple):
    """A stretch of another language in a document; without a hit where it is meant."""

    start: int
    end: int
    hit: Hit | None


class ForeignWords(Detector):
    """Words of other languages among the words of this one."""

    name = "foreign-words"
    scope = "document"
    options = ForeignWordsKeys
    values = frozenset(("meaning",))

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return a rule for the words of the list, by themselves, and one for all others, by their letters."""
        keys = check.keys(ForeignWordsKeys)
        allow = sorted(
            {
                word
                for item in keys.get("allow", ())
                for word in (resources.lists[item[1:]] if item.startswith("@") else (item,))
            }
        )
        payload = ForeignWordsPayload(True, keys["letters"], keys["weak"], allow)
        literals = tuple(sorted({listed.word.lower() for listed in _listed().values()}))
        return [
            Rule(literals=literals, payload=payload._replace(allow=())),
            Rule(literals=("noise", "noises", "sound", "sounds"), payload=payload._replace(allow=(), sounds=True)),
            Rule(structure=self.name, payload=payload._replace(listed=False)),
        ]

    def places(self, document: Document, rule: CompiledRule) -> Iterator[Place]:
        """Yield the words in small letters that the dictionary lacks and that look like another language's."""
        own = any_language(document.language)
        payload = rule.payload(ForeignWordsPayload)
        words = {word for word in _TOKEN.findall(document.readable) if word.islower()}
        unknown = frozenset(
            word
            for word in words.difference(payload.allow)
            if not own.is_word(word) and not own.is_proper(word.title()) and strangeness(word) >= payload.weak
        )
        if not unknown:
            return
        for index, block in enumerate(document.blocks):
            if block.kind in _KINDS:
                for found in _TOKEN.finditer(block.view.text):
                    if found[0] in unknown:
                        yield index, *block.view.to_document(*found.span())

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Leave out what stands there on purpose, and say the rest once for each word."""
        documents: dict[int, list[Nominee]] = {}
        for nominee in nominees:
            documents.setdefault(nominee.document, []).append(nominee)
        for number, own in sorted(documents.items()):
            document = context.documents[number]
            if document.is_documentation or _is_technical(document.text):
                continue
            runs = list(_runs(own, document, context))
            yield from (run.hit for run in runs if run.hit is not None)
            said: dict[str, bool] = {}
            inside = _inside(runs)
            left = [
                nominee for nominee in own if nominee.rule.payload(ForeignWordsPayload).listed or not inside(nominee)
            ]
            by_letters = {
                document.text[nominee.start : nominee.end]
                for nominee in left
                if not nominee.rule.payload(ForeignWordsPayload).listed
            }
            for nominee in left:
                payload = nominee.rule.payload(ForeignWordsPayload)
                if payload.sounds:
                    yield from _by_sound(nominee, document, said)
                elif payload.listed:
                    yield from _by_list(nominee, document, said, runs)
                elif len(by_letters) <= _MANY:
                    yield from _by_letters(nominee, document, said)


def _inside(runs: Iterable[_Run]) -> Callable[[Nominee], bool]:
    """Return what tells whether one of some runs holds a place."""
    ordered = sorted(runs, key=lambda run: run.start)
    starts = [run.start for run in ordered]
    reached = list(accumulate((run.end for run in ordered), max))

    def holds(nominee: Nominee) -> bool:
        at = bisect_right(starts, nominee.start) - 1
        return at >= 0 and nominee.end <= reached[at]

    return holds


def _runs(nominees: Sequence[Nominee], document: Document, context: Context) -> Iterator[_Run]:
    """Yield the sentences, and the parts of sentences, whose words are those of another language, with their hits; the
    words of titles and of what is set off have none, and are not judged one by one either.
    """
    blocks: dict[int, list[Nominee]] = {}
    for nominee in nominees:
        if nominee.block is not None and not nominee.rule.payload(ForeignWordsPayload).listed:
            blocks.setdefault(nominee.block, []).append(nominee)
    own = any_language(document.language)
    for number, found in sorted(blocks.items()):
        view = document.blocks[number].view
        strange = {view.from_document(nominee.start) for nominee in found}
        for sentence in context.sentences(found[0].document, number):
            for start, end, words in _stretches(view.text, sentence.start, sentence.end, strange, own):
                span = view.to_document(start, end)
                hit = Hit(
                    found[0].rule.check,
                    found[0].document,
                    span.start,
                    span.end,
                    message=_RUN,
                    severity=Severity.WARNING if words >= _SURE else None,
                )
                left = not words or _is_set_off(document, span.start, span.end)
                yield _Run(span.start, span.end, None if left else hit)


def _stretches(
    text: str, start: int, end: int, strange: Container[int], own: "Language"
) -> Iterator[tuple[int, int, int]]:
    """Yield stretches of a sentence without an English word that is not another language's as well, with their words;
    with 0 words what may be a title.
    """
    tokens = [*islice(_ANY.finditer(text, start, end), _LONGEST)]
    first = 0
    while first < len(tokens):
        last = first
        while last < len(tokens) and not _ends(tokens, last, own):
            last += 1
        stretch = tokens[first:last]
        whole = len(stretch) == len(tokens)
        first = last + 1
        if not whole:
            stretch = _trimmed(stretch, own)
        if len(stretch) < 3:
            continue
        telling = sum(token.start() in strange for token in stretch)
        unknown = sum(len(token[0]) > 3 and token[0].islower() and not own.is_word(token[0]) for token in stretch)
        small = 2 * sum(token[0][0].islower() for token in stretch) >= len(stretch)
        if whole and small and telling and (telling > 1 or unknown > 1) and 3 * unknown >= len(stretch):
            yield start, end, len(stretch)
        else:
            begins_small = stretch[0][0][0].islower()
            one = not any(mark in text[stretch[0].start() : stretch[-1].end()] for mark in '("“«')
            part = small and telling > 1 and len(stretch) > 3 and begins_small and one
            if part or not (begins_small or whole):
                yield stretch[0].start(), stretch[-1].end(), len(stretch) if part else 0


def _trimmed(stretch: list["re.Match[str]"], own: "Language") -> list["re.Match[str]"]:
    """Return a stretch without the short words and names of English at its ends."""
    low, high = 0, len(stretch)
    while low < high and own.is_word(stretch[low][0].lower()):
        low += 1
    while high > low and (own.is_word(stretch[high - 1][0].lower()) or own.is_proper(stretch[high - 1][0])):
        high -= 1
    return stretch[low:high]


def _ends(tokens: Sequence["re.Match[str]"], at: int, own: "Language") -> bool:
    """Return whether English goes on at a word: one with a role in sentences, or two English words in a row."""
    word = tokens[at][0].lower()
    if len(word) > 2 and word in own.grammar.closed_class:
        return True
    if len(word) < 4 or not own.is_word(word):
        return False
    following = tokens[at + 1][0].lower() if at + 1 < len(tokens) else ""
    return not following or own.is_word(following)


def _is_set_off(document: Document, start: int, end: int) -> bool:
    """Return whether a stretch is in italics, or in quotation marks or brackets of its own."""
    quotation = document.quotation_at(start, end)
    if quotation is not None and quotation.end - quotation.start < 2 * (end - start):
        return True
    if document.touches(RegionKind.EMPHASIS, start, end):
        return True
    before = document.text[max(0, start - 60) : start]
    glosses = any_language(document.language).glosses
    return (
        before.rstrip()[-1:] in tuple(_OPENING)
        or document.text[start : start + 1] in tuple(_OPENING)
        or before.count("(") > before.count(")")
        or glosses.before.search(before) is not None
        or glosses.named.search(before) is not None
        or glosses.after.match(document.text, end) is not None
    )


@cache
def _listed() -> Mapping[str, _Listed]:
    """Return the words of the list in lower case, abbreviations as they are written."""
    result = {}
    for line in content.path("corpora", "foreign_words.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            word, languages, meaning = line.split("\t")
            result[word if _is_abbreviation(word) else word.lower()] = _Listed(
                word, tuple(languages.split(",")), meaning
            )
    return result


def _is_abbreviation(word: str) -> bool:
    return sum(map(str.isupper, word)) > 1


@cache
def _odds() -> Mapping[str, int]:
    lines = content.path("corpora", "foreign_letters.tsv").read_text(encoding="utf-8").splitlines()
    return {gram: int(odds) for gram, _, odds in (line.partition("\t") for line in lines if not line.startswith("#"))}


def strangeness(word: str) -> float:
    """Return how far the letters of a word in small letters speak for another language: mean log odds of its trigrams.

    A letter that English has not at all speaks for itself in its trigrams.
    """
    odds, marked = _odds(), f"^{word}$"
    grams = [marked[at : at + 3] for at in range(len(word))]
    return sum(odds.get(gram, 0) for gram in grams) / (10 * len(grams))


def _by_list(nominee: Nominee, document: Document, said: dict[str, bool], runs: Sequence[_Run]) -> Iterator[Hit]:
    """Yield the words of the list in a block, each once in a text; none in a stretch of another language."""
    assert nominee.block is not None
    block = document.blocks[nominee.block]
    if block.kind not in _KINDS:
        return
    text, listed = block.view.text, _listed()
    for found in _phrases().finditer(text):
        entry = listed.get(found[0]) or listed.get(found[0].lower())
        key = found[0].lower()
        if entry is None or key in said or (_is_abbreviation(entry.word) and found[0] != entry.word):
            continue
        if found[0].isupper() and not _is_abbreviation(entry.word):
            continue
        said[key] = _is_meant(found[0], document)
        if said[key] or _in_name(text, *found.span(), lenient=found[0][0].isupper()):
            continue
        span = block.view.to_document(*found.span())
        if any(run.start <= span.start and span.end <= run.end for run in runs):
            continue
        yield Hit(
            nominee.rule.check,
            nominee.document,
            span.start,
            span.end,
            (Correction(entry.meaning, Applicability.UNSAFE),),
            values={"meaning": entry.meaning},
            message="“{quote}” is not English: write “{meaning}”, or explain it at first mention.",
            languages=entry.languages,
        )


@cache
def _phrases() -> re.Pattern[str]:
    words = sorted((re.escape(listed.word) for listed in _listed().values()), key=lambda word: (-len(word), word))
    return re.compile(rf"(?<![\w'’@#-])(?:{'|'.join(words)})(?![\w'’-])", re.IGNORECASE)


def _by_sound(nominee: Nominee, document: Document, said: dict[str, bool]) -> Iterator[Hit]:
    """Yield the sounds that are spelled out in a block, each once in a text."""
    if nominee.block is None or document.blocks[nominee.block].kind not in _KINDS:
        return
    own, view = any_language(document.language), document.blocks[nominee.block].view
    for found in _SOUND.finditer(view.text):
        words = re.split("[- ]", found[1])
        # English has words for sounds too (“whoosh”), and spells those of single letters (“sh”).
        if found[0] in said or not found[1].islower() or any(own.is_word(word) for word in words):
            continue
        said[found[0]] = True
        span = view.to_document(*found.span())
        yield Hit(nominee.rule.check, nominee.document, span.start, span.end, weak=True, message=_SPELLED)


def _by_letters(nominee: Nominee, document: Document, said: dict[str, bool]) -> Iterator[Hit]:
    """Yield a word by its letters, or nothing where it is explained, was said before, or belongs to a name."""
    assert nominee.block is not None
    view = document.blocks[nominee.block].view
    start, end = view.from_document(nominee.start), view.from_document(nominee.end)
    word = view.text[start:end]
    if word in said or word in _listed():
        return
    said[word] = _is_meant(word, document) or _is_dialect(word, document, nominee.start, nominee.end)
    if said[word] or _in_name(view.text, start, end):
        return
    payload = nominee.rule.payload(ForeignWordsPayload)
    weak = strangeness(word) < payload.letters
    yield Hit(nominee.rule.check, nominee.document, nominee.start, nominee.end, weak=weak)


def _in_name(text: str, start: int, end: int, *, lenient: bool = False) -> bool:
    """Return whether a word has a capital beside it, as in a name, a title or the name of a species."""
    if _NAME_BESIDE.match(text, end) and not lenient:
        return True
    before = text[max(0, start - 30) : start].rstrip().rpartition(" ")
    word = before[2].strip("“\"'‘(")
    return word[:1].isupper() and bool(before[0].strip()) and not before[0].rstrip().endswith((".", "!", "?", ":", "”"))


def _is_meant(word: str, document: Document) -> bool:
    """Return whether a word is set off or explained anywhere in the text."""
    glosses = any_language(document.language).glosses
    text, at = document.words, 0
    for _ in range(_MOST):
        at = text.find(word, at)
        if at < 0:
            return False
        end = at + len(word)
        before = text[max(0, at - 60) : at]
        if (
            before.rstrip()[-1:] in tuple(_OPENING)
            or before.count("(") > before.count(")")
            or glosses.named.search(before)
            or glosses.aside.match(text, end)
            or glosses.before.search(before)
            or glosses.after.match(text, end)
            or _in_short_quotation(document, at, end)
            or document.touches(RegionKind.EMPHASIS, at, end)
        ):
            return True
        at = end
    return True


def _is_dialect(word: str, document: Document, start: int, end: int) -> bool:
    """Return whether a word stands in somebody's words, and others there are in no dictionary either."""
    quotation = document.quotation_at(start, end)
    if quotation is None:
        return False
    own = any_language(document.language)
    words = {found[0] for found in _ANY.finditer(document.words, quotation.start, quotation.end)}
    return sum(each.islower() and len(each) > 3 and not own.is_word(each) for each in words - {word}) >= _DIALECT


def _in_short_quotation(document: Document, start: int, end: int) -> bool:
    """Return whether a word is quoted as a word, a title or a name; what somebody said is longer."""
    quotation = document.quotation_at(start, end)
    return quotation is not None and quotation.end - quotation.start <= _SHORT


DETECTOR = ForeignWords()
