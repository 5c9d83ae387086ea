"""What the judge of a large language model says of corrigenda's own findings, on recorded answers.

Every finding that it may be asked about is put to it, whether or not the reader would have named the place too. A
finding is right when at least half of it lies on one mark of an editor; in native news none is.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from calibrating.reading import mark_at
from calibrating.texts import NATIVE, SETS, lines
from corrigenda.documents import registry
from corrigenda.engines.llm.judging import Judge
from corrigenda.engines.llm.own import case_of, offered
from corrigenda.engines.llm.policy import reviewed
from corrigenda.engines.llm.recorded import Recorded
from corrigenda.engines.llm.work import Work
from corrigenda.engines.names import NameIndex
from corrigenda.finding import Finding, Severity
from corrigenda.pipeline.checker import checker
from corrigenda.pipeline.reviewing import may_be_asked
from corrigenda.pipeline.run import check_documents
from corrigenda.settings import Settings

NEWS = 30
"""Texts of native news, spread over the set."""


class Place(NamedTuple):
    """A finding, whether it is right, and what the judge says: None where it is not asked, -1 for no answer."""

    set: str
    finding: Finding
    right: bool
    judged: float | None


def show(shared: Path, answers: Path, model: str, leave_out: tuple[str, ...]) -> None:
    """Print what the findings are worth before and after, and what of them the judge is asked about."""
    places, words = measured(shared, answers, model, leave_out)
    unanswered = sum(1 for place in places if place.judged == -1)
    if unanswered:
        print(f"{unanswered} findings without an answer; answer what is in {answers}/requests")
    for severity in (Severity.WARNING, Severity.SUGGESTION):
        asked = [p for p in places if p.finding.severity is severity and p.judged is not None]
        print(f"{severity.value}s that the judge is asked about: " + _sets(asked) + "; by what it says:")
        for low, high in ((0.0, 0.05), (0.05, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 0.95), (0.95, 1.01)):
            own = [p for p in asked if p.judged is not None and low <= p.judged < high]
            print(f"  {low:.2f} to {min(high, 1):.2f}: " + _sets(own))
    for name in SETS:
        print(f"{name}, {words[name]:,} words:")
        for least in (Severity.WARNING, Severity.SUGGESTION):
            before = [p for p in places if p.set == name and p.finding.severity.rank >= least.rank]
            after = [p for p in places if p.set == name and (own := _after(p)) is not None and own.rank >= least.rank]
            print(f"  {least.value}: before {_figures(before, words[name])}, after {_figures(after, words[name])}")


def measured(shared: Path, answers: Path, model: str, leave_out: tuple[str, ...]) -> tuple[list[Place], dict[str, int]]:
    """Return the findings in the texts of the sets, and the words of each set."""
    places: list[Place] = []
    words = dict.fromkeys(SETS, 0)
    settings = Settings()
    judge = Judge(Work(Recorded(answers).ask, None, requests=1), model)
    with checker(settings) as own:
        for name in SETS:
            folder = shared / "measure" / "sets" / name
            gold = {row["id"]: row["spans"] for row in lines(folder / "gold.jsonl")}
            for row in _rows(folder, name, leave_out):
                kind = "markdown" if str(row["id"]).endswith(".md") else "text"
                document = registry.read_bytes(row["text"].encode("utf-8"), str(row["id"]), kind)
                words[name] += len(row["text"].split())
                findings = check_documents(own, [document]).documents[0].findings
                asked = [f for f in findings if may_be_asked(f, document.path, own.index.checks, settings)]
                cases = [case_of(document, f, NameIndex()) for f in asked]
                put = [(f, case) for f, case in zip(asked, cases, strict=True) if case is not None]
                (values,) = judge.judged([[case for _, case in put]])
                said = {id(f): -1.0 if value is None else value for (f, _), value in zip(put, values, strict=True)}
                spans = gold.get(row["id"], [])
                places += [
                    Place(name, f, mark_at(f.start, f.end, spans) is not None, said.get(id(f))) for f in findings
                ]
    return places, words


def _rows(folder: Path, name: str, leave_out: tuple[str, ...]) -> list[dict[str, Any]]:
    rows = [row for row in lines(folder / "texts.jsonl") if not str(row["id"]).startswith(leave_out or ("\0",))]
    return rows[:: max(1, len(rows) // NEWS)][:NEWS] if name == NATIVE else rows


def _after(place: Place) -> Severity | None:
    """Return what a finding is once the judge has spoken."""
    finding = place.finding
    if place.judged is None or place.judged < 0:
        return finding.severity
    return reviewed(finding.severity, finding.confidence, place.judged, offered=bool(offered(finding)))[0]


def _sets(places: list[Place]) -> str:
    """Return how many findings of each set are right."""
    own = {name: [place.right for place in places if place.set == name] for name in SETS}
    return ", ".join(f"{name} {sum(rights)} of {len(rights)} right" for name, rights in own.items())


def _figures(places: list[Place], words: int) -> str:
    right = sum(place.right for place in places)
    return f"{len(places)} ({right} right, {1000 * len(places) / max(1, words):.2f} per 1,000 words)"
