"""Fit and measure the comparisons: the judge's weights, and the thresholds of the checks that compare.

``judge`` fits the weights on the visible marks of ``articles/dev-*.json`` (what stands there against the editor's first
correction), cross-validated by article, with a bootstrap interval over articles and marks, and writes
``corpora/comparisons.json`` and the reliability plot ``docs/reliability.svg``. Development: those twelve articles for
the weights; the counts in ``corpora/wording.tsv`` come from other documents (benchmarks/derive_wording.py); which
differences to use was chosen on the same articles, so the cross-validated figure is a little too good.

``thresholds`` shows, for ``sense`` and ``outlier``, what each threshold lets through in native news (all of it wrong)
and finds in the project's own examples.

Usage: ``python benchmarks/calibrate.py judge|thresholds SHARED [--write]``; scores are cached as in any run.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zlib
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from corrigenda import resources
from corrigenda.check import load, parse_example
from corrigenda.comparing.judge import Judge, Place
from corrigenda.documents import reading
from corrigenda.engine import Engine
from corrigenda.examples import run
from corrigenda.index import _assemble, compile_checks
from corrigenda.models import embeddings, language_model
from corrigenda.models.cache import Cache
from corrigenda.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
FEATURES = ("likelihood", "tokens", "length", "closeness", "wording", "rarity", "hyphens")
RIDGE = 1.0
"""Strength of the pull to zero, on differences scaled to unit variance."""
RESAMPLES = 2000

Array = NDArray[np.float64]


def load_judge() -> Judge:
    """The judge with the default models and the user's cache."""
    cache = Cache()
    encoder = embeddings.load(cache=cache)
    return Judge(language_model.load(cache=cache), encoder)


def marks(shared: Path) -> tuple[list[Place], list[int], list[str]]:
    """The visible marks with a correction: places, their articles' numbers, and their kinds."""
    places: list[Place] = []
    articles: list[int] = []
    kinds: list[str] = []
    for number, path in enumerate(sorted((shared / "articles").glob("dev-*.json"))):
        data = json.loads(path.read_text(encoding="utf-8"))
        for mark in sorted(data["artefacts"], key=lambda m: (m["start"], m["end"])):
            if mark["visible"] and mark["corrections"]:
                places.append(Place(data["text"], mark["start"], mark["end"], (mark["corrections"][0],), number))
                articles.append(number)
                kinds.append(mark["category"])
    return places, articles, kinds


def fit(rows: Array, ridge: float = RIDGE) -> Array:
    """Logistic regression without a constant on rows that are all "repair minus error", so that it is antisymmetric."""
    scale = rows.std(axis=0) + 1e-9
    scaled = rows / scale
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-scaled @ weights))
        gradient = scaled.T @ (1 - p) - ridge * weights
        curvature = (scaled * (p * (1 - p))[:, None]).T @ scaled + ridge * np.eye(len(weights))
        step = np.linalg.solve(curvature, gradient)
        weights += step
        if float(np.abs(step).max()) < 1e-8:
            break
    return np.asarray(weights / scale)


def cross_validated(rows: Array, articles: Array, ridge: float = RIDGE) -> Array:
    """The score of each mark by weights fitted on the other articles."""
    scores = np.zeros(len(rows))
    for article in sorted(set(articles.tolist())):
        held = articles == article
        scores[held] = rows[held] @ fit(rows[~held], ridge)
    return scores


def preferred(scores: Array) -> float:
    """The share in which the repair is preferred; a tie counts half."""
    return float((scores > 0).mean() + 0.5 * (scores == 0).mean())


