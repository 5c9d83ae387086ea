"""One name in two spellings inside one text.

Candidates are words of one bucket (`romanise.key`), spellings of one curated name, and surnames after one given name.
Each pair then has to pass the vetoes: what looks alike and is two names. A veto is a function that returns its reason
in words, so that it can be tested and shown.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations

from corrigenda.names import gazetteer, lists, words
from corrigenda.names.context import NameContext
from corrigenda.names.data import Row, curated
from corrigenda.names.gazetteer import Places
from corrigenda.names.issue import Certainty
from corrigenda.names.romanise import VOWELS, bare, fold, has_article, key, ndist, symbols


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling with all its places (code points, half open, in text order) and how many of them are quoted."""

    text: str
    spans: tuple[tuple[int, int], ...]
    quoted: int = 0

    @property
    def count(self) -> int:
        """How often it stands in the text."""
        return len(self.spans)


@dataclass(frozen=True, slots=True)
class NamePair:
    """One name in two spellings.

    `minority` is the form to mark, `majority` the other. `preferred` is the form recommended by `basis` ("house style",
    "majority", "known form" or "first use"); it may be the minority. `canonical` names the curated row, `distance` is
    `ndist` (0 for curated pairs of several words), `reason` says in words why the two are one name. `others` are
    further spellings of the name in the text, where there are more than two.
    """

    minority: Form
    majority: Form
    certainty: Certainty
    reason: str
    preferred: str
    basis: str
    rule: str
    distance: float
    canonical: str = ""
    others: tuple[str, ...] = ()

    @property
    def sort_key(self) -> tuple[int, str, str]:
        """By the first marked place, then by the forms."""
        return (self.minority.spans[0][0], self.minority.text, self.majority.text)


CERTAIN_AT = 0.05
LIKELY_AT = 0.08
NEIGHBOUR_AT = 0.115
SAME_GIVEN_AT = 0.23
_CURRENT = frozenset(("canonical", "variant", "other-language"))
SAME_PLACE_AT = 0.30
UNLIKE_AT = 0.45
"""Above this, two forms of a place are two names (Independence Square, Maidan Nezalezhnosti)."""


# --- endings ---


def is_gender_pair(first: str, second: str) -> bool:
    """Return whether two surnames differ as a man's and a woman's do: -ov/-ova, -in/-ina, -sky/-skaya, -ny/-na."""
    a, b = sorted((symbols(first), symbols(second)), key=lambda s: (len(s), s))
    if b == a + "A" and a[-1:] in ("V", "F", "N") and len(a) > 3:
        return True
    if b[-1:] == "A" and a[-1:] in ("V", "F", "N") and len(b) == len(a) + 1 and ndist(first, b[:-1]) <= LIKELY_AT:
        return True
    endings = {a[-1:], b[-1:]}
    return endings == {"A", "I"} and a[-2:-1] == b[-2:-1] and a[-2:-1] in ("K", "N") and len(a) > 4


def adds_vowel(first: str, second: str) -> bool:
    """Return whether one word is the other with a vowel more at its end: Belgorod and Belgoroda."""
    a, b = sorted((symbols(first), symbols(second)), key=lambda s: (len(s), s))
    return len(b) == len(a) + 1 and b[-1] in VOWELS and a[-1:] not in VOWELS and ndist(first, second) <= 0.25


def is_adjective_pair(first: str, second: str) -> bool:
    """Return whether one word is a town in -sk and the other the adjective in -sky: Slobozhansk, Slobozhansky."""
    a, b = sorted((symbols(first), symbols(second)), key=lambda s: (len(s), s))
    return a.endswith("SK") and b.endswith("SKI") and len(b) == len(a) + 1


_DERIVING = (
    "s",
    "n",
    "an",
    "ian",
    "ans",
    "ians",
    "ese",
    "ish",
    "i",
    "is",
    "er",
    "ers",
    "ite",
    "ites",
    "ism",
    "ist",
    "ic",
)


