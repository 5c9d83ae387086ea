"""PO files, line by line, as gettext's own parser has them."""

import codecs
import re
from collections import Counter
from collections.abc import Iterator

from corrigenda.documents.catalogues import escapes, languages
from corrigenda.documents.catalogues.entry import Catalogue, Entry
from corrigenda.documents.catalogues.reading import spoken
from corrigenda.documents.encodings.decode import decode, too_large
from corrigenda.documents.encodings.labels import newline_of
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Directive, Edit, Encoding, Span, View

_STRING = r'"[^"\\\r\n]*+(?:\\[^\r\n][^"\\\r\n]*+)*+"'
_LINE = re.compile(
    r"[ \t]*(?:(?=[\r\n]|\Z)|\#(?P<comment>[^\r\n]*)"
    r"|(?P<key>msgctxt|msgid_plural|msgid|msgstr(?:\[[ \t]*(?P<form>\d{1,3})[ \t]*\])?)?[ \t]*"
    rf"(?P<strings>{_STRING}(?:[ \t]*{_STRING})*+)[ \t]*)(?P<end>\r\n|\r|\n|\Z)"
)
_PIECE = re.compile(_STRING)
_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{1,2}|[0-7]{1,3}|[^\r\n])")
_TOKEN = re.compile(_ESCAPE.pattern + r'|"[ \t]*(?:\r\n|\r|\n)?[ \t]*"|[\s\S]')
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_SPELLED = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"})
_CHARSET = re.compile(rb"Content-Type:[^\"\\\r\n]{0,100}charset=([A-Za-z0-9_.:-]{1,40})")
_HEADER_LANGUAGE = re.compile(r"^Language:[ \t]*([\w@.-]+)", re.MULTILINE)
_FUZZY = re.compile(r"(?:^|[,\s])fuzzy(?:[,\s]|$)")

Spans = list[tuple[int, int]]


class _Message:
    """One message while its lines are read."""

    __slots__ = ("context", "end", "flags", "fuzzy", "head", "notes", "plural", "source", "start", "targets")

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        self.head: int | None = None
        """Where the first line stands that is no comment, or a comment of what the message was before."""
        self.flags: int | None = None
        """Behind the sign of the first line of flags."""
        self.fuzzy = False
        self.notes: list[tuple[int, int, str]] = []
        self.context: Spans | None = None
        self.source: Spans | None = None
        self.plural: Spans | None = None
        self.targets: list[tuple[int, Spans]] = []


def decoded(data: bytes, *, limit: int) -> tuple[str, Encoding]:
    """Return the text of a PO file's bytes, in the character set that its header names where they are not UTF-8.

    Raises:
        Unreadable: The bytes are too many, or not text.
    """
    if len(data) > limit:
        raise too_large(len(data), limit)
    named = _CHARSET.search(data, 0, 65_536)
    if named is not None and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            codec = codecs.lookup(named[1].decode("ascii")).name
        except (LookupError, UnicodeDecodeError):
            codec = "utf-8"  # "CHARSET", as templates have it
        if codec not in ("utf-8", "ascii"):
            try:
                text = data.decode(codec)
                if text.encode(codec) == data:
                    return text, Encoding(codec, b"", newline_of(text))
            except (UnicodeError, LookupError, AttributeError, TypeError):  # another charset, or none of text
                pass
    return decode(data, limit=limit)


def catalogue(text: str) -> Catalogue:
    """Return the units of a PO file: what is translated, with what is fuzzy, without what is obsolete.

    Raises:
        Unreadable: A line is none of a PO file.
    """
    messages = list(_messages(text))
    contexts = Counter(_said(text, message.context) for message in messages if message.context is not None)
    entries: list[Entry] = []
    found: list[Directive] = []
    language = ""
    for message in messages:
        source = _view(text, message.source or [])
        if not source.text and message.context is None:
            for _, spans in message.targets[:1]:
                own = _HEADER_LANGUAGE.search(_said(text, spans))
                language = languages.tag(own[1]) if own is not None else ""
            found += spoken(message.notes, Span(message.start, message.end))
            continue
        context = _said(text, message.context) if message.context is not None else ""
        name = source.text if not context else context if contexts[context] == 1 else f"{context}: {source.text}"
        found += spoken(message.notes, Span(message.start, message.end))
        review = () if message.fuzzy else (_fuzzy(text, message),)
        plural = _view(text, message.plural) if message.plural is not None else source
        for form, spans in message.targets:
            view = _view(text, spans)
            if view.text:
                entries.append(
                    Entry(
                        name,
                        view,
                        message.start,
                        message.end,
                        source if form == 0 else plural,
                        "initial" if message.fuzzy else "translated",
                        review,
                        mnemonics=True,
                        icu="plural" in view.text or "select" in view.text,
                    )
                )
    return Catalogue(tuple(entries), language, tuple(sorted(found)))


