"""Slavic endings that translation left on: cases ("in Belgoroda") and adjectives ("Kakhovskaya HPP", "Kievsky
region").
"""

import re
from functools import cache

from corrigenda.languages import language
from corrigenda.names import gazetteer, lists
from corrigenda.names.candidate import Candidate
from corrigenda.names.context import NameContext
from corrigenda.names.data import curated
from corrigenda.names.issue import Certainty, NameIssue
from corrigenda.names.judgement import judge
from corrigenda.names.romanise import VOWELS, fold, ndist, symbols
from corrigenda.names.suffixes import is_gender_pair

_SLAVIC = frozenset(("uk", "ru", "be", "pl", "cs", "sk", "sl", "hr", "sr", "bs", "mk", "bg", "me"))


@cache
def _preposition() -> "re.Pattern[str]":
    words = "|".join(map(re.escape, language().name_words.noun_prepositions))
    return re.compile(rf"\b(?:{words})\s$")


# Endings of the singular cases by the ending of the nominative: what a romaniser writes for a, u, om, ye, y …
_CONSONANT_CASES = ("a", "u", "om", "em", "ovi", "evi", "e", "ye", "i", "y", "ia", "ya", "iu", "yu")
_A_CASES = ("y", "i", "u", "e", "ye", "oi", "oy", "oiu", "oyu", "ii", "yu", "iu")
_O_CASES = ("a", "u", "om", "i")
_BARE_CASE = re.compile(r"(?:[oe]v|[iy]n)[oe]$")  # Torbeyevo gives Torbeyev in a case of its own
_ADJECTIVE_CASES = re.compile(r"(?:ogo|oho|omu|omy|im|ym|oi|oy|uyu|uiu)$")


def _stem(form: str) -> tuple[str, str]:
    """Return a folded form without its final vowel, and that vowel."""
    folded = fold(form)
    return (folded[:-1], folded[-1]) if folded[-1:] in "aeiouy" else (folded, "")


def is_case_of(inflected: str, base: str) -> bool:
    """Return whether one form can be an oblique case of the other: Belgoroda of Belgorod, Dzyube of Dzyuba,
    Chekhovom.
    """
    word = fold(inflected)
    stem, vowel = _stem(base)
    if len(stem) < 4 or fold(base) == word:
        return False
    if re.search(r"sk$", fold(base)) and re.search(r"sk(?:[yi]+|aya|a|oye|oe|e)$", word):
        return False  # an adjective, not a case
    endings = {"": _CONSONANT_CASES, "a": _A_CASES, "o": _O_CASES, "e": _O_CASES}.get(vowel, ())
    if _BARE_CASE.search(fold(base)) and ndist(word, stem) <= 0.06 and symbols(word)[-1:] == symbols(stem)[-1:]:
        return True
    for ending in sorted(endings, key=len, reverse=True):
        if word.endswith(ending) and len(word) > len(ending):
            rest = word[: len(word) - len(ending)]
            if (
                len(rest) > 3
                and symbols(rest)[:1]
                and ndist(rest, stem) <= 0.06
                and symbols(rest)[-1:] == symbols(stem)[-1:]
            ):
                return True
    adjective = _ADJECTIVE_CASES.search(word)
    if adjective and re.search(r"(?:sk|ck|n|v)[yi]+j?$", fold(base)):
        return ndist(word[: adjective.start()], re.sub(r"[yi]+j?$", "", fold(base))) <= 0.06
    return False


@cache
def _is_foreign(form: str) -> bool:
    """Return whether no English dictionary knows a form and no curated name is spelled so."""
    return len(form) > 4 and not lists.is_known(form) and not _is_current(form) and not form.isupper()


@cache
def _is_current(form: str) -> bool:
    return any(status != "inflected" for _, status in curated().rows_of(form))


def case_endings(context: NameContext) -> list[NameIssue]:
    """Return forms that carry a Slavic case ending: beside their base form in the text, or of a place that we know."""
    names = context.names
    forms = [form for form in names.forms if len(form) > 4 and form[1:].islower() and "-" not in form]
    by_start: dict[str, list[str]] = {}
    for form in forms:
        by_start.setdefault(_bucket(form), []).append(form)
    found: list[NameIssue] = []
    for inflected in forms:
        if not _is_foreign(inflected) or inflected.lower() in context.lower:
            continue
        base = next((b for b in _bases_in_text(inflected, by_start) if _is_case_here(inflected, b, context)), "")
        if base:
            reason = f"{inflected} looks like {base} with a case ending of the original language"
            found.append(_issue(context, inflected, base, names.spans(base), Certainty.LIKELY, reason, inflected))
            continue
        place = _place_under(inflected, context)
        if place:
            reason = f"{inflected} looks like the place {place} with a case ending of the original language"
            found.append(_issue(context, inflected, place, (), Certainty.LIKELY, reason, inflected))
    return sorted(found, key=lambda issue: issue.sort_key)


def _issue(
    context: NameContext,
    form: str,
    base: str,
    base_spans: tuple[tuple[int, int], ...],
    certainty: Certainty,
    reason: str,
    written: str,
) -> NameIssue:
    spans = context.names.spans(form)
    return NameIssue("case-ending", written, spans, certainty, reason, base, base, base_spans)


def _bucket(form: str) -> str:
    """Return the first two classes of consonants: a base and its cases share them."""
    return "".join(c for c in symbols(form) if c not in VOWELS)[:2]


def _bases_in_text(inflected: str, by_start: dict[str, list[str]]) -> list[str]:
    return [base for base in by_start.get(_bucket(inflected), ()) if base != inflected and is_case_of(inflected, base)]


