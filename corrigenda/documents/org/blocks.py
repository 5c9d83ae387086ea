"""The blocks of an Org text: headings, paragraphs, lists, tables, blocks, drawers, keywords and comments."""

import re

from corrigenda.documents import views
from corrigenda.documents.markup.lines import Lines
from corrigenda.documents.markup.paragraphs import Paragraphs
from corrigenda.documents.org.inline import find
from corrigenda.documents.parts import RegionKind

_HEADING = re.compile(
    r"\*+[ \t]+(?:(?:TODO|DONE|NEXT|WAITING|HOLD|CANCELL?ED|STARTED|PROJ|IDEA|KILL|WAIT|LOOP|STRT)(?=[ \t]|$)[ \t]*)?"
    r"(?:\[#[A-Z0-9]\][ \t]*)?(?:COMMENT(?=[ \t]|$)[ \t]*)?"
)
_TAGS = re.compile(r"[ \t]+:[\w@#%:]+:$")
_BLOCK = re.compile(r"#\+begin_(\S+)", re.IGNORECASE)
_DYNAMIC = re.compile(r"#\+begin:", re.IGNORECASE)
_KEYWORD = re.compile(r"#\+([\w-]+)(?:\[[^\]]*\])?:[ \t]*", re.IGNORECASE)
_COMMENT = re.compile(r"#(?:[ \t]|$)")
_DRAWER = re.compile(r":([\w-]+):$")
_FIXED = re.compile(r":(?:[ \t]|$)")
_ITEM = re.compile(r"(?:[-+]|\d{1,9}[.)]|[A-Za-z][.)])(?:[ \t]+|$)(?:\[@\d+\][ \t]*)?(?:\[[ xX-]\][ \t]+)?")
_STAR_ITEM = re.compile(r"\*(?:[ \t]+|$)(?:\[[ xX-]\][ \t]+)?")
_TERM = re.compile(r"[ \t]+::(?=[ \t]|$)")
_NOTE = re.compile(r"\[fn:[\w-]+\][ \t]*")
_RULE = re.compile(r"-{5,}$")
_TABLE_RULE = re.compile(r"\|[-+]+\|?$")
_PLANNING = re.compile(r"(?:(?:SCHEDULED|DEADLINE|CLOSED):[ \t]*[<\[][^>\]]*[>\]][ \t]*)+$|CLOCK:.*$")
_ENVIRONMENT = re.compile(r"\\begin\{([A-Za-z*]+)\}")
_FORMULA_LINE = re.compile(r"\\(?:[A-Za-z]+\{.*\}|\[.*|\].*|[A-Za-z]+)$")

_CODE_BLOCKS = frozenset("src example export comment latex html ascii".split())
_COPY_KEYWORDS = frozenset("title subtitle description caption abstract summary".split())


