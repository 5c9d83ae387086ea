"""What a scan's matches must hold: short strings one of which stands in every match, found when the index is built.

A document that holds none of them cannot match, so neither the expression is compiled for it nor RE2 imported. Python's
own parser of regular expressions reads the expression; what only RE2 knows is written in its terms first.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

DIGIT = "\\d"
"""Stands for any digit among the strings."""

FOREIGN = "\\P"
"""Stands for any character outside ASCII."""

_MOST = 150
_SMALL_SET = 8


def is_cased(expression: str) -> bool:
    """Return whether all of an expression tells capitals from small letters, so that its strings do too."""
    return re.search(r"\(\?[a-zA-Z]*i", expression) is None


def required(expression: str) -> tuple[str, ...]:
    """Return strings one of which every match holds, sorted; empty when nothing can be said.

    They are in lower case unless the expression is cased.
    """
    translated = re.sub(r"\\x\{([0-9A-Fa-f]+)\}", lambda m: re.escape(chr(int(m[1], 16))), expression)
    translated = re.sub(r"\\p\{?N\}?", r"\\d", translated)
    translated = re.sub(r"\\[pP](?:\{\^?\w+\}|\w)", r"\\w", translated)
    translated = re.sub(r"^\(\?[a-zA-Z]+\)", "", translated)
    try:
        tree = _parse(translated)
    except (re.error, OverflowError):
        return ()
    best = _of(tree)
    if best and not is_cased(expression):
        best = frozenset(text if text == DIGIT else text.lower() for text in best)
    return tuple(sorted(best)) if best and len(best) <= _MOST else ()


def _parse(expression: str) -> Sequence[Any]:
    from re import _parser  # type: ignore[attr-defined]

    parsed: Sequence[Any] = _parser.parse(expression)
    return parsed


def _of(items: Iterable[Any]) -> frozenset[str] | None:
    """Return the strings for a sequence: of all its parts, those that are longest, then fewest.

    What stands side by side is joined: a space and one of three marks make three strings of two characters.
    """
    candidates: list[frozenset[str]] = []
    run: frozenset[str] = frozenset(("",))

    def end_run() -> None:
        nonlocal run
        if "" not in run:
            candidates.append(run)
        run = frozenset(("",))

    for operator, argument in _flat(items):
        name = str(operator)
        times, open_ended, optional = 1, False, False
        part: frozenset[str] | None
        if name in ("MAX_REPEAT", "MIN_REPEAT") and len(argument[2]) == 1 and (argument[0] > 0 or argument[1] == 1):
            times, open_ended, optional = min(max(argument[0], 1), 4), argument[0] != argument[1], argument[0] == 0
            name, argument = str(argument[2][0][0]), argument[2][0][1]
        part = _plain(name, argument)
        if part is None or DIGIT in part:
            end_run()
            part = part or _part(name, argument)
            if part and not optional:
                candidates.append(part)
            continue
        if optional:
            part, open_ended = part | {""}, False
        for _ in range(times):
            if len(run) * len(part) > _MOST:
                end_run()
            run = frozenset(before + text for before in run for text in part)
        if open_ended:  # any number may come between; the last one stands before what follows
            end_run()
            run = part
    end_run()
    return max(candidates, key=_worth, default=None)


def _flat(items: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield the items of a sequence with those of its groups in their place."""
    for operator, argument in items:
        if str(operator) == "SUBPATTERN":
            yield from _flat(argument[-1])
        else:
            yield operator, argument


def _plain(name: str, argument: Any) -> frozenset[str] | None:
    """Return all that an item can match, where that is a few strings."""
    if name == "LITERAL":
        return frozenset((chr(argument),))
    if name == "IN":
        return _set(argument)
    if name == "BRANCH":
        words = ["".join(chr(code) for _, code in branch) for branch in argument[1] if _is_literal(branch)]
        return frozenset(words) if len(words) == len(argument[1]) and all(words) else None
    return None


def _is_literal(items: Iterable[Any]) -> bool:
    return all(str(operator) == "LITERAL" for operator, _ in items)


def _part(name: str, argument: Any) -> frozenset[str] | None:
    if name == "BRANCH":
        branches = [_of(branch) for branch in argument[1]]
        if any(not branch for branch in branches):
            return None
        return frozenset(text for branch in branches if branch for text in branch)
    if name in ("MAX_REPEAT", "MIN_REPEAT") and argument[0] > 0:
        return _of(argument[2])
    return None


def _set(argument: Sequence[Any]) -> frozenset[str] | None:
    found: set[str] = set()
    for operator, value in argument:
        if str(operator) == "LITERAL":
            found.add(chr(value))
        elif str(operator) == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
            found.add(DIGIT)
        else:
            return None
    return frozenset(found) if len(found) <= _SMALL_SET else None


def _worth(strings: frozenset[str]) -> tuple[int, int]:
    # A digit says more than a letter or a comma; a space or a letter alone says next to nothing.
    shortest = min(
        2 if text == DIGIT else len(text.strip() or " ") if len(text) == 1 else len(text) for text in strings
    )
    return (shortest, -len(strings))
