"""British and American spelling: one list of words (corpora/dialects.tsv), and the rules behind it.

The list serves the check of mixed spelling and tells which standard a text is written in. The rules bring a word that
no list has to one form, to see whether two spellings are one word; they are written from general knowledge of the two
standards.
"""

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from types import MappingProxyType
from typing import NamedTuple

from corrigenda import resources
from corrigenda.expressions import lazy
from corrigenda.languages.base import Dialects
from corrigenda.languages.en.inflection import paradigm

BRITISH, AMERICAN = "gb", "us"

_WORD = lazy(r"\w+")
# Derived words that the paradigm of the list's word has not: colourful, favourite, neighbourhood.
_DERIVED = tuple("able ably al ally er ers ful fully hood hoods ing ings ism ist ite ites less ly".split())
_NOUNS = ("ation", "ations", "er", "ers")
_STEPS = (
    (lazy(r"(?<=[a-z]{3})iz(?=e|ed|es|er|ers|ing|ation|ations|able)"), "is"),
    (lazy(r"yz(?=e|ing)"), "ys"),
    (lazy(r"our"), "or"),
    (lazy(r"([lpt])\1(?=ed|ing|er|or|ery|ful|ment|ation|is|ous)"), r"\1"),
    (lazy(r"l+(?=ment|fuls?$|s$|$)"), "l"),
    (lazy(r"(?<=[bcdghptv])re(?=d?s?$)"), "er"),
    (lazy(r"(?<=[bcdghptv])re(?=d?-)"), "er"),
    (lazy(r"[ao]e(?=[a-z])"), "e"),
    (lazy(r"ogue(?=s?$)"), "og"),
    (lazy(r"enc(?=e|i)"), "ens"),
    (lazy(r"mme(?=$|s$|r$|rs$|d$)"), "m"),
    (lazy(r"dgement"), "dgment"),
    (lazy(r"sceptic"), "skeptic"),
    (lazy(r"^enquir"), "inquir"),
    (lazy(r"artefact"), "artifact"),
    (lazy(r"grey"), "gray"),
    (lazy(r"(?<=li|mo|sa|ra|iz)eable"), "able"),
)


# Own list: Scots, Northern and West Country English, Irish English, the American South and old verse; letters that an
# apostrophe stands for at the end of a word or at its start.
_SPOKEN = lazy(
    r"\b(?:[Aa]in['’]t|[Aa]ye|bairns?|bonn[iy]e?|cannae|couldnae|didnae|dinna|dinnae|doesnae|dunno|e['’]en|e['’]er|gaed|"
    r"gonna|gotta|gwine|hae|haud|hisself|innit|isnae|kent|lassie|lichts?|maun|mebbe|mither|mun|nae|naebody|naw|[Nn]e['’]er|nobbut|[Nn]owt|o['’]er|"
    r"[Oo]ch|oot|owd|owt|sez|summat|[Tt]hee|theirselves|[Tt]hine|[Tt]hou|[Tt]hy|thysel|[Tt]was|verra|wanna|wasnae|whaur|"
    r"wisnae|wouldnae|aboot|doon|faither|frae|tae|[Yy]e|yersel|[Yy]on|[Yy]ouse|[Yy]['’]all)\b"
    r"|\b\w{2,}in['’](?!\w)|(?<!\w)['’](?:em|tis|twas|twere|neath|gainst|pon|appen)\b|\b(?:o|wi|an|th|t)['’](?=\s)"
)


class Pair(NamedTuple):
    """A line of the list. `checked`: whether the check of mixed spelling marks either in a text of the other.

    `british_tells` and `american_tells`: whether the spelling tells the standard that a text is written in.
    """

    british: str
    american: str
    checked: bool
    british_tells: bool
    american_tells: bool


@cache
def pairs() -> tuple[Pair, ...]:
    """Return the lines of corpora/dialects.tsv."""
    lines = resources.path("corpora", "dialects.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(_pair(*line.split("\t")) for line in lines if line and not line.startswith("#"))


def _pair(british: str, american: str, use: str = "") -> Pair:
    return Pair(british, american, not use.startswith("only"), use != "", use in ("tells", "only-tells"))


def neutral(word: str) -> str:
    """Return a word in a form that is the same for British and American spelling. Not a word itself."""
    word = word.casefold()
    for pattern, to in _STEPS:
        word = pattern.sub(to, word)
    return word


def _forms(pair: Pair) -> Iterator[tuple[str, str]]:
    """Yield the forms of a pair in which the two spellings differ."""
    for one, other in zip(paradigm(pair.british).values(), paradigm(pair.american).values(), strict=True):
        if one != other:
            yield one, other


class EnglishDialects(Dialects):
    """British and American English."""

    spoken = _SPOKEN
    labels = MappingProxyType({BRITISH: "British", AMERICAN: "American"})
    variants = MappingProxyType({BRITISH: "en-GB", AMERICAN: "en-US"})

    def wanted(self, tag: str) -> str:
        """Return the key of the dialect that a tag asks for: all standards but the American spell as the British do."""
        if tag in ("auto", "en"):
            return ""
        return AMERICAN if tag == "en-US" else BRITISH

    def tables(self) -> Mapping[str, Mapping[str, str]]:
        """Return the British and the American word forms, with what the other writes instead."""
        tables: dict[str, dict[str, str]] = {BRITISH: {}, AMERICAN: {}}
        for pair in pairs():
            for one, other in _forms(pair) if pair.checked else ():
                tables[BRITISH][one] = other
                tables[AMERICAN][other] = one
        return tables

    @cached_property
    def _signs(self) -> tuple[frozenset[str], frozenset[str]]:
        """The word forms that tell a British and an American text."""
        british: set[str] = set()
        american: set[str] = set()
        for pair in pairs():
            forms = dict(_forms(pair))
            if pair.british.endswith("re"):  # nouns, though "centred" and "centered" are verbs
                forms = {pair.british: pair.american, pair.british + "s": pair.american + "s"}
            elif "our" in pair.british:
                forms |= {pair.british + end: pair.american + end for end in _DERIVED}
            elif pair.british.endswith(("ise", "yse")):
                forms |= {pair.british[:-1] + end: pair.american[:-1] + end for end in _NOUNS}
            if pair.british_tells:
                british.update(forms)
            if pair.american_tells:
                # -ize is no sign of American English: British copy has it too.
                american.update(form for form in forms.values() if "iz" not in form)
        return frozenset(british), frozenset(american)

    def _count(self, text: str) -> tuple[int, int]:
        british, american = self._signs
        words = _WORD.findall(text.lower())
        return sum(word in british for word in words), sum(word in american for word in words)

    def variant(self, text: str, default: str) -> str:
        """Return "en-GB" or "en-US", whichever spelling the text has more of, the default when it tells neither.

        The names of bodies (the World Health Organization, the Labour Party) count like any other word: there are few
        of them.
        """
        british, american = self._count(text)
        if british == american:
            return default
        return self.variants[BRITISH if british > american else AMERICAN]

    def differ_only(self, word: str, other: str) -> bool:
        """Return whether two words are one in the spelling of two standards."""
        return neutral(other) == neutral(word) and other.casefold() != word.casefold()
