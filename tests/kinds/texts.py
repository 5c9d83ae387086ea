"""Texts checked together, without the engines that a kind does not need."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from corrigenda.documents.store import Source
from corrigenda.finding import Finding
from corrigenda.pipeline.run import run
from corrigenda.settings import Settings

RULES = Settings(engines={"grammar": "off", "embeddings": "off", "language-model": "off"})


def checked(
    texts: Mapping[str, str | bytes], settings: Settings = RULES, suffix: str = ".md"
) -> dict[str, Sequence[Finding]]:
    """Return the findings of each text, by its name."""
    sources = [
        Source(f"{number}{suffix}", Path(f"{number}{suffix}"), text if isinstance(text, bytes) else text.encode())
        for number, text in enumerate(texts.values())
    ]
    report = run(sources, settings, incremental=False)
    assert not report.problems, report.problems
    found = {document.path: document.findings for document in report.documents}
    return {name: found.get(f"{number}{suffix}", ()) for number, name in enumerate(texts)}


def quotes(findings: Sequence[Finding], check: str) -> list[str]:
    """Return what the findings of a check mark."""
    return [finding.quote for finding in findings if finding.check == check]
