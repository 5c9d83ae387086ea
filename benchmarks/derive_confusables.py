"""Derive candidates for ``corpora/confusables`` from post-edits and from systems that disagree.

A confusable set is a handful of English words that meet in one word of another language. Where a post-editor
replaced one content word by another, or where two systems (or a system and the human reference) stand apart by
one content word in otherwise equal surroundings, the two words are a candidate pair. The script counts such
pairs and writes them as TSV, the commonest first; a person who knows the source language curates them. No
sentence is written, only word pairs and counts.

Sources: MLQE-PE (CC0; Fomicheva et al. 2020) and the systems and references of WMT 2021 and 2022, both read
from the folder of measuring material named on the command line. Pairs are aligned with difflib on lower-case
words; a pair counts once a document.

Usage: ``python benchmarks/derive_confusables.py SHARED --pair ru-en > candidates.tsv``
``--attest`` prints instead, for every set in ``corpora/confusables``, how often a person put a word of one of its
senses where a machine had written a word of another; its ``attested`` field says the same, and a test compares.
"""

from __future__ import annotations

import argparse
import difflib
import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")

#: What the machine wrote, what a person wrote, where, and the source sentence.
Swap = tuple[str, str, str, str]

#: ``(what the machine wrote, what a person wrote)`` to the places where it was seen, each with its source text.
Candidates = dict[tuple[str, str], dict[str, str]]

FUNCTION_WORDS = frozenset(
    """a about above after again against all also am an and another any are as at be because been before being
    below between both but by can cannot could did do does doing done down during each even for from further had
    has have having he her here hers him his how however i if in into is it its itself just may me might more
    most must my no nor not now of off on once one only or other our out over own same she should so some such
    than that the their them then there these they this those through thus to too under until up upon us very was
    we were what when where which while who whom whose why will with within without would yet you your""".split()
)

SOURCES = {
    "ru-en": ("mlqe/ru-en.train", "documents/wmt21.ru-en", "documents/wmt22.ru-en"),
    "uk-en": ("documents/wmt22.uk-en",),
    "de-en": ("documents/wmt22.de-en",),
    "ro-en": ("mlqe/ro-en.train",),
    "zh-en": ("mqm/news2020.zh-en",),
}


#: The language pairs that can attest a file of corpora/confusables, with what the attestation says of them.
ATTESTING = {
    "de": {"de-en": "German: WMT 2022 systems against the reference"},
    "es": {},
    "fr": {},
    "ru-uk": {
        "ru-en": "Russian: MLQE-PE post-edits and WMT 2021/2022 systems against the reference",
        "uk-en": "Ukrainian: WMT 2022 systems against the reference",
    },
    "zh": {"zh-en": "Chinese: WMT 2020 systems against the human translations"},
}

UNATTESTED = "own knowledge of the dictionary entry"


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        return
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower().replace("’", "'"))


