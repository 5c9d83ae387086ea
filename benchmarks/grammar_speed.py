"""How fast grammar is, and how much memory it takes: LingoTweaker and LanguageTool's server, alone and in corrigenda.

    python benchmarks/grammar_speed.py [--files 100] [--texts NAME ...]

Six ways over the same files of 5 KB of native English, made of the marked texts (speed.py), and one article of 500
words. Alone, as one client with one request a file and all rules: LingoTweaker, and LanguageTool's server, started as
corrigenda starts it. Then corrigenda's engine (grammar_asked.py) with each of the two, two requests at a time. Then
whole runs of `corrigenda check --jobs 2` with each, without the language model, whose memory is no matter of grammar.

    words/s     over the files: cold, that is once the article was checked, and for whole runs with all that has to be
                started and loaded; then once more: a server that is warm, in corrigenda the answers that it kept
    article     seconds from the start of the process to the findings of the article: cold in a new process with an
                empty cache; then once more, by the same process or, for whole runs, by another one
    MB          highest memory of all processes together over all of that; what is counted stands in the table's head

The index of the checks is compiled before, as it is in an installation. Exits 1 when a bar is missed:

    corrigenda's engine with LingoTweaker, cold, checks at least 3 times the words a second of LanguageTool's server,
    warm; a cold run of `corrigenda check` with LingoTweaker reports on the article at least 4 times sooner than one
    with LanguageTool; and a run with LingoTweaker takes at most 600 MB in all.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from process_memory import MEASURE, Peak
from speed import NATIVE, ROOT, texts, write_files

from corrigenda.engines.grammar.languagetool import installation

JOBS = "2"
ARTICLE_WORDS = 500
FASTER, SOONER, MEGABYTES = 3.0, 4.0, 600.0
ALONE = {"binding": "LingoTweaker, alone", "server": "LanguageTool's server, alone"}
ENGINE = {"lingotweaker": "engine, LingoTweaker", "languagetool": "engine, LanguageTool"}
WHOLE = {"lingotweaker": "check, LingoTweaker", "languagetool": "check, LanguageTool"}


class Figures(NamedTuple):
    """What was measured of one way: words a second and seconds of the article, cold and then warm; memory in MiB."""

    cold: float
    warm: float
    article_cold: float
    article_warm: float
    megabytes: float


class Place(NamedTuple):
    """Where it is measured: the article, the folder of the files and their words, the environment of the processes."""

    root: Path
    article: Path
    files: Path
    words: int
    environment: dict[str, str]


def prepared(root: Path, names: Sequence[str], count: int) -> Place:
    """Write the texts, an empty cache and a home of LanguageTool's in which no shared server runs."""
    files, article, home = root / "files", root / "article" / "article.txt", root / "languagetool"
    for folder in (files, article.parent, home):
        folder.mkdir()
    words = write_files(files, names, count)
    text = next(texts(names, 10 * ARTICLE_WORDS))
    article.write_text(_first_words(text, ARTICLE_WORDS), encoding="utf-8", newline="\n")
    present = installation.installed()
    if present is None:
        sys.exit("LanguageTool is not installed: corrigenda languagetool install")
    (home / present.folder.name).symlink_to(present.folder, target_is_directory=True)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "CORRIGENDA_LANGUAGETOOL_HOME": str(home),
        "XDG_CACHE_HOME": str(root / "cache"),
        "LOCALAPPDATA": str(root / "cache"),
    }
    return Place(root, article, files, words, environment)


def _first_words(text: str, count: int) -> str:
    """Return whole paragraphs with at least so many words."""
    kept: list[str] = []
    for paragraph in text.split("\n\n"):
        kept.append(paragraph)
        if sum(len(each.split()) for each in kept) >= count:
            break
    return "\n\n".join(kept)


def asked(way: str, place: Place) -> Figures:
    """Measure an engine that is asked by a process of its own, which prints a line whenever it has answered."""
    script = Path(__file__).with_name("grammar_asked.py")
    cache = place.root / f"{way}.sqlite3"
    command = [sys.executable, str(script), way, str(place.article), str(place.files), str(cache)]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=place.environment)
    assert process.stdout is not None
    with process, Peak(process.pid) as peak:
        times = [time.perf_counter() - started for _ in process.stdout]
    if process.returncode or len(times) != 4:
        sys.exit(f"{way}: exit {process.returncode} after {len(times)} of 4 answers")
    first, cold, second, warm = times
    return Figures(place.words / (cold - first), place.words / (warm - second), first, second - cold, peak.megabytes)


