"""A name that is one slip away from a name that the text uses again and again: Sonak once, Sunak six times."""

from corrigenda.names import lists
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
    return {word[:i] + word[i + 1 :] for i in range(len(word))} | {word}


def is_slip(first: str, second: str) -> bool:
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
    """Return the rare forms that are a slip of a frequent name, where `mixed_spellings` has nothing to say.

    The frequent form stands at least four times and four times as often; the rare one is in no dictionary and no list.
    """
    names = context.names
    often = {fold(form): form for form in names.forms if names.count(form) >= OFTEN and len(form) >= _SHORTEST}
    often = {folded: form for folded, form in often.items() if not form.isupper() and not lists.is_english(form)}
    if not often:
        return []
    table: dict[str, list[str]] = {}
    for folded, form in often.items():
        for part in _deletions(folded):
            table.setdefault(part, []).append(form)
    found = []
    for form in names.forms:
        folded = fold(form)
        count = names.count(form)
        if (
            len(form) < _SHORTEST
            or folded in often
            or form.isupper()
            or lists.is_known(form)
            or curated().rows_of(form)
        ):
            continue
        if form.lower() in context.lower or lists.is_given(form):
            continue
        rights = {right for part in _deletions(folded) for right in table.get(part, ()) if is_slip(folded, fold(right))}
        rights = {
            right for right in rights if names.count(right) >= RATIO * count and not _refused(form, right, context)
        }
        if len(rights) != 1:
            continue
        right = rights.pop()
        reason = f"{form} stands {_times(count)}, {right} {_times(names.count(right))}, and the two differ by one slip"
        found.append(
            NameIssue("near-miss", form, names.spans(form), Certainty.LIKELY, reason, right, right, names.spans(right))
        )
    return sorted(found, key=lambda issue: issue.sort_key)


def _refused(form: str, right: str, context: NameContext) -> bool:
    if fold(form)[:1] != fold(right)[:1] and len(form) < 7:
        return True
    if fold(form)[:-1] in (fold(right), fold(right)[:-1]) and fold(form)[-1:] in "sni":
        return True  # Himalayan beside Himalayas
    candidate = Candidate(form, right, context)
    if (candidate.before[0] or candidate.after[0]) and not candidate.has_one_neighbour:
        return True  # another person
    if is_case_of(form, right) or is_case_of(right, form):
        return True  # `case_endings` decides
    verdict = judge(candidate)
    if verdict is not None and verdict.certainty is not Certainty.POSSIBLE:
        return True  # `mixed_spellings` reports the pair
    return veto(candidate) is not None


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
