"""How often the first correction is the editor's, on sets of marked texts.

    python benchmarks/first_correction.py SET... [--against TREE] [--grammar] [--show N]

A set is a folder with texts.jsonl ({"id", "text"} a line) and gold.jsonl ({"id", "spans": [[start, end, category,
severity, votes, [corrections]], …]}). A finding of any severity that has corrections and lies on exactly the characters
of a mark counts; where it is one finding of several with the same span, the first counts. "first" says how often its
first usable correction is one of the editor's, "any" how often one of them is, "advice" how often there is none to
apply. Advice is never counted as a correction. With --against the same is measured for another checkout.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.beside import Program, add_options, programs


class Place(NamedTuple):
    """A finding on exactly the characters of a mark: its set, check, quote, usable corrections, and the editor's."""

    set: str
    check: str
    quote: str
    corrections: tuple[str, ...]
    editor: tuple[str, ...]

    @property
    def first(self) -> bool:
        """Whether the first correction is one of the editor's."""
        return bool(self.corrections) and self.corrections[0] in self.editor

    @property
    def any(self) -> bool:
        """Whether one of the corrections is."""
        return any(text in self.editor for text in self.corrections)


def lines(path: Path) -> list[Any]:
    """Return the JSON values of a file, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def places(report: Any, gold: dict[str, Any], name: str) -> Iterator[Place]:
    """Yield the findings of a report that lie on exactly the characters of a mark, one for each mark."""
    for document in report["documents"]:
        marks = {(mark[0], mark[1]): tuple(mark[5]) for mark in gold.get(Path(document["path"]).name, []) if mark[5:]}
        for finding in document["findings"]:
            editor = marks.pop((finding["start"], finding["end"]), None)
            if editor:
                usable = (c["text"] for c in finding["corrections"] if c["applicability"] != "display-only")
                yield Place(name, finding["check"], finding["quote"], tuple(usable), editor)


def measured(program: Program, folder: Path, *, grammar: bool) -> list[Place]:
    """Run a program over a set and return its exact places. Ends the program where it fails."""
    environment = program.environment()
    if grammar:
        del environment["CORRIGENDA_GRAMMAR"], environment["CORRIGENDA_LANGUAGETOOL_HOME"]
    with tempfile.TemporaryDirectory() as scratch:
        gold = {}
        spans = {row["id"]: row["spans"] for row in lines(folder / "gold.jsonl")}
        for number, row in enumerate(lines(folder / "texts.jsonl")):
            suffix = ".md" if str(row["id"]).endswith(".md") else ".txt"
            path = Path(scratch, f"{number:05d}{suffix}")
            path.write_text(row["text"], encoding="utf-8", newline="")
            gold[path.name] = spans.get(row["id"], [])
        command = program.command("check", scratch, "--format", "json", "--fail-on", "never", "--config", "none")
        done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=scratch)
    if not done.stdout.strip():
        sys.exit(f"{program.name} printed nothing for {folder.name}: {done.stderr[-500:]}")
    return list(places(json.loads(done.stdout), gold, folder.name))


def row(name: str, found: list[Place]) -> str:
    """Return a row of the table."""
    usable = [place for place in found if place.corrections]
    counts = (len(found), len(usable), sum(p.first for p in found), sum(p.any for p in found))
    return f"| {name} | " + " | ".join(map(str, counts)) + f" | {counts[2] / max(counts[1], 1):.2f} |"


def main() -> None:
    """Measure, and print a table for each program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    parser.add_argument("--grammar", action="store_true", help="with the grammar engine that is installed")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print so many that are not the editor's")
    add_options(parser)
    options = parser.parse_args()
    for program in programs(options):
        found = [place for folder in options.sets for place in measured(program, folder, grammar=options.grammar)]
        print(f"\n{program.name}: {program.tree}\n")
        print("| | exact places | with a correction | first is the editor's | any is | first of those with one |")
        print("|---|---|---|---|---|---|")
        for folder in options.sets:
            print(row(folder.name, [place for place in found if place.set == folder.name]))
        by_check: dict[str, list[Place]] = defaultdict(list)
        for place in found:
            by_check[place.check].append(place)
        for check, own in sorted(by_check.items(), key=lambda pair: (-len(pair[1]), pair[0])):
            print(row(check, own))
        for place in [place for place in found if not place.first][: options.show]:
            print(f"  {place.check}: {place.quote!r} → {list(place.corrections)}; the editor: {list(place.editor)}")


if __name__ == "__main__":
    main()