def swaps(first: list[str], second: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the places where one short run of words stands for another in equal surroundings.

    Arguments: two tokenised lower-case sentences. Yields ``(run in first, run in second)`` of one or two words
    each, with a content word on both sides and at least one equal word before and after.
    """
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    if matcher.ratio() < 0.5:
        return
    for tag, a_start, a_end, b_start, b_end in matcher.get_opcodes():
        if tag != "replace" or a_end - a_start > 2 or b_end - b_start > 2:
            continue
        if a_start == 0 or b_start == 0 or a_end == len(first) or b_end == len(second):
            continue
        left = [word for word in first[a_start:a_end] if word not in FUNCTION_WORDS]
        right = [word for word in second[b_start:b_end] if word not in FUNCTION_WORDS]
        if left and right and not _same_word(left[0], right[0]):
            yield " ".join(left), " ".join(right)


def _same_word(first: str, second: str) -> bool:
    """Whether two words are forms of one word: a common start of all but three characters."""
    shorter, longer = sorted((first, second), key=len)
    common = len(shorter) - min(3, max(0, len(shorter) - 3))
    return longer.startswith(shorter[:common])


def _post_edits(path: Path) -> Iterator[Swap]:
    for row in _rows(path):
        for wrong, right in swaps(_words(row["text"]), _words(row["reference"])):
            yield wrong, right, str(row["id"]), str(row["source"])


def _disagreements(stem: Path) -> Iterator[Swap]:
    references: dict[str, list[str]] = {}
    for row in _rows(stem.with_name(stem.name + ".refs.jsonl.gz")):
        references.setdefault(row["doc"], row["text"].split("\n"))
    for row in _rows(stem.with_name(stem.name + ".mt.jsonl.gz")):
        reference = references.get(row["doc"])
        lines = row["text"].split("\n")
        sources = row["source"].split("\n")
        if reference is None or not len(reference) == len(lines) == len(sources):
            continue
        for machine, human, source in zip(lines, reference, sources, strict=True):
            for wrong, right in swaps(_words(machine), _words(human)):
                yield wrong, right, str(row["doc"]), source


def _mqm_disagreements(path: Path) -> Iterator[Swap]:
    human: dict[tuple[str, str], str] = {}
    sources: dict[tuple[str, str], str] = {}
    machine: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in _rows(path):
        key = (row["doc"], row["seg"])
        sources[key] = row["source"]
        if row["system"].startswith("Human"):
            human[key] = row["text"]
        else:
            machine[key].add(row["text"])
    for key, reference in sorted(human.items()):
        for text in sorted(machine[key]):
            for wrong, right in swaps(_words(text), _words(reference)):
                yield wrong, right, key[0], sources[key]


def candidates(shared: Path, pair: str) -> Candidates:
    """Collect candidate pairs of one language pair.

    Arguments: the folder of measuring material; a language pair of ``SOURCES``. Returns ``(what the machine
    wrote, what a person wrote)`` with the documents (or sentences, for MLQE-PE) it was seen in and the source
    sentences there. Missing files are skipped.
    """
    found: Candidates = defaultdict(dict)
    streams: list[Iterable[Swap]] = []
    for name in SOURCES[pair]:
        base = shared / "data" / name
        if name.startswith("mlqe/"):
            streams.append(_post_edits(base.with_name(base.name + ".jsonl.gz")))
        elif name.startswith("mqm/"):
            streams.append(_mqm_disagreements(base.with_name(base.name + ".jsonl.gz")))
        else:
            streams.append(_disagreements(base))
    for stream in streams:
        for wrong, right, place, source in stream:
            before = found[wrong, right].get(place, "")
            found[wrong, right][place] = f"{before} {source.lower()}"
    return found


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _heads(words: list[str]) -> set[str]:
    """The stems of those words and phrases of a sense that have one content word."""
    heads = set()
    for phrase in words:
        content = [_stem(word) for word in WORD.findall(phrase.lower()) if word not in FUNCTION_WORDS]
        if len(content) == 1:
            heads.add(content[0])
    return heads


def _source_stems(words: list[str]) -> list[str]:
    """The beginnings by which the source words of a set are found in an inflected text."""
    stems = []
    for entry in words:
        for word in entry.lower().split(","):
            longest = max(word.split(), key=len)
            stems.append(longest if len(longest) <= 4 else longest[: max(4, len(longest) - 3)])
    return stems


def attested(senses: list[list[str]], source_words: list[str], found: Candidates) -> int:
    """Count the places where a person moved from one sense of a set to another, with the source word before him.

    Arguments: the words of each sense; the source words of the set; candidates as ``candidates`` returns them.
    Returns the number of places.
    """
    heads = [_heads(words) for words in senses]
    stems = _source_stems(source_words)
    total = 0
    for (wrong, right), places in found.items():
        machine, human = _stem(wrong), _stem(right)
        if any(
            machine in first and human in second and machine not in second
            for i, first in enumerate(heads)
            for j, second in enumerate(heads)
            if i != j
        ):
            total += sum(any(stem in source for stem in stems) for source in places.values())
    return total


def attestations(shared: Path, folder: Path) -> dict[str, str]:
    """Say for every set of a folder of confusables where its confusion was seen.

    Arguments: the folder of measuring material; ``corpora/confusables``. Returns set id to attestation.
    """
    import yaml

    said: dict[str, str] = {}
    for group, pairs in ATTESTING.items():
        found = {pair: candidates(shared, pair) for pair in pairs}
        loaded = yaml.safe_load((folder / f"{group}.yaml").read_text(encoding="utf-8"))
        for confusable in loaded["sets"]:
            senses = [sense["words"] for sense in confusable["senses"]]
            words = [source["word"] for source in confusable["source"]]
            parts = []
            for pair, label in pairs.items():
                count = attested(senses, words, found[pair])
                if count:
                    parts.append(f"{label} (seen {count} time{'s' if count > 1 else ''})")
            said[confusable["id"]] = "; ".join(parts) or UNATTESTED
    return said


def main() -> int:
    """Print the candidates of a language pair as TSV (machine, person, number of places), or the attestations."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("shared", type=Path, help="folder of measuring material")
    parser.add_argument("--pair", choices=sorted(SOURCES), default="ru-en")
    parser.add_argument("--least", type=int, default=2, help="smallest number of places (default 2)")
    parser.add_argument(
        "--attest", type=Path, metavar="FOLDER", help="corpora/confusables: print what attests its sets"
    )
    arguments = parser.parse_args()
    if arguments.attest:
        for name, where in attestations(arguments.shared, arguments.attest).items():
            sys.stdout.write(f"{name}\t{where}\n")
        return 0
    found = candidates(arguments.shared, arguments.pair)
    rows = sorted(((len(places), pair) for pair, places in found.items()), key=lambda row: (-row[0], row[1]))
    for count, (wrong, right) in rows:
        if count >= arguments.least:
            sys.stdout.write(f"{wrong}\t{right}\t{count}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
