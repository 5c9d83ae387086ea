"""Small questions about single words: a title, a given name, a demonym, an organisation's noun?

The lists are files in corpora/ with their sources in a header; they are read when first asked for.
"""

from functools import cache

from corrigenda.names import words
from corrigenda.names.romanise import bare, fold

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


_FUNCTION_WORDS = frozenset(
    "A I In On At As By Be He We Us Me My Of Or So To Up No Am An And But For Nor Yet The This That It Its If Is Are Was "
    "When Then There Here They She Her His Our Your Their What Who Why How Not Now All Also After Before From With While "
    "Since Until During Despite According Earlier Later Today Yesterday Meanwhile However Although Because Both Each".split()
)


@cache
def is_neighbour(word: str) -> bool:
    """Return whether a word beside a name is itself part of a person's or place's name, not a title or a common word."""
    if len(word) < 2 or word in TITLES or word in _FUNCTION_WORDS or not word[0].isalpha():
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


@cache
def is_known(word: str) -> bool:
    """Return whether an English dictionary has the word, as a word or as a name, with or without its marks."""
    return words.is_word(bare(word)) or is_proper(word)


@cache
def is_proper(word: str) -> bool:
    """Return whether an English dictionary has the word as a name, with or without its marks: Rhône, Zurich."""
    return words.is_proper(word) or words.is_proper(bare(word).capitalize())


_MEN_IN_A = frozenset(("nikita", "ilya", "illia", "illya", "mykola", "mikita", "foma", "kuzma", "luka", "savva", "danila", "sasha",
                       "dima", "misha", "vanya", "petya", "kolya", "volodya", "vova", "yura", "lyosha", "alyosha", "seryozha"))  # fmt: skip


@cache
def sex(given: str) -> str:
    """Return "f" or "m" for a given name of the Cyrillic world by its end; names of men in -a are listed."""
    folded = fold(given)
    return "f" if folded[-1:] == "a" and folded not in _MEN_IN_A else "m"