def is_derivation(first: str, second: str) -> bool:
    """Return whether one word is made from the other by an English ending: Russia and Russian, Iraq and Iraqis.

    Not -y or -i after -y or -i, and not -s after -s: Zelensky and Zelenskyy, Donbas and Donbass are spellings.
    """
    a, b = sorted((fold(first), fold(second)), key=lambda s: (len(s), s))
    for stem in (a, a[:-1] if a[-1:] in "aeoy" else a):
        if len(stem) < 3 or not b.startswith(stem):
            continue
        rest = b[len(stem) :]
        if rest not in _DERIVING or b == a:
            continue
        if rest[0] == stem[-1] or (rest in ("i", "is") and stem[-1] in "iy"):
            continue
        if stem != a and rest in ("i", "e", "n"):  # Anna and Anni, Torbeeva and Torbeevi are no derivations
            continue
        return True
    return False


# --- vetoes ---

Veto = Callable[[str, str, NameContext, float], str | None]


def veto_common_word(first: str, second: str, context: NameContext, distance: float) -> str | None:
    """Refuse when a form is an English word, or when the text writes it in lower case too."""
    for form, other in ((first, second), (second, first)):
        if form.lower() in context.lower:
            return f"{form} is an English word"
        if lists.is_english(form):
            # Zenith beside Zenit is the club; Touring beside Turing is not: there both are known.
            pure = distance == 0.0 and len(form) > 5 and len(other) > 4 and not lists.is_known(other)
            if not pure or _undoubled(form) == _undoubled(other) or not _inside_sentences(form, context):
                return f"{form} is an English word"
    return None


def _undoubled(form: str) -> str:
    """Return a folded form with doubled letters once: Buffett and buffet, where only a surname's spelling differs."""
    folded = fold(form)
    return "".join(c for i, c in enumerate(folded) if folded[i - 1 : i] != c)


def _inside_sentences(form: str, context: NameContext) -> bool:
    """Return whether a form has a capital inside a sentence or stands in quotation marks: a name, not a first word."""
    return context.in_marks(form) or any(not place.initial for place in context.occurrences(form))


def veto_demonym(first: str, second: str, context: NameContext, distance: float) -> str | None:
    """Refuse when both forms are peoples or adjectives, or one is derived from the other."""
    if is_derivation(first, second) or is_adjective_pair(first, second):
        return f"one of {first} and {second} is derived from the other"
    if lists.is_demonym(first) or lists.is_demonym(second):
        return f"one of {first} and {second} is the name of a people"
    return None


def veto_plural(first: str, second: str, context: NameContext, distance: float) -> str | None:
    """Refuse a singular and its plural (Shiite, Shiites); Donbas and Donbass are spellings."""
    a, b = sorted((fold(first), fold(second)), key=len)
    return "one is the plural of the other" if b == a + "s" and not a.endswith("s") else None


def veto_two_known(first: str, second: str, context: NameContext, distance: float) -> str | None:
    """Refuse when an English dictionary has both as names (Stephen, Steven), unless one name stands beside both."""
    if lists.other_given(first, second) and not (distance <= 0.03 and neighbours_match(first, second, context)):
        return f"{first} and {second} are two given names"
    if bare(first) == bare(second) or lists.same_given(first, second):
        return None
    one_person = distance <= LIKELY_AT and neighbours_match(first, second, context)
    if lists.is_proper(first) and lists.is_proper(second) and not one_person:
        return f"{first} and {second} are two names"
    return None


def veto_brand(first: str, second: str, context: NameContext, distance: float) -> str | None:
    """Refuse -off against -ov: the old spelling that brands and emigrant families keep (Smirnoff)."""
    if fold(first).endswith("off") != fold(second).endswith("off"):
        return f"{first if fold(first).endswith('off') else second} keeps an old spelling on purpose"
    return None


