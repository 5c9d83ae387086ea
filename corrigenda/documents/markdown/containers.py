"""What other kinds of Markdown add to CommonMark's blocks, in terms that its grammar knows.

MkDocs, MyST, Docusaurus, Hugo and JSX hold prose in blocks that CommonMark takes for code, or does not know. The
grammar is given the same text with their marks put otherwise, each character still at its own position: the body of
an admonition becomes a list item's, the line of a title a heading, and a line of nothing but tags or shortcodes an
empty one. What the grammar then calls a list or heading is told apart by where it stands.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from corrigenda.documents.markdown import tags
from corrigenda.documents.markdown.constructs import LONGEST
from corrigenda.documents.parts import RegionKind, Unread

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_LEAD = re.compile(r"(?:[ \t]*>)*[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*")
_ANY = re.compile(
    r"^\([\w:. -]{1,200}\)=|[!?]{3}|=== |:::|/// |[`~]{3,}\{|^[ ]{0,3}:[ \t]|\]:|<[/A-Za-z>]|\{\{|\{%|\{/\*",
    re.MULTILINE,
)
_TAG = re.compile(rb"<(?=/?[A-Za-z>])(?!/?(?:pre|script|style|textarea)\b)", re.IGNORECASE)

_MKDOCS = re.compile(
    r'(?:!!!|\?\?\?\+?)[ \t]+[\w-]+(?:[ \t]+[\w-]+)*(?:[ \t]+"([^\r\n]*)")?[ \t]*$|===[!+]?[ \t]+"([^\r\n]*)"[ \t]*$'
)
_PYMDOWN = re.compile(r"/{3,}[ \t]*(?:([\w-]+)[ \t]*(?:\|[ \t]*([^\r\n]*?))?)?[ \t]*$")
_FENCE = re.compile(r"(`{3,}|~{3,})([^\r\n]*)$")
_COLONS = re.compile(r"(:{3,})[ \t]*([^\r\n]*?)[ \t]*$")
_DIRECTIVE = re.compile(r"\{([A-Za-z][\w:.+-]*)\}[ \t]*([^\r\n]*?)[ \t]*$")
_NAMED = re.compile(
    r"(?:\{[^{}\r\n]*\}|[\w.:/-]+)?[ \t]*(?:\[([^\r\n]*)\](?:\{[^{}\r\n]*\})?|\{[^{}\r\n]*\}|([^\r\n]*?))[ \t:]*$"
)
_ATTRIBUTES = re.compile(r"[\w.-]+[ \t]+(?:[\w:-]+=(?:\"[^\"\r\n]*\"|[^\s\"]+)[ \t]*)+:*$")
_DESCRIPTION = re.compile(r"\b(?:alt|alt-text|caption)=\"([^\"\r\n]*)\"")
_OPTION = re.compile(r":([\w-]+):(?:[ \t]+([^\r\n]*?))?[ \t]*$")
_NOTE = re.compile(r"\[\^[^\]\s]{1,100}\]:(?=[ \t]+\S)")
_SHORTCODES = re.compile(
    r"(?:(?:\{\{[<%](?:[^{}]|\{[^{}]*\}){0,2000}?[%>]\}\}|\{%[^{}]{0,2000}?%\}|\{\{[^{}]{0,500}\}\})[ \t]*)+$",
    re.MULTILINE,
)
_SHORTCODE = re.compile(r"(\{\{[<%]|\{%-?)[ \t]*([\w/.-]+)")
_CLOSING = re.compile(r"\{\{[<%][ \t]*/[ \t]*([\w.-]+)|\{%-?[ \t]*end([\w.-]+)")

_PROSE = frozenset(
    "admonition attention aside caution card cell-output danger deprecated details dropdown epigraph error exercise "
    "figure figure-md glossary grid grid-item grid-item-card hint highlights important info list-table margin note "
    "proof pull-quote quote rubric seealso sidebar solution tab-item tab-set table theorem tip "
    "topic versionadded versionchanged versionremoved warning definition lemma example remark corollary prf:proof "
    "prf:theorem prf:definition prf:lemma prf:example prf:remark only container div abstract success question failure "
    "bug".split()
)
"""MyST's directives whose body is copy."""

_TITLED = _PROSE - frozenset("figure figure-md grid grid-item tab-set only container div".split())
"""Those whose argument is copy too."""

