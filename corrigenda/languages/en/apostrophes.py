"""English words that an apostrophe begins: '90s, 'em, 'til, rock 'n' roll."""

import re

from corrigenda.expressions import lazy
from corrigenda.languages.base import Apostrophes


class EnglishApostrophes(Apostrophes):
    """The English ones."""

    clipped = lazy(
        r"['’‘‛](?:\d0s\b|\d\ds?\b(?!['’])"
        r"|(?:em|til|till|tis|twas|twere|twill|cause|cos|coz|bout|n|nuff|round|neath|kay|ello)\b)",
        re.IGNORECASE,
    )
    both_sides = lazy(r"['’‘‛]n['’‘‛](?!\w)", re.IGNORECASE)
