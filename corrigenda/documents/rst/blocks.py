"""The blocks of a reStructuredText: sections, paragraphs, lists, tables, explicit markup, and what is no copy."""

import re

from corrigenda.documents import views
from corrigenda.documents.markup.lines import Lines
from corrigenda.documents.markup.paragraphs import Paragraphs
from corrigenda.documents.parts import RegionKind
from corrigenda.documents.rst import directives as known
from corrigenda.documents.rst.inline import find
from corrigenda.documents.rst.tables import grid, simple

DEEPEST = 40
"""How deep blocks may stand in each other for their structure to be read; what is deeper is read as paragraphs."""

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1*")
_BULLET = re.compile(r"[*+\-•‣⁃](?:[ \t]+|$)")
_NUMBER = r"(?:\d{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]{1,15}|#)"
_ENUMERATOR = re.compile(rf"(?:\({_NUMBER}\)|{_NUMBER}[.)])(?:[ \t]+|$)")
_FIELD = re.compile(r":(?![: ])((?:[^:\\]|\\.|:(?![ `]|$)){1,200})(?<! ):(?:[ \t]+|$)")
_OPTION_NAME = r"(?:--?|\+|/)[\w?][\w-]*(?:[ =](?:<[^<>]+>|[A-Za-z][\w.-]*))?"
_OPTION = re.compile(rf"{_OPTION_NAME}(?:, {_OPTION_NAME})*(?:[ \t]{{2,}}|$)")
_LINE_BLOCK = re.compile(r"\|(?:[ \t]+|$)")
_GRID = re.compile(r"\+(?:[-=]+\+)+$")
_SIMPLE = re.compile(r"=+(?:[ \t]+=+)+$")
_EXPLICIT = re.compile(r"\.\.(?:[ \t\f\v]+|$)")
_DIRECTIVE = re.compile(r"(?P<name>[A-Za-z][\w.+-]*(?::[\w.+-]+)*)[ \t]?::(?:[ \t]+|$)")
_SUBSTITUTION = re.compile(r"\|(?! )(?:[^|\\]|\\.){1,200}\|[ \t]+")
_NOTE = re.compile(r"\[(?:\d{1,9}|#[\w.-]*|\*|[A-Za-z][\w.+:-]{0,100})\](?:[ \t]+|$)")
_TARGET = re.compile(r"_(?:`(?:[^`\\]|\\.)+`|(?:[^:\\`]|\\.|:(?! |$))*):(?:[ \t]+|$)|__(?:[: ]|$)")
_CLASSIFIER = re.compile(r" : (?=\S)")
_CELL = re.compile(r'"((?:[^"]|"")*)"|([^,"\r\n]+)')
_ATTRIBUTION = re.compile(r"(?:---?(?!-)|—)[ \t]*(?=\S)")


