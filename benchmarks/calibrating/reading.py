"""How sure a large language model's places are: fitted on recorded answers, by article, and held against native news.

A place counts as right when at least half of it lies on one mark of an editor (as score.py has it); in native news none
is. The curve takes what the reader says of itself and what the judge says, as log-odds. Every figure is of articles
that the curve was not fitted on.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from calibrating.fitting import Array, curve
from calibrating.texts import NATIVE, SETS, texts
from corrigenda import resources
from corrigenda.engines.llm.context import profiles
from corrigenda.engines.llm.kinds import NAMES
from corrigenda.engines.llm.policy import density, features
from corrigenda.engines.llm.reading import Model, read
from corrigenda.engines.llm.recorded import Recorded
from corrigenda.engines.llm.work import Work
from corrigenda.engines.names import NameIndex

RIDGE = 15.0
"""Strength of the pull to zero: some kinds have five places."""
PRECISION = 0.8
"""Least precision of warnings on each set of marked texts."""
WARNINGS, SUGGESTIONS = 0.5, 3.0
"""Most findings in 1,000 words of native news, at warning and from suggestion on: less than is asked (0.8 and 4), since
other texts are not these.
"""


class Place(NamedTuple):
    """A place of the model: where, what both roles say, whether it is right, and whether its first correction is the
    editor's (None where the place is not exactly a mark with a correction).
    """

    set: str
    text: str
    sure: int
    judged: float
    right: bool
    mark: int | None
    first: bool | None
    kind: str
    density: float


class Measured(NamedTuple):
    """All places, with the words and marks of each set, as far as its texts were answered.

    `told` are the marks that the reader was told are marked already: they are found, and it need not name them.
    """

    places: list[Place]
    words: dict[str, int]
    marks: dict[str, int]
    texts: dict[str, int]
    told: set[tuple[str, str, int]]


def measured(shared: Path, answers: Path, model: str) -> Measured:
    """Return what a model says of the texts of the sets that have all their answers in a folder."""
    found = Measured([], dict.fromkeys(SETS, 0), dict.fromkeys(SETS, 0), dict.fromkeys(SETS, 0), set())
    asked = Model(Work(Recorded(answers).ask, None, requests=1), model, profile=profiles()["news"])
    for text in texts(shared, answers, SETS):
        name, spans = text.set, text.spans
        came = read([text.document], asked, NameIndex(), [text.known])
        if came.unread or came.unanswered:
            continue
        found.words[name] += len(re.findall(r"\w+", text.text))
        found.marks[name] += len(spans)
        found.texts[name] += 1
        at = [mark_at(mark.start, mark.end, spans) for mark in text.known.marks]
        found.told.update((name, text.id, mark) for mark in at if mark is not None)
        dense = density(len(came.said), text.text)
        for said in came.said:
            place = said.found
            mark = mark_at(place.start, place.end, spans)
            exact = mark is not None and [place.start, place.end] == spans[mark][:2] and bool(spans[mark][5])
            first = said.corrections[0] in spans[mark][5] if exact and said.corrections and mark is not None else None
            judged = said.judged if said.judged is not None else 0.5
            found.places.append(
                Place(name, text.id, place.sure, judged, mark is not None, mark, first, place.kind, dense)
            )
    return found


def calibrate(shared: Path, answers: Path, model: str, write: bool) -> None:
    """Print what the fitted curve is worth on articles that it has not seen, and write it where that was asked."""
    data = measured(shared, answers, model)
    if not data.places:
        raise SystemExit(f"no text has all its answers in {answers}")
    rows = np.array(
        [[*features(p.sure, p.judged, p.density).values(), *(float(p.kind == k) for k in NAMES)] for p in data.places]
    )
    right = np.array([p.right for p in data.places])
    texts = np.array([f"{p.set} {p.text}" for p in data.places])
    unseen = np.zeros(len(rows))
    for text in sorted(set(texts)):
        others = texts != text
        unseen[~others] = _probabilities(rows[~others], curve(rows[others], right[others], RIDGE))
    print(", ".join(f"{name}: {data.texts[name]} texts, {data.words[name]:,} words" for name in SETS))
    print(f"{'bar':>5} " + " ".join(f"{name:>28}" for name in SETS) + "  first correction")
    for bar in (0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9):
        print(
            f"{bar:5.2f} "
            + " ".join(f"{_row(data, unseen >= bar, name):>28}" for name in SETS)
            + _first(data, unseen >= bar)
        )
    warning = _lowest(data, unseen, WARNINGS, PRECISION)
    suggestion = min(warning, _lowest(data, unseen, SUGGESTIONS, 0.0))
    weights = curve(rows, right, RIDGE)
    print(f"warning from {warning:.2f}, suggestion from {suggestion:.2f}")
    for kind in sorted({p.kind for p in data.places}):
        own = [p for p, value in zip(data.places, unseen, strict=True) if p.kind == kind and value >= suggestion]
        marked = [p for p in own if p.set != NATIVE]
        share = sum(p.right for p in marked) / len(marked) if marked else 0.0
        print(
            f"  {kind:14} {len(marked):4} in marked texts, {share:.2f} right, {len(own) - len(marked):3} in native news"
        )
    if write:
        path = resources.path("corpora", "prompts", "bars.json")
        kept: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        names = [*features(50, None, 0.0), *(f"kind {kind}" for kind in NAMES), "constant"]
        kept["weights"] = {name: round(float(value), 3) for name, value in zip(names, weights, strict=True)}
        kept |= {"suggestion": round(suggestion, 2), "warning": round(warning, 2)}
        path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8", newline="\n")


def _probabilities(rows: Array, weights: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-(rows @ weights[:-1] + weights[-1]))))


def _row(data: Measured, kept: Array, name: str) -> str:
    own = [p for p, keep in zip(data.places, kept, strict=True) if keep and p.set == name]
    if name == NATIVE:
        return f"{1000 * len(own) / max(1, data.words[name]):.2f} per 1,000 words"
    hit = len({(name, p.text, p.mark) for p in own if p.right} | {told for told in data.told if told[0] == name})
    right = sum(p.right for p in own)
    return f"{right / len(own) if own else 0:.2f} right, {hit / max(1, data.marks[name]):.2f} found"


def _first(data: Measured, kept: Array) -> str:
    judged = [p.first for p, keep in zip(data.places, kept, strict=True) if keep and p.first is not None]
    return f"  {sum(judged)} of {len(judged)}"


def _lowest(data: Measured, values: Array, most: float, precision: float) -> float:
    """Return the lowest bar with at most so many findings in native news and so much precision on marked texts."""
    for bar in np.arange(0.2, 0.96, 0.01):
        kept = [p for p, value in zip(data.places, values, strict=True) if value >= bar]
        marked = [p for p in kept if p.set != NATIVE]
        native = 1000 * (len(kept) - len(marked)) / max(1, data.words[NATIVE])
        shares = [sum(own) / len(own) for name in SETS if (own := [p.right for p in marked if p.set == name])]
        if native <= most and all(share >= precision for share in shares):
            return float(bar)
    return 0.96


def mark_at(start: int, end: int, spans: list[Any]) -> int | None:
    """Return which of an editor's marks a place lies on with at least half of it, None for none."""
    best, most = None, 0.0
    for number, span in enumerate(spans):
        common = min(end, span[1]) - max(start, span[0])
        if 2 * common >= end - start and common > 0 and common / (span[1] - span[0]) > most:
            best, most = number, common / (span[1] - span[0])
    return best
