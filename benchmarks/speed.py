"""Whole runs of `corrigenda check` beside Vale with two styles, on native English and on machine translation apart.

    python benchmarks/speed.py [--files 400] [--rounds 3] [--megabytes 20] [--json FILE] [--against TREE]

Texts: files of 5 KB made of the texts in shared/data (see tests/conftest.py for where that is): clean/ for native
English, documents/*.mt for machine translation. Vale is built by Go, version VALE, with the styles proselint and
write-good that its own sources carry; where it cannot be built, proselint from its package is measured instead, if it
is installed. All tools run in turn, on the same files (LanguageTool is left out), in the same minutes, so that a busy
machine is busy for all, after one run that warms caches; the figure is the median. With --against another checkout
runs in turn with the others, and the ratio to it is the median of those of each round.
"""

import argparse
import gzip
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from beside import add_options, programs, ratio

ROOT = Path(__file__).resolve().parent.parent
VALE = "github.com/vale-cli/vale/v3@v3.20.0"
SIZE = 5 * 1024
NATIVE = ("clean/wsj_nltk", "clean/abc_nltk", "clean/gum.all", "clean/pud")
TRANSLATED = (
    "documents/wmt21.ru-en.mt",
    "documents/wmt22.ru-en.mt",
    "documents/wmt22.uk-en.mt",
    "documents/wmt22.de-en.mt",
    "documents/wmt21.ja-en.mt",
)


@dataclass(frozen=True)
class Run:
    """One run of a command: seconds, and the peak of resident memory in megabytes."""

    seconds: float
    megabytes: float


def shared() -> Path:
    """Return the folder with the texts."""
    folder = Path(os.environ.get("CORRIGENDA_SHARED") or ROOT.parent / "shared")
    if not (folder / "data").is_dir():
        sys.exit(f"the texts are not in {folder}; set CORRIGENDA_SHARED to where they are")
    return folder


def paragraphs(names: Sequence[str]) -> Iterator[str]:
    """Yield the paragraphs of some files, one file in turn after the other so that kinds of text are mixed."""
    streams = [_lines(shared() / "data" / f"{name}.jsonl.gz") for name in names]
    for row in itertools.zip_longest(*streams):
        for text in row:
            if text:
                yield from (line for line in text.split("\n") if line.strip())


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            yield row.get("text") or row.get("mt") or row["target"]


def texts(names: Sequence[str], size: int) -> Iterator[str]:
    """Yield texts of at least `size` bytes, whole paragraphs."""
    parts: list[str] = []
    length = 0
    for paragraph in paragraphs(names):
        parts.append(paragraph)
        length += len(paragraph.encode()) + 2
        if length >= size:
            yield "\n\n".join(parts) + "\n"
            parts, length = [], 0


def write_files(folder: Path, names: Sequence[str], count: int) -> int:
    """Write `count` files and return how many words they hold."""
    words = written = 0
    for number, text in enumerate(itertools.islice(texts(names, SIZE), count)):
        (folder / f"{number:04d}.txt").write_text(text, encoding="utf-8", newline="\n")
        words += len(text.split())
        written += 1
    if written < count:
        sys.exit(f"there is text for {written} files only; ask for fewer with --files")
    return words


def measure(command: Sequence[str], cwd: Path, environment: Mapping[str, str]) -> Run:
    """Run a command to its end. Any exit code will do: findings are no failure; printing nothing at all is."""
    started = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, cwd=cwd, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if not out.tell() and process.returncode not in (0, 1):
            sys.exit(f"{command[0]} ended with {process.returncode} and printed nothing")
    scale = 1e6 if sys.platform == "darwin" else 1e3
    return Run(seconds, usage.ru_maxrss / scale)


def vale(folder: Path) -> list[str] | None:
    """Build Vale once into the user's cache and return its command, or None where Go or the module is not to be had."""
    if shutil.which("go") is None:
        return None
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "corrigenda-benchmarks"
    home.mkdir(parents=True, exist_ok=True)
    module, _, version = VALE.partition("@")
    binary = home / "vale"
    if not binary.is_file():
        environment = {**os.environ, "GOBIN": str(home)}
        done = subprocess.run(["go", "install", f"{module}/cmd/vale@{version}"], env=environment, check=False)
        if done.returncode:
            return None
    found = subprocess.run(["go", "mod", "download", "-json", VALE], capture_output=True, text=True, check=False)
    if found.returncode:
        return None
    styles = folder / "styles"
    for style in ("proselint", "write-good"):
        source = Path(json.loads(found.stdout)["Dir"], "testdata", "styles", style)
        shutil.copytree(source, styles / style, copy_function=shutil.copyfile)
    config = folder / "vale.ini"
    config.write_text(
        f"StylesPath = {styles}\nMinAlertLevel = suggestion\n[*]\nBasedOnStyles = proselint, write-good\n",
        encoding="utf-8",
    )
    return [str(binary), f"--config={config}", "--output=JSON", "--no-exit"]


