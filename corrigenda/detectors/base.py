"""What a detector is: it compiles a check into rules, and confirms the places that the rules nominated.

A rule says how it is nominated (literals for the automaton, a scan over the raw text, or a structural nominator), and
what the confirming pass needs (plain text, tokens, tags, a parse). Compiling happens when the index is built,
confirming in a run; so `compile_check` may be slow and `confirm` may not.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from corrigenda.expressions import lazy
from corrigenda.finding import Applicability, Correction, Severity
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check


class Detector(Protocol):
    """One mechanism."""

    name: str

    def compile_check(self, check: "Check", resources: "CompileResources") -> list[Rule]:
        """Turn a check into rules. Raises CheckError or PatternError for what cannot match."""

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Return what is left of the nominees, in any order."""


def entries(check: "Check") -> Iterator[tuple[Mapping[str, Any], tuple[str | int, ...]]]:
    """Yield a check's entries with their place in the file; a check without `entries` is one entry."""
    if "entries" in check.options:
        for index, entry in enumerate(check.options["entries"]):
            yield entry, ("entries", index)
    if "find" in check.options:
        yield check.options, ()


def finds(entry: Mapping[str, Any]) -> list[Any]:
    """Return what an entry looks for, always as a list."""
    found = entry.get("find", ())
    return [found] if isinstance(found, str) else list(found)


_AFTER_COMMA = ("", ".", ",", ";", ":", "!", "?", ")")
"""What no comma stands before: a correction that ends with one leaves it out there."""


