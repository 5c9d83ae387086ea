"""Markdown: blocks and inline markup by tree-sitter's two grammars.

The parser is given a shadow of the text in which each character that is not ASCII is one ASCII character, a sign for a
sign and a letter for a letter: its byte positions are then the document's code points, and nothing is converted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from corrigenda.documents import captions, directives, urls, views
from corrigenda.documents.document import Document
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.identity import IdentityReader
from corrigenda.documents.parts import Block, Encoding, Region, RegionKind, View

if TYPE_CHECKING:
    from tree_sitter import Language as Grammar
    from tree_sitter import Node, Parser

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx")

MAX_LINES = 250_000
"""Most lines a Markdown text may have: the grammar's tree takes about half a kilobyte for each."""

MAX_SIGNS = 1_000_000
"""Most signs of markup a Markdown text may have, for the same reason."""

MAX_MARKS = 1_000
"""Most emphasis marks and brackets that one paragraph may have for them to be read as markup; beyond, they are text."""

_BUDGET = 20_000_000
"""Bound on the sum of the squares of the paragraphs' marks, which the inline grammar's time grows with: about a second.
"""

_RARE_LINE_ENDS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_FOREIGN_SIGN = re.compile(r"[\x80-\xbf\u2000-\u206f\u20a0-\u20cf\u3000-\u303f]")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
# Signs that no block begins or ends with: as letters they cost the block grammar nothing.
_NO_BLOCK_SIGNS = str.maketrans(",?%$@{};^\0", "xxxxxxxxxx")
_SPACE = re.compile(r" (?<=[A-Za-z0-9] )(?=[A-Za-z0-9])")
_STOP = re.compile(r"\.(?<=[A-Za-z]\.)")
_SIGN = re.compile(r"[!-/:-@\[-`{-~]")
_MAX_PICTURES = 50
_TICKS = re.compile(r"`+")
_MAX_TICKS = 12
_INLINE = re.compile(r"[*_`\[\]<&\\~{!]")
_MARKS = re.compile(r"[*_~\[\]]")
# A single tilde is "about", and a dollar is money: neither is markup in copy.
_NOT_MARKUP = re.compile(r"(?<!~)~(?!~)|\$")
_TEMPLATE = re.compile(
    r"\{\{[^{}\n]{0,500}\}\}|\{%[^{}\n]{0,500}%\}|\{/\*[^\n]{0,500}?\*/\}|\{[#.][\w-][^{}\n]{0,80}\}(?=\s*$)"
)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,100}\]:[ \t]*")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ITALIC_TAG = re.compile(r"<(/?)(i|em|cite|dfn)\b[^<>]*>", re.IGNORECASE)
_MODULE_LINE = re.compile(r"(?:import\s.+\sfrom\s|import\s+[\"']|export\s+(?:const|default|let|function)\s)")
_NO_HEADING_END = frozenset(".,;:!?…")

_CLOSING_SIGNS = (" ", "\t", "", ".", ",", ";", ":", "!", "?", ")", "\n", "\r")

Cut = tuple[int, int]


class MarkdownReader(IdentityReader):
    """Reads Markdown (CommonMark with tables, strikethrough, footnotes, front matter and MDX) and writes it back."""

    format = "markdown"
    suffixes = SUFFIXES

    def parse(self, text: str, display: str, encoding: Encoding, sha256: str) -> Document:
        """Return the document of a Markdown text. Raises Unreadable as the module's `parse`."""
        return parse(text, display, encoding, sha256)


READER = MarkdownReader()


def parse(text: str, display: str, encoding: Encoding | None = None, sha256: str = "") -> Document:
    """Return the document of a Markdown text.

    Raises:
        Unreadable: The text has more than `MAX_LINES` lines or `MAX_SIGNS` signs.
    """
    if max(text.count("\n"), text.count("\r")) + sum(map(text.count, _RARE_LINE_ENDS)) > MAX_LINES:
        raise Unreadable(f"The text has more than {MAX_LINES:,} lines. Split it, or name it .txt.")
    builder = _Builder(text)
    builder.walk()
    spoken = directives.find(text)
    builder.regions += [*urls.find(text), *directives.regions(spoken)]
    builder.regions.sort(key=lambda region: (region.start, -region.end))
    builder.blocks.sort(key=lambda block: block.start)
    return Document(
        display, text, "markdown", tuple(builder.regions), tuple(builder.blocks), encoding or Encoding(), sha256, spoken
    )


