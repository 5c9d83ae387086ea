"""What starting costs: checking a 5 KB text that nominates nothing, beside `python -c "import click"`.

    python benchmarks/startup.py [--rounds 15] [--against TREE] [--python PYTHON]

Runs of the two alternate, and with --against those of another checkout between them; the figures are medians. The
index is compiled beforehand, as it is in an installation.
"""

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from beside import add_options, programs, ratio

SENTENCE = "the boat left the quay at dawn and came back with fish, and the old man slept until noon.\n"


def seconds(command: list[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """Run a command and return its seconds by the clock and of the processor, which a busy machine changes less."""
    started = time.perf_counter()
    before = os.times()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment, cwd=tempfile.gettempdir())
    after = os.times()
    processor = after.children_user - before.children_user + after.children_system - before.children_system
    return time.perf_counter() - started, processor


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    add_options(parser)
    options = parser.parse_args()
    measured = programs(options)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "quiet.txt")
        path.write_text(SENTENCE * (5 * 1024 // len(SENTENCE) + 1), encoding="utf-8")
        click = [options.python, "-c", "import click"]
        arguments = ["check", str(path), "--config", "none", "--no-cache"]
        commands = [(click, measured[0].environment())]
        commands += [(program.command(*arguments), program.environment()) for program in measured]
        for command in commands:
            seconds(*command)
        rounds = [[seconds(*command) for command in commands] for _ in range(options.rounds)]
    for kind, at in (("by the clock", 0), ("of the processor", 1)):
        columns = [[row[number][at] for row in rounds] for number in range(len(commands))]
        one, ours = columns[:2]
        line = f"{kind:<16} import click {statistics.median(one):.3f} s, check {statistics.median(ours):.3f} s"
        print(f"{line}, ratio {statistics.median(ours) / statistics.median(one):.2f}")
        for other in columns[2:]:
            part = ratio(ours, other)
            print(f"{'':<16} the other checkout {statistics.median(other):.3f} s, of which ours takes {part:.3f}")


if __name__ == "__main__":
    main()
