"""What the curated list says of one form of a name.

It may be a former name, a form that the house style does not use, one of another system of romanisation than the text
follows, or a person's given name in a third language.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from corrigenda.languages import language
from corrigenda.names import given_names, lists
from corrigenda.names.bearers import Role
from corrigenda.names.candidate import is_established
from corrigenda.names.context import Mention, NameContext
from corrigenda.names.data import Row
from corrigenda.names.issue import Certainty, NameIssue
from corrigenda.names.romanise import fold, key
from corrigenda.names.systems import system_of
from corrigenda.names.table import Span

_YEAR = re.compile(r"\b(1[0-9]{3}|20[0-9]{2})\b")
_SURNAME = re.compile(r"(?:ov|ev|in|yn|iv)$")
_SYSTEMS = {"uk": "Ukrainian", "ru": "Russian", "be": "Belarusian"}


@cache
def _preposition() -> "re.Pattern[str]":
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, language().name_words.place_prepositions))}) $")


@dataclass(frozen=True, slots=True)
class _Written:
    """A curated name in one of its spellings, with all places where the text has it."""

    row: Row
    form: str
    status: str
    mentions: tuple[Mention, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The places in text order."""
        return _spans(self.mentions)


def _spans(mentions: Iterable[Mention]) -> tuple[Span, ...]:
    return tuple(sorted({(mention.start, mention.end) for mention in mentions}))


def _written(context: NameContext) -> list[_Written]:
    """Return the curated names in the text by row and spelling, in order of their first place.

    A spelling that belongs to several rows is left out, since nobody can tell which is meant; so are spellings that
    mean something else in every place (`_is_doubtful`, `_is_beside_name`), and places at which a person bears
    the name.
    """
    groups: dict[tuple[str, str], list[Mention]] = {}
    owners: dict[Span, set[str]] = {}
    for mention in context.mentions:
        if not (mention.row.is_place and _is_person(mention, context)):
            groups.setdefault((mention.row.canonical, mention.form), []).append(mention)
        owners.setdefault((mention.start, mention.end), set()).add(mention.row.canonical)
    return [
        _Written(mentions[0].row, form, mentions[0].status, tuple(mentions))
        for (_, form), mentions in groups.items()
        if all(len(owners[mention.start, mention.end]) == 1 for mention in mentions)
        and not all(_is_doubtful(mention, context) for mention in mentions)
        and not (mentions[0].row.is_place and all(_is_beside_name(mention, context) for mention in mentions))
    ]


def _after_preposition(mention: Mention, context: NameContext) -> bool:
    """Return whether a preposition of places ("in", "from") stands directly before a mention."""
    return _preposition().search(context.text, max(0, mention.start - 9), mention.start) is not None


def _is_doubtful(mention: Mention, context: NameContext) -> bool:
    """Return whether a spelling also means something else (`ambiguous_with`: Nikolaev, a surname) and no preposition
    says that the place is meant.
    """
    if not mention.row.also_means(mention.form):
        return False
    return not (mention.row.is_place and _after_preposition(mention, context))


def _is_person(mention: Mention, context: NameContext) -> bool:
    """Return whether the words around a place's one-word form say that a person bears it: Odessa Young, Coach Lvov."""
    if mention.words > 1:
        return False
    role = context.role(mention.form, context.names.at(mention.number))
    return role in (Role.GIVEN, Role.SURNAME)


def _is_beside_name(mention: Mention, context: NameContext) -> bool:
    """Return whether a place's one-word form stands beside another name: Ismail Kadare is not the town of Izmail."""
    if mention.words > 1:
        return False
    place = context.names.at(mention.number)
    return lists.is_neighbour(place.before) or lists.is_neighbour(place.after)


def _replacement(row: Row, form: str, wanted: str) -> str:
    """Return what replaces a form of a row: of a person's name as much as was written; capitals as they were."""
    words, target = form.split(), wanted.split()
    if row.is_person and len(words) == 1 and len(target) > 1:
        wanted = next((word for word in target if key(word) == key(form)), target[-1])
    return wanted.upper() if form.isupper() and len(form) > 3 else wanted


