"""Weigh every rule of the grammar engine: how often it speaks in native writing and in translation, and how often it is
right.

    python benchmarks/grammar_rules.py SHARED --answers FILE [--words 400000] [--show RULE] [--table FILE]

LingoTweaker reads the texts with all its categories, its picky rules and the rules that are off by default; the
project's own filter (names, italics, datelines, the speller's conditions) goes over the answers with a policy that lets
everything through. Counted are, in each of four kinds of text, hits per 100,000 words: edited news written in English
(data/native/news-*), documentation (docs-*), human translation (documents/*.refs and the references in mt), machine
translation (documents/*.mt and mt). `ratio` is machine translation over native news, half a hit added to both. On the
marked sets of measure/sets a hit is right when at least half of it lies on one mark, and `chance` is what spans of its
length get at random, both as in measure/score.py; the same is said of what post-editors changed (mlqe), whose marks
cover more of the text. `agreed` counts the hits whose first suggestion is what the editor or post-editor wrote there.

A text falls on one of two halves by the hash of its source. The verdict (weighing/criteria.py) is that of the first
half; beside it stands that of the second, on which nothing was decided, and what is let through now. At the end stands
what all that is let through comes to in each half.

In what is let through now, rules that are off by default and picky ones that no check names are left out, since nobody
asks for them.

Answers are kept in FILE, by hashes of the paragraphs: the first run takes half an hour, the next ones two minutes. It
needs lingotweaker and lingotweaker-data-en.
"""

import argparse
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from weighing import texts
from weighing.answers import Answers
from weighing.criteria import verdict
from weighing.hits import Row, rows
from weighing.tally import Half, Tally, halves, order
from weighing.through import Through

HEADER = ("rule", "now", "first half", "second half", "news", "docs", "human", "machine", "ratio")
MARKS = ("hits", "right", "chance", "agreed")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder of measuring material")
    parser.add_argument(
        "--answers", type=Path, required=True, metavar="FILE", help="where the engine's answers are kept"
    )
    parser.add_argument(
        "--words", type=int, default=400_000, help="of news and of machine translation; half as many of the rest"
    )
    parser.add_argument("--post-edited", type=int, default=25, metavar="PERCENT", help="of the post-edited sentences")
    parser.add_argument("--least", type=int, default=4, help="hits below which a rule is left out of the tables")
    parser.add_argument("--show", metavar="RULE", action="append", default=[], help="print hits of a rule instead")
    parser.add_argument("--most", type=int, default=25, help="hits of each kind of text to show")
    parser.add_argument("--table", type=Path, metavar="FILE", help="write the tables as Markdown")
    options = parser.parse_args()
    answers = Answers(options.answers)
    first, second, found = halves(rows(_texts(options), answers))
    answers.close()
    if options.show:
        for rule in options.show:
            _show(rule, found, options.most)
        return
    written = "\n".join(chain(_tables(first, second, found, options.least), _totals(first, second, found)))
    print(written)
    if options.table:
        options.table.write_text(written + "\n", encoding="utf-8", newline="\n")


def _texts(options: argparse.Namespace) -> Iterator[texts.Text]:
    for corpus in texts.MARKED:
        yield from texts.marked(options.shared, corpus)
    for corpus in texts.RATED:
        print(f"reading {corpus}", file=sys.stderr)
        words = options.words if corpus in texts.LARGE else options.words // 2
        yield from texts.rated(options.shared, corpus, words)
    yield from texts.share(texts.marked(options.shared, texts.POST_EDITED), options.post_edited)


def _tables(first: Half, second: Half, found: list[Row], least: int) -> Iterator[str]:
    """Yield the lines of one table a category, and of one of the categories."""
    through = Through()
    now = {row.name: through.severity(row) or "" for row in found}
    both = first + second
    yield "| category | " + " | ".join((*HEADER[4:], *MARKS, *(f"post-edit: {name}" for name in MARKS))) + " |"
    yield "|---|" + "--:|" * 13
    for name, tally in sorted(both.categories.items()):
        yield f"| {name} | {_figures(both, tally)} |"
    last = ""
    for name, tally in order(both):
        if sum(tally.hits.values()) < least:
            continue
        if tally.category != last:
            last = tally.category
            yield f"\n### {last}\n"
            yield "| " + " | ".join((*HEADER, *MARKS, *(f"post-edit: {name}" for name in MARKS))) + " |"
            yield "|---|---|---|---|" + "--:|" * 13
        said = [verdict(half, half.rules[name]) for half in (first, second)]
        yield f"| {name} | {now[name]} | {said[0]} | {said[1]} | {_figures(both, tally)} |"


def _figures(half: Half, tally: Tally) -> str:
    rates = [f"{half.rate(tally, corpus):.1f}" for corpus in texts.RATED]
    marks = [
        cell
        for own in (tally.sets, tally.edits)
        for cell in (str(own.hits), f"{own.precision:.2f}", f"{own.chance:.2f}", f"{own.taken}/{own.judged}")
    ]
    return " | ".join([*rates, f"{half.ratio(tally):.1f}", *marks])


def _totals(first: Half, second: Half, found: list[Row]) -> Iterator[str]:
    """Yield what all that is let through comes to, by severity, kind of text and half."""
    through = Through()
    severities = [(row, through.severity(row)) for row in found]
    yield (
        "\n| let through | half | "
        + " | ".join(texts.RATED)
        + " | sets: hits | right | chance | post-edit: hits | right | chance |"
    )
    yield "|---|--:|" + "--:|" * 10
    for least in ("warning", "suggestion"):
        for number, half in enumerate((first, second)):
            total = Tally()
            for row, severity in severities:
                if row.half == number and severity is not None and least in (severity, "suggestion"):
                    total.add(row)
            cells = [f"{half.rate(total, corpus) / 100:.2f}" for corpus in texts.RATED]
            for own in (total.sets, total.edits):
                cells += [str(own.hits), f"{own.precision:.2f}", f"{own.chance:.2f}"]
            yield f"| {least} and above, per 1,000 words | {number + 1} | {' | '.join(cells)} |"


def _show(rule: str, found: list[Row], most: int) -> None:
    for corpus in (*texts.RATED, *texts.MARKED, texts.POST_EDITED):
        own = [row for row in found if row.name == rule and row.corpus == corpus]
        if own:
            print(f"\n{rule} in {corpus}: {len(own)}")
        for row in own[:most]:
            mark = (
                ""
                if row.right is None
                else (" right" if row.right else " not marked") + (" taken" if row.taken else "")
            )
            print(f"  {row.context} → {row.suggestion!r}{mark}")


if __name__ == "__main__":
    main()
