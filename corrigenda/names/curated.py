"""What the curated list says of a name as written: a former name, another style's form, another language's system or
form.
"""

import re
from collections.abc import Iterable
from functools import cache

from corrigenda.languages import language
from corrigenda.names import lists
from corrigenda.names.candidate import is_established
from corrigenda.names.context import Mention, NameContext
from corrigenda.names.data import Row
from corrigenda.names.issue import Certainty, NameIssue
from corrigenda.names.romanise import fold, key, ndist

_BRACKETS = re.compile(r"\s*\([^)]*\)")
_YEAR = re.compile(r"\b(1[0-9]{3}|20[0-9]{2})\b")
_SURNAME = re.compile(r"(?:ov|ev|in|yn|iv)$")
_SYSTEMS = {"uk": "Ukrainian", "ru": "Russian", "be": "Belarusian"}


@cache
def _preposition() -> "re.Pattern[str]":
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, language().name_words.place_prepositions))}) $")


def _spans(mentions: Iterable[Mention]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted({(mention.start, mention.end) for mention in mentions}))


def _by_form(context: NameContext) -> dict[tuple[int, str], list[Mention]]:
    """Mentions grouped by row and written form; a form that belongs to several rows is left out: nobody can tell
    which.
    """
    groups: dict[tuple[int, str], list[Mention]] = {}
    owners: dict[tuple[int, int], set[int]] = {}
    for mention in context.mentions:
        groups.setdefault((id(mention.row), mention.form), []).append(mention)
        owners.setdefault((mention.start, mention.end), set()).add(id(mention.row))
    return {
        key: mentions
        for key, mentions in groups.items()
        if all(len(owners[mention.start, mention.end]) == 1 for mention in mentions)
        and not all(_needs_context(mention, context) for mention in mentions)
        and not (mentions[0].row.is_place and all(_in_person(mention, context) for mention in mentions))
    }


def _needs_context(mention: Mention, context: NameContext) -> bool:
    """Return whether a form also means something else (`ambiguous_with`: Nikolaev, a surname) and no "in" or "from"
    helps.
    """
    others = {fold(_BRACKETS.sub("", other).strip()) for other in mention.row.ambiguous_with}
    if fold(mention.form) not in others:
        return False
    return not (mention.row.is_place and _preposition().search(context.text, max(0, mention.start - 9), mention.start))


def _in_person(mention: Mention, context: NameContext) -> bool:
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
    for (_, form), mentions in _by_form(context).items():
        row, status = mentions[0].row, mentions[0].status
        wanted = context.preferred(row)
        if wanted is None or status in ("inflected", "former") or (row.is_given and not row.is_person):
            continue
        if row.kind == "place.country" and not is_established(form, row):
            continue  # Rossiya is a channel, a bank and an airline
        replacement = _replacement(row, form, wanted)
        if fold(replacement) == fold(form) and replacement.lower() == form.lower():
            continue
        reason = f"the house style writes {wanted}"
        found.append(
            NameIssue(
                "house-style", form, _spans(mentions), Certainty.LIKELY, reason, replacement, wanted, (), row.canonical
            )
        )
    return sorted(found, key=lambda issue: issue.sort_key)


def outdated(context: NameContext) -> list[NameIssue]:
    """Return former names (Bombay, Dnipropetrovsk), with the date of the change where the list has it.

    A former name is left alone in phrases that keep it (`keep_in`), where the text gives the present name within one
    line ("Mumbai, then Bombay"), and beside a year before the change.
    """
    found = []
    for (_, form), mentions in _by_form(context).items():
        row = mentions[0].row
        if mentions[0].status != "former":
            continue
        if _SURNAME.search(fold(form)) and not all(
            _preposition().search(context.text, max(0, m.start - 9), m.start) for m in mentions
        ):
            continue  # Dimitrov is a player more often than a town
        places = [m for m in mentions if not _explained(m, context) and not _historical(m, row, context)]
        if not places:
            continue
        wanted = context.preferred(row) or row.canonical
        since = f" since {row.since}" if row.since and row.since[:4].isdigit() else ""
        reason = f"{form} is a former name; the name is {wanted}{since}"
        found.append(
            NameIssue(
                "outdated",
                form,
                _spans(places),
                Certainty.POSSIBLE,
                reason,
                _replacement(row, form, wanted),
                wanted,
                (),
                row.canonical,
            )
        )
    return sorted(found, key=lambda issue: issue.sort_key)


