"""Slavic case endings that translation left on: "in Belgoroda".

Cases are found beside their base form in the text, or where a known place is left when the ending is taken off.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from types import MappingProxyType

from corrigenda.languages import language
from corrigenda.names import gazetteer, given_names, lists, respelling
from corrigenda.names.candidate import Candidate
from corrigenda.names.context import NameContext
from corrigenda.names.data import CURRENT, Row, curated
from corrigenda.names.issue import Certainty, NameIssue
from corrigenda.names.judgement import judge
from corrigenda.names.romanise import fold, key, ndist, symbols
from corrigenda.names.suffixes import are_of_two_sexes, is_gender_pair
from corrigenda.names.thresholds import CERTAIN_AT, SAME_SOUNDS_AT
from corrigenda.names.vetoes import veto, veto_roster, veto_syllables

_SLAVIC = frozenset(("uk", "ru", "be", "pl", "cs", "sk", "sl", "hr", "sr", "bs", "mk", "bg", "me"))


@cache
def _preposition() -> "re.Pattern[str]":
    words = "|".join(map(re.escape, language().name_words.noun_prepositions))
    return re.compile(rf"\b(?:{words})\s$")


# Endings of the singular cases by the ending of the nominative: what a romaniser writes for a, u, om, ye, y …
_CONSONANT_CASES = (*("a", "u", "om", "em", "iem", "ovi", "evi", "owi", "e", "ye", "i", "y", "ia", "ya", "iu", "yu"),)
_A_CASES = (
    *("y", "i", "u", "e", "ye", "o", "ou", "oi", "oy", "oyi", "oiu", "oyu", "ei", "ey", "eiu", "eyu"),
    *("ii", "iyi", "yi", "yu", "iu"),
)
_O_CASES = ("a", "u", "om", "i")
_I_CASES = ("ya", "ia", "yu", "iu", "em", "iem", "yem")
_CASES = MappingProxyType(
    {"": _CONSONANT_CASES, "a": _A_CASES, "o": _O_CASES, "e": _O_CASES, "i": _I_CASES, "y": _I_CASES, "u": _O_CASES}
)
_FLEETING = re.compile(r"(?<=[bcdfghklmnprstvz])i?[eo](?=(?:k|ts|c|l)$)")  # Paroubek gives Paroubka, Pavel Pavla
_FEMININE_ADJECTIVE = re.compile(r"(?<=[kn])a[yij]a$")  # Tsikhanouskaya gives Tsikhanouskoy
_BARE_CASE = re.compile(r"(?:[oe]v|[iy]n)[oe]$")  # Torbeyevo gives Torbeyev, a case without an ending
_ADJECTIVE_CASES = re.compile(r"(?:i?ego|ogo|eho|oho|i?emu|omu|omy|im|ym|oi|oy|uyu|uiu)$")
_ADJECTIVE_BASE = re.compile(r"(?:sk|ck|n|v)[yi]+j?$")
_ADJECTIVE_OF_SK = re.compile(r"sk(?:[yi]+|aya|a|oye|oe|e)$")
_WOMANS_SURNAME = re.compile(r"(?:[oe]v|[iy]n|sk)a$")
_SAME_STEM_AT = 0.06
"""How far apart (`ndist`) two stems of one word may be: romanised in two ways, and not more."""


def _stem(form: str) -> tuple[str, str]:
    """Return a folded form without its final vowel, and that vowel; the end of a woman's adjective is one vowel."""
    folded = _FEMININE_ADJECTIVE.sub("a", fold(form))
    return (folded[:-1], folded[-1]) if folded.endswith(("a", "e", "i", "o", "u", "y")) else (folded, "")


