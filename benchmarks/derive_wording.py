"""Count the words that people write where machines write others, into ``corpora/wording.tsv``.

Where a system's translation and a person's of the same source segment hold different words, each word counts for the
side it stands on: words that translation leaves too often ("carried", "territory", "given") stand on the machine's
side more than on the person's. Only counts are written, no text. Source: the news and other documents of WMT 2021
and 2022 (ru, uk, de into English), every system against every human reference, systems and references weighted so
that each segment counts once; read from the folder of measuring material named on the command line.

Usage: ``python benchmarks/derive_wording.py SHARED > corpora/wording.tsv``
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corrigenda.languages import language

PAIRS = ("wmt21.ru-en", "wmt22.ru-en", "wmt22.uk-en", "wmt22.de-en")
LEAST = 1.0
"""Sum of both counts from which a word is kept."""
HEADER = """\
# Words that people write where machines write others, in translations of the same segments.
# Columns: word (lower case), count on the person's side, count on the machine's side; sorted by word.
# Derived by benchmarks/derive_wording.py from the systems and references of WMT 2021 (ru-en) and 2022 (ru-en, uk-en,
# de-en); counts only, each segment counted once. A count is the word's surplus on one side of a segment.
"""


def main() -> None:
    folder = Path(sys.argv[1]) / "data" / "documents"
    human: Counter[str] = Counter()
    machine: Counter[str] = Counter()
    words = language().wording.words
    for pair in PAIRS:
        references = _by_document(folder / f"{pair}.refs.jsonl.gz")
        for document, systems in sorted(_by_document(folder / f"{pair}.mt.jsonl.gz").items()):
            own = references.get(document, [])
            weight = 1.0 / max(1, len(systems) * len(own))
            for reference in own:
                for system in systems:
                    for one, other in _segments(system, reference):
                        theirs, ours = Counter(words(one)), Counter(words(other))
                        for word, count in (ours - theirs).items():
                            human[word] += weight * min(count, 2)
                        for word, count in (theirs - ours).items():
                            machine[word] += weight * min(count, 2)
    sys.stdout.write(HEADER)
    for word in sorted(human | machine):
        if human[word] + machine[word] >= LEAST:
            sys.stdout.write(f"{word}\t{human[word]:.1f}\t{machine[word]:.1f}\n")


def _segments(system: str, reference: str) -> Iterator[tuple[str, str]]:
    ours, theirs = system.split("\n"), reference.split("\n")
    if len(ours) == len(theirs):
        yield from zip(ours, theirs, strict=True)


def _by_document(path: Path) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row: dict[str, Any] = json.loads(line)
            found[row["doc"]].append(row["text"])
    return found


if __name__ == "__main__":
    main()
