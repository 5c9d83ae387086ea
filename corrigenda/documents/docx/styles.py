"""The styles of a Word document, as far as they say what a paragraph is and how its letters look."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from corrigenda.documents.docx.names import NAMESPACES, VALUE, is_on
from corrigenda.documents.xml.events import End, Start
from corrigenda.documents.xml.scanner import scan

_T = TypeVar("_T")


class Role(StrEnum):
    """What a style makes of a paragraph, or of a run."""

    PLAIN = "plain"
    HEADING = "heading"
    CAPTION = "caption"
    QUOTATION = "quotation"
    CODE = "code"
    LIST = "list"
    CONTENTS = "contents"
    """An entry of a table of contents or an index, which the program makes."""


# Word keeps the English names of its own styles in every language; other programs, and people, translate them.
_ROLES = (
    (
        Role.HEADING,
        re.compile(
            r"(?:heading|überschrift|titre|título|titolo|nagłówek|заголовок|kop|rubrik|overskrift|nadpis|otsikko|başlık|"
            r"encabezado|ttulo|cmsor|virsraksts|antraštė|pealkiri|naslov|標題|标题|見出し)\s*\d\b.*"
            r"|(?:sub)?title|(?:head(?:line|er line)|subhead(?:line|ing)?|standfirst|kicker|strapline)|titel|"
            r"untertitel|sous-titre|subtítulo|sottotitolo|tytuł|podtytuł|название|подзаголовок|назва|підзаголовок"
        ),
    ),
    (
        Role.CAPTION,
        re.compile(
            r"caption|beschriftung|légende|leyenda|didascalia|podpis|legenda|название объекта|назва об'єкта|figure|"
            r"illustration|(?:table|image|picture|photo|figure) ?caption|cutline|credit"
        ),
    ),
    (
        Role.QUOTATION,
        re.compile(
            r"(?:intense )?quote|block ?(?:text|quote|quotation)|quotations?|pull ?quote|zitat|citation|cita|citazione|"
            r"cytat|цитата"
        ),
    ),
    (
        Role.CODE,
        re.compile(
            r"html (?:preformatted|code|sample|keyboard|typewriter|variable)|preformatted text|(?:source )?code\w*|"
            r"source (?:text|code)|macro(?: text)?|verbatim(?: char)?|teletype|code (?:block|char)"
        ),
    ),
    (Role.LIST, re.compile(r"list (?:bullet|number|continue)(?: \d)?")),
    (
        Role.CONTENTS,
        re.compile(r"toc \d|contents \d|table of (?:figures|authorities)|index \d|to[ac] heading"),
    ),
)

_NO_OUTLINE = 9
_MOST_STYLES = 20_000


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says with all that it is based on; None where it says nothing."""

    role: Role = Role.PLAIN
    outline: int | None = None
    numbered: bool | None = None
    italic: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    language: str = ""


@dataclass(slots=True)
class _Written:
    """A style as it is written."""

    name: str = ""
    based_on: str = ""
    outline: int | None = None
    numbered: bool | None = None
    italic: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles by identifier, those that count where a paragraph or run names none, and the text's usual language."""

    by_id: Mapping[str, Style]
    paragraph: str = ""
    language: str = ""

    def of(self, identifier: str) -> Style:
        """Return a style; one that is not there says nothing."""
        return self.by_id.get(identifier, _NOTHING)


_NOTHING = Style()


def read_styles(raw: str, what: str) -> Styles:
    """Return the styles of a part's text. Raises Unreadable where it is damaged."""
    written: dict[str, _Written] = {}
    current = _Written()
    default = language = ""
    path: list[str] = []
    for event in scan(raw, what=what, namespaces=NAMESPACES, doctype=False):
        if isinstance(event, End):
            path.pop()
            continue
        if not isinstance(event, Start):
            continue
        parent = path[-1] if path else ""
        path.append(event.name)
        of = event.attributes
        if event.name == "w:style":
            current = _Written()
            identifier = of.get("w:styleId", "")
            if len(written) < _MOST_STYLES:
                written.setdefault(identifier, current)
            if of.get("w:type") == "paragraph" and of.get("w:default", "0") not in ("0", "false", "off"):
                default = identifier
        elif parent == "w:style":
            if event.name == "w:name":
                current.name = of.get(VALUE, "").lower()
            elif event.name == "w:basedOn":
                current.based_on = of.get(VALUE, "")
        elif "w:docDefaults" in path:
            if event.name == "w:lang":
                language = of.get(VALUE, "")
        elif parent == "w:rPr" and path[-3:-2] == ["w:style"]:
            _letters(current, event)
        elif event.name == "w:outlineLvl":
            current.outline = _number(of.get(VALUE, ""))
        elif event.name == "w:numId":
            current.numbered = of.get(VALUE) != "0"
    return Styles({name: _whole(name, written) for name in written}, default, language)


def _letters(style: _Written, event: Start) -> None:
    if event.name == "w:i":
        style.italic = is_on(event.attributes)
    elif event.name in ("w:strike", "w:dstrike"):
        style.struck = is_on(event.attributes)
    elif event.name == "w:vanish":
        style.hidden = is_on(event.attributes)
    elif event.name == "w:lang":
        style.language = event.attributes.get(VALUE, "")


def _whole(identifier: str, written: Mapping[str, _Written]) -> Style:
    """Return a style with what it is based on; a circle ends where it began."""
    chain: list[_Written] = []
    seen: set[str] = set()
    while identifier in written and identifier not in seen and len(chain) < 50:
        seen.add(identifier)
        chain.append(written[identifier])
        identifier = written[identifier].based_on
    roles = (role for style in chain if (role := _role(style)) is not Role.PLAIN)
    return Style(
        next(roles, Role.PLAIN),
        _first(style.outline for style in chain),
        _first(style.numbered for style in chain),
        _first(style.italic for style in chain),
        _first(style.struck for style in chain),
        _first(style.hidden for style in chain),
        next((style.language for style in chain if style.language), ""),
    )


def _first(found: Iterable[_T | None]) -> _T | None:
    return next((one for one in found if one is not None), None)


def _role(style: _Written) -> Role:
    for role, names in _ROLES:
        if names.fullmatch(style.name):
            return role
    if style.outline is not None and style.outline < _NO_OUTLINE:
        return Role.HEADING
    return Role.PLAIN


def _number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 3 else None
