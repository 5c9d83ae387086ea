"""Curves and thresholds of the checks that compare: from labelled examples, through the checks themselves.

Each check runs with its threshold open over small documents made of the labelled examples, so what is fitted is what
the rule nominates; a threshold is the lowest with the stated precision, and the curve is what a finding's confidence
comes from. Nothing here looks at the measuring sets.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from calibrating.fitting import Array, binned, cross_validated_curve, curve, lowest, ranked
from calibrating.keeping import labelled, read, save, set_threshold
from corrigenda import resources
from corrigenda.documents import registry as reading
from corrigenda.engines.judge.confidence import log_odds
from corrigenda.finding import Finding
from corrigenda.pipeline.checker import Checker
from corrigenda.pipeline.compile import compile_checks
from corrigenda.pipeline.examples import findings
from corrigenda.pipeline.index import assemble
from corrigenda.rules.check import load, parse_example
from corrigenda.settings import Settings

PRECISION = 0.85
"""What a threshold asks of the labelled examples that pass it."""
OUTLYING = 0.97
"""The same for lines that do not belong to an article: real articles have far fewer of them than the labelled ones."""
HOSTS = ("wmt21.ja-en.refs", "wmt21.ru-en.refs")
"""Human translations of news, in SHARED/data/documents, that lines are put into; none is in a measuring set."""


@dataclass(frozen=True)
class Labelled:
    """One place: its scores by the open check, whether it is what the check looks for, and what decides its fold."""

    scores: dict[str, float]
    right: bool
    fold: str


def opened(check: str, options: dict[str, Any], texts: Sequence[str]) -> list[Sequence[Finding]]:
    """Run one check with other thresholds over texts, and return each one's findings."""
    folder = resources.folder("checks")
    own = load(folder / f"{check}.yaml", folder)
    other = replace(own, options={**own.options, **options})
    own = Checker(assemble([compile_checks([other])], (), ("all",)), Settings())
    documents = [reading.read_bytes(text.encode("utf-8"), f"{n}.txt", "text") for n, text in enumerate(texts)]
    return findings(own, documents)


def _scores(finding: Finding) -> dict[str, float]:
    return {name: float(value) for name, value in finding.evidence["scores"].items()}


def said_twice(shared: Path) -> list[Labelled]:
    """Pairs of sentences that say the same, or nearly."""
    rows = labelled("said")
    found = opened("cleanup/said-twice", {"close": -1.0}, [f"{row['first']}\n\n{row['second']}\n" for row in rows])
    return [Labelled(_scores(own[0]), row["same"], row["first"]) for row, own in zip(rows, found, strict=True) if own]


def one_of(shared: Path) -> list[Labelled]:
    """Pairs of sentences with two figures for one thing, or for two."""
    rows = labelled("oneof")
    found = opened("consistency/one-of", {"close": -1.0}, [f"{row['first']}\n\n{row['second']}\n" for row in rows])
    return [Labelled(_scores(own[0]), row["same"], row["first"]) for row, own in zip(rows, found, strict=True) if own]


def near_known(shared: Path) -> list[Labelled]:
    """Variants of the exemplars, and right sentences with the same words; one fold for each exemplar."""
    rows = [(row, parse_example(row[kind]), kind == "near") for row in labelled("near") for kind in ("near", "fine")]
    found = opened("artefacts/near-known", {"margin": -99.0}, [text for _, (text, _), _ in rows])
    result = []
    for (row, (_, spans), right), own in zip(rows, found, strict=True):
        start, end = spans[0]
        scores = [_scores(f) for f in own if f.start < end and start < f.end]
        if scores:
            best = max(scores, key=lambda own: log_odds("near-known", own))
            result.append(Labelled(best, right, row["exemplar"]))
    return result


