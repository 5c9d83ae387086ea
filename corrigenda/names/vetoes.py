"""What looks alike and is two names.

A veto is a function of one candidate that returns its reason in words, so that it can be tested and shown, or None.
Each rests on pairs that were met in real news: the example in its docstring is one of them. Vetoes are independent of
each other; `VETOES` has the cheap ones first. None of them gives way when the two spellings are further apart.
"""

from collections.abc import Callable

from corrigenda.languages import language
from corrigenda.names import gazetteer, given_names, lists, syllables
from corrigenda.names.bearers import patronymic
from corrigenda.names.candidate import Candidate, Surroundings, comparable
from corrigenda.names.data import curated
from corrigenda.names.gazetteer import Places
from corrigenda.names.romanise import fold, has_article, ndist, symbols
from corrigenda.names.suffixes import are_of_two_sexes, is_adjective_pair, is_derivation
from corrigenda.names.thresholds import LIKELY_AT, NEIGHBOUR_AT, SAME_SOUNDS_AT

Veto = Callable[[Candidate], str | None]


def veto_short(candidate: Candidate) -> str | None:
    """Refuse words in which a scheme explains anything: under four letters, or under four sounds that differ (Nur,
    Nour).
    """
    if candidate.only_marks_differ and candidate.has_one_neighbour:
        return None
    if min(len(fold(form)) for form in candidate.forms) < 4:
        return "too short to tell"
    if candidate.shortest < 4 and candidate.near > SAME_SOUNDS_AT:
        return "too short to tell"
    return None


def veto_article(candidate: Candidate) -> str | None:
    """Refuse a name with the Arabic article against the same name without: al-Zarqawi and Zarqawi are both in use."""
    if has_article(candidate.first) != has_article(candidate.second):
        return "one of the two has the article"
    return None


def veto_parts(candidate: Candidate) -> str | None:
    """Refuse hyphenated words of which a part differs: Kwok-hing and Kwok-kin, Pantsir-S and Pantsir-C."""
    one, two = (form.split("-") for form in candidate.forms)
    if len(one) == len(two) > 1:
        for a, b in zip(one, two, strict=True):
            if _are_two_parts(a, b):
                return f"{a} and {b} are two parts"
    elif len(one) != len(two) and any(len(part) < 2 for part in one + two):
        return "one of the two is a model's designation"
    for parts in (one, two):
        if len(parts) > 1 and all(lists.is_known_word(part) for part in parts):
            return f"{'-'.join(parts)} is made of English words"
    return None


def _are_two_parts(first: str, second: str) -> bool:
    """Return whether two parts of hyphenated words are two words; a part of one or two letters has no spellings."""
    if fold(first) == fold(second):
        return False
    if min(len(first), len(second)) < 2:
        return True
    return ndist(first, second) > (0 if len(first) < 3 else NEIGHBOUR_AT)


def veto_brand(candidate: Candidate) -> str | None:
    """Refuse -off against -ov: the old spelling that brands and emigrant families keep (Davidoff, Smirnoff)."""
    old = [form for form in candidate.forms if fold(form).endswith("off")]
    return f"{old[0]} keeps an old spelling on purpose" if len(old) == 1 else None


def veto_belarusian(candidate: Candidate) -> str | None:
    """Refuse -ou against -ov (Makarou, Makarov): the Belarusian form is another language's, and `given_name_forms`
    reports it.
    """
    last_sounds = {symbols(form)[-1:] for form in candidate.forms}
    last_letters = {fold(form)[-2:] for form in candidate.forms}
    if last_sounds == {"U", "V"} and last_letters & {"ou", "au", "eu"}:
        return f"one of {candidate.first} and {candidate.second} is the Belarusian form"
    return None


def veto_common_word(candidate: Candidate) -> str | None:
    """Refuse when a form is an English word (Summit, Samit), or when the text writes it in lower case too."""
    first, second = candidate.forms
    for form, other in ((first, second), (second, first)):
        if form.lower() in candidate.surroundings.lower:
            return f"{form} is an English word"
        if lists.is_english(form) and not _is_name_like(form, other, candidate):
            return f"{form} is an English word"
    return None


def _is_name_like(form: str, other: str, candidate: Candidate) -> bool:
    """Return whether an English word can still be a spelling of the other form: Zenith beside Zenit is the club.

    The two sound the same, no dictionary knows the other (Touring, Turing), more than a doubled letter differs
    (Buffett, buffet), and the word has a capital that no beginning of a sentence explains.
    """
    if candidate.near <= SAME_SOUNDS_AT and candidate.one_after:
        return True  # Yens Stoltenberg beside Jens Stoltenberg
    if candidate.near > 0.0 or len(form) < 6 or len(other) < 5 or lists.is_known(other):
        return False
    if _undoubled(form) == _undoubled(other):
        return False
    places = candidate.surroundings
    return places.in_marks(form) or any(not place.initial for place in places.occurrences(form))


