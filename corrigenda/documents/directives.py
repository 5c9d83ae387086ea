"""Directives in text and Markdown: comments that speak to corrigenda, such as `<!-- corrigenda: ignore names -->`.

What they say is read by corrigenda.pipeline.suppression; where they stand is the reader's to say.
"""

import re

from corrigenda.documents.parts import Directive, Region, RegionKind
from corrigenda.expressions import lazy

_COMMENT = lazy(
    r"(?:<!--|^[ \t]*(?:%%|//|#))[ \t]*corrigenda:[ \t]*(ignore(?:-file|-block)?\b[^\n]*?)(?:-->|$)",
    re.MULTILINE,
)


def find(text: str) -> tuple[Directive, ...]:
    """Return the directives of a text, ascending: in comments of HTML, and on lines that begin with %%, // or #."""
    if "corrigenda:" not in text:
        return ()
    return tuple(Directive(found.start(), found.end(), found[1].strip()) for found in _COMMENT.finditer(text))


def regions(directives: tuple[Directive, ...]) -> list[Region]:
    """Return the regions of directives: what they say is no copy."""
    return [Region(RegionKind.DIRECTIVE, directive.start, directive.end) for directive in directives]
