"""Vet the entries of checks: how often each speaks in native English, in translations and on marked texts.

    python benchmarks/vet.py SHARED --lexicon pl [--kind idioms]     the entries of one folder of corpora/lexicons
    python benchmarks/vet.py SHARED --check artefacts/calque         the entries of a check
    python benchmarks/vet.py SHARED --table                          everything; writes the tables

First the sentences of the entries are run (`wrong` found, `fine` not). Then each entry is counted over the marked sets
and a fifth of SHARED/data, with `--full` over all of it; only entries that are new or changed are
looked for, in as many processes as there are cores, and what was counted is kept in the user's cache. Rates are per
million words, without the support that weak entries need and without any model's consent, so a report is quieter than
its entries. The tables are benchmarks/vetting/entries.tsv, a line an entry, and docs/vetting.md.

What to do with an entry is said beside it:
  drop     native writers use it more often than translations do
  weak     native writers use it too, less often: it should count only in a text that others show to be translated
  narrow   it is weak already, and native writers still use it more than twice in a million words
  silent   found nowhere; right only if it is sure by knowledge
A record whose document is put aside (a third, by hash) is counted under "held", and shown to nobody.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from vetting.counting import Count, Entry, Store, count, named, words_of
from vetting.material import sources
from vetting.table import summary, table

from corrigenda import resources
from corrigenda.pipeline.lexicon_examples import failures
from corrigenda.rules.check import Check, load_folder
from corrigenda.rules.lexicon import lexicons
from corrigenda.storage import folders

ROOT = Path(__file__).resolve().parent.parent
DETECTORS = ("phrases", "pattern", "regex")
"""Whose checks have entries; the others are counted as one."""
MOST_WEAK = 2.0
"""Places in a million native words that a weak entry may have."""
SHOWN = 400


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder of measuring material")
    parser.add_argument("--lexicon", action="append", default=[], metavar="FOLDER", help="entries of this folder")
    parser.add_argument("--kind", action="append", default=[], help="of these kinds alone: idioms, senses …")
    parser.add_argument("--check", action="append", default=[], metavar="ID", help="entries of this check")
    parser.add_argument("--no-count", action="store_true", help="run the sentences alone")
    parser.add_argument("--full", action="store_true", help="count over all texts, not over a fifth of them")
    parser.add_argument("--all", action="store_true", help="print every entry, not only those with something to do")
    parser.add_argument("--samples", type=int, default=2, help="places to print of each kind of text")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--table", action="store_true", help="count everything and write the tables")
    options = parser.parse_args()
    checks = [check for check in load_folder(resources.folder("checks")) if check.detector in DETECTORS]
    if options.check:
        checks = [check for check in checks if check.id in options.check]
    elif not options.table:
        checks = [
            check
            for check in checks
            if "lexicon" in check.options and (not options.kind or check.options["lexicon"] in options.kind)
        ]
    faults = failures(checks, options.lexicon)
    for fault in faults:
        print(f"{fault.path.relative_to(ROOT)}:{fault.line}: {fault.check} {fault.message}")
    print(f"sentences: {len(faults)} not as they should be")
    if options.no_count:
        sys.exit(bool(faults))
    checks, entries = named(checks)
    if options.lexicon:
        entries = [entry for entry in entries if entry.folder in options.lexicon]
    elif not options.table and not options.check:
        entries = [entry for entry in entries if entry.folder]
    files = sources(options.shared, quick=not options.full)
    place = folders.cache() / "vetting"
    store = Store(place / "counts.sqlite")
    count(checks, entries, files, store, options.jobs)
    counts = store.counts(entries, [source.key for source in files])
    words = words_of(files, place / "words.json")
    if options.table:
        (ROOT / "benchmarks" / "vetting" / "entries.tsv").write_text(
            table(entries, counts, words, _origins(checks)), encoding="utf-8", newline="\n"
        )
        (ROOT / "docs" / "vetting.md").write_text(summary(entries, counts, words), encoding="utf-8", newline="\n")
    _print(entries, counts, words, everything=options.all, samples=options.samples)


def _origins(checks: Sequence[Check]) -> dict[str, str]:
    """Return where each entry of a lexicon was met."""
    kinds = {check.options["lexicon"] for check in checks if "lexicon" in check.options}
    return {
        entry["id"]: str(entry.get("from", ""))
        for kind in sorted(kinds)
        for lexicon in lexicons(kind)
        for entry in lexicon.entries
    }


def verdict(entry: Entry, counted: Count, words: Mapping[str, int]) -> str:
    """Say what should be done with an entry, "" for nothing."""
    native = rate(counted, words, "native ")
    translated = max(rate(counted, words, "mt "), rate(counted, words, "set mt"))
    if not counted.places:
        return "silent"
    if entry.weak:
        return "narrow" if native > MOST_WEAK else ""
    if native > 0.15 and native >= translated:
        return "drop"
    return "weak" if native > 0.08 else ""


def rate(counted: Count, words: Mapping[str, int], group: str) -> float:
    """Return the places of an entry in a million words of the groups that begin so."""
    read = sum(n for name, n in words.items() if name.startswith(group))
    return 1e6 * sum(n for name, n in counted.places.items() if name.startswith(group)) / max(1, read)


def _print(
    entries: Sequence[Entry], counts: Mapping[str, Count], words: Mapping[str, int], *, everything: bool, samples: int
) -> None:
    done = 0
    tally: dict[str, int] = {}
    for entry in entries:
        counted = counts[entry.name]
        said = verdict(entry, counted, words)
        tally[said or "good"] = tally.get(said or "good", 0) + 1
        if (said in ("", "silent") and not everything) or done >= SHOWN:
            continue
        done += 1
        native = sum(n for group, n in counted.places.items() if group.startswith("native "))
        translated = sum(n for group, n in counted.places.items() if group.startswith("mt "))
        right, marked = counted.right.total(), sum(n for g, n in counted.places.items() if g.startswith("set "))
        print(f"{said:7}{entry.name}: native {native}, translated {translated}, marked {right} of {marked}")
        for shown in counted.samples.get("native", [])[:samples] + counted.samples.get("mt", [])[:1]:
            print(f"         {shown}")
    print("; ".join(f"{name} {number}" for name, number in sorted(tally.items())))


if __name__ == "__main__":
    main()
