"""Detector `pattern`: spaCy's `Matcher`, and its `DependencyMatcher` where word order varies.

Entries are written in the short form of corrigenda.rules.short_form or as spaCy's own token lists. Only sentences that
satisfy the gate derived from a pattern reach spaCy, in one batch with those of all other checks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Required, TypedDict, cast

from corrigenda.detectors.entries import (
    EntryDetector,
    EntryKeys,
    Part,
    Said,
    hit_at,
    refuse_unknown_placeholders,
    rule_of,
    said_of,
)
from corrigenda.errors import CheckError
from corrigenda.expressions import compiled
from corrigenda.languages import language
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.options import Compare, Key, Lists, Near, Text, Words
from corrigenda.rules.rule import CompileResources, Needs, Rule

if TYPE_CHECKING:
    from spacy.matcher import DependencyMatcher, Matcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from corrigenda.languages.base import Language
    from corrigenda.rules.check import Check
    from corrigenda.rules.short_form import Pattern, Token

PatternFind = Text | Annotated[list[Text | Annotated[list[dict[str, Any]], Key(least=1)]], Key(least=1)]


class Node(TypedDict, total=False):
    """A node of spaCy's DependencyMatcher."""

    RIGHT_ID: Required[str]
    RIGHT_ATTRS: Required[dict[str, Any]]
    LEFT_ID: str
    REL_OP: str


class PatternEntry(EntryKeys):
    """One thing looked for, with what it has of its own."""

    find: PatternFind


PatternKeys = TypedDict(
    "PatternKeys",
    {
        "find": PatternFind,
        "entries": Annotated[list[PatternEntry], Key(least=1)],
        "except": Words,
        "if": Near,
        "unless": Near,
        "lists": Lists,
        "depends": Annotated[list[Node], Key(least=1)],
        "mark": Words,
        "compare": Compare,
    },
    total=False,
)


class Veto(NamedTuple):
    """An exception: spaCy's tokens, and whether it holds at the start or end of the sentence alone."""

    tokens: Sequence[dict[str, Any]]
    at_start: bool
    at_end: bool


class PatternPayload(NamedTuple):
    """A pattern: spaCy's tokens, which of them are marked `[first, last)`, their names by place, their base forms."""

    said: Said
    tokens: Sequence[dict[str, Any]]
    mark: Sequence[int]
    at_start: bool
    at_end: bool
    names: Mapping[str, str]
    lemmas: Mapping[str, Sequence[str]]
    vetoes: tuple[Veto, ...]


class DependencyPayload(NamedTuple):
    """A pattern over the parse: spaCy's nodes, and which of them are marked."""

    said: Said
    nodes: Sequence[dict[str, Any]]
    mark: Sequence[str]


