"""Where fitted numbers are kept: corpora/comparisons.json, and the thresholds in the checks' own files."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from corrigenda import resources

ROOT = Path(__file__).resolve().parent.parent.parent
LABELLED = ROOT / "benchmarks" / "calibration"
"""Own writing, labelled by its writers; docs/comparisons.md says how each file was made."""


def labelled(name: str) -> list[dict[str, Any]]:
    """The rows of one file of labelled examples."""
    lines = (LABELLED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def read() -> dict[str, Any]:
    """What corpora/comparisons.json holds."""
    loaded: dict[str, Any] = json.loads(resources.path("corpora", "comparisons.json").read_text(encoding="utf-8"))
    return loaded


def save(data: dict[str, Any]) -> None:
    """Write corpora/comparisons.json."""
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    resources.path("corpora", "comparisons.json").write_text(text, encoding="utf-8", newline="\n")


def set_threshold(check: str, name: str, value: float) -> None:
    """Put a number in the place of the one that a check's file has under this name, and leave all else as it is."""
    path = ROOT / "checks" / f"{check}.yaml"
    text = path.read_text(encoding="utf-8")
    changed, count = re.subn(rf"(\b{name}: )-?[\d.]+", rf"\g<1>{value:g}", text, count=1)
    if not count:
        raise SystemExit(f"{path} has no number under {name}")
    path.write_text(changed, encoding="utf-8", newline="\n")


def set_levels(levels: dict[str, float]) -> None:
    """Put the level of each wording into its row of corpora/contrasts.jsonl; of several, the mean."""
    path = resources.path("corpora", "contrasts.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    for row in rows:
        of = row.get("of", [row["id"]])
        row["level"] = round(sum(levels[name] for name in of) / len(of), 3)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(lines, encoding="utf-8", newline="\n")