def is_case_of(inflected: str, base: str) -> bool:
    """Return whether one form can be an oblique case of the other: Belgoroda of Belgorod, Dzyube of Dzyuba,
    Chekhovom.
    """
    word, nominative = fold(inflected), fold(base)
    stem, vowel = _stem(base)
    if len(stem) < 4 or nominative == word:
        return False
    if nominative.endswith("sk") and _ADJECTIVE_OF_SK.search(word):
        return False  # an adjective, not a case
    if _BARE_CASE.search(nominative) and _is_stem(word, stem):
        return True
    stems = (stem, _FLEETING.sub("", stem)) if not vowel else (stem,)
    for ending in _CASES.get(vowel, ()):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 3 and symbols(rest) and any(_is_stem(rest, known) for known in stems):
            return True
    adjective = _ADJECTIVE_CASES.search(word)
    base_ending = _ADJECTIVE_BASE.search(nominative)
    if adjective is None or base_ending is None:
        return False
    return ndist(word[: adjective.start()], re.sub(r"[yi]+j?$", "", nominative)) <= _SAME_STEM_AT


def _is_stem(rest: str, stem: str) -> bool:
    """Return whether what is left of a form without its ending is a stem, perhaps romanised in another way, or what
    comes back of it from Cyrillic (Rechana, Recean).
    """
    if ndist(rest, stem) <= _SAME_STEM_AT:
        return symbols(rest)[-1:] == symbols(stem)[-1:]
    return respelling.distance(rest, stem, firm=True) <= SAME_SOUNDS_AT


@lru_cache(1 << 14)
def _is_foreign(form: str) -> bool:
    """Return whether no English dictionary knows a form and no curated name is spelled so."""
    return len(form) > 4 and not lists.is_known(form) and not _is_current(form) and not form.isupper()


@lru_cache(1 << 14)
def _is_current(form: str) -> bool:
    """Return whether the curated list has a form as more than an inflected one."""
    return any(status != "inflected" for _, status in curated().rows_of(form))


MOST_COMPARED = 150_000
"""Pairs of a document's names that are compared for case endings; an article has some hundreds, a long book 50,000."""


def case_endings(context: NameContext) -> list[NameIssue]:
    """Return forms that carry a Slavic case ending: beside their base form in the text, or of a place that we know."""
    names = context.names
    forms = [form for form in names.forms if len(form) > 4 and form[1:].islower() and "-" not in form]
    by_start: dict[str, list[str]] = {}
    for form in forms:
        for bucket in sorted({_bucket(form), *(known[:2] for known in respelling.keys_of(form))}):
            by_start.setdefault(bucket, []).append(form)
    found: list[NameIssue] = []
    compared = 0
    for inflected in forms:
        if not _is_foreign(inflected) or inflected.lower() in context.lower:
            continue
        compared += len(by_start.get(_bucket(inflected), ()))
        if compared > MOST_COMPARED:
            context.limits.add(
                f"Only the first {MOST_COMPARED:,} pairs of its names were looked at for case endings; it has too many "
                "for a text. Split it."
            )
            break
        base = next((b for b in _bases_in_text(inflected, by_start) if _is_case_here(inflected, b, context)), "")
        if base:
            reason = f"{inflected} looks like {base} with a case ending of the original language"
            issue = replace(_issue(inflected, base, reason, context), other_spans=names.spans(base))
            found.append(replace(issue, canonical=_place_of(base) or (base if _is_word(base, context) else "")))
            continue
        place = _place_under(inflected, context)
        if place:
            reason = f"{inflected} looks like the place {place} with a case ending of the original language"
            found.append(_issue(inflected, place, reason, context))
    return sorted(found, key=lambda issue: issue.sort_key)


def _issue(inflected: str, base: str, reason: str, context: NameContext) -> NameIssue:
    return NameIssue(
        rule="case-ending",
        form=inflected,
        spans=context.names.spans(inflected),
        certainty=Certainty.LIKELY,
        reason=reason,
        suggestion=base,
        other=base,
    )


def _is_word(form: str, context: NameContext) -> bool:
    """Return whether a dictionary has a form, or the text writes it in lower case too: then there is one right form."""
    return lists.is_known(form) or form.lower() in context.lower


def _place_of(base: str) -> str:
    """Return the curated place that a form is a spelling of, or ""."""
    return next((row.canonical for row, status in curated().whole(base) if row.is_place and status in CURRENT), "")


def _bucket(form: str) -> str:
    """Return the first two classes of consonants: a base and its cases share them."""
    return key(form)[:2]


