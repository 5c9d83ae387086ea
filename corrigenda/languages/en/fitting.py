"""English corrections made to fit their place: articles, agreement and tense, words and marks that would stand twice.

Everything here looks at the words around a place and at nothing else, so that corrections are right where no grammar
engine is installed. Where a rule is not sure it changes nothing.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from corrigenda.expressions import lazy
from corrigenda.languages.base import Fitted, Fitting
from corrigenda.languages.en.dictionary import is_word
from corrigenda.languages.en.inflection import irregular_verbs, paradigm, singular
from corrigenda.languages.en.subjects import pronoun, subject
from corrigenda.languages.en.verbs import BE, MODALS, agreeing, analysis
from corrigenda.languages.en.words import article

_ARTICLES = frozenset(("a", "an", "the"))
_BEFORE = _ARTICLES | frozenset("my your his its our their every no".split())
"""Determiners that can be nothing else right before a noun; "her" and "that" can."""
_DETERMINERS = _BEFORE | frozenset("her this that these those each some any".split())
_PREPOSITIONS = frozenset("of for to from with at by in on".split())
_AUXILIARIES = frozenset("am is are was were has have do does".split())
_FINITE = frozenset(("VB", "VBZ", "VBP", "VBD"))
_STATES = frozenset("agree believe belong contain know like mean need own prefer seem understand want".split())
"""Verbs of which nobody says "is -ing"."""
_QUANTITIES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "this": ("this", "these"),
        "these": ("this", "these"),
        "that": ("that", "those"),
        "those": ("that", "those"),
        "many": ("much", "many"),
        "much": ("much", "many"),
        "few": ("little", "few"),
        "fewer": ("less", "fewer"),
        "several": ("some", "several"),
        "various": ("some", "various"),
        "am": ("is", "are"),
        "is": ("is", "are"),
        "are": ("is", "are"),
        "was": ("was", "were"),
        "were": ("was", "were"),
        "has": ("has", "have"),
        "have": ("has", "have"),
        "does": ("does", "do"),
        "do": ("does", "do"),
    }
)
"""Words that go with a noun, in the singular (of nouns without a plural too) and the plural."""

_ARTICLE_INSIDE = lazy(r"(an?) ([^\W\d_]+)", re.IGNORECASE)
_LEADING_MARKS = frozenset(",;:")
"""Marks that stand directly behind the word before them."""
_SPACES = lazy(r"[ \t]{2,}")
_FIRST = lazy(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LAST = lazy(r"([^\W\d_]+(?:['’][^\W\d_]+)*)(\s*)$")
_SENTENCE_START = lazy(r"(?:^|[.!?…]['\"”’)\]]*\s+|\n)\s*[\"“‘'(\[]?$")
_SEPARATORS = "[ \u00a0\u202f.,’']"
_HALF_BEFORE = lazy(rf"\d$|(?:^|\D)\d{{1,3}}{_SEPARATORS}$")
_HALF_AFTER = lazy(rf"{_SEPARATORS}?\d{{3}}(?!\d)|\d")
_GROUP_FIRST = lazy(r"\d{3}(?!\d)")
_GROUP_LAST = lazy(r"(?:^|\D)\d{1,3}$")
_NO_COMMA = (".", ",", ";", ":", "!", "?", ")")
_MOST = 200
"""Code points on each side that are looked at."""


class EnglishFitting(Fitting):
    """The English rules."""

    def form(self, word: str, wanted: str, before: str) -> str:
        """Return a word in another form; see `Fitting.form`."""
        lowered = word.lower()
        changed = _number(lowered, wanted) if wanted in ("singular", "plural") else _verb(lowered, wanted, before)
        return changed[:1].upper() + changed[1:] if word[:1].isupper() and lowered != "i" else changed

    def fitted(self, before: str, quote: str, after: str, text: str, *, agreeing: bool = True) -> Fitted | None:
        """Return a correction as it fits; see `Fitting.fitted`."""
        before, after = before[-_MOST:], after[:_MOST]
        if _half_a_number(before, quote, after):
            return None
        if (text and not any(map(str.isalpha, text))) or quote[0] in "&\u200b":
            return Fitted(0, 0, text)  # marks, figures and entities have no grammar
        if not any(map(str.isalpha, quote)):
            return _with_article(before, quote, text) if text else Fitted(0, 0, text)
        if not text:
            return _deleted(before, quote, after)
        if not _SPACES.search(quote):
            text = _SPACES.sub(" ", text)
        changed = _agreement(before, quote, text, keep=agreeing)
        if changed is None or _is_state_in_progress(quote, changed):
            return None
        inner = _ARTICLE_INSIDE.match(changed)
        if inner is not None:
            changed = f"{_cased(inner[1], article(inner[2]))} {changed[inner.start(2) :]}"
        changed = _with_article_of_next(after, changed)
        text = _without_marks(quote, after, _without_doubling(before, quote, after, changed))
        if not text or _two_prepositions(quote, after, text) or _stands_there(before, quote, after, text):
            return None
        own = any(map(str.isupper, text.partition(" ")[0][1:]))
        if quote[:1].isupper() and text[:1].islower() and not own and _SENTENCE_START.search(before):
            text = text[:1].upper() + text[1:]
        if text[0] in _LEADING_MARKS and before.endswith(" "):
            if before.rstrip("”\"’' ")[-1:] != text[0]:
                return Fitted(1, 0, text)
            text = text[1:].lstrip()
        return _with_article(before, quote, text)


def _number(word: str, wanted: str) -> str:
    if word in _QUANTITIES:
        return _QUANTITIES[word][wanted == "plural"]
    if wanted == "singular":
        return singular(word)
    return paradigm(word)["NNS"]


def _verb(word: str, wanted: str, before: str) -> str:
    found = analysis(word)
    if found is None:
        return word
    lemma = found[0]
    who = subject(before) or ("he" if word == paradigm(lemma)["VBZ"] else "they" if found[1] in ("VB", "VBP") else "he")
    if wanted == "present":
        # A base form says nothing of its subject: where the words before it do not either, one thing is likelier.
        return agreeing(lemma, subject(before) or "he")
    if wanted == "perfect":
        return f"{agreeing('have', who)} {paradigm(lemma)['VBN']}"
    return paradigm(lemma)[{"base": "VB", "gerund": "VBG", "participle": "VBN", "past": "VBD"}[wanted]]


def _half_a_number(before: str, quote: str, after: str) -> bool:
    """Return whether the place begins or ends inside a number, such as "250 000" of "1 250 000"."""
    if quote[:1].isdigit() and _HALF_BEFORE.search(before[-6:]):
        return before[-1:].isdigit() or _GROUP_FIRST.match(quote) is not None
    if quote[-1:].isdigit() and _HALF_AFTER.match(after):
        return after[:1].isdigit() or _GROUP_LAST.search(quote) is not None
    return False


def _deleted(before: str, quote: str, after: str) -> Fitted | None:
    """Return a deletion with the one space that would stand twice, and the capital that a sentence begins with; None
    where two equal words would meet.
    """
    meeting = _first_word(after.lstrip()).lower()
    if meeting and meeting == _last_word(before).lower():
        return None
    if _SENTENCE_START.search(before):
        gap = len(after) - len(after.lstrip(" "))
        first = after[gap : gap + 1]
        return Fitted(0, gap + 1, first.upper()) if quote[:1].isupper() and first else Fitted(0, gap, "")
    if before.endswith(" ") and (not after or not after[0].isalnum()):
        previous, following = _last_word(before), _first_word(after.lstrip())
        if previous.lower() in ("a", "an") and following and after.startswith(" "):
            wanted = article(following)
            if wanted != previous.lower():
                return Fitted(len(previous) + 1, 0, _cased(previous, wanted))
        return Fitted(1, 0, "")
    return Fitted(0, 0, "")


def _first_word(text: str) -> str:
    found = _FIRST.match(text)
    return found[0] if found else ""


def _last_word(text: str) -> str:
    found = _LAST.search(text[-40:])
    return found[1] if found else ""


def _agreement(before: str, quote: str, text: str, *, keep: bool) -> str | None:
    """Put the verb that a correction begins with into the number and tense of its place; None for one that no number
    makes right.
    """
    word = _first_word(text)
    lowered, old = word.lower(), _first_word(quote).lower()
    new = analysis(lowered) if word and lowered != old else None
    if new is None:
        return text
    was = analysis(old) if old and old not in MODALS else None
    if was is not None and _is_mistaken(was[0], lowered):
        return None
    who = "" if _inverted(before) else pronoun(before)
    if lowered == "be" and was is not None and was[1] == "VB" and before.strip() and not _bare(before):
        return agreeing("be", who or subject(before) or "they") + text[len(word) :]
    if lowered not in _AUXILIARIES:
        return None if _disagrees(who, was, new) else text
    if "being" not in text and was is not None and was[1] == "VBG" and old.endswith("ing"):
        return text
    if was is not None and was[1] == "VB" and _bare(before) and new[0] != "have":
        return new[0] + text[len(word) :]
    # "is" for "are" is meant to have another number; "has been" for "am" is not.
    keep = keep and (was is None or was[0] != new[0])
    past = new[1] == "VBD" or (keep and was is not None and was[1] == "VBD" and new[1] in ("VBZ", "VBP"))
    who = who or (_number_of(old, was) or subject(before) if keep else "")
    if not who:
        return text
    fitting = agreeing(new[0], who, past=past)
    put = fitting[:1].upper() + fitting[1:] if word[:1].isupper() else fitting
    return put + text[len(word) :]


def _is_mistaken(lemma: str, word: str) -> bool:
    """Return whether a word is the regular past of a verb that has an irregular one: "leaded"."""
    regular = word in (f"{lemma}ed", f"{lemma}d")
    return regular and lemma in irregular_verbs() and lemma != "hang" and word not in paradigm(lemma).values()


def _disagrees(who: str, was: tuple[str, str] | None, new: tuple[str, str]) -> bool:
    """Return whether a finite verb would not go with the pronoun before it: "they leads", "he arrive"."""
    if was is None or was[1] not in _FINITE or new[0] == "be":
        return False
    return (who in ("i", "they") and new[1] == "VBZ") or (who == "he" and new[1] == "VB" and was[0] == new[0])


def _is_state_in_progress(quote: str, text: str) -> bool:
    """Return whether a correction would have a state go on: "am agreeing" for "am agree"."""
    words = text.lower().split()
    found = analysis(words[1]) if len(words) == 2 and words[0] in BE else None
    return found is not None and found[1] == "VBG" and found[0] in _STATES and text.lower() != quote.lower()


def _inverted(before: str) -> bool:
    """Return whether the words before are those of a question, or of a clause whose verb has no number."""
    words = before.lower().split()
    return len(words) > 1 and (words[-2] in MODALS or words[-2] in ("did", "do", "does", "let", "that", "make", "lest"))


def _bare(before: str) -> bool:
    """Return whether a base form follows: "to be", "will be", "let him be"."""
    words = before.lower().split()[-3:]
    return any(word in MODALS or word in ("let", "did", "do", "does", "not", "make", "that") for word in words)


def _number_of(old: str, was: tuple[str, str] | None) -> str:
    """Return whose verb a form is: "i" of "am", "he" of "works", "they" of "are"."""
    if old == "am":
        return "i"
    if old in ("is", "was", "has", "does"):
        return "he"
    if old in ("are", "were", "have", "do"):
        return "they"
    if was is None:
        return ""
    return {"VBZ": "he", "VB": "they"}.get(was[1], "")


def _without_doubling(before: str, quote: str, after: str, text: str) -> str:
    """Take off words that stand before or behind the place already: "for" of "responsible for" before "for"."""
    first, last = _first_word(text), _last_word(text)
    following, previous = _first_word(after.lstrip()), _last_word(before)
    several = " " in text.strip()
    if several and last and last.lower() == following.lower() and _last_word(quote).lower() != last.lower():
        text = text.rstrip()[: -len(last)].rstrip()
    if several and first and first.lower() == previous.lower() and _first_word(quote).lower() != first.lower():
        text = text[len(first) :].lstrip()
    return text


def _stands_there(before: str, quote: str, after: str, text: str) -> bool:
    """Return whether the one word of a correction stands right before or behind the place already."""
    word = _first_word(text).lower()
    if word != text.strip().lower() or _first_word(quote).lower() == word:
        return False
    return word in (_first_word(after.lstrip()).lower(), _last_word(before).lower())


def _with_article_of_next(after: str, text: str) -> str:
    """Return a correction that ends with an indefinite article with the one that the next word takes, if any."""
    last, following = _last_word(text), _first_word(after.lstrip())
    if last.lower() not in ("a", "an") or " " not in text.strip() or not following:
        return text
    rest = text.rstrip()[: -len(last)].rstrip()
    return rest if following.lower() in _DETERMINERS else f"{rest} {article(following)}"


def _without_marks(quote: str, after: str, text: str) -> str:
    """Take off marks that would meet another one, and the comma where no clause follows."""
    if after[:1] in _NO_COMMA or (not after and not quote.rstrip().endswith(",")):
        text = text.removesuffix(",")
    if text.endswith((".", ";", ":")) and after[:1] == text[-1]:
        text = text[:-1]
    if text.endswith(" ") and after[:1] in (" ", *_NO_COMMA):
        text = text.rstrip(" ")
    return text


def _two_prepositions(quote: str, after: str, text: str) -> bool:
    """Return whether a correction would set its own preposition before one that follows: "responsible for of"."""
    last, following = _last_word(text).lower(), _first_word(after.lstrip()).lower()
    if last not in ("of", "for", "to", "with") or _last_word(quote).lower() in _PREPOSITIONS:
        return False
    least = after.split()[1:2]
    return following in _PREPOSITIONS and not (following == "at" and least in (["least"], ["most"]))


_DETERMINED = lazy(
    r"\b(?:[Tt]he|[Aa]n?|[Tt]his|[Tt]hat|[Ii]ts|[Tt]heir|[Oo]ur|[Hh]is|[Hh]er) "
    r"(?:[A-Z][a-z]+(?:ian|ean|can|ese|ish|ench|erman|zech|aqi|aeli)|regional|local|national|state|federal|former|own|main)"
    r" $"
)
"""A determiner and an adjective that belongs to what follows: "the Russian", "its regional"."""


def _with_article(before: str, quote: str, text: str) -> Fitted | None:
    """Settle what stands before a correction and what it begins with: one determiner, "an" before a vowel."""
    found = _LAST.search(before[-40:])
    previous = found[1].lower() if found and found[2] == " " else ""
    if previous not in _BEFORE:
        first = _first_word(text)
        if (
            first.lower() in _ARTICLES
            and _first_word(quote).lower() not in _ARTICLES
            and _DETERMINED.search(before[-60:])
        ):
            return Fitted(0, 0, text[len(first) :].lstrip())
        return Fitted(0, 0, text)
    assert found is not None
    length = len(found[0])
    first = _first_word(text)
    if first.lower() in _DETERMINERS and not _is_pronoun(quote, first):
        rest = text[len(first) :].lstrip()
        if not rest:
            return None
        if first.lower() in _ARTICLES and previous not in ("a", "an"):
            return Fitted(0, 0, rest)
        if previous in _ARTICLES:
            return Fitted(length, 0, _cased(found[1], text))
        return None
    if previous in ("a", "an") and " " not in text and _is_plural(first.lower()) and not _is_plural(_last_word(quote)):
        return Fitted(length, 0, _cased(found[1], text))
    if previous in ("a", "an") and first and first.lower() != _first_word(quote).lower():
        wanted = article(first)
        if wanted != previous:
            return Fitted(length, 0, _cased(found[1], f"{wanted} {text}"))
    return Fitted(0, 0, text)


def _is_plural(word: str) -> bool:
    return singular(word) != word and is_word(singular(word)) and word not in ("news", "series", "means")


def _is_pronoun(quote: str, first: str) -> bool:
    """Return whether the word stood there before: then nothing new stands twice."""
    return _first_word(quote).lower() == first.lower()


def _cased(model: str, text: str) -> str:
    return text[:1].upper() + text[1:] if model[:1].isupper() else text[:1].lower() + text[1:]