class Blocks:
    """Goes through the lines of one text, and takes in what it finds."""

    def __init__(self, text: str, paragraphs: Paragraphs) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.lines = Lines(text)
        self.fields_are_data = True
        """Whether no paragraph or section has been seen but the title: a list of fields says things of the text."""
        self.budget = 40 * self.lines.count + 10_000
        """Lines that may be looked at again, since what stands deep is looked at once for each level."""

    def read(self) -> None:
        """Take in the whole text."""
        self.body(0, self.lines.count, 0, RegionKind.PROSE, 0)

    def body(self, number: int, last: int, column: int, kind: RegionKind, depth: int, at: int = -1) -> None:
        """Take in the lines `[number, last)`, which stand at a column.

        Args:
            number: The first line.
            last: The line behind the last one.
            column: Where the words of the lines begin.
            kind: What they stand in.
            depth: How many blocks are around them.
            at: Where the words of the first line begin, if that is behind a mark; -1 where nothing stands before them.
        """
        lines = self.lines
        self.budget -= last - number
        if depth > DEEPEST or self.budget < 0:
            self._flat(number, last, kind, at)
            return
        first = number
        while number < last:
            if lines.blank(number) and not (number == first and at >= 0):
                number += 1
                continue
            begin = at if number == first and at >= 0 else lines.words[number]
            if begin >= lines.ends[number]:
                number += 1
                continue
            if begin == lines.words[number] and lines.columns[number] > column:
                number = self._quotation(number, last, column, kind, depth)
                continue
            number = self._block(number, last, column, kind, depth, begin)

    def _quotation(self, number: int, last: int, column: int, kind: RegionKind, depth: int) -> int:
        lines = self.lines
        end = lines.indented(number, last, column)
        inner = min(lines.columns[n] for n in range(number, end) if not lines.blank(n))
        own = RegionKind.QUOTATION if kind is RegionKind.PROSE else kind
        if own is RegionKind.QUOTATION:
            self.paragraphs.region(own, lines.words[number], lines.ends[end - 1])
        self.body(number, end, inner, own, depth + 1)
        return end

    def _block(self, number: int, last: int, column: int, kind: RegionKind, depth: int, begin: int) -> int:
        """Take in the block that begins at a line; return the line behind it."""
        lines, text = self.lines, self.text
        end = lines.ends[number]
        sign = text[begin]
        if not sign.isalnum():
            if sign == "." and (found := _EXPLICIT.match(text, begin, end)):
                return self._explicit(number, last, column, kind, depth, found.end())
            if sign == "_" and text.startswith("__", begin) and text[begin + 2 : begin + 3] in (" ", "\n", "\r", ""):
                self.paragraphs.region(RegionKind.LINK_TARGET, begin, end)
                return number + 1
            done = self._table(number, last, column, depth, begin) if sign in "+=" else 0
            if done:
                return done
            if _ADORNMENT.fullmatch(text, begin, end):
                done = self._overlined(number, last, begin, column)
                if done:
                    return done
            done = self._marked(number, last, column, kind, depth, begin)
            if done:
                return done
        elif (found := _ENUMERATOR.match(text, begin, end)) and self._is_enumerated(number, last, column):
            return self._item(number, last, column, depth, begin, found.end())
        if (
            kind is RegionKind.PROSE
            and number + 1 < last
            and column == 0
            and self._is_underline(number + 1, begin, end)
        ):
            self._heading(begin, end)
            self.paragraphs.region(RegionKind.HTML, lines.words[number + 1], lines.ends[number + 1])
            return number + 2
        return self._paragraph(number, last, column, kind, depth, begin)

    # --- sections ---

    def _is_underline(self, number: int, begin: int, end: int) -> bool:
        lines = self.lines
        if lines.columns[number] or lines.blank(number):
            return False
        length = lines.ends[number] - lines.words[number]
        return _ADORNMENT.fullmatch(self.text, lines.words[number], lines.ends[number]) is not None and (
            length >= min(4, end - begin) or length >= end - begin
        )

    def _overlined(self, number: int, last: int, begin: int, column: int) -> int:
        """Take in a title between two lines, or a line that parts the text; return the line behind, 0 for neither."""
        lines, text = self.lines, self.text
        length = lines.ends[number] - begin
        if column == 0 and number + 2 < last and not lines.blank(number + 1) and not lines.blank(number + 2):
            same = lines.said(number + 2)
            if same[:1] == text[begin] and _ADORNMENT.fullmatch(same) and len(same) == length and length >= 2:
                self.paragraphs.region(RegionKind.HTML, begin, lines.ends[number])
                self._heading(lines.words[number + 1], lines.ends[number + 1])
                self.paragraphs.region(RegionKind.HTML, lines.words[number + 2], lines.ends[number + 2])
                return number + 3
        if length >= 4 and (number + 1 >= last or lines.blank(number + 1)):
            self.paragraphs.region(RegionKind.HTML, begin, lines.ends[number])
            return number + 1
        return 0

    def _heading(self, begin: int, end: int) -> None:
        if self.paragraphs.blocks:
            self.fields_are_data = False
        self._take([(begin, end)], RegionKind.HEADING)

    # --- lists and paragraphs ---

    def _marked(self, number: int, last: int, column: int, kind: RegionKind, depth: int, begin: int) -> int:
        """Take in a block that begins with a sign; return the line behind it, 0 where it is none."""
        lines, text = self.lines, self.text
        end = lines.ends[number]
        sign = text[begin]
        if sign in "*+-•‣⁃" and (found := _BULLET.match(text, begin, end)):
            return self._item(number, last, column, depth, begin, found.end())
        if sign == ":" and (found := _FIELD.match(text, begin, end)):
            return self._field(number, last, column, kind, depth, begin, found)
        if sign in "-+/" and (found := _OPTION.match(text, begin, end)):
            self.paragraphs.region(RegionKind.CODE, begin, begin + len(found[0].rstrip()))
            return self._item(number, last, column, depth, begin, found.end(), option=True)
        if sign == "|" and _LINE_BLOCK.match(text, begin, end):
            return self._line_block(number, last, column, kind, begin)
        if sign == ">" and text.startswith(">>>", begin) and text[begin + 3 : begin + 4] in (" ", "\n", "\r", ""):
            after = number
            while after < last and not lines.blank(after):
                after += 1
            self.paragraphs.region(
                RegionKind.CODE, lines.starts[number] if begin == lines.words[number] else begin, lines.ends[after - 1]
            )
            return after
        found = _ENUMERATOR.match(text, begin, end) if sign == "(" else None
        if found is not None and self._is_enumerated(number, last, column):
            return self._item(number, last, column, depth, begin, found.end())
        return 0

    def _is_enumerated(self, number: int, last: int, column: int) -> bool:
        """Return whether a line that begins as an item is one: the next one is empty, indented, or an item too."""
        lines = self.lines
        if number + 1 >= last or lines.blank(number + 1) or lines.columns[number + 1] > column:
            return True
        return (
            lines.columns[number + 1] == column
            and _ENUMERATOR.match(self.text, lines.words[number + 1], lines.ends[number + 1]) is not None
        )

    def _item(
        self, number: int, last: int, column: int, depth: int, begin: int, words: int, *, option: bool = False
    ) -> int:
        """Take in an item of a list; the regions of lists are those of their items."""
        lines = self.lines
        end = max(number + 1, lines.indented(number + 1, last, column))
        inner = min((lines.columns[n] for n in range(number + 1, end) if not lines.blank(n)), default=column + 1)
        if words < lines.ends[number] and not option:
            # What stands further right than the words behind the mark is indented, though nothing else may show it.
            inner = min(inner, column + words - begin)
        self.paragraphs.region(RegionKind.LIST, begin, lines.ends[end - 1])
        self.body(number, end, inner, RegionKind.LIST, depth + 1, words)
        return end

    def _field(
        self, number: int, last: int, column: int, kind: RegionKind, depth: int, begin: int, found: "re.Match[str]"
    ) -> int:
        lines = self.lines
        end = max(number + 1, lines.indented(number + 1, last, column))
        if self.fields_are_data and kind is RegionKind.PROSE and found[1].lower() not in known.PROSE_FIELDS:
            self.paragraphs.region(RegionKind.FRONT_MATTER, begin, lines.ends[end - 1])
            return end
        self.paragraphs.region(RegionKind.CODE, begin, begin + len(found[0].rstrip()))
        inner = min((lines.columns[n] for n in range(number + 1, end) if not lines.blank(n)), default=column + 1)
        own = RegionKind.LIST if kind is RegionKind.PROSE and not self.fields_are_data else kind
        self.body(number, end, inner, own, depth + 1, found.end())
        return end

    def _line_block(self, number: int, last: int, column: int, kind: RegionKind, begin: int) -> int:
        """Take in a verse or an address: each line is read by itself, with those that go on below it."""
        lines = self.lines
        spans: list[tuple[int, int]] = []
        first = number
        while number < last and not lines.blank(number):
            at = begin if number == first else lines.words[number]
            found = _LINE_BLOCK.match(self.text, at, lines.ends[number])
            if found is not None and (number == first or lines.columns[number] <= column):
                self._take(spans, kind)
                spans = [(found.end(), lines.ends[number])]
            elif lines.columns[number] > column:
                spans.append((lines.words[number], lines.ends[number]))
            else:
                break
            number += 1
        self._take(spans, kind)
        return number

    def _paragraph(self, number: int, last: int, column: int, kind: RegionKind, depth: int, begin: int) -> int:
        lines, text = self.lines, self.text
        after = number + 1
        # A paragraph behind a mark goes on where the item's words stand, which its second line shows.
        while after < last and not lines.blank(after) and lines.columns[after] == column:
            after += 1
        spans = [(begin, lines.ends[number])]
        spans += ((lines.starts[n] if n > number else begin, lines.ends[n]) for n in range(number + 1, after))
        literal = text.endswith("::", spans[-1][0], spans[-1][1])
        if (
            after == number + 1
            and after < last
            and not lines.blank(after)
            and lines.columns[after] > column
            and not literal
        ):
            return self._definition(number, last, column, depth, begin)
        if kind is not RegionKind.LIST:
            self.fields_are_data = self.fields_are_data and not self.paragraphs.blocks
        if literal:
            spans[-1] = (spans[-1][0], self._before_literal(spans[-1]))
        if kind is RegionKind.QUOTATION and (found := _ATTRIBUTION.match(text, begin, spans[0][1])):
            spans[0] = (found.end(), spans[0][1])
        self._take(spans, kind)
        return self._literal(after, last, column) if literal else after

    def _before_literal(self, span: tuple[int, int]) -> int:
        """Return where the words end of a line that ends in `::`: one colon is seen, unless a space stands before."""
        start, end = span
        if end - 2 <= start or self.text[end - 3].isspace():
            return start + len(self.text[start : end - 2].rstrip())
        return end - 1

    def _literal(self, number: int, last: int, column: int) -> int:
        """Mask a literal block; return the line behind it."""
        lines = self.lines
        first = lines.skip_blank(number, last)
        if first >= last:
            return first
        if lines.columns[first] > column:
            end = lines.indented(first, last, column)
        else:
            sign = self.text[lines.words[first]]
            end = first
            if _ADORNMENT.fullmatch(sign):
                while end < last and not lines.blank(end) and self.text[lines.words[end]] == sign:
                    end += 1
        if end > first:
            self.paragraphs.region(RegionKind.CODE, lines.starts[first], lines.ends[end - 1])
        return max(first, end)

    def _definition(self, number: int, last: int, column: int, depth: int, begin: int) -> int:
        """Take in a term and what is said of it."""
        lines, text = self.lines, self.text
        end = lines.indented(number + 1, last, column)
        classifier = _CLASSIFIER.search(text, begin, lines.ends[number])
        term = classifier.start() if classifier is not None else lines.ends[number]
        self.paragraphs.region(RegionKind.LIST, begin, lines.ends[end - 1])
        if classifier is not None:
            self.paragraphs.region(RegionKind.HTML, classifier.start(), lines.ends[number])
        self._take([(begin, term)], RegionKind.LIST)
        inner = min(lines.columns[n] for n in range(number + 1, end) if not lines.blank(n))
        self.body(number + 1, end, inner, RegionKind.LIST, depth + 1)
        return end

    def _flat(self, number: int, last: int, kind: RegionKind, at: int) -> None:
        """Take in lines as paragraphs, whatever their structure."""
        lines = self.lines
        spans: list[tuple[int, int]] = []
        for n in range(number, last):
            if lines.blank(n):
                self._take(spans, kind)
                spans = []
            else:
                spans.append((at if n == number and at >= 0 else lines.words[n], lines.ends[n]))
        self._take(spans, kind)

    # --- tables ---

    def _table(self, number: int, last: int, column: int, depth: int, begin: int) -> int:
        """Take in a table; return the line behind it, 0 where there is none."""
        lines, text = self.lines, self.text
        if begin != lines.words[number]:
            return 0
        if _GRID.fullmatch(text, begin, lines.ends[number]):
            end = number
            while end < last and not lines.blank(end) and text[lines.words[end]] in "+|":
                end += 1
            cells = grid(lines, number, end)
        elif _SIMPLE.fullmatch(text, begin, lines.ends[number]):
            found = simple(lines, number, last)
            if found is None:
                return 0
            end, cells = found
        else:
            return 0
        self.paragraphs.region(RegionKind.TABLE, begin, lines.ends[end - 1])
        for cell in cells:
            self._take(cell, RegionKind.TABLE)
        return end

    # --- explicit markup ---

    def _explicit(self, number: int, last: int, column: int, kind: RegionKind, depth: int, at: int) -> int:
        """Take in what begins with two full stops; return the line behind it."""
        lines, text = self.lines, self.text
        start, line_end = lines.words[number], lines.ends[number]
        begin = text.rfind("..", start, at) if at <= line_end else start
        end = max(number + 1, lines.indented(number + 1, last, column))
        if at >= line_end and number + 1 < last and lines.blank(number + 1):
            end = number + 1  # an empty comment ends here
        if (note := _NOTE.match(text, at, line_end)) is not None:
            self.paragraphs.region(RegionKind.LINK_TARGET, begin, at + len(note[0].rstrip()))
            self._inside(number, end, column, RegionKind.LIST, depth, note.end())
            return end
        if _TARGET.match(text, at, line_end) is not None:
            self.paragraphs.region(RegionKind.LINK_TARGET, begin, lines.ends[end - 1])
            return end
        name = at
        if (substitution := _SUBSTITUTION.match(text, at, line_end)) is not None:
            name = substitution.end()
        directive = _DIRECTIVE.match(text, name, line_end)
        if directive is None:
            self.paragraphs.comment(begin, lines.ends[end - 1], text[at : lines.ends[end - 1]])
            return end
        self.paragraphs.region(RegionKind.CODE, begin, name + len(directive[0].rstrip()))
        self._directive(directive["name"].lower(), number, end, column, kind, depth, directive.end())
        return end

    def _inside(self, number: int, end: int, column: int, kind: RegionKind, depth: int, at: int = -1) -> None:
        """Take in the body of something whose first line may have words too."""
        lines = self.lines
        rest = range(number + 1 if at >= 0 else number, end)
        inner = min((lines.columns[n] for n in rest if not lines.blank(n)), default=column + 1)
        self.body(number, end, inner, kind, depth + 1, at)

    def _directive(self, name: str, number: int, end: int, column: int, kind: RegionKind, depth: int, at: int) -> None:
        """Take in a directive: its argument, its options and its body."""
        lines, text = self.lines, self.text
        paragraphs = self.paragraphs
        line_end = lines.ends[number]
        copy = name in known.COPY or name.startswith(known.DOMAINS)
        if name in known.BODY_ON_FIRST_LINE and at < line_end:
            self._inside(number, end, column, kind, depth, at)
            return
        body = number + 1
        if name in known.VERSIONED:
            version = text.find(" ", at, line_end)
            words = line_end if version < 0 else version + 1
            paragraphs.region(RegionKind.CODE, at, min(words, line_end))
            if words < line_end:
                self._inside(number, end, column, kind, depth, words)
                return
        elif at < line_end:
            # An argument may go on, up to the options or an empty line.
            while body < end and not lines.blank(body) and text[lines.words[body]] != ":" and name not in known.NO_COPY:
                if name in known.BODY_ON_FIRST_LINE or name not in known.ARGUMENT_IS_COPY:
                    break
                body += 1
            spans = [(at, line_end), *((lines.words[n], lines.ends[n]) for n in range(number + 1, body))]
            if name in known.ARGUMENT_IS_COPY:
                own = RegionKind.CAPTION if "table" in name else RegionKind.HEADING
                self._take(spans, own)
            else:
                paragraphs.region(RegionKind.CODE, at, lines.ends[body - 1])
                while (
                    copy
                    and body < end
                    and not lines.blank(body)
                    and not _FIELD.match(text, lines.words[body], lines.ends[body])
                    and lines.columns[body] > column + 3
                    and (name in _SIGNATURES or ":" in name)
                    and (
                        text[lines.words[body] : lines.ends[body]].endswith((")", "]"))
                        or text[lines.ends[body - 1] - 1] == "\\"
                    )
                ):  # several signatures
                    paragraphs.region(RegionKind.CODE, lines.words[body], lines.ends[body])
                    body += 1
        body = self._options(name, body, end, column)
        body = lines.skip_blank(body, end)
        if body >= end:
            return
        if name == "csv-table":
            self._cells(lines.words[body], lines.ends[end - 1])
        elif name in known.NO_COPY:
            paragraphs.region(RegionKind.CODE, lines.starts[body], lines.ends[end - 1])
        elif not copy:
            paragraphs.not_read(lines.starts[body], lines.ends[end - 1], f"the directive {name}")
        elif name in ("figure", "image"):
            self._inside(body, end, column, RegionKind.CAPTION, depth)
        elif name == "list-table":
            self._inside(body, end, column, RegionKind.TABLE, depth)
        elif name == "meta":
            self.fields_are_data = True
            self._inside(body, end, column, RegionKind.PROSE, depth)
        else:
            self._inside(body, end, column, kind, depth)

    def _options(self, name: str, number: int, end: int, column: int) -> int:
        """Take in the options of a directive; return the line behind them."""
        lines, text = self.lines, self.text
        if name == "meta":
            return number
        while number < end and not lines.blank(number):
            found = _FIELD.match(text, lines.words[number], lines.ends[number])
            if found is None:
                break
            after = number + 1
            while after < end and not lines.blank(after) and lines.columns[after] > lines.columns[number]:
                after += 1
            if found[1] == "header" and name == "csv-table":
                self.paragraphs.region(RegionKind.CODE, lines.words[number], found.end())
                self._cells(found.end(), lines.ends[after - 1])
            elif found[1] in known.COPY_OPTIONS and found.end() < lines.ends[number]:
                kind = RegionKind.CAPTION if found[1] in ("alt", "caption") else RegionKind.HEADING
                spans = [(found.end(), lines.ends[number])]
                spans += ((lines.words[n], lines.ends[n]) for n in range(number + 1, after))
                if found[1] == "alt":
                    self.paragraphs.region(RegionKind.IMAGE, spans[0][0], spans[-1][1])
                self.paragraphs.region(RegionKind.CODE, lines.words[number], found.end())
                self._take(spans, kind)
            else:
                self.paragraphs.region(RegionKind.CODE, lines.words[number], lines.ends[after - 1])
            number = after
        return number

    def _cells(self, start: int, last: int) -> None:
        """Take in rows of a table of comma-separated values."""
        self.paragraphs.region(RegionKind.TABLE, start, last)
        for cell in _CELL.finditer(self.text, start, last):
            group = 1 if cell[1] is not None else 2
            self._take([cell.span(group)], RegionKind.TABLE)

    def _take(self, spans: list[tuple[int, int]], kind: RegionKind) -> None:
        if spans:
            self.paragraphs.take(views.joined(self.text, views.lines_joined(self.text, spans)), kind, find)


_SIGNATURES = frozenset(
    "function method class data attribute exception classmethod staticmethod decorator option "
    "describe envvar cfunction property opcode".split()
)
