"""Count false alarms by kind of native writing: findings per 1,000 words of good English, where none should be.

    python benchmarks/native.py SHARED [--words 20000] [--kind docs] [--grammar] [--show CHECK] [--table FILE]

The texts are those of SHARED/data/native; of each kind the documents with the lowest hashes of their ids, up to a
number of words, so that the same texts are taken on every machine and by every run. With `--grammar` both columns are
given, without and with the grammar engine, which takes some ten times as long. A finding of warning or above counts in
the first figure, a suggestion in the second. Below the table stand the checks that speak most often, by kind.
"""

import argparse
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from corrigenda.documents.store import Source
from corrigenda.finding import Finding, Severity
from corrigenda.pipeline.run import run
from corrigenda.settings import Settings


class Text(NamedTuple):
    """One document of a kind."""

    name: str
    text: str
    words: int


class Count(NamedTuple):
    """What was found in the texts of a kind, by check and by whether it is a warning or more."""

    documents: int
    words: int
    grave: Counter[str]
    slight: Counter[str]

    def per_thousand(self) -> str:
        """Return the two figures as a table has them."""
        return " | ".join(f"{1000 * found.total() / self.words:.2f}" for found in (self.grave, self.slight))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder of measuring material")
    parser.add_argument("--words", type=int, default=20_000, help="of each kind")
    parser.add_argument("--kind", action="append", default=[], help="of these kinds alone")
    parser.add_argument("--grammar", action="store_true", help="with the grammar engine too")
    parser.add_argument("--show", metavar="CHECK", action="append", default=[], help="print what a check found")
    parser.add_argument("--most", type=int, default=6, help="checks to name of each kind")
    parser.add_argument("--table", type=Path, metavar="FILE", help="write the table as Markdown")
    options = parser.parse_args()
    kinds = sampled(options.shared / "data" / "native", options.words, frozenset(options.kind))
    ways = [("without grammar", Settings(engines={"grammar": "off"}))]
    if options.grammar:
        ways.append(("with grammar", Settings()))
    heads = " | ".join(f"warning, {name} | suggestion, {name}" for name, _ in ways)
    lines = [f"| kind | documents | words | {heads} |", "|---|--:|--:|" + "--:|--:|" * len(ways)]
    named: list[str] = []
    for kind, texts in sorted(kinds.items()):
        counts = [counted(kind, texts, settings, options.show) for _, settings in ways]
        figures = " | ".join(count.per_thousand() for count in counts)
        lines.append(f"| {kind} | {counts[0].documents:,} | {counts[0].words:,} | {figures} |")
        print(lines[-1], flush=True)
        for (name, _), count in zip(ways, counts, strict=True):
            for level, found in (("warning", count.grave), ("suggestion", count.slight)):
                often = ", ".join(f"{check} {number}" for check, number in found.most_common(options.most))
                named.append(f"{kind}, {level}, {name}: {often or 'nothing'}")
    print("\n".join(["", *lines, "", *named]))
    if options.table:
        options.table.write_text("\n".join(lines) + "\n", encoding="utf-8")


def sampled(folder: Path, words: int, wanted: frozenset[str]) -> Mapping[str, Sequence[Text]]:
    """Return texts of each kind, those with the lowest hashes first, up to a number of words."""
    rows: dict[str, list[tuple[str, Text]]] = {}
    for kind, row in read(folder):
        if not wanted or kind in wanted:
            digest = hashlib.sha1(row["id"].encode(), usedforsecurity=False).hexdigest()
            text = Text(row["id"], row["text"], len(row["text"].split()))
            rows.setdefault(kind, []).append((digest, text))
    result: dict[str, list[Text]] = {}
    for kind, found in rows.items():
        total = 0
        for _, text in sorted(found):
            if total >= words:
                break
            result.setdefault(kind, []).append(text)
            total += text.words
    return result


def read(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield kind and row of each text; documentation in Markdown and as plain text are two kinds."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield row["kind"], row


def counted(kind: str, texts: Sequence[Text], settings: Settings, show: Sequence[str]) -> Count:
    """Check the texts of a kind and count what is found."""
    suffix = ".md" if kind.endswith("md") else ".txt"
    sources = [Source(f"{n}{suffix}", Path(f"{n}{suffix}"), text.text.encode()) for n, text in enumerate(texts)]
    report = run(sources, settings, incremental=False)
    grave: Counter[str] = Counter()
    slight: Counter[str] = Counter()
    for document in report.documents:
        for finding in document.findings:
            (slight if finding.severity is Severity.SUGGESTION else grave)[finding.check] += 1
            if finding.check in show:
                print(shown(texts[int(document.path.removesuffix(suffix))], finding))
    return Count(len(texts), sum(text.words for text in texts), grave, slight)


def shown(text: Text, finding: Finding) -> str:
    """Return a finding with what stands around it, on one line."""
    before = text.text[max(0, finding.start - 60) : finding.start]
    after = text.text[finding.end : finding.end + 60]
    line = f"{finding.severity.value} {finding.check} {text.name}: {before}⟦{finding.quote}⟧{after}"
    return " ".join(line.split())[:600]


if __name__ == "__main__":
    main()
