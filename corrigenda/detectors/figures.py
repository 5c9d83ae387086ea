"""Detector `figures`: numbers, dates, times, money and units written as another language writes them.

The grammar of figures is the language's (`Language.figures`): it knows what a figure in any style means, and how the
language itself writes it. A check names the kinds that it speaks of, with what it says of each.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple, Required, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.detectors.templates import fault_of_message
from corrigenda.errors import CheckError, closest
from corrigenda.finding import Applicability, Correction, Severity
from corrigenda.languages import any_language
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Key, Text, Words
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.languages.base import Figure, Habits
    from corrigenda.rules.check import Check


class KindKeys(TypedDict, total=False):
    """Kinds of figures, and what is said of them."""

    kinds: Required[Annotated[Words, Key("kinds of figures, as the language's grammar names them")]]
    message: Text
    severity: Severity


class FiguresKeys(TypedDict):
    """The keys of a check."""

    figures: Annotated[list[KindKeys], Key("the kinds of figures that are looked for", least=1)]


class FiguresPayload(NamedTuple):
    """By kind, the message and the severity; "" for those of the check."""

    said: dict[str, list[str]]


class FiguresDetector(Detector):
    """Figures as another language writes them."""

    name = "figures"
    scope = "document"
    options = FiguresKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return a rule for each family of figures of which the check names a kind."""
        said: dict[str, list[str]] = {}
        families = resources.language.figures.families
        known = {kind: name for name, family in families.items() for kind in family.kinds}
        for number, entry in enumerate(check.keys(FiguresKeys)["figures"]):
            fault = fault_of_message(entry.get("message", ""), ())
            if fault:
                raise CheckError(check.path, check.line("figures", number, "message"), fault)
            for kind in entry["kinds"]:
                if kind not in known:
                    meant = closest(kind, known)
                    hint = f"; did you mean {meant!r}?" if meant else f"; there are {', '.join(sorted(known))}"
                    raise CheckError(check.path, check.line("figures", number, "kinds"), f"no kind is {kind!r}{hint}")
                said[kind] = [entry.get("message", ""), str(entry.get("severity", ""))]
        return [
            Rule(scan=family.scan, hints=family.hints, payload=FiguresPayload(said))
            for name, family in sorted(families.items())
            if not said.keys().isdisjoint(family.kinds)
        ]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Ask the grammar for the figures of each nominated paragraph."""
        done: set[tuple[int, int]] = set()
        for nominee in nominees:
            if nominee.block is None or (nominee.document, nominee.block) in done:
                continue
            done.add((nominee.document, nominee.block))
            said = nominee.rule.payload(FiguresPayload).said
            view = context.documents[nominee.document].blocks[nominee.block].view
            for figure in _figures(nominee.document, nominee.block, context):
                if figure.kind not in said:
                    continue
                message, severity = said[figure.kind]
                span = view.to_document(figure.start, figure.end)
                level = Severity(severity) if severity else None
                yield Hit(
                    check=nominee.rule.check,
                    document=nominee.document,
                    start=span.start,
                    end=span.end,
                    corrections=tuple(
                        Correction(text, Applicability.SAFE if safe else Applicability.UNSAFE)
                        for text, safe in figure.corrections
                    ),
                    message=message,
                    severity=Severity.SUGGESTION if figure.doubtful else level,
                )


def _figures(number: int, block: int, context: Context) -> Sequence["Figure"]:
    """Return the figures of a block, the same for every check that asks."""
    key = (FiguresDetector.name, number, block)
    if key not in context.memo:
        document = context.documents[number]
        grammar = any_language(document.language).figures
        context.memo[key] = grammar.find(document.blocks[block].view.text, _habits(number, context))
    found: Sequence[Figure] = context.memo[key]
    return found


def _habits(number: int, context: Context) -> "Habits":
    """Return what a document shows of its own way to write figures."""
    key = (FiguresDetector.name, number)
    if key not in context.memo:
        document = context.documents[number]
        own = any_language(document.language)
        tag = str(context.settings.get("language", "auto"))
        if not own.dialects.wanted(tag):
            tag = own.dialects.variant(document.readable, "")
        context.memo[key] = own.figures.habits(document.readable, tag, documentation=document.is_documentation)
    found: Habits = context.memo[key]
    return found


DETECTOR = FiguresDetector()
