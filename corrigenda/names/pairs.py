"""One name in two spellings inside one text: which forms are compared, which of two is marked, which recommended.

Candidates are words of one bucket (`candidate.keys`), spellings of one curated name, surnames after one given name,
and two languages' forms of one given name. `judgement.judge` decides about each.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from corrigenda.names import given_names, lists, respelling
from corrigenda.names.candidate import Candidate, comparable, keys
from corrigenda.names.choice import Basis, Form, recommend
from corrigenda.names.context import NameContext, is_kept
from corrigenda.names.data import CURRENT, Row, curated
from corrigenda.names.issue import Certainty
from corrigenda.names.judgement import PairRule, PairVerdict, both_spell, judge
from corrigenda.names.romanise import bare, fold, key, ndist
from corrigenda.names.table import Span


@dataclass(frozen=True, slots=True)
class NamePair:
    """One name in two spellings.

    `minority` is the form to mark, `majority` the other. `preferred` is the form recommended by `basis`, "" for none;
    `why` says so in words. `canonical` names the curated row, `distance` is `ndist` (0 for pairs that sounds did not
    decide), `reason` says in words why the two are one name. `others` are further spellings of the name in the text,
    where there are more than two.
    """

    minority: Form
    majority: Form
    certainty: Certainty
    reason: str
    preferred: str
    basis: Basis
    rule: PairRule
    distance: float
    canonical: str = ""
    others: tuple[str, ...] = ()
    why: str = ""

    @property
    def sort_key(self) -> tuple[int, str, str]:
        """By the first marked place, then by the forms."""
        return (self.minority.spans[0][0], self.minority.text, self.majority.text)


MOST_PAIRS = 30_000
"""Most pairs of forms that are compared in one text; a megabyte of news has twenty thousand."""


_SHORTEST = 4
"""Letters of a form that is compared as it comes back from Cyrillic."""

_MOST_SURNAMES = 200
"""Surnames after one given name that are compared with each other: an archive of a megabyte has fewer."""


# --- candidates ---


def _eligible(form: str) -> bool:
    """Return whether a form can be judged by its sounds: four letters or more, at most two capitals."""
    if len(form) < 4:
        return False
    capitals = sum(map(str.isupper, form))
    return capitals < 3 if "-" not in form else not form.isupper()


def _buckets(forms: Iterable[str]) -> dict[str, list[str]]:
    """Return the forms by the buckets that they belong to."""
    buckets: dict[str, list[str]] = {}
    for form in forms:
        for bucket in keys(form):
            if bucket:
                buckets.setdefault(bucket, []).append(form)
    return buckets


def _same_given_candidates(context: NameContext, forms: frozenset[str]) -> set[tuple[str, str]]:
    """Pairs of surnames that follow one given name and sound so alike that they are one person's."""
    surnames: dict[str, set[str]] = {}
    for given, surname, _ in context.names.bigrams():
        if surname in forms and lists.is_neighbour(given) and lists.is_neighbour(surname):
            surnames.setdefault(key(given), set()).add(surname)
    few = (sorted(found) for found in surnames.values() if len(found) < _MOST_SURNAMES)
    return {pair for found in few for pair in combinations(found, 2)}


def _curated_candidates(forms: Iterable[str]) -> set[tuple[str, str]]:
    """Pairs of forms of one curated name, however unlike: Gaddafi and Qaddafi."""
    by_row: dict[str, list[str]] = {}
    for form in forms:
        for row, status in curated().rows_of(form):
            if status in CURRENT and not row.is_given:
                by_row.setdefault(row.canonical, []).append(form)
    return {pair for found in by_row.values() if len(found) < 30 for pair in combinations(sorted(found), 2)}


def _short_candidates(forms: Iterable[str]) -> set[tuple[str, str]]:
    """Pairs of names of three letters that differ in a mark: Zoë and Zoe."""
    by_letters: dict[str, list[str]] = {}
    for form in forms:
        if len(form) == 3 and not form.isupper():
            by_letters.setdefault(bare(form), []).append(form)
    return {pair for found in by_letters.values() for pair in combinations(sorted(found), 2)}


