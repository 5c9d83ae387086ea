"""Nomination: the cheap pass over every document, without a model.

Words are looked up, and one Aho-Corasick automaton holds the literals that are more than a word; scans run where a
string that they need is there; structural nominators look at lines and tokens. What they find is reduced to (rule,
block), and the rule's gate must hold in the block's text. Cost grows with the text; what is expensive grows with what
is left here.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate, chain
from typing import Any

from corrigenda.documents.document import Document
from corrigenda.expressions import compiled, lazy
from corrigenda.languages import ANY, code_of
from corrigenda.pipeline.index import Index
from corrigenda.rules.hit import Nominee
from corrigenda.rules.required import DIGIT, FOREIGN
from corrigenda.rules.rule import CompiledRule
from corrigenda.rules.structures import STRUCTURES, WITH_ARGUMENTS, Place


class Nominator:
    """Finds nominees in documents, for one index."""

    def __init__(self, index: Index, without: Collection[str] = ()) -> None:
        """Make a nominator; the rules of detectors in `without` nominate nothing."""
        off = {rule.number for rule in index.rules if rule.check.detector in without}
        if off:
            index = _without(index, off)
        self._index = index
        self._literals = [literal for literal in index.words if not _WORD.fullmatch(literal)]
        self._rules_of = [tuple(index.literals[literal]) for literal in self._literals]
        self._words: dict[str, tuple[Sequence[int], _Beside]] = {}
        self._seen = 0
        self._read = 0

    @cached_property
    def _automaton(self) -> Any:
        import ahocorasick_rs

        return ahocorasick_rs.AhoCorasick(self._literals)

    @cached_property
    def _short(self) -> Sequence[int]:
        return [number for number, literal in enumerate(self._literals) if len(literal) < _BEGINNING]

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._literals))

    def _matches(self, text: str) -> Iterable[tuple[int, int, int]]:
        """Return the literals that stand in a text, as number, start and end; they may overlap.

        Building the automaton of all literals takes longer than reading a short text. So the first texts of a run have
        one of their own, without the literals whose first characters stand nowhere in it.
        """
        self._read += len(text)
        if self._read > _LITTLE:
            return self._in_windows(text)
        import ahocorasick_rs

        numbers = [number for number in self._short if self._literals[number] in text]
        for beginning in {text[at : at + _BEGINNING] for at in range(len(text))}:
            if len(beginning) == _BEGINNING:
                first = bisect_left(self._literals, beginning)
                numbers += range(first, bisect_left(self._literals, beginning + _LAST, first))
        numbers.sort()
        if not numbers:
            return ()
        own = ahocorasick_rs.AhoCorasick([self._literals[number] for number in numbers])
        return [(numbers[n], start, end) for n, start, end in own.find_matches_as_indexes(text, overlapping=True)]

    def _in_windows(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield the literals in a text, a window after the other, since the automaton makes a list of all it finds."""
        automaton, longest = self._automaton, self._longest
        for low in range(0, len(text), _WINDOW):
            for number, start, end in automaton.find_matches_as_indexes(
                text[low : low + _WINDOW + longest] if len(text) > _WINDOW else text, overlapping=True
            ):
                if start < _WINDOW:
                    yield number, low + start, low + end

    def nominate(self, number: int, document: Document) -> list[Nominee]:
        """Return the nominees of a document, ordered by place and rule. `number` is the document's in the run."""
        blocks = document.blocks
        spoken = (ANY, code_of(document.language))
        # White space folded and in lower case, as literals and conditions want it; which block counts, not where in it.
        texts = [" ".join(block.view.text.lower().split()) for block in blocks]
        places = dict.fromkeys(chain(self._by_literal(texts), self._by_scan(document)))
        result: list[Nominee] = []
        for block, rule_number in places:
            rule = self._index.rules[rule_number]
            if rule.check.language in spoken and self._passes(rule, document, block, texts[block]):
                result.append(Nominee(rule, number, block, blocks[block].start, blocks[block].end))
        for structure, rules in self._index.structures.items():
            for rule, found in self._by_structure(structure, rules, document, spoken):
                result.extend(Nominee(rule, number, block, start, end) for block, start, end in found)
        result.sort(key=lambda nominee: (nominee.start, nominee.end, nominee.rule.number))
        return result

    def _by_structure(
        self, structure: str, rules: Sequence[int], document: Document, spoken: Sequence[str]
    ) -> Iterator[tuple[CompiledRule, Sequence[Place]]]:
        own = [rule for number in rules if (rule := self._index.rules[number]).check.language in spoken]
        if structure not in STRUCTURES:
            # deferred: only for a detector that nominates by itself
            from corrigenda.detectors.registry import detector

            for rule in own:
                yield rule, list(detector(rule.check.detector).places(document, rule))
        elif structure in WITH_ARGUMENTS:
            for rule in own:
                yield rule, list(STRUCTURES[structure](document, *rule.arguments))
        elif own and (shared := list(STRUCTURES[structure](document))):
            for rule in own:
                yield rule, shared

    def _passes(self, rule: CompiledRule, document: Document, block: int, lowered: str) -> bool:
        regions = rule.check.regions
        if regions and document.blocks[block].kind.value not in regions:
            return False
        for strings in rule.beside:
            if not _holds(lowered, strings):
                return False
        return not rule.gate or compiled(rule.gate).search(document.blocks[block].view.text) is not None

    def _by_literal(self, texts: Sequence[str]) -> Iterator[tuple[int, int]]:
        for block, text in enumerate(texts):
            runs = list(_WORD.finditer(text))
            for at, run in enumerate(runs):
                yield from ((block, rule) for rule in self._by_word(text, runs, at, run[0]))
                if not run[0].isalpha() and not run[0].isdigit():  # a unit may stand directly at its number ("10km")
                    for part in _PARTS.findall(run[0]):
                        yield from ((block, rule) for rule in self._of(part)[0])
        if self._literals:
            yield from self._by_phrase(texts)

    def _by_word(self, text: str, runs: Sequence[re.Match[str]], at: int, word: str) -> Iterator[int]:
        """Yield the rules that one word of a text nominates, by itself or with the word at its side."""
        rules, beside = self._of(word)
        yield from rules
        if not beside:
            return
        run = runs[at]
        if at + 1 < len(runs) and runs[at + 1].start() == run.end() + 1 and text[run.end()] == " ":
            yield from beside.get((1, runs[at + 1][0]), ())
        if at and runs[at - 1].end() == run.start() - 1 and text[run.start() - 1] == " ":
            yield from beside.get((-1, runs[at - 1][0]), ())

    def _of(self, word: str) -> "tuple[Sequence[int], _Beside]":
        """Return the rules that a word nominates, and those that it nominates beside another word, by the step to it
        and that word. Made when the word first stands in a text, since most never do.
        """
        if word not in self._words:
            if word not in self._index.literals and word not in self._index.adjoining:
                return (), {}
            beside: dict[tuple[int, str], list[int]] = {}
            for rule, step, others in self._index.adjoining.get(word, ()):
                for other in others.split(" "):
                    beside.setdefault((step, other), []).append(rule)
            self._words[word] = tuple(self._index.literals.get(word, ())), beside
        return self._words[word]

    def _by_phrase(self, texts: Sequence[str]) -> Iterator[tuple[int, int]]:
        text = "\n".join(texts)
        starts = list(accumulate((len(part) + 1 for part in texts), initial=0))
        rules_of, length = self._rules_of, len(text)
        block = 0
        for pattern, start, end in self._matches(text):
            if end < length and text[end].isalnum() and not (text[end - 1].isdigit() and text[end].isalpha()):
                continue
            if start and text[start - 1].isalnum() and not (text[start - 1].isdigit() and text[start].isalpha()):
                continue
            block = bisect_right(starts, start) - 1
            for rule in rules_of[pattern]:
                yield block, rule

    def _by_scan(self, document: Document) -> Iterator[tuple[int, int]]:
        views = [block.view.text for block in document.blocks]
        text = "\n".join(views)
        starts = list(accumulate((len(view) + 1 for view in views), initial=0))
        for expression, rules in self._scans_for(text):
            for found in compiled(expression).finditer(text):
                block = bisect_right(starts, found.start()) - 1
                for rule in rules:
                    yield min(block, len(views) - 1), rule

    def _scans_for(self, text: str) -> Iterator[tuple[str, Sequence[int]]]:
        """Yield the scans that may match: for the first documents by the strings they need, then by one RE2 set.

        Compiling the set takes longer than a short run, and looking for a thousand strings longer than the set.
        """
        scans = self._index.scans
        self._seen += 1
        if self._seen > _FEW and self._set is not None:
            for position in sorted(self._set.Match(text) or ()):
                yield scans[position][0], scans[position][3]
            return
        lowered = text.lower()
        for expression, hints, cased, rules in scans:
            if not hints or _holds(text if cased else lowered, hints):
                yield expression, rules

    @cached_property
    def _set(self) -> Any:
        import re2

        options = re2.Options()
        options.log_errors = False
        options.max_mem = _SET_MEMORY
        scans = re2.Set.SearchSet(options)
        for expression, *_ in self._index.scans:
            scans.Add(expression)
        try:
            scans.Compile()
        except re2.error:
            return None  # too many for its memory: each is run by itself
        return scans