@cache
def _grammars() -> tuple["Grammar", "Grammar"]:
    import tree_sitter
    import tree_sitter_markdown

    return (
        tree_sitter.Language(tree_sitter_markdown.language()),
        tree_sitter.Language(tree_sitter_markdown.inline_language()),
    )


def _parser(number: int) -> "Parser":
    """Return a parser of the grammar of blocks (0) or of what stands in them (1). Each text has its own: a parser
    serves one thread.
    """
    import tree_sitter

    return tree_sitter.Parser(_grammars()[number])


def shadow(text: str) -> str:
    """Return a text of the same length in ASCII: foreign signs are signs, all else that is not ASCII is a letter."""
    if text.isascii():
        return text
    return _FOREIGN.sub("x", _FOREIGN_SIGN.sub("%", text))


def _few_words(source: str) -> str:
    """Return a text in which the words between two signs are one, since the block grammar's time grows with the words.

    Lines where a space between words matters are left: tags, and what may be a link's definition.
    """
    if "<" not in source and "]:" not in source:
        return _SPACE.sub("x", source)
    lines = source.splitlines(keepends=True)
    return "".join(line if "<" in line or "]:" in line else _SPACE.sub("x", line) for line in lines)


class _Builder:
    """Collects the blocks and regions of one document."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.shadow = shadow(text)
        self.blocks: list[Block] = []
        self.regions: list[Region] = []
        self.labels: frozenset[str] = frozenset()
        self.budget = _BUDGET + 2 * len(text)

    def walk(self) -> None:
        """Read the whole document."""
        source = _few_words(_STOP.sub("x", self.shadow.translate(_NO_BLOCK_SIGNS)))
        if len(_SIGN.sub("", source)) < len(source) - MAX_SIGNS:
            raise Unreadable(f"The text has more than {MAX_SIGNS:,} signs of markup. Split it, or name it .txt.")
        tree = _parser(0).parse(source.encode("ascii"))
        self.labels = self._labels(tree.root_node)
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
                found.add(_label(self.text[label.start_byte + 1 : label.end_byte - 1]))
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
            self._inline(views.plain(self.text, start, end), RegionKind.TABLE)
            return None
        if name == "block_quote":
            self.regions.append(Region(RegionKind.QUOTATION, start, end))
            return RegionKind.QUOTATION
        if name == "list":
            if kind is not RegionKind.LIST:
                self.regions.append(Region(RegionKind.LIST, start, end))
            return RegionKind.LIST
        return kind

    def _bounds(self, node: "Node") -> tuple[int, int]:
        """Return a node's range without the white space that the grammar counts to its end."""
        start, end = node.start_byte, node.end_byte
        text = self.text
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
        note = _FOOTNOTE.match(self.text, start, end)
        if note is None or "://" in self.text[start:end]:
            self.regions.append(Region(RegionKind.LINK_TARGET, start, end))
        else:
            self.regions.append(Region(kind, start, end))
            self._inline(views.plain(self.text, start, end), kind)

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
        self._inline(view, kind)

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

    def _inline(self, view: View, kind: RegionKind) -> None:
        """Add the block of a paragraph's raw text, and the regions of the markup in it."""
        raw = view.text
        if not raw.strip():
            return
        found = _Markup()
        if _INLINE.search(raw):
            self._markup(view, found)
        if found.breaks:
            view = views.with_breaks(view, found.breaks)
        parts = list(_split(raw, found.pictures, kind))
        for part, part_kind in parts:
            # What lies outside the part is cut away; few paragraphs have more than one.
            outside = [(0, part[0]), (part[1], len(raw))] if len(parts) > 1 else []
            self._block(view, found.cuts + outside, found.letters, part_kind)

    def _block(self, view: View, cuts: list[Cut], letters: "list[_Letter]", kind: RegionKind) -> None:
        if letters:
            seen = views.replaced(view, _together(cuts, letters))
        else:
            seen = views.without(view, cuts) if cuts else view
        seen = views.tidy(seen)
        if not seen.text:
            return
        given = kind
        if kind in (RegionKind.PROSE, RegionKind.QUOTATION):
            raw = view.text
            if captions.is_caption(seen.text, 0, len(seen.text)):
                kind = RegionKind.CAPTION
            elif raw.startswith("**") and raw.endswith("**") and raw.count("**") == 2 and _is_heading(seen.text):
                kind = RegionKind.HEADING
        span = seen.to_document(0, len(seen.text))
        if kind is RegionKind.CAPTION or kind is not given:
            self.regions.append(Region(kind, span.start, span.end))
        self.blocks.append(Block(kind, span.start, span.end, seen))

    def _markup(self, view: View, found: "_Markup") -> None:
        """Parse a paragraph's raw text: collect its markup, and add regions."""
        raw = view.text
        note = _FOOTNOTE.match(raw)
        if note is not None:
            found.cuts.append(note.span())
            self._region(RegionKind.LINK_TARGET, view, *note.span())
        source = _NOT_MARKUP.sub("%", shadow(raw).replace("\0", "x"))
        if "{" in raw:
            for match in _TEMPLATE.finditer(raw):
                kind = RegionKind.COMMENT if match[0].startswith("{/*") else RegionKind.CODE
                found.cuts.append(_gone(raw, *match.span()))
                self._region(kind, view, *match.span())
                source = source[: match.start()] + "x" * len(match[0]) + source[match.end() :]
        if "`" in source and len(set(map(len, _TICKS.findall(source)))) > _MAX_TICKS:
            source = source.replace("`", "%")  # each length is looked for to the end, once for each
        marks = len(_MARKS.findall(source))
        self.budget -= marks * marks
        if marks > MAX_MARKS or self.budget < 0:
            source = _MARKS.sub("%", source)
        if "<" not in source and "](" not in source:
            source = _SPACE.sub("x", source)
        stack = [_parser(1).parse(source.encode("ascii")).root_node]
        while stack:
            node = stack.pop()
            stack += self._element(node, view, found)
        if "</" in raw:
            for start, end in _italics(raw):
                self._region(RegionKind.EMPHASIS, view, start, end)

    def _element(self, node: "Node", view: View, found: "_Markup") -> Sequence["Node"]:
        """Take in one inline element; return the nodes in it that are to be looked at."""
        name = node.type
        start, end = node.start_byte, node.end_byte
        raw = view.text
        if name in ("emphasis", "strong_emphasis", "strikethrough"):
            children = node.named_children
            if name == "emphasis":
                self._region(RegionKind.EMPHASIS, view, start, end)
            found.cuts += (
                (child.start_byte, child.end_byte) for child in children if child.type == "emphasis_delimiter"
            )
            return [child for child in children if child.type != "emphasis_delimiter"]
        if name == "code_span":
            self._region(RegionKind.CODE, view, start, end)
            found.cuts += ((child.start_byte, child.end_byte) for child in node.named_children)
            return ()
        if name in ("inline_link", "image"):
            if name == "image":
                found.pictures.append((start, end))
                self._region(RegionKind.IMAGE, view, start, end)
            return self._link(node, view, found.cuts)
        if name in ("full_reference_link", "collapsed_reference_link", "shortcut_link"):
            return self._reference(node, view, found.cuts)
        if name in ("uri_autolink", "email_autolink"):
            self._region(RegionKind.URL, view, start, end)
            found.cuts += ((start, start + 1), (end - 1, end))
            return ()
        if name == "html_tag":
            comment = raw.startswith("<!--", start)
            self._region(RegionKind.COMMENT if comment else RegionKind.HTML, view, start, end)
            if _BREAK.fullmatch(raw, start, end):
                found.breaks.append(start)
                found.cuts.append((start + 1, end))
            else:
                found.cuts.append(_gone(raw, start, end))
            return ()
        if name in ("entity_reference", "numeric_character_reference"):
            self._region(RegionKind.HTML, view, start, end)
            from html import unescape  # few texts have entities, and the table of their names takes a millisecond

            letter = unescape(raw[start:end])
            if len(letter) < end - start:
                found.letters.append((start, end, letter))
            return ()
        if name == "backslash_escape" or (name == "hard_line_break" and raw[start] == "\\"):
            found.cuts.append((start, start + 1))
            return ()
        return node.named_children

    def _link(self, node: "Node", view: View, cuts: list[Cut]) -> Sequence["Node"]:
        """Keep a link's words or a picture's description, and mask where it leads."""
        start, end = node.start_byte, node.end_byte
        words = [child for child in node.named_children if child.type in ("link_text", "image_description")]
        if not words:
            self._region(RegionKind.LINK_TARGET, view, start, end)
            cuts.append((start, end))
            return ()
        first, last = words[0].start_byte, words[0].end_byte
        cuts += ((start, first), (last, end))
        if last + 1 < end:
            self._region(RegionKind.LINK_TARGET, view, last + 1, end)
        return words

    def _reference(self, node: "Node", view: View, cuts: list[Cut]) -> Sequence["Node"]:
        """Keep the words of a link whose target stands elsewhere; brackets that no definition belongs to are text."""
        start, end = node.start_byte, node.end_byte
        parts = {child.type: child for child in node.named_children}
        words = parts.get("link_text")
        if words is None:
            return ()
        label = parts.get("link_label")
        where = (label.start_byte + 1, label.end_byte - 1) if label else (words.start_byte, words.end_byte)
        raw = view.text
        name = raw[where[0] : where[1]]
        if name.startswith("^"):
            self._region(RegionKind.LINK_TARGET, view, start, end)
            cuts.append(_gone(raw, start, end))
            return ()
        if _label(name) in self.labels:
            cuts += ((start, words.start_byte), (words.end_byte, end))
            if label is not None:
                self._region(RegionKind.LINK_TARGET, view, label.start_byte, label.end_byte)
        return (words,)

    def _region(self, kind: RegionKind, view: View, start: int, end: int) -> None:
        if end > start:
            span = view.to_document(start, end)
            self.regions.append(Region(kind, span.start, span.end))


