"""Of two spellings of one name, which is marked and which recommended, and why: in an editor's words.

The house style decides first, then the marks that one lacks. Two languages' forms (Vladimir, Volodymyr) are decided by
what the text says of the person or the place, and by nothing else: a form is not right for being known or first. Two
romanisations of one language's form go by the majority, then by the form that English uses. Where nothing decides, none
is recommended.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple

from corrigenda.languages import language
from corrigenda.names import given_names, leaning, lists
from corrigenda.names.context import NameContext
from corrigenda.names.data import Row, curated
from corrigenda.names.leaning import LANGUAGES, Leaning
from corrigenda.names.romanise import differ_in_marks, fold, has_marks
from corrigenda.names.systems import system_of, ukrainian_of
from corrigenda.names.table import Span

Basis = Literal["house style", "marks", "known person", "context", "known form", "majority", "nothing"]
"""What recommends a form; "nothing" recommends none."""

WHY = MappingProxyType(
    {
        "house style": "the house style writes {}",
        "known form": "English publications write {}",
        "majority": "the text writes {} more often",
        "marks": "{} has the marks of the original name",
    }
)
"""What recommends a form, in an editor's words."""

_MANY = 3
"""How many times as often one of two languages' forms stands if the text alone decides."""


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling with all its places (code points, half open, in text order) and how many of them are quoted."""

    text: str
    spans: tuple[Span, ...]
    quoted: int = 0

    @property
    def count(self) -> int:
        """How often it stands in the text."""
        return len(self.spans)


class Recommendation(NamedTuple):
    """Of two forms the one to mark and the other, the recommended one, "" for none, and what recommends it, also in
    words.
    """

    minority: Form
    majority: Form
    preferred: str
    basis: Basis
    why: str


def recommend(first: Form, second: Form, row: Row | None, context: NameContext) -> Recommendation:
    """Return which of two forms to write.

    `row`: the curated name that the forms belong to, if they do.
    """
    forms = (first, second)
    advice = _by_style(forms, row, context)
    if advice is None and differ_in_marks(first.text, second.text):
        advice = _by_marks(forms, row, context)
    if advice is not None:
        return advice
    if given_names.are_one_name(first.text, second.text):
        return _of_given_name(forms, context)
    if row is not None and row.is_place:
        return _of_place(forms, row, context)
    ukrainian = "" if row is not None and row.is_person else ukrainian_of(first.text, second.text)
    if ukrainian and first.count == second.count:
        spans = sorted((*first.spans, *second.spans))
        found = leaning.of_name(context, (first.text, second.text), spans)
        if found.language in ("uk", "ru"):
            wanted = ukrainian if found.language == "uk" else _other_text(forms, ukrainian)
            return _for(wanted, forms, "context", _of_language(wanted, found))
        if row is None:
            return _undecided(forms)
    return _by_majority(forms) or _by_knowledge(forms, row) or _undecided(forms)


def by_count(first: Form, second: Form) -> Recommendation:
    """Return the recommendation of the commoner of two forms, or of none."""
    return _by_majority((first, second)) or _undecided((first, second))


def last_word(folded: str) -> str:
    """Return the last word of a folded name, for a person the surname; "" of an empty one."""
    return folded.split()[-1] if folded.split() else ""


# --- what decides ---


def _by_style(forms: tuple[Form, Form], row: Row | None, context: NameContext) -> Recommendation | None:
    """Return the house style's form of a curated name, also of a person's given name beside the surname."""
    if row is not None:
        wanted = fold(context.preferred(row) or "")
        for form, other in _both_ways(forms):
            if wanted and fold(form.text) in (wanted, last_word(wanted)) and fold(other.text) != fold(form.text):
                return _for(form.text, forms, "house style", WHY["house style"].format(form.text))
    return None


def _by_marks(forms: tuple[Form, Form], row: Row | None, context: NameContext) -> Recommendation | None:
    """Return which of two forms to write that differ in their marks alone: the house style's, else English's own form
    of a place (Pyongyang), else the one with marks, so that José and Gámez of one name go one way; None when neither
    has marks.
    """
    styled = {word for wanted in context.style.values() for word in wanted.split()}
    english = set(row.canonical.split()) if row is not None and not row.is_person else set()
    choices: tuple[tuple[set[str], Basis], ...] = ((styled, "house style"), (english, "known form"))
    for words, basis in choices:
        for form, other in _both_ways(forms):
            if form.text in words and other.text not in words:
                return _for(form.text, forms, basis, WHY[basis].format(form.text))
    marked = [form.text for form in forms if has_marks(form.text)]
    return _for(marked[0], forms, "marks", WHY["marks"].format(marked[0])) if len(marked) == 1 else None


def _of_given_name(forms: tuple[Form, Form], context: NameContext) -> Recommendation:
    """Decide between forms of one given name: by the person's language, or in one language by the majority."""
    first, second = forms
    surnames = _surnames(first, context) | _surnames(second, context)
    known = _of_known_person(forms, surnames, context)
    if known is not None:
        return known
    spans = sorted((*first.spans, *second.spans))
    found = leaning.of_person(context, (first.text, second.text), surnames, spans)
    one_language = given_names.are_spellings(first.text, second.text)
    for languages in (given_names.languages_of, given_names.usual_in):
        codes = {form.text: languages(form.text) for form in forms}
        fitting = [form.text for form in forms if found.language in codes[form.text]]
        # In one language a form is another language's only if it is the usual one there: Irina beside Iryna.
        if len(fitting) == 1 and all(codes.values()):
            return _for(fitting[0], forms, "context", _of_language(fitting[0], found))
    major, minor = _by_count(forms)
    if not one_language and major.count < _MANY * minor.count:
        return _undecided(forms)
    return by_count(major, minor)