def _line(context: NameContext, start: int, end: int) -> str:
    low = context.text.rfind("\n", 0, start) + 1
    high = context.text.find("\n", end)
    return context.text[low : high if high >= 0 else len(context.text)]


def _explained(mention: Mention, context: NameContext) -> bool:
    line = _line(context, mention.start, mention.end)
    current = [
        form for form, status in mention.row.forms.items() if status != "former" and fold(form) != fold(mention.form)
    ]
    return any(form in line for form in current)


def _historical(mention: Mention, row: Row, context: NameContext) -> bool:
    if not row.since[:4].isdigit():
        return False
    year = int(row.since[:4])
    window = context.text[max(0, mention.start - 60) : mention.end + 60]
    return any(int(found) < year for found in _YEAR.findall(window))


# --- systems ---


_NATIONAL = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch _ iu ia".replace("_", "'").split(),
        strict=True,
    )
) | {"ў": "u", "ы": "y", "э": "e", "ё": "io"}


def _national(native: str) -> str:
    """Return a Ukrainian or Belarusian name by its national romanisation, in lower case."""
    return "".join(_NATIONAL.get(letter, letter if letter in " -" else "") for letter in native.lower())


def system_of(row: Row, form: str) -> str:
    """Return the language whose romanisation a place's form follows ("uk", "ru", "be"), or "" when the form does not
    tell.

    A form follows the row's own language when it sounds as the native name does by the national table, and another
    form of the row does not; Russian when the list calls it another language's and it is no Polish or German form.
    Established English forms that are neither (Dnieper) and names that are alike in both (Kherson) do not tell.
    """
    origin = row.origin.split("/")[0]
    if not row.is_place or origin not in ("uk", "be") or row.kind == "place.country" or not row.native:
        return ""
    own = _national(row.native)
    other = [known for known, status in row.forms.items() if status == "other-language" and not _is_own(known, own)]
    if not any(_is_russian(known, own) for known in other):
        return ""
    if _is_own(form, own):
        return origin
    status = next((s for known, s in row.forms.items() if fold(known) == fold(form)), "")
    if status == "other-language" and _is_russian(form, own):
        return row.languages.get(form, "ru")
    return ""


def _is_own(form: str, own: str) -> bool:
    return sum(ndist(a, b) for a, b in zip(fold(form).split(), own.split(), strict=False)) <= 0.012


def _is_russian(form: str, own: str) -> bool:
    """Return whether a form of another language is a Russian one: the same name, and no Polish or German letters."""
    folded = fold(form)
    return form.isascii() and not set(folded) & set("wj") and "cz" not in folded and ndist(folded, own) <= 0.35


def mixed_romanisation(context: NameContext) -> list[NameIssue]:
    """Return the places spelled by one language's system in a text that spells other places by another's.

    Luhansk beside Zaporozhye is one; the forms of the system with fewer places (in a tie the Russian ones) are
    returned. Names that the text spells in both ways are left to `mixed_spellings`, and so are established English
    forms, which are the canonical ones of their rows.
    """
    by_origin: dict[str, dict[str, dict[str, dict[str, list[Mention]]]]] = {}
    rows: dict[str, Row] = {}
    for (_, form), mentions in _by_form(context).items():
        row = mentions[0].row
        system = system_of(row, form)
        if system:
            rows[row.canonical] = row
            by_row = by_origin.setdefault(row.origin.split("/")[0], {})
            by_row.setdefault(row.canonical, {}).setdefault(system, {})[form] = mentions
    found = [issue for by_row in by_origin.values() for issue in _minority_system(by_row, rows, context)]
    return sorted(found, key=lambda issue: issue.sort_key)


