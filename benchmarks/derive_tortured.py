"""Derive the entries of checks/artefacts/tortured-phrase.yaml: paraphrased terms of science.

    python benchmarks/derive_tortured.py SHARED

From SHARED/data/other/tortured-phrases.jsonl.gz (7,644 phrases with the term that each stands for; MIT licence, named
in NOTICE) those stay that some papers have, that are of two or three plain words, and that stand nowhere in SHARED's
native English; the commonest come first. What is above the entries in the file stays as it is.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import defaultdict
from pathlib import Path

import ahocorasick_rs

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "checks" / "artefacts" / "tortured-phrase.yaml"
LEAST_PAPERS = 3
MOST = 1_500
_PLAIN = re.compile(r"[a-z]+(?: [a-z]+){1,2}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    shared = parser.parse_args().shared
    with gzip.open(shared / "data" / "other" / "tortured-phrases.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    found = {
        row["text"].lower(): (row["reference"].lower(), row["num_papers"])
        for row in rows
        if _PLAIN.fullmatch(row["text"].lower()) and _PLAIN.fullmatch(row["reference"].lower())
    }
    native = _standing(sorted(found), shared)
    kept = sorted(
        (-papers, phrase, term)
        for phrase, (term, papers) in found.items()
        if papers >= LEAST_PAPERS and phrase not in native and not set(phrase.split()) & _SAME
    )[:MOST]
    by_term: dict[str, list[str]] = defaultdict(list)
    for _, phrase, term in kept:
        by_term[term].append(phrase)
    head = TARGET.read_text(encoding="utf-8").partition("entries:\n")
    tail = head[2][head[2].index("sources:\n") :]
    entries = "".join(
        f"  - {{find: {json.dumps([f'⟦{phrase}⟧' for phrase in sorted(phrases)], ensure_ascii=False)}, "
        f"corrections: [{json.dumps(term)}]}}\n"
        for term, phrases in sorted(by_term.items())
    )
    TARGET.write_text(head[0] + "entries:\n" + entries + tail, encoding="utf-8", newline="\n")
    print(f"{len(kept)} phrases for {len(by_term)} terms; {len(native)} stand in native English")


_SAME = frozenset(("the", "a", "an", "and", "of", "to", "for", "in", "on", "at", "by", "with"))
"""With one of these a phrase is a stretch of a sentence and no term."""


def _standing(phrases: list[str], shared: Path) -> set[str]:
    """Return the phrases that stand in native English."""
    automaton = ahocorasick_rs.AhoCorasick(phrases)
    standing: set[str] = set()
    for path in sorted((shared / "data" / "native").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                text = json.loads(line)["text"].lower()
                standing.update(
                    phrases[number] for number, _, _ in automaton.find_matches_as_indexes(text, overlapping=True)
                )
    return standing


if __name__ == "__main__":
    main()