def _in_organisation(form: str, context: NameContext) -> bool:
    """Return whether a form stands everywhere in the name of an organisation (CNN Brasil, Tatra Bank)."""
    places = context.occurrences(form)
    return bool(places) and all(
        (len(o.before) > 1 and o.before.isupper())
        or (len(o.after) > 1 and o.after.isupper())
        or o.after.lower() in lists.ORGANISATION_NOUNS
        for o in places
    )


def veto_organisation(first: str, second: str, context: NameContext, distance: float) -> str | None:
    """Refuse when just one of the two stands only inside an organisation's name."""
    if _in_organisation(first, context) != _in_organisation(second, context):
        return "one of the two belongs to an organisation's name"
    return None


def _alike(first: Iterable[str], second: Iterable[str]) -> bool:
    """Return whether a name on one side is, spelled as it may be, a name on the other side."""
    others = list(second)
    return any(
        a == b or lists.same_given(a, b) or (key(a) == key(b) and ndist(a, b) <= NEIGHBOUR_AT)
        for a in first
        for b in others
    )


def neighbours_match(first: str, second: str, context: NameContext) -> bool:
    """Return whether the two forms share a given name before them or a surname after them."""
    return _alike(context.before(first), context.before(second)) or _alike(context.after(first), context.after(second))


def veto_neighbours(first: str, second: str, context: NameContext, distance: float) -> str | None:
    """Refuse two people: other surnames after the two, other given names before them, or a given name against a
    surname.
    """
    if lists.same_given(first, second) and distance <= 0.03:
        return None
    after_one, after_two = context.after(first), context.after(second)
    if after_one and after_two and not _alike(after_one, after_two):
        return f"other surnames follow: {min(after_one)}, {min(after_two)}"
    before_one, before_two = context.before(first), context.before(second)
    if before_one and before_two and not _alike(before_one, before_two):
        return f"other given names stand before: {min(before_one)}, {min(before_two)}"
    if after_one and before_two and not before_one and not after_two:
        return f"{first} is a given name, {second} a surname"
    if after_two and before_one and not before_two and not after_one:
        return f"{second} is a given name, {first} a surname"
    return None


def veto_gender(first: str, second: str, context: NameContext, distance: float) -> str | None:
    """Refuse a man's and a woman's form of a surname, unless the same given name stands before both."""
    if context.in_marks(first) and context.in_marks(second):
        return None  # the name of an organisation, a ship or a work
    if not is_gender_pair(first, second) or _alike(context.before(first), context.before(second)):
        return None
    one, two = context.sexes(first), context.sexes(second)
    if len(one | two) == 1 and (
        one & two or _is_feminine(first) == (one == {"m"}) or _is_feminine(second) == (two == {"m"})
    ):
        return None
    return f"{first} and {second} can be a man's and a woman's form"


def _is_feminine(form: str) -> bool:
    return fold(form).endswith("a")


def veto_places(first: str, second: str, context: NameContext, distance: float) -> str | None:
    """Refuse two known places, unless the spellings are as good as equal."""
    if distance > 0.03 and gazetteer.compare(first, second) is Places.DIFFERENT:
        return f"{first} and {second} are two places"
    return None


_GLOSS = re.compile(
    r"\b(?:or|aka|known|called|spell(?:ed|ing)s?|spelt|written|pronounced|than|formerly|now|née|alias|transliterated)\b|[(/]"
)


_GLOSS_REACH = 120
"""Code points around a form within which the other one may begin: a gloss of 60 and a long name."""


def veto_glossed(first: str, second: str, context: NameContext, distance: float) -> str | None:
    """Refuse when the text itself sets one form beside the other: "Isfahan (also known as Esfahan)"."""
    others = context.names.spans(second)
    starts = [start for start, _ in others]
    for start, end in context.names.spans(first):
        # Only what stands near can be set beside it; all with all would cost the square of a repetitive text's length.
        nearby = others[bisect_left(starts, start - _GLOSS_REACH) : bisect_right(starts, end + _GLOSS_REACH)]
        for other_start, other_end in nearby:
            low, high = (end, other_start) if end <= other_start else (other_end, start)
            if 0 <= high - low <= 60:
                between = context.text[low:high]
                if "\n" not in between and _GLOSS.search(between):
                    return f"the text itself sets {first} beside {second}"
    return None


