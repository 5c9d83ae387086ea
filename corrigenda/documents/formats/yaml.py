"""YAML catalogues, as Rails has them: each text that is a string is a unit, named by the keys that lead to it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from corrigenda.documents.catalogues import escapes, languages, yaml_scalars
from corrigenda.documents.catalogues.entry import Catalogue, Entry
from corrigenda.documents.catalogues.reader import CatalogueReader
from corrigenda.documents.catalogues.reading import spoken
from corrigenda.documents.catalogues.yaml_scalars import DOUBLE, FLOW, FOLDED, LITERAL, PLAIN, SINGLE
from corrigenda.documents.errors import DocumentError, Unreadable, Unwritable
from corrigenda.documents.parts import Directive, Edit, Span, Unread

SUFFIXES = (".yml", ".yaml")
IN_FOLDERS = False

DEEPEST = 60
"""Mappings and lists in each other."""

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*(corr?igend[^\r\n]*)", re.MULTILINE | re.IGNORECASE)
_SAFE = re.compile(r"[^\W_]|[ .!?;()/\u2010-\u2027-]")
_TOKENS = {
    SINGLE: re.compile(r"''|[\s\S]"),
    DOUBLE: re.compile(r"\\(?:x\w{2}|u\w{4}|U\w{8}|(?:\r\n|[\r\n])[ \t]*|[\s\S])|[\s\S]"),
}
_ANY = re.compile(r"[\s\S]")
_DOUBLE = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\x85": "\\N"})


class _Scalar(NamedTuple):
    """A scalar that is a value: the keys that lead to it, where its key begins, its own place, style and text."""

    path: tuple[str, ...]
    begin: int
    start: int
    end: int
    style: str
    said: str


class YamlReader(CatalogueReader):
    """Reads the strings of a YAML file and writes them back, each in the style that it has, or quoted."""

    format = "yaml"
    suffixes = SUFFIXES

    def catalogue(self, text: str, display: str) -> Catalogue:
        """Return the strings of a file. Raises Unreadable with the line where it is no YAML."""
        found, occupied = _scalars(text)
        language, depth = _language([scalar.path for scalar in found])
        entries: list[Entry] = []
        unread: list[Unread] = []
        others: dict[str, int] = {}
        for scalar in found:
            if depth and languages.tag(scalar.path[0]) != language:
                others.setdefault(scalar.path[0], scalar.begin)
                continue
            view = yaml_scalars.view(text, scalar.start, scalar.end, scalar.style, scalar.said)
            if view is None:
                unread.append(Unread(scalar.start, scalar.end, "a string whose way of writing is not known"))
            elif view.text:
                name = ".".join(scalar.path[depth:])
                entries.append(Entry(name, view, scalar.begin, scalar.end, style=scalar.style, icu=True))
        unread += (Unread(at, at, f"texts in {name}") for name, at in others.items())
        directives = tuple(_directives(text, entries, occupied))
        return Catalogue(tuple(entries), language, directives, tuple(sorted(unread)))

    def respelled(self, text: str, edit: Edit, entry: Entry) -> Edit:
        """Return an edit of a string as its style has it; a string that needs quotation marks then is quoted.

        Raises:
            Unwritable: The string cannot hold the text in any way.
        """
        if entry.style == DOUBLE:
            return escapes.respelled(text, edit, _TOKENS[DOUBLE], _in_double)
        if entry.style == SINGLE and "\n" not in edit.text:
            return escapes.respelled(text, edit, _TOKENS[SINGLE], lambda copy: copy.replace("'", "''"))
        if entry.style in (LITERAL, FOLDED):
            return self._in_block(text, edit, entry)
        first, last = entry.view.segments[0], entry.view.segments[-1]
        inside = first.start < edit.start and edit.end < last.start + last.length
        is_plain = entry.style in (PLAIN, FLOW)
        if is_plain and inside and all(map(_SAFE.match, edit.text)):
            return edit
        said = self._said(text, edit, entry)
        if is_plain and "\n" not in edit.text:
            raw = text[first.start : edit.start] + edit.text + text[edit.end : last.start + last.length]
            if _reads(f"{{k: {raw}}}" if entry.style == FLOW else f"k: {raw}", said):
                return edit
        quote = 1 if entry.style == SINGLE else 0
        start, end = first.start - quote, last.start + last.length + quote
        return Edit(start, end, f'"{_in_double(said)}"')

    def kept(self, between: str) -> str:
        """Return what of the file between two strings must stay as it is: all but their quotation marks."""
        return between.strip("\"'")

    def _in_block(self, text: str, edit: Edit, entry: Entry) -> Edit:
        line = max(text.rfind("\n", 0, edit.start), text.rfind("\r", 0, edit.start)) + 1
        indent = re.compile(r"[ ]*").match(text, line)
        behind = "\n" + (indent[0] if indent is not None else "")
        breaks = behind if entry.style == LITERAL else "\n" + behind
        return escapes.respelled(text, edit, _ANY, lambda copy: copy.replace("\n", breaks))

    def _said(self, text: str, edit: Edit, entry: Entry) -> str:
        """Return what a string says once it is edited."""
        raw = escapes.respelled(text, edit, _TOKENS.get(entry.style, _ANY), str)
        span = entry.view.span_of(edit.start, edit.end)
        kept = text[edit.start : edit.end]
        if raw.text == kept:
            return entry.view.text
        return entry.view.text[: span.start] + edit.text + entry.view.text[span.end :]


READER = YamlReader()


def _reads(text: str, said: str) -> bool:
    """Return whether a YAML text is a mapping with one string, which says what it should."""
    try:
        found, occupied = _scalars(text)
    except DocumentError:
        return False
    return [scalar.said for scalar in found] == [said] and len(occupied) == 2


def _in_double(copy: str) -> str:
    if any(sign < " " and sign not in "\n\t\r" for sign in copy):
        raise Unwritable("The correction has a control character, which YAML cannot hold. Make it in the file itself.")
    return copy.translate(_DOUBLE)


def _scalars(text: str) -> tuple[list[_Scalar], list[Span]]:
    """Return the strings that are values of mappings and members of lists, and the places of all scalars."""
    import yaml  # deferred: only a run that meets such a file needs it

    kind: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: list[_Scalar] = []
    occupied: list[Span] = []
    try:
        for path, begin, in_flow, event in _values(text, kind, occupied):
            if _is_string(event):
                start = yaml_scalars.content_start(text, _index(event.start_mark))
                style = event.style or (FLOW if in_flow else PLAIN)
                found.append(_Scalar(path, begin, start, _index(event.end_mark), style, event.value))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" at line {mark.line + 1:,}" if mark is not None else ""
        problem = str(getattr(error, "problem", None) or getattr(error, "reason", "") or "it cannot be read")
        raise Unreadable(f"This is not valid YAML{line}: {problem}.") from None
    return found, occupied


class _Level:
    """A mapping or a list that is open: `key` is the key that waits for its value, where it is a mapping."""

    __slots__ = ("begin", "count", "in_flow", "is_key", "is_list", "key")

    def __init__(self, is_list: bool, is_key: bool, in_flow: bool) -> None:
        self.is_list = is_list
        self.in_flow = in_flow
        self.is_key = is_key
        self.key: str | None = None
        self.begin = 0
        self.count = 0


def _values(text: str, kind: Any, occupied: list[Span]) -> Iterator[tuple[tuple[str, ...], int, bool, Any]]:
    """Yield the scalars that are values: the keys that lead to each, where its key begins, whether it stands between
    brackets, and its event.
    """
    import yaml  # deferred: as above

    stack: list[_Level] = []
    path: list[str] = []

    def named(start: int) -> tuple[str | None, int]:
        """Return the name of the value that begins, None where it is a key itself, and where its key begins."""
        if not stack:
            return "", start
        level = stack[-1]
        if level.is_list:
            level.count += 1
            return f"{level.count - 1}", start
        if level.key is None:
            return None, start
        key, level.key = level.key, None
        return key, level.begin

    event: Any
    # One event after the other, so that nothing deeper than allowed is looked at.
    for event in yaml.parse(text, Loader=kind):
        if isinstance(event, yaml.CollectionStartEvent):
            name, _ = named(_index(event.start_mark))
            if len(stack) >= DEEPEST:
                raise Unreadable(f"The YAML is nested more than {DEEPEST} levels deep, as no catalogue is.")
            path.append(name or "")
            stack.append(_Level(isinstance(event, yaml.SequenceStartEvent), name is None, bool(event.flow_style)))
        elif isinstance(event, yaml.CollectionEndEvent):
            path.pop()
            if stack.pop().is_key and stack:
                stack[-1].key = "?"
        elif isinstance(event, (yaml.ScalarEvent, yaml.AliasEvent)):
            start = _index(event.start_mark)
            name, begin = named(start)
            if isinstance(event, yaml.AliasEvent):
                if name is None:
                    stack[-1].key, stack[-1].begin = "*", start
                continue
            occupied.append(Span(start, _index(event.end_mark)))
            if name is None:
                stack[-1].key, stack[-1].begin = event.value, start
            else:
                keys = (*(part for part in path[1:] if part), name) if path else (name,)
                yield keys, begin, bool(stack) and stack[-1].in_flow, event


def _index(mark: Any) -> int:
    """Return where a mark is; an event that was read from text has one, whatever the stubs say."""
    at: int = mark.index
    return at


def _is_string(event: Any) -> bool:
    """Return whether a scalar is a string, and no number, date, or value of another type."""
    import yaml  # deferred: as above

    if event.tag is not None:
        return bool(event.tag == "tag:yaml.org,2002:str")
    if event.style:
        return True
    resolver: Any = yaml.resolver.Resolver()
    tag = resolver.resolve(yaml.ScalarNode, event.value, (True, False))
    return bool(tag == "tag:yaml.org,2002:str")


def _language(paths: Sequence[tuple[str, ...]]) -> tuple[str, int]:
    """Return the language of which the texts are read, and 1 where the outermost keys are languages, else 0."""
    found = list(dict.fromkeys(path[0] for path in paths if path))
    tags = [languages.tag(name) for name in found]
    if not found or not all(tags) or any(len(path) < 2 for path in paths):
        return "", 0
    english = [own for own in tags if own.partition("-")[0] == "en"]
    return (english or tags)[0], 1


def _directives(text: str, entries: Sequence[Entry], occupied: Sequence[Span]) -> Iterator[Directive]:
    """Yield the comments that speak to corrigenda: of the string on their line, or else of the next one."""
    starts = [span.start for span in occupied]
    for comment in _COMMENT.finditer(text):
        at = comment.start()
        index = bisect_right(starts, at) - 1
        if index >= 0 and at < occupied[index].end and text[occupied[index].start] not in "|>":
            continue
        if index >= 0 and at < occupied[index].end and not _is_header(text, occupied[index].start, at):
            continue
        line = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
        covered = next((entry for entry in entries if entry.start >= line), None)
        span = Span(covered.start, covered.end) if covered is not None else Span(comment.end(), comment.end())
        yield from spoken([(at, comment.end(), comment[1].strip())], span)


def _is_header(text: str, start: int, at: int) -> bool:
    """Return whether a position lies in the first line of a block scalar, where a comment may stand."""
    return "\n" not in text[start:at] and "\r" not in text[start:at]
