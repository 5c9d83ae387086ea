"""The blocks of wiki text: headings, paragraphs, lists, tables, templates and what is shown as it stands."""

import re

from corrigenda.documents import views
from corrigenda.documents.markup.lines import Lines
from corrigenda.documents.markup.paragraphs import Paragraphs
from corrigenda.documents.parts import RegionKind
from corrigenda.documents.wiki.inline import find, spans

_HEADING = re.compile(r"(={1,6})[ \t]*(\S.*?)[ \t]*(={1,6})[ \t]*$")
_LIST = re.compile(r"[*#:;]+[ \t]*")
_REDIRECT = re.compile(r"#(?:redirect|перенаправление|weiterleitung)\b", re.IGNORECASE)
_ATTRIBUTES = re.compile(
    r"(?:[ \t]*[\w:-]+[ \t]*=[ \t]*(?:\"[^\"]*\"|'[^']*'|[^\s|\"']+))+[ \t]*\|(?!\|)"
    r"|[ \t]*(?:\{\{[^{}]*\}\})[ \t]*\|(?!\|)"
)
_SEPARATOR = re.compile(r"\|\||!!")
_LINE_TAG = re.compile(
    r"(?:</?(?:div|center|gallery|blockquote|references|onlyinclude|noinclude|includeonly"
    r"|table|small|big|p|section|poem)\b[^<>]*>[ \t]*)+$",
    re.IGNORECASE,
)
_GALLERY = re.compile(r"<gallery\b[^<>]*>", re.IGNORECASE)


