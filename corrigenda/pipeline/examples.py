"""A check proves itself by its own examples: exact span, exact correction, silence on the fine ones.

Used by the tests for every shipped check and by `corrigenda test-checks` for the user's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corrigenda.detectors.registry import detector
from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.engines.registry import kind, names
from corrigenda.finding import Finding
from corrigenda.languages import DEFAULT
from corrigenda.pipeline.checker import Checker
from corrigenda.pipeline.compile import compile_checks
from corrigenda.pipeline.index import Index, assemble
from corrigenda.pipeline.run import check_documents
from corrigenda.pipeline.stages import Stage
from corrigenda.rules.check import Check, Wrong
from corrigenda.rules.rule import CompiledRule
from corrigenda.settings import PREVIEW, Settings


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that did not come out as the check says: the check's file, the line, and what happened instead."""

    check: str
    path: Path
    line: int
    message: str


def failures(checks: Sequence[Check], settings: Settings | None = None) -> list[Failure]:
    """Run the examples of checks, each against its own check alone, in one batch for speed.

    Checks of engines that read whole documents are left out: tests/grammar and tests/llm run their examples through
    the engine. Raises CheckError for a check that cannot be compiled.
    """
    checks = [check for check in checks if not _reads_documents(check)]
    special = [
        check for check in checks if check.example_settings or check.beside or _has_weak(check) or _has_sources(check)
    ]
    if special and len(checks) > 1:
        plain = [check for check in checks if check not in special]
        return [
            failure for part in (plain, *([check] for check in special)) if part for failure in failures(part, settings)
        ]
    settings = settings or Settings()
    if special:
        settings = settings._replace(options={**settings.options, **checks[0].example_settings})
        if _has_weak(checks[0]):  # one sentence does not show that it was translated
            settings = settings._replace(support=0.0)
    index = assemble([compile_checks(checks)], enabled=("all", PREVIEW))
    documents: list[Document] = []
    owners: list[tuple[Check, tuple[str | int, ...], Wrong | None]] = []
    for check in checks:
        for number, wrong in enumerate(check.wrong):
            name = f"{check.id} wrong {number}"
            documents.append(read_pair(wrong.text, name, check.language, wrong.source, wrong.language))
            owners.append((check, wrong.place, wrong))
        for number, (text, place) in enumerate(zip(check.fine, check.fine_places, strict=True)):
            behind = check.fine_sources.get(number, ("", ""))
            documents.append(read_pair(text, f"{check.id} fine {number}", check.language, *behind))
            owners.append((check, place, None))
    beside = checks[0].beside if special else ()
    with Checker(index, settings) as own:
        found = _beside(own, documents, beside) if beside else findings(own, documents)
    result: list[Failure] = []
    for (check, place, example), document, said in zip(owners, documents, found, strict=True):
        mine = [finding for finding in said if finding.check == check.id]
        message = _fine(mine) if example is None else _wrong(example, document, mine)
        if message:
            result.append(Failure(check.id, check.path, check.line(*place), message))
    return result


def _has_weak(check: Check) -> bool:
    """Return whether entries or groups of a check count only in a text that other findings show to be translated."""
    parts = (*check.options.get("entries", ()), *check.options.get("groups", ()))
    return any(isinstance(part, dict) and part.get("weak") for part in parts)


def _has_sources(check: Check) -> bool:
    """Return whether the examples of a check have a source: what it says in them other checks may say of the English
    alone, in whose findings it would be a note.
    """
    return bool(check.fine_sources) or any(wrong.source for wrong in check.wrong)


def read_example(text: str, name: str, language: str = DEFAULT) -> Document:
    """Read an example as a document in a language: as Markdown where it uses its marks, else as plain text."""
    markup = "text"
    if text.lstrip().startswith(("---\n", "# ", "> ", "| ", "```")) or "](" in text or "**" in text or "<!--" in text:
        markup = "markdown"
    return replace(registry.read_bytes(text.encode("utf-8"), name, markup), language=language)


def read_pair(text: str, name: str, language: str, source: str, source_language: str) -> Document:
    """Read an example beside the text that it was translated from, "" where it has none."""
    document = read_example(text, name, language)
    if not source:
        return document
    return document.with_source(read_example(source, f"{name} source", source_language))


def _beside(own: Checker, documents: Sequence[Document], beside: Sequence[str]) -> list[Sequence[Finding]]:
    """Check each example with the documents that stand beside it, and nothing else."""
    others = [read_example(text, f"beside-{number}") for number, text in enumerate(beside)]
    return [findings(own, [document, *others], Stage.COLLECTION)[0] for document in documents]


def findings(
    own: Checker, documents: Sequence[Document], last: Stage = Stage.SENTENCE_ENGINES
) -> list[Sequence[Finding]]:
    """Check documents in order and return their findings. Raises RuntimeError when a detector fails."""
    report = check_documents(own, documents, last=last)
    if report.problems:
        raise RuntimeError(report.problems[0].message)
    return [document.findings for document in report.documents]


def _fine(own: Sequence[Finding]) -> str:
    if not own:
        return ""
    return f"must not be found in, but {own[0].quote!r} was"


def _wrong(example: Wrong, document: Document, own: Sequence[Finding]) -> str:
    spans = tuple(dict.fromkeys((finding.start, finding.end) for finding in own))
    if spans != example.spans:
        said = ", ".join(repr(document.text[start:end]) for start, end in spans) or "nothing"
        wanted = ", ".join(repr(document.text[start:end]) for start, end in example.spans)
        return f"must find {wanted}, but found {said}"
    if example.right is None:
        return ""
    text = corrected(document.text, own)
    return "" if text == example.right else f"the first correction must give {example.right!r}, but gives {text!r}"


def corrected(text: str, findings: Sequence[Finding]) -> str:
    """Apply the first correction of each finding that has one, from the back."""
    for finding in sorted(findings, key=lambda f: f.start, reverse=True):
        usable = [c for c in finding.corrections if c.applicability.value != "display-only"]
        if usable:
            text = text[: finding.start] + usable[0].text + text[finding.end :]
    return text


def rules_of(index: Index, check: str) -> list[CompiledRule]:
    """Return the compiled rules of one check."""
    return [rule for rule in index.rules if rule.check.id == check]


def _reads_documents(check: Check) -> bool:
    """Return whether the engine of a check reads whole documents and finds places of its own."""
    return any(kind(name).scope == "document" for name in detector(check.detector).engines if name in names())