_COPY_OPTIONS = frozenset({"alt", "caption", "title", "attribution", "header", "footer"})

_CODE = frozenset(
    "altair bash bibliography bokeh code code-block code-cell contents csv-table d2 diagram doctest dot embed fortran "
    "goat graphviz highlight html iframe image index ipython js javascript julia jupyter-execute latex "
    "literalinclude literal-include math matplotlib mermaid mystnb node ojs perl plantuml plot program-output prompt "
    "python r rcpp ruby rust scala sh shell sourcecode sql stan tableofcontents testcode testoutput testsetup tikz "
    "toctree vega vega-lite video youtube".split()
)
"""Directives whose body is no copy, and languages of notebooks."""

_CODE_SHORTCODES = frozenset(
    "asciinema chart chem codeblock code-block comment highlight katex kroki latex markmap math mermaid plantuml "
    "prism raw-html script style".split()
)
_ROOM = 8
_SIGNS = "!?=:/`~[<{(+%"
"""What a line begins with that may hold a mark."""

_TARGET = re.compile(r"\([\w:. -]{1,200}\)=[ \t]*$")
_BREAK = re.compile(r"\+{3}(?:[ \t]+\{[^\r\n]*\})?[ \t]*$")
_MYST = re.compile(r"^(?:[`~]{3,}|:{3,})\{[A-Za-z]|^\([\w:.-]+\)=[ \t]*$|\{(?:ref|doc|term|cite)\}`", re.MULTILINE)


class Mark(NamedTuple):
    """A line that holds a mark and perhaps a title, `[start, end)`; the title's place is empty where there is none.

    `descriptions` are those of pictures in a line of tags.
    """

    start: int
    end: int
    title_start: int
    title_end: int
    descriptions: tuple[tuple[int, int], ...] = ()


class Structure(NamedTuple):
    """What the grammar is given, and what it cannot say."""

    source: str
    """The shadow, of the same length."""
    marks: Mapping[int, Mark]
    """By where the grammar sees a heading."""
    bodies: frozenset[int]
    """Where the grammar sees an item that is none: the body of an admonition, or a note."""
    definitions: frozenset[int]
    """Where an item is a definition."""
    notes: Mapping[int, int]
    """Where the words of a note begin for the grammar, and where the note begins."""
    tag_lines: frozenset[int]
    """Where lines of nothing but tags begin; the grammar sees empty ones."""
    regions: tuple[tuple[RegionKind, int, int], ...]
    unread: tuple[Unread, ...]
    """Directives whose body may be copy, and is not read."""


def read(text: str, shadow: str, *, mdx: bool = False) -> Structure:
    """Return the structure of a text.

    Args:
        text: The text.
        shadow: The text in ASCII, of the same length.
        mdx: Whether it is MDX, which has no comments of HTML.
    """
    if _ANY.search(text) is None and not (mdx and "<!--" in text):
        return Structure(shadow, {}, frozenset(), frozenset(), {}, frozenset(), (), ())
    scan = _Scan(text, shadow)
    scan.lines()
    source = _TAG.sub(b"x", bytes(scan.out))
    if mdx:
        source = source.replace(b"<!--", b"x!--")
    return Structure(
        source.decode("ascii"),
        scan.marks,
        frozenset(scan.bodies),
        frozenset(scan.definitions),
        scan.notes,
        frozenset(scan.tag_lines),
        tuple(scan.regions),
        tuple(scan.unread),
    )


class _Open(NamedTuple):
    """A fence that is open: of code, or of a directive with copy in it."""

    sign: str
    length: int
    indent: int
    body: int = -1
    """Where the body begins of a directive that is not read; -1 where it is code or read."""
    name: str = ""
    """What it is then."""


