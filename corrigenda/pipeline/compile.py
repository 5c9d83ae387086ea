"""Compiling checks into the index: reading them, deriving gates and literals, working out what each depends on.

Needed when the package is built, and when the checks of a checkout or of a user's folder changed; a run needs nothing
of it. The index is plain JSON values; corrigenda.pipeline.index reads it.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from corrigenda import __version__, resources
from corrigenda.detectors.detector import Detector
from corrigenda.detectors.registry import UnknownDetectorError, detector, is_built_in
from corrigenda.detectors.templates import fault_of_message
from corrigenda.errors import CheckError
from corrigenda.languages import UnknownLanguage, language
from corrigenda.languages.base import Language
from corrigenda.pipeline.index_key import FORMAT, key_of
from corrigenda.pipeline.stored import StoredCheck, StoredIndex, StoredRule
from corrigenda.plugins import DETECTORS, version
from corrigenda.rules.check import Check, load_folder
from corrigenda.rules.required import is_cased, required
from corrigenda.rules.rule import SCOPES, CompileResources, Rule, packed


def compile_folder(folder: Path) -> StoredIndex:
    """Compile the checks of a folder. Raises CheckError for the first that cannot be used."""
    return compile_checks(load_folder(folder), key_of(folder))


def compile_checks(checks: Iterable[Check], key: str = "") -> StoredIndex:
    """Compile checks into plain JSON values. Raises CheckError for the first that cannot be used.

    `key` is what the result is known by, where it is kept.
    """
    compiled: list[StoredCheck] = []
    rules: list[StoredRule] = []
    plugins: dict[str, str] = {}
    for check in checks:
        mechanism = _detector_of(check)
        own = mechanism.compile_check(check, CompileResources(_language_of(check)))
        _refuse_faulty_message(check, mechanism, own)
        rules.extend(_rule(len(compiled), rule) for rule in own)
        compiled.append(_check(check, mechanism, own))
        if not is_built_in(mechanism):
            plugins[check.detector] = version(DETECTORS, check.detector)
    return {
        "key": key,
        "format": FORMAT,
        "version": __version__,
        "plugins": plugins,
        "checks": compiled,
        "rules": rules,
    }


def write_compiled(target: Path) -> int:
    """Compile the shipped checks into a file (at build time). Returns the number of checks."""
    data = compile_folder(resources.folder("checks"))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text_of(data), encoding="utf-8", newline="\n")
    return len(data["checks"])


def text_of(data: StoredIndex) -> str:
    """Return the index as it is written: a line of JSON, then for each rule the line that only its nominees need."""
    # What is empty or usual is left out: it is most of thousands of rules.
    rules = [
        {key: value for key, value in rule.items() if key == "check" or (key != "rest" and value not in _USUAL)}
        for rule in data["rules"]
    ]
    first = json.dumps({**data, "rules": rules}, ensure_ascii=False, separators=(",", ":"))
    return "\n".join([first, *(rule["rest"] for rule in data["rules"])])


_USUAL: tuple[Any, ...] = ("", (), [], False, "text")


def _detector_of(check: Check) -> Detector:
    try:
        return detector(check.detector)
    except UnknownDetectorError as error:
        raise CheckError(check.path, check.line("detector"), str(error)) from error


def _language_of(check: Check) -> Language:
    try:
        return language(check.language)
    except UnknownLanguage as error:
        raise CheckError(check.path, check.line("language"), str(error)) from error


def _check(check: Check, mechanism: Detector, rules: Sequence[Rule]) -> StoredCheck:
    own = [_engines_of(rule) for rule in rules]
    needed = frozenset(mechanism.engines)
    # What is compared with its source is aligned by the multilingual model, where that is at hand.
    beside = ("multilingual",) if any(rule.structure == "source" for rule in rules) else ()
    scope = max((mechanism.scope, *(rule.scope for rule in rules if rule.scope)), key=SCOPES.index)
    return {
        "id": check.id,
        "summary": check.summary,
        "category": check.category,
        "severity": check.severity.value,
        "confidence": check.confidence,
        "message": check.message,
        "detector": check.detector,
        "enabled": check.enabled,
        "status": check.status,
        "aliases": check.aliases,
        "language": check.language,
        "regions": sorted(region.value for region in check.regions),
        "quotations": check.quotations,
        "translated": check.translated.value if check.translated is not None else "",
        "yields": mechanism.yields,
        "paired": bool(rules) and all(rule.structure == "source" for rule in rules),
        "scope": scope,
        "engines": sorted(needed.union(mechanism.asks, *own, beside)),
        "detector_engines": sorted(needed),
        "requires": sorted(needed.union(frozenset.intersection(*own) if own else ())),
    }


def _rule(check: int, rule: Rule) -> StoredRule:
    return {
        "check": check,
        "literals": rule.literals,
        "adjoining": [(one.step, " ".join(one.words), " ".join(one.others)) for one in rule.adjoining],
        "scan": rule.scan,
        "hints": rule.hints or (required(rule.scan) if rule.scan else ()),
        "cased": bool(rule.scan) and is_cased(rule.scan),
        "structure": rule.structure,
        "needs": rule.needs,
        "rest": packed(rule, _beside(rule)),
    }


def _engines_of(rule: Rule) -> frozenset[str]:
    return rule.engines if rule.needs == "text" else rule.engines | {"spacy"}


def _beside(rule: Rule) -> list[tuple[str, ...]]:
    """Return what a rule's conditions and gate want in the block: lists of strings of which one must stand there."""
    expressions = list(rule.nearby)
    if rule.literals and rule.gate:
        expressions.append(rule.gate)
    found = [*rule.beside, *(_lowered(required(expression)) for expression in expressions)]
    # Where every literal is one of them they say nothing new.
    return [strings for strings in found if strings and not set(rule.literals) <= set(strings)]


def _lowered(strings: Sequence[str]) -> tuple[str, ...]:
    """Return strings as a text in lower case has them, none where that cannot be told."""
    if not all(string.isascii() or not string.isalpha() for string in strings):
        return tuple(strings) if all(string == string.lower() for string in strings) else ()
    return tuple(dict.fromkeys(string.lower() for string in strings))


def _refuse_faulty_message(check: Check, mechanism: Detector, rules: Sequence[Rule]) -> None:
    """Raise CheckError for a message with a placeholder that nothing fills."""
    key, template = ("message", check.message) if check.message else ("summary", check.summary)
    fault = fault_of_message(template, mechanism.values.union(*(rule.values for rule in rules)))
    if fault:
        raise CheckError(check.path, check.line(key), f"{template!r}: {fault}")
