"""The blocks of a Markdown text: paragraphs, headings, lists, quotations, tables, and what is no copy."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corrigenda.documents import views
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.markdown.inline import FOOTNOTE, Paragraphs, plain_label
from corrigenda.documents.markdown.source import block_source, block_tree, shadow
from corrigenda.documents.parts import Region, RegionKind

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

_LEAVES = frozenset({"paragraph", "inline", "pipe_table", "atx_heading", "setext_heading", *_MASKED})


class Blocks:
    """Collects the blocks and regions of one document."""

    def __init__(self, text: str, *, mdx: bool = False) -> None:
        self.text = text
        self.shadow = shadow(text)
        self.paragraphs = Paragraphs(len(text), mdx=mdx)
        self.regions = self.paragraphs.regions

    def walk(self) -> None:
        """Read the whole document."""
        source = block_source(self.shadow)
        # Entities are not in the source that the grammars are given, and cost as much as a sign.
        if len(source) - len(_SIGN.sub("", source)) + self.text.count("&") > MAX_SIGNS:
            raise Unreadable(f"The text has more than {MAX_SIGNS:,} signs of markup. Split it, or name it .txt.")
        tree = block_tree(source)
        self.paragraphs.labels = self._labels(tree.root_node)
        # A stack of our own: nesting is as deep as the text's author likes.
        stack: list[tuple[Node, RegionKind]] = [(tree.root_node, RegionKind.PROSE)]
        while stack:
            node, kind = stack.pop()
            children = self._visit(node, kind)
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
            self._paragraph(node, kind)
            return None
        if name in _MASKED:
            self._mask(name, start, end)
            return None
        if name == "link_reference_definition":
            self._definition(node, start, end, kind)
            return None
        if name in ("atx_heading", "setext_heading"):
            self.regions.append(Region(RegionKind.HEADING, start, end))
            return RegionKind.HEADING
        if name == "inline":
            self._prose(node, kind)
            return None
        if name == "pipe_table":
            self.regions.append(Region(RegionKind.TABLE, start, end))
            return RegionKind.TABLE
        if name == "pipe_table_cell":
            self.paragraphs.take(views.plain(self.text, start, end), RegionKind.TABLE)
            return None
        if name == "block_quote":
            if _CALLOUT.match(self.text, start, end):  # an alert is the author's own word
                return RegionKind.PROSE
            self.regions.append(Region(RegionKind.QUOTATION, start, end))
            return RegionKind.QUOTATION
        if name == "list":
            if kind is not RegionKind.LIST:
                self.regions.append(Region(RegionKind.LIST, start, end))
            return RegionKind.LIST
        return kind

    def _bounds(self, node: "Node") -> tuple[int, int]:
        """Return a node's range without the white space that the grammar counts to its end."""
        text = self.text
        start, end = node.start_byte, min(node.end_byte, len(text))
        while end > start and text[end - 1] in "\n\r \t":
            end -= 1
        return start, end

    def _mask(self, name: str, start: int, end: int) -> None:
        if end <= start:
            return
        kind = _MASKED[name]
        if kind is RegionKind.HTML and self.text.startswith("<!--", start):
            kind = RegionKind.COMMENT
        self.regions.append(Region(kind, start, end))

    def _definition(self, node: "Node", start: int, end: int, kind: RegionKind) -> None:
        """A link's definition is masked; a footnote of one word looks like one to the grammar, and is copy."""
        note = FOOTNOTE.match(self.text, start, end)
        if note is None or "://" in self.text[start:end]:
            self.regions.append(Region(RegionKind.LINK_TARGET, start, end))
        else:
            self.regions.append(Region(kind, start, end))
            self.paragraphs.take(views.plain(self.text, start, end), kind)

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
            self.regions.append(Region(RegionKind.CODE, start, end))
            return
        if text.startswith(("import", "export"), start) and _MODULE_LINE.match(text, start, end):
            self.regions.append(Region(RegionKind.CODE, start, end))
            return
        spans = list(self._pieces(node, start, end))
        view = views.joined(text, spans) if len(spans) > 1 else views.plain(text, start, end)
        if kind is RegionKind.PROSE:
            self.regions.append(Region(kind, start, end))
        self.paragraphs.take(view, kind)

    def _pieces(self, node: "Node", start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the stretches of a paragraph between the marks that begin its lines in a quotation or list."""
        position = start
        for child in node.named_children:
            if child.type == "block_continuation":
                if child.start_byte > position:
                    yield position, min(child.start_byte, end)
                position = max(position, child.end_byte)
        if position < end:
            yield position, end
