"""Hits become findings: the one place where masks, quotations, settings and messages are applied.

Whatever found a hit (a rule, an engine, a comparison of documents), its finding is made here.
"""

from collections.abc import Callable, Sequence

from corrigenda.documents import characters
from corrigenda.documents.document import Document
from corrigenda.documents.parts import RegionKind
from corrigenda.finding import KEY, LOOK_UP, Applicability, Correction, Finding, fingerprint, shortened
from corrigenda.pipeline.fitting import fitted
from corrigenda.pipeline.seams import sewn
from corrigenda.rules.hit import Hit
from corrigenda.settings import Settings

_NEIGHBOURHOOD = 60
"""Code points on each side of a finding that go into its fingerprint."""


def finding_of(document: Document, hit: Hit, settings: Settings) -> Finding | None:
    """Return the finding of a hit, or None where it is masked, or the settings do not want it."""
    if hit.start >= hit.end or document.is_masked(hit.start, hit.end):
        return None
    marked = document.text[hit.start : hit.end]
    if characters.plain(marked).casefold() in settings.words or not settings.is_on(hit.check.id, document.path):
        return None
    hit = fitted(document, hit)
    start, end = hit.start, hit.end
    quote = document.text[start:end]
    block = document.block_at(start)
    in_quotation = document.quotation_at(start, end) is not None or (
        block is not None and document.blocks[block].kind is RegionKind.QUOTATION
    )
    if in_quotation and not hit.check.quotations:
        return None
    corrections = hit.corrections
    message = message_of(hit, _as_read(document, block, start, end))
    if in_quotation or not hit.check.vouched:
        corrections = tuple(
            Correction(c.text, Applicability.UNSAFE) if c.applicability is Applicability.SAFE else c
            for c in corrections
        )
    if in_quotation and any(character.isalnum() for character in quote):  # nobody said a punctuation mark
        message += LOOK_UP
    corrections = tuple(_sewn(document, start, end, c) for c in corrections)
    if document.touches(RegionKind.LABEL, start, end):
        if not any(map(str.isalnum, quote)) or any(c.applicability is Applicability.SAFE for c in hit.corrections):
            return None  # tidied on one side alone, the link would lead nowhere
        corrections = tuple(c._replace(applicability=Applicability.DISPLAY_ONLY) for c in corrections)
        message += KEY
    line, column, label = document.locate(start)
    return Finding(
        check=hit.check.id,
        category=hit.category or hit.check.category,
        severity=settings.severity_of(hit.check.id, hit.severity or hit.check.severity, document.path),
        confidence=hit.confidence if hit.confidence is not None else hit.check.confidence,
        start=start,
        end=end,
        line=line,
        column=column,
        quote=quote,
        message=message,
        evidence=hit.evidence,
        variants=hit.variants,
        in_quotation=in_quotation,
        corrections=corrections,
        label=label,
        source_span=hit.source_span,
    )


def _as_read(document: Document, block: int | None, start: int, end: int) -> str:
    """Return what stands in `[start, end)` as its reader sees it where the file has tags there, or is a translation,
    whose strings have escapes and go on in the next line; else as it is.
    """
    if block is None or end > document.blocks[block].end:
        return document.text[start:end]
    own = document.blocks[block].unit is not None or document.embedded or document.regions_of(RegionKind.MARKUP)
    if own:
        view = document.blocks[block].view
        shown = view.span_of(start, end)
        if shown:
            return view.text[shown.start : shown.end]
    return document.text[start:end]


def _sewn(document: Document, start: int, end: int, correction: Correction) -> Correction:
    """Return a correction with the markup that stands between its words; advice where that cannot be."""
    if correction.applicability is Applicability.DISPLAY_ONLY:
        return correction
    text = sewn(document, start, end, correction.text)
    if text is None:
        return correction._replace(applicability=Applicability.DISPLAY_ONLY)
    return correction._replace(text=text)


def message_of(hit: Hit, quote: str) -> str:
    """Return a hit's message with its placeholders filled: the hit's own template, or else the check's."""
    template = hit.message or hit.check.message or hit.check.summary
    values = {**hit.values, "quote": shortened(quote)}
    usable = [c.text for c in hit.corrections if c.applicability is not Applicability.DISPLAY_ONLY]
    if "{correction}" in template and not usable:
        template = template.partition(";")[0]  # advice stands beside the message, and is not what English says
    values["correction"] = usable[0] if usable else ""
    for key, value in values.items():
        template = template.replace("{" + key + "}", value)
    return template if template.endswith((".", "?", "!")) else template + "."


def fingerprinted(
    document: Document, findings: Sequence[Finding], first_id: Callable[[str], str] = str
) -> list[Finding]:
    """Give findings their fingerprints, equal places numbered in the document's order.

    `first_id` returns the id under which a check was first published, so that a renamed check keeps its fingerprints.
    """
    result: list[Finding] = []
    seen: dict[str, int] = {}
    for finding in sorted(findings, key=lambda f: f.sort_key):
        block = document.block_at(finding.start)
        low, high = 0, len(document.text)
        if block is not None:  # what stands in other paragraphs is edited without this place being touched
            low, high = document.blocks[block].start, max(document.blocks[block].end, finding.end)
        before = document.text[max(low, finding.start - _NEIGHBOURHOOD) : finding.start]
        after = document.text[finding.end : min(high, finding.end + _NEIGHBOURHOOD)]
        identity = first_id(finding.check)
        base = fingerprint(identity, finding.quote, before, after)
        occurrence = seen.get(base, 0)
        seen[base] = occurrence + 1
        if occurrence:
            base = fingerprint(identity, finding.quote, before, after, occurrence)
        result.append(finding._replace(fingerprint=base))
    return result
