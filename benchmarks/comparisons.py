"""What the comparisons add, and what they cost.

``table`` runs the whole program over a set with marks four times: rules alone, with embeddings, with the language
model, with both; precision, recall and chance are those of the set's scorer, counting suggestions. Beside all checks
it counts the comparing ones alone. ``cost`` times an article of some 500 words in new processes with an empty cache,
with all comparisons and without (the middle of seven runs of each, in turn), and a folder of 500 articles cold and
warm. The articles are built of the project's own sentences.

Usage: ``python benchmarks/comparisons.py table SHARED [SET]`` or ``python benchmarks/comparisons.py cost``
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from corrigenda import resources

COMPARING = (
    "artefacts/confusable-sense",
    "artefacts/in-context",
    "artefacts/near-known",
    "cleanup/outlier",
    "cleanup/said-twice",
    "consistency/one-of",
)
ARMS = {
    "rules alone": ("off", "off"),
    "with embeddings": ("auto", "off"),
    "with the language model": ("off", "auto"),
    "with both": ("auto", "auto"),
}
ARTICLES = 500
ATTEMPTS = 7
WORDS = 500
NOMINEES = 3
"""Sentences of an article in which a sense is nominated: as many as in the marked articles, 24 in 4,143 words."""


def config(folder: Path, embeddings: str, language_model: str) -> Path:
    """A configuration that turns the engines on or off, without LanguageTool."""
    path = folder / f"{embeddings}-{language_model}.toml"
    path.write_text(
        f'[engines]\nembeddings = "{embeddings}"\nlanguage-model = "{language_model}"\ngrammar = "off"\n',
        encoding="utf-8",
    )
    return path


def table(shared: Path, name: str) -> None:
    """Print the table for one set: all checks, then the comparing ones alone."""
    scorer, texts = shared / "measure" / "score.py", shared / "measure" / "sets" / name
    python = f"{sys.executable} -m corrigenda check {{folder}} --format json --fail-on never"
    with tempfile.TemporaryDirectory() as folder:
        for label, (embeddings, language_model) in ARMS.items():
            chosen = config(Path(folder), embeddings, language_model)
            for what, more in (
                ("all checks", ""),
                ("comparing checks", " --disable all" + "".join(f" --enable {check}" for check in COMPARING)),
            ):
                command = f"{python} --config {chosen}{more}"
                done = subprocess.run(
                    [sys.executable, str(scorer), str(texts), "--at", "suggestion", "--command", command],
                    capture_output=True,
                    text=True,
                    encoding="utf-8",
                    check=False,
                )
                lines = [line.strip() for line in done.stdout.splitlines()[1:4]]
                print(f"{label}, {what}: {'; '.join(lines) or done.stderr.strip()[-200:]}", flush=True)


def article(number: int, words: int) -> str:
    """An article of about so many words, made of the sentences of corpora/confusables, paragraphs of three."""
    import yaml

    from corrigenda.rules.check import parse_example

    data = yaml.load(
        resources.path("corpora", "confusables", "ru-uk.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    wrong = [parse_example(c["examples"]["wrong"][0]["text"])[0] for c in data["sets"]]
    fine = [text for c in data["sets"] for text in c["examples"]["fine"]]
    dice = random.Random(number)
    chosen = [dice.choice(wrong) for _ in range(NOMINEES)]
    while sum(len(sentence.split()) for sentence in chosen) < words:
        chosen.append(dice.choice(fine))
    dice.shuffle(chosen)
    paragraphs = [" ".join(chosen[at : at + 3]) for at in range(0, len(chosen), 3)]
    return "\n\n".join([*paragraphs, "Contact our newsroom by email"]) + "\n"


def timed(command: list[str], cache: Path) -> tuple[float, float]:
    """Seconds on the clock and of the processor (with children) that a command takes, with its caches in a folder."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    before, started = os.times(), time.perf_counter()
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - started, spent


def cost(articles: int) -> None:
    """Print what comparisons cost for one article, cold, and what a second run over a folder saves."""
    check = [sys.executable, "-m", "corrigenda", "check", "--format", "json", "--fail-on", "never", "--config"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # "on": a large run is compared only when asked.
        on, off = config(folder, "on", "on"), config(folder, "off", "off")
        one = folder / "one.txt"
        one.write_text(article(1, WORDS), encoding="utf-8")
        index = folder / "index"
        timed([*check, str(off), str(one)], index)  # compiles the checks, once for both
        arms = {"without": off, "with": on}
        taken: dict[str, list[tuple[float, float]]] = {label: [] for label in arms}
        for attempt in range(ATTEMPTS):
            for label, chosen in arms.items():
                cache = folder / f"{label}-{attempt}"
                (cache / "corrigenda").mkdir(parents=True)
                (cache / "corrigenda" / "checks").symlink_to(index / "corrigenda" / "checks")
                taken[label].append(timed([*check, str(chosen), str(one)], cache))
        middle = {
            label: [statistics.median(run[kind] for run in runs) for kind in (0, 1)] for label, runs in taken.items()
        }
        for label, (clock, spent) in middle.items():
            print(f"one article, cold, {label}: {clock:.2f} s, processor {spent:.2f} s", flush=True)
        clock, spent = (middle["with"][kind] / middle["without"][kind] for kind in (0, 1))
        print(f"with comparisons {clock:.1f} times on the clock, {spent:.1f} times of the processor", flush=True)
        many = folder / "many"
        many.mkdir()
        for number in range(articles):
            (many / f"{number:03}.txt").write_text(article(number, WORDS), encoding="utf-8")
        for label in ("cold", "warm"):
            clock, spent = timed([*check, str(on), str(many)], index)
            print(f"{articles} articles, {label}: {clock:.2f} s, processor {spent:.2f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=("table", "cost"))
    parser.add_argument("shared", type=Path, nargs="?")
    parser.add_argument("set", nargs="?", default="articles")
    parser.add_argument("--articles", type=int, default=ARTICLES, help="articles in the folder that cost times")
    arguments = parser.parse_args()
    if arguments.what == "cost":
        cost(arguments.articles)
    elif arguments.shared is None:
        parser.error("table needs the folder with the measuring sets")
    else:
        table(arguments.shared, arguments.set)


if __name__ == "__main__":
    print(json.dumps({"processors": os.cpu_count()}))
    main()