def _is_case_here(inflected: str, base: str, context: NameContext) -> bool:
    """Return whether the text lets the inflected form be the base's: same or no neighbours, and not a man's and a
    woman's name.
    """
    if lists.same_given(inflected, base) or (lists.is_known(base) and not _is_current(base)):
        return False  # Bernard and Bernardi: an English dictionary's name is no base without the curated list
    rows = curated().rows_of(base)
    if rows and not any(set(row.origin.split("/")) & _SLAVIC for row, _ in rows):
        return False
    one, two = context.names.count(inflected), context.names.count(base)
    if one > two + 1 or (is_case_of(base, inflected) and one >= two):
        return False
    verdict = judge(Candidate(inflected, base, context))
    if verdict is not None and verdict.certainty is not Certainty.POSSIBLE:
        return False  # `mixed_spellings` reports the pair
    before_one, before_two = context.before(inflected), context.before(base)
    if before_one and before_two and not any(ndist(a, b) <= 0.2 for a in before_one for b in before_two):
        return False
    if context.after(inflected) and context.after(base):
        return False
    if is_gender_pair(inflected, base) and not (context.in_marks(inflected) and context.in_marks(base)):
        return bool(before_one) and all(lists.sex(name) == "m" for name in before_one)
    if lists.is_given(base) or lists.is_given(inflected):
        return _after_preposition(inflected, context)
    return True


def _after_preposition(form: str, context: NameContext) -> bool:
    return all(_preposition().search(context.text, max(0, s - 9), s) for s, _ in context.names.spans(form))


def _place_under(inflected: str, context: NameContext) -> str:
    """Return the known place of which a form after a preposition is a case, or ""."""
    folded = fold(inflected)
    if gazetteer.is_place(inflected) or not folded.endswith(("a", "u", "e", "i", "y", "om")):
        return ""
    if not _after_preposition(inflected, context):
        return ""
    if any(o.before or o.after for o in context.occurrences(inflected)):
        return ""
    candidates = [inflected[: -len(ending)] for ending in ("om", "a", "u", "e") if folded.endswith(ending)]
    candidates += [inflected[:-1] + "a"] if folded.endswith(("y", "u", "e")) else []
    for base in candidates:
        if len(base) < 6:
            continue
        rows = [row for row, status in curated().whole(base) if row.is_place and status != "former"]
        if rows:
            return base
        if len(symbols(base)) > 6 and gazetteer.is_place(base) and base[-1] not in "aeiouy":
            return base
    return ""


# --- adjectives ---

_ADJECTIVE = re.compile(r"^(.{2,}?)(s[’']?k(?:a[yij]?a|yi|yy|iy|ii|i|y|a|oye|oe|oi|oy|e|uyu|ogo|oho))$", re.IGNORECASE)
_NEXT = re.compile(r"[ \u00a0]([A-Za-z]+)")
_BASE_ENDINGS = ("", "ka", "a", "o", "e", "y", "i", "ye", "ia", "ya", "sk", "ets")
_KEEP = frozenset(
    "primorsky primorskiy zabaykalsky zabaikalsky stavropolsky khabarovsky krasnoyarsky altaisky permsky".split()
)


def adjectives(context: NameContext) -> list[NameIssue]:
    """Return Slavic adjectives before an English noun: Kakhovskaya HPP for Kakhovka, Kievsky region for Kiev."""
    found = []
    known = language().name_words
    for form in context.names.forms:
        match = _ADJECTIVE.match(form)
        if match is None or fold(form) in _KEEP or lists.is_proper(form):
            continue
        spans = {}
        for start, end in context.names.spans(form):
            noun = _NEXT.match(context.text, end)
            if noun and noun[1].lower() in known.plants | known.areas | known.districts:
                spans[(start, end)] = noun[1]
        if not spans:
            continue
        base, canonical = _base_of(form, match, context)
        nouns = {noun.lower() for noun in spans.values()}
        firm = bool(base) and bool(nouns & (known.plants | known.areas))
        if not base and not nouns & known.plants:
            continue
        reason = f"{form} is an adjective of the original language"
        if base:
            reason += f", made from {base}"
        noun_text = next(iter(spans.values()))
        reason += f"; English says {base or 'the name of the place'} {noun_text}"
        certainty = Certainty.LIKELY if firm else Certainty.POSSIBLE
        found.append(
            NameIssue(
                "adjective", form, tuple(spans), certainty, reason, base, base, context.names.spans(base), canonical
            )
        )
    return sorted(found, key=lambda issue: issue.sort_key)


def _base_of(form: str, match: re.Match[str], context: NameContext) -> tuple[str, str]:
    """Return the place from which an adjective is made, and its curated name: from the list, the text or the
    gazetteer.
    """
    for row, status in curated().whole(form):
        if row.is_place and status == "inflected":
            return _in_text(row.canonical, context), row.canonical
    stem = match[1]
    options = [stem + ending for ending in _BASE_ENDINGS]
    if stem.endswith("t"):
        options.insert(0, stem + "sk")
    for option in options:
        for row, status in curated().whole(option):
            if row.is_place and status in ("canonical", "variant", "other-language"):
                return _in_text(row.canonical, context), row.canonical
    for option in options:
        if option in context.names:
            return option, ""
    for option in options:
        if len(symbols(option)) > 4 and gazetteer.is_place(option) and not option.endswith(("e", "i")):
            return option, ""
    return "", ""


def _in_text(canonical: str, context: NameContext) -> str:
    return context.style.get(canonical, canonical)
