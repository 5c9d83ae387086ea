"""English verbs as they stand in a text: which verb a form is of, and which form goes with a subject.

Words alone decide, without a tagger: what two readings share has none of them, and the caller leaves such words alone.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from corrigenda.languages.en.dictionary import is_word
from corrigenda.languages.en.inflection import irregular_verbs, paradigm

BE: Mapping[str, str] = MappingProxyType(
    {"am": "VBP", "are": "VBP", "is": "VBZ", "was": "VBD", "were": "VBD", "be": "VB", "been": "VBN", "being": "VBG"}
)
MODALS = frozenset("can could may might must shall should will would to".split())
"""Words that a base form stands behind."""


@cache
def _irregular() -> Mapping[str, tuple[str, str]]:
    """Return the lemma and the tag of the forms of irregular verbs; past before participle, base form before both."""
    result: dict[str, tuple[str, str]] = {}
    for lemma in irregular_verbs():
        for tag in ("VB", "VBZ", "VBG", "VBD", "VBN"):
            result.setdefault(paradigm(lemma)[tag], (lemma, tag))
    result.update({form: ("be", tag) for form, tag in BE.items()})
    return MappingProxyType(result)


def analysis(word: str) -> tuple[str, str] | None:
    """Return the lemma of a lower-case verb form and its Penn tag (VB, VBZ, VBG, VBD or VBN), None for no verb.

    A regular form is one whose lemma the dictionary has; "works" may be a noun as well.
    """
    known = _irregular().get(word)
    if known is not None:
        return known
    for ending, tag in (("ing", "VBG"), ("ed", "VBD"), ("s", "VBZ")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            for lemma in _lemmas(word, ending):
                if is_word(lemma) and lemma not in irregular_verbs() and paradigm(lemma)[tag] == word:
                    return lemma, tag
    return (word, "VB") if is_word(word) else None


def _lemmas(word: str, ending: str) -> list[str]:
    stem = word[: -len(ending)]
    result = [stem + "e", stem] if ending != "s" else [stem]
    if len(stem) > 2 and stem[-1] == stem[-2]:
        result.insert(0, stem[:-1])
    if stem.endswith("i"):
        result.insert(0, stem[:-1] + "y")
    if ending == "s" and stem.endswith("e"):
        result.append(stem[:-1])
        if stem.endswith("ie"):
            result.insert(0, stem[:-2] + "y")
    return result


def agreeing(lemma: str, subject: str, *, past: bool = False) -> str:
    """Return the present or past of a verb behind a subject, given by its pronoun: "i", "he" or "they"."""
    if lemma == "be":
        if past:
            return "were" if subject == "they" else "was"
        return {"i": "am", "he": "is"}.get(subject, "are")
    if past:
        return paradigm(lemma)["VBD"]
    return paradigm(lemma)["VBZ" if subject == "he" else "VB"]
