"""Is this word a name, and which? The question to ask before any word is corrected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from corrigenda.names import gazetteer, given_names, lists
from corrigenda.names.context import NameContext
from corrigenda.names.data import Row, Spelling, curated
from corrigenda.names.issue import Certainty
from corrigenda.names.near_miss import is_typing_error
from corrigenda.names.romanise import fold, key, ndist
from corrigenda.names.thresholds import CERTAIN_AT


@dataclass(frozen=True, slots=True)
class NameVerdict:
    """Whether a word is a name, and which.

    `kind` is "place", "person", "given", "org" or "name" (a name of which no more is known), "" for no name. `row` is
    the curated name, if it is one. `near_miss_of` is another form in the text of which this one seems to be a
    misspelling or a second spelling: what a spelling correction should offer in place of a dictionary word. `reason`
    says what decided.
    """

    is_name: bool
    kind: str = ""
    certainty: Certainty = Certainty.POSSIBLE
    row: Row | None = None
    near_miss_of: str = ""
    reason: str = ""


def is_name(token: str, context: NameContext | None = None, start: int | None = None) -> NameVerdict:
    """Return the verdict on one word or several, as they stand in the text, without a possessive ending.

    `start` is the code-point position of the word in the context's text; with it, a capital that only the beginning
    of a sentence explains is told from one that a name needs.
    """
    token = token.strip()
    if token.endswith(("'s", "’s")):
        token = token[:-2]
    if not any(c.isalpha() for c in token):
        return NameVerdict(False, reason="no letters")
    verdict = _curated(token) or _of_parts(token, context)
    if verdict is None and token[:1].islower():
        return _lower_case(token, context)
    verdict = verdict or _of_word(token, context, start)
    near = _near(token, context) if verdict.is_name and context is not None else ""
    return replace(verdict, near_miss_of=near) if near else verdict


def _curated(token: str) -> NameVerdict | None:
    """The verdict of the curated list, or None when it does not know the word, or as a small word only."""
    entries = curated().rows_of(token)
    if not entries or (token.islower() and lists.is_english(token.capitalize())):
        return None
    row = entries[0].row if len(entries) == 1 else _unambiguous(entries)
    kind = (row or entries[0].row).kind.split(".")[0]
    return NameVerdict(True, kind, Certainty.CERTAIN, row, reason="a name of the curated list")


def _unambiguous(entries: Sequence[Spelling]) -> Row | None:
    """The one row of which a spelling is a form of its own, if there is just one."""
    own = [row for row, status in entries if status in ("canonical", "variant")]
    return own[0] if len(own) == 1 else None


def _of_parts(token: str, context: NameContext | None) -> NameVerdict | None:
    """The strongest verdict on the capitalised words of several, or None when there is one word or none is a name."""
    words = token.replace("-", " ").split()
    if len(words) < 2 or not any(word[:1].isupper() for word in words):
        return None
    verdicts = [is_name(word, context, None) for word in words if word[:1].isupper()]
    best = max(verdicts, key=lambda verdict: (verdict.is_name, verdict.certainty.rank))
    return replace(best, near_miss_of="") if best.is_name else None


def _of_word(token: str, context: NameContext | None, start: int | None) -> NameVerdict:
    """The verdict on one capitalised word that the curated list does not know: by the lists, then by the text."""
    if given_names.is_given(token):
        return NameVerdict(True, "given", Certainty.CERTAIN, reason="a given name")
    is_word = lists.is_known_word(token)
    stands_as_name = is_word and _stands_as_name(token, context, start)
    if (lists.is_demonym(token) or lists.is_proper(token)) and (not is_word or stands_as_name):
        return NameVerdict(True, "name", Certainty.LIKELY, reason="a name of the English dictionary")
    if stands_as_name:
        return NameVerdict(True, "name", Certainty.POSSIBLE, reason="an English word that stands as a name")
    if is_word:
        return NameVerdict(False, reason="an English word")
    if _is_place(token):
        return NameVerdict(True, "place", Certainty.LIKELY, reason="a town of the gazetteer")
    if context is not None and token.lower() in context.lower:
        return NameVerdict(False, reason="the text writes it in lower case too")
    if token.isupper():
        return NameVerdict(True, "org", Certainty.POSSIBLE, reason="an acronym")
    if context is not None and (context.names.count(token) > 1 or not _initial(context, start)):
        return NameVerdict(True, "name", Certainty.LIKELY, reason="a capital inside a sentence, and in no dictionary")
    return NameVerdict(True, "name", Certainty.POSSIBLE, reason="in no dictionary")


@lru_cache(4096)
def _is_place(token: str) -> bool:
    """Return whether the gazetteer has a word that is long enough to trust it."""
    return len(token) > 4 and gazetteer.is_place(token)


def _lower_case(token: str, context: NameContext | None) -> NameVerdict:
    """A lower-case word is a name only when the text has it with a capital, or it begins with an Arabic article."""
    head, _, rest = token.partition("-")
    if rest[:1].isupper() and head in ("al", "el", "ash", "as", "ad", "ar", "at", "az", "an", "ul"):
        return NameVerdict(True, "name", Certainty.LIKELY, reason="a name with the Arabic article")
    if context is not None and not lists.is_known_word(token):
        capital = token[:1].upper() + token[1:]
        if capital in context.names:
            return NameVerdict(True, "name", Certainty.POSSIBLE, reason=f"the text has {capital}")
    return NameVerdict(False, reason="not capitalised")


def _initial(context: NameContext, start: int | None) -> bool:
    """Return whether the word at a position begins a sentence; False when the position is unknown."""
    if start is None:
        return False
    number = context.names.number_at(start)
    return number is not None and context.names.at(number).initial


def _stands_as_name(token: str, context: NameContext | None, start: int | None) -> bool:
    """Return whether an English word is used as a name: a capital inside a sentence, beside another name."""
    if context is None or lists.is_function_word(token):
        return False
    numbers = context.names.numbers(token)
    if start is not None:
        number = context.names.number_at(start)
        numbers = [number] if number is not None else []
    for number in numbers:
        place = context.names.at(number)
        if place.initial and not lists.is_proper(token):
            continue
        if lists.is_proper(token) or lists.is_neighbour(place.before) or lists.is_neighbour(place.after):
            return True
    return False


def _near(token: str, context: NameContext | None) -> str:
    """Return the form in the text, more frequent than this one, of which it seems to be a misspelling or spelling."""
    if context is None or len(token) < 5 or " " in token:
        return ""
    names = context.names
    folded, bucket, count = fold(token), key(token), names.count(token)
    near = [
        form
        for form in names.forms
        if len(form) > 3 and form != token and abs(len(form) - len(token)) <= 3 and names.count(form) > count
        if fold(form) != folded and not lists.is_english(form)
        if is_typing_error(folded, fold(form)) or (key(form) == bucket and ndist(token, form) <= CERTAIN_AT)
    ]
    return max(near, key=lambda form: (names.count(form), form), default="")
