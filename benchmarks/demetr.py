"""Count what is found in DEMETR: good translations with their sources, each beside one that was damaged in one way.

    python benchmarks/demetr.py SHARED [--half seen] [--kind negation] [--only bilingual] [--each 200] [--show 5]

DEMETR has 35 kinds of damage to some 1,000 sentences out of ten languages. A pair counts as seen where there is a
finding at the damage and the good translation has none in its place; next to the share of such pairs stands the share
that findings of warning or above reach, the share of pairs in which the damaged sentence has more findings than the
good one anywhere, and at the end the share of good translations with any finding.

`--half seen` takes the sentences whose source has an even hash, on which one may develop; `--half held` the others,
which one only measures. `--only bilingual` runs the checks of one theme (or one check) alone, and is several times
faster; `--without-source` shows what the English tells by itself. `--each` takes that many pairs of a kind, those with
the lowest hashes. `--engine language-model=off` puts an engine into a state, as `[engines]` in a configuration does.
`--show N` prints up to N pairs of each kind that were missed, `--alarms` what was found in the good ones.
`--table FILE` writes the table as Markdown.

A place of damage is what differs between the two, by words; where a word was taken out it is the word before and the
one behind. Of kinds that leave nothing of the sentence (an empty one, another one, a free translation), any finding
counts. A finding that covers more than three quarters of a sentence is at the damage only where the damage is large
too. The kind "reference" is no damage: what is found there is found in a second good translation.
"""

import argparse
import gzip
import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.finding import Finding, Severity
from corrigenda.pipeline.checker import Checker, checker
from corrigenda.pipeline.run import check_documents
from corrigenda.pipeline.stages import Stage
from corrigenda.settings import Settings

LANGUAGES = {
    "chinese_simple": "zh",
    "czech": "cs",
    "french": "fr",
    "german": "de",
    "hindi": "hi",
    "italian": "it",
    "japanese": "ja",
    "polish": "pl",
    "russian": "ru",
    "spanish": "es",
}
WHOLE = frozenset(("base: empty", "base: shuffle trans", "base: reference"))
"""Kinds that leave nothing of the sentence."""
AT_ONCE = 512
"""Sentences that are held at once."""
_WORD = re.compile(r"\w+|[^\w\s]")
_MOST = 0.75
"""The share of a sentence from which on a finding is one about all of it."""

Place = tuple[int, int]


class Row(NamedTuple):
    """A pair: its kind, its source with the code of the language, and the two translations."""

    identity: str
    kind: str
    language: str
    source: str
    good: str
    damaged: str


