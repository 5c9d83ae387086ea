"""The blocks of an AsciiDoc text: header, sections, paragraphs, lists, tables, and what stands between delimiters."""

import re

from corrigenda.documents import views
from corrigenda.documents.asciidoc.inline import find
from corrigenda.documents.markup.lines import Lines
from corrigenda.documents.markup.paragraphs import Paragraphs
from corrigenda.documents.parts import RegionKind

_SECTION = re.compile(r"(?:={1,6}|#{1,6})[ \t]+(?=\S)")
_UNDERLINE = re.compile(r"(=|-|~|\^|\+)\1+$")
_ATTRIBUTE = re.compile(r":(!?[\w][\w-]*!?):(?:[ \t]+|$)")
_LIST = re.compile(
    r"(?:\*{1,6}|-|\.{1,6}|\d{1,9}\.|[A-Za-z]\.|[ivxIVX]{1,8}\)|<(?:\d{1,3}|\.)>)[ \t]+(?=\S)(?:\[[ xX*]\][ \t]+)?"
)
_TERM = re.compile(r"(?!//)(\S.*?|)(?<!:)(:{2,4}|;;)(?:[ \t]+|$)")
_ATTRIBUTES = re.compile(r"\[(?:[\w ,.#%\"'*=+:;/{}()<>|!?&@$~^\\-]|[^\x00-\x7f])*\]$|\[\[[^\[\]]*\]\]$")
_TITLE = re.compile(r"\.(?![ \t.])")
_MACRO = re.compile(r"([a-z_][\w-]*)::(\S*?)\[(.*)\]$")
_ADMONITION = re.compile(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+(?=\S)")
_VERBATIM = re.compile(r"(-{4,}|\.{4,}|\+{4,}|/{4,})$|(`{3,}|~{3,})[\w,+-]*$")
_COMPOUND = re.compile(r"={4,}$|\*{4,}$|_{4,}$|--$|\"\"$")
_TABLE = re.compile(r"[|,:!]={3,}$")
_BREAK = re.compile(r"'{3,}$|<{3,}$|-( ?)-\1-$|\*( ?)\*\2\*$")
_CELL = re.compile(
    r"(?<![^\s|])(?:\d+(?:\.\d+)?[*+]|\.\d+\+)?(?:[<^>](?:\.[<^>])?|\.[<^>])?[adehlmsv]?(?<!\\)\||(?<!\\)\|"
)
_REVISION = re.compile(r"v?\d|rev|\{|[A-Z][\w-]*(?: [A-Z][\w.'-]*){0,3}(?: <|;|$)")
_ALT = re.compile(r'"([^"]*)"|([^,="\]]+)(?=,|$)')
_NAMED = re.compile(r'\b(?:alt|title|caption)="([^"]*)"|\b(?:alt|title|caption)=([^,"\]]+)')
_QUOTE = re.compile(r">[ \t]?")

_CODE_STYLES = frozenset(
    "source listing literal stem latexmath asciimath pass plantuml mermaid graphviz ditaa comment diagram blockdiag "
    "ditaa vega bytefield svgbob".split()
)
_PROSE_ATTRIBUTES = frozenset({"description", "summary", "subtitle", "doctitle", "abstract"})
_CONDITIONS = frozenset({"ifdef", "ifndef", "ifeval", "endif"})


class Blocks:
    """Goes through the lines of one text once."""

    def __init__(self, text: str, paragraphs: Paragraphs) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.lines = Lines(text)
        self.number = 0
        self.style = ""
        """What the attributes above the next block say of it."""
        self.around: list[tuple[str, RegionKind, int]] = []
        """Blocks that are open: the line that closes them, what is in them, where they began."""
        self.in_list = False
        self.missing: set[str] = set()
        """Delimiters that do not occur any more."""

    def read(self) -> None:
        """Take in the whole text."""
        lines = self.lines
        self._header()
        while self.number < lines.count:
            if lines.blank(self.number):
                self.number += 1
                continue
            self._block()
        while self.around:
            self._close(lines.ends[-1])

    @property
    def kind(self) -> RegionKind:
        """What the next paragraph stands in."""
        return self.around[-1][1] if self.around else RegionKind.PROSE

    def _header(self) -> None:
        """Take in the title of the document, and mask what says who wrote it and when."""
        lines, text = self.lines, self.text
        number = 0
        while number < lines.count and (lines.blank(number) or text[lines.words[number]] in ":/"):
            self.number = number
            if lines.blank(number):
                number += 1
            elif self._comment_line() or self._attribute():
                number = self.number
            else:
                break
        self.number = number
        if number >= lines.count or not _SECTION.match(text, lines.words[number], lines.ends[number]):
            return
        self._heading()
        line = self.number
        for _ in range(2):  # authors, and the revision
            if (
                line < lines.count
                and not lines.blank(line)
                and _REVISION.match(text, lines.words[line], lines.ends[line])
            ):
                self.paragraphs.region(RegionKind.FRONT_MATTER, lines.words[line], lines.ends[line])
                line += 1
                self.number = line

    def _block(self) -> None:
        """Take in what begins at the line."""
        lines, text, number = self.lines, self.text, self.number
        start, end = lines.words[number], lines.ends[number]
        sign = text[start]
        indented = lines.columns[number] > 0
        if not indented and sign.isalnum():
            if self._underlined() or self._macro() or self._listed():
                return
            self._paragraph(start)
            return
        if indented:
            if self._listed():
                return
            self._literal()
            return
        if sign == "/" and self._comment_line():
            return
        if sign == ":" and self._attribute():
            return
        if sign == "[" and _ATTRIBUTES.match(text, start, end):
            self._attributes(start, end)
            return
        if sign == "." and _TITLE.match(text, start, end) and end - start > 1:
            self.paragraphs.region(RegionKind.HTML, start, start + 1)
            self._take([(start + 1, end)], RegionKind.CAPTION if self._is_captioned() else RegionKind.HEADING)
            self.number += 1
            return
        if sign in "=#" and _SECTION.match(text, start, end):
            self._heading()
            return
        if self._delimited(start, end) or self._underlined() or self._macro() or self._listed():
            return
        if sign == "+" and end - start == 1:
            self.paragraphs.region(RegionKind.CODE, start, end)
            self.number += 1
            return
        if _BREAK.fullmatch(text, start, end):
            self.paragraphs.region(RegionKind.CODE, start, end)
            self.number += 1
            return
        self._paragraph(start)

    def _is_captioned(self) -> bool:
        """Return whether the title on this line stands above a picture, a table or a listing."""
        lines, text = self.lines, self.text
        for number in range(self.number + 1, min(lines.count, self.number + 8)):
            start, end = lines.words[number], lines.ends[number]
            if not lines.blank(number) and not _ATTRIBUTES.match(text, start, end):
                said = lines.said(number)
                return bool(said.startswith(("image::", "video::")) or _TABLE.match(said) or _VERBATIM.fullmatch(said))
        return False

    # --- lines by themselves ---

    def _comment_line(self) -> bool:
        lines, text, number = self.lines, self.text, self.number
        start, end = lines.words[number], lines.ends[number]
        if not text.startswith("//", start) or text.startswith("///", start):
            return False
        self.paragraphs.comment(start, end, text[start + 2 : end])
        self.number += 1
        return True

    def _attribute(self) -> bool:
        lines, text, number = self.lines, self.text, self.number
        found = _ATTRIBUTE.match(text, lines.words[number], lines.ends[number])
        if found is None:
            return False
        last = number
        while last + 1 < lines.count and text.endswith(" \\", found.start(), lines.ends[last]):
            last += 1
        end = lines.ends[last]
        if found[1].lower() in _PROSE_ATTRIBUTES and found.end() < end:
            self.paragraphs.region(RegionKind.FRONT_MATTER, found.start(), found.end())
            spans = [(found.end() if n == number else lines.words[n], lines.ends[n]) for n in range(number, last + 1)]
            spans = [(a, b - 2 if text.endswith(" \\", a, b) else b) for a, b in spans]
            self._take(spans, RegionKind.PROSE)
        else:
            self.paragraphs.region(RegionKind.FRONT_MATTER, found.start(), end)
        self.number = last + 1
        return True

    def _attributes(self, start: int, end: int) -> None:
        """Take in a line of attributes."""
        said = self.text[start + 1 : end - 1]
        if not said.startswith("["):
            style = (
                said.partition(",")[0]
                .partition("#")[0]
                .partition(".")[0]
                .partition("%")[0]
                .strip()
                .strip("\"'")
                .lower()
            )
            if style and "=" not in style:
                self.style = style
        self.paragraphs.region(RegionKind.CODE, start, end)
        self.number += 1

    def _heading(self) -> None:
        lines, number = self.lines, self.number
        found = _SECTION.match(self.text, lines.words[number], lines.ends[number])
        assert found is not None
        self.paragraphs.region(RegionKind.HTML, found.start(), found.start() + len(found[0].rstrip()))
        self._take([(found.end(), lines.ends[number])], RegionKind.HEADING)
        self.number += 1
        self.in_list, self.style = False, ""

    def _underlined(self) -> bool:
        """Take in a title that a line of signs underlines."""
        lines, text, number = self.lines, self.text, self.number
        if number + 1 >= lines.count or lines.blank(number + 1) or lines.columns[number + 1]:
            return False
        start, end = lines.words[number + 1], lines.ends[number + 1]
        length = lines.ends[number] - lines.words[number]
        if abs(length - (end - start)) > 1 or not _UNDERLINE.fullmatch(text, start, end):
            return False
        if not any(map(str.isalnum, lines.said(number))) or text[lines.words[number]] in "|[.":
            return False
        self._take([(lines.words[number], lines.ends[number])], RegionKind.HEADING)
        self.paragraphs.region(RegionKind.CODE, start, end)
        self.number += 2
        self.in_list, self.style = False, ""
        return True

    def _macro(self) -> bool:
        """Take in a macro that has a line for itself: of a picture the description is copy."""
        lines, text, number = self.lines, self.text, self.number
        start, end = lines.words[number], lines.ends[number]
        found = _MACRO.fullmatch(text, start, end) if text[end - 1] == "]" else None
        if found is None:
            return False
        spans: list[tuple[int, int]] = []
        if found[1] in ("image", "video", "audio"):
            first = _ALT.match(text, found.start(3), found.end(3))
            if first is not None and found[1] == "image":
                spans.append(first.span(1) if first[1] is not None else first.span(2))
            named = _NAMED.finditer(text, found.start(3), found.end(3))
            spans += (one.span(1) if one[1] is not None else one.span(2) for one in named)
        reached = start
        for first_at, last_at in sorted(spans):
            if first_at < reached or last_at <= first_at:
                continue
            self.paragraphs.region(RegionKind.CODE, reached, first_at)
            self.paragraphs.region(RegionKind.IMAGE, first_at, last_at)
            self._take([(first_at, last_at)], RegionKind.CAPTION)
            reached = last_at
        self.paragraphs.region(RegionKind.CODE, reached, end)
        self.number += 1
        return True

    # --- blocks between delimiters ---

    def _delimited(self, start: int, end: int) -> bool:
        """Take in a line that opens or closes a block."""
        text = self.text
        style, line = self.style, text[start:end]
        verbatim = _VERBATIM.fullmatch(text, start, end)
        if verbatim is None and _COMPOUND.fullmatch(text, start, end):
            opened = next((n for n in range(len(self.around) - 1, -1, -1) if self.around[n][0] == line), -1)
            if opened >= 0:
                while len(self.around) > opened:
                    self._close(end)
                self.paragraphs.region(RegionKind.CODE, start, end)
                self.number += 1
                self.style = ""
                return True
            if style in _CODE_STYLES:
                self._verbatim(line, start)
                return True
            self.paragraphs.region(RegionKind.CODE, start, end)
            kind = RegionKind.QUOTATION if line[0] in '_"' or style in ("quote", "verse") else self.kind
            if len(self.around) < 50:
                self.around.append((line, kind, start))
            self.number += 1
            self.in_list, self.style = False, ""
            return True
        if verbatim is not None:
            closing = line if verbatim[1] else verbatim[2]
            if style in ("quote", "verse", "abstract") and line[0] in "-.":
                closing = line
            self._verbatim(closing, start)
            return True
        if _TABLE.fullmatch(text, start, end):
            self._table(line, start)
            return True
        return False

    def _verbatim(self, closing: str, start: int) -> None:
        """Mask a block up to the line that closes it."""
        lines = self.lines
        last = self._closing(closing)
        end = lines.ends[last]
        if closing.startswith("////"):
            self.paragraphs.comment(start, end, self.text[lines.ends[self.number] : lines.starts[last]])
        else:
            self.paragraphs.region(RegionKind.CODE, start, end)
        self.number = last + 1
        self.style = ""

    def _closing(self, closing: str) -> int:
        """Return the line that closes a block, the last one where none does."""
        lines = self.lines
        if closing not in self.missing:
            for number in range(self.number + 1, lines.count):
                if lines.ends[number] - lines.starts[number] == len(closing) and lines.said(number) == closing:
                    return number
            self.missing.add(closing)
        return lines.count - 1

    def _close(self, end: int) -> None:
        _, kind, start = self.around.pop()
        if kind is RegionKind.QUOTATION:
            self.paragraphs.region(kind, start, end)

    def _table(self, line: str, start: int) -> None:
        """Take in the cells of a table."""
        lines, text = self.lines, self.text
        last = self._closing(line)
        self.paragraphs.region(RegionKind.TABLE, start, lines.ends[last])
        sign = line[0]
        cell: list[tuple[int, int]] = []
        for number in range(self.number + 1, last):
            begin, end = lines.words[number], lines.ends[number]
            if lines.blank(number):
                self._take(cell, RegionKind.TABLE)
                cell = []
                continue
            if text.startswith("//", begin):
                self.paragraphs.comment(begin, end, text[begin + 2 : end])
                continue
            reached = begin
            for found in (
                _CELL.finditer(text, begin, end) if sign == "|" else re.finditer(re.escape(sign), text[begin:end])
            ):
                first, after = found.span() if sign == "|" else (begin + found.start(), begin + found.end())
                if text[reached:first].strip():
                    cell.append((reached, first))
                self._take(cell, RegionKind.TABLE)
                cell = []
                reached = after
            if text[reached:end].strip():
                cell.append((reached, end))
        self._take(cell, RegionKind.TABLE)
        self.number = last + 1
        self.style = ""

    # --- paragraphs and lists ---

    def _listed(self) -> bool:
        """Take in an item of a list, or a term and what is said of it."""
        lines, text, number = self.lines, self.text, self.number
        start, end = lines.words[number], lines.ends[number]
        item = _LIST.match(text, start, end)
        if item is not None:
            self.paragraphs.region(RegionKind.LIST, start, self._paragraph(item.end(), RegionKind.LIST))
            self.in_list = True
            return True
        if ":" not in text[start:end] and ";;" not in text[start:end]:
            return False
        term = _TERM.match(text, start, end)
        if term is None or term.end(1) == start:
            return False
        self._take([(start, term.end(1))], RegionKind.LIST)
        self.paragraphs.region(RegionKind.CODE, term.end(1), term.end(2))
        self.in_list = True
        if term.end() < end:
            self._paragraph(term.end(), RegionKind.LIST)
            return True
        self.number += 1
        following = lines.skip_blank(self.number, lines.count)
        if following < lines.count and lines.columns[following] and not self._starts(following):
            self.number = following
            self._paragraph(lines.words[following], RegionKind.LIST)
        return True

    def _starts(self, number: int) -> bool:
        """Return whether a line begins a block of its own, and ends the paragraph before it."""
        lines, text = self.lines, self.text
        start, end = lines.words[number], lines.ends[number]
        sign = text[start]
        if sign in '-.`~/+=*_|,:!"' and (
            _VERBATIM.fullmatch(text, start, end)
            or _COMPOUND.fullmatch(text, start, end)
            or _TABLE.fullmatch(text, start, end)
        ):
            return True
        return sign == "[" and text[end - 1] == "]" and _ATTRIBUTES.match(text, start, end) is not None

    def _paragraph(self, begin: int, kind: RegionKind | None = None) -> int:
        """Take in a paragraph whose words begin at a position of the line; return where it ends."""
        lines, text, number = self.lines, self.text, self.number
        style, self.style = self.style, ""
        own = kind or (RegionKind.QUOTATION if style in ("quote", "verse") else self.kind)
        spans: list[tuple[int, int]] = []
        last = number
        while last < lines.count and not lines.blank(last):
            first = begin if last == number else lines.words[last]
            if last > number:
                if self._starts(last) or (first == lines.starts[last] and lines.said(last) == "+"):
                    break
                if kind is RegionKind.LIST and (
                    _LIST.match(text, first, lines.ends[last])
                    or ("::" in (said := lines.said(last)) and _TERM.match(said) is not None)
                ):
                    break
                if text.startswith("//", first) and not text.startswith("///", first):
                    self.paragraphs.comment(first, lines.ends[last], text[first + 2 : lines.ends[last]])
                    last += 1
                    continue
                macro = _MACRO.fullmatch(text, first, lines.ends[last]) if text[lines.ends[last] - 1] == "]" else None
                if macro is not None and macro[1] in _CONDITIONS:
                    self.paragraphs.region(RegionKind.CODE, first, lines.ends[last])
                    last += 1
                    continue
            spans.append((first, lines.ends[last]))
            last += 1
        self.number = max(last, number + 1)
        end = spans[-1][1]
        if style in _CODE_STYLES:
            self.paragraphs.region(RegionKind.CODE, lines.starts[number], end)
            return end
        admonition = _ADMONITION.match(text, begin, spans[0][1]) if kind is None else None
        if admonition is not None:
            self.paragraphs.region(RegionKind.CODE, begin, admonition.end())
            spans[0] = (admonition.end(), spans[0][1])
        elif text[begin] == ">" and kind is None:
            own = RegionKind.QUOTATION
            spans = [(mark.end() if (mark := _QUOTE.match(text, a, b)) else a, b) for a, b in spans]
        elif text.startswith("-- ", spans[-1][0]) and len(spans) > 1:
            self._take([(spans[-1][0] + 3, spans[-1][1])], RegionKind.QUOTATION)
            self.paragraphs.region(RegionKind.CODE, spans[-1][0], spans[-1][0] + 2)
            spans.pop()
            own = RegionKind.QUOTATION
        if own is RegionKind.QUOTATION:
            self.paragraphs.region(own, spans[0][0], end)
        self._take(spans, own)
        return end

    def _literal(self) -> None:
        """Mask a paragraph that is indented, as it is shown."""
        lines, number = self.lines, self.number
        last = number
        while last < lines.count and not lines.blank(last):
            last += 1
        self.paragraphs.region(RegionKind.CODE, lines.starts[number], lines.ends[last - 1])
        self.number = last
        self.style = ""

    def _take(self, spans: list[tuple[int, int]], kind: RegionKind) -> None:
        if spans:
            self.paragraphs.take(views.joined(self.text, views.lines_joined(self.text, spans)), kind, find)
