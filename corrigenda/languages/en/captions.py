"""How English captions and credits of pictures begin and end."""

import re

from corrigenda.expressions import lazy
from corrigenda.languages.base import Captions

_WORD = r"(?:photo(?:graph)?s?|images?|pictures?|pics?|video|illustration|infographics?|credits?|source|file)"
_AGENCY = r"(?:Getty(?: Images)?|Reuters|AFP|EPA|AP|Shutterstock|file (?:photo|image|picture))"


class EnglishCaptions(Captions):
    """The English ones."""

    initials = "PpIiVvCcSsFf([©"
    ending = lazy(
        rf"[(\[](?:{_WORD}\b[^()\[\]]{{0,80}}|[^()\[\]]{{0,60}}\b{_AGENCY})[)\]]\.?$",
        re.IGNORECASE,
    )
    label = lazy(
        rf"[(\[]?(?:{_WORD}|caption|photo(?:graph)? by|image by)(?: (?:credits?|caption|source|by|courtesy))?\s*:",
        re.IGNORECASE,
    )
    source = lazy(r"[(\[]?sources?\s*:\s*\S[^\n]{0,60}$", re.IGNORECASE)
    credit = lazy(
        r"(?:©|\(c\)) ?\S[^.!?]{0,80}$|(?:photo|image|picture)s? (?:by|credit|courtesy)\b[^.!?]{0,80}$", re.IGNORECASE
    )
