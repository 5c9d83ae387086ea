"""Detector `placement`: lines that stand where no copy belongs.

`kind: caption` marks photo captions that were scraped into the body; `kind: headline` marks a line at the end of the
document that is written like a headline: no final mark, several words, and prose before it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, Required, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.documents.document import Document
from corrigenda.documents.parts import RegionKind
from corrigenda.finding import Correction
from corrigenda.languages import any_language
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Key
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check


_CREDIT = "This is a credit line, not part of the story; keep it where the house prints its credits, or remove it."
_LABEL = "Sites of other countries label their captions; in English a caption begins with what is seen."
_ODD_CREDIT = "This is not how English credits a picture: write “{correction}”."
_STRUCTURES = {"caption": "captions", "headline": "last-blocks"}
_END = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
_WORD: re.Pattern[str] = re.compile(r"[^\W\d_][\w'’-]*")


Kind = Literal["caption", "headline"]


class PlacementKeys(TypedDict, total=False):
    """The keys of a check."""

    kind: Required[Kind]
    blocks: Annotated[int, Key("blocks at the end of a document in which a headline is looked for", least=1)]


class PlacementPayload(NamedTuple):
    """What is looked for."""

    kind: Kind


class Placement(Detector):
    """Lines that stand where no copy belongs."""

    name = "placement"
    scope = "document"
    options = PlacementKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the one rule of the check's kind."""
        keys = check.keys(PlacementKeys)
        kind = keys["kind"]
        arguments = (keys.get("blocks", 4),) if kind == "headline" else ()
        return [Rule(structure=_STRUCTURES[kind], arguments=arguments, payload=PlacementPayload(kind))]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Confirm each nominated block."""
        for nominee in nominees:
            if nominee.block is None:
                continue
            document = context.documents[nominee.document]
            if nominee.rule.payload(PlacementPayload).kind == "caption":
                if document.within(RegionKind.IMAGE, nominee.start, nominee.end):
                    continue  # an image's own text: the picture is right here
                odd = list(_odd_parts(nominee, document))
                yield from odd
                if not odd and any(block.kind is RegionKind.PROSE for block in document.blocks):
                    text = document.text[nominee.start : nominee.end].strip()
                    credit = any_language(document.language).captions.source.match(text) is not None
                    message = _CREDIT if credit else ""
                    yield Hit(nominee.rule.check, nominee.document, nominee.start, nominee.end, message=message)
            elif _is_stray_headline(document, nominee.block):
                first = document.blocks[0].view.text
                evidence = {
                    "words shared with the first line": _shared(first, document.blocks[nominee.block].view.text)
                }
                yield Hit(nominee.rule.check, nominee.document, nominee.start, nominee.end, evidence=evidence)


def _odd_parts(nominee: Nominee, document: Document) -> Iterator[Hit]:
    """Yield what of a caption is written as another language's sites write it: its label, its credit.

    The rest may be a good caption, so it is not marked.
    """
    assert nominee.block is not None
    check, number = nominee.rule.check, nominee.document
    known = any_language(document.language).captions
    view = document.blocks[nominee.block].view
    label = known.odd_label.match(view.text)
    if label is not None and view.text[label.end() :].strip():
        span = view.to_document(*label.span())
        correction = Correction(known.credit_label if label["credit"] else "")
        message = _ODD_CREDIT if label["credit"] else _LABEL
        yield Hit(check, number, span.start, span.end, (correction,), message=message)
    credit = known.odd_credit.search(view.text)
    if credit is not None and (label is None or label.end() <= credit.start()):
        label_only = credit["label"] is not None
        span = view.to_document(*credit.span("label" if label_only else 0))
        whole = known.credited.format(name=" ".join(credit["name"].split()))
        correction = Correction(known.credit_label if label_only else whole)
        yield Hit(check, number, span.start, span.end, (correction,), message=_ODD_CREDIT)


def _is_stray_headline(document: Document, number: int) -> bool:
    """A headline says something in five to twenty words, without a final mark, after prose and with no prose below it.

    A heading of a marked-up format is none: there somebody said that it is one.
    """
    block = document.blocks[number]
    text = block.view.text.strip()
    if block.kind not in (RegionKind.PROSE, RegionKind.HEADING) or (
        block.kind is RegionKind.HEADING and document.format != "text"
    ):
        return False
    words = _WORD.findall(text)
    if not 5 <= len(words) <= 20 or _END.search(text) or "\n" in text or not text[:1].isalnum():
        return False
    if any(b.kind is RegionKind.PROSE and _END.search(b.view.text.strip()) for b in document.blocks[number + 1 :]):
        return False
    before = [b for b in document.blocks[:number] if b.kind is RegionKind.PROSE]
    ended = [b for b in before if _END.search(b.view.text.strip())]
    # Where half of the lines before have no final mark, it is a list, a poem or a transcript.
    if len(ended) < 3 or len(ended) < 0.8 * len(before):
        return False
    return len([word for word in words if word[:1].islower()]) >= 2


def _shared(first: str, text: str) -> int:
    def content(line: str) -> set[str]:
        return {word.lower() for word in _WORD.findall(line) if len(word) > 3}

    return len(content(first) & content(text))


DETECTOR = Placement()