class Outcome(NamedTuple):
    """What is said of a pair."""

    row: Row
    at_damage: bool
    warned: bool
    more: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder of measuring material")
    parser.add_argument("--half", choices=("seen", "held", "both"), default="both")
    parser.add_argument("--kind", action="append", default=[], help="of kinds whose name holds this alone")
    parser.add_argument("--language", action="append", default=[], metavar="CODE", help="out of these languages alone")
    parser.add_argument("--only", action="append", default=[], metavar="CHECK", help="run these checks or themes alone")
    parser.add_argument("--each", type=int, default=0, help="pairs of each kind; 0 for all")
    parser.add_argument("--engine", action="append", default=[], metavar="NAME=STATE")
    parser.add_argument("--without-source", action="store_true")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print missed pairs of each kind")
    parser.add_argument("--found", type=int, default=0, metavar="N", help="print found pairs of each kind")
    parser.add_argument("--alarms", action="store_true", help="print what was found in good translations")
    parser.add_argument("--table", type=Path, metavar="FILE", help="write the table as Markdown")
    options = parser.parse_args()
    rows = [
        row
        for row in read(options.shared / "data" / "other" / "demetr.jsonl.gz")
        if options.half in ("both", half(row))
        and (not options.kind or any(kind in row.kind for kind in options.kind))
        and (not options.language or row.language in options.language)
    ]
    if options.each:
        rows = sampled(rows, options.each)
    if not rows:
        sys.exit("demetr: no pair is left by --kind, --language and --half")
    engines = {"grammar": "off", **dict(engine.split("=", 1) for engine in options.engine)}
    disabled = ("all",) if options.only else ()
    settings = Settings(disabled=disabled, enabled=tuple(options.only), engines=engines)
    with checker(settings) as own:
        finder = Finder(own, with_source=not options.without_source)
        goods = finder.find((row.good, row.source, row.language) for row in rows)
        damaged = finder.find((row.damaged, row.source, row.language) for row in rows)
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    for row in rows:
        fine, faulty = goods[row.good, row.source], damaged[row.damaged, row.source]
        outcome = judged(row, fine, faulty)
        outcomes[row.kind].append(outcome)
    lines = [
        "| kind | pairs | found at the damage | by a warning | anything more than in the good one |",
        "|---|--:|--:|--:|--:|",
    ]
    for kind, some in sorted(outcomes.items()):
        counts = [sum(found) for found in zip(*((one.at_damage, one.warned, one.more) for one in some), strict=True)]
        lines.append(f"| {kind} | {len(some):,} | " + " | ".join(f"{count / len(some):.3f}" for count in counts) + " |")
        missed = [one.row for one in some if not one.at_damage]
        for row in missed[: options.show]:
            print(f"missed {row.kind} {row.language} {row.identity}\n  {row.source}\n  {row.good}\n  {row.damaged}")
        for row in [one.row for one in some if one.at_damage][: options.found]:
            print(f"found {row.kind} {row.language} {row.identity}\n  {row.source}\n  {row.good}")
            for finding in damaged[row.damaged, row.source]:
                print("  " + shown(row.damaged, finding))
    lines += ["", *of_goods(goods, rows)]
    if options.alarms:
        languages = {(row.good, row.source): row.language for row in rows}
        for (text, source), findings in goods.items():
            if findings:
                print(f"alarm {languages[text, source]} {source}")
            for finding in findings:
                print("  " + shown(text, finding))
    print("\n".join(lines))
    if options.table:
        options.table.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read(path: Path) -> Iterator[Row]:
    """Yield the pairs of the file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            level, _, kind = one["phenomenon"].replace("_", " ").split(" ", 2)
            language = LANGUAGES[one["lang_pair"].removesuffix("-en")]
            yield Row(one["id"], f"{level}: {kind}", language, one["source"], one["good"], one["text"])


def half(row: Row) -> str:
    """Return the half that a pair belongs to, by its source, so that all damage to a sentence is in one."""
    return "seen" if int(_digest(row.source), 16) % 2 == 0 else "held"


def sampled(rows: Iterable[Row], each: int) -> list[Row]:
    """Return so many pairs of each kind, those with the lowest hashes."""
    kinds: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: _digest(row.identity)):
        if len(kinds[row.kind]) < each:
            kinds[row.kind].append(row)
    return [row for some in kinds.values() for row in some]


def _digest(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


class Finder:
    """Finds what is said of sentences beside their sources."""

    def __init__(self, own: Checker, *, with_source: bool) -> None:
        self._own = own
        self._with_source = with_source

    def find(self, texts: Iterable[tuple[str, str, str]]) -> Mapping[tuple[str, str], Sequence[Finding]]:
        """Return the findings by text and source; each such pair is checked once."""
        found: dict[tuple[str, str], Sequence[Finding]] = {}
        waiting = list(dict.fromkeys(texts))
        for at in range(0, len(waiting), AT_ONCE):
            some = waiting[at : at + AT_ONCE]
            documents = [self._document(number, *one) for number, one in enumerate(some)]
            report = check_documents(self._own, documents, last=Stage.SENTENCE_ENGINES)
            if report.problems:
                sys.exit(f"demetr: {report.problems[0].path}: {report.problems[0].message}")
            for (text, source, _), document in zip(some, report.documents, strict=True):
                found[text, source] = document.findings
        return found

    def _document(self, number: int, text: str, source: str, language: str) -> Document:
        document = replace(registry.read_bytes(text.encode(), f"{number}.txt", "text"), language="en")
        if not self._with_source:
            return document
        behind = registry.read_bytes(source.encode(), f"{number}.{language}.txt", "text")
        return document.with_source(replace(behind, language=language))


def judged(row: Row, fine: Sequence[Finding], faulty: Sequence[Finding]) -> Outcome:
    """Say whether what is found in a damaged sentence is at the damage, and not in the good one."""
    if row.kind in WHOLE:
        here, there = list(faulty), list(fine)
    else:
        before, behind = damage(row.good, row.damaged)
        here, there = at(behind, row.damaged, faulty), at(before, row.good, fine)
    warned = any(finding.severity is not Severity.SUGGESTION for finding in here)
    return Outcome(row, bool(here) and not there, warned and not there, len(faulty) > len(fine))


def damage(good: str, damaged: str) -> tuple[list[Place], list[Place]]:
    """Return the places of the damage in the good and in the damaged sentence; where words were taken out or put in,
    the place of the side that lacks them is the word before and the one behind.
    """
    ones, others = list(_WORD.finditer(good)), list(_WORD.finditer(damaged))
    matcher = SequenceMatcher(None, [one[0] for one in ones], [other[0] for other in others], autojunk=False)
    places: tuple[list[Place], list[Place]] = ([], [])
    for tag, *spans in matcher.get_opcodes():
        if tag != "equal":
            for side, words, start, end in zip(places, (ones, others), spans[::2], spans[1::2], strict=True):
                first, last = (start, end - 1) if start < end else (max(0, start - 1), min(end, len(words) - 1))
                side.append((words[first].start(), words[last].end()) if words else (0, 0))
    if not places[0]:  # they differ in spaces alone, or not at all
        start = next((n for n, pair in enumerate(zip(good, damaged, strict=False)) if pair[0] != pair[1]), 0)
        places[0].append((start, start + 2))
        places[1].append((start, start + 2))
    return places


def at(places: Sequence[Place], text: str, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that lie, with any of their characters, on a place."""
    covered = sum(end - start for start, end in places)
    return [
        finding
        for finding in findings
        if any(finding.start < end and start < max(finding.end, finding.start + 1) for start, end in places)
        and (finding.end - finding.start <= _MOST * len(text) or covered > _MOST * len(text) / 2)
    ]


def of_goods(goods: Mapping[tuple[str, str], Sequence[Finding]], rows: Sequence[Row]) -> Iterator[str]:
    """Yield the table of the good translations: the share with any finding, by language."""
    yield "| good translations out of | sentences | with a finding | with a warning |"
    yield "|---|--:|--:|--:|"
    languages: dict[str, dict[tuple[str, str], Sequence[Finding]]] = defaultdict(dict)
    for row in rows:
        languages[row.language][row.good, row.source] = goods[row.good, row.source]
    everything = {"all": dict(goods)}
    for language, some in (everything | dict(sorted(languages.items()))).items():
        any_, warned = (
            sum(
                any(level is None or finding.severity is not level for finding in findings)
                for findings in some.values()
            )
            for level in (None, Severity.SUGGESTION)
        )
        yield f"| {language} | {len(some):,} | {any_ / len(some):.3f} | {warned / len(some):.3f} |"


def shown(text: str, finding: Finding) -> str:
    """Return a finding within its sentence."""
    marked = f"{text[: finding.start]}⟦{finding.quote}⟧{text[finding.end :]}"
    return f"{finding.severity.value} {finding.check}: {marked} | {finding.message}"


if __name__ == "__main__":
    main()
