"""Detector `bilingual-names`: the names of a translation against those of its source.

Rule `counterpart`: a name that the source does not have, one of the source that the translation lacks, or another
person's or place's in its place. Rule `twice`: one name of the source that the translation writes in two ways.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypedDict

from corrigenda.alignment.bitext import Bitext, Pair
from corrigenda.alignment.joined import Joined, joined
from corrigenda.detectors.detector import Detector
from corrigenda.finding import Applicability, Correction, Severity
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.counterparts.matching import Lost, Names, Source, Word
    from corrigenda.rules.check import Check

RuleName = Literal["counterpart", "twice"]


class BilingualNamesKeys(TypedDict):
    """The keys of a check."""

    rule: RuleName


class _Payload(NamedTuple):
    rule: str


class _Read(NamedTuple):
    """A pair of sentences with what became of its names."""

    pair: Pair
    target: Joined
    source: Joined
    read: "Source"
    names: "Names"


CLOSE = 0.75
"""How sure the alignment must be of a pair of which one side lacks a name: the name may stand in the next pair."""
CHANGED = "“{quote}” stands where the source has “{source_quote}”."
ADDED = "The source has no “{quote}” here."
LOST = "The source names “{source_quote}” here, and the translation does not."
TWICE = "“{quote}” and “{other}” are one name in the source, “{source_quote}”."
CASE = "“{quote}” keeps the case ending of the source's “{source_quote}”; elsewhere the name is “{other}”."


class BilingualNames(Detector):
    """Names beside those of the source."""

    name = "bilingual-names"
    scope = "document"
    values = frozenset(("other",))
    options = BilingualNamesKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the one rule: every document with a source."""
        return [Rule(structure="source", payload=_Payload(check.keys(BilingualNamesKeys)["rule"]))]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Compare the names of every sure pair."""
        for nominee in nominees:
            bitext = context.bitext(nominee.document)
            if bitext is None:
                continue
            pairs = _pairs(nominee.document, bitext, context)
            if nominee.rule.payload(_Payload).rule == "twice":
                yield from _twice(nominee, bitext, pairs)
            else:
                yield from _counterparts(nominee, bitext, pairs)


def _pairs(number: int, bitext: Bitext, context: Context) -> list[_Read]:
    """Return the sure pairs of a document with what became of their names, once for all rules."""
    key = ("bilingual names", number)
    if key not in context.memo:
        from corrigenda.counterparts.matching import compare, read  # deferred: runs without a source never ask

        found: list[_Read] = []
        for pair in bitext.sure():
            target, source = joined(pair.target), joined(pair.source)
            sentence = read(source.text, bitext.language)
            found.append(_Read(pair, target, source, sentence, compare(target.text, sentence)))
        context.memo[key] = found
    pairs: list[_Read] = context.memo[key]
    return pairs


# --- changed, added, lost ---


def _counterparts(nominee: Nominee, bitext: Bitext, pairs: Sequence[_Read]) -> Iterator[Hit]:
    from corrigenda.counterparts.matching import Everywhere, is_common  # deferred: runs without a source never ask

    whole = None if bitext.units else Everywhere([one.read for one in pairs])
    for one in pairs:
        runs = _runs(one.names.added, one.target.text)
        lost = list(one.names.lost)
        for run in runs:
            common = all(map(is_common, run))
            missing = None if common and not any(name.sure for name in lost) else _in_its_place(run, lost, one)
            if missing is not None:
                lost.remove(missing)
                yield _changed(nominee, bitext, one, run, missing)
            elif (
                not common
                and one.pair.confidence >= CLOSE
                and (whole is None or not any(whole.has(word) for word in run))
            ):
                yield _added(nominee, bitext, one, run)
        if not runs and one.pair.confidence >= CLOSE:
            yield from _lost(nominee, bitext, one, lost)


def _runs(added: Sequence["Word"], text: str) -> list[list["Word"]]:
    """Return the added words, those together that one name is made of."""
    runs: list[list[Word]] = []
    for word in added:
        if runs and len(text[runs[-1][-1].end : word.start].split()) == 0:
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _in_its_place(run: Sequence["Word"], lost: Sequence["Lost"], one: _Read) -> "Lost | None":
    """Return the lost name nearest to where a name was put, as far along in its sentence as that one."""
    lost = [name for name in lost if not name.initial]
    if not lost:
        return None
    where = run[0].start / max(1, len(one.target.text))
    return min(lost, key=lambda name: (not name.sure, abs(name.start / max(1, len(one.source.text)) - where)))


def _changed(nominee: Nominee, bitext: Bitext, one: _Read, run: Sequence["Word"], lost: "Lost") -> Hit:
    span = one.target.target_span(bitext, run[0].start, run[-1].end)
    right = lost.english or (lost.text if one.read.writing.in_latin and one.read.writing.ending < 2 else "")
    corrections = (Correction(right, Applicability.UNSAFE),) if right else ()
    return Hit(
        check=nominee.rule.check,
        document=nominee.document,
        start=span.start,
        end=span.end,
        corrections=corrections,
        message=CHANGED,
        severity=Severity.WARNING if lost.sure else Severity.SUGGESTION,
        source_span=one.source.source_span(bitext, lost.start, lost.end),
    )


def _added(nominee: Nominee, bitext: Bitext, one: _Read, run: Sequence["Word"]) -> Hit:
    span = one.target.target_span(bitext, run[0].start, run[-1].end)
    return Hit(
        check=nominee.rule.check,
        document=nominee.document,
        start=span.start,
        end=span.end,
        message=ADDED,
        severity=Severity.SUGGESTION,
        source_span=one.source.source_span(bitext, 0, len(one.source.text)),
    )


def _lost(nominee: Nominee, bitext: Bitext, one: _Read, lost: Sequence["Lost"]) -> Iterator[Hit]:
    from corrigenda.counterparts.gaps import gap, may_stand_for  # deferred: runs without a source never ask

    for name in lost:
        place = gap(one.target.text, name, one.read, one.names)
        if name.initial and not (place.broken and place.start == 0):
            continue
        guessed = not name.sure and not place.broken
        if guessed and (not one.read.writing.spaced or may_stand_for(one.target.text, one.names)):
            continue
        span = one.target.target_span(bitext, place.start, place.end)
        yield Hit(
            check=nominee.rule.check,
            document=nominee.document,
            start=span.start,
            end=span.end,
            message=LOST,
            severity=Severity.WARNING if name.sure and place.broken else Severity.SUGGESTION,
            source_span=one.source.source_span(bitext, name.start, name.end),
        )


# --- one name in two ways ---


class _Use(NamedTuple):
    """A name of the translation with the word of the source that it stands for."""

    word: "Word"
    other: "Word"
    one: _Read


def _twice(nominee: Nominee, bitext: Bitext, pairs: Sequence[_Read]) -> Iterator[Hit]:
    from corrigenda.counterparts.spellings import case_ending, clusters, two_spellings  # deferred: see above

    uses = [_Use(word, other, one) for one in pairs for word, other in one.names.found]
    writing = pairs[0].read.writing if pairs else None
    if writing is None:
        return
    for some in clusters([use.other.text for use in uses], writing):
        own = [uses[number] for number in some]
        counts = Counter(use.word.text for use in own)
        sources: dict[str, set[str]] = {}
        for use in own:
            sources.setdefault(use.word.text, set()).add(use.other.text)
        usual = max(
            counts, key=lambda form: (counts[form], -next(n for n, use in enumerate(own) if use.word.text == form))
        )
        for use in own:
            form = use.word.text
            if form == usual:
                continue
            if case_ending(form, usual, sources[form], sources[usual], writing):
                yield _second(nominee, bitext, use, usual, counts, CASE, Severity.SUGGESTION)
            elif two_spellings(form, usual, sources[form], sources[usual], writing):
                yield _second(nominee, bitext, use, usual, counts, TWICE, Severity.WARNING)


def _second(
    nominee: Nominee,
    bitext: Bitext,
    use: _Use,
    usual: str,
    counts: Mapping[str, int],
    message: str,
    severity: Severity,
) -> Hit:
    span = use.one.target.target_span(bitext, use.word.start, use.word.end)
    evidence: dict[str, Any] = {"counts": dict(counts)}
    return Hit(
        check=nominee.rule.check,
        document=nominee.document,
        start=span.start,
        end=span.end,
        corrections=(Correction(usual, Applicability.UNSAFE),),
        values={"other": usual},
        evidence=evidence,
        variants=(use.word.text, usual) if message == TWICE else (),
        message=message,
        severity=severity,
        source_span=use.one.source.source_span(bitext, use.other.start, use.other.end),
    )


DETECTOR = BilingualNames()
