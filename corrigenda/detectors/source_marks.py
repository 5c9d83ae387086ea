"""Detector `source-marks`: placeholders, tags, addresses and end marks that the source has and the translation has not.

Codes are compared in the files' own text, since a reader does not see most of them; end marks and quotation marks in
what the reader sees. What is compared is told by the check: `codes`, `end` or `quotes`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.detectors.templates import fault_of_message
from corrigenda.errors import CheckError
from corrigenda.expressions import lazy
from corrigenda.finding import Applicability, Correction, Severity
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Key, Text
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.alignment.bitext import Bitext, Pair, Stretch
    from corrigenda.documents.document import Document
    from corrigenda.rules.check import Check

_LONGEST = 20_000
"""Code points of a side of a pair from which on it is not compared."""
_MOST = 200
"""Codes of a side from which on they are not compared."""
_ALIKE = 0.6
"""How alike two codes must be for one to be the other, misspelt."""
_CODE = lazy(
    r"\{\{[^{}\n]{1,60}\}\}|\$\{[^{}\n]{1,60}\}|%\{[^{}\n]{1,60}\}|\{[\w.:$-]{0,40}\}"
    r"|%\([A-Za-z_]\w{0,40}\)[sdifgr]|%(?:\d{1,2}\$)?[-+#0]{0,2}\d{0,3}(?:\.\d{1,2})?(?:l{0,2}[dufx]|[sdi@])(?![A-Za-z])"
    r"|</?[A-Za-z][\w:-]{0,30}(?:\s[^<>]{0,300})?/?>"
    r"|https?://[^\s<>\"'“”«»）】。，]{1,500}|(?<![\w.])[\w.+-]{1,64}@[\w-]{1,60}(?:\.[\w-]{1,20}){1,4}"
    r"|`[^`\n]{1,200}`|\[\^[\w-]{1,30}\]|&[a-z]{2,8};"
)
_TAG = lazy(r"<(/?)([A-Za-z][\w:-]*)[^<>]*?(/?)>")
_TRAILING = ".,;:!?)]*_"
_CLOSING = "\"'”’»«“„)]}）】」』》*_ \t\r\n\u00a0"
_CLASSES = {
    ".": "stop",
    "。": "stop",
    "．": "stop",
    "।": "stop",
    "۔": "stop",
    "!": "exclamation",
    "！": "exclamation",
    "?": "question",
    "？": "question",
    "؟": "question",
    "…": "ellipsis",
    ":": "colon",
    "：": "colon",
    ";": "semicolon",
    "；": "semicolon",
    ",": "comma",
    "，": "comma",
    "、": "comma",
    "،": "comma",
    "-": "dash",
    "–": "dash",
    "—": "dash",
}
_MARKS = {"stop": ".", "exclamation": "!", "colon": ":", "ellipsis": "…"}
_LAST_WORD = lazy(r"[^\s]+$")
_OPENING = lazy(r"[«„“「『《〈]|(?<![^\s(\[])[\"‘](?=\S)")
_WORD = lazy(r"\w+")
_WORDS_OF_SENTENCE = 4
"""Words from which on a line without an end mark is a sentence that lost its own."""

Part = Literal["codes", "end", "quotes"]


class SourceMarksKeys(TypedDict, total=False):
    """The keys of a check."""

    compared: Annotated[list[Part], Key("what is compared with the source", least=1)]
    lost: Annotated[Text, Key("the message of what the source alone has")]
    added: Annotated[Text, Key("the message of what the translation alone has")]
    changed: Annotated[Text, Key("the message of what differs")]


class SourceMarksPayload(NamedTuple):
    """What is compared, and the messages of what is lost, added and changed; "" for what is not reported."""

    compared: Sequence[str]
    lost: str
    added: str
    changed: str


class SourceMarks(Detector):
    """Marks that differ from the source's."""

    name = "source-marks"
    scope = "document"
    values = frozenset(("source_quote",))
    options = SourceMarksKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the rule: documents that have a source."""
        keys = check.keys(SourceMarksKeys)
        for name in ("lost", "added", "changed"):
            fault = fault_of_message(str(keys.get(name, "")), self.values)
            if fault:
                raise CheckError(check.path, check.line(name), fault)
        payload = SourceMarksPayload(
            keys.get("compared", ["codes"]), keys.get("lost", ""), keys.get("added", ""), keys.get("changed", "")
        )
        return [Rule(structure="source", payload=payload)]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Compare each pair."""
        for nominee in nominees:
            bitext = context.bitext(nominee.document)
            if bitext is None:
                continue
            document = context.documents[nominee.document]
            payload = nominee.rule.payload(SourceMarksPayload)
            for pair in bitext.held():
                if len(pair.target_text) + len(pair.source_text) > _LONGEST:
                    continue
                if "codes" in payload.compared:
                    yield from _codes(nominee, document, bitext, pair, payload)
                if "end" in payload.compared:
                    yield from _end(nominee, bitext, pair, payload)
                if "quotes" in payload.compared:
                    yield from _quotes(nominee, bitext, pair, payload)


class _Code(NamedTuple):
    """A code at `[start, end)` of a file's text, and what it is compared by."""

    start: int
    end: int
    key: str


def _found(stretches: "Sequence[Stretch]", text: str, spans: Sequence[tuple[int, int]]) -> list[_Code]:
    """Return the codes in some stretches of a file's text."""
    result: list[_Code] = []
    for start, end in spans:
        for found in _CODE.finditer(text, start, end):
            written = found[0]
            last = found.end()
            if written.startswith("http"):
                kept = written.rstrip(_TRAILING)
                last, written = found.start() + len(kept), kept
            tag = _TAG.fullmatch(written)
            key = f"<{tag[1]}{tag[2].lower()}>" if tag is not None else written
            result.append(_Code(found.start(), last, key))
    return result