def house_style(context: NameContext) -> list[NameIssue]:
    """Return the forms that the given house style writes otherwise. Without a style nothing is said."""
    if not context.style:
        return []
    found = []
    for name in _written(context):
        row, form = name.row, name.form
        wanted = context.preferred(row)
        if wanted is None or name.status in ("inflected", "former") or row.is_given:
            continue
        if row.kind == "place.country" and not is_established(form, row):
            continue  # Rossiya is a channel, a bank and an airline
        replacement = _replacement(row, form, wanted)
        if fold(replacement) == fold(form) and replacement.lower() == form.lower():
            continue
        found.append(
            NameIssue(
                rule="house-style",
                form=form,
                spans=name.spans,
                certainty=Certainty.LIKELY,
                reason=f"the house style writes {wanted}",
                suggestion=replacement,
                other=wanted,
                canonical=row.canonical,
            )
        )
    return sorted(found, key=lambda issue: issue.sort_key)


def outdated(context: NameContext) -> list[NameIssue]:
    """Return former names (Bombay, Dnipropetrovsk), with the date of the change where the list has it.

    A former name is left alone in phrases that keep it (`keep_in`), where the text gives the present name within one
    line ("Mumbai, then Bombay"), and beside a year before the change.
    """
    found = []
    for name in _written(context):
        row, form = name.row, name.form
        if name.status != "former":
            continue
        if _SURNAME.search(fold(form)) and not all(_after_preposition(m, context) for m in name.mentions):
            continue  # Dimitrov is a player more often than a town
        places = [m for m in name.mentions if not _is_explained(m, context) and not _is_historical(m, context)]
        if not places:
            continue
        wanted = context.preferred(row) or row.canonical
        since = f" since {row.since}" if row.since[:4].isdigit() else ""
        found.append(
            NameIssue(
                rule="outdated",
                form=form,
                spans=_spans(places),
                certainty=Certainty.POSSIBLE,
                reason=f"{form} is a former name; the name is {wanted}{since}",
                suggestion=_replacement(row, form, wanted),
                other=wanted,
                canonical=row.canonical,
            )
        )
    return sorted(found, key=lambda issue: issue.sort_key)


def _line(context: NameContext, start: int, end: int) -> str:
    """Return the line or lines of the text in which `[start, end)` lies."""
    low = context.text.rfind("\n", 0, start) + 1
    high = context.text.find("\n", end)
    return context.text[low : high if high >= 0 else len(context.text)]


def _is_explained(mention: Mention, context: NameContext) -> bool:
    """Return whether a form in use today stands in the same line as a former name."""
    line = _line(context, mention.start, mention.end)
    in_use = [form for form, status in mention.row.forms.items() if status != "former"]
    return any(form in line for form in in_use if fold(form) != fold(mention.form))


def _is_historical(mention: Mention, context: NameContext) -> bool:
    """Return whether a year before the change of name stands near a former name."""
    since = mention.row.since[:4]
    if not since.isdigit():
        return False
    window = context.text[max(0, mention.start - 60) : mention.end + 60]
    return any(int(year) < int(since) for year in _YEAR.findall(window))


# --- systems ---


def mixed_romanisation(context: NameContext) -> list[NameIssue]:
    """Return the places spelled by one language's system in a text that spells other places by another's.

    Luhansk beside Zaporozhye is one; the forms of the system with fewer places (in a tie the Russian ones) are
    returned. Names that the text spells in both ways are left to `mixed_spellings`, and so are established English
    forms, which are the canonical ones of their rows.
    """
    places: dict[str, _Place] = {}
    for name in _written(context):
        system = system_of(name.row, name.form)
        if system:
            place = places.setdefault(name.row.canonical, _Place(name.row))
            place.spellings.setdefault(system, []).append(name)
    countries: dict[str, list[_Place]] = {}
    for place in places.values():
        countries.setdefault(place.row.languages_of_origin[0], []).append(place)
    found = [issue for country in countries.values() for issue in _minority_system(country, context)]
    return sorted(found, key=lambda issue: issue.sort_key)


@dataclass(slots=True)
class _Place:
    """A curated place and its spellings in the text, by the language whose system they follow."""

    row: Row
    spellings: dict[str, list[_Written]] = field(default_factory=dict)


