"""Small questions about single words: a title, a given name, a demonym, an organisation's noun?

The lists are files in corpora/ with their sources in a header; they are read when first asked for.
"""

from functools import cache

from corrigenda.names import words
from corrigenda.names.romanise import fold

TITLES = frozenset(
    "Mr Mrs Ms Miss Mx Dr Prof Sir Dame Lord Lady St Saint Sen Rep Gov Gen Col Maj Capt Cpt Lt Sgt Adm Hon Rev Fr Sheikh "
    "Sheik Ayatollah Mullah Imam Rabbi Haji Pan Pani Herr Frau Monsieur Madame Senor Comrade".split()
)
"""Titles before a name that the word list does not have as lower-case words."""

ORGANISATION_NOUNS = frozenset(
    "bank group holding company corporation agency channel tv television radio university academy institute stadium arena "
    "club fc hc hockey football shipyard shipyards plant factory works airport airlines airways station hotel theatre "
    "theater museum newspaper magazine gazette news media foundation fund party prize award cup trophy brand plc llc ltd "
    "inc gmbh ag sa jsc ojsc pjsc ooo motors energy oil gas insurance investments capital ventures studios records "
    "pictures films sports street avenue square boulevard embankment bridge".split()
)
"""Nouns that make the name before them part of an organisation's, brand's or street's name."""


@cache
def is_demonym(word: str) -> bool:
    """Return whether a capitalised word is an adjective or a people's name made from a place: Russian, Argentines."""
    return fold(word) in _demonyms()


@cache
def _demonyms() -> frozenset[str]:
    from corrigenda.names.data import table

    found: set[str] = set()
    for row in table("demonyms.tsv"):
        for cell in row[1:]:
            found.update(fold(form.strip()) for form in cell.replace(",", ";").split(";") if form.strip())
    return frozenset(found)


@cache
def is_neighbour(word: str) -> bool:
    """Return whether a word beside a name is itself part of a person's or place's name, not a title or a common word."""
    if len(word) < 2 or word in TITLES or not word[0].isalpha():
        return False
    if words.is_word(word.lower()) and not words.is_proper(word):
        return False
    return not is_demonym(word)


@cache
def is_english(word: str) -> bool:
    """Return whether a capitalised word is an English word and not also a name."""
    return words.is_word(word.lower()) and not words.is_proper(word)


@cache
def _given_groups() -> dict[str, frozenset[str]]:
    """Folded given names of the Cyrillic world with the groups they belong to."""
    from corrigenda.names.data import curated

    groups: dict[str, set[str]] = {}
    for row in curated().rows:
        if row.is_given:
            for form in row.forms:
                groups.setdefault(fold(form), set()).add(row.canonical)
    return {form: frozenset(names) for form, names in groups.items()}


@cache
def same_given(first: str, second: str) -> bool:
    """Return whether two words are spellings of one given name in one language: Sergei and Sergey, not Sergei and Serhii."""
    groups = _given_groups()
    return bool(groups.get(fold(first), frozenset()) & groups.get(fold(second), frozenset()))