def decided(scores: Array) -> float:
    """The same on the fifth with the largest absolute scores."""
    order = np.argsort(-np.abs(scores), kind="stable")
    return preferred(scores[order[: len(scores) // 5]])


def interval(scores: Array, articles: Array, what: Any) -> tuple[float, float]:
    """A 95% bootstrap interval: articles drawn with replacement, then marks inside each."""
    dice = np.random.default_rng(20)
    by = [np.flatnonzero(articles == article) for article in sorted(set(articles.tolist()))]
    values = []
    for _ in range(RESAMPLES):
        drawn = [by[i] for i in dice.integers(0, len(by), len(by))]
        chosen = np.concatenate([dice.choice(own, len(own)) for own in drawn])
        values.append(what(scores[chosen]))
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def reliability(scores: Array) -> list[tuple[float, float, int]]:
    """For tenths of the stated probability of the preferred wording: mean stated, share right, number."""
    stated = 1 / (1 + np.exp(-np.abs(scores)))
    right = scores > 0
    result = []
    for low in np.arange(0.5, 1.0, 0.1):
        inside = (stated >= low) & ((stated < low + 0.1) | (low > 0.85))
        if inside.any():
            result.append((float(stated[inside].mean()), float(right[inside].mean()), int(inside.sum())))
    return result


def plot(points: list[tuple[float, float, int]]) -> str:
    """The reliability plot as SVG: stated probability across, share right upwards, the diagonal is perfect."""

    def x(value: float) -> float:
        return round(60 + (value - 0.4) / 0.6 * 320, 1)

    def y(value: float) -> float:
        return round(340 - (value - 0.4) / 0.6 * 320, 1)

    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 390" font-family="sans-serif" font-size="11" '
        'role="img" aria-label="Reliability of the judge">',
        '<rect width="400" height="390" fill="#fff"/>',
        f'<line x1="{x(0.4)}" y1="{y(0.4)}" x2="{x(1)}" y2="{y(1)}" stroke="#999" stroke-dasharray="4 3"/>',
    ]
    for tick in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0):
        parts.append(f'<text x="{x(tick)}" y="357" text-anchor="middle">{tick}</text>')
        parts.append(f'<text x="52" y="{y(tick) + 4}" text-anchor="end">{tick}</text>')
        parts.append(f'<line x1="60" y1="{y(tick)}" x2="380" y2="{y(tick)}" stroke="#eee"/>')
    path = " ".join(f"{x(stated)},{y(max(0.4, share))}" for stated, share, _ in points)
    parts.append(f'<polyline points="{path}" fill="none" stroke="#1f5f99" stroke-width="1.5"/>')
    for stated, share, count in points:
        parts.append(f'<circle cx="{x(stated)}" cy="{y(max(0.4, share))}" r="4" fill="#1f5f99"/>')
        parts.append(f'<text x="{x(stated)}" y="{y(max(0.4, share)) - 8}" text-anchor="middle">{count}</text>')
    parts.append('<text x="220" y="380" text-anchor="middle">stated probability</text>')
    parts.append('<text x="14" y="180" text-anchor="middle" transform="rotate(-90 14 180)">share right</text></svg>')
    return "\n".join(parts) + "\n"


def judge(shared: Path, write: bool) -> None:
    """Fit, measure, print, and write where asked."""
    places, numbers, kinds = marks(shared)
    table = load_judge().differences(places)
    rows = np.array([[row[0][name] for name in FEATURES] for row in table])
    articles = np.array(numbers)
    scores = cross_validated(rows, articles)
    measured = {
        "marks": len(rows),
        "preferred": round(preferred(scores), 3),
        "preferred_interval": [round(v, 3) for v in interval(scores, articles, preferred)],
        "most_decided_fifth": round(decided(scores), 3),
        "most_decided_fifth_interval": [round(v, 3) for v in interval(scores, articles, decided)],
    }
    print(json.dumps(measured))
    for name in FEATURES:
        print(f"  {name} alone: {preferred(rows[:, FEATURES.index(name)]):.3f}")
    for name in FEATURES:
        kept = [i for i, own in enumerate(FEATURES) if own != name]
        without = cross_validated(rows[:, kept], articles)
        print(f"  without {name}: {preferred(without):.3f} {decided(without):.3f}")
    by_kind: defaultdict[str, list[float]] = defaultdict(list)
    for kind, score in zip(kinds, scores, strict=True):
        by_kind[kind].append(score)
    for kind, own in sorted(by_kind.items(), key=lambda item: -len(item[1])):
        print(f"  {kind}: {preferred(np.array(own)):.2f} of {len(own)}")
    points = reliability(scores)
    for stated, share, count in points:
        print(f"  stated {stated:.2f}: right {share:.2f} of {count}")
    weights = dict(zip(FEATURES, (round(float(w), 4) for w in fit(rows)), strict=True))
    print(json.dumps(weights))
    if write:
        data = read()
        data |= {
            "judge": {
                "weights": weights,
                "models": [language_model.DEFAULT, embeddings.DEFAULT],
                "fitted_on": "429 visible marks of 12 machine-translated articles (WMT 2021 and 2022, uk-en and "
                "ru-en): the editor's first correction against what stands there",
                "by": "benchmarks/calibrate.py judge",
                "cross_validated_by_article": measured,
                "reliability": [[round(a, 3), round(b, 3), n] for a, b, n in points],
            }
        }
        save(data)
        (ROOT / "docs" / "reliability.svg").write_text(plot(points), encoding="utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=("judge", "consent", "thresholds"))
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true", help="write corpora/comparisons.json and the plot")
    arguments = parser.parse_args()
    if arguments.what == "judge":
        judge(arguments.shared, arguments.write)
    elif arguments.what == "consent":
        consent(arguments.write)
    else:
        thresholds(arguments.shared)


def read() -> dict[str, Any]:
    """What corpora/comparisons.json holds."""
    loaded: dict[str, Any] = json.loads(resources.path("corpora", "comparisons.json").read_text(encoding="utf-8"))
    return loaded


def save(data: dict[str, Any]) -> None:
    """Write corpora/comparisons.json."""
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    resources.path("corpora", "comparisons.json").write_text(text, encoding="utf-8", newline="\n")


def confusable_places() -> tuple[list[Place], list[bool], list[str]]:
    """The examples of corpora/confusables with a frame's words in them: places, whether they are wrong, their sets."""
    places: list[Place] = []
    wrong: list[bool] = []
    sets: list[str] = []
    for path in sorted(resources.path("corpora", "confusables").glob("*.yaml")):
        for confusable in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["sets"]:
            examples = confusable["examples"]
            texts = [(item["text"], True) for item in examples["wrong"]] + [(text, False) for text in examples["fine"]]
            for marked, is_wrong in texts:
                text, spans = parse_example(marked)
                for frame in confusable["frames"]:
                    found = re.search(rf"\b{re.escape(frame['wrong'])}\b", text, re.IGNORECASE)
                    if found is None or (spans and found.span() != spans[0]):
                        continue
                    capital = text[found.start()].isupper()
                    rights = tuple(r[:1].upper() + r[1:] if capital else r for r in frame["right"][:2])
                    places.append(Place(text, *found.span(), rights))
                    wrong.append(is_wrong)
                    sets.append(confusable["id"])
                    break
    return places, wrong, sets


def consent(write: bool) -> None:
    """Fit what confirms a nominee: likelihood, closeness and the rest of the judge's sum, with a constant."""
    places, wrong, sets = confusable_places()
    weights = read()["judge"]["weights"]
    chosen = [max(rows, key=lambda row: row["likelihood"]) for rows in load_judge().differences(places)]
    rest = [name for name in FEATURES if name not in ("likelihood", "closeness")]
    rows = np.array(
        [[r["likelihood"], r["closeness"], sum(weights[n] * r[n] for n in rest), 1.0] for r in chosen], dtype=float
    )
    sign = np.where(np.array(wrong), 1.0, -1.0)[:, None]
    fold = np.array([zlib.crc32(name.encode()) % 10 for name in sets])
    scores = np.zeros(len(rows))
    for number in range(10):
        scores[fold == number] = rows[fold == number] @ fit((rows * sign)[fold != number])
    right = float(((scores > 0) == np.array(wrong)).mean())
    fine = scores[~np.array(wrong)]
    likelihood, closeness, others, constant = (float(w) for w in fit(rows * sign))
    print(f"{len(rows)} examples, {len(fine)} of them fine; right {right:.3f}, cross-validated by set")
    for margin in (-0.5, 0.0, 0.5, 1.0, 1.5, 2.0):
        found = float((scores[np.array(wrong)] >= margin).mean())
        passed = float((fine >= margin).mean())
        print(f"  margin {margin}: confirmed {found:.2f} of the wrong, {passed:.2f} of the fine")
    result = {"likelihood": likelihood, "closeness": closeness, "constant": constant}
    result |= {name: others * weights[name] for name in rest}
    print(result)
    if write:
        save(
            read()
            | {
                "consent": {
                    "weights": {name: round(value, 4) for name, value in sorted(result.items())},
                    "fitted_on": f"the {len(rows)} examples of corpora/confusables in which a frame's words stand, "
                    "wrong and fine (own writing)",
                    "by": "benchmarks/calibrate.py consent",
                    "right_cross_validated_by_set": round(right, 3),
                }
            }
        )


def thresholds(shared: Path) -> None:
    """Show what the thresholds of the comparing checks let through: native news (all wrong) and the marked articles."""
    for name in ("native-news", "articles"):
        folder = shared / "measure" / "sets" / name
        rows = [json.loads(line) for line in (folder / "texts.jsonl").read_text(encoding="utf-8").splitlines()]
        spans: dict[str, Any] = {}
        if (folder / "gold.jsonl").is_file():
            gold = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
            spans = {row["id"]: row["spans"] for row in gold}
        words = sum(len(row["text"].split()) for row in rows)
        print(f"{name}: {words} words")
        for check, score in SCORES.items():
            found = [
                (value, any(2 * (min(end, b[1]) - max(start, b[0])) >= end - start for b in spans.get(key, ())))
                for key, value, start, end in _scored(check, score, rows)
            ]
            for limit in LIMITS[check]:
                kept = [right for value, right in found if value >= limit]
                print(f"  {check} at {limit}: {len(kept)} ({1000 * len(kept) / words:.2f}), {sum(kept)} on a mark")


SCORES = {
    "artefacts/confusable-sense": "consent",
    "cleanup/said-twice": "closeness",
    "artefacts/near-known": "closeness",
}
LIMITS = {
    "artefacts/confusable-sense": (-5.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0),
    "cleanup/said-twice": (0.7, 0.8, 0.85, 0.88, 0.92),
    "artefacts/near-known": (0.6, 0.7, 0.75, 0.8, 0.9),
}
_OPEN = {
    "artefacts/confusable-sense": {"compare": {"margin": -50.0}},
    "cleanup/said-twice": {"close": -1.0},
    "artefacts/near-known": {"close": -1.0},
}


def _scored(check: str, score: str, rows: list[dict[str, Any]]) -> list[tuple[str, float, int, int]]:
    """Run one check with its threshold open over texts: each finding's text, score and place."""
    folder = resources.folder("checks")
    own = load(folder / f"{check}.yaml", folder)
    opened = replace(own, options={**own.options, **_OPEN[check]})
    engine = Engine(_assemble([compile_checks([opened])], (), ("all",)), Settings())
    documents = [reading.read_bytes(row["text"].encode("utf-8"), f"{n}.txt", "text") for n, row in enumerate(rows)]
    return [
        (row["id"], float(finding.evidence["scores"][score]), finding.start, finding.end)
        for row, findings in zip(rows, run(engine, documents), strict=True)
        for finding in findings
    ]


if __name__ == "__main__":
    sys.exit(main())
