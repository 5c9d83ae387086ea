"""The sheets of a workbook, in their order, and the parts that they lie in."""

import posixpath
from collections.abc import Mapping
from typing import NamedTuple

from corrigenda.documents.containers.package import Package
from corrigenda.documents.containers.refusals import damaged
from corrigenda.documents.parts import Encoding
from corrigenda.documents.xml.decoding import UNICODE, decode
from corrigenda.documents.xml.events import Start
from corrigenda.documents.xml.scanner import scan

KIND = "an Excel workbook"
_MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
NAMESPACES: Mapping[str, str] = {**dict.fromkeys(_MAIN, ""), **dict.fromkeys(_RELATIONS, "r")}
_PACKAGE = {"http://schemas.openxmlformats.org/package/2006/relationships": ""}
MOST_SHEETS = 1_000


class Part(NamedTuple):
    """A part of XML: its name, its text, and how that was encoded."""

    name: str
    raw: str
    encoding: Encoding


class Sheet(NamedTuple):
    """A sheet: its name as the tab shows it, whether it is shown at all, and its part's name."""

    name: str
    shown: bool
    part: str


class Workbook(NamedTuple):
    """The sheets of a workbook, and the part with the strings that their cells share, None where there is none."""

    sheets: tuple[Sheet, ...]
    strings: str | None


def opened(package: Package, name: str) -> Part:
    """Return a part of XML. Raises Unreadable where it is damaged."""
    text, encoding = decode(package.read(name), what=name, limit=1 << 30, only=UNICODE)
    return Part(name, text, encoding)


def workbook(package: Package) -> Workbook:
    """Return what a package says of its workbook. Raises Unreadable where it is none."""
    main = next((target for kind, target in _related(package, "") if kind == "officeDocument"), None)
    if main is None or main not in package:
        raise damaged(KIND)
    related = dict(_targets(package, main))
    strings = next((target for kind, target in _related(package, main) if kind == "sharedStrings"), None)
    sheets: list[Sheet] = []
    for event in scan(opened(package, main).raw, what=main, namespaces=NAMESPACES, doctype=False):
        if isinstance(event, Start) and event.name == "sheet" and len(sheets) < MOST_SHEETS:
            said = event.attributes
            part = related.get(said.get("r:id", ""), "")
            # A sheet of charts, or of macros of old, has no cells.
            if part in package and "worksheets" in part.lower():
                sheets.append(Sheet(said.get("name", ""), said.get("state", "visible") == "visible", part))
    return Workbook(tuple(sheets), strings if strings is not None and strings in package else None)


def _related(package: Package, part: str) -> list[tuple[str, str]]:
    """Return the parts that a part is related to: the kind of the relation, and the other's name."""
    return [(kind, target) for _, kind, target in _relations(package, part)]


def _targets(package: Package, part: str) -> list[tuple[str, str]]:
    return [(name, target) for name, _, target in _relations(package, part)]


def _relations(package: Package, part: str) -> list[tuple[str, str, str]]:
    folder, name = posixpath.split(part)
    place = posixpath.join(folder, "_rels", f"{name}.rels")
    if place not in package:
        return []
    found: list[tuple[str, str, str]] = []
    for event in scan(opened(package, place).raw, what=place, namespaces=_PACKAGE, doctype=False):
        if not isinstance(event, Start) or event.name != "Relationship":
            continue
        said = event.attributes
        if said.get("TargetMode") == "External":
            continue
        target = said.get("Target", "")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        kind = said.get("Type", "").rpartition("/")[2]
        found.append((said.get("Id", ""), kind, package.name_of(whole) or whole))
    return found
