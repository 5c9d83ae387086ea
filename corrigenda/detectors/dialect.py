"""Detector `dialect`: British and American spelling in one text.

The words are in corpora/dialects.tsv. Where the configuration says which English is wanted (en-GB, en-US …), the
other's spellings are marked; otherwise those of the minority, when the majority is sure. Capitalised words
inside a sentence are names (the Pearl Harbor of history, the Labour Party) and count for nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.documents.document import Document
from corrigenda.expressions import compiled
from corrigenda.finding import Correction
from corrigenda.languages import language
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check


_ENOUGH = 2
"""Words of the majority that must stand in the text before the minority is marked; twice as many as of that, too."""


_Places = dict[str, list[tuple[Nominee, int, int, str]]]
"""By dialect, its words in a document: what nominated each, where it stands, and the word."""


class DialectKeys(TypedDict):
    """A check has no keys of its own."""


class DialectPayload(NamedTuple):
    """A dialect, and its words with what the other writes instead."""

    dialect: str
    words: Mapping[str, str]


class Dialect(Detector):
    """British and American spelling in one text."""

    name = "dialect"
    scope = "document"
    values = frozenset(("dialect", "other"))
    options = DialectKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return a rule for each dialect, with every form of its words and their counterparts."""
        return [
            Rule(
                literals=tuple(sorted(words)),
                gate=r"(?i)\b(?:" + "|".join(sorted(words)) + r")\b",
                payload=DialectPayload(dialect, dict(sorted(words.items()))),
            )
            for dialect, words in sorted(resources.language.dialects.tables().items())
        ]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Count the words of both dialects in each document, and mark those of the one that is not wanted."""
        known = language(nominees[0].rule.check.language).dialects
        wanted = known.wanted(str(context.settings.get("language", "auto")))
        by_document: dict[int, _Places] = {}
        for nominee in nominees:
            dialect = nominee.rule.payload(DialectPayload).dialect
            places = by_document.setdefault(nominee.document, {}).setdefault(dialect, [])
            places.extend(_places(nominee, context))
        for number, places_of in sorted(by_document.items()):
            counts = {dialect: len(places_of.get(dialect, ())) for dialect in known.labels}
            other = _minority(counts, wanted)
            if other is None:
                continue
            best = next(dialect for dialect in known.labels if dialect != other)
            document = context.documents[number]
            for nominee, start, end, word in places_of[other]:
                counterpart = nominee.rule.payload(DialectPayload).words[word.lower()]
                if word[:1].isupper():
                    counterpart = counterpart[:1].upper() + counterpart[1:]
                yield Hit(
                    check=nominee.rule.check,
                    document=number,
                    start=start,
                    end=end,
                    corrections=(Correction(counterpart),),
                    values={"dialect": known.labels[other], "other": known.labels[best]},
                    evidence=_evidence(places_of, counts, document, known.labels),
                )


def _minority(counts: dict[str, int], wanted: str) -> str | None:
    """Return the dialect whose words are to be marked, None for neither."""
    for other in counts:
        best = next(dialect for dialect in counts if dialect != other)
        if wanted:
            if other != wanted and counts[other]:
                return other
        elif counts[other] and counts[best] >= max(_ENOUGH, 2 * counts[other]):
            return other
    return None


def _places(nominee: Nominee, context: Context) -> Iterable[tuple[Nominee, int, int, str]]:
    if nominee.block is None:
        return
    document = context.documents[nominee.document]
    view = document.blocks[nominee.block].view
    own = language(nominee.rule.check.language)
    for found in compiled(nominee.rule.gate).finditer(view.text):
        word = found.group(0)
        if not own.is_whole(view.text, *found.span()):
            continue
        before = view.text[: found.start()].rstrip("“\"‘'( ")
        if word[:1].isupper() and before and before[-1] not in ".!?:…”":
            continue
        if word.isupper():
            continue
        span = view.to_document(*found.span())
        if document.quotation_at(span.start, span.end) is None:
            yield nominee, span.start, span.end, word


def _evidence(
    places: _Places, counts: dict[str, int], document: Document, labels: Mapping[str, str]
) -> dict[str, dict[str, Any]]:
    return {
        "counts": {labels[dialect]: count for dialect, count in counts.items()},
        "words": {
            labels[dialect]: sorted({word.lower() for _, _, _, word in found})[:8]
            for dialect, found in sorted(places.items())
        },
        "lines": {
            labels[dialect]: document.places(start for _, start, _, _ in found)[:8]
            for dialect, found in sorted(places.items())
        },
    }


DETECTOR = Dialect()
