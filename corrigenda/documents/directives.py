"""Directives: comments that speak to corrigenda, such as `<!-- corrigenda: ignore names -->`.

What they say is read by corrigenda.pipeline.suppression; where they stand is the reader's to say. A comment that means
to be one and is none is a directive too, with its fault: whoever wrote it relies on it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from corrigenda.documents.parts import Directive, Fault, Region, RegionKind
from corrigenda.expressions import lazy

_NAME = "corrigenda"
_ANY = r"(?i)corr?igend"
_OPENING = lazy(
    r"<!--\s{0,200}(?=corr?igend(?:a|um)\b)|^[ \t]*(?:%%?|//|#)[ \t]*(?=corr?igend(?:a|um)\b)", re.MULTILINE
)
_MARKDOWN_LINE = lazy(r"^[ \t>]*%%?[ \t]*(?=corr?igend(?:a|um)\b)", re.MULTILINE | re.IGNORECASE)
_YAML_LINE = lazy(r"^[ \t]*#[ \t]*(?=corr?igend(?:a|um)\b)", re.MULTILINE | re.IGNORECASE)
_WORDS = lazy(r"(corr?igend(?:a|um))([ \t]*:)?\s*(.*)", re.DOTALL | re.IGNORECASE)
_MEANT = lazy(r"\W{0,3}(?:ignor|disabl|enabl|skip|suppress|silenc|(?:off|on)\b)", re.IGNORECASE)
_LINE_BREAK = lazy(r"[ \t]*[\r\n]+(?:[ \t]*>)*[ \t]*")
_DELIMITERS = (("<!--", "-->"), ("{/*", "*/}"), ("<!---", "--->"))
_LINK_COMMENT = lazy(r"\[[^\]\n]*\]:[ \t]*<?#>?[ \t]+(?:\((.*)\)|\"(.*)\"|'(.*)')[ \t]*", re.DOTALL)


def find(text: str) -> tuple[Directive, ...]:
    """Return the directives of a plain text, ascending: in comments of HTML, and on lines that begin with %, //, #."""
    if re.search(_ANY, text) is None:
        return ()
    result: list[Directive] = []
    closed = True
    for opening in _OPENING.finditer(text):
        start, words = opening.span()
        last = -1
        if opening[0].startswith("<!--"):
            last = text.find("-->", words) if closed else -1
            closed = last >= 0
        line_end = _line_end(text, words)
        end = last + 3 if last >= 0 else line_end
        result += spoken(start, end, text[words : last if last >= 0 else line_end])
    return tuple(result)


def in_markdown(text: str, regions: Iterable[Region], *, mdx: bool = False) -> tuple[Directive, ...]:
    """Return the directives of a Markdown text, ascending: what stands in real comments, never in code or a heading.

    Args:
        text: The text.
        regions: The regions that the reader found in it.
        mdx: Whether it is MDX, in which `<!-- -->` is no comment.
    """
    if re.search(_ANY, text) is None:
        return ()
    known = list(regions)
    hidden = _Stretches(region for region in known if region.kind in (RegionKind.CODE, RegionKind.HTML))
    result: list[Directive] = []
    for kind, start, end in dict.fromkeys(known):
        if kind is RegionKind.COMMENT and not hidden.hold(start, end):
            result += spoken(start, end, _inside(text[start:end]))
        elif kind is RegionKind.LINK_TARGET and text.startswith("[", start) and end - start < 5_000:
            comment = _LINK_COMMENT.fullmatch(text, start, end)
            if comment is not None:
                result += spoken(start, end, comment[1] or comment[2] or comment[3] or "")
        elif kind is RegionKind.HTML and mdx and text.startswith("<!--", start):
            said = spoken(start, end, _inside(text[start:end]))
            result += (directive._replace(fault=Fault.NO_COMMENT) for directive in said)
        elif kind is RegionKind.FRONT_MATTER:
            for opening in _YAML_LINE.finditer(text, start, end):
                last = min(_line_end(text, opening.end()), end)
                result += spoken(opening.start(), last, text[opening.end() : last])
    masked = _Stretches(
        region
        for region in known
        if region.kind in (RegionKind.CODE, RegionKind.HTML, RegionKind.COMMENT, RegionKind.FRONT_MATTER)
    )
    for opening in _MARKDOWN_LINE.finditer(text):
        start, end = text.index("%", opening.start()), _line_end(text, opening.end())
        if not masked.hold(start, start + 1):
            result += spoken(start, end, text[opening.end() : end].removesuffix("%%"))
    return tuple(sorted(result))


def in_comment(text: str, start: int, end: int) -> tuple[Directive, ...]:
    """Return the directive that the comment `[start, end)` of a page is; none where it only speaks of us."""
    comment = text[start:end]
    if re.search(_ANY, comment) is None:
        return ()
    return tuple(spoken(start, end, _inside(comment)))


def regions(directives: tuple[Directive, ...]) -> list[Region]:
    """Return the regions of directives: what they say is no copy."""
    return [Region(RegionKind.DIRECTIVE, directive.start, directive.end) for directive in directives]


class _Stretches:
    """Stretches of a text, merged, to be asked whether one holds another."""

    def __init__(self, found: Iterable[Region]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for _, start, end in sorted(found, key=lambda region: region.start):
            if self.ends and start <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.starts.append(start)
                self.ends.append(end)

    def hold(self, start: int, end: int) -> bool:
        """Return whether one of them holds all of `[start, end)`."""
        index = bisect_right(self.starts, start) - 1
        return index >= 0 and self.ends[index] >= end


def _inside(comment: str) -> str:
    """Return what a comment says, without its marks."""
    for opening, closing in _DELIMITERS:
        if comment.startswith(opening) and not comment.startswith(opening + "-"):
            return comment.removeprefix(opening).removesuffix(closing)
    return comment.lstrip("%")


def spoken(start: int, end: int, comment: str) -> Iterator[Directive]:
    """Yield the directive that a comment at `[start, end)` is, by what it says; nothing where it only speaks of us."""
    if re.search(_ANY, comment) is None:
        return
    found = _WORDS.fullmatch(_LINE_BREAK.sub(" ", comment.strip()))
    if found is None:
        return
    name, colon, said = found[1].lower(), found[2], found[3].strip()
    if colon is None:
        if _MEANT.match(said) is not None:
            yield Directive(start, end, said, fault=Fault.COLON)
    elif name == _NAME:
        yield Directive(start, end, said)
    elif _MEANT.match(said) is not None:
        yield Directive(start, end, said, fault=Fault.NAME)


def _line_end(text: str, start: int) -> int:
    ends = [at for at in (text.find("\n", start), text.find("\r", start)) if at >= 0]
    return min(ends, default=len(text))