def veto_kept(first: str, second: str, context: NameContext, distance: float) -> str | None:
    """Refuse when a form only stands where that spelling belongs (chicken Kiev, Odessa in Texas)."""
    for form in (first, second):
        if context.kept(form):
            return f"{form} belongs to a fixed phrase"
    return None


def veto_curated(first: str, second: str, context: NameContext, distance: float) -> str | None:
    """Refuse two spellings that the curated list gives to different names only, or to a former name."""
    one = {id(row): row for row, _ in curated().rows_of(first)}
    two = {id(row) for row, _ in curated().rows_of(second)}
    if one and two and not one.keys() & two:
        return f"{first} and {second} are two known names"
    if any(not _comparable(first, second, row) for identity, row in one.items() if identity in two):
        return f"{first} and {second} are both in use, for different things"
    return None


def veto_belarusian(first: str, second: str, context: NameContext, distance: float) -> str | None:
    """Refuse -ou against -ov: the Belarusian form of a surname, which `given_name_forms` reports as another
    language's.
    """
    endings = {symbols(first)[-1:], symbols(second)[-1:]}
    if endings == {"U", "V"} and {fold(first)[-2:], fold(second)[-2:]} & {"ou", "au", "eu"}:
        return f"one of {first} and {second} is the Belarusian form"
    return None


def veto_article(first: str, second: str, context: NameContext, distance: float) -> str | None:
    """Refuse a name with the Arabic article against the same name without (al-Zarqawi, Zarqawi): both are in use."""
    if has_article(first) != has_article(second):
        return "one of the two has the article"
    return None


def veto_parts(first: str, second: str, context: NameContext, distance: float) -> str | None:
    """Refuse hyphenated words of which a part differs: Kwok-hing and Kwok-kin, Pantsir-S and Pantsir-C."""
    one, two = first.split("-"), second.split("-")
    if len(one) == len(two) > 1:
        for a, b in zip(one, two, strict=True):
            apart = ndist(a, b)
            if fold(a) != fold(b) and (min(len(a), len(b)) < 2 or apart > (0 if len(a) < 3 else NEIGHBOUR_AT)):
                return f"{a} and {b} are two parts"
    elif len(one) != len(two) and any(len(part) < 2 for part in one + two):
        return "one of the two is a model's designation"
    for parts in (one, two):
        if len(parts) > 1 and all(lists.is_known_word(part) for part in parts):
            return f"{'-'.join(parts)} is made of English words"
    return None


def veto_short(first: str, second: str, context: NameContext, distance: float) -> str | None:
    """Refuse words so short that a scheme explains anything: under four letters, or two consonants with another
    vowel.
    """
    if min(len(fold(first)), len(fold(second))) < 4:
        return "too short to tell"
    if min(len(symbols(first)), len(symbols(second))) < 4 and distance > 0.03:
        return "too short to tell"
    return None


VETOES: tuple[Veto, ...] = (
    veto_short,
    veto_article,
    veto_parts,
    veto_brand,
    veto_belarusian,
    veto_common_word,
    veto_demonym,
    veto_two_known,
    veto_curated,
    veto_organisation,
    veto_gender,
    veto_neighbours,
    veto_kept,
    veto_glossed,
    veto_places,
)


_CURATED_VETOES: tuple[Veto, ...] = (veto_kept, veto_neighbours, veto_glossed, veto_plural)


def veto(first: str, second: str, context: NameContext, distance: float) -> str | None:
    """Return the first reason why two forms are two names, or None."""
    for ask in VETOES:
        reason = ask(first, second, context, distance)
        if reason is not None:
            return reason
    return None


