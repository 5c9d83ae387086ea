"""The blocks of a Markdown text: paragraphs, headings, lists, quotations, tables, and what is no copy."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from corrigenda.documents import views
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.markdown import containers
from corrigenda.documents.markdown.inline import FOOTNOTE, Paragraphs, plain_label
from corrigenda.documents.markdown.source import block_source, block_tree, shadow
from corrigenda.documents.parts import Region, RegionKind, Unread, View

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_SIGNS = 600_000
"""Most signs of markup and entities a Markdown text may have, since the tree and the view take memory for each."""

_SIGN = re.compile(r"[!-/:-@\[-`{-~]")
_MODULE_LINE = re.compile(
    r"import\s+(?:[\w*{}\s,$]{1,2000}\sfrom\s+)?[\"']"
    r"|export\s+(?:(?:async|const|default|let|var|function|class|type|interface)\b|[{*])"
)
_CALLOUT = re.compile(
    r"(?:>[ \t]?)*(?:\[![\w-]{1,40}(?:\|[^\[\]\n]{0,80})?\]"
    r"|(?P<mark>\*\*|__)?(?:note|tip|hint|important|warning|caution|danger|info|attention)(?(mark):?(?:\*\*|__)|:))",
    re.IGNORECASE,
)
_MASKED = {
    "minus_metadata": RegionKind.FRONT_MATTER,
    "plus_metadata": RegionKind.FRONT_MATTER,
    "fenced_code_block": RegionKind.CODE,
    "indented_code_block": RegionKind.CODE,
    "html_block": RegionKind.HTML,
}

_RAW_NAME = re.compile(r"<(pre|script|style|textarea)\b", re.IGNORECASE)
_RAW_HTML = "raw HTML"
_DEEPEST = 8
"""How deep texts may stand in each other."""

_LEAVES = frozenset({"paragraph", "inline", "pipe_table", "atx_heading", "setext_heading", *_MASKED})


class Blocks:
    """Collects the blocks and regions of one document."""

    def __init__(self, view: View, *, mdx: bool = False, within: "Blocks | None" = None) -> None:
        """Make a reader of a view of the document, or of a stretch of it that another reader came `within`."""
        self.view = view
        self.text = view.text
        self.mdx = mdx
        self.depth: int = within.depth + 1 if within is not None else 0
        self.paragraphs: Paragraphs = within.paragraphs if within is not None else Paragraphs(len(view.text), mdx=mdx)
        self.unread: list[Unread] = within.unread if within is not None else []
        self.structure = containers.read(view.text, shadow(view.text), mdx=mdx)

    def walk(self, kind: RegionKind = RegionKind.PROSE) -> None:
        """Read the whole text, which stands in what is of a kind."""
        source = block_source(self.structure.source)
        # Entities are not in the source that the grammars are given, and cost as much as a sign.
        if len(source) - len(_SIGN.sub("", source)) + self.text.count("&") > MAX_SIGNS:
            raise Unreadable(f"The text has more than {MAX_SIGNS:,} signs of markup. Split it, or name it .txt.")
        tree = block_tree(source)
        if not self.depth:
            self.paragraphs.labels = self._labels(tree.root_node)
        for region in self.structure.regions:
            self._region(*region)
        self._not_read(self.structure.unread)
        # A stack of our own: nesting is as deep as the text's author likes.
        stack: list[tuple[Node, RegionKind]] = [(tree.root_node, kind)]
        while stack:
            node, around = stack.pop()
            children = self._visit(node, around)
            if children is not None:
                stack += ((child, children) for child in reversed(node.named_children))

    def _labels(self, root: "Node") -> frozenset[str]:
        if "]:" not in self.text:
            return frozenset()
        found = set()
        stack = [root]
        while stack:
            node = stack.pop()
            if node.type == "link_reference_definition":
                label = node.named_children[0]
                found.add(plain_label(self.text[label.start_byte + 1 : label.end_byte - 1]))
            elif node.type not in _LEAVES:
                stack += node.named_children
        return frozenset(found)

    def _visit(self, node: "Node", kind: RegionKind) -> RegionKind | None:
        """Take in one node; return the kind of what lies in it where its children are to be visited."""
        name = node.type
        start, end = self._bounds(node)
        if name == "paragraph":
            # A term stands on the line above its definition.
            self._paragraph(node, RegionKind.LIST if node.end_byte in self.structure.definitions else kind)
            return None
        if name in _MASKED:
            self._mask(node, start, end, kind)
            return None
        if name == "link_reference_definition":
            self._definition(node, start, end, kind)
            return None
        if name == "atx_heading" and self._first(start) in self.structure.marks:
            self._title(self.structure.marks[self._first(start)])
            return None
        if name in ("atx_heading", "setext_heading"):
            self._region(RegionKind.HEADING, start, end)
            return RegionKind.HEADING
        if name == "inline":
            self._prose(node, kind)
            return None
        if name == "pipe_table":
            self._region(RegionKind.TABLE, start, end)
            return RegionKind.TABLE
        if name == "pipe_table_cell":
            self.paragraphs.take(views.keep(self.view, [(start, end)]), RegionKind.TABLE)
            return None
        if name == "block_quote":
            if _CALLOUT.match(self.text, start, end):  # an alert is the author's own word
                return RegionKind.PROSE
            self._region(RegionKind.QUOTATION, start, end)
            return RegionKind.QUOTATION
        if name == "list_item" and self._first(start) in self.structure.definitions:
            self._region(RegionKind.LIST, start, end)
            return RegionKind.LIST
        if name == "list":
            first = self._first(start)
            if first in self.structure.bodies or first in self.structure.definitions:
                return kind
            if kind is not RegionKind.LIST:
                self._region(RegionKind.LIST, start, end)
            return RegionKind.LIST
        return kind

    def _bounds(self, node: "Node") -> tuple[int, int]:
        """Return a node's range without the white space that the grammar counts to its end."""
        text = self.text
        start, end = node.start_byte, min(node.end_byte, len(text))
        while end > start and text[end - 1] in "\n\r \t":
            end -= 1
        return start, end

    def _mask(self, node: "Node", start: int, end: int, kind: RegionKind) -> None:
        """Take in what is no copy, or what only looks so to the grammar."""
        if end <= start:
            return
        masked = _MASKED[node.type]
        if node.type == "indented_code_block" and self._is_copy(node.start_byte):
            self._nested(_dedented(self.text, self._pieces(node, node.start_byte, end)), kind)
            return
        if masked is RegionKind.HTML:
            self._raw(node, start, end, kind)
            return
        self._region(masked, start, end)

    def _is_copy(self, start: int) -> bool:
        """Return whether what is indented like code is copy: in MDX, which has no such code, and below a tag."""
        if self.mdx:
            return True
        line = self.text.rfind("\n", 0, start) + 1
        above = self.text.rfind("\n", 0, max(0, line - 1)) + 1
        while line and not self.text[above : line - 1].strip():
            if self.text[start : start + 200].lstrip()[:1] != "<":
                return False
            above, line = self.text.rfind("\n", 0, max(0, above - 1)) + 1, above
        return line > 0 and above in self.structure.tag_lines

    def _raw(self, node: "Node", start: int, end: int, kind: RegionKind) -> None:
        """Take in raw HTML: comments and elements that hold no copy; what follows them on their last line is read."""
        text = self.text
        if text.startswith("<!--", start):
            last = text.find("-->", start + 2, end)
            self._region(RegionKind.COMMENT, start, last + 3 if last >= 0 else end)
            last = last + 3 if last >= 0 else -1
        else:
            name = _RAW_NAME.match(text, start)
            closing = re.compile(f"</{name[1]}[^<>]*>", re.IGNORECASE).search(text, start, end) if name else None
            last = closing.end() if closing is not None else -1
            self._region(RegionKind.HTML, start, last if last >= 0 else end)
            if name is None:
                return
        if last < 0:
            comment = text.startswith("<!--", start)
            self._not_read([Unread(start, end, "a comment that nothing closes" if comment else _RAW_HTML)])
        elif text[last:end].strip():
            self._nested([(last, end)], kind)

    def _nested(self, spans: Sequence[tuple[int, int]], kind: RegionKind) -> None:
        """Read stretches of the text as a text of their own."""
        if self.depth >= _DEEPEST:
            self._region(RegionKind.HTML, spans[0][0], spans[-1][1])
            self._not_read([Unread(spans[0][0], spans[-1][1], _RAW_HTML)])
            return
        Blocks(views.keep(self.view, spans), mdx=self.mdx, within=self).walk(kind)

    def _title(self, mark: containers.Mark) -> None:
        """Take in a line with a mark and a title: only the title is copy, and the descriptions of pictures are."""
        for span in mark.descriptions:
            self.paragraphs.take(views.keep(self.view, [span]), RegionKind.CAPTION)
        self._region(RegionKind.CODE, mark.start, mark.title_start)
        self._region(RegionKind.CODE, mark.title_end, mark.end)
        if mark.title_start == mark.title_end:
            return
        self._region(RegionKind.HEADING, mark.title_start, mark.title_end)
        self.paragraphs.take(views.keep(self.view, [(mark.title_start, mark.title_end)]), RegionKind.HEADING)

    def _first(self, start: int) -> int:
        """Return where the first sign of a block stands, behind what indents it."""
        while self.structure.source[start : start + 1] in (" ", "\t"):
            start += 1
        return start

    def _region(self, kind: RegionKind, start: int, end: int) -> None:
        if end > start:
            span = self.view.to_document(start, end)
            self.paragraphs.regions.append(Region(kind, span.start, span.end))

    def _not_read(self, stretches: Iterable[Unread]) -> None:
        for start, end, what in stretches:
            if self.text[start:end].strip():
                self.unread.append(Unread(*self.view.to_document(start, end), what))

    def _definition(self, node: "Node", start: int, end: int, kind: RegionKind) -> None:
        """A link's definition is masked; a footnote of one word looks like one to the grammar, and is copy."""
        note = FOOTNOTE.match(self.text, start, end)
        if note is None or "://" in self.text[start:end]:
            self._region(RegionKind.LINK_TARGET, start, end)
        else:
            self._region(kind, start, end)
            self.paragraphs.take(views.keep(self.view, [(start, end)]), kind)

    def _paragraph(self, node: "Node", kind: RegionKind) -> None:
        for child in node.named_children:
            if child.type == "inline":
                self._prose(child, kind)

    def _prose(self, node: "Node", kind: RegionKind) -> None:
        """Take in a paragraph or the words of a heading."""
        start, end = self._bounds(node)
        if end <= start:
            return
        text = self.text
        if text.startswith("$$", start) and text.endswith("$$", start, end):
            self._region(RegionKind.CODE, start, end)
            return
        if text.startswith(("import", "export"), start) and _MODULE_LINE.match(text, start, end):
            self._region(RegionKind.CODE, start, end)
            return
        start = self.structure.notes.get(start, start)
        view = views.keep(self.view, list(self._pieces(node, start, end)))
        if kind is RegionKind.PROSE:
            self._region(kind, start, end)
        self.paragraphs.take(view, kind)

    @staticmethod
    def _pieces(node: "Node", start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the stretches of a paragraph between the marks that begin its lines in a quotation or list."""
        position = start
        for child in node.named_children:
            if child.type == "block_continuation":
                if child.start_byte > position:
                    yield position, min(child.start_byte, end)
                position = max(position, child.end_byte)
        if position < end:
            yield position, end


def _dedented(text: str, pieces: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the lines of stretches of text without the white space that all of them begin with."""
    lines: list[tuple[int, int]] = []
    for start, end in pieces:
        while start < end:
            last = text.find("\n", start, end) + 1 or end
            if text[start:last].strip(" \t"):
                # What the grammar takes for the indentation of code is part of it.
                while start and text[start - 1] in " \t":
                    start -= 1
                lines.append((start, last))
            start = last
    indents = [len(text[a:b]) - len(text[a:b].lstrip(" \t")) for a, b in lines if text[a:b].strip()]
    least = min(indents, default=0)
    return [(a + least, b) if text[a:b].strip() else (max(a, b - 1), b) for a, b in lines]
