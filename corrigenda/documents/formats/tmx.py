"""TMX, translation memories: of each unit the English segment is read, with that of the other language beside it."""

from collections.abc import Mapping
from types import MappingProxyType

from corrigenda.documents.catalogues import languages
from corrigenda.documents.catalogues.entry import Catalogue, Entry
from corrigenda.documents.catalogues.reading import spoken
from corrigenda.documents.catalogues.xml_content import VALUE, XML, Content, root_is
from corrigenda.documents.catalogues.xml_reader import XmlCatalogueReader
from corrigenda.documents.parts import Directive, Span, Unread
from corrigenda.documents.xml.events import Comment, End, Start
from corrigenda.documents.xml.scanner import scan

SUFFIXES = (".tmx",)

_NAMESPACES: Mapping[str, str] = MappingProxyType({"http://www.lisa.org/tmx14": "", XML: "xml"})
_COPY = frozenset(("hi", "sub"))
_HALVES = frozenset(("bpt", "ept", "it", "ut"))


class _Variant:
    """One language of a unit."""

    def __init__(self, language: str, content: Content) -> None:
        self.language, self.content = language, content


class _Unit:
    """A unit while it is read."""

    def __init__(self, tag: Start) -> None:
        self.tag = tag
        self.end = tag.end
        self.variants: list[_Variant] = []
        self.notes: list[tuple[int, int, str]] = []


class TmxReader(XmlCatalogueReader):
    """Reads the segments of one language and writes them back."""

    format = "tmx"
    suffixes = SUFFIXES

    def catalogue(self, text: str, display: str) -> Catalogue:
        """Return the units of a translation memory. Raises Unreadable for what is none."""
        units, source, directives = _units(text)
        found = list(dict.fromkeys(variant.language for unit in units for variant in unit.variants))
        language = _chosen(found, source)
        entries: list[Entry] = []
        for number, unit in enumerate(units, 1):
            directives += spoken(unit.notes, Span(unit.tag.start, unit.end))
            own = next((v for v in unit.variants if v.language == language), None)
            if own is None:
                continue
            other = next((v for v in unit.variants if v is not own and v.language == source), None)
            other = other or next((v for v in unit.variants if v is not own), None)
            view = own.content.view()
            if view.text.strip():
                beside = other.content.view() if other is not None else None
                name = unit.tag.attributes.get("tuid") or f"{number}"
                entries.append(
                    Entry(name, view, unit.tag.start, unit.end, beside, marks=tuple(own.content.marks), icu=True)
                )
        without = sum(all(v.language != language for v in unit.variants) for unit in units)
        unread = (Unread(0, 0, f"units without a segment in {language}"),) if without and entries else ()
        source_language = languages.tag(source if source != language else "")
        said = tuple(sorted(directives))
        return Catalogue(tuple(entries), languages.tag(language), said, unread, source_language=source_language)


READER = TmxReader()


def _chosen(found: list[str], source: str) -> str:
    """Return the language that is read: English, or else the first that is not the source."""
    english = sorted(name for name in found if languages.tag(name).partition("-")[0] == "en")
    return next(iter([*english, *(name for name in found if name != source), *found]), "")


def _units(text: str) -> tuple[list[_Unit], str, list[Directive]]:
    """Return the units of a file, the language that it was translated from, and comments outside of all units."""
    units: list[_Unit] = []
    directives: list[Directive] = []
    source = language = ""
    stack: list[str] = []
    content: Content | None = None
    within = 0
    unit: _Unit | None = None
    for event in scan(text, namespaces=_NAMESPACES):
        if isinstance(event, Start):
            if not stack:
                root_is(("tmx",), event.name, "translation memory (TMX)")
            if content is not None:
                content.take(event, _inline)
            elif event.name == "header":
                source = event.attributes.get("srclang", "")
            elif event.name == "tu":
                unit = _Unit(event)
            elif event.name == "tuv":
                language = event.attributes.get("xml:lang") or event.attributes.get("lang", "")
            elif event.name in ("seg", "note") and unit is not None:
                content, within = Content(event.end), len(stack)
            stack.append(event.name)
        elif isinstance(event, End):
            stack.pop()
            if content is not None and len(stack) > within:
                content.take(event, _inline)
            elif content is not None and unit is not None:
                if event.name == "seg":
                    unit.variants.append(_Variant(language, content))
                else:
                    unit.notes.append((content.start, event.start, content.view().text.strip()))
                content = None
            elif event.name == "tu" and unit is not None:
                unit.end = event.end
                units.append(unit)
                unit = None
        elif content is not None:
            content.take(event, _inline)
        elif isinstance(event, Comment):
            note = (event.start, event.end, event.value.strip())
            if unit is not None:
                unit.notes.append(note)
            else:
                directives += spoken([note], Span(event.end, event.end))
    return units, source, directives


def _inline(tag: Start) -> str | None:
    """Return what a reader sees of an inline element, None where its content is copy."""
    if tag.name in _COPY:
        return None
    if tag.name in _HALVES:
        return ""
    return "\n" if tag.attributes.get("type", "") in ("lb", "br") else VALUE
