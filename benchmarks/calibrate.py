"""Fit and measure the comparisons: the judge's weights, and the curves and thresholds of the checks that compare.

Run in this order, since each part uses what the one before has written:

``judge`` fits which of two wordings is better, on the visible marks of ``articles/dev-*.json`` (what stands there
against the editor's first correction), cross-validated by article, with a bootstrap interval over articles and marks.
Development: those twelve articles for the weights; the counts in ``corpora/wording.tsv`` come from other documents
(benchmarks/derive_wording.py); which differences to use was chosen on the same articles, so the cross-validated figure
is a little too good.

``consent`` fits whether what stands there should change, on the examples of ``corpora/confusables`` and on
``calibration/pairs.jsonl``; ``contrast`` what a wording's own examples (``corpora/contrasts.jsonl``) add to it.

``checks`` fits the confidence and the thresholds of the checks that compare embeddings, on the labelled examples in
``calibration/``, through the checks themselves.

``unlikely`` fits which words a language model does not expect an editor would change (corpora/unlikely.json).

``llm`` fits how sure a large language model's places are, on recorded answers (benchmarks/llm/README.md).

``opinions`` shows what the judge of a large language model says of corrigenda's own findings, and what becomes of them.

``thresholds`` shows what others would let through in native news (all of it wrong) and in the marked articles.

Everything is written with ``--write`` alone: corpora/comparisons.json, the checks' thresholds, the levels of
corpora/contrasts.jsonl, and the plot docs/reliability.svg.

Usage: ``python benchmarks/calibrate.py judge|consent|contrast|checks|thresholds|unlikely|plot SHARED [--write]``;
scores are cached as in any run.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from calibrating import checks, judging, limits, opinions, reading, unlikely
from calibrating.keeping import ROOT, read
from calibrating.plotting import plot


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "what", choices=("judge", "consent", "contrast", "checks", "thresholds", "unlikely", "llm", "opinions", "plot")
    )
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true", help="write what was fitted, and the plot")
    parser.add_argument("--answers", type=Path, default=ROOT / "benchmarks" / "llm", help="recorded answers, for llm")
    parser.add_argument("--model", default="large", help="the model's name in them")
    parser.add_argument(
        "--leave-out", nargs="*", default=(), metavar="ID", help="texts whose ids begin so, for opinions"
    )
    arguments = parser.parse_args()
    if arguments.what == "judge":
        judging.judge(arguments.shared, arguments.write)
    elif arguments.what == "consent":
        judging.consent(arguments.write)
    elif arguments.what == "contrast":
        judging.contrast(arguments.write)
    elif arguments.what == "checks":
        checks.calibrate(arguments.shared, arguments.write)
    elif arguments.what == "llm":
        reading.calibrate(arguments.shared, arguments.answers, arguments.model, arguments.write)
        return
    elif arguments.what == "unlikely":
        unlikely.calibrate(arguments.shared, arguments.write)
        return
    elif arguments.what == "opinions":
        opinions.show(arguments.shared, arguments.answers, arguments.model, tuple(arguments.leave_out))
        return
    elif arguments.what == "thresholds":
        limits.show(arguments.shared)
    if arguments.write or arguments.what == "plot":
        (ROOT / "docs" / "reliability.svg").write_text(picture(), encoding="utf-8", newline="\n")


def picture() -> str:
    """The reliability plots of all that is fitted."""
    data = read()
    titles = {"judge": "preference (judge)", "consent": "consent, in general", "contrast": "consent, with examples"}
    panels = {
        title: (data[name]["reliability"], 0.5 if name == "judge" else 0.0)
        for name, title in titles.items()
        if name in data
    }
    panels |= {name: (own["reliability"], 0.0) for name, own in data.get("curves", {}).items()}
    return plot(panels)


if __name__ == "__main__":
    sys.exit(main())