def respelled(text: str, edit: Edit) -> Edit:
    """Return an edit of a string, whose text is copy, with its quotation marks, backslashes and breaks escaped."""
    return escapes.respelled(text, edit, _TOKEN, lambda copy: copy.translate(_SPELLED))


def _messages(text: str) -> Iterator[_Message]:
    message: _Message | None = None
    spans: Spans | None = None
    at, number = 0, 0
    while at < len(text):
        number += 1
        found = _LINE.match(text, at)
        if found is None:
            raise Unreadable(f"Line {number:,} is none of a PO file: {_what_is_wrong(text, at)}")
        comment, strings = found["comment"], found["strings"]
        if comment is not None:
            spans = None
            if comment.startswith("~"):
                if message is not None:
                    yield message
                message = None
            else:
                if message is not None and message.targets:
                    yield message
                    message = None
                message = message or _Message(at)
                _comment(message, comment, at, found.start("comment"), found.start("end"))
        elif strings is not None:
            key = found["key"]
            if key is not None:
                if message is not None and _is_complete(message, key):
                    yield message
                    message = None
                message = message or _Message(at)
                if message.head is None:
                    message.head = at
                spans = _begun(message, key, found["form"])
            if spans is None:
                raise Unreadable(
                    f"Line {number:,} is none of a PO file: a string stands there that belongs to no msgid or msgstr. "
                    "Check the file with msgfmt."
                )
            first, last = found.span("strings")
            spans += ((piece.start() + 1, piece.end() - 1) for piece in _PIECE.finditer(text, first, last))
            assert message is not None
            message.end = found.start("end")
        at = found.end()
    if message is not None:
        yield message


def _comment(message: _Message, comment: str, line: int, start: int, end: int) -> None:
    """Take a comment of a message: its flags, or what somebody said."""
    sign = comment[:1]
    if sign == ",":
        if message.flags is None:
            message.flags = start + 1
        message.fuzzy = message.fuzzy or _FUZZY.search(comment[1:]) is not None
    elif sign == "|":
        if message.head is None:
            message.head = line
    elif sign not in ":=":
        said = comment[1:] if sign == "." else comment
        message.notes.append((start - 1, end, said.strip()))


def _is_complete(message: _Message, key: str) -> bool:
    """Return whether a keyword begins the next message."""
    if key == "msgctxt":
        return message.context is not None or message.source is not None
    return key == "msgid" and message.source is not None


def _begun(message: _Message, key: str, form: str | None) -> Spans:
    """Return the list for the strings of a keyword."""
    spans: Spans = []
    if key == "msgctxt":
        message.context = spans
    elif key == "msgid":
        message.source = spans
    elif key == "msgid_plural":
        message.plural = spans
    else:
        message.targets.append((int(form or 0), spans))
    return spans


def _fuzzy(text: str, message: _Message) -> Edit:
    """Return the edit that makes a message fuzzy."""
    if message.flags is not None:
        return Edit(message.flags, message.flags, " fuzzy,")
    at = message.head if message.head is not None else message.start
    newline = re.compile(r"\r\n|\r|\n").search(text, at)
    return Edit(at, at, f"#, fuzzy{newline[0] if newline is not None else chr(10)}")


def _view(text: str, spans: Spans) -> View:
    return escapes.decoded(text, spans, _ESCAPE, _letter)


def _said(text: str, spans: Spans) -> str:
    return _view(text, spans).text


def _letter(escape: re.Match[str]) -> str:
    said = escape[0][1:]
    if said[0] == "x" and len(said) > 1:
        return chr(int(said[1:], 16))
    if said[0] in "01234567":
        return chr(int(said, 8))
    return _LETTERS.get(said, said)


def _what_is_wrong(text: str, at: int) -> str:
    end = re.compile(r"[\r\n]|\Z").search(text, at)
    line = text[at : end.start() if end is not None else len(text)].strip()
    if line.count('"') % 2:
        return "a quotation mark is missing. Check the file with msgfmt."
    return f"it says {line[:40]!r}. Check the file with msgfmt."
