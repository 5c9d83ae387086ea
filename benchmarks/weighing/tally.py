"""Counts of hits by rule, and what they say of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from weighing.hits import Row
from weighing.texts import POST_EDITED, Text

PER = 100_000
"""Words that rates are given for."""


@dataclass
class Marks:
    """How a rule does on marks: its hits, those on a mark, those that random spans would have on one, and of the hits
    whose first suggestion can be judged those where it is the editor's.
    """

    hits: int = 0
    right: int = 0
    lucky: float = 0.0
    judged: int = 0
    taken: int = 0

    def add(self, row: Row) -> None:
        """Count one hit in a marked text."""
        self.hits += 1
        self.right += bool(row.right)
        self.lucky += row.chance
        self.judged += row.taken is not None
        self.taken += bool(row.taken)

    def include(self, other: "Marks") -> None:
        """Count what was counted elsewhere."""
        self.hits += other.hits
        self.right += other.right
        self.lucky += other.lucky
        self.judged += other.judged
        self.taken += other.taken

    @property
    def precision(self) -> float:
        """The share on a mark."""
        return self.right / max(1, self.hits)

    @property
    def chance(self) -> float:
        """The share that random spans would have on one."""
        return self.lucky / max(1, self.hits)

    @property
    def agreed(self) -> float:
        """The share of first suggestions that are the editor's."""
        return self.taken / max(1, self.judged)


@dataclass
class Tally:
    """The hits of one rule or category: by corpus, and on the marks of the sets and of the post-editors."""

    category: str = ""
    hits: Counter[str] = field(default_factory=Counter)
    sets: Marks = field(default_factory=Marks)
    edits: Marks = field(default_factory=Marks)

    def add(self, row: Row) -> None:
        """Count one hit."""
        self.hits[row.corpus] += 1
        if row.right is not None:
            (self.edits if row.corpus == POST_EDITED else self.sets).add(row)

    def include(self, other: "Tally") -> None:
        """Count what was counted elsewhere."""
        self.category = other.category
        self.hits += other.hits
        self.sets.include(other.sets)
        self.edits.include(other.edits)


class Half:
    """All counts of one half of the texts, or of both."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.rules: defaultdict[str, Tally] = defaultdict(Tally)
        self.categories: defaultdict[str, Tally] = defaultdict(Tally)

    def add(self, text: Text, rows: Iterable[Row]) -> None:
        """Count a text and its hits."""
        self.words[text.corpus] += text.words
        for row in rows:
            for tally in (self.rules[row.name], self.categories[row.category]):
                tally.category = row.category
                tally.add(row)

    def __add__(self, other: "Half") -> "Half":
        """Return the counts of both halves together."""
        both = Half()
        for half in (self, other):
            both.words += half.words
            for mine, theirs in ((both.rules, half.rules), (both.categories, half.categories)):
                for name, tally in theirs.items():
                    mine[name].include(tally)
        return both

    def rate(self, tally: Tally, corpus: str) -> float:
        """Return how often a rule speaks in 100,000 words of a corpus."""
        return PER * tally.hits[corpus] / max(1, self.words[corpus])

    def ratio(self, tally: Tally) -> float:
        """Return how much oftener it speaks in machine translation than in native news; half a hit is added to both,
        so that a rule that never spoke in news has a finite ratio.
        """
        machine = (tally.hits["machine"] + 0.5) / max(1, self.words["machine"])
        return machine / ((tally.hits["news"] + 0.5) / max(1, self.words["news"]))


def halves(counted: Iterable[tuple[Text, list[Row]]]) -> tuple[Half, Half, list[Row]]:
    """Return the counts of the deciding half and of the one held out, and all hits."""
    found = (Half(), Half())
    rows: list[Row] = []
    for text, own in counted:
        found[text.half].add(text, own)
        rows += own
    return *found, rows


def order(half: Half) -> Iterator[tuple[str, Tally]]:
    """Yield the rules of a half by category, the most frequent in machine translation first."""
    yield from sorted(half.rules.items(), key=lambda item: (item[1].category, -half.rate(item[1], "machine"), item[0]))
