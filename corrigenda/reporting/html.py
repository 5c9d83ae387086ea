"""The report an editor works in: one self-contained file that asks for nothing from the network.

Its parts lie in `reports/html/`: a template, a style sheet and scripts, put together here. Nothing from a document is
ever markup: it is JSON in a data block, with every `<` escaped, and the page makes text nodes of it. A content security
policy allows this very style sheet and script, by their hashes, and nothing else.
"""

import base64
import codecs
import hashlib
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from corrigenda import resources
from corrigenda.documents.document import Document
from corrigenda.documents.utf16 import Units
from corrigenda.finding import DocumentReport, Finding, Report
from corrigenda.reporting import layout
from corrigenda.reporting.base import (
    ORIGINAL_WORDS,
    PARTIAL,
    Format,
    Options,
    Texts,
    about_run,
    all_findings,
    engine_line,
    finding_object,
    idle_engines,
    unchecked,
    verdict,
)
from corrigenda.reporting.evidence import words_and_figures
from corrigenda.reporting.facing import facing
from corrigenda.reporting.visible import dump
from corrigenda.settings import ReadingOptions

SCRIPTS = ("model.js", "text.js", "cards.js", "overview.js", "app.js")
"""In the order in which they are put together."""

_PLACEHOLDER = re.compile(r"\{\{(policy|title|style|script|data)\}\}")
_AS_FILE = frozenset({"text", "txt", "plain", "plain-text", "markdown", "md", "html"})


def render(report: Report, texts: Texts, options: Options) -> str:
    """Return the page. Documents without findings are listed; the text of the others is inside the file."""
    style = _source("report.css")
    script = "\n".join(_source(name) for name in SCRIPTS)
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    parts = {
        "policy": policy,
        "title": _escape(options.title),
        "style": style,
        "script": script,
        "data": _block(dump(_data(report, texts, options))),
    }
    return _PLACEHOLDER.sub(lambda match: parts[match.group(1)], _source("report.html"))


