"""How well translations are aligned with their sources.

    python benchmarks/alignment.py ../shared [--model] [--half seen|held|all] [--most 60]

Documents of ../shared/data/documents say which of their lines belong together. They are put into paragraphs of one to
four lines and then damaged, each in one of several ways: lines are left out on either side, paragraphs are exchanged,
joined or divided on one side. A pair of the alignment is right when its two sides come of the same lines. On
../shared/articles/world the paragraphs are the truth: those articles are translated paragraph by paragraph.

Printed, for each damage: the precision of the pairs that are sure, the share of lines that stand in a right one, and
precision and recall of what is said to be without a counterpart. `--half`: documents are divided by a hash of their
source; the weights were set on the half that is seen.
"""

import argparse
import gzip
import hashlib
import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from corrigenda.alignment.align import Encode, bitext_of
from corrigenda.alignment.bitext import SURE, Stretch
from corrigenda.documents.document import Document
from corrigenda.documents.parts import Block, RegionKind, Segment, View

DAMAGES = ("none", "omitted", "added", "exchanged", "joined", "paragraph omitted")
HELD_OUT = ("04-", "05-", "13-", "14-")


class Side(NamedTuple):
    """One text: paragraphs of lines, each with the number of its line."""

    paragraphs: list[list[tuple[int, str]]]

    def document(self, language: str) -> tuple[Document, list[list[tuple[int, int]]]]:
        """Return the text as a document, and for each block where its lines begin, with their numbers."""
        blocks: list[Block] = []
        lines: list[list[tuple[int, int]]] = []
        text = ""
        glue = "" if language in ("zh", "ja") else " "
        for paragraph in self.paragraphs:
            starts: list[tuple[int, int]] = []
            own = ""
            for number, line in paragraph:
                own += glue if own else ""
                starts.append((len(own), number))
                own += line
            view = View(own, (Segment(0, len(own), len(text), len(own)),))
            blocks.append(Block(RegionKind.PROSE, len(text), len(text) + len(own), view))
            lines.append(starts)
            text += own + "\n\n"
        return Document("text", text, "text", (), tuple(blocks), language=language), lines


class Count(NamedTuple):
    """What is counted of one alignment."""

    pairs: int
    right: int
    lines: int
    found: int
    alone: int
    alone_right: int
    alone_there: int
    alone_found: int


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--model", action="store_true")
    parser.add_argument("--half", choices=("seen", "held", "all"), default="seen")
    parser.add_argument("--most", type=int, default=60, help="documents of each pair of languages")
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    encode = multilingual() if arguments.model else None
    counts: dict[tuple[str, str], list[Count]] = defaultdict(list)
    began, sentences = time.perf_counter(), 0
    for name, language, own, other in documents(arguments.shared, arguments.half, arguments.most):
        for damage in DAMAGES:
            target, source = damaged(name, damage, own, other)
            counted = measured(target, source, language, encode, arguments.show and (name, damage))
            sentences += counted.pairs
            counts[language, damage].append(counted)
            counts["all", damage].append(counted)
    for language, own, other in articles(arguments.shared):
        for damage in DAMAGES:
            target, source = damaged(language, damage, own, other)
            counts["world", damage].append(measured(target, source, language, encode, None))
    print(f"{'':9} {'':18} precision  recall | alone: precision recall (number)")
    for (language, damage), found in counts.items():
        if damage in ("none",) or language in ("all", "world"):
            print(f"{language:9} {damage:18} {line(found)}")
    print(f"{sentences} pairs in {time.perf_counter() - began:.1f} s")
    return 0


def line(found: Sequence[Count]) -> str:
    """Return what was counted as shares."""
    whole = Count(*map(sum, zip(*found, strict=True)))
    return (
        f"{whole.right / max(1, whole.pairs):9.3f} {whole.found / max(1, whole.lines):7.3f} | "
        f"{whole.alone_right / max(1, whole.alone):16.3f} {whole.alone_found / max(1, whole.alone_there):6.3f} "
        f"({whole.alone_there})"
    )


def documents(shared: Path, half: str, most: int) -> Iterator[tuple[str, str, Side, Side]]:
    """Yield references beside their sources, in paragraphs of one to four lines."""
    for path in sorted((shared / "data" / "documents").glob("*.refs.jsonl.gz")):
        count = 0
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for raw in lines:
                row = json.loads(raw)
                seen = int(hashlib.sha256(row["source"].encode()).hexdigest(), 16) % 2 == 0
                own, other = row["text"].split("\n"), row["source"].split("\n")
                if (half != "all" and seen != (half == "seen")) or len(own) != len(other) or len(own) < 6:
                    continue
                if count == most:
                    break
                count += 1
                chance = random.Random(row["id"])
                target, source, at = Side([]), Side([]), 0
                while at < len(own):
                    size = chance.choice((1, 1, 2, 2, 3, 4))
                    numbers = range(at, min(at + size, len(own)))
                    target.paragraphs.append([(n, own[n]) for n in numbers])
                    source.paragraphs.append([(n, other[n]) for n in numbers])
                    at += size
                yield row["id"], row["lang_pair"][:2], target, source


