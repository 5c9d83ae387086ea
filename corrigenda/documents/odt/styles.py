"""The styles of an OpenDocument text: what a paragraph or a stretch of words is by its own and those it is based on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from corrigenda.documents.parts import RegionKind
from corrigenda.documents.xml.events import End, Event, Start

_DEEPEST = 30
_ROLES = (
    ("preformatted", RegionKind.CODE),
    ("source_20_text", RegionKind.CODE),
    ("teletype", RegionKind.CODE),
    ("user_20_entry", RegionKind.CODE),
    ("quotations", RegionKind.QUOTATION),
    ("heading", RegionKind.HEADING),
    ("title", RegionKind.HEADING),
    ("subtitle", RegionKind.HEADING),
    ("caption", RegionKind.CAPTION),
    ("list", RegionKind.LIST),
)
_CONTENTS = ("contents_20_", "index_20_")


class Style(NamedTuple):
    """What a style says; None where it and those it is based on say nothing of it."""

    kind: RegionKind | None = None
    contents: bool = False
    """Whether it is of lists of contents."""
    italic: bool | None = None
    bold: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    language: str = ""


@dataclass
class _Written:
    parent: str = ""
    properties: dict[str, str] = field(default_factory=dict)


class Styles:
    """The styles of a text, by family and name."""

    def __init__(self) -> None:
        self._written: dict[tuple[str, str], _Written] = {}
        self._known: dict[tuple[str, str], Style] = {}
        self.language = ""
        """The language of paragraphs that say no other, a BCP 47 tag."""

    def read(self, events: Iterable[Event]) -> None:
        """Take the styles of a part; those that were read last count."""
        own: _Written | None = None
        default = False
        for event in events:
            if isinstance(event, Start):
                of = event.attributes
                if event.name == "style:style":
                    own = _Written(of.get("style:parent-style-name", ""))
                    self._written[of.get("style:family", ""), of.get("style:name", "")] = own
                elif event.name == "style:default-style":
                    default = of.get("style:family") == "paragraph"
                elif event.name == "style:text-properties":
                    if default:
                        self.language = _language(of) or self.language
                    elif own is not None:
                        own.properties.update(of)
            elif isinstance(event, End):
                if event.name == "style:style":
                    own = None
                elif event.name == "style:default-style":
                    default = False

    def of(self, family: str, name: str) -> Style:
        """Return what a style says, with what it is based on."""
        key = (family, name)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._whole(family, name)
        return known

    def _whole(self, family: str, name: str) -> Style:
        style = Style()
        for _ in range(_DEEPEST):
            style = _based(style, name, self._written.get((family, name)))
            written = self._written.get((family, name))
            if written is None or not written.parent:
                break
            name = written.parent
        return style


def _based(style: Style, name: str, written: _Written | None) -> Style:
    """Return a style with what it does not say itself from one that it is based on."""
    lower = name.lower()
    kind = style.kind or next((kind for begin, kind in _ROLES if lower.startswith(begin)), None)
    of: Mapping[str, str] = written.properties if written is not None else {}

    def either(known: bool | None, key: str, values: tuple[str, ...]) -> bool | None:
        return known if known is not None or key not in of else of[key] in values

    struck = style.struck
    if struck is None and "style:text-line-through-style" in of:
        struck = of["style:text-line-through-style"] != "none"
    return Style(
        kind,
        style.contents or lower.startswith(_CONTENTS),
        either(style.italic, "fo:font-style", ("italic", "oblique")),
        either(style.bold, "fo:font-weight", ("bold", "600", "700", "800", "900")),
        struck,
        either(style.hidden, "text:display", ("none",)),
        style.language or _language(of),
    )


def _language(of: Mapping[str, str]) -> str:
    """Return the language that properties name, a BCP 47 tag."""
    said, country = of.get("fo:language", "none"), of.get("fo:country", "none")
    if said in ("none", "zxx", ""):
        return ""
    return f"{said}-{country}" if country not in ("none", "") else said