def _codes(
    nominee: Nominee, document: "Document", bitext: "Bitext", pair: "Pair", payload: SourceMarksPayload
) -> Iterator[Hit]:
    ours = _found(pair.target, document.text, [bitext.target_span(own) for own in pair.target])
    theirs = _found(pair.source, document.source_text, [bitext.source_span(own) for own in pair.source])
    if (not ours and not theirs) or max(len(ours), len(theirs)) > _MOST:
        return
    # What stands in the file between the sentences of a pair belongs to one of its neighbours.
    every, all_source = Counter(own.key for own in ours), Counter(own.key for own in theirs)
    lost = _without(theirs, every)
    added = _without(ours, all_source)
    for own in list(added):
        likeliest = max(lost, key=lambda other: _likeness(own.key, other.key), default=None)
        if likeliest is not None and _likeness(own.key, likeliest.key) >= _ALIKE:
            added.remove(own)
            lost.remove(likeliest)
            right = document.source_text[likeliest.start : likeliest.end]
            corrections = (Correction(right, Applicability.UNSAFE),)
            yield _at_code(nominee, document, own, payload.changed, corrections, (likeliest.start, likeliest.end))
    if not payload.lost:
        return
    for other in lost:
        span = bitext.target_span(pair.target[-1])
        place = _last_word(document, span.start, span.end)
        if place is not None:
            yield Hit(
                check=nominee.rule.check,
                document=nominee.document,
                start=place[0],
                end=place[1],
                message=payload.lost,
                source_span=(other.start, other.end),
            )
    if payload.added and not lost:
        for own in added:
            yield _at_code(nominee, document, own, payload.added, (), None)


def _without(codes: Sequence[_Code], others: Counter[str]) -> list[_Code]:
    """Return the codes of which the other side has fewer."""
    left = Counter(others)
    result: list[_Code] = []
    for own in codes:
        if left[own.key] > 0:
            left[own.key] -= 1
        else:
            result.append(own)
    return result


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one[:200], other[:200]).ratio() if one[:1] == other[:1] else 0.0


def _at_code(
    nominee: Nominee,
    document: "Document",
    own: _Code,
    message: str,
    corrections: tuple[Correction, ...],
    source_span: tuple[int, int] | None,
) -> Hit:
    """Return a hit on a code; where that is masked, on the last word before it, and without a correction."""
    start, end = own.start, own.end
    if document.is_masked(start, end):
        block = document.block_at(start)
        low = document.blocks[block].start if block is not None else 0
        high = document.blocks[block].end if block is not None else len(document.text)
        place = _last_word(document, low, start) or _last_word(document, end, high)
        if place is not None:
            start, end = place
            corrections = tuple(one._replace(applicability=Applicability.DISPLAY_ONLY) for one in corrections)
    return Hit(
        check=nominee.rule.check,
        document=nominee.document,
        start=start,
        end=end,
        corrections=corrections,
        message=message,
        source_span=source_span,
    )


def _last_word(document: "Document", start: int, end: int) -> tuple[int, int] | None:
    """Return the last word of a stretch that a finding may mark."""
    words = [found.span() for found in _WORD.finditer(document.text, start, end)]
    return next((span for span in reversed(words) if not document.is_masked(*span)), None)


def _end(nominee: Nominee, bitext: "Bitext", pair: "Pair", payload: SourceMarksPayload) -> Iterator[Hit]:
    """Yield an end mark that the translation lost."""
    last, behind = pair.target[-1], pair.source[-1]
    ours, theirs = last.text.rstrip(_CLOSING), behind.text.rstrip(_CLOSING)
    if not ours or not theirs:
        return
    kind, wanted = _CLASSES.get(ours[-1], ""), _CLASSES.get(theirs[-1], "")
    if theirs.endswith("..."):
        wanted = "ellipsis"
    if ours.endswith("..."):
        kind = "ellipsis"
    if kind or wanted not in _MARKS or not ours[-1].isalnum() or (ours[-1].isdigit() and wanted == "colon"):
        return
    # A line that ends in the midst of a paragraph is no sentence that lost its end.
    if not bitext.units and len(_WORD.findall(ours)) < _WORDS_OF_SENTENCE:
        return
    found = _LAST_WORD.search(ours)
    if found is None or not payload.lost:
        return
    word = found[0].lstrip("\"'“‘«([")
    start = len(ours) - len(word)
    span = bitext.target_span(last, start, len(ours))
    place = bitext.source_span(behind, len(theirs) - 1, len(theirs))
    yield Hit(
        check=nominee.rule.check,
        document=nominee.document,
        start=span.start,
        end=span.end,
        corrections=(Correction(word + _MARKS[wanted], Applicability.UNSAFE),),
        message=payload.lost,
        source_span=(place.start, place.end),
    )


def _quotes(nominee: Nominee, bitext: "Bitext", pair: "Pair", payload: SourceMarksPayload) -> Iterator[Hit]:
    """Yield words in quotation marks where the source has no such marks at all."""
    if not payload.added or _OPENING.search(pair.source_text) or '"' in pair.source_text or "'" in pair.source_text:
        return
    for stretch in pair.target:
        for found in _OPENING.finditer(stretch.text):
            closing = {"«": "»", "„": "“", "“": "”", '"': '"', "‘": "’"}.get(found[0])
            end = stretch.text.find(closing, found.end()) if closing else -1
            if end < 0:
                return
            span = bitext.target_span(stretch, found.start(), end + 1)
            yield Hit(
                check=nominee.rule.check,
                document=nominee.document,
                start=span.start,
                end=span.end,
                message=payload.added,
                severity=Severity.SUGGESTION,
            )
            return


DETECTOR = SourceMarks()