class PatternDetector(EntryDetector):
    """Patterns over tagged or parsed sentences."""

    name = "pattern"
    shows = True
    options = PatternKeys
    nothing = "the check looks for nothing; give it 'find', 'entries' or 'depends'"

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Turn every pattern into a rule. Raises CheckError with the pattern's line."""
        if "depends" in check.options:
            return [_dependency_rule(check, resources)]
        return super().compile_check(check, resources)

    def compile_entry(self, entry: Part, resources: CompileResources) -> Iterator[Rule]:
        """Turn every pattern of an entry into a rule. Raises CheckError with the pattern's line."""
        # deferred: only compiling needs it
        from corrigenda.rules.check import lists_for
        from corrigenda.rules.patterns import announcing, gate, to_matcher
        from corrigenda.rules.short_form import PatternError, parse

        lists, code = lists_for(entry.check, resources.lists), entry.check.language
        for index, find in enumerate(entry.finds):
            line = entry.line("find", index)
            try:
                pattern = parse(find, lists, code) if isinstance(find, str) else _from_tokens(find, code)
                necessary = announcing(pattern, resources.frequency)
                expression = gate(pattern)
                compiled(expression)
                vetoes = [parse(text, lists, code) for text in entry.exceptions]
            except (PatternError, ValueError) as error:
                raise CheckError(entry.check.path, line, f"{find!r}: {error}") from error
            if not necessary:
                raise CheckError(
                    entry.check.path, line, f"{find!r} holds no word that could announce it; name at least one word"
                )
            tags = pattern.needs_tags or any(veto.needs_tags for veto in vetoes)
            needs: Needs = "tags" if tags else "tokens"
            payload = PatternPayload(
                said=said_of(entry),
                tokens=to_matcher(pattern),
                mark=pattern.mark,
                at_start=pattern.at_start,
                at_end=pattern.at_end,
                names={str(at): name for at, name in pattern.names.items()},
                lemmas=pattern.lemmas,
                vetoes=tuple(Veto(to_matcher(veto), veto.at_start, veto.at_end) for veto in vetoes),
            )
            yield rule_of(
                entry,
                Rule(
                    literals=necessary,
                    gate=expression,
                    needs=needs,
                    payload=payload,
                    values=frozenset(pattern.names.values()),
                    inflected=bool(pattern.lemmas),
                ),
            )

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Match each nominated sentence, in its tagged or parsed form."""
        for nominee in nominees:
            if nominee.rule.needs == "parse":
                yield from _dependency_hits(nominee, context)
            else:
                yield from _pattern_hits(nominee, context)


def _from_tokens(tokens: Sequence[Mapping[str, Any]], code: str) -> "Pattern":
    """Read spaCy's own token form, as far as a gate can be derived from it. A `LEMMA` becomes the lemma's forms."""
    # deferred: only compiling needs it
    from corrigenda.rules.short_form import Pattern

    return Pattern(
        tuple(_from_token(token, code) for token in tokens), (0, len(tokens)), source="tokens", language=code
    )


_KEYS = frozenset(("LOWER", "ORTH", "TEXT", "LEMMA", "TAG", "POS", "OP"))
_OPERATORS: Mapping[str, tuple[int, int | None]] = {"": (1, 1), "?": (0, 1), "*": (0, None), "+": (1, None)}


def _from_token(token: Mapping[str, Any], code: str) -> "Token":
    # deferred: only compiling needs it
    from corrigenda.rules.short_form import PatternError, Token

    unknown = sorted(set(token) - _KEYS)
    if unknown:
        raise PatternError(f"{unknown[0]!r} is not supported; use LOWER, ORTH, TEXT, LEMMA, TAG, POS, OP")
    operator = token.get("OP", "")
    if operator not in _OPERATORS:
        raise PatternError(f"OP {operator!r} is not supported; use ?, * or +")
    least, most = _OPERATORS[operator]
    for key in ("TAG", "POS"):
        if isinstance(token.get(key), Mapping) and "NOT_IN" in token[key]:
            raise PatternError(f"{key} with NOT_IN is not supported; list what may stand there")
    result = Token(tags=_many(token.get("TAG")), pos=_many(token.get("POS")), least=least, most=most)
    for key in ("LOWER", "ORTH", "TEXT", "LEMMA"):
        if key not in token:
            continue
        value = token[key]
        chosen = _many(value)
        lemmas = chosen if key == "LEMMA" else ()
        words = [form for lemma in lemmas for form in language(code).forms(lemma)] or list(chosen)
        result = replace(
            result,
            words=tuple(sorted(set(words))),
            exact=key in ("ORTH", "TEXT"),
            negated=isinstance(value, Mapping) and "NOT_IN" in value,
            lemmas=lemmas or result.lemmas,
        )
    return result


def _many(value: Any) -> tuple[str, ...]:
    """Return the values that spaCy's form gives alone, or as a list of those that may or may not be there."""
    if value is None:
        return ()
    if isinstance(value, Mapping):
        return tuple(value.get("IN", value.get("NOT_IN", ())))
    return (str(value),)


def _dependency_rule(check: "Check", resources: CompileResources) -> Rule:

    keys = check.keys(PatternKeys)
    nodes = [_with_forms(node, resources.language) for node in keys["depends"]]
    announcing = [words for node in nodes if (words := _words_of(node))]
    if not announcing:
        raise CheckError(
            check.path, check.line("depends"), "no node names words (LOWER or LEMMA) that could announce the pattern"
        )
    literals = min(announcing, key=lambda words: sum(resources.frequency(word) for word in words))
    identities = [node["RIGHT_ID"] for node in nodes]
    mark = keys.get("mark", identities)
    for identity in mark:
        if identity not in identities:
            raise CheckError(
                check.path, check.line("mark"), f"{identity!r} is no node's RIGHT_ID; there are {', '.join(identities)}"
            )
    entry = Part(check, check.options, ())
    rule = Rule(
        literals=literals,
        gate="(?i)(?:" + "|".join(resources.language.bounded(word, word[0], word[-1]) for word in literals) + ")",
        needs="parse",
        payload=DependencyPayload(said_of(entry), nodes, mark),
        values=frozenset(identities),
    )
    refuse_unknown_placeholders(check, {"corrections": [item.text for item in check.corrections]}, (), [rule])
    return rule_of(entry, rule)


def _with_forms(node: Mapping[str, Any], own: "Language") -> dict[str, Any]:
    """Return a node with all forms of its `LEMMA` as `LOWER`, since the pipeline makes no lemmas."""
    attributes = dict(node["RIGHT_ATTRS"])
    if "LEMMA" in attributes:
        lemmas = attributes.pop("LEMMA")
        chosen = lemmas["IN"] if isinstance(lemmas, Mapping) else [lemmas]
        attributes["LOWER"] = {"IN": sorted({form for lemma in chosen for form in own.forms(lemma)})}
    return {**node, "RIGHT_ATTRS": attributes}