def _respelled_candidates(forms: Sequence[str]) -> set[tuple[str, str]]:
    """Pairs of a form and another that no dictionary knows and that can have come back of it: Recean and Rechan."""
    unknown: dict[str, list[str]] = {}
    for form in forms:
        if len(form) >= _SHORTEST and not lists.is_known(form) and not curated().rows_of(form):
            unknown.setdefault(key(form), []).append(form)
    found: set[tuple[str, str]] = set()
    for form in forms if unknown else ():
        if len(form) >= _SHORTEST and not lists.is_english(form):
            for bucket in respelling.keys_of(form) & unknown.keys():
                found.update(_ordered(form, other) for other in unknown[bucket] if other != form)
    return found


def _ordered(first: str, second: str) -> tuple[str, str]:
    return (first, second) if first < second else (second, first)


def _given_candidates(forms: Iterable[str]) -> set[tuple[str, str]]:
    """Pairs of forms of one given name: Nikolai and Mykola, Mohammed and Muhammad."""
    by_name: dict[str, list[str]] = {}
    for form in forms:
        for name in given_names.names_of_form(form) | given_names.arabic_names_of_form(form):
            by_name.setdefault(name, []).append(form)
    return {pair for found in by_name.values() for pair in combinations(sorted(found), 2)}


def candidates(context: NameContext) -> set[tuple[str, str]]:
    """Return the pairs of forms that are worth a comparison, each in alphabetical order."""
    forms = [form for form in context.names.forms if _eligible(form)]
    found: set[tuple[str, str]] = set()
    for bucket in _buckets(forms).values():
        if 1 < len(bucket) < 60:
            found.update(combinations(sorted(bucket), 2))
    found |= _same_given_candidates(context, frozenset(forms))
    found |= _curated_candidates(forms)
    found |= _given_candidates(forms)
    found |= _short_candidates(context.names.forms)
    found |= _respelled_candidates(forms)
    return {
        (a, b)
        for a, b in found
        if (_typeset(a) != _typeset(b) or _differ_in_inner_capital(a, b)) and not (_ABD.match(a) and _ABD.match(b))
    }


_ABD = re.compile(r"Abd[aeu](?:[lrnszdt]|sh)?$")
"""The first word of an Arabic compound, which says nothing without the next (`arabic.compounds`)."""


_WITH_CAPITAL_INSIDE = re.compile(
    r"(?:Mc|Mac|Fitz|De|Del|Della|Di|Da|Do|Dos|Du|La|Le|Lo|Van|Von|Vander|Ter|O['’])[A-Z][a-z]{2,}"
)


def _differ_in_inner_capital(first: str, second: str) -> bool:
    """Return whether one of two forms has a capital after the particle of a surname: DeSantis and Desantis."""
    if first.lower() != second.lower() or first.isupper() or second.isupper():
        return False
    return any(_WITH_CAPITAL_INSIDE.fullmatch(form) for form in (first, second))


def _typeset(form: str) -> str:
    """Return a form without what only typesetting decides: case, curly apostrophes, kinds of hyphen, composed marks."""
    plain = unicodedata.normalize("NFC", form).lower()
    return plain.translate(_TYPE)


_TYPE = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "‐": "-", "‑": "-"})


# --- pairs ---


def _pair(first: Form, second: Form, verdict: PairVerdict, context: NameContext) -> NamePair:
    """Return the pair that a verdict makes of two forms."""
    advice = recommend(first, second, verdict.row, context)
    return NamePair(
        minority=advice.minority,
        majority=advice.majority,
        certainty=verdict.certainty,
        reason=verdict.reason,
        preferred=advice.preferred,
        basis=advice.basis,
        rule=verdict.rule,
        distance=verdict.distance,
        canonical=verdict.canonical,
        why=advice.why,
    )


