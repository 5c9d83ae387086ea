"""Detector `phrases`: long lists of expressions, with inflection, found without a tagger.

An entry's `find` is a pattern in the short form (corrigenda.rules.short_form) without tags. It runs as a linear-time
regular expression over the paragraph as its reader sees it, so line breaks and markup inside an expression do not hide
it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypedDict

from corrigenda.detectors.entries import (
    Entry,
    EntryDetector,
    Find,
    Marks,
    Part,
    Said,
    hit_at,
    rule_of,
    said_of,
)
from corrigenda.errors import CheckError
from corrigenda.expressions import compiled, span_of
from corrigenda.languages import language
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Compare, Key, Lists, Near, Text, Words
from corrigenda.rules.rule import Adjoining, CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.languages.base import Language

PhrasesKeys = TypedDict(
    "PhrasesKeys",
    {
        "find": Find,
        "entries": Annotated[list[Entry], Key(least=1)],
        "lexicon": Annotated[Text, Key("a kind of file in the folders of corpora/lexicons, whose entries are its own")],
        "except": Words,
        "if": Near,
        "unless": Near,
        "lists": Lists,
        "marks": Annotated[Marks, Key("what is marked: the match, or the whole paragraph")],
        "compare": Compare,
    },
    total=False,
)


class Expressed(NamedTuple):
    """One pattern of an entry: its expression, the base forms of its tokens by their names, and lists of strings of
    which one each stands wherever it matches.
    """

    expression: str
    lemmas: Mapping[str, Sequence[str]]
    strings: Sequence[Sequence[str]]


class PhrasePayload(NamedTuple):
    """An entry: what it says, what is marked, its exceptions, and its patterns."""

    said: Said
    marks: Marks
    vetoes: Sequence[str]
    finds: Sequence[Expressed]


class Phrases(EntryDetector):
    """Lists of expressions, as linear-time regular expressions."""

    name = "phrases"
    options = PhrasesKeys
    shows = True

    def compile_entry(self, entry: Part, resources: CompileResources) -> Iterator[Rule]:
        """Turn an entry into a rule. Raises CheckError with the line of the pattern at fault."""
        # deferred: only compiling needs it
        from corrigenda.rules.check import lists_for
        from corrigenda.rules.patterns import adjoining, announcing, regex, standing
        from corrigenda.rules.patterns import literals as literals_of
        from corrigenda.rules.short_form import PatternError, parse

        lists = lists_for(entry.check, resources.lists)
        keys = entry.check.keys(PhrasesKeys)
        shipped = "source" in entry.written
        finds: list[Expressed] = []
        literals: set[str] = set()
        beside: list[Adjoining] = []
        values: set[str] = {"source"} if entry.written.get("source") else set()
        inflected = False
        for index, find in enumerate(entry.finds):
            line = entry.line("find", index)
            try:
                pattern = parse(find, lists, entry.check.language)
                expression = regex(pattern)
                if not shipped:  # the tests run every entry of a lexicon; compiling some 20,000 takes long
                    compiled(expression)
                # Of thousands of entries all phrases that announce them would be more to load than they save: their
                # words are kept apart.
                necessary = (literals_of if shipped else announcing)(pattern, resources.frequency)
            except (PatternError, ValueError) as error:
                raise CheckError(entry.check.path, line, f"{find!r}: {error}") from error
            if not necessary:
                raise CheckError(
                    entry.check.path, line, f"{find!r} holds no word that could announce it; name one word"
                )
            pair = adjoining(pattern, resources.frequency) if not any(" " in word for word in necessary) else None
            if pair is not None:
                beside.append(pair)
            else:
                literals.update(necessary)
            values.update(pattern.names.values())
            inflected = inflected or bool(pattern.lemmas)
            finds.append(Expressed(expression, pattern.lemmas, standing(pattern)))
        if not finds:
            return
        vetoes: list[str] = []
        for text in entry.exceptions:
            try:
                vetoes.append(regex(parse(text, lists, entry.check.language)))
                if not shipped:
                    compiled(vetoes[-1])
            except (PatternError, ValueError) as error:
                raise CheckError(entry.check.path, entry.line("except"), f"{text!r}: {error}") from error
        payload = PhrasePayload(said_of(entry), keys.get("marks", "match"), vetoes, finds)
        yield rule_of(
            entry,
            Rule(
                literals=tuple(sorted(literals)),
                adjoining=tuple(dict.fromkeys(beside)),
                payload=payload,
                values=frozenset(values),
                inflected=inflected,
            ),
        )

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Run the patterns of each nominated entry over its paragraph."""
        for nominee in nominees:
            if nominee.block is None:
                continue
            text = context.documents[nominee.document].blocks[nominee.block].view.text
            payload = nominee.rule.payload(PhrasePayload)
            vetoed = _Vetoes(payload.vetoes, text)
            lowered = text.lower()
            for find in payload.finds:
                if _may_match(find.strings, lowered):
                    yield from self._found(find, nominee, payload, vetoed, context)

    def _found(
        self, find: Expressed, nominee: Nominee, payload: PhrasePayload, vetoed: "_Vetoes", context: Context
    ) -> Iterator[Hit]:
        assert nominee.block is not None
        text = context.documents[nominee.document].blocks[nominee.block].view.text
        own = language(nominee.rule.check.language)
        for found in compiled(find.expression).finditer(text):
            start, end = span_of(found, "mark")
            quote = text[start:end].rstrip()
            end = start + len(quote)
            if (
                not quote
                or not own.is_whole(text, found.start(), found.end())
                or vetoed.touch(found.start(), found.end())
            ):
                continue
            if payload.marks == "block":
                start, end = 0, len(text)
            values = {key: value for key, value in found.groupdict().items() if value is not None and key != "mark"}
            if payload.said.source:
                values["source"] = payload.said.source
            lemmas = find.lemmas
            if lemmas and not values.keys() & lemmas.keys():
                values.update(_inflected(quote, lemmas, own))
            before = text[max(0, start - _WORD_BEFORE) : start].split()[-1:]
            participle = bool(before) and before[0].lower() in own.tokens.have
            hit = hit_at(nominee, payload.said, start, end, values, lemmas, context, participle=participle)
            if hit is not None:
                yield hit