# --- candidates ---


def keys(form: str) -> frozenset[str]:
    """Return the buckets of a form: its key, and those it has when Polish or German wrote it (ch as kh, c as ts, w as
    u).
    """
    folded = fold(form)
    found = {key(folded)}
    if "ch" in folded:
        found.add(key(folded.replace("ch", "kh")))
    if "c" in folded.replace("ch", "").replace("ck", ""):
        found.add(key(folded.replace("c", "ts")))
    if "w" in folded:
        found.add(key(folded.replace("w", "u")))
    return frozenset(found)


def _eligible(form: str) -> bool:
    """Return whether a form can be judged by its sounds: four letters or more, at most two capitals."""
    if len(form) < 4:
        return False
    capitals = sum(map(str.isupper, form))
    return capitals < 3 if "-" not in form else not form.isupper()


def _buckets(forms: Iterable[str]) -> dict[str, list[str]]:
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
    return {pair for found in surnames.values() for pair in combinations(sorted(found), 2)}


def _curated_candidates(forms: Iterable[str]) -> set[tuple[str, str]]:
    """Pairs of forms of one curated name, however unlike: Gaddafi and Qaddafi."""
    by_row: dict[int, list[str]] = {}
    for form in forms:
        for row, status in curated().rows_of(form):
            if status in _CURRENT and not row.is_given:
                by_row.setdefault(id(row), []).append(form)
    return {pair for found in by_row.values() if len(found) < 30 for pair in combinations(sorted(found), 2)}


def _given_candidates(forms: Iterable[str]) -> set[tuple[str, str]]:
    """Pairs of forms of one given name in two languages: Nikolai and Mykola."""
    by_group: dict[str, list[str]] = {}
    for form in forms:
        for group in lists.given_groups(form):
            by_group.setdefault(group, []).append(form)
    return {pair for found in by_group.values() for pair in combinations(sorted(found), 2)}


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
    return {(a, b) for a, b in found if _typeset(a) != _typeset(b)}


def _typeset(form: str) -> str:
    """Return a form without what only typesetting decides: case, curly apostrophes, kinds of hyphen, composed marks."""
    plain = unicodedata.normalize("NFC", form).lower()
    return plain.translate(_TYPE)


_TYPE = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'", "‐": "-", "‑": "-"})


# --- judgement ---


def _comparable(first: str, second: str, row: Row) -> bool:
    """Return whether two current forms of a row ought to be one: no acronym, and not two names that share nothing."""
    if any(form.isupper() and len(form) < 6 for form in (first, second)):
        return False
    if row.kind == "place.country":
        return is_established(first, row) and is_established(second, row)
    return ndist(first, second) <= (SAME_PLACE_AT if row.kind == "org" else UNLIKE_AT) or not row.is_place


def is_established(form: str, row: Row) -> bool:
    """Return whether English uses a form of a country: its own name, a house style's form, or a dictionary's.

    Rossiya is Russia's own name and in English the name of a bank, an airline and a channel.
    """
    known = {fold(row.canonical), *map(fold, row.styles.values())}
    return fold(form) in known or lists.is_proper(form)


def shared_row(first: str, second: str) -> Row | None:
    """Return the curated row of which both forms are current spellings, or None.

    None also when a form is another row's own name (Dnipro is a city, and a form of the river Dnieper), and for
    organisations whose two names have nothing in common (ISIS, Daesh).
    """
    entries = curated().rows_of(first)
    others = {id(row): status for row, status in curated().rows_of(second)}
    for row, status in entries:
        if status not in _CURRENT or others.get(id(row)) not in _CURRENT:
            continue
        elsewhere = [found for form in (first, second) for known, found in curated().rows_of(form) if known is not row]
        if "canonical" in elsewhere or not _comparable(first, second, row):
            continue
        return row
    return None