def peer(folder: Path) -> tuple[str, list[str]]:
    """Return the name and command of what is measured beside."""
    command = vale(folder)
    if command is not None:
        return "vale, proselint + write-good", [*command, "."]
    program = shutil.which("proselint", path=str(Path(sys.executable).parent))
    if program is None:
        sys.exit("neither can Vale be built (Go is needed) nor is proselint installed; pip install proselint")
    return "proselint", [program, "check", "."]


def nominating(megabytes: int) -> tuple[float, float, int]:
    """Return the seconds of nominating alone and of reading alone over so much text, and its words."""
    from corrigenda.documents import registry as reading
    from corrigenda.engines.registry import costly
    from corrigenda.pipeline.checker import silent_detectors
    from corrigenda.pipeline.index import load
    from corrigenda.pipeline.nominate import Nominator
    from corrigenda.settings import Settings

    data: list[bytes] = []
    total = 0
    for text in itertools.chain(texts(NATIVE, SIZE), texts(TRANSLATED, SIZE)):
        data.append(text.encode())
        total += len(data[-1])
        if total >= megabytes * 1_000_000:
            break
    words = sum(len(item.split()) for item in data)
    # As in any run of that size: without the detectors that only models confirm.
    index = load()
    nominator = Nominator(index, silent_detectors(index, Settings(engines=dict.fromkeys(costly(), "off"))))
    nominator.nominate(0, reading.read_bytes(data[0], "warm"))
    started = time.perf_counter()
    documents = [reading.read_bytes(item, str(number)) for number, item in enumerate(data)]
    read = time.perf_counter() - started
    started = time.perf_counter()
    count = 0
    for number, document in enumerate(documents):
        count += len(nominator.nominate(number, document))
    seconds = time.perf_counter() - started
    print(f"nominating: {total / 1e6:.1f} MB, {words:,} words, {count:,} nominees")
    return seconds, read, words


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--megabytes", type=int, default=20)
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    add_options(parser)
    options = parser.parse_args()
    figures: dict[str, object] = {"files": options.files, "bytes_each": SIZE, "rounds": options.rounds}
    speeds: dict[tuple[str, str], float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        other, command = peer(folder)
        ours = ["check", ".", "--no-cache", "--format", "json", "--fail-on", "never"]
        config = folder / "corrigenda.toml"
        config.write_text('[engines]\ngrammar = "off"\n', encoding="utf-8")
        tools = {
            program.name: (program.command(*ours, "--config", str(config)), program.environment())
            for program in programs(options)
        }
        tools[other] = (command, dict(os.environ))
        for kind, names in (("native", NATIVE), ("translated", TRANSLATED)):
            where = folder / kind
            where.mkdir()
            words = write_files(where, names, options.files)
            runs: dict[str, list[Run]] = {tool: [] for tool in tools}
            for line, environment in tools.values():
                measure(line, where, environment)
            for _ in range(options.rounds):
                for tool, (line, environment) in tools.items():
                    runs[tool].append(measure(line, where, environment))
            for tool, own in runs.items():
                seconds = statistics.median(run.seconds for run in own)
                speeds[kind, tool] = words / seconds
                peak = max(run.megabytes for run in own)
                figures[f"{kind}: {tool}"] = {
                    "words": words,
                    "words_per_second": round(words / seconds),
                    "seconds": [round(run.seconds, 2) for run in own],
                    "peak_mb": round(peak),
                }
                print(f"{kind:<11} {tool:<30} {words / seconds:>9,.0f} words/s  {seconds:6.2f} s  {peak:5.0f} MB")
            times = speeds[kind, "corrigenda"] / speeds[kind, other]
            figures[f"{kind}: ratio"] = round(times, 2)
            print(f"{kind:<11} ratio {times:.2f}")
            for tool in tools.keys() - {"corrigenda", other}:
                part = ratio(*([run.seconds for run in runs[name]] for name in ("corrigenda", tool)))
                figures[f"{kind}: part of {tool}"] = round(part, 3)
                print(f"{kind:<11} takes {part:.3f} of the seconds of {tool}")
    seconds, read, words = nominating(options.megabytes)
    times = words / seconds / speeds["native", other]
    figures["nominating"] = {
        "words_per_second": round(words / seconds),
        "reading_words_per_second": round(words / read),
        "ratio": round(times, 1),
    }
    print(f"nominating alone {words / seconds:,.0f} words/s ({times:.1f} times); reading {words / read:,.0f} words/s")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
