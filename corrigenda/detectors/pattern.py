"""Detector `pattern`: spaCy's `Matcher`, and its `DependencyMatcher` where word order varies.

Entries are written in the short form of corrigenda.rules.patterns or as spaCy's own token lists. Only sentences that
satisfy the gate derived from a pattern reach spaCy, in one batch with those of all other checks.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from corrigenda.detectors.base import common_payload, entries, finds, hit_at
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check
    from corrigenda.rules.patterns import Pattern

name = "pattern"
scope = "sentence"


def compile_check(check: "Check", resources: CompileResources) -> list[Rule]:
    """Turn every pattern into a rule. Raises CheckError with the pattern's line."""
    from corrigenda.rules.check import CheckError

    if "depends" in check.options:
        return [_dependency_rule(check, resources)]
    rules: list[Rule] = []
    for entry, place in entries(check):
        exceptions = [*entry.get("except", ())]
        if entry is not check.options:
            exceptions += check.options.get("except", ())
        for index, find in enumerate(finds(entry)):
            rules.append(_rule(check, entry, find, exceptions, check.line(*place, "find", index), resources))
    if not rules:
        raise CheckError(check.path, 1, "the check looks for nothing; give it 'find', 'entries' or 'depends'")
    return rules


def _rule(
    check: "Check",
    entry: Mapping[str, Any],
    find: Any,
    exceptions: Sequence[str],
    line: int,
    resources: CompileResources,
) -> Rule:
    from corrigenda.expressions import compiled
    from corrigenda.rules.check import CheckError, lists_for
    from corrigenda.rules.patterns import PatternError, announcing, gate, parse, to_matcher

    lists = lists_for(check, resources.lists)
    try:
        pattern = parse(find, lists) if isinstance(find, str) else _from_tokens(find)
        necessary = announcing(pattern, resources.frequency)
        expression = gate(pattern)
        compiled(expression)
        vetoes = [parse(text, lists) for text in exceptions]
    except (PatternError, ValueError) as error:
        raise CheckError(check.path, line, f"{find!r}: {error}") from error
    if not necessary:
        raise CheckError(check.path, line, f"{find!r} holds no word that could announce it; name at least one word")
    tags = pattern.needs_tags or any(veto.needs_tags for veto in vetoes)
    return Rule(
        literals=necessary,
        gate=expression,
        needs="tags" if tags else "tokens",
        payload={
            "tokens": to_matcher(pattern),
            "mark": list(pattern.mark),
            "at_start": pattern.at_start,
            "at_end": pattern.at_end,
            "names": {str(index): token_name for index, token_name in pattern.names.items()},
            "lemmas": {token.name or f"_{at}": token.lemmas for at, token in enumerate(pattern.tokens) if token.lemmas},
            "except": [to_matcher(veto) for veto in vetoes],
            "except_anchors": [[veto.at_start, veto.at_end] for veto in vetoes],
            **common_payload(check, entry),
        },
    )


def _from_tokens(tokens: Sequence[Mapping[str, Any]]) -> "Pattern":
    """Read spaCy's own token form, as far as a gate can be derived from it. A `LEMMA` becomes the lemma's forms."""
    from corrigenda.rules.patterns import Pattern, PatternError, Token

    operators = {"?": (0, 1), "*": (0, None), "+": (1, None)}
    result: list[Token] = []
    for token in tokens:
        unknown = set(token) - {"LOWER", "ORTH", "TEXT", "LEMMA", "TAG", "POS", "OP"}
        if unknown:
            raise PatternError(f"{sorted(unknown)[0]!r} is not supported; use LOWER, ORTH, TEXT, LEMMA, TAG, POS, OP")
        words: tuple[str, ...] | None = None
        lemmas: tuple[str, ...] = ()
        exact = negated = False
        for key in ("LOWER", "ORTH", "TEXT", "LEMMA"):
            if key not in token:
                continue
            value = token[key]
            if isinstance(value, Mapping):
                negated = "NOT_IN" in value
                chosen = tuple(value.get("IN", value.get("NOT_IN", ())))
            else:
                chosen = (str(value),)
            exact = key in ("ORTH", "TEXT")
            if key == "LEMMA":
                from corrigenda.languages.en.inflection import forms

                lemmas = chosen
                chosen = tuple(form for lemma in chosen for form in forms(lemma))
            words = tuple(sorted(set(chosen)))
        counted = token.get("OP", "")
        least, most = operators.get(counted, (1, 1))
        if counted and counted not in operators:
            raise PatternError(f"OP {counted!r} is not supported; use ?, * or +")
        result.append(
            Token(words, exact, negated, _many(token.get("TAG")), _many(token.get("POS")), least, most, "", lemmas)
        )
    return Pattern(tuple(result), (0, len(result)), source="tokens")


def _many(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, Mapping):
        return tuple(value.get("IN", ()))
    return (str(value),)


