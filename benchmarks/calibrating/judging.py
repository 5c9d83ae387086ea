"""The judge's weights (which of two wordings is better), and the consent's (should what stands there change?)."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from calibrating.fitting import (
    Array,
    Point,
    binned,
    cross_validated_curve,
    curve,
    decided,
    fit,
    folds,
    interval,
    preferred,
)
from calibrating.keeping import labelled, read, save, set_levels
from corrigenda import resources
from corrigenda.engines.judge import contrasts
from corrigenda.engines.judge.judge import Judge, Place
from corrigenda.engines.models import embeddings, language_model
from corrigenda.rules.check import parse_example
from corrigenda.storage.scores import Cache

FEATURES = ("likelihood", "tokens", "length", "closeness", "wording", "rarity", "hyphens")
MARGINS = (-0.5, 0.0, 0.5, 1.0, 1.5, 2.0)


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


def cross_validated(rows: Array, articles: Array) -> Array:
    """The score of each mark by weights fitted on the other articles."""
    scores = np.zeros(len(rows))
    for article in sorted(set(articles.tolist())):
        held = articles == article
        scores[held] = rows[held] @ fit(rows[~held])
    return scores


def judge(shared: Path, write: bool) -> None:
    """Fit the preference, measure, print, and write where asked."""
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
    # A score and its sign say which wording; the probability stated is that of the one it prefers.
    points = binned(1 / (1 + np.exp(-np.abs(scores))), scores > 0, low=0.5)
    for stated, share, count in points:
        print(f"  stated {stated:.2f}: right {share:.2f} of {count}")
    weights = dict(zip(FEATURES, (round(float(w), 4) for w in fit(rows)), strict=True))
    print(json.dumps(weights))
    if write:
        fitted = {
            "weights": weights,
            "models": [language_model.DEFAULT, embeddings.DEFAULT],
            "fitted_on": "429 visible marks of 12 machine-translated articles (WMT 2021 and 2022, uk-en and "
            "ru-en): the editor's first correction against what stands there",
            "by": "benchmarks/calibrate.py judge",
            "cross_validated_by_article": measured,
            "reliability": [[round(a, 3), round(b, 3), n] for a, b, n in points],
        }
        save({**read(), "judge": fitted})


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


def pair_place(before: str, marked: str, repair: str, after: str) -> Place:
    """A marked sentence between two others, and its repair, as a place."""
    text, ((start, end),) = parse_example(marked)
    at = len(before) + 1
    repair = repair[:1].upper() + repair[1:] if text[start].isupper() else repair
    return Place(f"{before} {text} {after}", at + start, at + end, (repair,))


def pair_places() -> tuple[list[Place], list[bool], list[str]]:
    """The training pairs: the same words wrong in one sentence and fine in another."""
    places: list[Place] = []
    for row in labelled("pairs"):
        places.append(pair_place(row["before"], row["wrong"], row["repair"], row["after"]))
        places.append(pair_place(row["fine_before"], row["fine"], row["repair"], row["fine_after"]))
    names = [f"pair {number // 2}" for number in range(len(places))]
    return places, [number % 2 == 0 for number in range(len(places))], names


def consent(write: bool) -> None:
    """Fit what confirms a nominee: all differences, each with a weight of its own, and a constant."""
    data = [confusable_places(), pair_places()]
    places = [place for own, _, _ in data for place in own]
    wrong = np.array([one for _, own, _ in data for one in own])
    names = [name for _, _, own in data for name in own]
    chosen = [max(rows, key=lambda row: row["likelihood"]) for rows in load_judge().differences(places)]
    rows = np.array([[row[name] for name in FEATURES] + [1.0] for row in chosen])
    signed = rows * np.where(wrong, 1.0, -1.0)[:, None]
    fold = folds(names)
    scores = np.zeros(len(rows))
    for number in range(10):
        scores[fold == number] = rows[fold == number] @ fit(signed[fold != number])
    right = (scores > 0) == wrong
    first = len(data[0][0])
    print(
        f"{len(rows)} examples, {int((~wrong).sum())} fine; right {right.mean():.3f}, cross-validated by set and pair"
    )
    print(f"  of corpora/confusables {right[:first].mean():.3f}, of the training pairs {right[first:].mean():.3f}")
    points = _told(scores, wrong)
    weights = dict(zip((*FEATURES, "constant"), (round(float(w), 4) for w in fit(signed)), strict=True))
    print(json.dumps(weights))
    if write:
        fitted = {
            "weights": weights,
            "fitted_on": f"the {first} examples of corpora/confusables in which a frame's words stand, and the "
            f"{len(rows) - first} halves of benchmarks/calibration/pairs.jsonl; wrong and fine, own writing",
            "by": "benchmarks/calibrate.py consent",
            "right_cross_validated": round(float(right.mean()), 3),
            "reliability": [[round(a, 3), round(b, 3), n] for a, b, n in points],
        }
        save({**read(), "consent": fitted})


def _told(scores: Array, wrong: NDArray[np.bool_]) -> list[Point]:
    """Print what each margin confirms and how far the stated probabilities are true; return the latter."""
    for margin in MARGINS:
        found, passed = float((scores[wrong] >= margin).mean()), float((scores[~wrong] >= margin).mean())
        print(f"  margin {margin}: confirmed {found:.2f} of the wrong, {passed:.2f} of the fine")
    points = binned(1 / (1 + np.exp(-scores)), wrong)
    for stated, share, count in points:
        print(f"  stated {stated:.2f}: right {share:.2f} of {count}")
    return points


def contrast(write: bool) -> None:
    """Fit what a wording's own examples add to the general consent, each example judged by the others of its row."""
    known = {name: own for name, own in contrasts.contrasts().items() if not own.of}
    rows = [(own, example, wrong) for own in known.values() for wrong in (True, False) for example in _own(own, wrong)]
    places = [
        Place(example.text, example.start, example.end, (_cased(own.repair, example.text[example.start]),))
        for own, example, _ in rows
    ]
    weights = read()["consent"]["weights"]
    judge_ = load_judge()
    general = np.array(
        [
            weights["constant"] + sum(weights[name] * value for name, value in row[0].items())
            for row in judge_.differences(places)
        ]
    )
    wrong = np.array([is_wrong for _, _, is_wrong in rows])
    names = [own.id for own, _, _ in rows]
    vectors = _vectors([contrasts.surroundings(place.text, place.start, place.end) for place in places])
    table = np.zeros((len(rows), 4))
    for number, name in enumerate(names):
        others = np.array([other == name and at != number for at, other in enumerate(names)])
        bad, good = others & wrong, others & ~wrong
        level = (general[bad].mean() + general[good].mean()) / 2
        likeness = [float((own[bad] @ own[number]).mean() - (own[good] @ own[number]).mean()) for own in vectors]
        table[number] = (general[number], level, *likeness)
    scores = cross_validated_curve(table, wrong, names)
    print(f"{len(rows)} examples of {len(known)} wordings, cross-validated by wording")
    print(f"  by the general consent alone {((general > 0) == wrong).mean():.3f} right")
    print(f"  with level, passage and rest {((scores > 0) == wrong).mean():.3f} right")
    points = _told(scores, wrong)
    columns = ("general", "level", "passage", "rest", "constant")
    own_weights = dict(zip(columns, (round(float(w), 4) for w in curve(table, wrong)), strict=True))
    print(json.dumps(own_weights))
    if write:
        fitted = {
            "weights": own_weights,
            "fitted_on": f"the {len(rows)} examples of corpora/contrasts.jsonl (own writing), each judged by the "
            "others of its row",
            "by": "benchmarks/calibrate.py contrast",
            "right_cross_validated_by_wording": round(float(((scores > 0) == wrong).mean()), 3),
            "reliability": [[round(a, 3), round(b, 3), n] for a, b, n in points],
        }
        save({**read(), "contrast": fitted})
        set_levels({name: _level(general, wrong, np.array([other == name for other in names])) for name in known})


def _own(own: contrasts.Contrast, wrong: bool) -> tuple[contrasts.Example, ...]:
    return own.wrong if wrong else own.fine


def _cased(repair: str, first: str) -> str:
    return repair[:1].upper() + repair[1:] if first.isupper() else repair


def _level(general: Array, wrong: NDArray[np.bool_], own: NDArray[np.bool_]) -> float:
    return round(float(general[own & wrong].mean() + general[own & ~wrong].mean()) / 2, 3)


def _vectors(around: list[contrasts.Surroundings]) -> tuple[Array, Array]:
    encoder = embeddings.load(cache=Cache())
    return (
        np.asarray(encoder.encode([one.passage for one in around]), dtype=np.float64),
        np.asarray(encoder.encode([one.rest for one in around]), dtype=np.float64),
    )