def judge(first: str, second: str, context: NameContext) -> tuple[Certainty, str, str, Row | None, float] | None:
    """Return certainty, reason, rule, curated row and distance of a pair of forms, or None when they are two names."""
    distance = ndist(first, second)
    row = shared_row(first, second)
    if row is not None and not row.is_given:
        if any(ask(first, second, context, distance) for ask in _CURATED_VETOES):
            return None
        return Certainty.CERTAIN, f"both are spellings of {row.canonical}", "curated", row, distance
    if distance > SAME_PLACE_AT and not lists.one_given(first, second):
        return None
    marks_only = bare(first) == bare(second)
    alike = bool(keys(first) & keys(second))
    matching = neighbours_match(first, second, context)
    near = 0.0 if marks_only else distance
    plausible = alike and near <= (NEIGHBOUR_AT if matching else LIKELY_AT)
    strangers = not (lists.is_known(first) or lists.is_known(second))
    if not plausible and strangers and near <= SAME_GIVEN_AT and _alike(context.before(first), context.before(second)):
        plausible = True
    if lists.one_given(first, second) and _alike(context.after(first), context.after(second)):
        return Certainty.LIKELY, "one given name in two languages' forms, before one surname", "given", None, distance
    same_place = not plausible and alike and gazetteer.compare(first, second) is Places.SAME
    possible = alike and near <= NEIGHBOUR_AT
    if not (plausible or same_place or possible):
        return None
    if veto(first, second, context, near) is not None:
        return None
    if same_place:
        return Certainty.CERTAIN, "both are romanisations of one town's name", "gazetteer", None, distance
    if marks_only:
        return Certainty.LIKELY, "the same letters, with and without marks", "marks", None, distance
    if _two_bearers(first, second, context):
        reason = "two people's given name, romanised in two ways"
        return Certainty.LIKELY, reason, "romanisation", None, distance
    if near > CERTAIN_AT and not matching and adds_vowel(first, second):
        reason = "one is the other with a vowel at its end"  # a case, for `case_endings` to decide, or another name
        return Certainty.POSSIBLE, reason, "romanisation", None, distance
    if not plausible:
        unknown = not any(lists.is_known(form) for form in (first, second))
        long = min(len(first), len(second)) > 4 and _same_beginning(first, second)
        certainty = Certainty.LIKELY if unknown and long else Certainty.POSSIBLE
        return certainty, "they may be one name in two romanisations", "romanisation", None, distance
    if ("-" in first) != ("-" in second):
        return Certainty.LIKELY, "one is written with a hyphen", "hyphen", None, distance
    short = min(len(symbols(first)), len(symbols(second))) < 5
    if short and not matching and (lists.is_proper(first) or lists.is_proper(second)):
        reason = "they may be one short name in two spellings"  # or Wade and Wayde
        return Certainty.POSSIBLE, reason, "romanisation", None, distance
    if near <= CERTAIN_AT and alike:
        # A listed name has its spellings listed: what is not among them can be another name (Zelensky, Zelinsky).
        one_listed = bool(curated().rows_of(first)) != bool(curated().rows_of(second)) and distance > 0.03
        certain = (len(symbols(first)) > 4 or matching) and not one_listed
        reason = "they differ only in how the same letters are romanised"
        return (Certainty.CERTAIN if certain else Certainty.LIKELY), reason, "romanisation", None, distance
    if matching:
        return Certainty.LIKELY, "they sound alike and stand beside the same name", "neighbour", None, distance
    return Certainty.LIKELY, "they differ in a sound that romanisations confuse", "romanisation", None, distance


def _two_bearers(first: str, second: str, context: NameContext) -> bool:
    """Return whether two forms of one given name stand before the surnames of different people, and nowhere alone."""
    if not lists.same_given(first, second):
        return False
    after_one, after_two = context.after(first), context.after(second)
    return bool(after_one and after_two) and not _alike(after_one, after_two)


