"""Nomination: the cheap pass over every document, without a model.

One Aho-Corasick automaton holds every literal of every check; scans run where a string that they need is there;
structural nominators look at lines and tokens. What they find is reduced to (rule, block), and the rule's gate must
hold in the block's text. Cost grows with the text at memory speed; everything dearer grows with what is left here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

from corrigenda.detectors.base import CompiledRule, Nominee
from corrigenda.documents.base import READABLE, Document
from corrigenda.hints import DIGIT, FOREIGN
from corrigenda.index import Index
from corrigenda.lazy import lazy
from corrigenda.linear import compiled
from corrigenda.structure import STRUCTURES

_BLOCK_KINDS = frozenset(kind.value for kind in READABLE)


class Nominator:
    """Finds nominees in documents, for one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._literals = sorted(index.literals)
        self._rules_of = [tuple(index.literals[literal]) for literal in self._literals]

    @cached_property
    def _automaton(self) -> Any:
        import ahocorasick_rs

        return ahocorasick_rs.AhoCorasick(self._literals)

    def nominate(self, number: int, document: Document) -> list[Nominee]:
        """Return the nominees of a document, ordered by place and rule. `number` is the document's in the run."""
        lowered = _lowered(document.text)
        places: dict[tuple[int | None, int], tuple[int, int]] = {}
        for rule_number, start, end in chain(self._by_literal(lowered), self._by_scan(document.text, lowered)):
            block = document.block_at(start)
            if block is not None:
                places.setdefault((block, rule_number), (start, end))
        result: list[Nominee] = []
        views: dict[int, str] = {}
        for (block, rule_number), (start, end) in places.items():
            rule = self._index.rules[rule_number]
            assert block is not None
            if self._passes(rule, document, block, views):
                result.append(Nominee(rule, number, block, start, end))
        for structure, rules in self._index.structures.items():
            for rule_number in rules:
                rule = self._index.rules[rule_number]
                for block, start, end in STRUCTURES[structure](document, rule.payload):
                    result.append(Nominee(rule, number, block, start, end))
        result.sort(key=lambda nominee: (nominee.start, nominee.end, nominee.rule.number))
        return result

    def _passes(self, rule: CompiledRule, document: Document, block: int, views: dict[int, str]) -> bool:
        kind = document.blocks[block].kind.value
        if rule.check.regions and kind not in rule.check.regions:
            return False
        if rule.beside:
            if block not in views:
                views[block] = document.blocks[block].view.text.lower()
            if not all(_holds(views[block], strings) for strings in rule.beside):
                return False
        return not rule.gate or compiled(rule.gate).search(document.blocks[block].view.text) is not None

    def _by_literal(self, text: str) -> Iterator[tuple[int, int, int]]:
        if not self._literals:
            return
        rules_of, length = self._rules_of, len(text)
        for pattern, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            # A unit may stand directly at its number ("10km").
            if end < length and text[end].isalnum() and not (text[end - 1].isdigit() and text[end].isalpha()):
                continue
            if start and text[start - 1].isalnum() and not (text[start - 1].isdigit() and text[start].isalpha()):
                continue
            for rule in rules_of[pattern]:
                yield rule, start, end

    def _by_scan(self, text: str, lowered: str) -> Iterator[tuple[int, int, int]]:
        for expression, hints, cased, rules in self._index.scans:
            if hints and not _holds(text if cased else lowered, hints):
                continue
            for found in compiled(expression).finditer(text):
                for rule in rules:
                    yield rule, found.start(), found.end()


def _lowered(text: str) -> str:
    low = text.lower()
    if len(low) != len(text):
        # A few capitals (İ) become two characters; positions must not move.
        low = "".join(one if len(one := character.lower()) == 1 else character for character in text)
    return low


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


Structure = Callable[[Document, Mapping[str, Any]], Iterable[tuple[int | None, int, int]]]
