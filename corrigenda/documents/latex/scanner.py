"""Goes through a LaTeX text once: paragraphs, headings, captions, notes, lists, tables, and what is no copy."""

import re
import unicodedata
from dataclasses import dataclass, field

from corrigenda.documents import views
from corrigenda.documents.latex import commands as known
from corrigenda.documents.markup.paragraphs import Markup, Paragraphs
from corrigenda.documents.parts import RegionKind

_DEEPEST = 20
"""How deep notes may stand in each other to be read by themselves."""

_TOKEN = re.compile(
    r"\\(?:(?P<name>[A-Za-z@]+)\*?|(?P<sign>(?s:.)))|(?P<comment>%[^\r\n]*)|(?P<math>\$\$?)|(?P<brace>[{}])"
    r"|(?P<empty>(?:\r\n|\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r)\s*)|(?P<mark>``|''|`|---?|~|&)"
)
_MARKS = {"``": "“", "''": "”", "`": "‘", "--": "–", "---": "—", "~": "\u00a0"}
_BRACES = re.compile(
    r"\\begin[ \t]*\{(?P<verbatim>verbatim\*?|[BL]?Verbatim|lstlisting|minted|comment|alltt|filecontents\*?)\}"
    r"|\\(?:verb\*?|lstinline(?:\[[^\]]*\])?)(?P<verb>[^A-Za-z\s*{\[])|\\.|%[^\r\n]*|(?P<open>\{)|(?P<close>\})",
    re.DOTALL,
)
_OPTION = re.compile(r"[ \t]*\[(?:[^\[\]{}]|\{[^{}]*\}|\[[^\[\]]*\]){0,2000}\]")
_ENVIRONMENT = re.compile(r"[ \t]*\{([A-Za-z@]+\*?)\}")
_SPACE = re.compile(r"[ \t]*(?:(?:\r\n|\n|\r)[ \t]*(?![\s\r\n]))?")
_EMPTY_LINE = re.compile(r"(?:\r\n|\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r)")
_NEXT_LINE = re.compile(r"(\r\n|\n|\r)[ \t]*(?=[^\s])")
_ACCENTED = re.compile(
    r"[ \t]*(?:\{[ \t]*(?:\\([ij])(?![A-Za-z])|([A-Za-z]{1,2}))[ \t]*\}|\\([ij])(?![A-Za-z])|([A-Za-z]))"
)
_DOCUMENT = re.compile(r"^[^%\r\n]*?\\begin[ \t]*\{document\}", re.MULTILINE)
_END = re.compile(r"^[^%\r\n]*?(\\end[ \t]*\{document\})", re.MULTILINE)
_CLASS = re.compile(r"^[ \t]*\\document(?:class|style)\b", re.MULTILINE)
_OF_PREAMBLE = re.compile(r"\\(?:title|subtitle)[ \t]*(?:\[[^\]]*\])?(?=\{)|(?<!\\)%[^\r\n]*")
_INLINE_MATH = ("equation", "align", "gather", "multline", "flalign", "eqnarray", "displaymath", "math", "dmath")
_WORDS = re.compile(r"[A-Za-z]{2,}[ \t\r\n~]+[A-Za-z]")
_COPY_ARGUMENT = {
    **dict.fromkeys("textcolor colorbox href foreignlanguage raisebox scalebox parbox rotatebox captionof".split(), 2),
    **dict.fromkeys("multicolumn multirow resizebox".split(), 3),
}


@dataclass(slots=True)
class _Frame:
    """A paragraph that is being read: the text's own, or one that stands in an argument."""

    kind: RegionKind
    start: int
    end: int
    """Where the argument's brace closes; the text's length for the text itself."""
    begun: int = -1
    """Where the command begins that is cut from the paragraph around it; -1 where it parts it."""
    markup: Markup = field(default_factory=Markup)


