"""A content repository of 2,000 Markdown files: a first run, a second one, and one after one file changed.

    python benchmarks/repo.py [--files 2000] [--jobs 1 2] [--json FILE] [--against TREE]

The files are made in a temporary folder of the texts in shared/data/documents (see tests/conftest.py for where that
is): a title, front matter, the paragraphs. Each round of runs begins with an empty cache of its own. The same JSON is
demanded of every run over the same files, whatever was kept and however many processes worked: a difference ends the
benchmark. LanguageTool is off; benchmarks/grammar_speed.py measures it. Seconds are of the clock; those of the
second run are also given without start-up, which is measured by a run over one file. Memory is the highest resident
size of the process that was called, and of the largest of its workers. With --against each run is followed by the same
one of another checkout, with a cache of its own.
"""

import argparse
import gzip
import hashlib
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from beside import Program, add_options, programs

ROOT = Path(__file__).resolve().parent.parent
CONFIG = '[engines]\ngrammar = "off"\n'


def shared() -> Path:
    """Return the folder with the texts."""
    folder = Path(os.environ.get("CORRIGENDA_SHARED") or ROOT.parent / "shared")
    if not (folder / "data" / "documents").is_dir():
        sys.exit(f"the texts are not in {folder}; set CORRIGENDA_SHARED to where they are")
    return folder


def texts() -> Iterator[str]:
    """Yield the translated documents, one file in turn after the other so that kinds of text are mixed."""
    paths = sorted((shared() / "data" / "documents").glob("*.mt.jsonl.gz"))
    for row in itertools.zip_longest(*map(_documents, paths)):
        yield from (text for text in row if text)


def _documents(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)["text"]


def make(folder: Path, count: int) -> tuple[int, int]:
    """Write the repository; return its words and bytes."""
    words = size = 0
    made = 0
    for number, text in enumerate(itertools.islice(texts(), count)):
        body = "\n\n".join(line for line in text.split("\n") if line.strip())
        page = f'---\ntitle: "Article {number}"\n---\n\n# Article {number}\n\n{body}\n'
        path = folder / f"{number // 100:02d}" / f"{number:04d}.md"
        path.parent.mkdir(exist_ok=True)
        data = page.encode()
        path.write_bytes(data)
        words += len(page.split())
        size += len(data)
        made += 1
    if made < count:
        sys.exit(f"there is text for {made} files only; ask for fewer with --files")
    (folder / "corrigenda.toml").write_text(CONFIG, encoding="utf-8")
    return words, size


class Runs:
    """Runs of one checkout over one repository with one cache; the hashes of what they gave, by the state of the
    repository.
    """

    def __init__(self, program: Program, folder: Path, cache: Path, jobs: int) -> None:
        self.program, self.folder, self.cache, self.jobs = program, folder, cache, jobs
        self.digests: dict[str, set[str]] = {}

    def run(self, state: str, paths: str = ".", *options: str) -> dict[str, float]:
        """Run once over the repository in a state; return the figures."""
        arguments = ["check", paths, "--format", "json", "--fail-on", "never", "--jobs", str(self.jobs), *options]
        command = self.program.command(*arguments)
        environment = {
            **self.program.environment(),
            "XDG_CACHE_HOME": str(self.cache),
            "LOCALAPPDATA": str(self.cache),
        }
        probe = "import json,resource,subprocess,sys; c=subprocess.run(sys.argv[1:],stdout=sys.stdout).returncode; "
        probe += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr); sys.exit(c)"
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", probe, *command], cwd=self.folder, env=environment, capture_output=True, check=False
        )
        seconds = time.perf_counter() - started
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode:
            sys.exit(f"the run ended with {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-2000:]}")
        scale = 1e6 if sys.platform == "darwin" else 1e3
        processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        peak = int(done.stderr.split()[-1]) / scale
        figures = {"seconds": round(seconds, 2), "processor": round(processor, 2), "peak_mb": round(peak)}
        self.digests.setdefault(state, set()).add(hashlib.sha256(done.stdout).hexdigest())
        return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    add_options(parser)
    options = parser.parse_args()
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve() / "repository"
        folder.mkdir()
        words, size = make(folder, options.files)
        print(f"{options.files:,} files, {words:,} words, {size / 1e6:.1f} MB")
        figures |= {"files": options.files, "words": words, "bytes": size}
        changed = folder / "00" / "0001.md"
        original = changed.read_bytes()
        every: list[Runs] = []
        for jobs in options.jobs:
            measured = [
                Runs(program, folder, Path(name) / f"cache-{jobs}-{number}", jobs)
                for number, program in enumerate(programs(options))
            ]
            every += measured
            rows: list[dict[str, dict[str, float]]] = [{} for _ in measured]

            def note(title: str, state: str, *arguments: str, times: int = 1) -> None:
                """Run each checkout in turn, so many times, and note the fastest run of each."""
                found = [[runs.run(state, *arguments) for runs in measured] for _ in range(times)]  # noqa: B023
                for number, own in enumerate(zip(*found, strict=True)):
                    rows[number][title] = min(own, key=lambda row: row["seconds"])  # noqa: B023

            note("with an index to compile", "one file", "00/0000.md")
            note("start-up (one kept file)", "one file", "00/0000.md", times=3)
            note("first run", "as it was")
            note("second run", "as it was", times=3)
            changed.write_bytes(original + b"\nOne more paragraph was written at the end of this page.\n")
            note("one file changed", "one changed")
            note("the same, nothing kept", "one changed", ".", "--no-cache")
            changed.write_bytes(original)
            for runs, own in zip(measured, rows, strict=True):
                for title, row in own.items():
                    figures[f"jobs {jobs}: {runs.program.name}: {title}"] = row
                    cost = f"{row['seconds']:7.2f} s  {row['processor']:7.2f} s of processor  {row['peak_mb']:5.0f} MB"
                    print(f"jobs {jobs}  {runs.program.name:<18} {title:<26} {cost}")
                beyond = own["second run"]["seconds"] - own["start-up (one kept file)"]["seconds"]
                figures[f"jobs {jobs}: {runs.program.name}: second run beyond start-up"] = round(beyond, 2)
                print(f"jobs {jobs}  {runs.program.name:<18} second run beyond start-up {beyond:6.2f} s")
        for program in programs(options):
            for state in ("one file", "as it was", "one changed"):
                own_digests = {digest for runs in every if runs.program == program for digest in runs.digests[state]}
                if len(own_digests) != 1:
                    sys.exit(f"{program.name}, {state}: the runs did not give the same JSON")
        print("the same JSON in every run over the same files")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