def articles(shared: Path) -> Iterator[tuple[str, Side, Side]]:
    """Yield the articles of world, a paragraph a line."""
    for path in sorted((shared / "articles" / "world").glob("*.src.txt")):
        if not path.name.startswith(HELD_OUT):
            own = path.with_name(path.name.replace(".src.", ".en.")).read_text("utf-8").split("\n\n")
            other = path.read_text("utf-8").split("\n\n")
            yield (
                path.name[3:5],
                Side([[(n, x)] for n, x in enumerate(own)]),
                Side([[(n, x)] for n, x in enumerate(other)]),
            )


def damaged(name: str, damage: str, target: Side, source: Side) -> tuple[Side, Side]:
    """Return both texts with one of them damaged, by chance that depends on the name alone."""
    chance = random.Random(f"{name} {damage}")
    own, other = [list(p) for p in target.paragraphs], [list(p) for p in source.paragraphs]
    whole = sum(map(len, own))
    if damage in ("omitted", "added"):
        side = own if damage == "omitted" else other
        gone = set(chance.sample(range(whole), max(1, whole // 10)))
        side[:] = [[row for row in paragraph if row[0] not in gone] for paragraph in side]
        side[:] = [paragraph for paragraph in side if paragraph]
    elif damage == "paragraph omitted" and len(own) > 3:
        at = chance.randrange(len(own) - 2)
        del own[at : at + chance.choice((1, 2))]
    elif damage == "exchanged" and len(own) > 3:
        at = chance.randrange(len(own) - 1)
        own[at], own[at + 1] = own[at + 1], own[at]
    elif damage == "joined":
        for at in range(len(own) - 1, 0, -1):
            if chance.random() < 0.3:
                own[at - 1] += own.pop(at)
    return Side(own), Side(other)


def measured(target: Side, source: Side, language: str, encode: Encode | None, show: object) -> Count:
    """Align two texts and count."""
    own, own_lines = target.document("en")
    other, other_lines = source.document(language)
    bitext = bitext_of(own.with_source(other), language, encode)
    assert bitext is not None
    there = {n for p in target.paragraphs for n, _ in p}
    behind = {n for p in source.paragraphs for n, _ in p}
    alone_there = there ^ behind
    pairs = right = alone = alone_right = 0
    found: set[int] = set()
    wrong: set[int] = set()
    alone_found: set[int] = set()
    for pair in bitext.pairs:
        if pair.confidence < SURE:
            continue
        left, far = _numbers(pair.target, own_lines), _numbers(pair.source, other_lines)
        if left and far:
            pairs += 1
            right += left == far
            (found if left == far else wrong).update(left | far)
            if left != far and show:
                print(
                    show,
                    round(pair.confidence, 2),
                    sorted(left),
                    sorted(far),
                    pair.target_text[:200],
                    "|",
                    pair.source_text[:200],
                )
        else:
            alone += 1
            alone_right += (left | far) <= alone_there
            alone_found |= left | far
    both = there & behind
    return Count(
        pairs,
        right,
        len(both),
        len(both & (found - wrong)),
        alone,
        alone_right,
        len(alone_there),
        len(alone_there & alone_found),
    )


def _numbers(stretches: Sequence[Stretch], lines: list[list[tuple[int, int]]]) -> set[int]:
    """Return the lines that some stretches come of; a sentence may hold several."""
    found: set[int] = set()
    for stretch in stretches:
        starts = lines[stretch.block]
        for n, (start, number) in enumerate(starts):
            end = starts[n + 1][0] if n + 1 < len(starts) else 1 << 60
            if stretch.start < end - 2 and start < stretch.end - 1:
                found.add(number)
    return found


def multilingual() -> Encode:
    """Return the multilingual model."""
    from corrigenda.engines.models import embeddings
    from corrigenda.engines.models.store import DEFAULT_MULTILINGUAL
    from corrigenda.storage.scores import Cache

    return embeddings.load(DEFAULT_MULTILINGUAL, cache=Cache()).encode


if __name__ == "__main__":
    sys.exit(main())
