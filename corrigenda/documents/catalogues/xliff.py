"""XLIFF 1.x and 2.x: the targets of translation units, with their sources, notes and states."""

from collections.abc import Mapping
from types import MappingProxyType

from corrigenda.documents.catalogues import languages
from corrigenda.documents.catalogues.entry import Catalogue, Entry
from corrigenda.documents.catalogues.reading import spoken
from corrigenda.documents.catalogues.xml_content import VALUE, XML, Content, root_is, with_attribute
from corrigenda.documents.parts import Directive, Edit, Span, Unread
from corrigenda.documents.xml.events import Comment, End, Start
from corrigenda.documents.xml.scanner import scan

_NAMESPACES: Mapping[str, str] = MappingProxyType(
    {
        "urn:oasis:names:tc:xliff:document:1.1": "",
        "urn:oasis:names:tc:xliff:document:1.2": "",
        "urn:oasis:names:tc:xliff:document:2.0": "",
        "urn:oasis:names:tc:xliff:document:2.1": "",
        "urn:oasis:names:tc:xliff:document:2.2": "",
        XML: "xml",
    }
)
_UNITS = frozenset(("trans-unit", "unit"))
_COPY = frozenset(("g", "mrk", "pc", "sub"))
"""Inline elements whose content is copy."""
_HALVES = frozenset(("bx", "ex", "bpt", "ept", "it", "sc", "ec", "sm", "em"))
"""The beginning or the end of formatting, which a reader sees as nothing."""
_LINE_BREAKS = frozenset(("lb", "x-br", "fmt:lb", "br"))
_STATES = {"translated": "translated", "signed-off": "reviewed", "reviewed": "reviewed", "final": "final"}
_UNTRANSLATED = frozenset(("new", "needs-translation", "initial"))


class _Unit:
    """A unit, or a segment of it, while it is read."""

    def __init__(self, tag: Start, name: str, language: str) -> None:
        self.tag, self.name, self.language = tag, name, language
        self.source: Content | None = None
        self.target: Content | None = None
        self.target_tag: Start | None = None
        self.segment: Start | None = None


