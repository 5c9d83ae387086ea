"""What detectors share whose checks look for something in entries: reading them, their conditions, and making hits.

A check has `find` itself, or a list of `entries` that each have one, or both. An entry may have a message, corrections,
conditions and exceptions of its own; what it lacks it takes from the check. Its examples may stand beside it (`wrong`,
`fine`), and are the check's.
"""

import re
from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, NamedTuple, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.detectors.templates import fault_of_correction, fault_of_message, make_corrections
from corrigenda.errors import CheckError, did_you_mean
from corrigenda.expressions import compiled
from corrigenda.finding import Severity
from corrigenda.languages import language
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Compare, Corrections, Key, Near, Text, Words, WrongExample
from corrigenda.rules.rule import CompileResources, Rule, Scope

if TYPE_CHECKING:
    from corrigenda.languages.base import Language
    from corrigenda.rules.check import Check

Find = Text | Words
Marks = Literal["match", "block"]

EntryKeys = TypedDict(
    "EntryKeys",
    {
        "corrections": Corrections,
        "message": str,
        "except": Words,
        "if": Near,
        "unless": Near,
        "severity": Severity,
        "compare": Compare,
        "weak": Annotated[bool, Key("it counts only in a text that other findings show to be translated")],
        "wrong": Annotated[list[str | WrongExample], Key("examples that belong to this entry", least=1)],
        "fine": Annotated[list[Annotated[str, Key(least=3)]], Key("examples that belong to this entry", least=1)],
    },
    total=False,
)
"""What an entry may have of its own."""


class Entry(EntryKeys):
    """One thing looked for, with what it has of its own."""

    find: Find


_BEFORE = 200
"""Code points before a place in which the subject of its verb is looked for."""


class Said(NamedTuple):
    """What the rules of every detector with entries carry: what to say, what to put there, and when."""

    corrections: Sequence[Sequence[str]]
    """Pairs of a template and its applicability."""
    message: str
    severity: str
    if_: Sequence[Sequence[str]]
    """Pairs of an expression and how far around the match one of its matches must stand."""
    unless: Sequence[Sequence[str]]
    compare: Compare | None
    topics: Sequence[str] = ()
    """Subjects of which the text must have one."""
    entry: str = ""
    """The id of an entry of a lexicon."""
    source: str = ""
    """The word of the source language that stands behind it."""
    languages: Sequence[str] = ()
    """The source languages that it speaks of."""
    weak: bool = False
    """Whether it counts only in a text that other findings show to be translated."""


class Part(NamedTuple):
    """An entry of a check while it is compiled, with its place in the file."""

    check: "Check"
    written: Mapping[str, Any]
    place: tuple[str | int, ...]

    @property
    def finds(self) -> list[Any]:
        """What the entry looks for, always as a list."""
        found = self.written.get("find", ())
        return [found] if isinstance(found, str) else list(found)

    @property
    def exceptions(self) -> list[str]:
        """The entry's exceptions and those of its check."""
        own = [*self.written.get("except", ())]
        return [*own, *self.check.options.get("except", ())] if self.place else own

    def line(self, *inside: str | int) -> int:
        """Return the line of a part of the entry."""
        return self.check.line(*self.place, *inside)


class EntryDetector(Detector):
    """A detector whose checks have `find` or `entries`."""

    scope = "sentence"
    nothing: ClassVar[str] = "the check looks for nothing; give it 'find' or 'entries'"
    """The error for a check without either."""

    @abstractmethod
    def compile_entry(self, entry: Part, resources: CompileResources) -> Iterator[Rule]:
        """Turn one entry into rules. Raises CheckError with the line of what cannot be used."""

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Turn every entry into rules. Raises CheckError with the line of what cannot be used."""

        rules: list[Rule] = []
        for entry in entries_of(check):
            own = list(self.compile_entry(entry, resources))
            if entry.place:
                refuse_unknown_placeholders(entry.check, entry.written, entry.place, own)
            rules += own
        if not rules:
            raise CheckError(check.path, 1, self.nothing)
        refuse_unknown_placeholders(check, {"corrections": [item.text for item in check.corrections]}, (), rules)
        return rules


def entries_of(check: "Check") -> Iterator[Part]:
    """Yield a check's entries; a check without `entries` is one entry."""
    for index, entry in enumerate(check.options.get("entries", ())):
        yield Part(check, entry, ("entries", index))
    if "lexicon" in check.options:
        # deferred: only compiling reads lexicons
        from corrigenda.rules.lexicon import parts

        for own, entry, index in parts(check, check.options["lexicon"]):
            yield Part(own, entry, ("entries", index))
    if "find" in check.options:
        yield Part(check, check.options, ())