class Blocks:
    """Goes through the lines of one text once."""

    def __init__(self, text: str, paragraphs: Paragraphs) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.lines = Lines(text)
        self.number = 0
        self.hidden = spans(text)[1]
        self.passed = 0
        self.tables = 0
        self.gallery = False

    def read(self) -> None:
        """Take in the whole text."""
        lines = self.lines
        for begin, end, what in self.hidden:
            if what == "comment":
                self.paragraphs.comment(begin, end, self.text[begin + 4 : end - 3])
        while self.number < lines.count:
            if lines.blank(self.number):
                self.number += 1
            else:
                self._block()

    def _end_of_hidden(self, position: int) -> int:
        """Return where the template, comment or code ends that holds a position; the position where none does."""
        while self.passed < len(self.hidden) and self.hidden[self.passed][1] <= position:
            self.passed += 1
        if self.passed < len(self.hidden) and self.hidden[self.passed][0] <= position:
            return self.hidden[self.passed][1]
        return position

    def _block(self) -> None:
        lines, text, number = self.lines, self.text, self.number
        start, end = lines.words[number], lines.ends[number]
        after = self._end_of_hidden(start)
        if after > start and (after >= end or not text[after:end].strip()):
            # A template or comment that has its lines for itself.
            what = self.hidden[self.passed][2]
            if what != "comment":
                kind = RegionKind.HTML if what == "template" else RegionKind.CODE
                self.paragraphs.region(kind, start, after)
            while self.number < lines.count and lines.ends[self.number] <= after:
                self.number += 1
            if self.number < lines.count and lines.starts[self.number] < after:
                rest = (after, lines.ends[self.number])
                if text[after : rest[1]].strip():
                    self._paragraph(after, RegionKind.PROSE)
                else:
                    self.number += 1
            return
        sign = text[start]
        if self.gallery:
            self._in_gallery(start, end)
        elif lines.columns[number] and sign not in "{|!<" and not self.tables:
            self._shown(number)
        elif sign == "=" and (heading := _HEADING.match(text, start, end)):
            self.paragraphs.region(RegionKind.HTML, start, heading.start(2))
            self.paragraphs.region(RegionKind.HTML, heading.end(2), end)
            self.number += 1
            self._take([heading.span(2)], RegionKind.HEADING)
        elif sign == "#" and _REDIRECT.match(text, start, end):
            self.paragraphs.region(RegionKind.HTML, start, end)
            self.number += 1
        elif sign in "*#:;" and (mark := _LIST.match(text, start, end)):
            self._item(mark)
        elif text.startswith("{|", start):
            self.tables += 1
            self.paragraphs.region(RegionKind.HTML, start, end)
            self.number += 1
        elif self.tables and sign in "|!":
            self._row(start, end)
        elif text.startswith("----", start):
            self.paragraphs.region(RegionKind.HTML, start, end)
            self.number += 1
        elif sign == "<" and _LINE_TAG.fullmatch(text, start, end):
            self.gallery = _GALLERY.match(text, start, end) is not None
            self.paragraphs.region(RegionKind.HTML, start, end)
            self.number += 1
        else:
            self._paragraph(start, RegionKind.TABLE if self.tables else RegionKind.PROSE)

    def _in_gallery(self, start: int, end: int) -> None:
        """Take in a picture of a gallery: its caption follows its name."""
        if self.text.startswith("</", start):
            self.gallery = False
            self.paragraphs.region(RegionKind.HTML, start, end)
        else:
            bar = self.text.find("|", start, end)
            self.paragraphs.region(RegionKind.HTML, start, bar + 1 if bar >= 0 else end)
            if bar >= 0:
                self._take([(bar + 1, end)], RegionKind.CAPTION)
        self.number += 1

    def _shown(self, number: int) -> None:
        """Mask lines that a space indents: they are shown as they stand."""
        lines = self.lines
        last = number
        while last < lines.count and not lines.blank(last) and lines.columns[last]:
            last += 1
        self.paragraphs.region(RegionKind.CODE, lines.starts[number], lines.ends[last - 1])
        self.number = last

    def _item(self, mark: "re.Match[str]") -> None:
        end = self._end_of_line(mark.end())
        self.paragraphs.region(RegionKind.LIST, mark.start(), end)
        if mark[0].rstrip().endswith(";"):
            colon = self.text.find(" : ", mark.end(), end)
            if colon >= 0:
                self._take([(mark.end(), colon)], RegionKind.LIST)
                self._take([(colon + 3, end)], RegionKind.LIST)
                return
        self._take([(mark.end(), end)], RegionKind.LIST)

    def _end_of_line(self, at: int) -> int:
        """Return where a line ends, with what is hidden on more than one line in it; go on behind it."""
        lines = self.lines
        number = self.number
        while True:
            end = lines.ends[number]
            index = self.passed
            while index < len(self.hidden) and self.hidden[index][1] <= end:
                index += 1
            if index < len(self.hidden) and self.hidden[index][0] < end:
                while number < lines.count - 1 and lines.ends[number] < self.hidden[index][1]:
                    number += 1
                self.passed = index
                if lines.ends[number] == end:
                    break
                continue
            break
        self.number = number + 1
        return max(at, lines.ends[number])

    def _row(self, start: int, end: int) -> None:
        """Take in a line of a table."""
        text = self.text
        if text.startswith("|}", start):
            self.tables -= 1
            self.paragraphs.region(RegionKind.HTML, start, start + 2)
            self.number += 1
            return
        if text.startswith("|-", start):
            self.paragraphs.region(RegionKind.HTML, start, end)
            self.number += 1
            return
        kind = RegionKind.CAPTION if text.startswith("|+", start) else RegionKind.TABLE
        at = start + (2 if kind is RegionKind.CAPTION else 1)
        stop = self._end_of_line(at)
        # A cell goes on below, up to what begins another cell, a list or an empty line.
        lines = self.lines
        while self.number < lines.count and not lines.blank(self.number):
            if (
                text[lines.words[self.number]] in "|!*#:;={"
                or self._end_of_hidden(lines.words[self.number]) > lines.words[self.number]
            ):
                break
            stop = lines.ends[self.number]
            self.number += 1
        while at <= stop:
            separator = _SEPARATOR.search(text, at, stop)
            while separator is not None and (past := self._within(separator.start())):
                separator = _SEPARATOR.search(text, max(past, separator.end()), stop)
            last = separator.start() if separator is not None else stop
            attributes = _ATTRIBUTES.match(text, at, last)
            if attributes is not None:
                self.paragraphs.region(RegionKind.HTML, at, attributes.end())
                at = attributes.end()
            if at < last:
                self._take([(at, last)], kind)
            at = separator.end() if separator is not None else stop + 1

    def _within(self, position: int) -> int:
        """Return where a template ends that holds a position, 0 where none does."""
        index = max(0, self.passed - 1)
        while index < len(self.hidden) and self.hidden[index][0] < position:
            if self.hidden[index][1] > position:
                return self.hidden[index][1]
            index += 1
        return 0

    def _paragraph(self, begin: int, kind: RegionKind) -> None:
        """Take in a paragraph whose words begin at a position of the line."""
        lines, text = self.lines, self.text
        end = self._end_of_line(begin)
        spans_: list[tuple[int, int]] = [(begin, end)]
        while self.number < lines.count and not lines.blank(self.number):
            start = lines.words[self.number]
            if lines.columns[self.number] or text[start] in "=*#:;" or text.startswith(("{|", "----"), start):
                break
            if self.tables and text[start] in "|!":
                break
            if text[start] == "<" and _LINE_TAG.fullmatch(text, start, lines.ends[self.number]):
                break
            spans_[-1] = (begin, self._end_of_line(start))
        self._take(spans_, kind)

    def _take(self, stretches: list[tuple[int, int]], kind: RegionKind) -> None:
        self.paragraphs.take(views.joined(self.text, stretches), kind, find)