def _source(name: str) -> str:
    text = resources.path("reports", "html", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _escape(text: str) -> str:
    for raw, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(raw, entity)
    return text


def _block(text: str) -> str:
    """Return JSON that no HTML parser can take for markup, whatever it holds."""
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _data(report: Report, texts: Texts, options: Options) -> dict[str, Any]:
    used = sorted({finding.check for _, finding in all_findings(report)})
    alone = len(report.documents) == 1
    return {
        "corrigenda": report.version,
        "schema": 1,
        "key": _key(report),
        "title": options.title,
        "verdict": verdict(report),
        "partial": PARTIAL,
        "unread": unchecked(report),
        "original_words": ORIGINAL_WORDS,
        "idle": [engine_line(engine) for engine in idle_engines(report)],
        "about": about_run(report),
        "problems": [{"path": problem.path, "message": problem.message} for problem in report.problems],
        "checks": {
            name: {"summary": info.summary, "why": info.why, "sources": list(info.sources)}
            for name in used
            if (info := options.checks.get(name)) is not None
        },
        "documents": [
            _document(entry, texts(entry.path) if entry.findings or alone else None) for entry in report.documents
        ],
    }


def _key(report: Report) -> str:
    """Return what names this set of findings, so that decisions kept by a browser are never put to another's."""
    digest = hashlib.sha256()
    for document, finding in all_findings(report):
        place = f"{document.path}\0{finding.fingerprint}\0{finding.start}\0{finding.end}\n"
        digest.update(place.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:24]


def _document(entry: DocumentReport, document: Document | None) -> dict[str, Any]:
    name = entry.path.replace("\\", "/").rsplit("/", 1)[-1] or "article"
    findings = [_finding(finding) for finding in entry.findings]
    data: dict[str, Any] = {
        "path": entry.path,
        "status": entry.status,
        "sha256": document.sha256 if document else "",
        "save_as": "article.txt" if name == "-" else name,
        "encoding": {"kind": "utf-8", "bom": [], "table": ""},
        "reads": document is not None and layout.hides_signs(document),
        "text": None,
        "paragraphs": [],
        "findings": findings,
    }
    fields = _fields(document)
    if fields is not None:
        data["fields"] = fields
    if document is None or any(document.text[f.start : f.end] != f.quote for f in entry.findings):
        return data
    units = Units(document.text)
    for row, finding in zip(findings, entry.findings, strict=True):
        row["from"], row["to"] = units.unit(finding.start), units.unit(finding.end)
    data["text"] = document.text
    paragraphs = layout.paragraphs(document)
    data["paragraphs"] = [_paragraph(paragraph, units) for paragraph in paragraphs]
    if entry.source:
        data["source"] = entry.source
        data["source_language"] = document.origin_language
        _face(data["paragraphs"], paragraphs, document)
    if document.format.lower() in _AS_FILE:
        data["encoding"] = _encoding(document)
    elif not name.endswith(".txt"):
        data["save_as"] = f"{name}.txt"
    return data


def _face(rows: list[dict[str, Any]], paragraphs: Sequence[layout.Paragraph], document: Document) -> None:
    """Put beside each paragraph what of the source belongs to the blocks that begin in it."""
    starts = [paragraph.start for paragraph in paragraphs]
    for block, pieces in facing(document).items():
        at = max(0, bisect_right(starts, document.blocks[block].start) - 1)
        if rows:
            rows[at].setdefault("source", []).extend([piece.text, piece.lost] for piece in pieces)


def _fields(document: Document | None) -> dict[str, Any] | None:
    """Return what the reader was told of the document, so that decisions are applied to the same reading."""
    if document is None or document.options._replace(source_fields=()) == ReadingOptions():
        return None
    text, title, form, _ = document.options
    return {"text": list(text), "title": list(title), "format": form}


def _paragraph(paragraph: layout.Paragraph, units: Units) -> dict[str, Any]:
    """Return a paragraph as the page reads it; what it has not is left out."""
    row: dict[str, Any] = {"kind": paragraph.kind, "from": units.unit(paragraph.start), "to": units.unit(paragraph.end)}
    if paragraph.line is not None:
        row["line"] = paragraph.line
    for name, spans in (("quiet", paragraph.quiet), ("cells", paragraph.cells)):
        if spans:
            row[name] = [[units.unit(a), units.unit(b)] for a, b in spans]
    if paragraph.styles:
        row["styles"] = [[units.unit(a), units.unit(b), style] for a, b, style in paragraph.styles]
    look = {key: value for key, value in paragraph.look._asdict().items() if value}
    return row | look


def _finding(finding: Finding) -> dict[str, Any]:
    row = finding_object(finding)
    words, figures = words_and_figures(finding)
    row["evidence_lines"] = [list(line) for line in words]
    row["figures"] = [list(line) for line in figures]
    del row["evidence"]
    return row


def _encoding(document: Document) -> dict[str, Any]:
    """Return how the page can write the file's own bytes: UTF-8, UTF-16, or a one-byte code page by its characters."""
    encoding = document.encoding
    bom = list(encoding.bom)
    try:
        codec = codecs.lookup(encoding.codec).name
    except LookupError:
        return {"kind": "utf-8", "bom": [], "table": ""}
    if codec in ("utf-8", "utf-8-sig", "ascii"):
        return {"kind": "utf-8", "bom": list(codecs.BOM_UTF8) if codec == "utf-8-sig" and not bom else bom, "table": ""}
    if codec.startswith("utf-16"):
        big = codec == "utf-16-be" or bom == list(codecs.BOM_UTF16_BE)
        return {"kind": "utf-16-be" if big else "utf-16-le", "bom": bom, "table": ""}
    try:
        table = "".join(bytes((code,)).decode(codec, "replace") for code in range(256))
    except (LookupError, ValueError):
        table = ""
    if len(table) != 256 or table.count("\ufffd") > 64:
        return {"kind": "utf-8", "bom": [], "table": ""}
    return {"kind": "table", "bom": [], "table": table}


FORMAT = Format("html", ".html", "The report an editor works in: one file, read in any browser", render)