def _minority_system(places: Sequence[_Place], context: NameContext) -> list[NameIssue]:
    """Return those places of one country that do not follow the system of most of its places in the text."""
    by_system: dict[str, list[_Place]] = {}
    for place in places:
        for system in place.spellings:
            by_system.setdefault(system, []).append(place)
    main, *others = sorted(by_system, key=lambda system: (-len(by_system[system]), system == "ru", system))
    witness = by_system[main][0].spellings[main][0]
    return [
        _of_other_system(name, system, main, witness, context)
        for system in others
        for place in by_system[system]
        if len(place.spellings) == 1  # spelled both ways: `mixed_spellings` reports it
        for name in place.spellings[system]
    ]


def _of_other_system(name: _Written, system: str, main: str, witness: _Written, context: NameContext) -> NameIssue:
    """Return the issue of a place in another system than the text's main one, of which `witness` is an example."""
    row = name.row
    is_own_system = main == row.languages_of_origin[0]
    systems = [_SYSTEMS.get(language, language) for language in (system, main)]
    return NameIssue(
        rule="mixed-romanisation",
        form=name.form,
        spans=name.spans,
        # English has long used the Russian forms of Belarusian towns beside Minsk and Brest.
        certainty=Certainty.LIKELY if row.origin.startswith("uk") else Certainty.POSSIBLE,
        reason=f"{name.form} follows the {systems[0]} spelling, {witness.form} the {systems[1]} one",
        suggestion=context.preferred(row) or (row.canonical if is_own_system else ""),
        other=witness.form,
        other_spans=witness.spans,
        canonical=row.canonical,
    )


# --- given names ---


def given_name_forms(context: NameContext) -> list[NameIssue]:
    """Return persons whose given name stands in a third language's form: Uladzimir (Belarusian) for a Ukrainian
    Saldo.

    Decided for the persons of the curated list; for others when a Belarusian given name stands in a text that has
    nothing to do with Belarus and something with Ukraine or Russia.
    """
    found = []
    for name in _written(context):
        given, *rest = name.form.split()
        if not name.row.is_person or not rest or given_names.language_of(given) != "be":
            continue
        if "be" in name.row.languages_of_origin:
            continue
        wanted = context.preferred(name.row) or name.row.canonical
        found.append(
            NameIssue(
                rule="given-name-form",
                form=name.form,
                spans=name.spans,
                certainty=Certainty.LIKELY,
                reason=f"{given} is the Belarusian form of the given name; {wanted} is not Belarusian",
                suggestion=" ".join([*wanted.split()[:1], *rest]),
                other=wanted,
                canonical=name.row.canonical,
            )
        )
    if _is_about_ukraine_or_russia(context) and not _is_about_belarus(context):
        found += _belarusian_given_names(context, {span for issue in found for span in issue.spans})
    return sorted(found, key=lambda issue: issue.sort_key)


def _is_about_ukraine_or_russia(context: NameContext) -> bool:
    """Return whether a text names Ukraine or Russia, or one of their places or people."""
    if any(form.startswith(("Ukrain", "Russia")) for form in context.names.forms):
        return True
    return any({"uk", "ru"} & set(mention.row.languages_of_origin) for mention in context.mentions)


def _is_about_belarus(context: NameContext) -> bool:
    """Return whether a text names Belarus, or one of its places or people."""
    if any("Belarus" in form or "Minsk" in form or "Lukashenk" in form for form in context.names.forms):
        return True
    return any("be" in mention.row.languages_of_origin for mention in context.mentions)


def _belarusian_given_names(context: NameContext, reported: set[Span]) -> list[NameIssue]:
    """Return the Belarusian given names before a surname of people whom the list does not have."""
    places: dict[tuple[str, str], list[Span]] = {}
    for given, surname, number in context.names.bigrams():
        if len(given) < 5 or lists.is_known(given):
            continue  # Yan and Hanna are names elsewhere too
        if given_names.language_of(given) == "be" and lists.is_neighbour(surname):
            start = context.names.at(number).start
            if not any(low <= start < high for low, high in reported):
                places.setdefault((given, surname), []).append((start, start + len(given)))
    return [
        NameIssue(
            rule="given-name-form",
            form=given,
            spans=tuple(spans),
            certainty=Certainty.LIKELY,
            reason=f"{given} is the Belarusian form of a given name, and nothing else in the text is from Belarus",
            other=" / ".join(given_names.equivalents(given)),
        )
        for (given, _), spans in places.items()
    ]