class Scanner:
    """Reads one text."""

    def __init__(self, text: str, paragraphs: Paragraphs) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.closing = _matched(text)
        self.frames = [_Frame(RegionKind.PROSE, 0, len(text))]
        self.environments: list[tuple[str, RegionKind]] = []
        self.ends: dict[int, str] = {}
        """What is read where a brace closes."""
        self.paragraph_end = -1
        self.missing: dict[str, int] = {}
        """What was looked for in vain, and up to where."""

    def read(self) -> None:
        """Take in the whole text."""
        text = self.text
        body = _DOCUMENT.search(text) if _CLASS.search(text) is not None else None
        start, end = 0, len(text)
        if body is not None:
            start = body.end()
            closing = _END.search(text, start)
            end = closing.start(1) if closing is not None else end
            self._preamble(start)
        self._scan(start, end)
        if end < len(text):
            self.paragraphs.region(RegionKind.HTML, end, len(text))

    def _preamble(self, end: int) -> None:
        """Take in the titles and comments of what stands before the document."""
        for found in _OF_PREAMBLE.finditer(self.text, 0, end):
            if found[0][0] == "%":
                self._comment(found.start(), found.end())
                continue
            closing = self.closing.get(found.end())
            if closing is not None and closing < end:
                self.frames[0].kind = RegionKind.HEADING
                self._scan(found.end() + 1, closing)
                self.frames[0].kind = RegionKind.PROSE
        self.frames[0] = _Frame(RegionKind.PROSE, 0, len(self.text))

    def _scan(self, at: int, end: int) -> None:
        """Read `[at, end)`, which no frame reaches over."""
        self.frames[-1].start = at
        while True:
            token = _TOKEN.search(self.text, at, end)
            if token is None:
                break
            at = max(token.end(), self._token(token, end))
        while len(self.frames) > 1:
            self._pop(min(end, self.frames[-1].end))
        self._flush(end, end)

    def _token(self, token: "re.Match[str]", end: int) -> int:
        """Take in one token; return where to go on."""
        start, after = token.span()
        if token["name"] is not None:
            return self._command(token["name"], start, after)
        if token["sign"] is not None:
            return self._sign(token["sign"], start, after)
        if token["brace"] is not None:
            self._brace(start, after)
        elif token["mark"] is not None:
            self._mark(token["mark"], start, after)
        elif token["empty"] is not None:
            self._flush(start, after)
        elif token["comment"] is not None:
            return self._commented(start, after)
        else:
            return self._math(start, after, token["math"])
        return after

    # --- paragraphs ---

    def _flush(self, end: int, following: int) -> None:
        """End the paragraph at a position; the next one begins at another."""
        frame = self.frames[-1]
        start, found = frame.start, frame.markup
        kind = frame.kind
        if frame.kind is RegionKind.PROSE and self.environments:
            kind = self.environments[-1][1]
        frame.start, frame.markup = following, Markup()
        if end > start and self.text[start:end].strip():

            def inline(raw: str, markup: Markup) -> None:
                markup.cuts = [(a - start, min(b, end) - start) for a, b in found.cuts]
                markup.letters = [(a - start, b - start, words) for a, b, words in found.letters if b <= end]

            for own, first, last in found.regions:
                self.paragraphs.region(own, first, last)
            self.paragraphs.take(views.plain(self.text, start, end), kind, inline)

    def _push(self, kind: RegionKind, begun: int, start: int, end: int) -> None:
        """Begin to read an argument by itself."""
        self.frames.append(_Frame(kind, start, end, begun))

    def _pop(self, end: int) -> None:
        """End the argument that is read by itself."""
        self._flush(end, end)
        frame = self.frames.pop()
        if frame.begun >= 0:
            self._gone(frame.begun, end + 1, mask=False)
        else:
            self.frames[-1].start = end + 1

    def _gone(self, start: int, end: int, *, mask: bool = True) -> None:
        """Cut what leaves nothing in the sentence, with a space before it where two would meet."""
        markup = self.frames[-1].markup
        if mask:
            markup.regions.append((RegionKind.HTML, start, end))
        if self.text[end : end + 1] in ("", " ", "\n", "\r", ".", ",", ";", ":"):
            while start > self.frames[-1].start and self.text[start - 1] in " \t":
                start -= 1
        markup.cuts.append((start, end))

    def _hidden(self, start: int, end: int) -> None:
        """Mask what stays in the sentence for something that no check may judge."""
        self.frames[-1].markup.regions.append((RegionKind.CODE, start, end))

    # --- tokens ---

    def _brace(self, start: int, after: int) -> None:
        frame = self.frames[-1]
        if start == frame.end and len(self.frames) > 1:
            self._pop(start)
            return
        seen = self.ends.pop(start, None)
        if seen is None:
            frame.markup.cuts.append((start, after))
        else:
            frame.markup.letters.append((start, after, seen))

    def _mark(self, mark: str, start: int, after: int) -> None:
        if mark == "&":
            if self.environments and self.environments[-1][1] is RegionKind.TABLE and len(self.frames) == 1:
                self._flush(start, after)
            return
        self.frames[-1].markup.letters.append((start, after, _MARKS[mark]))

    def _commented(self, start: int, after: int) -> int:
        """Take in a comment, and the line break that it hides."""
        self._comment(start, after)
        line = max(self.text.rfind("\n", 0, start), self.text.rfind("\r", 0, start)) + 1
        following = _NEXT_LINE.match(self.text, after)
        end = following.end() if following is not None else after
        if not self.text[line:start].strip() and following is None:
            end = after
        self.frames[-1].markup.cuts.append((start, end))
        return end

    def _comment(self, start: int, end: int) -> None:
        self.paragraphs.comment(start, end, self.text[start:end].lstrip("%"))

    def _math(self, start: int, after: int, mark: str) -> int:
        text = self.text
        limit = self.frames[-1].end
        at = after
        if self.missing.get(mark, -1) < start:
            if self.paragraph_end < after:
                paragraph = _EMPTY_LINE.search(text, after)
                self.paragraph_end = paragraph.start() if paragraph is not None else len(text)
            stop = min(limit, self.paragraph_end)
            while True:
                at = text.find(mark, at, stop)
                if at < 0 or text[at - 1] != "\\" or text[at - 2] == "\\":
                    break
                at += 1
            if at >= 0:
                self._hidden(start, at + len(mark))
                return at + len(mark)
            self.missing[mark] = stop
        return after

    def _sign(self, sign: str, start: int, after: int) -> int:
        markup = self.frames[-1].markup
        if sign in "([":
            end = self._find("\\)" if sign == "(" else "\\]", after)
            if end >= 0:
                self._hidden(start, end + 2)
                return end + 2
            return after
        if sign == "\\":
            option = _OPTION.match(self.text, after)
            end = option.end() if option is not None and self.text[after] == "[" else after
            if self.environments and self.environments[-1][1] is RegionKind.TABLE and len(self.frames) == 1:
                self._flush(start, end)
            else:
                markup.letters.append((start, end, "\n"))
            return end
        if sign in known.ACCENTS:
            return self._accent(sign, start, after)
        seen = known.SIGNS.get(sign)
        if seen is not None:
            markup.letters.append((start, after, seen))
        else:
            markup.cuts.append((start, after))
        return after

    def _accent(self, sign: str, start: int, after: int) -> int:
        found = _ACCENTED.match(self.text, after)
        if found is None:
            self.frames[-1].markup.cuts.append((start, after))
            return after
        letter = found[2] or found[4] or found[1] or found[3]
        self.frames[-1].markup.letters.append(
            (start, found.end(), unicodedata.normalize("NFC", letter[0] + known.ACCENTS[sign] + letter[1:]))
        )
        return found.end()

    def _find(self, what: str, start: int) -> int:
        """Return where a text stands next, -1 for nowhere; what is missing is looked for once."""
        if self.missing.get(what, -1) >= start:
            return -1
        at = self.text.find(what, start, self.frames[-1].end)
        if at < 0:
            self.missing[what] = self.frames[-1].end
        return at

    # --- commands ---

    def _command(self, name: str, start: int, after: int) -> int:
        if name == "begin":
            return self._begin(start, after)
        if name == "end":
            return self._end(start, after)
        if name in ("verb", "lstinline", "mintinline"):
            return self._verb(name, start, after)
        if name in known.LETTERS:
            end = self._spaces(after)
            if self.text.startswith("{}", after):
                end = after + 2
            self.frames[-1].markup.letters.append((start, end, known.LETTERS[name]))
            return end
        if name in known.ACCENTS and len(name) == 1 and self.text[after : after + 1] in ("{", " ", "\\"):
            return self._accent(name, start, after)
        if name in ("newline", "linebreak", "tabularnewline", "cr"):
            return self._sign("\\", start, after)
        if name == "item":
            return self._item(start, after)
        if name in known.PARAGRAPHS:
            end = self._groups(after)[1]
            if len(self.frames) == 1 or self.frames[-1].begun < 0:
                self._flush(start, end)
                self.paragraphs.region(RegionKind.HTML, start, end)
            else:
                self._gone(start, end)
            return end
        if name in known.DECLARATIONS:
            end = self._spaces(after)
            self.frames[-1].markup.cuts.append((start, end))
            return end
        if name in known.GONE:
            end = self._groups(after)[1]
            self._gone(start, end)
            return end
        return self._with_argument(name, start, after)

    def _with_argument(self, name: str, start: int, after: int) -> int:
        """Take in a command that may have an argument with copy."""
        text = self.text
        groups, end = self._groups(after)
        wanted = _COPY_ARGUMENT.get(name, 1)
        opening = groups[min(wanted, len(groups)) - 1] if groups else -1
        if name in known.CODE or not groups:
            if name in known.INLINE or name in known.APART:
                self.frames[-1].markup.cuts.append((start, end))
                return end
            self._hidden(start, end)
            if name in known.FACES and len(groups) == 1:
                self.frames[-1].markup.cuts += ((start, opening + 1), (end - 1, end))
            return end
        closing = self.closing[opening]
        if name in known.APART and len(self.frames) < _DEEPEST:
            kind = known.APART[name]
            if kind is RegionKind.PROSE:
                self._push(kind, start, opening + 1, closing)
            else:
                self._flush(start, start)
                self._push(kind, -1, opening + 1, closing)
            self.paragraphs.region(RegionKind.HTML, start, opening + 1)
            return opening + 1
        if name not in known.INLINE and name not in known.QUOTES and name not in known.APART:
            inside = text[opening + 1 : min(closing, opening + 2_000)]
            if _WORDS.search(inside) is None or "=" in inside[:80]:
                self._hidden(start, end)
                return end
        markup = self.frames[-1].markup
        if name in known.QUOTES:
            markup.letters.append((start, opening + 1, "“"))
            self.ends[closing] = "”"
        else:
            markup.cuts.append((start, opening + 1))
            if opening > after:
                markup.regions.append((RegionKind.LINK_TARGET if name == "href" else RegionKind.HTML, start, opening))
        if name in known.EMPHASIS:
            markup.regions.append((RegionKind.EMPHASIS, start, closing + 1))
        return opening + 1

    def _groups(self, at: int) -> tuple[list[int], int]:
        """Return where the arguments in braces begin that follow a command directly, and where the last one ends."""
        groups: list[int] = []
        end = at
        while len(groups) < 9:
            option = _OPTION.match(self.text, end)
            if option is not None:
                end = option.end()
            opening = end
            while self.text[opening : opening + 1] in (" ", "\t") and not groups:
                opening += 1
            if self.text[opening : opening + 1] != "{":
                break
            closing = self.closing.get(opening)
            if closing is None or closing > self.frames[-1].end:
                break
            groups.append(opening)
            end = closing + 1
        return groups, end

    def _spaces(self, at: int) -> int:
        """Return where the white space ends that a command takes with it."""
        found = _SPACE.match(self.text, at)
        return found.end() if found is not None else at

    def _verb(self, name: str, start: int, after: int) -> int:
        text = self.text
        option = _OPTION.match(text, after)
        at = option.end() if option is not None else after
        if name == "mintinline":
            at = self.closing.get(at, at - 1) + 1
        sign = text[at : at + 1]
        if sign == "{":
            end = self.closing.get(at, at) + 1
        else:
            line = text.find("\n", at)
            end = text.find(sign, at + 1, line if line >= 0 else len(text)) + 1 if sign else 0
        if end <= at:
            return after
        self._hidden(start, end)
        return end

    def _item(self, start: int, after: int) -> int:
        option = _OPTION.match(self.text, after)
        if len(self.frames) > 1:
            self.frames[-1].markup.letters.append((start, after, " "))
            return after
        self._flush(start, after)
        self.paragraphs.region(RegionKind.HTML, start, after)
        if option is None:
            return after
        # A term is read as the words before what is said of it.
        first = self.text.index("[", after)
        self.frames[-1].markup.cuts.append((first, first + 1))
        self.frames[-1].markup.letters.append((option.end() - 1, option.end(), ":"))
        return first + 1

    # --- environments ---

    def _begin(self, start: int, after: int) -> int:
        found = _ENVIRONMENT.match(self.text, after)
        if found is None:
            self.frames[-1].markup.cuts.append((start, after))
            return after
        name = found[1]
        end = found.end()
        if name in known.VERBATIM or name in known.MATH:
            last = self._find(f"\\end{{{name}}}", end)
            if last >= 0:
                last += len(name) + 6
                if name.startswith(_INLINE_MATH):
                    self.frames[-1].markup.regions.append((RegionKind.HTML, start, last))
                    self.frames[-1].markup.letters.append((start, last, "\ufffc"))
                elif len(self.frames) == 1:
                    self._flush(start, last)
                    kind = RegionKind.CODE if name in known.VERBATIM else RegionKind.HTML
                    self.paragraphs.region(kind, start, last)
                else:
                    self._gone(start, last)
                return last
        option = _OPTION.match(self.text, end)
        if option is not None:
            end = option.end()
        for _ in range(known.ARGUMENTS.get(name, 0)):
            closing = self.closing.get(end)
            if closing is None:
                break
            end = closing + 1
        if len(self.frames) > 1:
            self.frames[-1].markup.letters.append((start, end, "\n"))
            return end
        self._flush(start, end)
        self.paragraphs.region(RegionKind.HTML, start, end)
        around = self.environments[-1][1] if self.environments else RegionKind.PROSE
        kind = next((kind for names, kind in _KINDS if name in names), around)
        self.environments.append((name, kind))
        if name == "frame" and end in self.closing:
            closing = self.closing[end]
            self._push(RegionKind.HEADING, -1, end + 1, closing)
            return end + 1
        return end

    def _end(self, start: int, after: int) -> int:
        found = _ENVIRONMENT.match(self.text, after)
        end = found.end() if found is not None else after
        if len(self.frames) > 1:
            self.frames[-1].markup.letters.append((start, end, "\n"))
            return end
        self._flush(start, end)
        self.paragraphs.region(RegionKind.HTML, start, end)
        name = found[1] if found is not None else ""
        for depth in range(len(self.environments) - 1, max(-1, len(self.environments) - 20), -1):
            if self.environments[depth][0] == name:
                del self.environments[depth:]
                break
        return end


_KINDS = (
    (known.QUOTATIONS, RegionKind.QUOTATION),
    (known.LISTS, RegionKind.LIST),
    (known.TABLES, RegionKind.TABLE),
)


def _matched(text: str) -> dict[int, int]:
    """Return where each brace is closed that is opened; code that is taken as it stands opens and closes none."""
    closing: dict[int, int] = {}
    stack: list[int] = []
    missing: set[str] = set()
    at = 0
    while True:
        found = _BRACES.search(text, at)
        if found is None:
            return closing
        at = found.end()
        if found["open"] is not None:
            stack.append(found.start())
        elif found["close"] is not None:
            if stack:
                closing[stack.pop()] = found.start()
        elif found["verbatim"] is not None:
            what = f"\\end{{{found['verbatim']}}}"
            end = text.find(what, at) if what not in missing else -1
            if end < 0:
                missing.add(what)
            else:
                at = end
        elif found["verb"] is not None:
            line = text.find("\n", at)
            end = text.find(found["verb"], at, line if line >= 0 else len(text))
            at = max(at, end + 1)
