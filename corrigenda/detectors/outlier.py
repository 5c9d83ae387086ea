"""Detector `outlier`: lines that do not belong to the article.

A line is compared with the rest of the article and with corpora/boilerplate.jsonl. A line of the page is close to the
one and far from the other; a headline at the end is written like one, and is either about something else or says once
more what the whole article says. Short documents and lists are not judged.
"""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypedDict

from corrigenda import resources as content
from corrigenda.detectors.detector import Detector
from corrigenda.documents.document import Document
from corrigenda.engines.judge.confidence import confidence
from corrigenda.finding import Applicability, Correction
from corrigenda.languages import any_language
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Key, Share
from corrigenda.rules.rule import CompileResources, Rule
from corrigenda.rules.structures import BODY, ends_sentence

if TYPE_CHECKING:
    from corrigenda.rules.check import Check


UNPUNCTUATED = 0.3
"""Share of lines without a full stop from which on a document is no article."""
LEAST_BODY = 4
"""Paragraphs of some length that an article needs before a line can be said to stand apart from them."""


@cache
def boilerplate() -> tuple[tuple[str, str], ...]:
    """Return the text and kind of each line of corpora/boilerplate.jsonl."""

    lines = content.path("corpora", "boilerplate.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line]
    return tuple((row["text"], row["kind"]) for row in rows)


class Thresholds(TypedDict):
    """Cosines from which on a line does not belong."""

    page: Annotated[float, Key(least=-2, most=2)]
    repeats: Share
    foreign: Share


class OutlierKeys(TypedDict):
    """The keys of a check."""

    thresholds: Annotated[
        Thresholds,
        Key(
            "cosines: how much closer to page text than to the article, closeness of a headline that says the article "
            "over again, closeness below which a headline is another story's"
        ),
    ]


class OutlierPayload(NamedTuple):
    """The thresholds of the check."""

    page: float
    repeats: float
    foreign: float


class Outlier(Detector):
    """Lines that do not belong to the article."""

    name = "outlier"
    scope = "document"
    engines = ("embeddings",)
    values = frozenset(("what",))
    options = OutlierKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the structural rule; the words of boilerplate tell which lines are worth a comparison."""
        known = sorted({stem for text, _ in boilerplate() for stem in resources.language.stems(text)})
        payload = OutlierPayload(**check.keys(OutlierKeys)["thresholds"])
        return [Rule(structure="odd-lines", arguments=(known,), payload=payload)]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Compare each nominated line with its article and with boilerplate, article by article."""
        by_document: dict[int, list[Nominee]] = {}
        for nominee in nominees:
            by_document.setdefault(nominee.document, []).append(nominee)
        for number in sorted(by_document):
            document = context.documents[number]
            if document.is_documentation or document.is_collection:  # its parts are about different things
                continue
            yield from _judged(number, by_document[number], context)


def _judged(number: int, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
    import numpy as np

    document = context.documents[number]
    body = [i for i, block in enumerate(document.blocks) if len(block.view.text) >= BODY]
    stems = any_language(document.language).stems
    own_words = set().union(*(stems(_text(document, nominee)) for nominee in nominees))
    # A line that shares no word with another is never close enough to it; so most need not be encoded.
    known = [(text, kind) for text, kind in boilerplate() if own_words & stems(text)] or [("", "")]
    texts = [document.blocks[i].view.text for i in body] + [_text(document, n) for n in nominees]
    rows = context.comparisons.encode(number, [*texts, *(text for text, _ in known)], places=len(nominees))
    if rows is None:
        return
    article, lines, page = rows[: len(body)], rows[len(body) : len(texts)], rows[len(texts) :]
    for nominee, line in zip(nominees, lines, strict=True):
        others = np.asarray([i != nominee.block for i in body])
        if others.sum() < LEAST_BODY:
            continue
        # Sums over rows, not matrix products: those round differently with the number of rows.
        centre = article[others].mean(axis=0)
        centre /= np.sqrt((centre * centre).sum())
        home = float((centre * line).sum())
        nearest = max(float((own * line).sum()) for own in article[others])
        closest = [float((own * line).sum()) for own in page]
        best = int(np.argmax(closest))
        hit = _hit(nominee, document, home, nearest, closest[best], known[best])
        if hit is not None:
            yield hit


def _text(document: Document, nominee: Nominee) -> str:
    assert nominee.block is not None
    return document.blocks[nominee.block].view.text


def _hit(
    nominee: Nominee, document: Document, home: float, nearest: float, page: float, like: tuple[str, str]
) -> Hit | None:
    assert nominee.block is not None
    limits = nominee.rule.payload(OutlierPayload)
    text = _text(document, nominee)
    scores = {
        "to the article": round(home, 2),
        "to its nearest paragraph": round(nearest, 2),
        "to page text": round(page, 2),
    }
    headline = (
        nominee.block >= document.text_blocks - 3
        and _like_headline(text, any_language(document.language).speakers)
        and not _unpunctuated(document)
    )
    if page - home >= limits.page:
        reason = f"it is close to lines that pages carry (“{like[0]}”) and far from the rest of the article"
        what, sure = "is a line of the page, not of the article", confidence("page-line", {"lead": page - home})
        evidence: dict[str, Any] = {"comparison": reason, "kind": like[1], "scores": scores}
    elif headline and home >= limits.repeats:
        what, sure = (
            "is a headline after the end of the article",
            confidence("headline-again", {"to the article": home}),
        )
        evidence = {
            "comparison": "it says once more what the article says, in the form of a headline",
            "scores": scores,
        }
    elif headline and (far := max(home, nearest - 0.1)) <= limits.foreign:
        what, sure = "is the headline of another story", confidence("headline-foreign", {"to the article": far})
        evidence = {"comparison": "nothing in the article is about this", "scores": scores}
    else:
        return None
    return Hit(
        check=nominee.rule.check,
        document=nominee.document,
        start=nominee.start,
        end=nominee.end,
        corrections=(Correction("", Applicability.UNSAFE),),
        values={"what": what},
        evidence=evidence,
        confidence=sure,
    )


def _like_headline(text: str, speakers: frozenset[str]) -> bool:
    """Five to twenty words, a capital first, no full stop, and nobody who speaks of himself or to the reader."""
    words = text.split()
    if not 5 <= len(words) <= 20 or ends_sentence(text) or not text.lstrip("“\"'‘«")[:1].isupper():
        return False
    return not speakers.intersection(word.strip(",;:!?“”\"'‘’").lower() for word in words)


def _unpunctuated(document: Document) -> bool:
    """Return whether so many lines lack a full stop that one more at the end says nothing: a list, verse, a chat."""
    lines = [block.view.text for block in document.blocks[1:-3]]
    return sum(not ends_sentence(line) for line in lines) > UNPUNCTUATED * len(lines)


DETECTOR = Outlier()
