"""Whether a translation writes one name of its source in two ways."""

from collections.abc import Iterable, Sequence

from corrigenda.counterparts.writing import Writing
from corrigenda.names import given_names, lists
from corrigenda.names.romanise import fold

_SHORTEST = 3
_MOST_ALIKE = 0.67
"""Share of letters that two spellings of one name have in common, one after the other, at least."""


def clusters(words: Sequence[str], writing: Writing) -> list[list[int]]:
    """Return the numbers of the words that are forms of one name, for every name that stands twice or more."""
    groups: dict[str, list[int]] = {}
    for number, word in enumerate(words):
        groups.setdefault(_stem(word, writing), []).append(number)
    return [numbers for numbers in groups.values() if len(numbers) > 1]


def _stem(word: str, writing: Writing) -> str:
    lowered = word.casefold()
    cut = min(2, writing.ending // 2)
    while cut and len(lowered) - cut < _SHORTEST + 1:
        cut -= 1
    return lowered[: len(lowered) - cut] if cut else lowered


def two_spellings(form: str, usual: str, sources: Iterable[str], others: Iterable[str], writing: Writing) -> bool:
    """Return whether two forms are one name in two spellings.

    Args:
        form: A form of the translation.
        usual: The form that stands there more often.
        sources: The words of the source that the first stands for.
        others: The same for the second.
        writing: How the source's language is written.
    """
    one, two = fold(form), fold(usual)
    if one == two or form.isupper() != usual.isupper() or " " in form + usual:
        return False
    if lists.is_demonym(form) or lists.is_demonym(usual) or _derived(one, two):
        return False
    if "-" in form or "-" in usual:
        return one.replace("-", "") == two.replace("-", "")
    if not set(sources) & set(others) and (
        one[:-2] == two[: len(one) - 2] or (writing.ending > 2 and one[:-1] == two[:-1])
    ):
        return False  # cases, or a man's and a woman's form
    return _common(one, two) >= _MOST_ALIKE * max(len(one), len(two))


def _derived(one: str, two: str) -> bool:
    """Return whether one form is the other with an ending of English: a plural, a people, an adjective."""
    short, long = sorted((one, two), key=len)
    return long.startswith(short) and long[len(short) :] in (
        "s",
        "es",
        "n",
        "an",
        "ian",
        "i",
        "ese",
        "ish",
        "ic",
        "ism",
        "ist",
    )


def _common(one: str, two: str) -> int:
    """Return how many letters two words have in common, in one order."""
    above = [0] * (len(two) + 1)
    for a in one:
        current = [0]
        for column, b in enumerate(two):
            current.append(above[column] + 1 if a == b else max(above[column + 1], current[column]))
        above = current
    return above[-1]


def case_ending(form: str, usual: str, sources: Iterable[str], others: Iterable[str], writing: Writing) -> bool:
    """Return whether a form keeps an ending that a case added in the source: Zimina for Zimin."""
    one, two = fold(form), fold(usual)
    if (
        writing.ending < 3
        or given_names.is_given(form)
        or not one.startswith(two)
        or one[len(two) :] not in ("a", "u", "y")
    ):
        return False
    longer = min(map(len, sources), default=0) > min(map(len, others), default=0)
    return longer and len(two) > _SHORTEST