def refuse_unknown_placeholders(
    check: "Check", written: Mapping[str, Any], place: tuple[str | int, ...], rules: Sequence[Rule]
) -> None:
    """Raise CheckError for a placeholder of a message or correction that no match of any of the rules could fill."""
    # deferred: only compiling needs it
    from corrigenda.rules.check import corrections_of

    names = {name for rule in rules for name in rule.values}
    inflected = any(rule.inflected for rule in rules)
    fault = fault_of_message(written.get("message", ""), names)
    if fault:
        raise CheckError(check.path, check.line(*place, "message"), f"{written['message']!r}: {fault}")
    for number, correction in enumerate(corrections_of(written.get("corrections", ()))):
        fault = fault_of_correction(correction.text, names, inflected=inflected)
        if fault:
            line = check.line(*place, "corrections", number)
            raise CheckError(check.path, line, f"{correction.text!r}: {fault}")


def rule_of(entry: Part, rule: Rule) -> Rule:
    """Add to an entry's rule what follows from its conditions: words that must be near, engines, the scope."""
    near = [pair for key in ("if", "unless") for pair in near_of(entry, key)]
    wide = entry.written.get("topic") or entry.written.get("weak") or any(within == "document" for _, within in near)
    scope: Scope | None = "document" if wide else None
    compare = compare_of(entry.check, entry.written)
    return rule._replace(
        nearby=tuple(expression for expression, within in near_of(entry, "if") if within != "document"),
        engines=frozenset(("language-model",)) if compare else frozenset(),
        scope=scope,
    )


def said_of(entry: Part) -> Said:
    """Return what an entry says. Raises CheckError where it asks for what cannot be."""
    return Said(
        corrections=correction_data(entry.check, entry.written),
        message=entry.written.get("message", "") if entry.place else "",
        severity=entry.written.get("severity", "") if entry.place else "",
        if_=near_of(entry, "if"),
        unless=near_of(entry, "unless"),
        compare=compare_of(entry.check, entry.written),
        topics=topics_of(entry),
        entry=entry.written.get("id", ""),
        source=entry.written.get("source", ""),
        languages=entry.written.get("languages", ()),
        weak=entry.written.get("weak", False),
    )


def topics_of(entry: Part) -> list[str]:
    """Return the subjects of which the text must have one. Raises CheckError for one that is not known."""
    said = entry.written.get("topic", [])
    topics = [said] if isinstance(said, str) else list(said)
    known = language(entry.check.language).topics.names
    for topic in topics:
        if topic not in known:
            hint = did_you_mean(topic, known, otherwise=f"there are: {', '.join(sorted(known))}")
            raise CheckError(entry.check.path, entry.line("topic"), f"there is no topic {topic!r}; {hint}")
    return topics


def correction_data(check: "Check", written: Mapping[str, Any]) -> list[list[str]]:
    """Return an entry's corrections, or else its check's, as pairs of a template and its applicability."""
    # deferred: only compiling needs it
    from corrigenda.rules.check import corrections_of

    items = corrections_of(written["corrections"]) if "corrections" in written else check.corrections
    return [[item.text, item.applicability.value] for item in items]


def compare_of(check: "Check", written: Mapping[str, Any]) -> Compare | None:
    """Return what an entry, or else its check, demands of the comparison.

    Raises CheckError where there is a demand and no correction that could be compared.
    """

    demand = written.get("compare", check.options.get("compare"))
    if not demand:
        return None
    if not correction_data(check, written):
        raise CheckError(check.path, check.line("compare"), "'compare' needs corrections to compare; give it some")
    return checked_demand(check, demand)


def checked_demand(check: "Check", demand: Compare) -> Compare:
    """Return a demand of the comparison. Raises CheckError where it names a row of contrasts that there is not."""

    if "contrast" in demand:
        # deferred: only compiling needs it
        from corrigenda.engines.judge.contrasts import contrasts

        if demand["contrast"] not in contrasts():
            raise CheckError(
                check.path, check.line("compare"), f"corpora/contrasts.jsonl has no row {demand['contrast']!r}"
            )
    return demand


def near_of(entry: Part, key: str) -> list[list[str]]:
    """Return the `if` or `unless` conditions of an entry and its check as pairs of an expression and its reach.

    Raises CheckError for words that hold alternatives, which only patterns have.
    """
    owners = (entry.written, entry.check.options) if entry.place else (entry.written,)
    for place, owner in zip((entry.place, ()), owners, strict=False):
        for number, word in enumerate(owner.get(key, {}).get("words", ())):
            if "|" in word and word.strip("|"):
                each = ", ".join(part.strip() for part in word.split("|"))
                problem = f"{word!r}: words hold no alternatives; write each of them by itself: [{each}]"
                raise CheckError(entry.check.path, entry.check.line(*place, key, "words", number), problem)
    own = language(entry.check.language)
    return [
        [word_expression(owner[key]["words"], own), owner[key].get("within", "sentence")]
        for owner in owners
        if key in owner
    ]


def word_expression(words: Iterable[str], own: "Language") -> str:
    """Return an RE2 expression that finds any of some words; `~word` stands for all forms of a word."""
    alternatives: set[str] = set()
    for word in words:
        parts = [own.forms(part[1:]) if part.startswith("~") else (part,) for part in word.lower().split()]
        expression = r"\s+".join(
            "(?:" + "|".join(re.escape(form) for form in part) + ")" if len(part) > 1 else re.escape(part[0])
            for part in parts
        )
        alternatives.add(expression)
    return r"(?i)(?:^|[^\pL\pN])(?:" + "|".join(sorted(alternatives)) + r")(?:[^\pL\pN]|$)"