_MASKED = {
    "minus_metadata": RegionKind.FRONT_MATTER,
    "plus_metadata": RegionKind.FRONT_MATTER,
    "fenced_code_block": RegionKind.CODE,
    "indented_code_block": RegionKind.CODE,
    "html_block": RegionKind.HTML,
}

_LEAVES = frozenset({"paragraph", "inline", "pipe_table", "atx_heading", "setext_heading", *_MASKED})


@dataclass(slots=True)
class _Markup:
    """The markup of one paragraph, in positions of its raw text."""

    cuts: list[Cut] = field(default_factory=list)
    """What its reader does not see."""
    letters: "list[_Letter]" = field(default_factory=list)
    """Entities: where they stand, and the letters they mean."""
    breaks: list[int] = field(default_factory=list)
    pictures: list[Cut] = field(default_factory=list)


_Letter = tuple[int, int, str]


def _together(cuts: Sequence[Cut], letters: "Sequence[_Letter]") -> list[_Letter]:
    """Return cuts and letters as replacements that do not overlap; what is cut away reads as nothing."""
    result: list[_Letter] = []
    reached = 0
    for start, end, text in sorted([*((*cut, "") for cut in cuts), *letters]):
        if start >= reached:
            result.append((start, end, text))
        elif end > reached:  # two cuts that overlap; a letter is cut away whole or not at all
            result.append((reached, end, ""))
        reached = max(reached, end)
    return result


