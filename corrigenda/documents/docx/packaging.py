"""The parts of a Word document that a review adds to: comments, and the record of what was proposed."""

import posixpath
import re
from collections.abc import Mapping, Sequence

from corrigenda.documents.anchored.reader import Extract
from corrigenda.documents.containers.package import Package
from corrigenda.documents.containers.rewriting import rewritten
from corrigenda.documents.docx import remarks
from corrigenda.documents.docx.reading import extract
from corrigenda.documents.docx.record import NAMESPACE, Record, is_record, record_part
from corrigenda.documents.docx.relations import KIND, Relation, main_part, relations, text_of
from corrigenda.documents.errors import Unwritable
from corrigenda.documents.xml.events import End, Start, Text
from corrigenda.documents.xml.scanner import scan
from corrigenda.documents.xml.splicing import escaped

NAMES = {remarks.MAIN: "w", remarks.STRICT: "w"}
"""The namespaces of word-processing XML: that of transitional documents, and of strict ones."""

NO_DATE = "2000-01-01T00:00:00Z"
"""The date of changes in a document that does not say when it was saved. Programs want one, and the same document
must give the same copy each time.
"""

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PROPERTIES = (
    f'{_DECLARATION}<ds:datastoreItem ds:itemID="{{5B0C2B5C-3B0C-5C0F-9D6E-C0221BEDA001}}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs>'
    f'<ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_TYPES = "[Content_Types].xml"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES_END = re.compile(r"</([^\s:>]+:)?Types\s*>\s*\Z")
_LINKS_END = re.compile(r"</([^\s:>]+:)?Relationships\s*>\s*\Z")
_DATES = {"http://purl.org/dc/terms/": ""}
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_LIST_LIMIT = 64 * 1024 * 1024


class Copy:
    """A Word document whose parts are looked at, added to and written."""

    def __init__(self, data: bytes, display: str, *, limit: int) -> None:
        """Open a document. Raises Unreadable as reading it does."""
        self.extract: Extract = extract(data, display, limit=limit)
        self._package = Package(data, kind=KIND)
        self._changed: dict[str, str] = {}
        self._added: dict[str, str] = {}
        self.main = main_part(self._package)
        self._folder, name = posixpath.split(self.main)
        self._links = posixpath.join(self._folder, "_rels", f"{name}.rels")
        self._own = dict(relations(self._package, self.main))

    def comments(self) -> tuple[str, str]:
        """Return the part of comments and the one that tells which are settled; empty where there is none."""
        return self._related("comments"), self._related("commentsExtended")

    def record(self) -> str | None:
        """Return the record of a review, None where there is none."""
        name = self._record_part()
        return self._text(name) if name is not None else None

    def saved(self) -> str:
        """Return when the document says it was saved, as such files write it, or `NO_DATE`."""
        core = next((one.target for one in relations(self._package).values() if one.kind == "core-properties"), None)
        inside = False
        if core is not None:
            for event in scan(self._text(core), what=core, namespaces=_DATES, doctype=False):
                if isinstance(event, Start):
                    inside = event.name == "modified"
                elif isinstance(event, End):
                    inside = False
                elif inside and isinstance(event, Text) and _DATE.fullmatch(event.value):
                    return event.value
        return NO_DATE

    def change(self, part: str, raw: str) -> None:
        """Give a part another text."""
        self._changed[part] = raw

    def add_comments(self, written: Mapping[int, Sequence[str]], date: str) -> None:
        """Add comments by their numbers. Raises Unwritable where the part of comments has an unusual form."""
        name = next((one.target for one in self._own.values() if one.kind == "comments"), None)
        if name is not None:
            self.change(name, remarks.extended(self._text(name), written, date))
            return
        name = self._free(posixpath.join(self._folder, "comments"))
        self._added[name] = remarks.part(written, date)
        self._relate("comments", name)
        self._declare(name, _COMMENTS_TYPE)

    def add_record(self, said: Record) -> None:
        """Add the record of a review, in place of a former one."""
        name = self._record_part()
        if name is not None:
            self.change(name, record_part(said))
            return
        name = self._free("customXml/item")
        self._added[name] = record_part(said)
        self._relate("customXml", name)
        self._declare(name, "application/xml")
        # LibreOffice keeps a part of custom XML only together with its properties.
        properties = self._free("customXml/itemProps")
        self._added[properties] = _PROPERTIES
        self._declare(properties, _PROPERTIES_TYPE)
        link = f'<Relationship Id="rId1" Type="{_OFFICE}customXmlProps" Target="{posixpath.basename(properties)}"/>'
        links = posixpath.join("customXml", "_rels", f"{posixpath.basename(name)}.rels")
        self._added[links] = f'{_DECLARATION}<Relationships xmlns="{_RELATIONSHIPS}">{link}</Relationships>'

    def written(self) -> bytes:
        """Return the document's bytes with what was changed and added. Raises Unwritable."""
        changed = {name: raw.encode("utf-8") for name, raw in self._changed.items()}
        return rewritten(self._package, changed, {name: raw.encode("utf-8") for name, raw in self._added.items()})

    def numbers(self) -> int:
        """Return a number above all that the document's parts use to tell comments, changes and bookmarks apart."""
        most = 0
        parts = [*self.extract.parts.values()]
        raws = [part.raw for part in parts] + [raw for raw in self.comments() if raw]
        for raw in raws:
            for found in re.finditer(r'\bid="(\d{1,9})"', raw):
                most = max(most, int(found[1]))
        return most + 1

    def _record_part(self) -> str | None:
        for relation in self._own.values():
            if relation.kind == "customXml" and is_record(self._text(relation.target)):
                return relation.target
        return None

    def _text(self, name: str) -> str:
        """Return a part's text. Raises Unreadable, and Unwritable where it is not in UTF-8, in which it is written."""
        if name in self._changed:
            return self._changed[name]
        raw, encoding = text_of(self._package, name, limit=_LIST_LIMIT)
        if encoding.codec != "utf-8":
            raise Unwritable(f"The part {name} is not in UTF-8. Save the file again with the program that made it.")
        return encoding.bom.decode("utf-8") + raw

    def _related(self, kind: str) -> str:
        name = next((one.target for one in self._own.values() if one.kind == kind), None)
        return self._text(name).removeprefix("\ufeff") if name is not None else ""

    def _relate(self, kind: str, name: str) -> None:
        """Link the document to a part."""
        number = next(number for number in range(1, 1_000_000) if f"rIdC{number}" not in self._own)
        target = posixpath.relpath(name, self._folder)
        raw = self._text(self._package.name_of(self._links) or "") if self._links in self._package else ""
        base = _STRICT if _STRICT in raw else _OFFICE
        identity = f"rIdC{number}"
        self._own[identity] = Relation(kind, name)
        element = f'Relationship Id="{identity}" Type="{base}{kind}" Target="{escaped(target, attribute=True)}"/>'
        if raw:
            self._insert(self._package.name_of(self._links) or self._links, _LINKS_END, element)
        else:
            held = self._added.get(self._links, f'<Relationships xmlns="{_RELATIONSHIPS}"></Relationships>')
            self._added[self._links] = held.replace("</", f"<{element}</")

    def _declare(self, name: str, kind: str) -> None:
        element = f'Override PartName="/{escaped(name, attribute=True)}" ContentType="{kind}"/>'
        self._insert(self._package.name_of(_TYPES) or _TYPES, _TYPES_END, element)

    def _insert(self, part: str, ending: re.Pattern[str], element: str) -> None:
        raw = self._text(part)
        end = ending.search(raw)
        if end is None:
            raise Unwritable(f"The part {part} has an unusual form. Save the file again with the program that made it.")
        self.change(part, f"{raw[: end.start()]}<{end[1] or ''}{element}{raw[end.start() :]}")

    def _free(self, stem: str) -> str:
        names = (f"{stem}{number or ''}.xml" for number in range(10_000))
        return next(name for name in names if name not in self._package and name not in self._added)