def run(backend: str, place: Place, what: Path) -> tuple[float, float]:
    """Run `corrigenda check` once, and return its seconds and its memory in MiB."""
    config = place.root / f"{backend}.toml"
    config.write_text(f'[engines]\ngrammar = "{backend}"\nlanguage-model = "off"\n', encoding="utf-8")
    options = ["--jobs", JOBS, "--config", str(config), "--format", "json", "--fail-on", "never"]
    command = [sys.executable, "-m", "corrigenda", "check", what.name, *options]
    started = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, cwd=what.parent, env=place.environment)
        with Peak(process.pid) as peak:
            process.wait()
        seconds = time.perf_counter() - started
        out.seek(0)
        if process.returncode or (backend != "off" and b'"grammar", "status": "ran"' not in out.read(2000)):
            sys.exit(f"corrigenda check with {backend}: exit {process.returncode}, or grammar did not run")
    return seconds, peak.megabytes


def whole(backend: str, place: Place) -> Figures:
    """Measure whole runs, with the cache that only compiled checks lie in."""
    cache = Path(place.environment["XDG_CACHE_HOME"])
    shutil.rmtree(cache, ignore_errors=True)
    run("off", place, place.files / "0000.txt")
    compiled = place.root / "compiled"
    if not compiled.exists():
        shutil.copytree(cache, compiled, ignore=shutil.ignore_patterns("*.sqlite*"))
    seconds: dict[str, list[float]] = {}
    megabytes = 0.0
    for what in (place.article, place.files):
        shutil.rmtree(cache)
        shutil.copytree(compiled, cache)
        for _ in ("cold", "warm"):
            took, most = run(backend, place, what)
            seconds.setdefault(what.name, []).append(took)
            megabytes = max(megabytes, most)
    article, files = seconds[place.article.name], seconds[place.files.name]
    return Figures(place.words / files[0], place.words / files[1], *article, megabytes)


def main() -> None:
    """Measure all six, print the table, and say which bars are missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=100)
    parser.add_argument("--texts", nargs="+", default=NATIVE, help="files of the marked texts, such as native/news-bbc")
    options = parser.parse_args()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    with tempfile.TemporaryDirectory() as name:
        place = prepared(Path(name).resolve(), options.texts, options.files)
        print(f"{options.files} files, {place.words:,} words; {os.cpu_count()} cores, load {load:.1f} at the start\n")
        print(f"{'':30}{'words/s':>18}{'article, s':>18}{'MB':>8}")
        print(f"{'':30}{'cold':>9}{'warm':>9}{'cold':>9}{'warm':>9}{MEASURE:>8}")
        found: dict[str, Figures] = {}
        for names, measure in ((ALONE, asked), (ENGINE, asked), (WHOLE, whole)):
            for way, title in names.items():
                own = found[title] = measure(way, place)
                print(
                    f"{title:30}{own.cold:9,.0f}{own.warm:9,.0f}{own.article_cold:9.2f}{own.article_warm:9.2f}"
                    f"{own.megabytes:8,.0f}",
                    flush=True,
                )
    engine, server = found[ENGINE["lingotweaker"]], found[ALONE["server"]]
    ours, theirs = found[WHOLE["lingotweaker"]], found[WHOLE["languagetool"]]
    bars = (
        ("times the words a second of LanguageTool's warm server", engine.cold / server.warm, FASTER, True),
        ("times sooner with a report on the article", theirs.article_cold / ours.article_cold, SOONER, True),
        ("MB in a run with LingoTweaker", ours.megabytes, MEGABYTES, False),
    )
    print()
    missed = False
    for title, value, bar, least in bars:
        met = value >= bar if least else value <= bar
        missed = missed or not met
        print(f"{'met' if met else 'MISSED':8}{value:8.1f} {title}; {'at least' if least else 'at most'} {bar:g}")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