class _Reading:
    """One reading of a file."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.entries: list[tuple[str, Entry]] = []
        self.directives: list[Directive] = []
        self.stack: list[Start] = []
        self.language = ""
        self.source_language = ""
        self.unit: Start | None = None
        self.name = ""
        self.segments: list[_Unit] = []
        self.notes: list[tuple[int, int, str]] = []
        self.content: Content | None = None
        self.within = 0
        """How deep the element is whose content is being read."""
        self.modern = False

    def read(self) -> None:
        for event in scan(self.text, what="the file", namespaces=_NAMESPACES):
            if isinstance(event, Start):
                self.start(event)
            elif isinstance(event, End):
                self.end(event)
            elif self.content is not None:
                self.content.take(event, _inline)
            elif isinstance(event, Comment):
                self.comment(event)

    def start(self, tag: Start) -> None:
        if not self.stack:
            root_is(("xliff",), tag.name, "XLIFF file")
        if self.content is not None:
            self.content.take(tag, _inline)
        elif tag.name == "xliff":
            self.modern = tag.attributes.get("version", "").startswith("2")
            self.language = tag.attributes.get("trgLang", "")
            self.source_language = tag.attributes.get("srcLang", "")
        elif tag.name == "file" and not self.modern:
            self.language = tag.attributes.get("target-language", "")
            self.source_language = self.source_language or tag.attributes.get("source-language", "")
        elif tag.name in _UNITS:
            self.unit = tag
            self.name = tag.attributes.get("resname") or tag.attributes.get("name") or tag.attributes.get("id", "")
            self.segments, self.notes = [], []
            if tag.name == "trans-unit":
                self.segments.append(_Unit(tag, self.name, self.language))
        elif self.unit is not None and tag.name == "segment":
            self.segments.append(_Unit(self.unit, self.name, self.language))
            self.segments[-1].segment = tag
        elif self.unit is not None and tag.name in ("source", "target", "note"):
            parent = self.stack[-1].name
            if tag.name == "note" or parent in ("trans-unit", "segment"):
                self.content, self.within = Content(tag.end), len(self.stack)
            if tag.name == "target" and parent in ("trans-unit", "segment"):
                self.segments[-1].target_tag = tag
        self.stack.append(tag)

    def end(self, tag: End) -> None:
        self.stack.pop()
        if self.content is not None and len(self.stack) > self.within:
            self.content.take(tag, _inline)
        elif self.content is not None:
            if tag.name == "note":
                self.notes.append((self.content.start, tag.start, self.content.view().text.strip()))
            elif tag.name == "source":
                self.segments[-1].source = self.content
            else:
                self.segments[-1].target = self.content
            self.content = None
        elif tag.name in _UNITS and self.unit is not None:
            self.close(self.unit, tag.end)
            self.unit = None

    def comment(self, comment: Comment) -> None:
        """Take a comment of XML: in a unit it speaks of that, elsewhere of what its words say."""
        if self.unit is not None:
            self.notes.append((comment.start, comment.end, comment.value.strip()))
        else:
            self.directives += spoken(
                [(comment.start, comment.end, comment.value.strip())], Span(comment.end, comment.end)
            )

    def close(self, unit: Start, end: int) -> None:
        self.directives += spoken(self.notes, Span(unit.start, end))
        if unit.attributes.get("translate") == "no":
            return
        for number, segment in enumerate(self.segments):
            entry = _entry(self.text, segment, end)
            if entry is not None:
                if segment.segment is not None and len(self.segments) > 1:
                    own = segment.segment.attributes.get("id", "")
                    entry = entry._replace(id=f"{entry.id}/{own or number + 1}")
                self.entries.append((segment.language, entry))


def catalogue(text: str) -> Catalogue:
    """Return the translated units of an XLIFF file; of several target languages English, or else the first.

    Raises:
        Unreadable: The text is no XLIFF.
    """
    reading = _Reading(text)
    reading.read()
    found = list(dict.fromkeys(language for language, _ in reading.entries))
    english = [name for name in found if languages.tag(name).partition("-")[0] == "en"]
    language = next(iter(english or found), reading.language)
    entries = tuple(entry for own, entry in reading.entries if own == language)
    unread = tuple(
        Unread(at, at, f"translations into {name or 'a language without a name'}")
        for name in found
        if name != language
        for at in [next(entry.start for own, entry in reading.entries if own == name)]
    )
    return Catalogue(
        entries,
        languages.tag(language),
        tuple(sorted(reading.directives)),
        unread,
        source_language=languages.tag(reading.source_language),
    )


def _entry(text: str, unit: _Unit, end: int) -> Entry | None:
    """Return the entry of a unit or a segment, None where it is not translated."""
    if unit.target is None or unit.target_tag is None:
        return None
    view = unit.target.view()
    source = unit.source.view() if unit.source is not None else None
    holder = unit.segment if unit.segment is not None else unit.target_tag
    state = holder.attributes.get("state", "")
    if not view.text.strip() or (state in _UNTRANSLATED and source is not None and view.text == source.text):
        return None
    known = _STATES.get(state, "initial" if state else "")
    approved = unit.segment is None and unit.tag.attributes.get("approved") == "yes"
    return Entry(
        unit.name,
        view,
        unit.tag.start,
        end,
        source,
        "final" if approved and not known else known,
        tuple(_review(text, unit, holder, state, approved)),
        tuple(unit.target.marks),
        icu=True,
    )


def _review(text: str, unit: _Unit, holder: Start, state: str, approved: bool) -> list[Edit]:
    """Return the edits that mark a unit for review."""
    if unit.segment is not None:
        # "translated" is the state of what nobody has reviewed yet.
        return [with_attribute(text, holder, "state", "translated")] if state in ("reviewed", "final") else []
    edits: list[Edit] = []
    if approved:
        edits.append(with_attribute(text, unit.tag, "approved", "no"))
    if not state.startswith(("needs-", "new")):
        edits.append(with_attribute(text, holder, "state", "needs-review-translation"))
    return edits


def _inline(tag: Start) -> str | None:
    """Return what a reader sees of an inline element, None where its content is copy."""
    name = tag.name
    if name in _COPY:
        return "" if tag.attributes.get("translate") == "no" else None
    if name in _HALVES:
        return ""
    kind = tag.attributes.get("ctype") or tag.attributes.get("subType") or tag.attributes.get("type") or ""
    if kind in _LINE_BREAKS or tag.attributes.get("id", "").upper() in ("LINE_BREAK", "LB"):
        return "\n"
    if name == "x" and tag.attributes.get("id", "").upper().startswith(("START_", "CLOSE_")):
        return ""
    if name == "cp":
        return ""
    return VALUE if name in ("x", "ph") else ""
