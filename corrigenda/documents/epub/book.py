"""What a book's package says of it: its chapters in reading order, its language and title, and whether it is locked."""

import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from corrigenda.documents.containers.package import PART_LIMIT, Package
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Encoding
from corrigenda.documents.xml.decoding import UNICODE, decode
from corrigenda.documents.xml.events import End, Start, Text
from corrigenda.documents.xml.scanner import scan

KIND = "an EPUB book"
MIME = "application/epub+zip"

_LIST_LIMIT = 8 * 1024 * 1024
_NAMESPACES = {
    "urn:oasis:names:tc:opendocument:xmlns:container": "",
    "http://www.idpf.org/2007/opf": "",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/2001/04/xmlenc#": "enc",
}
_PAGES = frozenset(("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"))
# Fonts that are scrambled, so that they cannot be taken out of the book; its text can be read.
_FONTS = frozenset(("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"))
_CONTENTS = frozenset(("toc", "cover", "index", "landmarks"))


class Said(NamedTuple):
    """What the package itself says in words: a title or a description, in the pieces in which it is written."""

    label: str
    pieces: tuple[Text, ...]


class Book(NamedTuple):
    """A book: the name of its package document, that document's text, and what it says."""

    part: str
    raw: str
    encoding: Encoding
    chapters: tuple[str, ...]
    """Names of the parts that are read, in reading order."""
    language: str
    said: tuple[Said, ...]


def text_of(package: Package, name: str, *, limit: int = PART_LIMIT) -> tuple[str, Encoding]:
    """Return a part's text and its encoding.

    Raises:
        Unreadable: It is damaged, too large, or in an encoding that parts may not have.
    """
    return decode(package.read(name, limit=limit), what=name, limit=limit, only=UNICODE)


def opened(data: bytes) -> Package:
    """Return a book's package.

    Raises:
        Unreadable: It is no book, is damaged, is not safe to read, or is locked.
    """
    package = Package(data, kind=KIND, mime=MIME)
    if "META-INF/container.xml" not in package:
        raise Unreadable(f"This is not {KIND}, although its name says so: it does not say where its text is.")
    if "META-INF/encryption.xml" in package:
        _refuse_locked(package)
    return package


def _refuse_locked(package: Package) -> None:
    """Raise Unreadable where more than fonts is encrypted."""
    name = "META-INF/encryption.xml"
    raw, _ = text_of(package, name, limit=_LIST_LIMIT)
    methods = [
        event.attributes.get("Algorithm", "")
        for event in scan(raw, what=name, namespaces=_NAMESPACES)
        if isinstance(event, Start) and event.name == "enc:EncryptionMethod"
    ]
    if any(method not in _FONTS for method in methods):
        raise Unreadable("The book is locked by copy protection (DRM). Ask whoever sent it for a copy without.")


def read_book(package: Package) -> Book:
    """Return what a book's package says of it. Raises Unreadable where it does not say what it must."""
    part = _root(package)
    raw, encoding = text_of(package, part, limit=_LIST_LIMIT)
    folder = posixpath.dirname(part)
    items: dict[str, tuple[str, str]] = {}
    spine: list[str] = []
    contents: set[str] = set()
    language = ""
    said: list[Said] = []
    pieces: list[Text] | None = None
    for event in scan(raw, what=part, namespaces=_NAMESPACES):
        if isinstance(event, Text):
            if pieces is not None:
                pieces.append(event)
            continue
        if isinstance(event, End):
            if event.name in ("dc:title", "dc:description", "dc:language") and pieces is not None:
                words = "".join(piece.value for piece in pieces)
                if event.name == "dc:language":
                    language = language or words.strip()
                elif words.strip() and "<" not in words:
                    label = "the book's title" if event.name == "dc:title" else "the book's description"
                    said.append(Said(label, tuple(pieces)))
                pieces = None
            continue
        if not isinstance(event, Start):
            continue
        of = event.attributes
        if event.name in ("dc:title", "dc:description", "dc:language"):
            pieces = []
        elif event.name == "item":
            where = _path(folder, of.get("href", ""))
            items[of.get("id", "")] = (where, of.get("media-type", "").strip().lower())
            if "nav" in of.get("properties", "").split():
                contents.add(where)
        elif event.name == "itemref":
            spine.append(of.get("idref", ""))
        elif event.name == "reference" and of.get("type", "").lower() in _CONTENTS:
            contents.add(_path(folder, of.get("href", "").partition("#")[0]))
    chapters = tuple(_chapters(package, items, spine, contents))
    if not chapters:
        raise Unreadable("The book has no text: it lists no chapters, or none of them is in it. Ask for it again.")
    return Book(part, raw, encoding, chapters, language, tuple(said))


def _root(package: Package) -> str:
    name = "META-INF/container.xml"
    raw, _ = text_of(package, name, limit=_LIST_LIMIT)
    for event in scan(raw, what=name, namespaces=_NAMESPACES):
        if isinstance(event, Start) and event.name == "rootfile":
            found = package.name_of(_path("", event.attributes.get("full-path", "")))
            if found is not None:
                return found
    raise Unreadable(f"This is not {KIND}, although its name says so: it does not say where its text is.")


def _path(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href)))


def _chapters(
    package: Package, items: dict[str, tuple[str, str]], spine: list[str], contents: set[str]
) -> Iterator[str]:
    seen: set[str] = set()
    for identifier in spine:
        where, media = items.get(identifier, ("", ""))
        name = package.name_of(where) if where else None
        if name is not None and name not in seen and media in _PAGES and where not in contents:
            seen.add(name)
            yield name
