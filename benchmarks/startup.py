"""What starting costs: checking a 5 KB text that nominates nothing, beside `python -c "import click"`.

    python benchmarks/startup.py [--rounds 15]

Runs of the two alternate; the figures are medians. The index is compiled beforehand, as it is in an
installation.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SENTENCE = "the boat left the quay at dawn and came back with fish, and the old man slept until noon.\n"


def seconds(command: list[str]) -> tuple[float, float]:
    """Run a command and return its seconds by the clock and of the processor, which a busy machine changes less."""
    started = time.perf_counter()
    before = os.times()
    # An installation in use has its bytecode, whatever this shell says about writing it.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    # LanguageTool reads every text, so it is left out here and has a benchmark of its own.
    environment["CORRIGENDA_LANGUAGETOOL_HOME"] = str(Path(tempfile.gettempdir(), "no-languagetool"))
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    after = os.times()
    processor = after.children_user - before.children_user + after.children_system - before.children_system
    return time.perf_counter() - started, processor


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "quiet.txt")
        path.write_text(SENTENCE * (5 * 1024 // len(SENTENCE) + 1), encoding="utf-8")
        click = [sys.executable, "-c", "import click"]
        check = [sys.executable, "-m", "corrigenda", "check", str(path), "--config", "none", "--no-cache"]
        seconds(click)
        seconds(check)
        pairs = [(seconds(click), seconds(check)) for _ in range(options.rounds)]
    for kind, at in (("by the clock", 0), ("of the processor", 1)):
        one = statistics.median(pair[0][at] for pair in pairs)
        other = statistics.median(pair[1][at] for pair in pairs)
        print(f"{kind:<16} import click {one:.3f} s, check {other:.3f} s, ratio {other / one:.2f}")


if __name__ == "__main__":
    main()