class Blocks:
    """Goes through the lines of one text once."""

    def __init__(self, text: str, paragraphs: Paragraphs) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.lines = Lines(text)
        self.number = 0
        self.around: list[tuple[str, RegionKind, int]] = []
        """Blocks that are open: the line that ends them, what is in them, where they began."""
        self.missing: set[str] = set()

    def read(self) -> None:
        """Take in the whole text."""
        lines = self.lines
        while self.number < lines.count:
            if lines.blank(self.number):
                self.number += 1
            else:
                self._block()
        while self.around:
            self._close(lines.ends[-1])

    @property
    def kind(self) -> RegionKind:
        """What the next paragraph stands in."""
        return self.around[-1][1] if self.around else RegionKind.PROSE

    def _block(self) -> None:
        lines, text, number = self.lines, self.text, self.number
        start, end = lines.words[number], lines.ends[number]
        sign = text[start]
        if sign == "*" and not lines.columns[number] and (heading := _HEADING.match(text, start, end)):
            self._heading(heading)
        elif (sign == "#" and self._keyword(start, end)) or (sign == ":" and self._colon(start, end)):
            return
        elif sign == "|":
            self._table()
        elif self._is_item(number):
            self._item()
        elif sign == "[" and not lines.columns[number] and (note := _NOTE.match(text, start, end)):
            self.paragraphs.region(RegionKind.LINK_TARGET, start, note.end())
            self._paragraph(note.end(), RegionKind.LIST)
        elif sign == "\\" and self._environment(start, end):
            return
        elif _RULE.fullmatch(text, start, end) or _PLANNING.fullmatch(text, start, end):
            self.paragraphs.region(RegionKind.HTML, start, end)
            self.number += 1
        else:
            self._paragraph(start, self.kind)

    def _heading(self, heading: "re.Match[str]") -> None:
        lines, number = self.lines, self.number
        end = lines.ends[number]
        tags = _TAGS.search(self.text, heading.end(), end)
        self.paragraphs.region(RegionKind.HTML, heading.start(), heading.start() + len(heading[0].rstrip()))
        if tags is not None:
            self.paragraphs.region(RegionKind.HTML, tags.start(), end)
        self.number += 1
        self._take([(heading.end(), tags.start() if tags is not None else end)], RegionKind.HEADING)

    def _keyword(self, start: int, end: int) -> bool:
        """Take in a line that begins with a hash, and the block that it opens; return whether it is one."""
        lines, text = self.lines, self.text
        if _COMMENT.match(text, start, end):
            self.paragraphs.comment(start, end, text[start + 1 : end])
            self.number += 1
            return True
        if not text.startswith("#+", start):
            return False
        block = _BLOCK.match(text, start, end)
        if block is not None:
            name = block[1].lower()
            if name in _CODE_BLOCKS:
                last = self._closing(f"#+end_{name}")
                if name == "comment":
                    self.paragraphs.comment(start, lines.ends[last], text[end : lines.starts[last]])
                else:
                    self.paragraphs.region(RegionKind.CODE, start, lines.ends[last])
                self.number = last + 1
                return True
            kind = RegionKind.QUOTATION if name in ("quote", "verse") else self.kind
            if len(self.around) < 50:
                self.around.append((f"#+end_{name}", kind, start))
        elif text[start:end].lower() in [line for line, _, _ in self.around]:
            while self.around and self.around[-1][0] != text[start:end].lower():
                self._close(end)
            self._close(end)
        keyword = _KEYWORD.match(text, start, end)
        if keyword is not None and keyword[1].lower() in _COPY_KEYWORDS and keyword.end() < end:
            name = keyword[1].lower()
            kinds = {"title": RegionKind.HEADING, "subtitle": RegionKind.HEADING, "caption": RegionKind.CAPTION}
            self.paragraphs.region(RegionKind.FRONT_MATTER, start, keyword.end())
            self._take([(keyword.end(), end)], kinds.get(name, RegionKind.PROSE))
        else:
            self.paragraphs.region(RegionKind.FRONT_MATTER if keyword is not None else RegionKind.CODE, start, end)
        self.number += 1
        return True

    def _colon(self, start: int, end: int) -> bool:
        """Take in a drawer, or lines that are shown as they are."""
        lines, text, number = self.lines, self.text, self.number
        drawer = _DRAWER.fullmatch(text, start, end)
        if drawer is not None and drawer[1].lower() != "end":
            last = self._closing(":end:")
            if lines.said(last).lower() == ":end:":
                self.paragraphs.region(RegionKind.HTML, start, lines.ends[last])
                self.number = last + 1
                return True
        if drawer is None and not _FIXED.match(text, start, end):
            return False
        last = number + 1
        while last < lines.count and not lines.blank(last) and _FIXED.match(text, lines.words[last], lines.ends[last]):
            last += 1
        self.paragraphs.region(RegionKind.CODE, lines.starts[number], lines.ends[last - 1])
        self.number = last
        return True

    def _environment(self, start: int, end: int) -> bool:
        """Mask an environment of LaTeX, or a command on a line of its own."""
        lines, text = self.lines, self.text
        found = _ENVIRONMENT.match(text, start, end)
        last = self.number
        if found is not None:
            last = self._closing(f"\\end{{{found[1].lower()}}}")
        elif text.startswith("\\[", start) and "\\]" not in text[start:end]:
            last = self._closing("\\]")
        elif not _FORMULA_LINE.fullmatch(text, start, end):
            return False
        self.paragraphs.region(RegionKind.HTML, start, lines.ends[last])
        self.number = last + 1
        return True

    def _closing(self, closing: str) -> int:
        """Return the line that closes a block; that of its beginning where none does."""
        lines = self.lines
        if closing not in self.missing:
            for number in range(self.number + 1, lines.count):
                length = lines.ends[number] - lines.words[number]
                if length == len(closing) and lines.said(number).lower() == closing:
                    return number
            self.missing.add(closing)
        return self.number

    def _close(self, end: int) -> None:
        _, kind, start = self.around.pop()
        if kind is RegionKind.QUOTATION:
            self.paragraphs.region(kind, start, end)

    def _table(self) -> None:
        lines, text = self.lines, self.text
        first = self.number
        number = first
        while number < lines.count and not lines.blank(number) and text[lines.words[number]] == "|":
            start, end = lines.words[number], lines.ends[number]
            number += 1
            if _TABLE_RULE.match(text, start, end):
                continue
            at = start + 1
            while at < end:
                bar = text.find("|", at, end)
                bar = bar if bar >= 0 else end
                inside = text[at:bar]
                words = inside.strip()
                if words and not re.fullmatch(r"<[lcr]?\d*>|[/#!^_$*]", words):
                    begin = at + len(inside) - len(inside.lstrip())
                    self._take([(begin, begin + len(words))], RegionKind.TABLE)
                at = bar + 1
        self.paragraphs.region(RegionKind.TABLE, lines.words[first], lines.ends[number - 1])
        self.number = number

    def _is_item(self, number: int) -> bool:
        lines, text = self.lines, self.text
        start, end = lines.words[number], lines.ends[number]
        if text[start] == "*":
            return lines.columns[number] > 0 and _STAR_ITEM.match(text, start, end) is not None
        return _ITEM.match(text, start, end) is not None

    def _item(self) -> None:
        """Take in the first paragraph of an item; those behind it are indented, and paragraphs like others."""
        lines, text, number = self.lines, self.text, self.number
        start, end = lines.words[number], lines.ends[number]
        mark = (_STAR_ITEM if text[start] == "*" else _ITEM).match(text, start, end)
        assert mark is not None
        begin = mark.end()
        term = _TERM.search(text, begin, end)
        if term is not None and text[start] in "-+*":
            self._take([(begin, term.start())], RegionKind.LIST)
            begin = term.end()
        self.paragraphs.region(RegionKind.LIST, start, self._paragraph(begin, RegionKind.LIST))

    def _paragraph(self, begin: int, kind: RegionKind) -> int:
        """Take in a paragraph whose words begin at a position of the line; return where it ends."""
        lines, text, number = self.lines, self.text, self.number
        column = lines.columns[number]
        spans = [(begin, lines.ends[number])]
        last = number + 1
        while last < lines.count and not lines.blank(last):
            start, end = lines.words[last], lines.ends[last]
            sign = text[start]
            if sign == "*" and not lines.columns[last] and _HEADING.match(text, start, end):
                break
            if kind is RegionKind.LIST and lines.columns[last] <= column and text[lines.words[number]] != "[":
                break
            if (
                self._is_item(last)
                or sign == "|"
                or (sign == ":" and (_FIXED.match(text, start, end) or _DRAWER.fullmatch(text, start, end)))
            ):
                break
            if sign == "#" and (text.startswith("#+", start) or _COMMENT.match(text, start, end)):
                break
            if sign == "\\" and _ENVIRONMENT.match(text, start, end):
                break
            spans.append((start, end))
            last += 1
        self.number = last
        if spans[0][1] <= spans[0][0]:
            spans = spans[1:] or spans
        self._take(spans, kind)
        return spans[-1][1]

    def _take(self, spans: list[tuple[int, int]], kind: RegionKind) -> None:
        self.paragraphs.take(views.joined(self.text, views.lines_joined(self.text, spans)), kind, find)
