"""The part of comments in a Word document: adding to it, and reading what became of our own."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from corrigenda.documents.docx.marking import AUTHOR
from corrigenda.documents.errors import Unwritable
from corrigenda.documents.xml.events import End, Start, Text
from corrigenda.documents.xml.scanner import scan
from corrigenda.documents.xml.splicing import escaped

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_NAMES = {MAIN: "w", STRICT: "w", _W14: "w14", _W15: "w15"}
_CLOSING = re.compile(r"</([^\s:>]+:)?comments\s*>\s*\Z")
_EMPTY = re.compile(r"<([^\s:>]+:)?comments\b[^>]*/>\s*\Z")
_KEY = re.compile(r"\[(\d{1,6})\]\s*\Z")


class Remark(NamedTuple):
    """One of our comments in a copy that came back: whether it was settled, and what was replied to it."""

    resolved: bool
    replies: tuple[str, ...]


def part(comments: Mapping[int, Sequence[str]], date: str) -> str:
    """Return a new part of comments.

    Args:
        comments: The paragraphs of each comment by its number.
        date: When they were made, in ISO 8601.
    """
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:comments xmlns:w="{MAIN}">{_written(comments, "w:", date)}</w:comments>'
    )


def extended(raw: str, comments: Mapping[int, Sequence[str]], date: str) -> str:
    """Return a part of comments with more of them at its end. Raises Unwritable where it is of a form that no program
    writes.
    """
    end = _CLOSING.search(raw)
    if end is not None:
        return raw[: end.start()] + _written(comments, end[1] or "", date) + raw[end.start() :]
    empty = _EMPTY.search(raw)
    if empty is None:
        raise Unwritable("The comments of the file cannot be added to. Save it again with the program that made it.")
    slash = raw.rindex("/>")
    prefix = empty[1] or ""
    return f"{raw[:slash]}>{_written(comments, prefix, date)}</{prefix}comments>{raw[slash + 2 :]}"


def _written(comments: Mapping[int, Sequence[str]], prefix: str, date: str) -> str:
    # Attributes have no default namespace: where elements have no prefix, each comment declares one for itself.
    own, declared = (prefix, "") if prefix else ("w:", f' xmlns:w="{MAIN}"')
    result: list[str] = []
    for number, paragraphs in comments.items():
        lines = (escaped(" ".join(paragraph.split())) for paragraph in paragraphs)
        opening, closing = f'<{own}p><{own}r><{own}t xml:space="preserve">', f"</{own}t></{own}r></{own}p>"
        body = "".join(f"{opening}{line}{closing}" for line in lines)
        head = f'{own}id="{number}" {own}author="{AUTHOR}" {own}date="{date}" {own}initials="c"'
        result.append(f"<{own}comment{declared} {head}>{body}</{own}comment>")
    return "".join(result)


class _Read(NamedTuple):
    """A comment as it stands in the part: who wrote it, what it says, and the identifiers of its paragraphs."""

    author: str
    text: str
    paragraphs: tuple[str, ...]


def settled(raw: str, more: str = "") -> dict[int, Remark]:
    """Return our comments by the number of their finding.

    Args:
        raw: The part of comments.
        more: The part that says which were settled and which are replies, empty where there is none.
    """
    read = list(_read(raw))
    done: dict[str, bool] = {}
    parents: dict[str, str] = {}
    if more:
        for event in scan(more, what="the part of comments", namespaces=_NAMES, doctype=False):
            if isinstance(event, Start) and event.name == "w15:commentEx":
                own = event.attributes.get("w15:paraId", "")
                done[own] = event.attributes.get("w15:done", "0") in ("1", "true")
                parents[own] = event.attributes.get("w15:paraIdParent", "")
    found: dict[int, Remark] = {}
    for comment in read:
        key = _KEY.search(comment.text)
        if comment.author != AUTHOR or key is None:
            continue
        last = comment.paragraphs[-1] if comment.paragraphs else ""
        replies = tuple(
            " ".join(other.text.split())
            for other in read
            if last and other.paragraphs and parents.get(other.paragraphs[-1]) == last
        )
        found[int(key[1])] = Remark(done.get(last, False), replies)
    return found


def _read(raw: str) -> list[_Read]:
    found: list[_Read] = []
    author, words, paragraphs = "", [""], [""]
    inside = text = False
    for event in scan(raw, what="the part of comments", namespaces=_NAMES, doctype=False):
        if isinstance(event, Start):
            if event.name == "w:comment":
                author, words, paragraphs, inside = event.attributes.get("w:author", ""), [], [], True
            elif event.name == "w:p" and inside:
                paragraphs.append(event.attributes.get("w14:paraId", ""))
                words.append(" ")
            text = inside and event.name == "w:t"
        elif isinstance(event, End):
            text = False
            if event.name == "w:comment":
                found.append(_Read(author, "".join(words), tuple(paragraphs)))
                inside = False
        elif text and isinstance(event, Text):
            words.append(event.value)
    return found
