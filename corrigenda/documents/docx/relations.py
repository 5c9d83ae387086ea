"""How a package's parts are linked: which is the document, which are its styles, notes, headers and comments."""

import posixpath
from collections.abc import Mapping
from typing import NamedTuple

from corrigenda.documents.containers.package import MACROS, Package
from corrigenda.documents.docx.names import NAMESPACES
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Encoding
from corrigenda.documents.xml.decoding import UNICODE, decode
from corrigenda.documents.xml.events import Start
from corrigenda.documents.xml.scanner import scan

KIND = "a Word document"

_LIST_LIMIT = 4 * 1024 * 1024
_MACROS = "macroenabled"


class Relation(NamedTuple):
    """A link of a part to another: its kind ("styles", "header"), and the other part's name."""

    kind: str
    target: str


def text_of(package: Package, name: str, *, limit: int) -> tuple[str, Encoding]:
    """Return a part's text and its encoding.

    Raises:
        Unreadable: It is damaged, too large, or in an encoding that parts may not have.
    """
    return decode(package.read(name, limit=limit), what=name, limit=limit, only=UNICODE)


def relations(package: Package, part: str = "") -> Mapping[str, Relation]:
    """Return what a part links to by identifier, in the file's order; the package itself where `part` is empty.

    Links to what lies outside the package, and to parts that are not there, are left out. Raises Unreadable.
    """
    folder, name = posixpath.split(part)
    listing = package.name_of(posixpath.join(folder, "_rels", f"{name}.rels"))
    if listing is None:
        return {}
    raw, _ = text_of(package, listing, limit=_LIST_LIMIT)
    found: dict[str, Relation] = {}
    for event in scan(raw, what=listing, namespaces=NAMESPACES, doctype=False):
        if not isinstance(event, Start) or event.name != "Relationship":
            continue
        of = event.attributes
        if of.get("TargetMode", "").lower() == "external":
            continue
        where = of.get("Target", "")
        path = where.lstrip("/") if where.startswith("/") else posixpath.normpath(posixpath.join(folder, where))
        target = package.name_of(path)
        if target is not None:
            found[of.get("Id", "")] = Relation(of.get("Type", "").rpartition("/")[2], target)
    return found


def main_part(package: Package) -> str:
    """Return the name of the part that holds the document.

    Raises:
        Unreadable: The package holds something else, or macros.
    """
    types = package.name_of("[Content_Types].xml")
    if types is None:
        raise Unreadable(f"This is not {KIND}, although its name says so: it is an archive of other files.")
    raw, _ = text_of(package, types, limit=_LIST_LIMIT)
    kinds: dict[str, str] = {}
    for event in scan(raw, what=types, namespaces=NAMESPACES, doctype=False):
        if isinstance(event, Start) and event.name == "Override":
            kinds[event.attributes.get("PartName", "").lstrip("/").lower()] = event.attributes.get("ContentType", "")
    for relation in relations(package).values():
        if relation.kind != "officeDocument":
            continue
        kind = kinds.get(relation.target.lower(), "").lower()
        if _MACROS in kind:
            raise Unreadable(MACROS)
        if kind and "wordprocessingml" not in kind:
            what = (
                "a spreadsheet" if "spreadsheet" in kind else "slides" if "presentation" in kind else "something else"
            )
            raise Unreadable(f"This is not {KIND}, although its name says so: it holds {what}.")
        return relation.target
    raise Unreadable(f"This is not {KIND}: it does not say which of its parts is the document. Save it again in Word.")
