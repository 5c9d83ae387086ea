"""What stands in a paragraph: emphasis, code, links, pictures, tags, entities and templates."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Generic, TypeVar

from corrigenda.documents import captions, characters, views
from corrigenda.documents.markdown import tags
from corrigenda.documents.markdown.constructs import Construct
from corrigenda.documents.markdown.constructs import find as find_constructs
from corrigenda.documents.markdown.source import SPACE, parser, shadow
from corrigenda.documents.markdown.tags import Tag
from corrigenda.documents.parts import Block, Region, RegionKind, View

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_MARKS = 1_000
"""Most emphasis marks and brackets that one paragraph may have for them to be read as markup; beyond, they are text."""

_BUDGET = 20_000_000
"""Bound on the sum of the squares of the paragraphs' marks, which the inline grammar's time grows with: about a second.
"""

_MAX_PICTURES = 50
_MAX_DEFINITIONS = 50
_TICKS = re.compile(r"`+")
_MAX_TICKS = 12
_INLINE = re.compile(r"[*_`\[\]<&\\~{!$%]|\+\+\+")
_MARKS = re.compile(r"[*_~\[\]]")
# A single tilde is "about", and a dollar is money: neither is markup in copy.
_NOT_MARKUP = re.compile(r"(?<!~)~(?!~)|\$")
# Stars that stand alone open and close nothing; the grammar takes some for the end of what stands before.
_ALONE = re.compile(r"(?<!\S)[*_]{1,3}(?!\S)")
# Nor does a second pair close anything after a space.
_UNCLOSED = re.compile(r"[^*]*(\*\*)[^\s*][^*]* (\*\*)[^*]*")
_DEFINES = re.compile(r"^[ ]{0,3}:[ \t]+", re.MULTILINE)
FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,100}\]:[ \t]*")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ITALIC_TAG = re.compile(r"<(/?)(i|em|cite|dfn)\b[^<>]*>", re.IGNORECASE)
_ENTITY_AGAIN = re.compile(r"&amp;(?:amp;)*#?\w{2,8};", re.IGNORECASE)
_TRANSLATION_TAG = re.compile(
    r"</?(?:x|g|bx|ex|ph|bpt|ept|it)(?:\s+(?:id|ctype|equiv-text|pos|x)=[\"'][^\"'<>]*[\"'])+\s*/?>"
)
_NO_HEADING_END = frozenset(".,;:!?…")

_CLOSING_SIGNS = (" ", "\t", "", ".", ",", ";", ":", "!", "?", ")", "\n", "\r")

Cut = tuple[int, int]


class Paragraphs:
    """Takes in the paragraphs of one document: collects its blocks, and the regions in them."""

    def __init__(self, length: int, *, mdx: bool = False) -> None:
        self.mdx = mdx
        self.blocks: list[Block] = []
        self.regions: list[Region] = []
        self.labels: frozenset[str] = frozenset()
        """What the text's link definitions define."""
        self.budget = _BUDGET + 2 * length

    def take(self, view: View, kind: RegionKind) -> None:
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
        if ":" in raw and kind is not RegionKind.HEADING:
            found.cuts += (mark.span() for mark in _DEFINES.finditer(raw))
            parts = [piece for part in parts for piece in _defined(raw, part)]
        if found.walls:
            found.walls.sort()
            parts = [
                ((part.start, part.end), part.kind)
                for (start, end), own in parts
                for part in tags.parted(raw, found.walls, start, end, own)
            ]
        if len(parts) == 1:
            self._block(view, found.cuts, found.letters, parts[0][1])
            return
        cuts, letters = _Within(found.cuts), _Within(found.letters)
        for (start, end), own in parts:
            self._block(
                views.keep(view, [(start, end)]),
                [(max(cut[0], start) - start, min(cut[1], end) - start) for cut in cuts.of(start, end)],
                [(first - start, last - start, text) for first, last, text in letters.of(start, end)],
                own,
            )

    def _block(self, view: View, cuts: list[Cut], letters: "list[_Letter]", kind: RegionKind) -> None:
        if letters:
            seen = views.replaced(view, _together(cuts, letters))
        else:
            seen = views.without(view, cuts) if cuts else view
        seen = views.tidy(characters.as_read(seen))
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
        note = FOOTNOTE.match(raw)
        if note is not None:
            found.cuts.append(note.span())
            self._region(RegionKind.LINK_TARGET, view, *note.span())
        source = _NOT_MARKUP.sub("%", shadow(raw).replace("\0", "x"))
        source = _ALONE.sub(_signs, source)
        if _UNCLOSED.fullmatch(source) is not None:
            source = source.replace("*", "%")
        constructs = find_constructs(raw, mdx=self.mdx)
        for construct in constructs:
            self._construct(construct, view, found)
        source = _hidden(source, constructs)
        if "`" in source and len(set(map(len, _TICKS.findall(source)))) > _MAX_TICKS:
            source = source.replace("`", "%")  # each length is looked for to the end, once for each
        marks = len(_MARKS.findall(source))
        self.budget -= marks * marks
        if marks > MAX_MARKS or self.budget < 0:
            source = _MARKS.sub("%", source)
        if "<" not in source and "](" not in source:
            source = SPACE.sub("x", source)
        stack = [parser(1).parse(source.encode("ascii")).root_node]
        while stack:
            node = stack.pop()
            stack += self._element(node, view, found)
        if "</" in raw:
            for start, end in _italics(raw):
                self._region(RegionKind.EMPHASIS, view, start, end)
        if found.tags:
            for start, end, seen in tags.codes(raw, sorted(found.tags)):
                self._region(RegionKind.CODE, view, start, end)
                if not seen:
                    found.cuts.append((start, end))

    def _tag(self, tag: tags.Tag, view: View, found: "_Markup") -> None:
        """Take in a tag: a reader sees nothing of it but the description of a picture."""
        raw = view.text
        found.tags.append(tag)
        if not tags.stands_apart(raw, tag):
            found.cuts.append(_gone(raw, tag.start, tag.end))
            self._region(RegionKind.HTML, view, tag.start, tag.end)
            return
        found.walls.append(tag)
        position = tag.start
        for start, end in tags.descriptions(raw, tag):
            self._region(RegionKind.IMAGE, view, start, end)
            self._region(RegionKind.HTML, view, position, start)
            found.cuts.append((position, start))
            position = end
        self._region(RegionKind.HTML, view, position, tag.end)
        found.cuts.append((position, tag.end))

    def _construct(self, construct: Construct, view: View, found: "_Markup") -> None:
        """Mask what a program reads; what a reader sees of it stays in the view."""
        start, end, kind, shown, words = construct
        tag = tags.scan(view.text, start) if kind is RegionKind.HTML else None
        if tag is not None and tag.end == end:
            self._tag(tag, view, found)
            return
        if shown is None:
            found.cuts.append(_gone(view.text, start, end))
            self._region(kind, view, start, end)
            return
        first, last = shown
        found.cuts += ((start, first), (last, end))
        self._region(kind, view, start, first)
        self._region(words or kind, view, first, last)
        self._region(kind, view, last, end)

    def _element(self, node: "Node", view: View, found: "_Markup") -> Sequence["Node"]:
        """Take in one inline element; return the nodes in it that are to be looked at."""
        name = node.type
        start, end = node.start_byte, node.end_byte
        raw = view.text
        if name == "strikethrough":
            found.cuts.append(_gone(raw, start, end))
            self._region(RegionKind.STRUCK, view, start, end)
            return ()
        if name in ("emphasis", "strong_emphasis"):
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
        if name == "html_tag" and _TRANSLATION_TAG.fullmatch(raw, start, end):
            return ()  # no element of a page: a translation file's tag, which stands there as text
        if name == "html_tag":
            tag = tags.scan(raw, start)
            if tag is not None and tag.end == end and tag.name != "br":
                self._tag(tag, view, found)
                return ()
            comment = raw.startswith("<!--", start) and not self.mdx
            self._region(RegionKind.COMMENT if comment else RegionKind.HTML, view, start, end)
            if _BREAK.fullmatch(raw, start, end):
                found.breaks.append(start)
                found.cuts.append((start + 1, end))
            else:
                found.cuts.append(_gone(raw, start, end))
            return ()
        if name in ("entity_reference", "numeric_character_reference"):
            if _ENTITY_AGAIN.match(raw, start):
                # What its reader sees is code again ("&quot;" of "&amp;quot;"): copy, and nothing to leave alone.
                found.letters.append((start, end, "&"))
                return ()
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
        if plain_label(name) in self.labels:
            cuts += ((start, words.start_byte), (words.end_byte, end))
            if label is not None:
                self._region(RegionKind.LINK_TARGET, view, label.start_byte, label.end_byte)
            if where[0] == words.start_byte:
                self._region(RegionKind.LABEL, view, words.start_byte, words.end_byte)
        return (words,)

    def _region(self, kind: RegionKind, view: View, start: int, end: int) -> None:
        if end > start:
            span = view.to_document(start, end)
            self.regions.append(Region(kind, span.start, span.end))


