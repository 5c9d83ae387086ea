"""Detector `regex`: linear-time regular expressions, for typography and for what has no words.

The group `mark` is what is marked, else the whole match; other named groups fill messages and corrections.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, NamedTuple, TypedDict

from corrigenda.detectors.entries import (
    Entry,
    EntryDetector,
    Find,
    Marks,
    Part,
    Said,
    hit_at,
    rule_of,
    said_of,
)
from corrigenda.documents.document import Document
from corrigenda.documents.parts import View
from corrigenda.errors import CheckError
from corrigenda.expressions import compiled, span_of
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Compare, Key, Near, Words
from corrigenda.rules.required import required
from corrigenda.rules.rule import CompileResources, Rule

Edge = Annotated[int, Key("the paragraph must be among so many first or last ones of the text", least=1)]


class RegexEntry(Entry, total=False):
    """One thing looked for, with what it has of its own."""

    edge: Edge


RegexKeys = TypedDict(
    "RegexKeys",
    {
        "find": Find,
        "entries": Annotated[list[RegexEntry], Key(least=1)],
        "except": Words,
        "if": Near,
        "unless": Near,
        "not-in-documentation": Annotated[
            bool, Key("texts that show code, or link to files beside them, are left alone")
        ],
        "edge": Edge,
        "on-one-line": Annotated[bool, Key("what is marked may hold no line break of the file")],
        "whole": Annotated[bool, Key("the expression must cover the whole block")],
        "literals": Words,
        "scan": Annotated[str, Key("a cheap expression run over the raw text that nominates")],
        "marks": Annotated[Marks, Key("what is marked: the match, or the whole paragraph")],
        "compare": Compare,
    },
    total=False,
)


class RegexPayload(NamedTuple):
    """An expression: what it says, what is marked, its exceptions, whether it must cover the whole block, and whether
    what is marked must stand on one line of the file; whether documentation is left alone; how near to an end of the
    text the paragraph must be, 0 for anywhere.
    """

    said: Said
    marks: Marks
    vetoes: Sequence[str]
    whole: bool
    on_one_line: bool
    not_in_documentation: bool
    edge: int


_MARKED_WORD = re.compile(r"(?:\]\)| |\\b)\(\?P<mark>([a-z]+)\)(?:\(\?:\[\^\\pL| |,|\\b)")
"""One plain word that an expression marks, between characters that are no letters."""


def _announced(find: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the one of a check's literals that every match of an expression holds, where it marks just that word; else
    all of them.
    """
    marked = _MARKED_WORD.search(find)
    if marked is not None and marked[1] in words:
        held = required(find)
        if len(held) == 1 and marked[1] in held[0]:
            return (marked[1],)
    return words


class Regex(EntryDetector):
    """Linear-time regular expressions."""

    name = "regex"
    shows = True
    options = RegexKeys

    def compile_entry(self, entry: Part, resources: CompileResources) -> Iterator[Rule]:
        """Turn every expression into a rule, nominated by `literals` where given, else by `scan` or itself."""
        keys = entry.check.keys(RegexKeys)
        exceptions = entry.exceptions
        for index, find in enumerate(entry.finds):
            _refuse_faulty(entry, index, find, (*exceptions, keys.get("scan", "")))
        words = tuple(sorted(word.lower() for word in keys.get("literals", ())))
        for find in _joined(entry.finds):
            # Scans run over the blocks of a document together, where an anchor means something else. An expression
            # without one nominates best by itself.
            anchored = "^" in find.replace("[^", "") or "$" in find.replace("\\$", "").replace("[$", "")
            scan = "" if words else keys.get("scan", find) if anchored else find
            payload = RegexPayload(
                said_of(entry),
                keys.get("marks", "match"),
                exceptions,
                bool(keys.get("whole", False)),
                bool(keys.get("on-one-line", False)),
                bool(keys.get("not-in-documentation", False)),
                entry.written.get("edge", keys.get("edge", 0)),
            )
            values = frozenset(compiled(find).groupindex)
            own = _announced(find, words)
            yield rule_of(entry, Rule(literals=own, scan=scan, gate=find, payload=payload, values=values))

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Run each nominated expression over its paragraph."""
        for nominee in nominees:
            if nominee.block is None:
                continue
            document = context.documents[nominee.document]
            view = document.blocks[nominee.block].view
            text = view.text
            payload = nominee.rule.payload(RegexPayload)
            if payload.edge:
                own = document.text_of(nominee.block)
                if own.start + payload.edge <= nominee.block < own.stop - payload.edge:
                    continue
            vetoes = [found.span() for veto in payload.vetoes for found in compiled(veto).finditer(text)]
            for found in compiled(nominee.rule.gate).finditer(text):
                start, end = span_of(found, "mark")
                if start >= end or (payload.whole and (text[: found.start()].strip() or text[found.end() :].strip())):
                    continue
                if any(first < found.end() and found.start() < last for first, last in vetoes):
                    continue
                if payload.marks == "block":
                    start, end = 0, _readable(document, view)
                    if not end:
                        break
                if payload.not_in_documentation and document.is_documentation:
                    break
                if payload.on_one_line and _breaks(document, view, start, end):
                    continue
                values = {key: value for key, value in found.groupdict().items() if value is not None and key != "mark"}
                hit = hit_at(nominee, payload.said, start, end, values, {}, context)
                if hit is not None:
                    # What is left of a line with an address in it would be nothing but the address.
                    cut = payload.marks == "block" and end < len(text)
                    yield hit._replace(corrections=()) if cut else hit


_WORDS_AFTER = re.compile(r"[^\W_](?![^()\n]{0,60}\))")
"""Words behind an address that are not in brackets."""


def _readable(document: Document, view: View) -> int:
    """Return how much of a block a finding may hold: all of it, or what stands before the address at its end; nothing
    where an address stands elsewhere.
    """
    text = view.text
    span = view.to_document(0, len(text))
    masked = document.masked_in(span.start, span.end)
    if not masked:
        return len(text)
    if _WORDS_AFTER.search(document.text, masked[-1].end, span.end):
        return 0
    return len(text[: view.from_document(masked[0].start)].rstrip(" \t\n:(<[–—-"))


def _breaks(document: Document, view: View, start: int, end: int) -> bool:
    """Return whether a line of the file ends in a stretch of a view."""
    span = view.to_document(start, end)
    marked = document.text[span.start : span.end]
    return "\n" in marked or "\r" in marked


def _refuse_faulty(entry: Part, index: int, find: str, others: Sequence[str]) -> None:
    """Raise CheckError for an expression that RE2 does not take, or that matches nothing at all."""

    line = entry.line("find", index)
    for expression in (find, *others):
        try:
            compiled(expression)
        except ValueError as error:
            advice = (
                "; look-around and back-references are not in a linear-time engine: use 'except'"
                if "(?" in str(error)
                else ""
            )
            raise CheckError(entry.check.path, line, f"{expression!r}: {error}{advice}") from error
    if compiled(find).search("") is not None:
        raise CheckError(entry.check.path, line, f"{find!r} matches nothing at all as well; make some part required")


def _joined(expressions: Sequence[str]) -> list[str]:
    """Make one expression of those of an entry that name no group: one search instead of thirty."""
    if len(expressions) < 2 or any("(?P<" in expression for expression in expressions):
        return list(expressions)
    flags = {found[0] if (found := re.match(r"\(\?[a-z]+\)", e)) else "" for e in expressions}
    if len(flags) != 1:
        return list(expressions)
    flag = flags.pop()
    return [flag + "|".join(f"(?:{expression[len(flag) :]})" for expression in expressions)]


DETECTOR = Regex()