def _dependency_rule(check: "Check", resources: CompileResources) -> Rule:
    from corrigenda.languages.en.inflection import forms
    from corrigenda.rules.check import CheckError

    nodes = [dict(node) for node in check.options["depends"]]
    best: tuple[float, tuple[str, ...]] | None = None
    for node in nodes:
        attributes = dict(node["RIGHT_ATTRS"])
        if "LEMMA" in attributes:
            lemmas = attributes.pop("LEMMA")
            chosen = lemmas["IN"] if isinstance(lemmas, Mapping) else [lemmas]
            attributes["LOWER"] = {"IN": sorted({form for lemma in chosen for form in forms(lemma)})}
            node["RIGHT_ATTRS"] = attributes
        words = attributes.get("LOWER")
        listed = words.get("IN") if isinstance(words, Mapping) else [words] if words else None
        if listed:
            cost = sum(resources.frequency(word) for word in listed)
            if best is None or cost < best[0]:
                best = (cost, tuple(sorted(listed)))
    if best is None:
        raise CheckError(
            check.path, check.line("depends"), "no node names words (LOWER or LEMMA) that could announce the pattern"
        )
    identities = [node["RIGHT_ID"] for node in nodes]
    mark = check.options.get("mark", identities)
    for identity in mark:
        if identity not in identities:
            raise CheckError(
                check.path, check.line("mark"), f"{identity!r} is no node's RIGHT_ID; there are {', '.join(identities)}"
            )
    return Rule(
        literals=best[1],
        gate=r"(?i)\b(?:" + "|".join(best[1]) + r")\b",
        needs="parse",
        payload={
            "depends": nodes,
            "mark": mark,
            "lemmas": {},
            **common_payload(check, check.options),
            "message": "",
            "severity": "",
        },
    )


class _Matchers:
    """The spaCy matchers of a run, made when a rule first needs them."""

    def __init__(self, vocabulary: Any) -> None:
        self.vocabulary = vocabulary
        self.known: dict[int, Any] = {}
        self.vetoes: dict[int, list[Any]] = {}

    def of(self, number: int, payload: Mapping[str, Any]) -> Any:
        if number not in self.known:
            from spacy.matcher import DependencyMatcher, Matcher

            if "depends" in payload:
                matcher: Any = DependencyMatcher(self.vocabulary)
                matcher.add("rule", [payload["depends"]])
            else:
                matcher = Matcher(self.vocabulary)
                matcher.add("rule", [payload["tokens"]])
            self.known[number] = matcher
            self.vetoes[number] = []
            for veto in payload.get("except", ()):
                matcher = Matcher(self.vocabulary)
                matcher.add("veto", [veto])
                self.vetoes[number].append(matcher)
        return self.known[number]


_matchers: dict[int, _Matchers] = {}


def confirm(nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
    """Match each nominated sentence, in its tagged or parsed form."""
    if not nominees:
        return
    vocabulary = context.vocabulary
    if id(vocabulary) not in _matchers:
        _matchers.clear()
        _matchers[id(vocabulary)] = _Matchers(vocabulary)
    matchers = _matchers[id(vocabulary)]
    for nominee in nominees:
        parsed = context.parsed(nominee)
        payload = nominee.rule.payload
        matcher = matchers.of(nominee.rule.number, payload)
        if "depends" in payload:
            yield from _dependency_hits(nominee, parsed, matcher, context)
            continue
        found = matcher(parsed, with_alignments=True)
        vetoes: list[tuple[int, int]] | None = None
        taken: list[tuple[int, int]] = []
        for _, first, last, alignment in sorted(found, key=lambda match: (match[1], -match[2])):
            if (payload["at_start"] and first > 0) or (payload["at_end"] and last < len(parsed)):
                continue
            if any(first < end and start < last for start, end in taken):
                continue
            if vetoes is None:
                anchors = payload["except_anchors"]
                vetoes = [
                    (start, end)
                    for veto, (at_start, at_end) in zip(matchers.vetoes[nominee.rule.number], anchors, strict=True)
                    for _, start, end in veto(parsed)
                    if (start == 0 or not at_start) and (end == len(parsed) or not at_end)
                ]
            if any(start < last and first < end for start, end in vetoes):
                continue
            taken.append((first, last))
            hit = _hit(nominee, parsed, first, alignment, context)
            if hit is not None:
                yield hit


def _hit(nominee: Nominee, parsed: Any, first: int, alignment: Sequence[int], context: Context) -> Hit | None:
    payload = nominee.rule.payload
    low, high = payload["mark"]
    marked = [first + offset for offset, index in enumerate(alignment) if low <= index < high]
    if not marked:
        return None
    values: dict[str, str] = {}
    lemmas: Mapping[str, Sequence[str]] = payload["lemmas"]
    for offset, index in enumerate(alignment):
        key = payload["names"].get(str(index)) or (f"_{index}" if f"_{index}" in lemmas else "")
        if key:
            text = parsed[first + offset].text
            values[key] = f"{values[key]} {text}" if key in values else text
    participle = any(parsed[at].tag_ == "VBN" for at in marked)
    return _make(nominee, parsed, marked[0], marked[-1], values, lemmas, participle, context)


def _dependency_hits(nominee: Nominee, parsed: Any, matcher: Any, context: Context) -> Iterable[Hit]:
    payload = nominee.rule.payload
    identities = [node["RIGHT_ID"] for node in payload["depends"]]
    seen: set[tuple[int, int]] = set()
    for _, tokens in matcher(parsed):
        places = dict(zip(identities, tokens, strict=True))
        marked = sorted(places[identity] for identity in payload["mark"])
        if (marked[0], marked[-1]) in seen:
            continue
        seen.add((marked[0], marked[-1]))
        values = {identity: parsed[place].text for identity, place in places.items()}
        hit = _make(nominee, parsed, marked[0], marked[-1], values, {}, False, context)
        if hit is not None:
            yield hit


def _make(
    nominee: Nominee,
    parsed: Any,
    first: int,
    last: int,
    values: Mapping[str, str],
    lemmas: Mapping[str, Sequence[str]],
    participle: bool,
    context: Context,
) -> Hit | None:
    offsets = context.offsets(nominee)
    start = offsets(parsed[first].idx)
    end = offsets(parsed[last].idx + len(parsed[last]) - 1) + 1
    return hit_at(nominee, start, end, values, lemmas, context, participle=participle)