def _minority_system(
    by_row: dict[str, dict[str, dict[str, list[Mention]]]], rows: dict[str, Row], context: NameContext
) -> list[NameIssue]:
    """Return the places of one country that do not follow the system of most of its places in the text."""
    used: dict[str, list[str]] = {}
    for name, systems in by_row.items():
        for system in systems:
            used.setdefault(system, []).append(name)
    order = sorted(used, key=lambda system: (-len(used[system]), system == "ru", system))
    found = []
    for system in order[1:]:
        main, witness = order[0], used[order[0]][0]
        witness_form, witness_mentions = next(iter(by_row[witness][main].items()))
        for name in used[system]:
            if len(by_row[name]) > 1:
                continue  # spelled both ways: `mixed_spellings` reports it
            for form, mentions in by_row[name][system].items():
                own = main == rows[name].origin.split("/")[0]
                suggestion = context.preferred(rows[name]) or (rows[name].canonical if own else "")
                reason = (
                    f"{form} follows the {_SYSTEMS.get(system, system)} spelling, {witness_form} the "
                    f"{_SYSTEMS.get(main, main)} one"
                )
                found.append(
                    NameIssue(
                        "mixed-romanisation",
                        form,
                        _spans(mentions),
                        # English has long used the Russian forms of Belarusian towns beside Minsk and Brest.
                        Certainty.LIKELY if rows[name].origin.startswith("uk") else Certainty.POSSIBLE,
                        reason,
                        suggestion,
                        witness_form,
                        _spans(witness_mentions),
                        name,
                    )
                )
    return found


def given_name_forms(context: NameContext) -> list[NameIssue]:
    """Return persons whose given name stands in a third language's form: Uladzimir (Belarusian) for a Ukrainian
    Saldo.

    Decided for the persons of the curated list; for others when a Belarusian given name stands in a text that has
    nothing to do with Belarus and something with Ukraine or Russia.
    """
    found: list[NameIssue] = []
    seen: set[tuple[int, int]] = set()
    for (_, form), mentions in _by_form(context).items():
        row = mentions[0].row
        words = form.split()
        if not row.is_person or len(words) < 2:
            continue
        language = lists.given_language(words[0])
        allowed = set(row.origin.split("/")) | {"ru"}
        if language == "be" and "be" not in allowed:
            wanted = context.preferred(row) or row.canonical
            suggestion = " ".join([wanted.split()[0], *words[1:]])
            reason = f"{words[0]} is the Belarusian form of the given name; {wanted} is not Belarusian"
            spans = _spans(mentions)
            seen.update(spans)
            found.append(
                NameIssue(
                    "given-name-form", form, spans, Certainty.LIKELY, reason, suggestion, wanted, (), row.canonical
                )
            )
    if _about_neighbours(context) and not _about_belarus(context):
        found += _uncurated(context, seen)
    return sorted(found, key=lambda issue: issue.sort_key)


def _about_neighbours(context: NameContext) -> bool:
    """Return whether a text names Ukraine or Russia, or one of their places or people."""
    if any(form.startswith(("Ukrain", "Russia")) for form in context.names.forms):
        return True
    return any({"uk", "ru"} & set(mention.row.origin.split("/")) for mention in context.mentions)


def _about_belarus(context: NameContext) -> bool:
    if any("Belarus" in form or "Minsk" in form or "Lukashenk" in form for form in context.names.forms):
        return True
    return any("be" in mention.row.origin.split("/") for mention in context.mentions)


def _uncurated(context: NameContext, seen: set[tuple[int, int]]) -> list[NameIssue]:
    groups: dict[str, list[tuple[int, int]]] = {}
    for given, surname, number in context.names.bigrams():
        if len(given) < 5 or lists.is_known(given):
            continue  # Yan and Hanna are names elsewhere too
        if lists.given_language(given) == "be" and lists.is_neighbour(surname):
            start = context.names.at(number).start
            if not any(a <= start < b for a, b in seen):
                groups.setdefault(f"{given} {surname}", []).append((start, start + len(given)))
    return [
        NameIssue(
            "given-name-form",
            full.split()[0],
            tuple(spans),
            Certainty.LIKELY,
            f"{full.split()[0]} is the Belarusian form of a given name, and nothing else in the text is from Belarus",
            other=" / ".join(lists.given_equivalents(full.split()[0])),
        )
        for full, spans in groups.items()
    ]