def _bases_in_text(inflected: str, by_start: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the text's forms of which a form can be a case; `by_start` has them by `_bucket`."""
    return [base for base in by_start.get(_bucket(inflected), ()) if base != inflected and is_case_of(inflected, base)]


def _is_case_here(inflected: str, base: str, context: NameContext) -> bool:
    """Return whether nothing in the text speaks against a form being a case of another: the base is a Slavic name and
    as frequent, the two are no spellings of each other, no two people, and no man and woman.
    """
    if given_names.are_spellings(inflected, base):
        return False
    rows = curated().rows_of(base)
    if rows and not any(_SLAVIC.intersection(row.languages_of_origin) for row, _ in rows):
        return False
    one, two = context.names.count(inflected), context.names.count(base)
    candidate = Candidate(inflected, base, context)
    if candidate.lost_its_end and one >= two:
        return False  # Vasile Botnaru is no case of Botnar
    if one > two + 1 or (is_case_of(base, inflected) and not _is_rather_base(candidate)):
        return False
    if lists.is_known(base) and not _is_current(base) and not candidate.one_before:
        return False  # Bernard and Bernardi: a dictionary's name is no base without the curated list or a given name
    if veto(candidate, (veto_syllables, veto_roster)) is not None:
        return False
    verdict = judge(candidate)
    if verdict is not None and verdict.certainty is not Certainty.POSSIBLE:
        return False  # `mixed_spellings` reports the pair
    (before_one, before_two), (after_one, after_two) = candidate.before, candidate.after
    if before_one and before_two and not any(ndist(a, b) <= 0.2 for a in before_one for b in before_two):
        return False
    if after_one and after_two:
        return False
    of_two_sexes = are_of_two_sexes(inflected, base) and candidate.near_without_sex <= CERTAIN_AT
    if of_two_sexes and not before_two and "f" in map(given_names.sex, before_one):
        return False  # Anna Alekseeva is the woman's name; the pair of spellings is reported
    if is_gender_pair(inflected, base) and not (context.in_marks(inflected) and context.in_marks(base)):
        return bool(before_one) and all(given_names.sex(name) == "m" for name in before_one)
    if given_names.is_given(base) or given_names.is_given(inflected):
        return _after_preposition(inflected, context)
    return True


def _is_rather_base(candidate: Candidate) -> bool:
    """Return whether of two forms that can each be a case of the other the second is the base: it stands more often, or
    as often and it alone after a given name.
    """
    one, two = (len(candidate.surroundings.occurrences(form)) for form in candidate.forms)
    before_one, before_two = candidate.before
    return one < two or (one == two and bool(before_two) and not before_one)


def _after_preposition(form: str, context: NameContext) -> bool:
    """Return whether a preposition stands before every place of a form."""
    return all(_preposition().search(context.text, max(0, s - 9), s) for s, _ in context.names.spans(form))


def _place_under(inflected: str, context: NameContext) -> str:
    """Return the known place of which a form after a preposition is a case, or ""."""
    folded = fold(inflected)
    if gazetteer.is_place(inflected) or not folded.endswith(("a", "u", "e", "i", "y", "om")):
        return ""
    if not _after_preposition(inflected, context):
        return ""
    places = context.occurrences(inflected)
    if any(o.before or o.after for o in places):
        return ""
    # "a letter from Makarova" is a woman's
    may_be_woman = _WOMANS_SURNAME.search(folded) is not None and not all(map(context.located, places))
    candidates = [inflected[: -len(ending)] for ending in ("om", "a", "u", "e") if folded.endswith(ending)]
    candidates += [inflected[:-1] + "a"] if folded.endswith(("y", "u", "e")) else []
    for base in candidates:
        if len(base) < 6:
            continue
        rows = [row for row, status in curated().whole(base) if row.is_place and status != "former"]
        if rows and not (may_be_woman and any(_is_surname_too(base, row) for row in rows)):
            return base
        if not may_be_woman and len(symbols(base)) > 6 and gazetteer.is_place(base) and base[-1] not in "aeiouy":
            return base
    return ""


def _is_surname_too(form: str, row: Row) -> bool:
    """Return whether the curated list says that a form of a place is a surname as well: Nikolaev."""
    return f"{fold(form)} (surname)" in map(fold, row.ambiguous_with)