def _may_match(lists: Sequence[Sequence[str]], lowered: str) -> bool:
    """Return whether a text in small letters holds a word of each list; in loops, since it is asked most of all."""
    for words in lists:
        for word in words:
            if word in lowered:
                break
        else:
            return False
    return True


def _inflected(quote: str, lemmas: Mapping[str, Sequence[str]], own: "Language") -> dict[str, str]:
    """Find the words of the quote that are forms of the unnamed lemmas, so that a correction can take their form."""
    words = quote.split()
    result: dict[str, str] = {}
    for key, candidates in lemmas.items():
        allowed = {form for lemma in candidates for form in own.forms(lemma)}
        for word in words:
            if word.lower() in allowed:
                result[key] = word
                break
    return result


_WORD_BEFORE = 80
"""Code points before a phrase in which the word before it is looked for."""


class _Vetoes:
    """Where expressions match in a text, found once for all the places that are asked about."""

    def __init__(self, expressions: Sequence[str], text: str) -> None:
        """Nothing is looked for before somebody asks."""
        self._expressions = expressions
        self._text = text

    @cached_property
    def _spans(self) -> tuple[list[int], list[int]]:
        """The starts of the matches, and for each the furthest end of it and those before it."""
        matches = (m.span() for one in self._expressions for m in compiled(one).finditer(self._text))
        spans = sorted(span for span in matches if span[0] < span[1])
        return [start for start, _ in spans], list(accumulate((end for _, end in spans), max))

    def touch(self, start: int, end: int) -> bool:
        """Return whether one of the matches shares a character with `[start, end)`."""
        if not self._expressions:
            return False
        starts, ends = self._spans
        at = bisect_left(starts, end)
        return at > 0 and ends[at - 1] > start


DETECTOR = Phrases()
