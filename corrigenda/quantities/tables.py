"""What the words of a language mean where numbers, dates and units are concerned: corpora/sources/numbers.

A table is read when its language is first asked for, so that runs without a source read none.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from corrigenda import resources
from corrigenda.quantities.quantity import Level


class Word(NamedTuple):
    """What a word of a language counts.

    `role` is "value", "scale" (it multiplies what stands before it), "fraction" (it divides it), "month", "weekday",
    "moment" (minutes after midnight) or "hint".
    """

    role: str
    value: Fraction
    level: Level
    ordinal: bool = False


class Measure(NamedTuple):
    """What a unit measures, and how many of the first unit of that kind it is."""

    kind: str
    size: float


_LONGEST_START = 40


class Words:
    """Words and beginnings of words with what they mean; of two beginnings the longer one counts."""

    def __init__(self) -> None:
        """Begin with no word."""
        self._whole: dict[str, list[Any]] = {}
        self._starts: dict[str, list[Any]] = {}
        self._values: set[Any] = set()

    def add(self, word: str, meaning: Any) -> None:
        """Add a meaning of a word; `*` at its end stands for any ending, `_` for a space."""
        word = word.replace("_", " ")
        if isinstance(meaning, Word) and meaning.role == "value":
            self._values.add(meaning.value)
        if word.endswith("*"):
            self._starts.setdefault(word[:-1], []).append(meaning)
        else:
            self._whole.setdefault(word, []).append(meaning)

    def of(self, word: str) -> Sequence[Any]:
        """Return the meanings of a lower-case word, none where it is not listed."""
        found = self._whole.get(word)
        if found is not None:
            return found
        if self._starts:
            for length in range(min(len(word), _LONGEST_START), 1, -1):
                found = self._starts.get(word[:length])
                if found is not None:
                    return found
        return ()

    def has(self, value: Fraction) -> bool:
        """Return whether a value has a word of its own."""
        return value in self._values

    def words(self) -> Iterable[str]:
        """Return the words and beginnings that are listed."""
        return (*self._whole, *self._starts)

    @property
    def longest(self) -> int:
        """How many spaces the longest entry has."""
        return max((word.count(" ") for word in self.words()), default=0)


@dataclass(frozen=True)
class Clock:
    """How a language tells the time."""

    hour: tuple[str, ...] = ()
    hour_before: tuple[str, ...] = ()
    minute: tuple[str, ...] = ()
    am: tuple[str, ...] = ()
    pm: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    quarter_to: tuple[str, ...] = ()
    quarter_past: tuple[str, ...] = ()
    before: bool = False


@dataclass(frozen=True, eq=False)
class Table:
    """A language's numbers, dates, times and units. docs/languages.md says what each key of its file means."""

    code: str
    decimal: str
    group: str
    words: Words
    units: Words
    clock: Clock
    joins: frozenset[str]
    half: tuple[str, ...]
    articles: frozenset[str]
    rounding: tuple[str, ...]
    ordinal_endings: tuple[str, ...]
    capital: frozenset[str]
    money_scales: Mapping[str, Fraction]
    compound: re.Pattern[str] | None
    starts: tuple[tuple[str, Word], ...]
    prefixes: tuple[str, ...]
    endings: tuple[str, ...]
    links: tuple[str, ...]
    fused: bool
    units_first: bool
    vigesimal: bool
    percent_before: tuple[str, ...]
    fraction_before: bool
    eastern: bool
    raw: Mapping[str, Any]
    """The file itself, for what only the scripts without spaces have."""


_LEVELS = {"values": Level.WORD, "ordinals": Level.WORD, "parts": Level.HINT, "hints": Level.HINT}


@cache
def languages() -> frozenset[str]:
    """Return the codes of the languages whose numbers can be read."""
    return frozenset(path.stem for path in resources.path("corpora", "sources", "numbers").glob("*.toml"))


@cache
def table(code: str) -> Table:
    """Return a language's table. Raises FileNotFoundError for a language that has none (see `languages`)."""
    path = resources.path("corpora", "sources", "numbers", f"{code}.toml")
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    words, units = Words(), Words()
    for section, level in _LEVELS.items():
        for value, forms in raw.get(section, {}).items():
            role = "hint" if section == "hints" else "value"
            for form in forms.split():
                words.add(form, Word(role, Fraction(value), level, section == "ordinals"))
    for section, role, level in (
        ("scales", "scale", Level.WORD),
        ("fractions", "fraction", Level.WORD),
        ("months", "month", Level.FIGURE),
        ("weekdays", "weekday", Level.FIGURE),
        ("moments", "moment", Level.HINT),
    ):
        for value, forms in raw.get(section, {}).items():
            for form in forms.split():
                words.add(form, Word(role, Fraction(value), level))
    for unit, forms in raw.get("units", {}).items():
        for form in forms.split():
            units.add(form, unit)
    clock: dict[str, Any] = {
        name.replace("-", "_"): tuple(said) if isinstance(said, list) else said
        for name, said in raw.get("clock", {}).items()
    }
    return Table(
        code=code,
        decimal=raw["decimal"],
        group=raw["group"],
        words=words,
        units=units,
        clock=Clock(**clock),
        joins=frozenset(raw.get("joins", ())),
        half=tuple(sorted(raw.get("half", ()), key=len, reverse=True)),
        articles=frozenset(raw.get("articles", ())),
        ordinal_endings=tuple(raw.get("ordinal-endings", ())),
        rounding=tuple(raw.get("rounding", ())),
        capital=frozenset(raw.get("capital", ())),
        money_scales={
            form: Fraction(value) for value, forms in raw.get("money-scales", {}).items() for form in forms.split()
        },
        compound=_compound(raw.get("compound", ())),
        starts=_starts(raw),
        prefixes=tuple(sorted(raw.get("prefixes", ()), key=len, reverse=True)),
        endings=tuple(sorted(raw.get("endings", ()), key=len, reverse=True)),
        links=tuple(raw.get("links", ())),
        fused=raw.get("fused", False),
        units_first=raw.get("units-first", False),
        vigesimal=raw.get("vigesimal", False),
        percent_before=tuple(raw.get("percent-before", ())),
        fraction_before=raw.get("fraction-before", False),
        eastern=raw.get("eastern", False),
        raw=raw,
    )


def _compound(tails: Sequence[str]) -> "re.Pattern[str] | None":
    """Return an expression for what may follow a number inside one word ("-year-old"), None where nothing does."""
    if not tails:
        return None
    return re.compile("|".join(re.escape(tail.rstrip("*")) for tail in sorted(tails, key=len, reverse=True)))


def _starts(raw: Mapping[str, Any]) -> tuple[tuple[str, Word], ...]:
    """Return the number words that compounds may begin with, the longest first."""
    if not raw.get("compound"):
        return ()
    found: dict[str, Word] = {}
    for section in ("values", "parts", "scales"):
        for value, forms in raw.get(section, {}).items():
            role = "scale" if section == "scales" else "value"
            for form in forms.split():
                if not form.endswith("*") and len(form) > 1:
                    found[form] = Word(role, Fraction(value), Level.WORD)
    return tuple(sorted(found.items(), key=lambda entry: (-len(entry[0]), entry[0])))


@cache
def measures() -> Mapping[str, Measure]:
    """Return the units of measure by their codes."""
    raw = tomllib.loads(resources.path("corpora", "sources", "measures.toml").read_text(encoding="utf-8"))
    return {code: Measure(kind, float(size)) for kind, units in raw.items() for code, size in units.items()}
