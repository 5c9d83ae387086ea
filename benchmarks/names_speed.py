"""What the name index costs: time and memory over 2, 20 and 200 MB of text.

    python benchmarks/names_speed.py [--megabytes 2 20 200] [--write docs/names.md]

The text is made here and is the same on every machine: sentences of English words with a name in seven, names from
corpora/names.jsonl in all their spellings, in documents of about 6 kB. Each size runs in a process of its own on one
core. Seconds are processor seconds of that one process. Words are white-space separated; memory is the highest
resident size of that process, less what it had before the first document.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

BEGIN, END = "<!-- names_speed.py writes from here -->", "<!-- to here: speed -->"
_DOCUMENT = 6000


def documents(size: int) -> Iterator[str]:
    """Yield texts of about 6,000 characters until `size` characters are reached."""
    from corrigenda.languages.en.dictionary import _lists
    from corrigenda.names.data import curated

    dice = random.Random(7)
    words = sorted(word for word in _lists()[0] if 2 < len(word) < 9)[::5]
    names = [form for row in curated().rows for form in sorted(row.forms)]
    names += sorted(_lists()[1])[::3]
    made = 0
    while made < size:
        local = [dice.choice(names) for _ in range(25)]
        parts: list[str] = []
        length = 0
        while length < _DOCUMENT:
            row = [dice.choice(local) if dice.random() < 0.14 else dice.choice(words) for _ in range(18)]
            sentence = " ".join(row)
            sentence = sentence[0].upper() + sentence[1:] + ("\n\n" if dice.random() < 0.2 else ". ")
            parts.append(sentence)
            length += len(sentence)
        made += length
        yield "".join(parts)


def peak() -> int:
    """Return the highest resident size of this process so far, in kB (Linux) as the system counts it."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def one(size: int) -> dict[str, float]:
    from corrigenda.names.index import NameIndex
    from corrigenda.names.table import DocumentNames

    index = NameIndex()
    words = seconds = 0.0
    count = 0
    first = next(documents(1))
    DocumentNames(first)
    before = peak()
    for count, text in enumerate(documents(size), 1):
        words += len(text.split())
        started = time.process_time()
        index.add(f"{count:06d}.txt", DocumentNames(text))
        seconds += time.process_time() - started
    started = time.process_time()
    found = len(index.pairs())
    pairs = time.process_time() - started
    return {
        "documents": count,
        "words": words,
        "seconds": seconds,
        "pairs_seconds": pairs,
        "pairs": found,
        "memory": (peak() - before) / 1024,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, nargs="+", default=[2, 20, 200])
    parser.add_argument("--write", type=Path, help="put the table between the two marks of this page")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one is not None:
        print(json.dumps(one(options.one)))
        return
    lines = [
        "| text | documents | words | index, s | words/s | pairs over all documents, s | memory, MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for size in options.megabytes:
        command = [sys.executable, __file__, "--one", str(size * 1_000_000)]
        row = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        lines.append(
            f"| {size} MB | {row['documents']:,} | {row['words']:,.0f} | {row['seconds']:.2f} | "
            f"{row['words'] / row['seconds']:,.0f} | {row['pairs_seconds']:.2f} | {row['memory']:.0f} |"
        )
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if options.write:
        page = options.write.read_text(encoding="utf-8")
        before, after = page.split(BEGIN)[0], page.split(END)[1]
        options.write.write_text(f"{before}{BEGIN}\n{text}{END}{after}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