class _Scan:
    """Goes through the lines of one text once."""

    def __init__(self, text: str, shadow: str) -> None:
        self.text = text
        self.out = bytearray(shadow, "ascii")
        self.marks: dict[int, Mark] = {}
        self.bodies: set[int] = set()
        self.definitions: set[int] = set()
        self.notes: dict[int, int] = {}
        self.tag_lines: set[int] = set()
        self.regions: list[tuple[RegionKind, int, int]] = []
        self.unread: list[Unread] = []
        self.fence: _Open | None = None
        self.closing = ""
        self.closings: dict[str, int] | None = None
        self.directives: list[_Open] = []
        self.options = False
        self.yaml = False
        self.reached = 0
        self.copy_before = False
        self.myst = _MYST.search(text) is not None and not text.startswith("+++")
        self.budget = 4 * len(text) + 100_000

    def lines(self) -> None:
        """Go through all lines."""
        text = self.text
        for line in _LINE.finditer(text):
            start, end = line.span()
            while end > start and text[end - 1] in "\r\n":
                end -= 1
            lead = _LEAD.match(text, start, end)
            at = lead.end() if lead is not None else start
            if start < self.reached:
                continue
            if at == end:
                self.options = False
                continue
            if self.fence is not None:
                if not self._closes(self.fence, start, at, end):
                    continue
            elif self.options and self._option(at, end):
                continue
            elif text[at] in _SIGNS:
                self.options = False
                self._line(start, at, end)
            else:
                self.options = False
            self.copy_before = text[at] not in "#|"
        if self.fence is not None:
            self._ended(self.fence, len(text))

    def _line(self, start: int, at: int, end: int) -> None:
        """Take in a line that begins with a sign."""
        sign = self.text[at]
        if sign in "`~":
            self._fence(start, at, end)
        elif sign == ":":
            if self.text.startswith(":::", at):
                self._colons(start, at, end)
            elif self.copy_before and self.text[at + 1 : at + 2] in (" ", "\t") and self.text[at + 1 : end].strip():
                self.definitions.add(at)
                self.out[at : at + 1] = b"+"
        elif sign == "[":
            self._note(start, at, end)
        elif sign in "(+%":
            self._of_myst(sign, at, end)
        elif sign == "<":
            self._tags(start, at)
        elif sign == "{":
            self._braces(at)
        elif sign == "/":
            found = _PYMDOWN.match(self.text, at, end)
            if found is not None:
                self._mark(at, end, *found.span(2))
        else:
            found = _MKDOCS.match(self.text, at, end)
            if found is not None:
                self._body(at, end, *found.span(1 if found[1] is not None else 2))

    def _of_myst(self, sign: str, at: int, end: int) -> None:
        """Take in what MyST has on lines of their own: targets, breaks between blocks, and comments."""
        if not self.myst:
            return
        if sign == "%":
            self._blank(at, end, RegionKind.COMMENT)
        elif (_TARGET if sign == "(" else _BREAK).match(self.text, at, end) is not None:
            self._mark(at, end, end, end)

    def _closes(self, fence: _Open, start: int, at: int, end: int) -> bool:
        """Return whether a line ends the open fence and is itself no part of it."""
        text = self.text
        if self.closing:
            if any((found[1] or found[2]).lower() == self.closing for found in _CLOSING.finditer(text, at, end)):
                self.out[at:end] = b"~~~".ljust(end - at)
                self.fence, self.closing = None, ""
            return False
        if fence.indent >= 2 and at - start < fence.indent and not text.startswith(fence.sign * 3, at):
            self._ended(fence, start)
            self._line(start, at, end) if text[at] in _SIGNS else None
            return True
        run = len(text[at:end]) - len(text[at:end].lstrip(fence.sign))
        if run >= fence.length and not text[at + run : end].strip():
            if fence.sign == ":":
                self.out[at : at + run] = b"~" * run
            self._ended(fence, start)
        return False

    def _ended(self, fence: _Open, at: int) -> None:
        if fence.body >= 0:
            self.unread.append(Unread(fence.body, at, f"the directive {{{fence.name}}}"))
        self.fence = None

    def _fence(self, start: int, at: int, end: int) -> None:
        found = _FENCE.match(self.text, at, end)
        if found is None:
            return
        sign, length = found[1][0], len(found[1])
        if sign == "`" and "`" in found[2]:
            return
        info = found[2].strip()
        if not info and self.directives and self._closes_directive(sign, length):
            self._mark(at, end, end, end)
            return
        directive = _DIRECTIVE.match(found[2].strip())
        name = directive[1].lower() if directive is not None else ""
        if directive is not None and name in _PROSE:
            offset = self.text.index(found[2].strip(), found.start(2))
            self._directive(_Open(sign, length, at - start), name, at, end, *_moved(directive.span(2), offset))
            return
        self.fence = _Open(sign, length, at - start, _body_of(name, end), name)

    def _closes_directive(self, sign: str, length: int) -> bool:
        top = self.directives[-1]
        if top.sign != sign or length < top.length:
            return False
        self.directives.pop()
        return True

    def _directive(self, opened: _Open, name: str, at: int, end: int, title_start: int, title_end: int) -> None:
        if opened.sign != ":":
            self.directives.append(opened)
        self.options = True
        if name in _TITLED:
            self._mark(at, end, title_start, title_end)
        else:
            self._mark(at, end, end, end)

    def _colons(self, start: int, at: int, end: int) -> None:
        found = _COLONS.match(self.text, at, end)
        if found is None:
            return
        length = len(found[1])
        directive = _DIRECTIVE.match(found[2])
        if directive is not None:
            name = directive[1].lower()
            if name in _PROSE:
                self._directive(
                    _Open(":", length, at - start), name, at, end, *_moved(directive.span(2), found.start(2))
                )
                return
            self.out[at : at + length] = b"~" * length
            self.fence = _Open(":", length, at - start, _body_of(name, end), name)
            return
        if _ATTRIBUTES.match(found[2]) is not None:
            self._attributes(at, end)
            return
        named = _NAMED.match(found[2])
        if named is None:
            self._mark(at, end, end, end)
            return
        title = named.span(1) if named[1] is not None else named.span(2)
        self._mark(at, end, *_moved(title, found.start(2)))

    def _attributes(self, at: int, end: int) -> None:
        """Take in a mark with attributes: of them only the description of a picture is copy."""
        spans = tuple(found.span(1) for found in _DESCRIPTION.finditer(self.text, at, end) if " " in found[1].strip())
        reached = at
        for span in spans:
            self.regions += ((RegionKind.CODE, reached, span[0]), (RegionKind.IMAGE, *span))
            reached = span[1]
        self.regions.append((RegionKind.CODE, reached, end))
        self._end_block(at, end, spans)

    def _option(self, at: int, end: int) -> bool:
        """Take in a line of a directive's options; return whether it is one."""
        text = self.text
        if text[at:end].strip() == "---":
            self.yaml = not self.yaml
            self.options = self.yaml or not self.options
            self._blank(at, end)
            return True
        if self.yaml:
            self._blank(at, end)
            return True
        found = _OPTION.match(text, at, end)
        if found is None:
            return False
        if found[2] and found[1].lower() in _COPY_OPTIONS:
            self._mark(at, end, *found.span(2))
        else:
            self._blank(at, end)
        return True

    def _mark(self, at: int, end: int, title_start: int, title_end: int) -> None:
        """Make a heading of a line with a title, or of one without."""
        if not self.text[title_start:title_end].strip():
            title_start = title_end = end
        self._heading(at, at, end, title_start, title_end)

    def _heading(self, start: int, at: int, end: int, title_start: int, title_end: int) -> None:
        self.out[at:end] = b"# ".ljust(end - at, b"x")[: end - at]
        if title_end <= title_start:
            title_start = title_end = end
        self.marks[at] = Mark(start, end, title_start, title_end)

    def _end_block(self, at: int, end: int, descriptions: tuple[tuple[int, int], ...] = ()) -> None:
        """Make a stretch that reads as nothing a heading of nothing: whatever stands above it ends there."""
        self.out[at:end] = b"# ".ljust(end - at, b"x")[: end - at]
        self.marks[at] = Mark(at, at, at, at, descriptions)

    def _body(self, at: int, end: int, title_start: int, title_end: int) -> None:
        """Make a list item of an admonition of MkDocs: its body is what is indented by four."""
        self.bodies.add(at)
        self.out[at : at + 4] = b"+   "
        if end - at > 4:
            self._heading(at, at + 4, end, title_start, title_end)

    def _note(self, start: int, at: int, end: int) -> None:
        """Make a list item of a footnote that has more than one paragraph."""
        found = _NOTE.match(self.text, at, end)
        if found is None or not self._goes_on(end, at - start):
            return
        self.bodies.add(at)
        self.out[at : at + 4] = b"+   "
        self.out[at + 4 : found.end()] = b"x" * (found.end() - at - 4)
        self.notes[at + 4] = at

    def _goes_on(self, end: int, indent: int) -> bool:
        """Return whether indented lines follow an empty one after the paragraph that a line begins."""
        text, empty = self.text, False
        for number, line in enumerate(_LINE.finditer(text, end)):
            words = line[0].strip()
            if number == 0:
                continue
            if not words:
                if empty or line.start() == line.end() or number > _ROOM:
                    return False
                empty = True
            elif empty:
                return line[0].startswith((" " * (indent + 4), "\t"))
            elif number > _ROOM:
                return False
        return False

    def _tags(self, start: int, at: int) -> None:
        """Take in a line that begins with a tag; where only tags stand there, the grammar sees an empty one."""
        text, position = self.text, at
        found: list[tags.Tag] = []
        while self.budget > 0:
            tag = tags.scan(text, position)
            self.budget -= (tag.end - position) if tag else min(LONGEST, len(text) - position)
            if tag is None or tag.name in tags.RAW:
                return
            found.append(tag)
            position = tag.end
            if "\n" in text[tag.start : tag.end]:
                # Its last line may hold nothing but what would begin a quotation.
                self.out[tag.start : tag.end] = b"x" * (tag.end - tag.start)
                self.reached = tag.end
            while position < len(text) and text[position] in " \t":
                position += 1
            if position >= len(text) or text[position] in "\r\n":
                break
            if text[position] != "<":
                return
        if all(tag.name in tags.INLINE for tag in found):
            return
        if found[-1].name in tags.HOLDING and not found[-1].closing:
            return  # its words begin on the next line: one paragraph with it
        descriptions: list[tuple[int, int]] = []
        for tag in found:
            reached = tag.start
            for span in tags.descriptions(text, tag):
                descriptions.append(span)
                self.regions += ((RegionKind.HTML, reached, span[0]), (RegionKind.IMAGE, *span))
                reached = span[1]
            self.regions.append((RegionKind.HTML, reached, tag.end))
        self._end_block(at, position, tuple(descriptions))
        self.tag_lines.add(start)
        self.reached = position

    def _braces(self, at: int) -> None:
        """Take in a line that begins with a shortcode, or with a comment of JSX that runs over lines."""
        text = self.text
        if text.startswith("{/*", at):
            last = text.find("*/}", at, at + 20_000)
            if last >= 0 and "\n" in text[at:last]:
                self._blank(at, last + 3, RegionKind.COMMENT)
                self.reached = last + 3
            return
        found = _SHORTCODES.match(text, at)
        if found is None or "\n\n" in found[0]:
            return
        end = found.end()
        name = _SHORTCODE.match(text, at)
        if name is not None and name[2].lower() in _CODE_SHORTCODES and self._is_closed(name[2], end):
            self.out[at:end] = b"~~~".ljust(end - at, b"x")
            self.fence, self.closing = _Open("~", 3, 0), name[2].lower()
        elif name is None or self._is_closed(name[2], end) or not self._in_paragraph(at, end):
            self._end_block(at, end)
            self.regions.append((RegionKind.CODE, at, end))
        self.reached = end

    def _in_paragraph(self, at: int, end: int) -> bool:
        """Return whether lines of words stand right above and below what has a line for itself."""
        above = self.text[max(0, at - 80) : at].rstrip(" \t")[:-1].rstrip(" \t")
        below = self.text[end : end + 80].lstrip(" \t\r")[1:].lstrip(" \t")
        return above[-1:].isalnum() and below[:1].isalnum()

    def _is_closed(self, name: str, end: int) -> bool:
        """Return whether a shortcode is closed after a position."""
        if self.closings is None:
            self.closings = {}
            for found in _CLOSING.finditer(self.text):
                self.closings[(found[1] or found[2]).lower()] = found.start()
        return self.closings.get(name.lower(), -1) >= end

    def _blank(self, start: int, end: int, kind: RegionKind | None = RegionKind.CODE) -> None:
        """Show the grammar nothing of a stretch but its line ends; add its region, where it is of a kind."""
        self.out[start:end] = bytes(code if code in b"\r\n" else 32 for code in self.out[start:end])
        if kind is not None and end > start:
            self.regions.append((kind, start, end))


def _body_of(name: str, end: int) -> int:
    """Return where the body of a directive begins that may be copy; -1 where it is code."""
    code = not name or name in _CODE or name.startswith(("auto", "tableof")) or "." in name or ":" in name
    return -1 if code else end


def _moved(span: tuple[int, int], offset: int) -> tuple[int, int]:
    return span[0] + offset, span[1] + offset
