"""The values of a tag's attributes as pieces of text, for what is copy in them: alternative texts, titles."""

import re
from collections.abc import Iterator
from html import unescape

from corrigenda.documents.xml.events import Spelling, Start, Text

_ATTRIBUTE = re.compile(r"""\s([^\s=/>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REFERENCE = re.compile(r"&[^;\s&<]{1,64};|\r\n|[\t\n\r]")


def pieces(raw: str, tag: Start, name: str) -> Iterator[Text]:
    """Yield what an attribute says, as pieces of the raw text; nothing where the tag does not have it.

    Args:
        raw: The raw text, which was scanned.
        tag: The tag.
        name: The attribute's name as it is written, with its prefix.
    """
    for found in _ATTRIBUTE.finditer(raw, tag.start, tag.end):
        if found[1] != name:
            continue
        start, end = found.span(2) if found[2] is not None else found.span(3)
        at = start
        for reference in _REFERENCE.finditer(raw, start, end):
            if reference.start() > at:
                yield Text(raw[at : reference.start()], at, reference.start())
            value = " " if reference[0].isspace() else unescape(reference[0])
            yield Text(value, *reference.span(), Spelling.REFERENCE)
            at = reference.end()
        if end > at:
            yield Text(raw[at:end], at, end)
        return
