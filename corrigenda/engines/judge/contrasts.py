"""Wordings that are a translation's in one place and right in another, each with examples of both.

`corpora/contrasts.jsonl` holds, for each such wording, the repair and some sentences in which it is wrong and some in
which it is fine. They tell two things that no general score knows: how much likelier than what stands there this very
repair is on the whole (the level), and what the places in which the wording is wrong are about.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from corrigenda import resources

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from corrigenda.engines.models.embeddings import Encoder

_ENDS = re.compile(r"[.!?…][\"'”’)\]]*\s+|\n+")
PASSAGE = 600
"""Code points of a passage at most on each side of its place."""


class Surroundings(NamedTuple):
    """What stands around a place: its sentence with those before and after it, and the rest of its sentence."""

    passage: str
    rest: str


class Example(NamedTuple):
    """A place in a text of its own: `[start, end)` in code points."""

    text: str
    start: int
    end: int


class Contrast(NamedTuple):
    """One wording, or several that are wrong and fine alike.

    `level`: the general consent halfway between what its wrong and what its fine examples get on average, from
    benchmarks/calibrate.py. `of`: the wordings whose examples these are, where there are several.
    """

    id: str
    words: str
    repair: str
    level: float
    wrong: tuple[Example, ...]
    fine: tuple[Example, ...]
    of: tuple[str, ...] = ()


@cache
def contrasts() -> Mapping[str, Contrast]:
    """Return all contrasts by id. A row may take the examples of others (`of`) instead of having its own."""
    lines = resources.path("corpora", "contrasts.jsonl").read_text(encoding="utf-8").splitlines()
    rows = {row["id"]: row for row in (json.loads(line) for line in lines if line)}
    return {name: _contrast(row, rows) for name, row in rows.items()}


def _contrast(row: Mapping[str, Any], rows: Mapping[str, Mapping[str, Any]]) -> Contrast:
    of = tuple(row.get("of", ()))
    owners = [rows[name] for name in of] or [row]
    wrong, fine = (tuple(_example(item) for owner in owners for item in owner[kind]) for kind in ("wrong", "fine"))
    return Contrast(row["id"], row.get("words", ""), row.get("repair", ""), float(row["level"]), wrong, fine, of)


def _example(item: Mapping[str, str]) -> Example:
    before = f"{item['before']} "
    words, _, rest = item["text"].partition("⟦")
    marked, _, after = rest.partition("⟧")
    start = len(before) + len(words)
    return Example(f"{before}{words}{marked}{after} {item['after']}", start, start + len(marked))


def surroundings(text: str, start: int, end: int) -> Surroundings:
    """Return what stands around a place `[start, end)` of a text."""
    ends = [found.end() for found in _ENDS.finditer(text, max(0, start - PASSAGE), start)]
    sentence = ends[-1] if ends else max(0, start - PASSAGE)
    first = ends[-2] if len(ends) > 1 else max(0, start - PASSAGE)
    stops = [found.start() + 1 for found in _ENDS.finditer(text, end, min(len(text), end + PASSAGE))]
    stop = stops[0] if stops else min(len(text), end + PASSAGE)
    last = stops[1] if len(stops) > 1 else min(len(text), end + PASSAGE)
    return Surroundings(
        " ".join(text[first:last].split()), " ".join(f"{text[sentence:start]} {text[end:stop]}".split()) or "-"
    )


def alike(encoder: "Encoder", places: Sequence[tuple[str, Surroundings]]) -> list[tuple[float, float]]:
    """Return how much closer each (contrast, surroundings) is to the wrong examples than to the fine ones.

    Two mean cosines less two others: of the passage, and of the rest of the sentence. Raises KeyError for a contrast
    that is not there.
    """
    known = {name: contrasts()[name] for name in sorted({name for name, _ in places})}
    examples = {
        (name, kind): [surroundings(one.text, one.start, one.end) for one in getattr(contrast, kind)]
        for name, contrast in known.items()
        for kind in ("wrong", "fine")
    }
    everything = [own for _, own in places] + [one for some in examples.values() for one in some]
    texts = sorted({text for one in everything for text in (one.passage, one.rest)})
    rows = dict(zip(texts, encoder.encode(texts), strict=True))
    result: list[tuple[float, float]] = []
    for name, own in places:
        wrong, fine = examples[name, "wrong"], examples[name, "fine"]
        result.append(
            (
                _mean(rows[own.passage], [rows[one.passage] for one in wrong])
                - _mean(rows[own.passage], [rows[one.passage] for one in fine]),
                _mean(rows[own.rest], [rows[one.rest] for one in wrong])
                - _mean(rows[own.rest], [rows[one.rest] for one in fine]),
            )
        )
    return result


def _mean(own: "NDArray[np.float32]", others: "Sequence[NDArray[np.float32]]") -> float:
    return sum(float((own * other).sum()) for other in others) / len(others)
