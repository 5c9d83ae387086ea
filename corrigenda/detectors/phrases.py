"""Detector `phrases`: long lists of expressions, with inflection, found without a tagger.

An entry's `find` is a pattern in the short form (corrigenda.rules.patterns) without tags. It runs as a linear-time
regular expression over the paragraph as its reader sees it, so line breaks and markup inside an expression do not hide
it.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from corrigenda.detectors.base import common_payload, entries, finds, hit_at
from corrigenda.expressions import compiled, span_of
from corrigenda.languages import language
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check

name = "phrases"
scope = "sentence"


def compile_check(check: "Check", resources: CompileResources) -> list[Rule]:
    """Turn every phrase into a rule. Raises CheckError with the phrase's line."""
    from corrigenda.rules.check import CheckError, lists_for
    from corrigenda.rules.patterns import PatternError, announcing, parse, regex

    lists = lists_for(check, resources.lists)
    rules: list[Rule] = []
    for entry, place in entries(check):
        exceptions = [*entry.get("except", ())]
        if entry is not check.options:
            exceptions += check.options.get("except", ())
        for index, find in enumerate(finds(entry)):
            line = check.line(*place, "find", index)
            try:
                pattern = parse(find, lists)
                expression = regex(pattern)
                compiled(expression)
                necessary = announcing(pattern, resources.frequency)
                vetoes = [regex(parse(text, lists)) for text in exceptions]
                for veto in vetoes:
                    compiled(veto)
            except (PatternError, ValueError) as error:
                raise CheckError(check.path, line, f"{find!r}: {error}") from error
            if not necessary:
                raise CheckError(check.path, line, f"{find!r} holds no word that could announce it; name one word")
            lemmas = {token.name or f"_{at}": token.lemmas for at, token in enumerate(pattern.tokens) if token.lemmas}
            rules.append(
                Rule(
                    literals=necessary,
                    gate=expression,
                    payload={
                        **common_payload(check, entry),
                        "marks": check.options.get("marks", "match"),
                        "except": vetoes,
                        "lemmas": lemmas,
                    },
                )
            )
    if not rules:
        raise CheckError(check.path, 1, "the check looks for nothing; give it 'find' or 'entries'")
    return rules


def confirm(nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
    """Run each nominated phrase over its paragraph."""
    for nominee in nominees:
        if nominee.block is None:
            continue
        document = context.documents[nominee.document]
        block = document.blocks[nominee.block]
        text = block.view.text
        payload = nominee.rule.payload
        for found in compiled(nominee.rule.gate).finditer(text):
            start, end = span_of(found, "mark")
            quote = text[start:end].rstrip()
            end = start + len(quote)
            if (
                not quote
                or _inside_word(text, found.start(), found.end())
                or _vetoed(payload["except"], text, found.start(), found.end())
            ):
                continue
            if payload["marks"] == "block":
                start, end = 0, len(text)
            values = {key: value for key, value in found.groupdict().items() if value is not None and key != "mark"}
            lemmas = payload["lemmas"]
            if lemmas and not values.keys() & lemmas.keys():
                values.update(_inflected(quote, lemmas))
            participle = text[:start].split()[-1:] and text[:start].split()[-1].lower() in language().tokens.have
            hit = hit_at(nominee, start, end, values, lemmas, context, participle=bool(participle))
            if hit is not None:
                yield hit


def _inflected(quote: str, lemmas: dict[str, Sequence[str]]) -> dict[str, str]:
    """Find the words of the quote that are forms of the unnamed lemmas, so that a correction can take their form."""
    words = quote.split()
    result: dict[str, str] = {}
    for key, candidates in lemmas.items():
        allowed = {form for lemma in candidates for form in language().forms(lemma)}
        for word in words:
            if word.lower() in allowed:
                result[key] = word
                break
    return result


def _inside_word(text: str, start: int, end: int) -> bool:
    """RE2's \\b knows ASCII alone; a letter with a diacritic beside the match makes it part of a longer word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return bool((before.isalnum() and text[start].isalnum()) or (after.isalnum() and text[end - 1].isalnum()))


def _vetoed(vetoes: Sequence[str], text: str, start: int, end: int) -> bool:
    return any(
        found.start() < end and start < found.end() for veto in vetoes for found in compiled(veto).finditer(text)
    )
