"""Comments of a Word document that speak to corrigenda: `corrigenda: ignore names`. A reviewer's others are no copy."""

from collections.abc import Mapping

from corrigenda.documents.docx.names import NAMESPACES
from corrigenda.documents.xml.events import End, Start, Text
from corrigenda.documents.xml.scanner import scan

_LONGEST = 2_000
"""Code points of a comment that are looked at; what speaks to corrigenda is a line."""


def read_comments(raw: str, what: str) -> Mapping[str, str]:
    """Return what each comment says, by identifier, its paragraphs on lines of their own. Raises Unreadable."""
    found: dict[str, str] = {}
    identifier, said, inside = "", "", False
    for event in scan(raw, what=what, namespaces=NAMESPACES, doctype=False):
        if isinstance(event, Start):
            if event.name == "w:comment":
                identifier, said = event.attributes.get("w:id", ""), ""
            elif event.name == "w:p" and said:
                said += "\n"
            inside = event.name == "w:t"
        elif isinstance(event, End):
            inside = False
            if event.name == "w:comment":
                found[identifier] = said
        elif isinstance(event, Text) and inside and len(said) < _LONGEST:
            said += event.value
    return found
