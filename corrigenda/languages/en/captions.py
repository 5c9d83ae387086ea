"""How English captions and credits of pictures begin and end."""

import re

from corrigenda.expressions import lazy
from corrigenda.languages.base import Captions

_WORD = r"(?:photo(?:graph)?s?|images?|pictures?|pics?|video|illustration|infographics?|credits?|source|file)"
_PICTURE = r"(?:photo(?:graph)?s?|images?|pictures?|pics?|video|frame|screenshot|collage|illustration|infographics?)"
_ODD = (
    rf"(?:(?:in|on) (?:the|this|our) {_PICTURE}(?: (?:above|below|on the (?:left|right)))?"
    rf"|{_PICTURE} (?:captions?|comments?|descriptions?|text|legend|notes?|explanations?|signature|title|information)"
    rf"|(?:captions?|description|signature|comment) (?:of|to|for|on|under) (?:the )?{_PICTURE}"
    r"|(?:illustrative|illustration|archiv(?:e|al)|symbolic|symbol|agency|main|title|cover|press|opening|preview)"
    rf" {_PICTURE}"
    r"|pictured here|photo fact)"
)
"""Labels that say that a caption is one."""
_ODD_CREDIT = (
    rf"(?:authors? of (?:the )?{_PICTURE}|{_PICTURE} authors?|author[’']s {_PICTURE}|photography|photographed"
    r"|photographers?"
    rf"|foto|fotos|{_PICTURE} agency|{_PICTURE} (?:is |was |were )?(?:taken|made|provided|sent|given) by)"
)
"""Labels before the name of who took the picture, as English does not write them."""
_AGENCY = r"(?:Getty(?: Images)?|Reuters|AFP|EPA|AP|Shutterstock|file (?:photo|image|picture))"


class EnglishCaptions(Captions):
    """The English ones."""

    initials = "AaCcDdFfIiLlMmOoPpSsTtVv([©【"
    ending = lazy(
        rf"[(\[【](?:{_WORD}\b[^()\[\]]{{0,80}}|[^()\[\]]{{0,60}}\b{_AGENCY})[)\]】]\.?$",
        re.IGNORECASE,
    )
    label = lazy(
        rf"[(\[]?(?:{_WORD}|caption|photo(?:graph)? by|image by)(?: (?:credits?|caption|source|by|courtesy))?\s*:"
        rf"|[(\[【]?(?:{_ODD}|{_ODD_CREDIT})\s*[:=：]|[(\[【]{_ODD}[)\]】]",
        re.IGNORECASE,
    )
    odd_label = lazy(
        rf"(?P<credit>{_ODD_CREDIT})(?=\s?[:=：])"
        rf"|[(\[【/]?{_ODD} ?[\])】]?(?:\s*[:=：]|,(?= )|(?<=[\])】]))\s*",
        re.IGNORECASE,
    )
    odd_credit = lazy(
        rf"[(\[【]\s?(?:{_PICTURE}\s?(?:[:：=]?\s?provided by|=)|(?P<label>{_ODD_CREDIT})\s?[:：=])"
        r"\s?(?P<name>[^()\[\]【】\n]{1,80})[)\]】]",
        re.IGNORECASE,
    )
    credited = "(Photo: {name})"
    credit_label = "Photo"
    source = lazy(r"[(\[]?sources?\s*:\s*\S[^\n]{0,60}$", re.IGNORECASE)
    credit = lazy(
        r"(?:©|\(c\)) ?\S[^.!?]{0,80}$|(?:photo|image|picture)s? (?:by|credit|courtesy)\b[^.!?]{0,80}$", re.IGNORECASE
    )
