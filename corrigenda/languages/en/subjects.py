"""The subject of an English verb, from the words before it: which pronoun could stand for it?

A handful of rules over words, which say nothing where they are not sure: no agreement is better than a wrong one.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from corrigenda.expressions import lazy
from corrigenda.languages.en.dictionary import is_word

_HE = "he she it everyone everybody everything someone somebody something anyone anything nobody nothing".split()
PRONOUNS: Mapping[str, str] = MappingProxyType(
    {**dict.fromkeys(_HE, "he"), **dict.fromkeys(("we", "they", "you", "these", "those"), "they"), "i": "i"}
)
_ONE = frozenset("a an this that each every one another either neither".split())
_MANY = frozenset("these those many several few both two three four five six seven eight nine ten most".split())
_ALWAYS_MANY = frozenset(
    "people police men women children cattle clergy personnel parents feet teeth media servicemen troops".split()
)
_ALWAYS_ONE = frozenset(
    "athletics diabetes economics headquarters mathematics measles news physics politics series".split()
)
_PREPOSITIONS = frozenset(
    "of in on at for with from by to about against near under over between among during after before into behind "
    "without within".split()
)
_ADVERBS = frozenset(
    "also already always ever just never not now often only really soon still then usually sometimes again".split()
)
_CLAUSE = frozenset(
    "because when as soon until till once if while although though that whether where since why how unless and but or "
    "after before so then".split()
)
_WORDS = lazy(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*|\d[\d.,]*|[^\w\s]")
_LONGEST = 12
"""Words before a verb in which its subject is looked for."""


def subject(before: str) -> str:
    """Return the pronoun for the subject of a verb that follows `before`: "i", "he" or "they"; "" where none is sure.

    "The results of the vote" gives "they", "the vote" gives "he".
    """
    words = _WORDS.findall(before[-160:])[-_LONGEST:]
    while words and (words[-1].lower() in _ADVERBS or words[-1].lower().endswith("ly")):
        words.pop()
    if not words or not words[-1][0].isalpha():
        return ""
    last = words[-1].lower()
    if last in PRONOUNS:
        return _of_pronoun(last, words)
    return _of_noun_phrase(_phrase(words))


def pronoun(before: str) -> str:
    """Return the same for a verb right behind a pronoun, with at most an adverb between; "" for any other subject."""
    words = _WORDS.findall(before[-80:])
    while words and (words[-1].lower() in _ADVERBS or words[-1].lower().endswith("ly")):
        words.pop()
    return _of_pronoun(words[-1].lower(), words) if words and words[-1].lower() in PRONOUNS else ""


def _of_pronoun(last: str, words: Sequence[str]) -> str:
    before = words[-2].lower() if len(words) > 1 else ""
    if (before in _PREPOSITIONS and before not in _CLAUSE) or before in ("or", "nor", "than"):
        return ""  # "one of you is", "he or I am"
    if before == "and" and len(words) > 2 and words[-3][0].isalpha() and words[-3].lower() in PRONOUNS:
        return "they"
    return PRONOUNS[last]


def _phrase(words: Sequence[str]) -> list[str]:
    """Return the words of the noun phrase at the end, from its clause's beginning."""
    for at in range(len(words) - 1, -1, -1):
        word = words[at].lower()
        joins = word in ("and", "or") and at > 0 and words[at - 1][0].isalpha() and words[at - 1].lower() not in _CLAUSE
        if (word in _CLAUSE and not joins) or not (words[at][0].isalnum()):
            return list(words[at + 1 :])
    return list(words)


def _of_noun_phrase(words: Sequence[str]) -> str:
    lowered = [word.lower() for word in words]
    if not lowered:
        return ""
    for at, word in enumerate(lowered):
        if word in _PREPOSITIONS and at > 0:
            if word == "of" and lowered[at - 1] in ("number", "lot", "majority", "most", "all", "some", "couple"):
                counted = lowered[:2] != ["the", "number"]
                return _of_noun_phrase(words[at + 1 :]) if counted else "he"
            return _of_noun_phrase(words[:at])
    if "and" in lowered[1:]:
        return "they"
    if "or" in lowered:
        return ""
    if lowered[0] in _ONE:
        return "he"
    if lowered[0] in _MANY or (lowered[0].isdigit() and lowered[0] != "1"):
        return "they"
    head = lowered[-1]
    if head in _ALWAYS_MANY:
        return "they"
    if head in _ALWAYS_ONE or words[-1][0].isupper():
        return "he" if not words[-1].endswith("s") or head in _ALWAYS_ONE else ""
    plural = head.endswith("s") and not head.endswith(("ss", "us", "is"))
    if plural and is_word(head[:-1]):
        return "they"
    determined = lowered[0] in ("the", "his", "her", "its", "their", "our", "my", "your", "no")
    return "he" if determined and is_word(head) and len(lowered) > 1 and not plural else ""