def single(text: str, context: NameContext, starts: Collection[int] | None = None) -> Form:
    """Return a form of one word with its places in a text; `starts`: only those that begin there."""
    numbers = [n for n in context.names.numbers(text) if starts is None or context.names.at(n).start in starts]
    spans = tuple(context.names.token(number)[1:] for number in numbers)
    return Form(text, spans, sum(map(context.names.is_quoted, numbers)))


def _form(text: str, verdict: PairVerdict, candidate: Candidate, context: NameContext) -> Form:
    """Return a form with those of its places at which it is the name of the verdict: not Odessa Young, no chicken Kiev,
    and of a given name those before the surname that both forms have.
    """
    places = context.occurrences(text)
    if verdict.row is not None and verdict.row.is_place:
        places = context.towns(text)
    elif verdict.rule == "given":
        numbers = context.names.numbers(text)
        after = [context.name_after(number) for number in numbers]
        others = any(lists.is_neighbour(name) and name not in candidate.shared_after for name in after)
        places = [
            place
            for place, name in zip(places, after, strict=True)
            if name in candidate.shared_after or not (others or lists.is_neighbour(name))
        ]
    if curated().keeps(fold(text)):
        places = [place for place in places if not is_kept(text, (place.start, place.end), context.text)]
    starts = {place.start for place in places}
    return single(text, context, starts or None)


def _phrases(context: NameContext) -> list[NamePair]:
    """Names of several words, such as Kryvyi Rih and Krivoy Rog, in two of their curated spellings."""
    spellings: dict[str, dict[str, list[Span]]] = {}
    rows: dict[str, Row] = {}
    for mention in context.mentions:
        row = mention.row
        if mention.status in CURRENT and not row.is_person and not row.is_given:
            rows[row.canonical] = row
            own = spellings.setdefault(row.canonical, {})
            own.setdefault(mention.form, []).append((mention.start, mention.end))
    found = []
    for canonical, places in spellings.items():
        row = rows[canonical]
        for first, second in combinations(sorted(places), 2):
            if " " not in first + second or fold(first) in fold(second) or fold(second) in fold(first):
                continue  # Islamic State and Islamic State group
            if comparable(first, second, row):
                reason = both_spell(canonical, (first, second))
                verdict = PairVerdict(Certainty.CERTAIN, reason, "curated", ndist(first, second), row)
                one, two = (Form(form, tuple(places[form])) for form in (first, second))
                found.append(_pair(one, two, verdict, context))
    return found


def mixed_spellings(context: NameContext) -> list[NamePair]:
    """Return the names that the text spells in two ways, by their first marked place.

    Of three spellings of one name, every two are a pair.
    """
    found: list[NamePair] = []
    wanted = sorted(candidates(context))
    if len(wanted) > MOST_PAIRS:
        place = {form: number for number, form in enumerate(context.names.forms)}
        wanted = sorted(sorted(wanted, key=lambda pair: max(place[pair[0]], place[pair[1]]))[:MOST_PAIRS])
        context.limits.add(
            f"Only the first {MOST_PAIRS:,} pairs of its names were compared; it has too many for a text. Split it."
        )
    for first, second in wanted:
        candidate = Candidate(first, second, context)
        verdict = judge(candidate)
        if verdict is not None:
            one, two = (_form(form, verdict, candidate, context) for form in candidate.forms)
            found.append(_pair(one, two, verdict, context))
    phrases = _phrases(context)
    inside = [span for pair in phrases for form in (pair.minority, pair.majority) for span in form.spans]
    found = [pair for pair in found if not (lies_in(pair.minority, inside) and lies_in(pair.majority, inside))]
    return sorted([*found, *phrases], key=lambda pair: pair.sort_key)


def lies_in(form: Form, spans: list[Span]) -> bool:
    """Return whether all places of a form are parts of longer names that are reported as a whole."""
    return bool(spans) and all(any(a <= start and end <= b for a, b in spans) for start, end in form.spans)
