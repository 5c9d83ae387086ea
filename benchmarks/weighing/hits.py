"""From texts to hits: every match of the engine that corrigenda's own filter holds for real, whatever its rule."""

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.documents.errors import Unreadable
from corrigenda.engines.grammar.filter.hits import Filter
from corrigenda.engines.grammar.filter.names import NameIndex
from corrigenda.engines.grammar.match import Match, PlacedMatch
from corrigenda.engines.grammar.policy import Entry, Policy, PolicyPayload, Target
from corrigenda.engines.grammar.variant import variant_of
from corrigenda.finding import Severity
from corrigenda.rules.hit import Hit
from corrigenda.rules.rule import CompiledCheck
from weighing.answers import Answer, Answers
from weighing.texts import Mark, Text

BATCH = 100
_THROWS = 50
_LONGEST = 20_000
_CONTEXT = 60
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_CONDITIONS = {"": "", "near": "", "far": "suggestion", "capital": "suggestion", "name": "suggestion"}
"""The filter's conditions; a word that is only a suggestion is said once in a text."""


class Row(NamedTuple):
    """One hit: where it was found, whether it lies on a mark (None in a text without marks), the share of random spans
    that would, and whether its first suggestion is what the editor wrote (None where that cannot be told).
    """

    corpus: str
    half: int
    rule: str
    category: str
    condition: str
    right: bool | None
    chance: float
    taken: bool | None
    quoted: bool
    identity: str
    context: str
    suggestion: str
    message: str

    @property
    def name(self) -> str:
        """The rule, the same for all standards of English, with the filter's condition for the speller's."""
        rule = "MORFOLOGIK_RULE_*" if self.rule.startswith("MORFOLOGIK_RULE_") else self.rule
        return f"{rule} ({self.condition})" if self.condition else rule


def rows(texts: Iterable[Text], answers: Answers) -> Iterator[tuple[Text, list[Row]]]:
    """Yield each text that can be read with its hits."""
    everything = Filter(_let_all_through(), names=NameIndex())
    source = iter(texts)
    while batch := list(islice(source, BATCH)):
        readable = [(text, document) for text in batch if (document := _read(text)) is not None]
        said = _ask([document for _, document in readable], answers)
        for (text, document), placed in zip(readable, said, strict=True):
            kinds = {match.match.rule: match.match.category for match in placed}
            hits = everything.hits(document, placed)
            yield text, [_row(text, document, hit, kinds) for hit in hits]


def _read(text: Text) -> Document | None:
    try:
        return registry.read_bytes(text.text.encode(), text.identity, text.markup)
    except Unreadable:
        return None


def _ask(documents: Sequence[Document], answers: Answers) -> list[list[PlacedMatch]]:
    """Return the engine's matches of each document; paragraphs of one standard of English are asked for together."""
    asked: dict[str, list[tuple[int, int, str]]] = {}
    for number, document in enumerate(documents):
        own = asked.setdefault(variant_of(document), [])
        for index, block in enumerate(document.blocks):
            if block.view.text.strip() and len(block.view.text) < _LONGEST:
                own.append((number, index, block.view.text))
    found: list[list[PlacedMatch]] = [[] for _ in documents]
    for variant, paragraphs in asked.items():
        said = answers.of(variant, [text for _, _, text in paragraphs])
        for (number, index, _), matches in zip(paragraphs, said, strict=True):
            found[number] += [_placed(documents[number], index, match) for match in matches if match[0] < match[1]]
    return found


def _placed(document: Document, index: int, answer: Answer) -> PlacedMatch:
    begin, end, rule, category, kind, message, suggestions = answer
    block = document.blocks[index]
    span = block.view.to_document(begin, end)
    start = span.start - block.start
    match = Match(start, start + len(span), rule, category, kind, message, suggestions)
    return PlacedMatch(index, span.start, span.end, match)


def _row(text: Text, document: Document, hit: Hit, categories: dict[str, str]) -> Row:
    rule, condition = hit.evidence["languagetool"], hit.evidence["let through"]
    suggestion = hit.corrections[0].text if hit.corrections else ""
    right, chance, taken = None, 0.0, None
    if text.marks is not None:
        spans = text.marks
        mark = best_mark(hit.start, hit.end, spans)
        right = mark is not None
        length = hit.end - hit.start
        # Seeded by the hit, so that what is thrown for one does not depend on the others.
        dice = random.Random(f"{text.identity} {hit.start} {rule}")
        throws = [dice.randrange(max(1, len(text.text) - length)) for _ in range(_THROWS)]
        chance = sum(best_mark(at, at + length, spans) is not None for at in throws) / _THROWS
        if hit.corrections and text.postedit:
            taken = _taken(text.text, hit.start, hit.end, suggestion, text.postedit)
        elif hit.corrections and mark is not None and spans[mark][2]:
            start, end, corrections = spans[mark]
            ours = text.text[start : hit.start] + suggestion + text.text[hit.end : end]
            taken = start <= hit.start and hit.end <= end and ours in corrections
    before = text.text[max(0, hit.start - _CONTEXT) : hit.start]
    context = f"{before}⟦{text.text[hit.start : hit.end]}⟧{text.text[hit.end : hit.end + _CONTEXT]}".replace("\n", "¶")
    quoted = document.quotation_at(hit.start, hit.end) is not None
    place = (text.corpus, text.half, str(rule), categories[str(rule)], str(condition))
    return Row(*place, right, chance, taken, quoted, text.identity, context, suggestion, hit.message or "")


def best_mark(start: int, end: int, marks: Sequence[Mark]) -> int | None:
    """Return the mark that at least half of `[start, end)` lies on, as measure/score.py has it."""
    best, most = None, 0.0
    for index, mark in enumerate(marks):
        common = min(end, mark[1]) - max(start, mark[0])
        if 2 * common >= end - start and common > 0 and common / (mark[1] - mark[0]) > most:
            best, most = index, common / (mark[1] - mark[0])
    return best


def _taken(text: str, start: int, end: int, suggestion: str, postedit: str) -> bool:
    """Return whether a post-edited sentence has the suggestion between the words that stand around the place."""
    before = _WORD.findall(text[:start].casefold())[-1:]
    after = _WORD.findall(text[end:].casefold())[:1]
    words = " ".join([*before, *_WORD.findall(suggestion.casefold()), *after])
    # The post-edits are tokenised: "doesn 't".
    theirs = " ".join(_WORD.findall(re.sub(r" (?=['’]\w)", "", postedit.casefold())))
    return f" {words} " in f" {theirs} "


def _let_all_through() -> Policy:
    check = CompiledCheck(
        id="benchmark/all",
        summary="",
        category="linguistic-conventions/grammar",
        severity=Severity.WARNING,
        confidence=1.0,
        message="",
        detector="grammar",
        enabled=True,
        regions=frozenset({"prose", "list", "caption", "quotation"}),
        quotations=True,
        scope="document",
        engines=frozenset(),
        requires=frozenset(),
        yields=False,
    )
    entries = tuple(Entry("*", when, severity, when) for when, severity in _CONDITIONS.items())
    return Policy([Target(check, PolicyPayload(rules=entries))])
