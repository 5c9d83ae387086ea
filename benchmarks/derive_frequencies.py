"""Derive corpora/word_frequencies.tsv: how often the commonest English words stand in a million, from edited English.

The engine chooses the rarest necessary word of a pattern by it. Only counts are kept.

    python benchmarks/derive_frequencies.py ../shared/data/clean
"""

import collections
import gzip
import json
import re
import sys
from pathlib import Path

SETS = ("gum.all", "wsj_nltk", "abc_nltk", "ewt.devtest", "pud")
HEADER = """# How often the commonest English word forms stand in a million words of edited English.
# Columns: word (lower case), occurrences per million. Sorted by word. Words not listed are rarer than the rarest here.
# Derived by benchmarks/derive_frequencies.py from counts over GUM, a WSJ sample, ABC, EWT and PUD; counts only.
"""


def main() -> None:
    folder = Path(sys.argv[1])
    counts: collections.Counter[str] = collections.Counter()
    for name in SETS:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                counts.update(re.findall(r"[^\W_]+", json.loads(line)["text"].lower()))
    total = sum(counts.values())
    common = sorted(word for word, count in counts.most_common(5000) if re.fullmatch(r"[a-z]+", word))
    rows = [f"{word}\t{1e6 * counts[word] / total:.0f}" for word in common]
    path = Path(__file__).parent.parent / "corpora" / "word_frequencies.tsv"
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8", newline="\n")
    print(f"{len(rows)} words of {total} counted")


if __name__ == "__main__":
    main()
