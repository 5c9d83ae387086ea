"""The weights of the detector `unlikely`: which words of marked articles an editor changed.

Fitted on the words of ``articles`` and of ``world`` without the articles that are put aside, each article scored by
weights fitted on the others; the last lines are of what is put aside, and of native news.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from calibrating.fitting import Array, curve
from calibrating.keeping import ROOT
from corrigenda.detectors.unlikely import FEATURES, Word, readable, words_of
from corrigenda.documents import registry
from corrigenda.engines.models import language_model
from corrigenda.languages import language
from corrigenda.storage.scores import Cache

SEEN = ("articles", "world")
PUT_ASIDE = ("04-", "05-", "13-", "14-")
NATIVE = 40
"""Texts of native news that are read."""
FOLDS = 6
RIDGE = 1.0
PER_TEXT = (0.015, 0.025, 0.035, 0.05)
"""Shares of the words of all texts that are marked, for the table."""


class Text(NamedTuple):
    """A text: its set and id, the text that was read, its words, and for each the number of its mark, -1 for none."""

    set: str
    id: str
    text: str
    words: list[Word]
    marks: NDArray[np.int64]
    marked: int


def calibrate(shared: Path, write: bool) -> None:
    """Fit the weights, print what they are worth, and write them where wanted."""
    texts = list(_texts(shared))
    fitted = [t for t in texts if t.set in SEEN and not t.id.startswith(PUT_ASIDE)]
    scores: dict[int, Array] = {}
    for fold in range(FOLDS):
        own = fitted[fold::FOLDS]
        weights = _fit([t for t in fitted if all(t is not other for other in own)])
        scores |= {id(t): _scores(t, weights) for t in own}
    weights = _fit(fitted)
    others = [t for t in texts if id(t) not in scores]
    scores |= {id(t): _scores(t, weights) for t in others}
    everything = np.concatenate([scores[id(t)] for t in fitted])
    for share in PER_TEXT:
        margin = float(np.quantile(everything, 1 - share))
        print(f"the likeliest {share:.1%} of words, margin {margin:.2f}:")
        for name, chosen in (
            ("articles", [t for t in fitted if t.set == "articles"]),
            ("world", [t for t in fitted if t.set == "world"]),
            ("put aside", [t for t in others if t.set == "world"]),
            ("native-news", [t for t in others if t.set == "native-news"]),
        ):
            print(f"  {name}: {_worth(chosen, scores, margin)}")
    if write:
        data = {
            "weights": {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=False)},
            "constant": round(float(weights[-1]), 4),
            "model": "smollm2-135m",
            "fitted_on": f"{sum(len(t.words) for t in fitted):,} words of {len(fitted)} machine-translated articles",
        }
        target = ROOT / "corpora" / "unlikely.json"
        target.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def _texts(shared: Path) -> Iterator[Text]:
    model, own = language_model.load(cache=Cache()), language("en")
    for name in (*SEEN, "native-news"):
        folder = shared / "measure" / "sets" / name
        gold: dict[str, list[Any]] = {}
        if (folder / "gold.jsonl").is_file():
            gold = {row["id"]: row["spans"] for row in _lines(folder / "gold.jsonl")}
        for number, row in enumerate(_lines(folder / "texts.jsonl")):
            if name == "native-news" and number >= NATIVE:
                break
            kind = "markdown" if row["id"].endswith(".md") else "text"
            document = registry.read_bytes(row["text"].encode("utf-8"), row["id"], kind)
            text, blocks = readable(document)
            words = words_of(text, model.read(text), own)
            marks = np.full(len(words), -1)
            block = 0
            for place, word in enumerate(words):
                while block + 1 < len(blocks) and blocks[block + 1][0] <= word.start:
                    block += 1
                at, index = blocks[block]
                span = document.blocks[index].view.to_document(word.start - at, word.end - at)
                for mark, (start, end, *_) in enumerate(gold.get(row["id"], ())):
                    if span.start < end and start < span.end:
                        marks[place] = mark
            yield Text(name, row["id"], text, words, marks, len(gold.get(row["id"], ())))


def _lines(path: Path) -> Iterator[Any]:
    with path.open(encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def _is_word(word: Word) -> bool:
    return word.text[0].isalpha()


def _fit(texts: Sequence[Text]) -> Array:
    """Return the weights and, last, the constant of a logistic regression with a small pull to zero."""
    words = [(w.features, m >= 0) for t in texts for w, m in zip(t.words, t.marks, strict=True) if _is_word(w)]
    return curve(np.array([features for features, _ in words]), np.array([right for _, right in words]), RIDGE)


def _scores(text: Text, weights: Array) -> Array:
    values = np.array([w.features for w in text.words]) @ weights[:-1] + weights[-1]
    return np.where([_is_word(w) for w in text.words], values, -np.inf)


def _worth(texts: Sequence[Text], scores: dict[int, Array], margin: float) -> str:
    places = right = words = 0
    found: set[tuple[str, int]] = set()
    for text in texts:
        last = -2
        for number, score in enumerate(scores[id(text)]):
            words += _is_word(text.words[number])
            if score < margin:
                continue
            mark = int(text.marks[number])
            if last + 1 != number:
                places += 1
                right += mark >= 0
            last = number
            if mark >= 0:
                found.add((text.id, mark))
    marked = sum(t.marked for t in texts)
    if not marked:
        return f"{1000 * places / max(1, words):.1f} places in a thousand words"
    return f"{places} places, {right / max(1, places):.2f} right, {len(found) / marked:.3f} of {marked} marks found"
