"""Markdown: blocks and inline markup by tree-sitter's two grammars; how, in `documents/markdown/`."""

from collections.abc import Sequence
from functools import partial

from corrigenda.documents import directives, urls, views
from corrigenda.documents.document import Document
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.identity import IdentityReader
from corrigenda.documents.markdown import front_matter
from corrigenda.documents.markdown.blocks import Blocks
from corrigenda.documents.parts import Edit, Encoding, RegionKind

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx")

MAX_LINES = 250_000
"""Most lines a Markdown text may have: the grammar's tree takes about half a kilobyte for each."""

_RARE_LINE_ENDS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"


class MarkdownReader(IdentityReader):
    """Reads Markdown (CommonMark with tables, strikethrough, footnotes, front matter and MDX) and writes it back."""

    format = "markdown"
    suffixes = SUFFIXES

    def parse(self, text: str, display: str, encoding: Encoding, sha256: str) -> Document:
        """Return the document of a Markdown text. Raises Unreadable as the module's `parse`."""
        return parse(text, display, encoding, sha256)

    def spelled(self, document: Document, edit: Edit) -> Edit:
        """Return an edit as the file is given it: in front matter with the escapes of its value."""
        ends = [region.end for region in document.regions_of(RegionKind.FRONT_MATTER)]
        if not ends or edit.start >= max(ends):
            return edit
        field = front_matter.field_at(document.text, max(ends), edit.start)
        if field is None or edit.end > field.end:
            return edit
        from corrigenda.documents.markup.spelling import spelled  # deferred: few runs have corrections

        own = document.text
        value = own[field.start : edit.start] + edit.text + own[edit.end : field.end]
        if front_matter.written(field, value, "") is None:
            return Edit(field.start, field.end, front_matter.quoted(value))
        return spelled(document, edit, lambda words: front_matter.written(field, value, words) or "")

    def harmless(self, document: Document, edits: Sequence[Edit]) -> list[Edit]:
        """Return those of some edits after which programs read the document as before."""
        from corrigenda.documents.markdown.structure import harmless  # deferred: few runs have corrections to judge

        return harmless(document, edits, partial(self.edited, document))


READER = MarkdownReader()


def parse(text: str, display: str, encoding: Encoding | None = None, sha256: str = "") -> Document:
    """Return the document of a Markdown text.

    Raises:
        Unreadable: The text has more than `MAX_LINES` lines or `MAX_SIGNS` signs.
    """
    if max(text.count("\n"), text.count("\r")) + sum(map(text.count, _RARE_LINE_ENDS)) > MAX_LINES:
        raise Unreadable(f"The text has more than {MAX_LINES:,} lines. Split it, or name it .txt.")
    mdx = display.lower().endswith(".mdx")
    read = Blocks(views.plain(text, 0, len(text)), mdx=mdx)
    read.walk()
    spoken = directives.in_markdown(text, read.paragraphs.regions, mdx=mdx)
    fields, known = front_matter.taken(text, read.paragraphs.regions)
    regions = [*known, *urls.find(text), *directives.regions(spoken)]
    regions.sort(key=lambda region: (region.start, -region.end))
    blocks = sorted([*fields, *read.paragraphs.blocks], key=lambda block: block.start)
    return Document(
        display,
        text,
        "markdown",
        tuple(regions),
        tuple(blocks),
        encoding or Encoding(),
        sha256,
        spoken,
        unread=tuple(sorted(read.unread)),
    )