@dataclass(slots=True)
class _Markup:
    """The markup of one paragraph, in positions of its raw text."""

    cuts: list[Cut] = field(default_factory=list)
    """What its reader does not see."""
    letters: "list[_Letter]" = field(default_factory=list)
    """Entities: where they stand, and the letters they mean."""
    breaks: list[int] = field(default_factory=list)
    pictures: list[Cut] = field(default_factory=list)
    walls: list[Tag] = field(default_factory=list)
    """Tags that part the text."""
    tags: list[Tag] = field(default_factory=list)


_Letter = tuple[int, int, str]
_Place = TypeVar("_Place", Cut, _Letter)


class _Within(Generic[_Place]):
    """Tells what lies in one stretch after another of a paragraph, without looking at all of it for each."""

    def __init__(self, places: Iterable[_Place]) -> None:
        self.places: list[_Place] = sorted(places)
        self.passed = 0

    def of(self, start: int, end: int) -> Iterator[_Place]:
        """Yield the places that share something with a stretch; stretches are asked for in ascending order."""
        while self.passed < len(self.places) and self.places[self.passed][1] <= start:
            self.passed += 1
        for place in islice(self.places, self.passed, None):
            if place[0] >= end:
                return
            if place[1] > start:
                yield place


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


def _hidden(source: str, constructs: Sequence[Construct]) -> str:
    """Return a paragraph's shadow in which constructs are letters: nothing in them is markup."""
    pieces: list[str] = []
    reached = 0
    for construct in constructs:
        pieces += (source[reached : construct.start], "x" * (construct.end - construct.start))
        reached = construct.end
    return "".join((*pieces, source[reached:]))


def plain_label(label: str) -> str:
    """Return a link label in the form in which labels are compared."""
    return " ".join(label.split()).casefold()


def _signs(found: "re.Match[str]") -> str:
    return "%" * len(found[0])


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


def _defined(raw: str, part: tuple[Cut, RegionKind]) -> Iterator[tuple[Cut, RegionKind]]:
    """Yield the parts of a part: a term and each of its definitions, which begin with a colon on a line."""
    (start, end), kind = part
    for mark in islice(_DEFINES.finditer(raw, start, end), _MAX_DEFINITIONS):
        if mark.start() > start:
            yield (start, mark.start()), kind
            start = mark.start()
    yield (start, end), kind


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
