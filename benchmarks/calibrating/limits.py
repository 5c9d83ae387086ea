"""What other thresholds would let through: in native news, where all of it is wrong, and in the marked articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from calibrating.checks import opened

SCORES = {
    "artefacts/confusable-sense": "consent",
    "artefacts/in-context": "consent",
    "cleanup/said-twice": "closeness",
    "consistency/one-of": "closeness",
}
LIMITS = {
    "artefacts/confusable-sense": (-5.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0),
    "artefacts/in-context": (-5.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0),
    "cleanup/said-twice": (0.7, 0.8, 0.85, 0.88, 0.92),
    "consistency/one-of": (0.4, 0.5, 0.6, 0.65, 0.7),
}
_OPEN: dict[str, dict[str, Any]] = {
    "artefacts/confusable-sense": {"compare": {"margin": -5.0}},
    "artefacts/in-context": {"compare": {"margin": -5.0}},
    "cleanup/said-twice": {"close": -1.0},
    "consistency/one-of": {"close": -1.0},
}


def show(shared: Path) -> None:
    """Print how much of each check's nominees each threshold lets through, and how much of it is on a mark."""
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
                (float(own.evidence["scores"][score]), _marked(own.start, own.end, spans.get(row["id"], ())))
                for row, findings in zip(rows, opened(check, _OPEN[check], [r["text"] for r in rows]), strict=True)
                for own in findings
            ]
            for limit in LIMITS[check]:
                kept = [right for value, right in found if value >= limit]
                print(f"  {check} at {limit}: {len(kept)} ({1000 * len(kept) / words:.2f}), {sum(kept)} on a mark")


def _marked(start: int, end: int, spans: Any) -> bool:
    return any(2 * (min(end, last) - max(start, first)) >= end - start for first, last, *_ in spans)