def _undoubled(form: str) -> str:
    """Return a folded form with doubled letters written once."""
    folded = fold(form)
    return "".join(c for i, c in enumerate(folded) if folded[i - 1 : i] != c)


def veto_demonym(candidate: Candidate) -> str | None:
    """Refuse a people or an adjective against its place: Estonia and Estonian, Slobozhansk and Slobozhansky."""
    first, second = candidate.forms
    if is_derivation(first, second) or is_adjective_pair(first, second):
        return f"one of {first} and {second} is derived from the other"
    if lists.is_demonym(first) or lists.is_demonym(second):
        return f"one of {first} and {second} is the name of a people"
    return None


def veto_plural(candidate: Candidate) -> str | None:
    """Refuse a singular and its plural (Houthi, Houthis); Donbas and Donbass are spellings."""
    shorter, longer = sorted(map(fold, candidate.forms), key=len)
    return "one is the plural of the other" if longer == shorter + "s" and not shorter.endswith("s") else None


def veto_two_known(candidate: Candidate) -> str | None:
    """Refuse two names that an English dictionary has (Stephen, Steven) or that the list of given names keeps apart
    (Mykola, Nicola), unless the same name stands beside both.
    """
    first, second = candidate.forms
    if given_names.only_look_alike(first, second) and not (
        candidate.near <= SAME_SOUNDS_AT and candidate.has_one_neighbour
    ):
        return f"{first} and {second} are two given names"
    if candidate.only_marks_differ or given_names.are_spellings(first, second):
        return None
    if not (lists.is_proper(first) and lists.is_proper(second)):
        return None
    if candidate.near <= LIKELY_AT and candidate.has_one_neighbour:
        return None  # Bruno Fernandes and Bruno Fernandez are one person
    return f"{first} and {second} are two names"


def veto_curated(candidate: Candidate) -> str | None:
    """Refuse two spellings that the curated list gives to different names only (Chernihiv, Chernivtsi), or that one
    name has for different things.
    """
    first, second = candidate.forms
    one = {row.canonical: row for row, _ in curated().rows_of(first)}
    two = {row.canonical for row, _ in curated().rows_of(second)}
    if one and two and not one.keys() & two:
        return f"{first} and {second} are two known names"
    if any(not comparable(first, second, row) for name, row in one.items() if name in two):
        return f"{first} and {second} are both in use, for different things"
    return None


def veto_organisation(candidate: Candidate) -> str | None:
    """Refuse when just one of the two stands only inside an organisation's name: Brazil and CNN Brasil."""
    first, second = candidate.forms
    if _in_organisation(first, candidate.surroundings) != _in_organisation(second, candidate.surroundings):
        return "one of the two belongs to an organisation's name"
    return None


def _in_organisation(form: str, surroundings: Surroundings) -> bool:
    """Return whether a form stands everywhere beside an acronym or before a noun such as "bank" or "channel"."""
    places = surroundings.occurrences(form)
    return bool(places) and all(
        (len(place.before) > 1 and place.before.isupper())
        or (len(place.after) > 1 and place.after.isupper())
        or place.after.lower() in language().name_words.organisation_nouns
        for place in places
    )


def veto_gender(candidate: Candidate) -> str | None:
    """Refuse a man's and a woman's form of a surname (Mezenov, Mezenova), unless the same given name stands before
    both, or the titles and given names before them say that both are of one sex.
    """
    first, second = candidate.forms
    places = candidate.surroundings
    if places.in_marks(first) and places.in_marks(second):
        return None  # the name of an organisation, a ship or a work
    if not are_of_two_sexes(first, second) or candidate.one_before:
        return None
    one, two = places.sexes(first), places.sexes(second)
    known = any(row.is_person for form in candidate.forms for row, _ in curated().rows_of(form))
    if not known and len(one | two) == 1 and (one & two or _does_not_fit(first, one) or _does_not_fit(second, two)):
        return None
    return f"{first} and {second} can be a man's and a woman's form"


def _does_not_fit(surname: str, sexes: frozenset[str]) -> bool:
    """Return whether a surname's ending says another sex than the titles do: -a with a man's alone, or no -a where
    none says that a man bears it.
    """
    return fold(surname).endswith("a") == (sexes == {"m"})


