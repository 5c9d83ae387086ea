"""Whether any text hangs LingoTweaker, or costs a run more than that text.

    python benchmarks/grammar_fuzz.py [--minutes 10] [--seed 1] [--threads 2] [--seconds 60]

Texts go the way of every run: read as documents, cut into paragraphs, sent in batches by the client, without a cache.
In turn they are random Unicode, native text that was damaged (characters and words dropped, doubled, exchanged,
replaced by odd ones), every text of ../shared/cases, and paragraphs of a megabyte. The native texts and the cases are
those of the marked texts ($CORRIGENDA_SHARED, else ../shared).

Each ten paragraphs are a run, with three more that have known errors, at the beginning, in the middle and at the end. A
run is lost when it raises, or when one of the errors is not found. Prints what was sent, what was not checked and why,
how long the slowest run took, and how many children were lost. Exit 1 when a run was lost, or one took longer than its
paragraphs may take together.
"""

import argparse
import contextlib
import gzip
import json
import os
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.documents.errors import DocumentError
from corrigenda.documents.formats.text import parse
from corrigenda.engines.grammar.answers import Cache
from corrigenda.engines.grammar.backend import Options
from corrigenda.engines.grammar.client import Answers, Client
from corrigenda.engines.grammar.lingotweaker.backend import LOAD_SECONDS, LingoTweaker
from corrigenda.engines.grammar.pieces import Piece, pieces

SHARED = Path(os.environ.get("CORRIGENDA_SHARED", Path(__file__).resolve().parent.parent.parent / "shared"))
KNOWN = "I can heard you, and it was an university."
KNOWN_RULES = {"MD_BASEFORM", "EN_A_VS_AN"}
MEGABYTE = 1_000_000
AT_ONCE = 10
"""Paragraphs of one run."""
ODD = (
    *(
        "\0",
        "\x07",
        "\x1b",
        "\x85",
        "\xa0",
        "\xad",
        "\u0301",
        "\u0489",
        "\u200b",
        "\u200d",
        "\u202e",
        "\u2028",
        "\ufeff",
    ),
    *("\ufffd", "\ud800", "\udfff", "\U0001f600", "\U0001f1fa", "\U000e0041", "\U0010ffff", "ﷺ", "ﬁ", "İ", "ß", "Ǆ"),
    *("שלום", "مرحبا", "한국어", "ไทย", "中文", "’", "“", "''", '"', "(", "]", "...", "--", "\t", "\r", "  ", "\n"),
)


