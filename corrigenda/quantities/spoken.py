"""Numbers in words, and figures with the words that go on with them: two hundred and five, 3.5 million."""

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from corrigenda.quantities import figures
from corrigenda.quantities.folding import SIGNS, WORD
from corrigenda.quantities.quantity import Level, Quantity, Reading, number
from corrigenda.quantities.tables import Table, Word

_LONGEST_WORD = 60
"""Letters that a number in one word may have; more is no number that anybody writes."""
_MOST_DIGITS = 40
_LARGEST = 10**15
_LARGEST_DENOMINATOR = 20


class Token(NamedTuple):
    """A word or a number in figures at `[start, end)`."""

    start: int
    end: int
    text: str
    figure: bool


@cache
def _tokens(spaces: bool) -> "re.Pattern[str]":
    figure = figures.FIGURE if spaces else figures.PLAIN_FIGURE
    return re.compile(rf"(?P<figure>{figure})|{WORD}")


def tokens(low: str, table: Table) -> list[Token]:
    """Return the words and figures of a folded text, in order."""
    return [
        Token(found.start(), found.end(), found[0], found["figure"] is not None)
        for found in _tokens(" " in table.group).finditer(low)
    ]


class _Run:
    """A number as it grows, word by word."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.total = Fraction(0)
        self.current = Fraction(0)
        self.last_scale = Fraction(0)
        self.begun = False
        self.pieces = 0
        self.over = False

    @property
    def value(self) -> Fraction:
        return self.total + self.current

    def adds(self, value: Fraction, joined: bool) -> bool:
        """Add a number that goes on with this one; return whether it does."""
        current = self.current
        if not self.begun:
            self.current = value
        elif self.total and not current:
            if value >= self.last_scale:
                return False
            self.current = value
        elif self.table.vigesimal and current == 4 and value == 20:
            self.current = Fraction(80)
        elif self.table.vigesimal and current % 100 in (60, 80) and value < 20:
            self.current += value
        elif current.denominator != 1 or not current:
            return False
        elif self._goes_on(value, joined):
            self.current += value
        else:
            return False
        self.begun = True
        self.pieces += 1
        return True

    def _goes_on(self, value: Fraction, joined: bool) -> bool:
        """Return whether a number stands where its digits are still open."""
        current = self.current
        if 0 < value < 10 and current % 10 == 0:
            return current % 100 != 10 or not self.table.words.has(10 + value)
        if 0 < value < 100 and current % 100 == 0:
            return True
        if 100 <= value < 1000 and value % 100 == 0:
            return current % 1000 == 0
        return self.table.units_first and joined and current % 100 < 10 and 20 <= value < 100 and value % 10 == 0

    def scales(self, value: Fraction) -> bool:
        """Multiply by a scale that follows; return whether it goes on with this number."""
        if not self.begun:
            self.current = Fraction(1)
        if self.value * value > _LARGEST or (self.begun and not self.value):
            return False
        if value > self.last_scale and self.total:
            self.total, self.current = self.value * value, Fraction(0)
        elif value <= 100:
            if not self.current or self.current >= 100:
                return False
            self.current *= value
        elif not self.current:
            return False
        else:
            self.total += self.current * value
            self.current = Fraction(0)
        if value > 100:
            self.last_scale = value
        self.begun = True
        self.pieces += 1
        return True


@lru_cache(maxsize=50_000)
def meanings(word: str, table: Table) -> Sequence[Word]:
    """Return what a lower-case word counts."""
    found: Sequence[Word] = table.words.of(word)
    if found:
        return found
    for prefix in table.prefixes:
        if word.startswith(prefix) and len(word) > len(prefix) + 1:
            found = table.words.of(word[len(prefix) :])
            if found:
                return found
    if table.compound is not None:
        compounded = _compound(word, table)
        if compounded is not None:
            return (compounded,)
    if table.fused and len(word) <= _LONGEST_WORD:
        fused = _fused(word, table)
        if fused is not None:
            return (fused,)
    return ()


def _compound(word: str, table: Table) -> Word | None:
    """Return what a word counts that begins with a number: two-day in one word."""
    assert table.compound is not None
    for start, meaning in table.starts:
        if word.startswith(start):
            rest = word[len(start) :].lstrip("-")
            if rest and table.compound.match(rest):
                value = meaning.value
                for scale, own in table.starts:
                    if own.role == "scale" and own.value > 100 and len(scale) >= 5 and rest.startswith(scale[:6]):
                        value *= own.value
                        break
                return Word("value", value, Level.WORD if value > 1 else Level.HINT)
    return None


@cache
def _pieces(table: Table) -> Mapping[str, Word]:
    """Return the number words that longer ones are made of."""
    found: dict[str, Word] = {}
    for word in table.words.words():
        for meaning in table.words.of(word):
            if meaning.role in ("value", "scale") and len(word) > 1 and not meaning.ordinal:
                found.setdefault(word, meaning)
    return MappingProxyType(found)


def _fused(word: str, table: Table) -> Word | None:
    """Return what a word counts that is a number of several words written as one."""
    pieces = _pieces(table)
    if not any(word.startswith(piece) for piece in pieces):
        return None
    for ending in ("", *table.endings):
        if ending and not word.endswith(ending):
            continue
        for parts in _split(word[: len(word) - len(ending)], pieces, table.links, 0):
            numbers = [part for part in parts if part is not None]
            if len(numbers) < 2 and not ending:
                continue
            run = _Run(table)
            joined = False
            for part in parts:
                if part is None:
                    joined = True
                    continue
                if not (run.scales(part.value) if part.role == "scale" else run.adds(part.value, joined)):
                    break
                joined = False
            else:
                return Word("value", run.value, Level.WORD if run.value > 1 else Level.HINT, bool(ending))
    return None


def _split(
    word: str, pieces: Mapping[str, Word], links: tuple[str, ...], depth: int
) -> Iterator[tuple[Word | None, ...]]:
    """Yield the ways to cut a word into number words and links (None)."""
    if not word:
        yield ()
        return
    if depth > 10:
        return
    for length in range(min(len(word), 14), 0, -1):
        piece = pieces.get(word[:length])
        if piece is not None:
            for rest in _split(word[length:], pieces, links, depth + 1):
                yield (piece, *rest)
        if depth and word[:length] in links:
            for rest in _split(word[length:], pieces, links, depth + 1):
                if rest:
                    yield (None, *rest)


def numbers(text: str, low: str, table: Table, taken: Sequence[tuple[int, int]]) -> Iterator[Quantity]:
    """Yield the numbers, months and weekdays of a text in a language whose words have spaces between them.

    Args:
        text: The text.
        low: The same, folded.
        table: The language.
        taken: Stretches that were read already, ascending.
    """
    own = tokens(low, table)
    at = 0
    reserved = iter([*taken, (len(low) + 1, len(low) + 1)])
    start, end = next(reserved)
    while at < len(own):
        while own[at].start >= end:
            start, end = next(reserved)
        if own[at].end > start:
            at += 1
            continue
        found, after = _number(text, low, own, at, table, start)
        if found is not None:
            yield found
        at = max(after, at + 1)


def _number(
    text: str, low: str, own: Sequence[Token], at: int, table: Table, limit: int
) -> tuple[Quantity | None, int]:
    """Return the quantity that begins with a token, and the token behind it."""
    run = _Run(table)
    first = own[at]
    level, ordinal, extra, denominator = Level.HINT, False, [], Fraction(1)
    also: list[Fraction] = []
    foreign: list[Fraction] = []
    index, end = at, first.start
    joined = False
    began_with_scale = False
    while index < len(own) and own[index].end <= limit:
        token = own[index]
        if index > at and not joined and low[end : token.start] not in ("", " ", "-"):
            break
        if token.figure:
            if index > at:
                break
            main, other = figures.values(token.text, table.decimal, table.group)
            if not main:
                return _several(token), at + 1
            run.adds(main[0], False)
            also, foreign = main[1:], other
            level = Level.FIGURE
            index, end = index + 1, token.end
            continue
        if index > at and not joined and token.text in table.joins:
            following = own[index + 1] if index + 1 < len(own) else None
            if (
                following is not None
                and not following.figure
                and low[token.end : following.start] == " "
                and any(word.role == "value" for word in meanings(following.text, table))
                and low[end : token.start] == " "
            ):
                joined, index = True, index + 1
                end_of_join = token.end
                if low[end_of_join : following.start] == " ":
                    continue
            break
        words = meanings(token.text, table)
        lettered = not words and index == at + 1 and first.figure and token.text in table.money_scales
        if lettered and _money(text, low, first, token):
            words = (Word("scale", table.money_scales[token.text], Level.WORD),)
        step = _step(run, words, joined or token.text[:1] in table.joins, index == at, ordinal)
        if step is None:
            break
        if step.role in ("month", "weekday"):
            if index > at:
                break
            if token.text in table.capital and not text[token.start].isupper():
                return None, at + 1
            also_number = [word for word in words if word.role == "value"]
            readings = {Reading(word.role, word.value) for word in words if word.role in ("month", "weekday")}
            readings |= {number(word.value) for word in also_number}
            main_reading = Reading(step.role, step.value)
            return Quantity(token.start, token.end, main_reading, frozenset(readings), step.level), at + 1
        if step.role == "moment":
            hours = {number(step.value / 60), number(24)} if not step.value else {number(step.value / 60)}
            moment = Reading("time", step.value)
            return Quantity(token.start, token.end, moment, frozenset({moment, *hours}), Level.HINT), at + 1
        if step.role == "hint":
            readings = {number(word.value) for word in words if word.role in ("hint", "fraction", "value")}
            readings |= {number(1 / word.value) for word in words if word.role == "fraction"}
            return Quantity(token.start, token.end, number(step.value), frozenset(readings), Level.HINT), at + 1
        began_with_scale = began_with_scale or (index == at and step.role in ("scale", "fraction"))
        if step.role == "fraction":
            denominator = step.value
            extra = [word.value for word in words if word.role == "value"] if index == at else []
        level = max(level, step.level)
        ordinal = ordinal or step.ordinal
        index, end, joined = index + 1, token.end, False
        if step.role == "fraction" or (step.ordinal and step.role == "value"):
            if index == at + 1 and step.role == "value":
                extra = [1 / word.value for word in words if word.role == "fraction"]
            break
        half = _half(low, end, table)
        if half:
            run.current += Fraction(1, 2)
            end += half
            index = next((number_ for number_ in range(index, len(own)) if own[number_].start >= end), len(own))
            level = max(level, Level.WORD)
    if first.figure and index == at + 1:
        half = _half(low, end, table)
        if half:
            run.current += Fraction(1, 2)
            end += half
            index = next((number_ for number_ in range(index, len(own)) if own[number_].start >= end), len(own))
            while index < len(own) and own[index].start - end <= 1:
                scale = next((word for word in meanings(own[index].text, table) if word.role == "scale"), None)
                if scale is None or not run.scales(scale.value):
                    break
                end, index = own[index].end, index + 1
    if index == at or not run.begun:
        return None, at + 1
    value = run.value / denominator
    factor = (run.value / first_value) if first.figure and (first_value := _first(first, table)) else Fraction(1)
    start = first.start
    if began_with_scale:
        before = own[at - 1] if at else None
        counted = before is not None and before.text in table.articles and low[before.end : start] in (" ", "-")
        if counted and before is not None:
            start = before.start
        if run.pieces <= 1 and not counted:
            level = Level.HINT
    share = not began_with_scale and index == at + 1 and ordinal and bool(extra)
    if share and at and own[at - 1].text in table.articles and low[own[at - 1].end : start] == " ":
        start, value, extra, ordinal = own[at - 1].start, extra[0], [value], False
    readings = {number(value), *(number(own_value * factor) for own_value in also), *map(number, extra)}
    if began_with_scale and denominator != 1 and index == at + 1:
        readings.add(number(denominator))
    elif run.pieces == 1 and not first.figure and (value == 1 or _is_part(first, table)):
        level = Level.HINT
    return (
        Quantity(
            start,
            end,
            number(value),
            frozenset(readings),
            level,
            ordinal=ordinal,
            foreign=frozenset(number(own_value * factor) for own_value in foreign),
        ),
        index,
    )


def _first(token: Token, table: Table) -> Fraction:
    main, _ = figures.values(token.text, table.decimal, table.group)
    return main[0] if main else Fraction(0)


def _is_part(token: Token, table: Table) -> bool:
    return any(word.level is Level.HINT for word in meanings(token.text, table))


def _step(run: _Run, words: Sequence[Word], joined: bool, first: bool, ordinal: bool) -> Word | None:
    """Let a number grow by the meaning of a word that goes on with it; return that meaning."""
    if ordinal:
        return None
    for word in words:
        hinted = first and word.level is Level.WORD and any(own.role == "hint" for own in words)
        if word.role == "value" and not hinted:
            if run.begun and word.value >= 1000 and run.scales(word.value):
                return word
            if run.adds(word.value, joined):
                return word
    for word in words:
        if word.role == "scale" and run.scales(word.value):
            return word
    for word in words:
        if word.role == "fraction" and (first or (run.begun and run.value <= _LARGEST_DENOMINATOR)):
            if first:
                run.adds(Fraction(1), False)
            return word
    if first:
        for word in words:
            if word.role in ("month", "weekday"):
                return word
        for word in words:
            if word.role in ("hint", "moment"):
                return word
    return None


def _money(text: str, low: str, figure: Token, word: Token) -> bool:
    """Return whether a letter behind a number stands for a scale: $2.6m, 5 M€, 10k."""
    before, after = low[max(0, figure.start - 1) : figure.start], low[word.end : word.end + 2].lstrip()
    attached = text[word.start : word.end] == "k" and figure.end == word.start
    return attached or before in tuple(SIGNS) or after[:1] in tuple(SIGNS)


def _half(low: str, end: int, table: Table) -> int:
    """Return how many characters say "and a half" behind a number."""
    for words in table.half:
        for gap in (" ", ""):
            if low.startswith(gap + words, end) and not low[end + len(gap + words) :][:1].isalpha():
                return len(gap + words)
    return 0


def _several(token: Token) -> Quantity:
    """Return what is no one number in figures: a version, the number of a section, an address."""
    parts: list[Quantity] = []
    for found in figures.DIGITS.finditer(token.text):
        own = number(int(found[0]))
        begin = token.start + found.start()
        parts.append(Quantity(begin, begin + len(found[0]), own, frozenset((own,)), Level.FIGURE, code=True))
    digits = "".join(filter(str.isdigit, token.text))[:_MOST_DIGITS]
    main = Reading("digits", Fraction(int("1" + digits)))
    return Quantity(token.start, token.end, main, frozenset((main,)), Level.FIGURE, code=True, parts=tuple(parts))
