"""English words and English proper names, to tell a foreign name from a word that happens to stand with a capital.

The list is SCOWL's (see NOTICE), reduced by benchmarks/build_wordlist.py. It is read once, when first asked for.
"""

from functools import cache

from corrigenda import resources

HEADER = "# English words, then English proper names. Source: SCOWL size 60 (Debian wamerican, wbritish). See NOTICE."

_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("iest", ("y",)),
    ("ness", ("",)),
    ("ies", ("y",)),
    ("ied", ("y",)),
    ("ier", ("y",)),
    ("ily", ("y",)),
    ("ing", ("", "e")),
    ("ers", ("", "e")),
    ("est", ("", "e")),
    ("es", ("", "e")),
    ("ed", ("", "e")),
    ("er", ("", "e")),
    ("ly", ("",)),
    ("s", ("",)),
    ("d", ("",)),
)


def bases(word: str) -> list[str]:
    """Return what a word may be a regular inflection of: "carries" gives "carry", "carri" and "carrie"."""
    return [
        word[: -len(ending)] + base
        for ending, choices in _ENDINGS
        if word.endswith(ending) and len(word) - len(ending) > 1
        for base in choices
    ]


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    import gzip

    data = gzip.decompress(resources.path("corpora", "english_words.txt.gz").read_bytes()).decode("utf-8")
    words, _, names = data.partition("\n\n")
    return frozenset(words.split("\n")), frozenset(names.split("\n"))


@cache
def is_word(word: str) -> bool:
    """Return whether a lower-case word is an English word or a regular inflection of one."""
    words = _lists()[0]
    if word in words:
        return True
    return any(base in words or any(deeper in words for deeper in bases(base)) for base in bases(word))


@cache
def is_proper(name: str) -> bool:
    """Return whether an English dictionary has this capitalised word: Stephen, Paris, Chekhov."""
    names = _lists()[1]
    return name in names or (name.endswith("s") and name[:-1] in names)
