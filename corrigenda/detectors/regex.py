"""Detector `regex`: linear-time regular expressions, for typography and for what has no words.

The group `mark` is what is marked, else the whole match; other named groups fill messages and corrections.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from corrigenda.detectors.base import common_payload, entries, finds, hit_at
from corrigenda.expressions import compiled, span_of
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check

name = "regex"
scope = "sentence"


def compile_check(check: "Check", resources: CompileResources) -> list[Rule]:
    """Turn every expression into a rule, nominated by `literals` where given, else by `scan` or itself."""
    from corrigenda.rules.check import CheckError

    rules: list[Rule] = []
    for entry, place in entries(check):
        exceptions = [*entry.get("except", ())]
        if entry is not check.options:
            exceptions += check.options.get("except", ())
        for index, find in enumerate(finds(entry)):
            line = check.line(*place, "find", index)
            for expression in (find, *exceptions, check.options.get("scan", "")):
                try:
                    compiled(expression)
                except ValueError as error:
                    advice = (
                        "; look-around and back-references are not in a linear-time engine: use 'except'"
                        if "(?" in str(error)
                        else ""
                    )
                    raise CheckError(check.path, line, f"{expression!r}: {error}{advice}") from error
            if compiled(find).search("") is not None:
                raise CheckError(check.path, line, f"{find!r} matches nothing at all as well; make some part required")
        for find in _joined(finds(entry)):
            words = tuple(sorted(word.lower() for word in check.options.get("literals", ())))
            # Scans run over the blocks of a document together, where an anchor means something else. An expression
            # without one nominates best by itself.
            anchored = "^" in find.replace("[^", "") or "$" in find.replace("\\$", "").replace("[$", "")
            scan = "" if words else check.options.get("scan", find) if anchored else find
            whole = bool(check.options.get("whole", False))
            rules.append(
                Rule(
                    literals=words,
                    scan=scan,
                    gate=find,
                    payload={
                        **common_payload(check, entry),
                        "marks": check.options.get("marks", "match"),
                        "except": exceptions,
                        "whole": whole,
                    },
                )
            )
    if not rules:
        raise CheckError(check.path, 1, "the check looks for nothing; give it 'find' or 'entries'")
    return rules


def _joined(expressions: Sequence[str]) -> list[str]:
    """Make one expression of those of an entry that name no group: one search instead of thirty."""
    if len(expressions) < 2 or any("(?P<" in expression for expression in expressions):
        return list(expressions)
    flags = {found[0] if (found := re.match(r"\(\?[a-z]+\)", e)) else "" for e in expressions}
    if len(flags) != 1:
        return list(expressions)
    flag = flags.pop()
    return [flag + "|".join(f"(?:{expression[len(flag) :]})" for expression in expressions)]


def confirm(nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
    """Run each nominated expression over its paragraph."""
    for nominee in nominees:
        if nominee.block is None:
            continue
        block = context.documents[nominee.document].blocks[nominee.block]
        text = block.view.text
        payload = nominee.rule.payload
        vetoes = [found.span() for veto in payload["except"] for found in compiled(veto).finditer(text)]
        for found in compiled(nominee.rule.gate).finditer(text):
            groups = found.groupdict()
            start, end = span_of(found, "mark")
            if start >= end or (payload["whole"] and (text[: found.start()].strip() or text[found.end() :].strip())):
                continue
            if any(first < found.end() and found.start() < last for first, last in vetoes):
                continue
            if payload["marks"] == "block":
                start, end = 0, len(text)
            values = {key: value for key, value in groups.items() if value is not None and key != "mark"}
            hit = hit_at(nominee, start, end, values, {}, context)
            if hit is not None:
                yield hit
