"""Corrections as a page has them: with the references that their place needs, and so that no tag changes."""

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import unescape
from types import MappingProxyType

from corrigenda.documents import trial
from corrigenda.documents.document import Document
from corrigenda.documents.html import elements
from corrigenda.documents.html.attributes import Value, values
from corrigenda.documents.parts import Edit

Edited = Callable[[Sequence[Edit]], Document]

_UNIT = re.compile(
    r"<!--.*?-->|</?[A-Za-z][^>]*>|&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,40};)|.", re.DOTALL
)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,40});")
_TAG = re.compile(r"""<[A-Za-z](?:"[^"]*"|'[^']*'|[^>"'])*>""")
_FARTHEST = 20_000
_TRIED = 20
_BEFORE = 40


def spelled(document: Document, edit: Edit) -> Edit:
    """Return an edit whose text is copy, or copy with the page's own tags in it, as the edit that the page is given.

    What the edit leaves as it is stays as it is written; of the rest `&`, `<` and what would end an attribute become
    references, and a character that the page writes as a reference is written so again.
    """
    if not edit.text:
        return edit
    own = _UNIT.findall(document.text, edit.start, edit.end)
    first = last = 0
    before = after = 0
    while before < len(own) and edit.text.startswith(own[before], first):
        first += len(own[before])
        before += 1
    end = len(edit.text)
    while after < len(own) - before and edit.text.endswith(own[-1 - after], first, end - last):
        last += len(own[-1 - after])
        after += 1
    put = edit.text[first : end - last]
    if not put:
        return edit
    written = _written(put, frozenset(own), _habits(document.text), _value(document.text, edit.start))
    try:
        written.encode(document.encoding.codec)
    except UnicodeEncodeError:
        written = written.encode(document.encoding.codec, "xmlcharrefreplace").decode(document.encoding.codec)
    return edit._replace(text=edit.text[:first] + written + edit.text[end - last :])


def _written(put: str, own: frozenset[str], habits: Mapping[str, str], value: Value | None) -> str:
    here = {unescape(unit): unit for unit in sorted(own) if len(unit) > 1 and unit.startswith("&")}
    pieces: list[str] = []
    for unit in _UNIT.findall(put):
        if len(unit) > 1 and unit in own:
            pieces.append(unit)  # what stands there already
        elif len(unit) > 1:
            pieces += (_character(character, here, habits, value) for character in unit)
        else:
            pieces.append(_character(unit, here, habits, value))
    return "".join(pieces)


def _character(character: str, here: Mapping[str, str], habits: Mapping[str, str], value: Value | None) -> str:
    if character in here:
        return here[character]
    if character == "&":
        return "&amp;"
    if character == "<":
        return "&lt;"
    if value is not None:
        if character == value.quote:
            return "&quot;" if character == '"' else "&#39;"
        if not value.quote and (character.isspace() or character in "\"'`=>"):
            return f"&#{ord(character)};"
    return habits.get(character, character)


@lru_cache(maxsize=1)
def _habits(text: str) -> Mapping[str, str]:
    """Return the characters beyond ASCII that a page writes as references and never as themselves."""
    found: dict[str, str] = {}
    for reference in _REFERENCE.finditer(text):
        character = unescape(reference[0])
        if not character.isascii():
            found.setdefault(character, reference[0])
    return MappingProxyType({character: written for character, written in found.items() if character not in text})


def _value(text: str, position: int) -> Value | None:
    """Return the attribute's value that a position is in, None in text."""
    reached = position
    for _ in range(_TRIED):
        reached = text.rfind("<", max(0, position - _FARTHEST), reached)
        if reached < 0:
            return None
        tag = _TAG.match(text, reached)
        if tag is not None:
            if tag.end() <= position:
                return None
            inside = (value for _, value in values(text, *tag.span()))
            return next((value for value in inside if value.start <= position <= value.end), None)
    return None


def harmless(document: Document, edits: Sequence[Edit], edited: Edited) -> list[Edit]:
    """Return those of some edits after which programs read the page as before, in the order in which they came.

    Args:
        document: A page.
        edits: Edits of it as `spelled` returns them, in any order; they may overlap.
        edited: Returns the document that edits leave.
    """
    return trial.harmless(document, edits, edited, structure, _in_running_copy)


def structure(document: Document) -> Hashable:
    """Return what programs read in a page: equal for two that differ in copy alone."""
    return tuple(_marks(document.text))


def _marks(text: str) -> Iterator[Hashable]:
    from turbohtml import TokenType, tokenize  # deferred: as in `source`

    for token in tokenize(text):
        if token.type is TokenType.START_TAG:
            copy = {*elements.DESCRIBING, "content"} if token.tag == "meta" else elements.DESCRIBING
            yield token.tag, tuple(pair for pair in token.attrs or () if pair[0] not in copy)
        elif token.type is not TokenType.TEXT:
            yield token.type, token.tag, token.data


def _in_running_copy(document: Document, edit: Edit) -> bool:
    """Return whether an edit lies in plain words, where nothing that it does can be markup."""
    text = document.text
    if document.block_at(edit.start) is None:
        return False
    if any(sign in piece for piece in (text[edit.start : edit.end], edit.text) for sign in "<>&"):
        return False
    before = text[max(0, edit.start - _BEFORE) : edit.start]
    if before.endswith("<") or "&" in before[before.rfind(";") + 1 :]:
        return False
    value = _value(text, edit.start)
    return value is None or (bool(value.quote) and edit.end <= value.end and value.quote not in edit.text)