def common_payload(check: "Check", entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the rules of every detector with entries carry: what to say, what to put there, and when.

    Raises CheckError where they ask for what cannot be.
    """
    return {
        "corrections": correction_data(check, entry),
        "message": entry.get("message", ""),
        "severity": entry.get("severity", ""),
        "if": near_data(check, entry, "if"),
        "unless": near_data(check, entry, "unless"),
        "compare": compare_data(check, entry),
    }


def hit_at(
    nominee: Nominee,
    start: int,
    end: int,
    values: Mapping[str, str],
    lemmas: Mapping[str, Sequence[str]],
    context: "Context",
    *,
    participle: bool | None = None,
) -> "Hit | None":
    """Return the hit at `[start, end)` of the nominee's block view, None where the rule's conditions do not hold there.

    The rule's payload is that of `common_payload`.
    """
    assert nominee.block is not None
    payload = nominee.rule.payload
    view = context.documents[nominee.document].blocks[nominee.block].view
    span = view.to_document(start, end)
    here = Nominee(nominee.rule, nominee.document, nominee.block, span.start, span.end, nominee.sentence)
    if not conditions_hold(here, context):
        return None
    corrections = make_corrections(payload["corrections"], view.text[start:end], values, lemmas, participle=participle)
    if view.text[end : end + 1] in _AFTER_COMMA:
        corrections = tuple(replace(c, text=c.text.removesuffix(",")) for c in corrections)
    return Hit(
        check=nominee.rule.check,
        document=nominee.document,
        start=span.start,
        end=span.end,
        corrections=corrections,
        values=values,
        message=payload["message"],
        severity=Severity(payload["severity"]) if payload["severity"] else None,
        compare=payload["compare"],
    )


def correction_data(check: "Check", entry: Mapping[str, Any]) -> list[list[str]]:
    """Return an entry's corrections, or else its check's, as [template, applicability] pairs for a payload."""
    from corrigenda.rules.check import corrections_of

    items = corrections_of(entry["corrections"]) if "corrections" in entry else check.corrections
    return [[item.text, item.applicability.value] for item in items]


def compare_data(check: "Check", entry: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what an entry, or else its check, demands of the comparison, for a payload.

    Raises CheckError where there is a demand and no correction that could be compared.
    """
    from corrigenda.rules.check import CheckError

    demand = entry.get("compare", check.options.get("compare"))
    if not demand:
        return None
    if check.detector != "sense" and not correction_data(check, entry):
        raise CheckError(check.path, check.line("compare"), "'compare' needs corrections to compare; give it some")
    if "contrast" in demand:
        from corrigenda.engines.judge.contrasts import contrasts

        if demand["contrast"] not in contrasts():
            raise CheckError(
                check.path, check.line("compare"), f"corpora/contrasts.jsonl has no row {demand['contrast']!r}"
            )
    return dict(demand)


def near_data(check: "Check", entry: Mapping[str, Any], key: str) -> list[list[Any]]:
    """Return the `if` or `unless` conditions of an entry and its check as [expression, within] pairs for a payload."""
    owners = (entry, check.options) if entry is not check.options else (entry,)
    return [
        [word_expression(owner[key]["words"]), owner[key].get("within", "sentence")] for owner in owners if key in owner
    ]


def word_expression(words: Iterable[str]) -> str:
    """Return an RE2 expression that finds any of some words; `~word` stands for all forms of a word."""
    from corrigenda.languages.en.inflection import forms

    alternatives: set[str] = set()
    for word in words:
        parts = [forms(part[1:]) if part.startswith("~") else (part,) for part in word.lower().split()]
        expression = r"\s+".join(
            "(?:" + "|".join(re.escape(form) for form in part) + ")" if len(part) > 1 else re.escape(part[0])
            for part in parts
        )
        alternatives.add(expression)
    return r"(?i)(?:^|[^\pL\pN])(?:" + "|".join(sorted(alternatives)) + r")(?:[^\pL\pN]|$)"


def conditions_hold(nominee: Nominee, context: Context) -> bool:
    """Return whether the `if` and `unless` conditions of a nominee's payload hold around it."""
    from corrigenda.expressions import compiled

    payload = nominee.rule.payload
    return all(
        compiled(expression).search(_around(nominee, context, within)) for expression, within in payload.get("if", ())
    ) and not any(
        compiled(expression).search(_around(nominee, context, within))
        for expression, within in payload.get("unless", ())
    )


def _around(nominee: Nominee, context: Context, within: str) -> str:
    document = context.documents[nominee.document]
    if within == "document" or nominee.block is None:
        return document.text
    block = document.blocks[nominee.block]
    if within == "paragraph":
        return block.view.text
    if nominee.sentence is not None:
        return nominee.sentence.text
    position = block.view.from_document(nominee.start)
    for sentence in context.sentences(nominee.document, nominee.block):
        if sentence.start <= position < sentence.end:
            return sentence.text
    return block.view.text


_PLACEHOLDER = lazy(r"\{([a-z][a-z0-9_]*)?(?:~([^{}]+)|:(lower|upper|capital))?\}")


def fill(
    template: str, quote: str, values: Mapping[str, str], lemmas: Mapping[str, Sequence[str]], participle: bool | None
) -> str | None:
    """Fill a correction's template, or return None when it names a token that the match lacks.

    `{name}` is the token's text, `{name:lower}` the same in lower case, `{name:capital}` with a capital; `{name~carry}`
    is "carry" in the form in which it stands; `{quote}` is all that is marked. Where the marked text begins with a
    capital, so does the result.
    """
    from corrigenda.languages.en.inflection import like

    missing = empty = False

    def value(found: re.Match[str]) -> str:
        nonlocal missing, empty
        name = found[1] or next(iter(lemmas), "")
        if name == "quote":
            return quote
        if name not in values:
            missing = True
            return ""
        text = values[name].strip()
        empty = empty or not text
        if found[3]:
            if found[3] == "capital":
                return text[:1].upper() + text[1:]
            return text.lower() if found[3] == "lower" else text.upper()
        if not found[2]:
            return text
        for lemma in lemmas.get(name, ()):
            put = like(text, lemma, found[2], participle=participle)
            if put != found[2] or text.lower() == lemma:
                return put.lower() if not quote.startswith(text) else put
        return found[2]

    result = _PLACEHOLDER.sub(value, template)
    if missing:
        return None
    if empty:  # an optional token that was not there leaves its space behind
        result = re.sub(r" {2,}", " ", result).strip()
    if quote[:1].isupper() and result[:1].islower() and not quote[:2].isupper():
        result = result[:1].upper() + result[1:]
    return result


def make_corrections(
    data: Iterable[Sequence[str]],
    quote: str,
    values: Mapping[str, str],
    lemmas: Mapping[str, Sequence[str]],
    *,
    participle: bool | None = None,
) -> tuple[Correction, ...]:
    """Fill a payload's corrections, without repeats and without what stands there already."""
    result: list[Correction] = []
    for template, applicability in data:
        text = fill(template, quote, values, lemmas, participle)
        if text and applicability == Applicability.DISPLAY_ONLY and template[:1].islower():
            # Advice is no replacement, so it takes no capital from what stands there.
            text = text[:1].lower() + text[1:]
        if text is None or text == quote or any(text == earlier.text for earlier in result):
            continue
        result.append(Correction(text, Applicability(applicability)))
    return tuple(result)