def _same_beginning(first: str, second: str) -> bool:
    """Return whether two words begin with the same class of consonant, or both with a vowel."""
    one, two = symbols(first)[:1], symbols(second)[:1]
    if one in VOWELS or two in VOWELS:
        return one in VOWELS and two in VOWELS
    return key(first)[:1] == key(second)[:1]


def _form(text: str, context: NameContext) -> Form:
    numbers = context.names.numbers(text)
    return Form(text, context.names.spans(text), sum(context.names.is_quoted(n) for n in numbers))


def recommend(first: Form, second: Form, row: Row | None, context: NameContext) -> tuple[Form, Form, str, str]:
    """Return minority, majority, the preferred form and what it rests on: house style, majority, known form, first
    use.
    """
    major, minor = sorted((first, second), key=lambda form: (-form.count, form.spans[0]))
    if row is not None:
        wanted = context.preferred(row)
        for form, other in ((first, second), (second, first)):
            if wanted is not None and (fold(wanted) == fold(form.text) or fold(wanted).split()[-1] == fold(form.text)):
                return other, form, form.text, "house style"
    if major.count > minor.count:
        return minor, major, major.text, "majority"
    if row is not None:
        known = fold(row.canonical)
        for form, other in ((first, second), (second, first)):
            if fold(form.text) in (known, known.split()[-1]):
                return other, form, form.text, "known form"
    if words.is_proper(minor.text) and not words.is_proper(major.text):
        return major, minor, minor.text, "known form"
    return minor, major, major.text, "first use"


def _phrases(context: NameContext) -> list[NamePair]:
    """Names of several words, such as Kryvyi Rih and Krivoy Rog, in two of their curated spellings."""
    forms: dict[int, dict[str, list[tuple[int, int]]]] = {}
    rows: dict[int, Row] = {}
    for mention in context.mentions:
        row = mention.row
        if mention.status in _CURRENT and not row.is_person and not row.is_given:
            rows[id(row)] = row
            forms.setdefault(id(row), {}).setdefault(mention.form, []).append((mention.start, mention.end))
    found = []
    for identity, spellings in forms.items():
        for first, second in combinations(sorted(spellings), 2):
            if " " not in first + second or fold(first) in fold(second) or fold(second) in fold(first):
                continue  # Islamic State and Islamic State group
            distance = ndist(first, second)
            if not _comparable(first, second, rows[identity]):
                continue
            one, two = (Form(form, tuple(spellings[form])) for form in (first, second))
            minor, major, preferred, basis = recommend(one, two, rows[identity], context)
            reason = f"both are spellings of {rows[identity].canonical}"
            found.append(
                NamePair(
                    minor,
                    major,
                    Certainty.CERTAIN,
                    reason,
                    preferred,
                    basis,
                    "curated",
                    distance,
                    rows[identity].canonical,
                )
            )
    return found


def mixed_spellings(context: NameContext) -> list[NamePair]:
    """Return the names that the text spells in two ways, by their first marked place.

    Of three spellings of one name, every two are a pair.
    """
    found: list[NamePair] = []
    for first, second in sorted(candidates(context)):
        verdict = judge(first, second, context)
        if verdict is None:
            continue
        certainty, reason, rule, row, distance = verdict
        minor, major, preferred, basis = recommend(_form(first, context), _form(second, context), row, context)
        found.append(
            NamePair(minor, major, certainty, reason, preferred, basis, rule, distance, row.canonical if row else "")
        )
    phrases = _phrases(context)
    inside = [span for pair in phrases for form in (pair.minority, pair.majority) for span in form.spans]
    found = [pair for pair in found if not (_lies_in(pair.minority, inside) and _lies_in(pair.majority, inside))]
    return sorted([*found, *phrases], key=lambda pair: pair.sort_key)


def _lies_in(form: Form, spans: list[tuple[int, int]]) -> bool:
    """Return whether all places of a form are parts of longer names that are reported as a whole."""
    return bool(spans) and all(any(a <= start and end <= b for a, b in spans) for start, end in form.spans)