def _label(label: str) -> str:
    """Return a link label in the form in which labels are compared."""
    return " ".join(label.split()).casefold()


def _gone(raw: str, start: int, end: int) -> Cut:
    """Return what to cut for something that leaves nothing behind: the space before it too, lest two spaces meet."""
    if raw[end : end + 1] in _CLOSING_SIGNS:
        while start > 0 and raw[start - 1] in " \t":
            start -= 1
    return start, end


def _italics(raw: str) -> Iterator[Cut]:
    """Yield what stands between tags that mean italics; one that nothing closes means none."""
    opened: tuple[str, int] | None = None
    for tag in _ITALIC_TAG.finditer(raw):
        closing, name = tag[1], tag[2].lower()
        if not closing:
            opened = opened or (name, tag.start())
        elif opened is not None and opened[0] == name:
            yield opened[1], tag.end()
            opened = None


def _is_heading(text: str) -> bool:
    return len(text) <= 120 and text[-1] not in _NO_HEADING_END


def _split(raw: str, pictures: list[Cut], kind: RegionKind) -> Iterator[tuple[Cut, RegionKind]]:
    """Yield the parts of a paragraph: a picture that has a line for itself is a caption, apart from its neighbours."""
    position = 0
    for start, end in sorted(pictures)[:_MAX_PICTURES]:
        before, after = raw[max(0, start - 80) : start].rstrip(" \t"), raw[end : end + 80].lstrip(" \t")
        if start < position or (before and before[-1] not in "\r\n") or (after and after[0] not in "\r\n"):
            continue
        if start > position:
            yield (position, start), kind
        yield (start, end), RegionKind.CAPTION
        position = end
    if position < len(raw):
        yield (position, len(raw)), kind
