"""The tables of the bench: one line an entry for the repository, a summary by check and language for docs/."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from vetting.counting import Count, Entry

_MARKED = ("set articles", "set world", "set kherson")


def table(
    entries: Sequence[Entry], counts: Mapping[str, Count], words: Mapping[str, int], origins: Mapping[str, str]
) -> str:
    """Return a line for each entry: where it speaks, by group, how often it is right on marked texts, its origin."""
    groups = " ".join(f"{group.replace(' ', '/')}={number}" for group, number in sorted(words.items()))
    lines = [
        "# Places of every entry by group of texts, marked places that an editor marked too, and first corrections",
        "# that are the editor's. Made by benchmarks/vet.py --table. Words of each group:",
        f"# {groups}",
        "check\tentry\tweak\torigin\tnative\ttranslated\tmarked\tright\tfirst correction\tgroups",
    ]
    for entry in sorted(entries):
        counted = counts[entry.name]
        own = " ".join(f"{group.replace(' ', '/')}={n}" for group, n in sorted(counted.places.items()))
        lines.append(
            "\t".join(
                (
                    entry.check,
                    entry.name,
                    "weak" if entry.weak else "",
                    origins.get(entry.name, "knowledge" if entry.folder else "check"),
                    str(_sum(counted.places, "native ")),
                    str(_sum(counted.places, "mt ")),
                    str(_sum(counted.places, _MARKED)),
                    str(_sum(counted.right, _MARKED)),
                    str(_sum(counted.first, _MARKED)),
                    own,
                )
            )
        )
    return "\n".join(lines) + "\n"


def summary(entries: Sequence[Entry], counts: Mapping[str, Count], words: Mapping[str, int]) -> str:
    """Return docs/vetting.md: rates by check in each kind of native text, in translations by language, and on marks."""
    by_check: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_check[entry.check].append(entry)
    kinds = sorted(group for group in words if group.startswith("native "))
    head = ["check", "entries", *(kind.removeprefix("native ") for kind in kinds), "human", "machine", "right", "first"]
    lines = [
        "# How entries are vetted",
        "",
        "Every entry of every check is counted over native English of many kinds, over human and machine translation,",
        "and on marked texts (`python benchmarks/vet.py ../shared --table`: a fifth of the unmarked texts; all of them",
        "with `--full`). An entry that native writers use is",
        "narrowed, made weak (it counts only in a text that other findings show to be translated) or dropped. The line",
        "of each entry is in `benchmarks/vetting/entries.tsv`. The figures are of entries by themselves, without the",
        "support that weak ones need and without the consent of models: what a report says is less.",
        "",
        "## By check, places in a million words",
        "",
        "“right” are places on marked articles (articles, world, kherson) that an editor marked too, “first” those",
        "where the first correction is the editor's.",
        "",
        "| " + " | ".join(head) + " |",
        "|---|" + "--:|" * (len(head) - 1),
    ]
    for check, own in sorted(by_check.items()):
        places: Counter[str] = Counter()
        right: Counter[str] = Counter()
        first: Counter[str] = Counter()
        for entry in own:
            places.update(counts[entry.name].places)
            right.update(counts[entry.name].right)
            first.update(counts[entry.name].first)
        marked = _sum(places, _MARKED)
        row = [check, str(len(own))]
        row += [_rate(places, words, kind) for kind in kinds]
        row += [_rate(places, words, "human"), _rate(places, words, "mt ")]
        row += [f"{_sum(right, _MARKED)} of {marked}", str(_sum(first, _MARKED))]
        lines.append("| " + " | ".join(row) + " |")
    lines += ["", "## By source language, places in a million words", ""]
    lines += ["| translated from | words | places | entries of its own lexicon | their places there | elsewhere |"]
    lines += ["|---|--:|--:|--:|--:|--:|"]
    total: Counter[str] = Counter()
    for entry in entries:
        total.update(counts[entry.name].places)
    for group in sorted(group for group in words if group.startswith("mt ") and "held" not in group):
        code = group.removeprefix("mt ")
        own = [entry for entry in entries if code in entry.folder.split("-")]
        there = sum(counts[entry.name].places[group] for entry in own)
        every = sum(_sum(counts[entry.name].places, "mt ") for entry in own)
        rest = sum(n for name, n in words.items() if name.startswith("mt ")) - words[group]
        lines.append(
            f"| {code} | {words[group]:,} | {1e6 * total[group] / words[group]:.1f} | {len(own)} "
            f"| {1e6 * there / words[group]:.1f} | {1e6 * (every - there) / max(1, rest):.1f} |"
        )
    return "\n".join(lines) + "\n"


def _sum(counted: Mapping[str, int], beginning: str | tuple[str, ...]) -> int:
    return sum(n for group, n in counted.items() if group.startswith(beginning))


def _rate(counted: Mapping[str, int], words: Mapping[str, int], beginning: str) -> str:
    read = sum(n for group, n in words.items() if group.startswith(beginning))
    return f"{1e6 * _sum(counted, beginning) / max(1, read):.1f}"