def _surnames(form: Form, context: NameContext) -> frozenset[str]:
    """Return the names behind a given name at its places."""
    starts = {start for start, _ in form.spans}
    numbers = [n for n in context.names.numbers(form.text) if context.names.at(n).start in starts]
    return frozenset(filter(lists.is_neighbour, map(context.name_after, numbers)))


def _of_known_person(forms: tuple[Form, Form], surnames: frozenset[str], context: NameContext) -> Recommendation | None:
    """Return the given name of a curated person: the house style's, else the one that English uses."""
    found = (curated().whole(f"{form.text} {surname}") for surname in sorted(surnames) for form in forms)
    rows = {row.canonical: row for spellings in found for row, _ in spellings if row.is_person}
    for canonical, row in rows.items():
        styled = context.preferred(row)
        for form in forms:
            if fold(form.text) == fold((styled or canonical).split()[0]):
                if styled:
                    return _for(form.text, forms, "house style", WHY["house style"].format(styled))
                return _for(form.text, forms, "known person", f"this person is {canonical} in English")
    return None


def _of_place(forms: tuple[Form, Form], row: Row, context: NameContext) -> Recommendation:
    """Decide between forms of a curated place: by what the text does with the country's other places, then by the
    majority, then for the form of the country itself.
    """
    origin = row.languages_of_origin[0]
    systems = {form.text: system_of(row, form.text) for form in forms}
    if "" not in systems.values() and len(set(systems.values())) == 2:
        others = {
            code for name, codes in context.systems.get(origin, {}).items() if name != row.canonical for code in codes
        }
        if len(others) == 1:
            fitting = [text for text, code in systems.items() if code in others]
            if fitting:
                why = f"the text has {LANGUAGES[systems[fitting[0]]]} forms of other places"
                return _for(fitting[0], forms, "context", why)
        majority = _by_majority(forms)
        if majority is not None:
            return majority
        own = [text for text, code in systems.items() if code == origin]
        if own:
            return _for(own[0], forms, "context", f"{own[0]} is the form of the country itself")
    return _by_majority(forms) or _by_knowledge(forms, row) or _undecided(forms)


def _by_majority(forms: tuple[Form, Form]) -> Recommendation | None:
    major, minor = _by_count(forms)
    if major.count == minor.count:
        return None
    return Recommendation(minor, major, major.text, "majority", WHY["majority"].format(major.text))


def _by_knowledge(forms: tuple[Form, Form], row: Row | None) -> Recommendation | None:
    """Return the form that English uses: of a curated name (`known_form`), else the only one that a dictionary has."""
    if row is not None:
        known = known_form(forms[0].text, forms[1].text, row)
        return _for(known, forms, "known form", WHY["known form"].format(known)) if known else None
    known_forms = [form.text for form in forms if language().is_proper(form.text)]
    if len(known_forms) == 1 and not any(given_names.is_given(form.text) for form in forms):
        return _for(known_forms[0], forms, "known form", f"an English dictionary has {known_forms[0]}")
    return None


def known_form(first: str, second: str, row: Row) -> str:
    """Return the one of two forms of a curated name that English uses: the only one that any publication writes, or the
    list's own where it knows of none; "" when both are written (Zelensky, Zelenskyy).
    """
    for forms in (tuple(row.styles.values()), (row.canonical,)):
        folded = {end for form in map(fold, forms) for end in (form, last_word(form))}
        written = [form for form in (first, second) if fold(form) in folded]
        if written:
            return written[0] if len(written) == 1 else ""
    return ""


def _undecided(forms: tuple[Form, Form]) -> Recommendation:
    """Return the pair without a recommendation; the rarer or later form is marked."""
    major, minor = _by_count(forms)
    return Recommendation(minor, major, "", "nothing", "nothing in the text says which of the two is right")


# --- small helpers ---


def _by_count(forms: tuple[Form, Form]) -> Sequence[Form]:
    """Return the commoner form first; of two as common the one that stands first."""
    return sorted(forms, key=lambda form: (-form.count, form.spans[0]))


def _both_ways(forms: tuple[Form, Form]) -> tuple[tuple[Form, Form], tuple[Form, Form]]:
    first, second = forms
    return (first, second), (second, first)


def _other_text(forms: tuple[Form, Form], text: str) -> str:
    return forms[1].text if forms[0].text == text else forms[0].text


def _for(wanted: str, forms: tuple[Form, Form], basis: Basis, why: str) -> Recommendation:
    """Return the recommendation of one form; the other is marked."""
    other, form = forms if forms[1].text == wanted else (forms[1], forms[0])
    return Recommendation(other, form, wanted, basis, why)


def _of_language(wanted: str, found: Leaning) -> str:
    return f"{wanted} is the {LANGUAGES[found.language]} form, and {found.why}"
