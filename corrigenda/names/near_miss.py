"""A name that is one typing error away from a name that the text uses again and again: Sonak once, Sunak six times."""

from corrigenda.names import given_names, lists
from corrigenda.names.candidate import Candidate
from corrigenda.names.context import NameContext
from corrigenda.names.data import curated
from corrigenda.names.endings import is_case_of
from corrigenda.names.issue import Certainty, NameIssue
from corrigenda.names.judgement import judge
from corrigenda.names.romanise import fold
from corrigenda.names.vetoes import veto

OFTEN = 4
"""How often the right form stands at least."""
RATIO = 4
"""How many times as often as the wrong one."""
_SHORTEST = 5


def _deletions(word: str) -> set[str]:
    """Return a word and what is left of it without one of its letters: words one error apart have one in common."""
    return {word[:i] + word[i + 1 :] for i in range(len(word))} | {word}


def is_typing_error(first: str, second: str) -> bool:
    """Return whether two folded words differ by one letter left out, added or changed, or two neighbours swapped."""
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    at = 0
    while at < min(len(first), len(second)) and first[at] == second[at]:
        at += 1
    if len(first) == len(second):
        rest, other = first[at:], second[at:]
        return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
    longer, shorter = (first, second) if len(first) > len(second) else (second, first)
    return longer[at + 1 :] == shorter[at:]


def near_misses(context: NameContext) -> list[NameIssue]:
    """Return the rare forms that are a frequent name with a typing error, where `mixed_spellings` has nothing to say.

    The frequent form stands at least four times and four times as often; the rare one is in no dictionary and no list.
    """
    names = context.names
    frequent = {fold(form): form for form in names.forms if _is_frequent(form, context)}
    by_part: dict[str, list[str]] = {}
    for folded, form in frequent.items():
        for part in _deletions(folded):
            by_part.setdefault(part, []).append(form)
    found = []
    for form in names.forms if frequent else ():
        if fold(form) in frequent or not _is_unknown(form, context):
            continue
        near = {right for part in _deletions(fold(form)) for right in by_part.get(part, ())}
        rights = [right for right in near if _is_error_for(form, right, context)]
        if len(rights) == 1:
            found.append(_issue(form, rights[0], context))
    return sorted(found, key=lambda issue: issue.sort_key)


def _is_frequent(form: str, context: NameContext) -> bool:
    """Return whether a form stands so often that it is a right spelling."""
    if context.names.count(form) < OFTEN or len(form) < _SHORTEST:
        return False
    return not form.isupper() and not lists.is_english(form)


def _is_unknown(form: str, context: NameContext) -> bool:
    """Return whether no dictionary and no list has a form, and the text never writes it in lower case."""
    if len(form) < _SHORTEST or form.isupper() or lists.is_known(form) or curated().rows_of(form):
        return False
    return form.lower() not in context.lower and not given_names.is_given(form)


def _is_error_for(form: str, right: str, context: NameContext) -> bool:
    """Return whether a rare form is a frequent one with a typing error, and no other name."""
    if not is_typing_error(fold(form), fold(right)):
        return False
    if _capitals(form) > 1 and _capitals(form) != _capitals(right):
        return False  # CPython beside Python: who writes a capital inside means another thing
    if context.names.count(right) < RATIO * context.names.count(form):
        return False
    if fold(form)[:1] != fold(right)[:1] and len(form) < 7:
        return False
    if fold(form)[:-1] in (fold(right), fold(right)[:-1]) and fold(form)[-1:] in ("s", "n", "i"):
        return False  # Himalayan beside Himalayas
    candidate = Candidate(form, right, context)
    if (candidate.before[0] or candidate.after[0]) and not candidate.has_one_neighbour:
        return False  # another person
    if is_case_of(form, right) or is_case_of(right, form):
        return False  # `case_endings` decides
    verdict = judge(candidate)
    if verdict is not None and verdict.certainty is not Certainty.POSSIBLE:
        return False  # `mixed_spellings` reports the pair
    return veto(candidate) is None


def _capitals(form: str) -> int:
    return sum(character.isupper() for character in form)


def _issue(form: str, right: str, context: NameContext) -> NameIssue:
    names = context.names
    counts = f"{form} stands {_times(names.count(form))}, {right} {_times(names.count(right))}"
    return NameIssue(
        rule="near-miss",
        form=form,
        spans=names.spans(form),
        certainty=Certainty.LIKELY,
        reason=f"{counts}, and the two differ by one slip",
        suggestion=right,
        other=right,
        other_spans=names.spans(right),
    )


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