def hit_at(
    nominee: Nominee,
    said: Said,
    start: int,
    end: int,
    values: Mapping[str, str],
    lemmas: Mapping[str, Sequence[str]],
    context: Context,
    *,
    participle: bool | None = None,
) -> Hit | None:
    """Return the hit at `[start, end)` of the nominee's block view, None where the rule's conditions do not hold."""
    assert nominee.block is not None
    view = context.documents[nominee.document].blocks[nominee.block].view
    span = view.to_document(start, end)
    here = nominee._replace(start=span.start, end=span.end)
    behind = in_source(said.source, said.languages, here, context)
    phrase = len(view.text[start:end].split()) > 1  # one word has other uses, which the source's word has as well
    if not _conditions_hold(said, here, context, sure=behind is not None and phrase and not said.weak):
        return None
    own = language(nominee.rule.check.language)
    inflect = partial(own.like, participle=participle)
    form = partial(own.fitting.form, before=view.text[max(0, start - _BEFORE) : start])
    corrections = make_corrections(said.corrections, view.text[start:end], values, lemmas, inflect, form)
    return Hit(
        check=nominee.rule.check,
        document=nominee.document,
        start=span.start,
        end=span.end,
        corrections=corrections,
        values=values,
        message=said.message,
        severity=graver(said.severity, nominee, sure=behind is not None and (phrase or not said.weak)),
        compare=None if behind is not None else said.compare,
        evidence={"source word": said.source, "entry": said.entry} if said.entry else {},
        weak=said.weak and behind is None,
        languages=tuple(said.languages),
        source_span=behind,
    )


def in_source(written: str, languages: Sequence[str], nominee: Nominee, context: Context) -> tuple[int, int] | None:
    """Return where the source of a sentence has the word that an entry speaks of, None where it has not or is not at
    hand.

    Args:
        written: The word, or several, as lexicons write them.
        languages: The languages whose word it is.
        nominee: The place in the translation.
        context: What knows the document's source.
    """
    if not written or not context.documents[nominee.document].has_source:
        return None
    key = ("source words", nominee.document)
    if key not in context.memo:
        from corrigenda.alignment.source_words import SourceWords  # deferred: most documents have no source

        bitext = context.bitext(nominee.document)
        context.memo[key] = SourceWords(bitext) if bitext is not None else None
    words = context.memo[key]
    if words is None or (languages and words.language not in languages):
        return None
    found: tuple[int, int] | None = words.find(written, nominee.start, nominee.end)
    return found


def graver(own: str, nominee: Nominee, *, sure: bool) -> Severity | None:
    """Return the severity of a hit, of which two signs make a warning where each would be a suggestion.

    Args:
        own: What the entry says, "" for what its check does.
        nominee: The place, with the check.
        sure: Whether the source has the entry's word there too.
    """
    severity = Severity(own) if own else nominee.rule.check.severity
    if sure and severity is Severity.SUGGESTION:
        return Severity.WARNING
    return Severity(own) if own else None


def _conditions_hold(said: Said, nominee: Nominee, context: Context, *, sure: bool) -> bool:
    """Return whether an entry's conditions hold; where the source has the word, only those that speak against it."""

    def holds(condition: Sequence[str]) -> bool:
        expression, within = condition
        if within == "sentence":
            return compiled(expression).search(_around(nominee, context, within)) is not None
        # A text with a hit in every line would be read to its end for each of them.
        key = (expression, within, nominee.document, nominee.block if within == "paragraph" else None)
        if key not in context.memo:
            context.memo[key] = compiled(expression).search(_around(nominee, context, within)) is not None
        return bool(context.memo[key])

    if any(map(holds, said.unless)):
        return False
    return sure or (
        all(map(holds, said.if_))
        and (not said.topics or any(_has_topic(topic, nominee, context) for topic in said.topics))
    )


def _has_topic(topic: str, nominee: Nominee, context: Context) -> bool:
    key = ("topic", topic, nominee.document)
    if key not in context.memo:
        topics = language(nominee.rule.check.language).topics
        context.memo[key] = topics.holds(topic, context.documents[nominee.document].words)
    return bool(context.memo[key])


def _around(nominee: Nominee, context: Context, within: str) -> str:
    document = context.documents[nominee.document]
    if within == "document" or nominee.block is None:
        return document.words
    block = document.blocks[nominee.block]
    if within == "paragraph":
        return block.view.text
    if nominee.sentence is not None:
        return nominee.sentence.text
    position = block.view.from_document(nominee.start)
    sentences = context.sentences(nominee.document, nominee.block)
    at = bisect_right(sentences, position, key=lambda sentence: sentence.start) - 1
    return sentences[at].text if at >= 0 and position < sentences[at].end else block.view.text
