"""Findings of corrigenda's own, as the judge is asked about them, and what it makes of them."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from corrigenda.documents.document import Document
from corrigenda.engines.engine import Case, Opinion
from corrigenda.engines.llm import judge, policy
from corrigenda.engines.llm.judging import Judge
from corrigenda.engines.llm.names import changes_a_name
from corrigenda.engines.llm.tally import Tally
from corrigenda.engines.names import NameOracle
from corrigenda.finding import Applicability, Finding


class Opinions(NamedTuple):
    """What the judge makes of findings, None of those on which it has none; and whether it was asked at all."""

    opinions: list[Opinion | None]
    asked: bool


def opinions_on(cases: Sequence[Case], asked: Judge, names: NameOracle, tally: Tally) -> Opinions:
    """Return what the judge makes of findings, counted in `tally`. Raises nothing for what a server does.

    What was asked when the reader named the same words with the same correction is not asked again.
    """
    places = [case_of(case.document, case.finding, names) for case in cases]
    said: list[float | None] = [None if place is None else asked.known(place) for place in places]
    left = [n for n, place in enumerate(places) if place is not None and said[n] is None]
    groups = [list(own) for _, own in groupby(left, key=lambda n: id(cases[n].document))]
    missing = asked.missing.copy()
    values = asked.judged([[place for n in group if (place := places[n]) is not None] for group in groups])
    tally.unasked += asked.missing - missing
    for group, own in zip(groups, values, strict=True):
        for number, value in zip(group, own, strict=True):
            said[number] = value
    tally.not_judged += sum(said[n] is None for n in left)
    result = [
        None if value is None else _opinion(case.finding, value, tally) for case, value in zip(cases, said, strict=True)
    ]
    return Opinions(result, any(place is not None for place in places))


def _opinion(finding: Finding, judged: float, tally: Tally) -> Opinion:
    severity, confidence = policy.reviewed(finding.severity, finding.confidence, judged, offered=bool(offered(finding)))
    tally.judged += 1
    if severity is not finding.severity:
        tally.changed[finding.severity, severity, finding.check] += 1
    return Opinion(severity, confidence, f"{round(100 * judged)} of 100")


def case_of(document: Document, finding: Finding, names: NameOracle) -> judge.Case | None:
    """Return a finding as a place with what should stand there; None where the judge cannot be asked about it.

    It cannot where the place lies in no paragraph or in two, or where the correction changes a name: of names the name
    index knows more.
    """
    number = document.block_at(finding.start)
    if number is None or finding.end > document.blocks[number].end:
        return None
    view = document.blocks[number].view
    shown = view.span_of(finding.start, finding.end)
    if len(shown) == 0:
        return None
    text = offered(finding)
    if text and changes_a_name(document, finding.start, finding.end, text, names):
        return None
    return judge.Case(view.text, shown.start, shown.end, text)


def offered(finding: Finding) -> str:
    """Return the correction that the judge is shown, the first; "" for none, or where the place is to be left out."""
    return next((c.text for c in finding.corrections if c.applicability is not Applicability.DISPLAY_ONLY), "")