def veto_neighbours(candidate: Candidate) -> str | None:
    """Refuse two people: other surnames after the two (Vladimir Putin, Volodymyr Zelensky), other given names before
    them, or a given name against a surname (Sergio Leone, Pavel Sergeev).
    """
    first, second = candidate.forms
    if candidate.near <= SAME_SOUNDS_AT and given_names.are_spellings(first, second):
        return None
    (before_one, before_two), (after_one, after_two) = candidate.before, candidate.after
    if after_one and after_two and not candidate.one_after:
        return f"other surnames follow: {min(after_one)}, {min(after_two)}"
    if before_one and before_two and not candidate.one_before:
        return f"other given names stand before: {min(before_one)}, {min(before_two)}"
    if after_one and before_two and not before_one and not after_two:
        return f"{first} is a given name, {second} a surname"
    if after_two and before_one and not before_two and not after_one:
        return f"{second} is a given name, {first} a surname"
    return None


def veto_kept(candidate: Candidate) -> str | None:
    """Refuse when a form only stands where that spelling belongs (chicken Kiev, Odessa in Texas)."""
    for form in candidate.forms:
        if candidate.surroundings.kept(form):
            return f"{form} belongs to a fixed phrase"
    return None


def veto_glossed(candidate: Candidate) -> str | None:
    """Refuse when the text itself sets one form beside the other: "Isfahan (also known as Esfahan)"."""
    if candidate.surroundings.glossed(candidate.first, candidate.second):
        return f"the text itself sets {candidate.first} beside {candidate.second}"
    return None


def veto_places(candidate: Candidate) -> str | None:
    """Refuse two towns of the gazetteer (Donetske, Donets), unless the spellings are as good as equal."""
    first, second = candidate.forms
    if candidate.near > SAME_SOUNDS_AT and gazetteer.compare(first, second) is Places.DIFFERENT:
        return f"{first} and {second} are two places"
    return None


def veto_person(candidate: Candidate) -> str | None:
    """Refuse a person against a town: Anna Lvov and Lviv, Odessa Young and Odesa, the cosmonaut Nikolayev and Mykolaiv.

    A given name that is a town's too (Sofia) is a town's only behind a preposition.
    """
    places = candidate.surroundings
    row = candidate.row
    if row is not None and row.is_place:
        for form in candidate.forms:
            if not places.towns(form) or (given_names.is_given(form) and not places.only_town(form)):
                return f"{form} is a person's name here"
        return None
    first, second = candidate.forms
    for form, other in ((first, second), (second, first)):
        if places.only_town(other) and places.only_person(form):
            return f"{form} is a person's name here, {other} a town's"
    return None


def veto_patronymic(candidate: Candidate) -> str | None:
    """Refuse a patronymic against a surname, and a man's against a woman's: Petrov, Petrovich, Petrovna."""
    one, two = map(patronymic, candidate.forms)
    return f"one of {candidate.first} and {candidate.second} is a patronymic" if one != two else None


def veto_syllables(candidate: Candidate) -> str | None:
    """Refuse a name of one Chinese, Korean or Vietnamese syllable against a longer one (Zhang, Zhejiang), and two names
    of such syllables that are not the same (Zheng, Zhang).
    """
    first, second = candidate.forms
    if syllables.is_one(first) != syllables.is_one(second):
        shorter, longer = sorted(candidate.forms, key=len)
        if syllables.is_one(shorter) and syllables.is_longer(longer, shorter):
            return f"{shorter} is one syllable"
    if syllables.is_one(first) and syllables.is_one(second) and candidate.is_respelled:
        return f"{first} and {second} are other syllables"  # Qiang and Chiang: no reading of one syllable tells much
    if syllables.are_others(first, second) and not candidate.has_one_neighbour:
        return f"{first} and {second} are other syllables"
    return None


def veto_roster(candidate: Candidate) -> str | None:
    """Refuse two items of one enumeration: "Kovalyov, Kovalev and Bondar" are three people. Curated places are not
    refused: no list of regions has both Zaporizhzhia and Zaporozhye.
    """
    if candidate.row is not None and candidate.row.is_place:
        return None
    if candidate.surroundings.in_one_list(candidate.first, candidate.second):
        return "one enumeration has both"
    return None


VETOES: tuple[Veto, ...] = (
    veto_short,
    veto_patronymic,
    veto_syllables,
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
    veto_person,
    veto_kept,
    veto_glossed,
    veto_roster,
    veto_places,
)
"""What a pair must pass whose sounds alone say that it is one name."""

CURATED_VETOES: tuple[Veto, ...] = (
    veto_kept,
    veto_person,
    veto_neighbours,
    veto_glossed,
    veto_plural,
    veto_roster,
)
"""What a pair must pass whose forms the curated list gives to one name: only the places in the text can say no."""


def veto(candidate: Candidate, vetoes: tuple[Veto, ...] = VETOES) -> str | None:
    """Return the first reason why two forms are two names, or None."""
    for ask in vetoes:
        reason = ask(candidate)
        if reason is not None:
            return reason
    return None