def _words_of(node: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the words one of which a node must be, none where any will do."""
    words = node["RIGHT_ATTRS"].get("LOWER")
    listed = words.get("IN") if isinstance(words, Mapping) else [words] if words else None
    return tuple(sorted(listed or ()))


class _Matchers:
    """The spaCy matchers of one checker, made when a rule first needs them."""

    def __init__(self, vocabulary: "Vocab") -> None:
        self._vocabulary = vocabulary
        self._dependencies: dict[int, DependencyMatcher] = {}
        self._patterns: dict[int, tuple[Matcher, list[tuple[Matcher, Veto]]]] = {}

    def dependency(self, number: int, payload: DependencyPayload) -> "DependencyMatcher":
        """Return the DependencyMatcher of a rule."""
        if number not in self._dependencies:
            from spacy.matcher import DependencyMatcher

            matcher = DependencyMatcher(self._vocabulary)
            matcher.add("rule", [list(payload.nodes)])
            self._dependencies[number] = matcher
        return self._dependencies[number]

    def pattern(self, number: int, payload: PatternPayload) -> "tuple[Matcher, list[tuple[Matcher, Veto]]]":
        """Return the Matcher of a rule and those of its exceptions."""
        if number not in self._patterns:
            vetoes = [(self._matcher(veto.tokens), veto) for veto in payload.vetoes]
            self._patterns[number] = self._matcher(payload.tokens), vetoes
        return self._patterns[number]

    def _matcher(self, tokens: Sequence[dict[str, Any]]) -> "Matcher":
        from spacy.matcher import Matcher

        matcher = Matcher(self._vocabulary)
        matcher.add("rule", [list(tokens)])
        return matcher


def _matchers(context: Context) -> _Matchers:
    found = context.matchers.get(_Matchers)
    if found is None:
        found = context.matchers.setdefault(_Matchers, _Matchers(context.vocabulary))
    matchers: _Matchers = found
    return matchers


def _pattern_hits(nominee: Nominee, context: Context) -> Iterator[Hit]:
    payload = nominee.rule.payload(PatternPayload)
    parsed = context.parsed(nominee)
    matcher, exceptions = _matchers(context).pattern(nominee.rule.number, payload)
    found = cast("list[tuple[int, int, int, list[int]]]", matcher(parsed, with_alignments=True))
    vetoes: list[tuple[int, int]] | None = None
    taken: list[tuple[int, int]] = []
    for _, first, last, alignment in sorted(found, key=lambda match: (match[1], -match[2])):
        if (payload.at_start and first > 0) or (payload.at_end and last < len(parsed)):
            continue
        if any(first < end and start < last for start, end in taken):
            continue
        if vetoes is None:
            vetoes = [
                (start, end)
                for exception, veto in exceptions
                for _, start, end in exception(parsed)
                if (start == 0 or not veto.at_start) and (end == len(parsed) or not veto.at_end)
            ]
        if any(start < last and first < end for start, end in vetoes):
            continue
        taken.append((first, last))
        hit = _pattern_hit(nominee, payload, parsed, first, alignment, context)
        if hit is not None:
            yield hit


def _pattern_hit(
    nominee: Nominee, payload: PatternPayload, parsed: "Doc", first: int, alignment: Sequence[int], context: Context
) -> Hit | None:
    low, high = payload.mark
    marked = [first + offset for offset, index in enumerate(alignment) if low <= index < high]
    if not marked:
        return None
    values: dict[str, str] = {}
    for offset, index in enumerate(alignment):
        key = payload.names.get(str(index)) or (f"_{index}" if f"_{index}" in payload.lemmas else "")
        if key:
            text = parsed[first + offset].text
            values[key] = f"{values[key]} {text}" if key in values else text
    participle = any(parsed[at].tag_ == "VBN" for at in marked)
    start, end = _span(nominee, parsed, marked[0], marked[-1], context)
    return hit_at(nominee, payload.said, start, end, values, payload.lemmas, context, participle=participle)


def _dependency_hits(nominee: Nominee, context: Context) -> Iterator[Hit]:
    payload = nominee.rule.payload(DependencyPayload)
    parsed = context.parsed(nominee)
    matcher = _matchers(context).dependency(nominee.rule.number, payload)
    identities = [node["RIGHT_ID"] for node in payload.nodes]
    seen: set[tuple[int, int]] = set()
    for _, tokens in matcher(parsed):
        places = dict(zip(identities, tokens, strict=True))
        marked = sorted(places[identity] for identity in payload.mark)
        if (marked[0], marked[-1]) in seen:
            continue
        seen.add((marked[0], marked[-1]))
        values = {identity: parsed[place].text for identity, place in places.items()}
        start, end = _span(nominee, parsed, marked[0], marked[-1], context)
        hit = hit_at(nominee, payload.said, start, end, values, {}, context, participle=False)
        if hit is not None:
            yield hit


def _span(nominee: Nominee, parsed: "Doc", first: int, last: int, context: Context) -> tuple[int, int]:
    """Return where some tokens of a sentence stand in the view of its block."""
    offsets = context.offsets(nominee)
    return offsets(parsed[first].idx), offsets(parsed[last].idx + len(parsed[last]) - 1) + 1


DETECTOR = PatternDetector()
