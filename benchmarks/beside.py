"""Measuring this checkout beside another one: the same commands in turn, in the same minutes, so that a busy machine is
busy for both.
"""

import argparse
import os
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Program:
    """`corrigenda` of one checkout: its name in the tables, the folder of the checkout, and the Python that runs it."""

    name: str
    tree: Path
    python: str

    def command(self, *arguments: str) -> list[str]:
        """Return the command line of a run."""
        return [self.python, "-m", "corrigenda", *arguments]

    def environment(self) -> dict[str, str]:
        """Return the environment of a run: this checkout's modules, with their bytecode, as an installation in use has
        it; grammar reads every text, so it is left out, and has a benchmark of its own.
        """
        kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        nowhere = str(ROOT / "benchmarks" / "no-languagetool")
        return {
            **kept,
            "PYTHONPATH": str(self.tree),
            "CORRIGENDA_LANGUAGETOOL_HOME": nowhere,
            "CORRIGENDA_GRAMMAR": "off",
        }


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add --against and --python."""
    parser.add_argument(
        "--against", type=Path, metavar="TREE", help="another checkout, measured in turn with this one, round by round"
    )
    parser.add_argument(
        "--python",
        default=sys.executable,
        help="the Python that runs what is measured, say of an environment without torch; default: this one",
    )


def programs(options: argparse.Namespace) -> list[Program]:
    """Return what the options ask to be measured: this checkout, and the other one where it is named."""
    found = [Program("corrigenda", ROOT, options.python)]
    if options.against is not None:
        tree = options.against.resolve()
        if not (tree / "corrigenda" / "__main__.py").is_file():
            sys.exit(f"{tree} is no checkout of corrigenda")
        found.append(Program("the other checkout", tree, options.python))
    return found


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median of the ratios of each round: above 1 we take longer."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))
