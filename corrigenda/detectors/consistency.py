"""Detector `consistency`: one thing written in two ways within a document.

A check lists groups of forms that mean the same. Where a document has more than one form of a group, the minority forms
are marked; the evidence counts all of them, with lines. No form is right by itself: only when both stand equally often
does the form decide that the check lists first.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple, Required, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.errors import CheckError
from corrigenda.expressions import compiled, span_of
from corrigenda.finding import Applicability, Correction
from corrigenda.languages import language
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Key, Lists, Text, Words
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check


class Form(TypedDict):
    """One way to write it: what reports call it, and the patterns that find it."""

    label: str
    find: Words


class Group(TypedDict, total=False):
    """Forms that mean the same, expressions inside which no form counts, and the word of a source language that stands
    behind all of them.
    """

    forms: Required[Annotated[list[Form], Key(least=2)]]
    keep: Words
    source: Text
    weak: Annotated[bool, Key("it counts only in a text that other findings show to be translated")]


class ConsistencyKeys(TypedDict, total=False):
    """The keys of a check."""

    groups: Required[Annotated[list[Group], Key(least=1)]]
    applicability: Applicability
    lists: Lists


class FormPayload(NamedTuple):
    """A form: its group, its place there, what reports call it, where it does not count, how it may be replaced, the
    word behind it, and whether its group counts in translations alone.
    """

    group: int
    form: int
    label: str
    keep: Sequence[str]
    applicability: str
    source: str = ""
    weak: bool = False


class Consistency(Detector):
    """One thing in two ways within a document."""

    name = "consistency"
    scope = "document"
    values = frozenset(("count", "other"))
    options = ConsistencyKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Turn every form of every group into a rule. Raises CheckError with the form's line."""
        return [
            _rule(check, (number, place), group, form, find, resources)
            for number, group in enumerate(check.keys(ConsistencyKeys)["groups"])
            for place, form in enumerate(group["forms"])
            for find in form["find"]
        ]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterator[Hit]:
        """Count the forms of each group in each document and mark those in the minority."""
        groups: dict[tuple[int, int], list[Nominee]] = {}
        for nominee in nominees:
            groups.setdefault((nominee.document, nominee.rule.payload(FormPayload).group), []).append(nominee)
        for (number, _), members in sorted(groups.items()):
            document = context.documents[number]
            places: dict[int, set[tuple[int, int]]] = {}
            labels: dict[int, str] = {}
            for nominee in members:
                payload = nominee.rule.payload(FormPayload)
                labels[payload.form] = payload.label
                for span in _spans(nominee, context):
                    if not document.is_masked(*span):
                        places.setdefault(payload.form, set()).add(span)
            if len(places) < 2:
                continue
            best = min(places, key=lambda form: (-len(places[form]), form))
            lines = {
                labels[form]: document.places(start for start, _ in spans) for form, spans in sorted(places.items())
            }
            counts = {labels[form]: len(spans) for form, spans in sorted(places.items())}
            said = members[0].rule.payload(FormPayload)
            behind = {"source": said.source} if said.source else {}
            for form, spans in places.items():
                if form == best:
                    continue
                for start, end in sorted(spans):
                    quote = document.text[start:end]
                    target = labels[best]
                    if quote.isupper() and len(quote) > 1:
                        target = target.upper()
                    elif quote[:1].isupper():
                        target = target[:1].upper() + target[1:]
                    yield Hit(
                        check=members[0].rule.check,
                        document=number,
                        start=start,
                        end=end,
                        corrections=(Correction(target, Applicability(said.applicability)),),
                        values={"other": labels[best], "count": str(counts[labels[best]])},
                        evidence={"counts": counts, "lines": lines, **behind},
                        variants=(quote, target),
                        weak=said.weak,
                    )


def _rule(
    check: "Check", place: tuple[int, int], group: Group, form: Form, find: str, resources: CompileResources
) -> Rule:
    # deferred: only compiling needs it
    from corrigenda.rules.check import lists_for
    from corrigenda.rules.patterns import announcing, regex
    from corrigenda.rules.short_form import PatternError, parse

    lists = lists_for(check, resources.lists)
    line = check.line("groups", place[0], "forms", place[1])
    try:
        pattern = parse(find, lists, check.language)
        expression = regex(pattern)
        compiled(expression)
        keep = [regex(parse(text, lists, check.language)) for text in group.get("keep", ())]
        necessary = announcing(pattern, resources.frequency)
    except (PatternError, ValueError) as error:
        raise CheckError(check.path, line, f"{find!r}: {error}") from error
    if not necessary:
        raise CheckError(check.path, line, f"{find!r} holds no word that could announce it")
    applicability = check.keys(ConsistencyKeys).get("applicability", "unsafe")
    behind, weak = group.get("source", ""), group.get("weak", False)
    payload = FormPayload(*place, form["label"], keep, applicability, behind, weak)
    return Rule(literals=necessary, gate=expression, payload=payload)


def _spans(nominee: Nominee, context: Context) -> Iterable[tuple[int, int]]:
    if nominee.block is None:
        return
    view = context.documents[nominee.document].blocks[nominee.block].view
    kept = [
        found.span() for keep in nominee.rule.payload(FormPayload).keep for found in compiled(keep).finditer(view.text)
    ]
    own = language(nominee.rule.check.language)
    for found in compiled(nominee.rule.gate).finditer(view.text):
        if not own.is_whole(view.text, *found.span()):
            continue
        start, end = span_of(found, "mark")
        if any(first < end and start < last for first, last in kept):
            continue
        span = view.to_document(start, end)
        yield span.start, span.end


DETECTOR = Consistency()
