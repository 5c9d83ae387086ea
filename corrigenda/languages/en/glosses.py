"""How English announces words of another language."""

from corrigenda.expressions import lazy
from corrigenda.languages.base import Glosses

_LANGUAGE = (
    r"(?:[A-Z][a-z]+(?:ian|ish|ese|ean|ic)|Catalan|Croat|Cyrillic|Czech|Dutch|Finn|French|German|Greek|Hebrew|Hindi|Kurd|"
    r"Latin|Mandarin|Pashto|Serb|Slovak|Slovene|Thai|Urdu|Uzbek|Welsh)"
)
_ORIGINAL = (
    r"(?:[Oo]riginal(?:ly)?|[Nn]ative(?:ly)?|[Ss]cript|[Ss]pelled|[Ss]pelt|[Ww]ritten|[Tt]ransliterat\w+|[Ll]it\.)"
)
_WORD = (
    r"(?i:words?|letters?|characters?|symbols?|syllables?|spelled|spelt|written|pronounced|hashtags?|phrase|proverb|"
    r"saying|motto|expression|inscription)"
)


class EnglishGlosses(Glosses):
    """The English ones."""

    before = lazy(
        rf"(?:\b(?:{_LANGUAGE}|{_ORIGINAL})[^.:;!?\n]{{0,20}}:|\b{_WORD}(?: as| with)?,?"
        rf"|\b{_LANGUAGE} (?:one|title|version|translation|term|form|spelling)\b,?)\s*$"
    )
    after = lazy(rf"\s*,?\s*(?:(?:is|was|in)(?: an?| the)? {_LANGUAGE}\b|means?\b|meaning\b|meant\b|stands? for\b)")
    named = lazy(r"\b(?:called|named|known as|so-called|dubbed|termed|as|genus|species|variety)(?: an?| the)?\s*$")
    aside = lazy(r"\s*(?:\((?!(?i:photo|image|picture|foto|video)\b)|,? or |, (?:an?|the|which|meaning)\b| [–—-] )")
