"""Detector `question`: a question that became a statement, and a statement that became a question.

The marks say most of it: a source that has no question mark and no particle that asks does not ask, and one that has a
mark does. How each language asks is data (corpora/sources/question).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypedDict

from corrigenda.cues.lists import Cues, cues
from corrigenda.cues.sides import Sides, sides, source_span, target_span
from corrigenda.detectors.detector import Detector
from corrigenda.detectors.templates import fault_of_message
from corrigenda.errors import CheckError
from corrigenda.finding import Applicability, Correction, Severity
from corrigenda.languages import code_of
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Key
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.alignment.bitext import Bitext
    from corrigenda.rules.check import Check

_MARK = re.compile(r"[?？؟⁇⁈⸮]")
_STOP = re.compile(r"[.。।．…!！][\"'”’»」』)\]]*\s*$")
_LAST = re.compile(r"(\w+)(\.?)(?=[\"'”’»)\]]*\s*$)")
_ASKING = re.compile(r"\w+(?:['’-]\w+)*[.,]?[\"'”’»)\]]*[?？؟⁇⁈⸮]+")
_SURE = 0.8
"""How sure the alignment must be for more than a suggestion."""


class QuestionKeys(TypedDict):
    """The keys of a check."""

    gained: Annotated[str, Key("the message where only the translation asks")]
    lost: Annotated[str, Key("the message where only the source asks")]


class QuestionPayload(NamedTuple):
    """The two messages."""

    gained: str
    lost: str


class QuestionDetector(Detector):
    """Questions of a text and its source."""

    name = "question"
    scope = "document"
    options = QuestionKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the one rule: a document that has its source."""
        keys = check.keys(QuestionKeys)
        for key, message in (("gained", keys["gained"]), ("lost", keys["lost"])):
            fault = fault_of_message(message, ())
            if fault:
                raise CheckError(check.path, check.line(key), fault)
        return [Rule(structure="source", payload=QuestionPayload(keys["gained"], keys["lost"]))]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Compare the pairs of each document."""
        for nominee in nominees:
            bitext = context.bitext(nominee.document)
            if bitext is None:
                continue
            own = cues("question", code_of(context.documents[nominee.document].language))
            other = cues("question", bitext.language)
            if own is not None and other is not None:
                for pair in sides(bitext):
                    yield from _compared(nominee, bitext, pair, own, other)


def _compared(nominee: Nominee, bitext: "Bitext", pair: Sides, own: Cues, other: Cues) -> Iterator[Hit]:
    """Yield the end of a sentence that asks where its source states, or the other way round."""
    payload = nominee.rule.payload(QuestionPayload)
    asks, asked = _MARK.search(pair.target.text) is not None, _MARK.search(pair.source.text) is not None
    severity = None if pair.single and pair.confidence >= _SURE else Severity.SUGGESTION
    if not asked and not _may_ask(pair.source.text, other):
        for start, end in _questions(pair.target.text, own):
            span = target_span(bitext, pair.target, start, end)
            yield Hit(
                nominee.rule.check,
                nominee.document,
                span.start,
                span.end,
                message=payload.gained,
                severity=severity,
                source_span=source_span(bitext, pair.source),
            )
    elif asked and not asks and not own.find(pair.target.text):
        last = _LAST.search(pair.target.text)
        mark = _MARK.search(pair.source.text)
        if last is None or mark is None:
            return
        span = target_span(bitext, pair.target, last.start(), last.end())
        # A question inside a longer sentence may be reported in other words; one that ends it is not.
        ends = not pair.source.text[mark.end() :].strip(" \t\n\"'”’»」』)]")
        yield Hit(
            nominee.rule.check,
            nominee.document,
            span.start,
            span.end,
            corrections=(Correction(f"{last[1]}?", Applicability.UNSAFE),) if ends else (),
            message=payload.lost,
            severity=severity if ends else Severity.SUGGESTION,
            source_span=source_span(bitext, pair.source),
        )


def _may_ask(source: str, other: Cues) -> bool:
    """Return whether a text without a question mark may ask: by a particle, or by a word where it ends openly."""
    groups = {cue.group for cue in other.find(source)}
    return "asks" in groups or ("wondering" in groups and _STOP.search(source) is None)


def _questions(text: str, own: Cues) -> Iterator[tuple[int, int]]:
    """Yield the ends of the questions in a text; where it has no question mark, the words that open one."""
    ends = [found.span() for found in _ASKING.finditer(text)]
    yield from ends
    if not ends:
        for cue in own.find(text):
            before = text[: cue.start].rstrip(" \"'“‘«")
            behind_comma = cue.group == "inside" and before.endswith(",") and before.count(",") == 1
            if behind_comma or (cue.group != "wondering" and not before):
                yield cue.start, cue.end
                return


DETECTOR = QuestionDetector()