def native() -> list[str]:
    """Return the first hundred native texts of each kind."""
    texts: list[str] = []
    for file in sorted((SHARED / "data" / "native").glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            texts += [json.loads(line)["text"] for line, _ in zip(lines, range(100), strict=False)]
    return texts


def cases() -> list[Document]:
    """Return every text of the cases that can be read, each as a document of its format and as plain text."""
    found: list[Document] = []
    for file in sorted((SHARED / "cases").iterdir()):
        with contextlib.suppress(DocumentError):  # a format that is not read: as plain text then
            found.append(registry.read(file, file.name))
        found.append(parse(file.read_bytes().decode("utf-8", "surrogateescape"), f"{file.name}.txt"))
    return found


def random_text(rnd: random.Random, length: int) -> str:
    """Return characters of one part of Unicode, or of all, with spaces and ends of lines between them."""
    first, last = rnd.choice([(0, 0x7F), (0, 0x2FF), (0x300, 0x36F), (0x370, 0x1FFF), (0x2000, 0xFFFF), (0, 0x10FFFF)])
    text = [chr(rnd.randint(first, last)) for _ in range(length)]
    for _ in range(length // 6):
        text[rnd.randrange(length)] = rnd.choice((" ", " ", ".", "e", "\n\n"))
    return "".join(text)


def damaged(rnd: random.Random, text: str, share: float) -> str:
    """Return a text with a share of its words changed."""
    words = text[:6_000].split(" ")
    for _ in range(max(1, int(len(words) * share))):
        at = rnd.randrange(len(words))
        word = words[at]
        cut = rnd.randint(0, len(word))
        words[at] = rnd.choice(
            (
                "",
                f"{word} {word}",
                word[:cut] + word[cut + 1 :],
                word[:cut] + rnd.choice(ODD) + word[cut:],
                word[::-1],
                word.upper(),
                words[rnd.randrange(len(words))],
                word[:cut] + "\n\n" + word[cut:],
            )
        )
    return " ".join(words)


def megabyte(rnd: random.Random, texts: Sequence[str], number: int) -> str:
    """Return one paragraph of a million characters."""
    kind = number % 4
    if kind == 0:
        return (rnd.choice(("word ", "a ", "( ", "The the ", "\u0301 ", "x. ")) * MEGABYTE)[:MEGABYTE]
    if kind == 1:
        return random_text(rnd, MEGABYTE).replace("\n", " ")
    joined = ""
    while len(joined) < MEGABYTE:
        joined += " ".join(rnd.choice(texts).split()) + " "
    return joined[:MEGABYTE] if kind == 2 else damaged(rnd, joined, 0.1)


def documents(rnd: random.Random) -> Iterator[tuple[str, Document]]:
    """Yield kinds of texts and texts, without end."""
    texts, fixed = native(), cases()
    number = 0
    while True:
        for document in fixed[number % 8 :: 8]:
            yield "case", document
        for _ in range(20):
            yield "damaged", parse(damaged(rnd, rnd.choice(texts), rnd.choice((0.01, 0.1, 0.5))), "damaged.txt")
            yield "random", parse(random_text(rnd, rnd.randint(1, 400)), "random.txt")
        yield "megabyte", parse(megabyte(rnd, texts, number), "megabyte.txt")
        number += 1


class Fuzz:
    """One client, and what came of the documents that it was asked about."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.backend = LingoTweaker(options)
        self.client = Client(self.backend, options, Cache(None))
        self.sent: Counter[str] = Counter()
        self.unchecked: Counter[str] = Counter()
        self.lost: list[str] = []
        self.words = 0
        self.slowest = (0.0, "")

    def check(self, kind: str, document: Document, end: float) -> None:
        """Check a document, some paragraphs at a time, until it or the time is over."""
        own = pieces(document, 0)
        for start in range(0, len(own), AT_ONCE):
            if time.monotonic() < end:
                self._check(kind, own[start : start + AT_ONCE])

    def _check(self, kind: str, own: Sequence[Piece]) -> None:
        """Check paragraphs among others with known errors."""
        known = parse(f"{KNOWN}\n\nAnd then: {KNOWN}\n\nAt last: {KNOWN}", "known.txt")
        first, middle, last = pieces(known, 1)
        items = [first, *own[: len(own) // 2], middle, *own[len(own) // 2 :], last]
        self.sent[kind] += len(own)
        self.words += sum(len(piece.source.split()) for piece in own)
        started = time.monotonic()
        try:
            answers = self.client.check([("en-US", piece) for piece in items])
        except Exception:  # noqa: BLE001  (whatever it is, it is what is looked for)
            self.lost.append(f"{kind}: {traceback.format_exc(limit=-2)}")
            return
        seconds = time.monotonic() - started
        self.slowest = max(self.slowest, (seconds, f"{kind}, {len(own)} paragraphs"))
        self._judge(kind, (first, middle, last), answers)
        guilty = len(answers.unchecked)
        if seconds > LOAD_SECONDS + self.options.seconds * (2 * guilty + len(own) / self.options.workers + 1):
            self.lost.append(f"{kind}: {seconds:.0f} seconds for {len(own)} paragraphs")

    def _judge(self, kind: str, known: Sequence[Piece], answers: Answers) -> None:
        for piece, reason in answers.unchecked.items():
            self.unchecked[f"{kind}: {reason}"] += 1
            print(f"not checked ({reason}): {piece.source[:80]!r} … {len(piece.source)}", file=sys.stderr, flush=True)
        for piece in known:
            if not {match.rule for match in answers.matches.get(piece, ())} >= KNOWN_RULES:
                self.lost.append(f"{kind}: an error beside the text was not found")
        for piece, matches in answers.matches.items():
            if any(not 0 <= match.start < match.end <= len(piece.source) for match in matches):
                self.lost.append(f"{kind}: a match outside its paragraph, {piece.source[:80]!r}")


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=60.0, help="limit of one paragraph")
    arguments = parser.parse_args()
    fuzz = Fuzz(Options(threads=arguments.threads, seconds=arguments.seconds))
    count = 0
    end = time.monotonic() + 60 * arguments.minutes
    for kind, document in documents(random.Random(arguments.seed)):
        fuzz.check(kind, document, end)
        count += 1
        if time.monotonic() > end or fuzz.backend.failed is not None:
            break
    fuzz.client.close()
    print(f"documents  {count}, {fuzz.words} words; paragraphs: {dict(fuzz.sent)}")
    print(f"unchecked  {dict(fuzz.unchecked) or 'none'}")
    print(f"slowest    {fuzz.slowest[0]:.1f} s ({fuzz.slowest[1]})")
    print(f"children   {fuzz.backend.lost} lost; {fuzz.backend.failed or 'none given up'}")
    print(f"runs lost  {len(fuzz.lost)}")
    for line in fuzz.lost:
        print(f"  {line}")
    sys.exit(1 if fuzz.lost or fuzz.backend.failed is not None else 0)


if __name__ == "__main__":
    main()