_Beside = Mapping[tuple[int, str], Sequence[int]]
_WORD = re.compile(r"[^\W_]+")
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_LAST = chr(0x10FFFF)
"""Sorts behind every other character."""
_SET_MEMORY = 128 * 1024 * 1024
"""Bytes that the set of all scans may take; RE2's own limit of 8 MiB is too little for 130 expressions, of which it
needs some 20.
"""
_LITTLE = 16_000
"""Characters that are read before the automaton of all literals is built."""

_WINDOW = 200_000
"""Characters in which the automaton looks at once."""

_BEGINNING = 4
"""Characters of a literal by which it is known not to stand in a text."""

_FEW = 16
"""Documents for which scans are chosen by the strings they need."""


def _without(index: Index, off: Collection[int]) -> Index:
    def left(rules: Sequence[int]) -> list[int]:
        return [rule for rule in rules if rule not in off]

    return replace(
        index,
        literals={literal: rules for literal, own in index.literals.items() if (rules := left(own))},
        adjoining={
            literal: kept
            for literal, own in index.adjoining.items()
            if (kept := [item for item in own if item[0] not in off])
        },
        scans=[(*scan, rules) for *scan, own in index.scans if (rules := left(own))],  # type: ignore[misc]
        structures={name: rules for name, own in index.structures.items() if (rules := left(own))},
    )


def _holds(text: str, hints: Sequence[str]) -> bool:
    for hint in hints:
        if hint == DIGIT:
            if _A_DIGIT.search(text):
                return True
        elif hint == FOREIGN:
            if not text.isascii():
                return True
        elif hint in text:
            return True
    return False


_A_DIGIT = lazy(r"\d")