def hosts(shared: Path) -> list[list[str]]:
    """Articles of nine lines and more, each source once, as lines; the first is the headline."""
    result: list[list[str]] = []
    for name in HOSTS:
        seen: set[str] = set()
        with gzip.open(shared / "data" / "documents" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                own = [line for line in row["text"].split("\n") if line.strip()]
                if len(own) >= 9 and row["doc"] not in seen:
                    seen.add(row["doc"])
                    result.append(own)
    return result


def _inserted(
    articles: Sequence[Sequence[str]], lines: Sequence[tuple[str, bool]], options: dict[str, float]
) -> list[Labelled]:
    """Put each line into an article, at its end or inside, and return what the check says of it and of other lines."""
    dice = random.Random(7)
    texts: list[str] = []
    for number, (line, _) in enumerate(lines):
        article = list(articles[number * 7 % len(articles)])
        article.insert(dice.choice([len(article), len(article), dice.randrange(2, len(article))]), line)
        texts.append("\n\n".join(article) + "\n")
    result: dict[tuple[str, str], Labelled] = {}
    for (line, right), own in zip(lines, opened("cleanup/outlier", {"thresholds": options}, texts), strict=True):
        for finding in own:
            mine = finding.quote.strip() == line.strip()
            key = (finding.quote, line if mine else "")
            scores = _scores(finding)
            result[key] = Labelled(
                {"lead": scores["to page text"] - scores["to the article"]}, right and mine, finding.quote
            )
    return list(result.values())


def page_lines(shared: Path) -> list[Labelled]:
    """Lines of pages, and lines of articles that sound like them, in real articles."""
    lines = [(row["text"], bool(row["page"])) for row in labelled("page")]
    closed = {"page": -9.0, "repeats": 9.0, "foreign": -9.0}
    return _inserted(hosts(shared), lines, closed)


def _headlines(shared: Path, name: str) -> list[Labelled]:
    """The article's own headline, another's, and what real articles end with, at the end of an article."""
    articles = hosts(shared)
    options = {
        "page": 9.0,
        "repeats": -9.0 if name == "repeats" else 9.0,
        "foreign": 9.0 if name == "foreign" else -9.0,
    }
    texts: list[tuple[str, str, bool]] = []
    for number, article in enumerate(articles):
        body = article[1:]
        other = articles[(number + len(articles) // 2) % len(articles)][0]
        texts.append(("\n\n".join([*body, article[0]]), article[0], name == "repeats"))
        texts.append(("\n\n".join([*body, other]), other, name == "foreign"))
        # The middle of an article, cut off at its end: a subheading belongs there, and no headline is repeated.
        texts += [
            ("\n\n".join([*article[1:at], article[at]]), article[at], False)
            for at in range(7, len(article))
            if article[at][-1:] not in '.!?"”’'
        ]
    result = []
    found = opened("cleanup/outlier", {"thresholds": options}, [text + "\n" for text, _, _ in texts])
    for (_, line, right), own in zip(texts, found, strict=True):
        for finding in own:
            if finding.quote.strip() == line.strip():
                scores = _scores(finding)
                home, near = scores["to the article"], scores["to its nearest paragraph"]
                close = home if name == "repeats" else max(home, near - 0.1)
                result.append(Labelled({"to the article": close}, right, line))
    return result


def headlines_again(shared: Path) -> list[Labelled]:
    """An article's headline once more at its end."""
    return _headlines(shared, "repeats")


def headlines_foreign(shared: Path) -> list[Labelled]:
    """Another article's headline at the end."""
    return _headlines(shared, "foreign")


@dataclass(frozen=True)
class Curve:
    """How one check is calibrated.

    Attributes:
        places: Its labelled places.
        thresholds: Checks and the names of the threshold in their files.
        fitted_on: What the places are, in words.
        features: The scores that the curve weighs.
        precision: What the threshold asks of the labelled places that pass it.
        of: What the threshold is a limit of: the one score ("score"), the least of it ("most"), or the log-odds.
    """

    places: Callable[[Path], list[Labelled]]
    thresholds: tuple[tuple[str, str], ...]
    fitted_on: str
    features: tuple[str, ...] = ("closeness",)
    precision: float = PRECISION
    of: str = "score"


CURVES = {
    "said-twice": Curve(
        said_twice,
        (("cleanup/said-twice", "close"), ("cleanup/said-twice-across-documents", "close")),
        "pairs of sentences (own writing; those that the rule nominates of 100 that say the same, 100 that nearly do)",
        precision=0.9,
    ),
    "one-of": Curve(
        one_of,
        (("consistency/one-of", "close"),),
        "pairs of sentences (own writing; those that the rule nominates of 50 that contradict each other, 50 that do "
        "not)",
    ),
    "near-known": Curve(
        near_known,
        (("artefacts/near-known", "margin"),),
        "sentences (own writing; those that the rule nominates of 120 variants of 38 exemplars, 120 right uses of "
        "their words)",
        features=("wording", "surroundings", "at home"),
        precision=0.8,
        of="log-odds",
    ),
    "page-line": Curve(
        page_lines,
        (("cleanup/outlier", "page"),),
        "lines (those that the rule nominates of 120 page lines and 100 look-alikes, own writing, put into 74 human "
        "translations of news, and those articles' own)",
        features=("lead",),
        precision=OUTLYING,
    ),
    "headline-again": Curve(
        headlines_again,
        (("cleanup/outlier", "repeats"),),
        "lines (headlines of 74 human translations of news at the end of their own article, against others' and the "
        "articles' own lines there)",
        features=("to the article",),
        precision=OUTLYING,
    ),
    "headline-foreign": Curve(
        headlines_foreign,
        (("cleanup/outlier", "foreign"),),
        "lines (headlines of 74 human translations of news at the end of another article, against their own and the "
        "articles' own lines there)",
        features=("to the article",),
        precision=OUTLYING,
        of="most",
    ),
}


def calibrate(shared: Path, write: bool) -> None:
    """Fit all curves, print them with what each threshold lets through, and write them where asked."""
    data = read()
    curves = {name: calibrated(name, own, shared, write) for name, own in CURVES.items()}
    if write:
        save({**data, "curves": curves})


def calibrated(name: str, own: Curve, shared: Path, write: bool) -> dict[str, Any]:
    """Fit one curve, print and return it; `write` puts its threshold into the checks' files."""
    places = own.places(shared)
    rows: Array = np.array([[place.scores[feature] for feature in own.features] for place in places])
    right = np.array([place.right for place in places])
    weights = curve(rows, right)
    log_odds_held = cross_validated_curve(rows, right, [place.fold for place in places])
    stated = 1 / (1 + np.exp(-log_odds_held))
    sign = -1.0 if own.of == "most" else 1.0
    scores = log_odds_held if own.of == "log-odds" else sign * rows[:, 0]
    limit = lowest(scores, right, own.precision, 0.1 if own.of == "log-odds" else 0.01)
    passed = scores >= limit - 1e-9
    brier, base = float(((stated - right) ** 2).mean()), float(right.mean() * (1 - right.mean()))
    points = binned(stated, right)
    print(f"{name}: {len(places)} nominated, {int(right.sum())} right; weights {weights.round(2).tolist()}")
    area = ranked(log_odds_held, right)
    print(f"  area under the curve {area:.3f}; Brier score {brier:.3f}, of the base rate {base:.3f}")
    print(f"  threshold {sign * limit:g}: {int(passed.sum())} pass, {int((passed & right).sum())} right")
    for at in np.quantile(scores, (0.2, 0.4, 0.6, 0.8, 0.9)):
        print(f"    from {sign * at:.2f}: {int((scores >= at).sum())}, {int((right & (scores >= at)).sum())} right")
    for mean, share, count in points:
        print(f"  stated {mean:.2f}: right {share:.2f} of {count}")
    if write:
        for check, key in own.thresholds:
            set_threshold(check, key, sign * limit)
    return {
        "weights": {feature: round(float(w), 3) for feature, w in zip(own.features, weights[:-1], strict=True)},
        "constant": round(float(weights[-1]), 3),
        "fitted_on": f"{len(places)} {own.fitted_on}",
        "by": "benchmarks/calibrate.py checks",
        "area_under_the_curve": round(area, 3),
        "brier_score": round(brier, 3),
        "brier_score_of_the_base_rate": round(base, 3),
        "reliability": [[round(a, 3), round(b, 3), n] for a, b, n in points],
    }
