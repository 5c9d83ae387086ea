"""What can only be said once all documents of a run are known: names that differ, and what two of them share.

Each document's tables are made when the document is checked, or come from an earlier run; so a run in which one file
changed looks at one file, and says the same as a run from scratch.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from corrigenda.documents.document import Document
from corrigenda.finding import Correction, Finding
from corrigenda.rules.hit import Hit
from corrigenda.rules.rule import CompiledRule

if TYPE_CHECKING:
    from corrigenda.engines.judge.models import Comparisons
    from corrigenda.names.index import AcrossPair, NameIndex
    from corrigenda.names.table import Positions
    from corrigenda.pipeline.checker import Engine

Tables = Mapping[str, Mapping[str, Any]]
"""By path, a table for each detector that compares documents. They hold positions, which are read from the text again.
"""
NAMES = "names-across"
SENTENCES = "duplicate-across"

_MOST_DOCUMENTS = 20
"""Documents that the evidence names; an editor does not read more."""


def tables_of(document: Document, wanted: Iterable[str]) -> dict[str, Any]:
    """Return a document's table for each wanted detector, without the article's words, so that it can be kept."""
    from corrigenda.pipeline.cross_document.sentences import table_of

    makers: dict[str, Callable[[Document], Any]] = {NAMES: _names_of, SENTENCES: table_of}
    return {detector: makers[detector](document) for detector in wanted}


def _names_of(document: Document) -> "Positions":
    from corrigenda.names.tables import names_of

    return names_of(document).names.to_positions()


def across(
    engine: "Engine",
    tables: Tables,
    text: Callable[[str], str],
    read: Callable[[str], Document],
    comparisons: "Comparisons",
) -> dict[str, list[Finding]]:
    """Return findings by path. `text` gives any document's text, `read` those documents in which something is found.

    `comparisons` is asked about sentences in other words, and counts what it could not judge.
    """
    from corrigenda.pipeline.cross_document.sentences import shared

    result: dict[str, list[Finding]] = {}
    if len(tables) < 2:
        return result
    for detector, rule in engine.across.items():
        own = {path: table[detector] for path, table in tables.items() if detector in table}
        if detector == NAMES:
            hits = _names(engine, rule, own, text, read)
        else:
            hits = shared(rule, own, text, read, comparisons)
        for path, hit in hits:
            finding = engine.finding(read(path), hit)
            if finding is not None:
                result.setdefault(path, []).append(finding)
    return result


def _names(
    engine: "Engine",
    rule: CompiledRule,
    tables: Mapping[str, Any],
    text: Callable[[str], str],
    read: Callable[[str], Document],
) -> Iterator[tuple[str, Hit]]:
    from corrigenda.names.context import NameContext
    from corrigenda.names.severity import ACROSS

    check = rule.check
    index = _index(tables, text)
    style = engine.settings.options.get("house-style", {})
    for pair in index.pairs(style):
        marked, other = (
            (pair.majority, pair.minority) if pair.preferred == pair.minority.text else (pair.minority, pair.majority)
        )
        weight = ACROSS[pair.certainty]
        for path in marked.documents:
            document = read(path)
            if NameContext(document.text).kept(marked.text):  # Odessa, Texas
                continue
            for start, end in index.spans(path, marked.text):
                hit = Hit(
                    check=check,
                    document=0,
                    start=start,
                    end=end,
                    corrections=(Correction(pair.preferred),) if pair.preferred != marked.text else (),
                    values={"other": other.text, "count": str(len(other.documents)), "reason": pair.reason},
                    evidence=_evidence(pair),
                    variants=(marked.text, other.text),
                    severity=weight.at_most(check.severity),
                    confidence=weight.confidence,
                )
                yield path, hit


def _evidence(pair: "AcrossPair") -> dict[str, Any]:
    forms = (pair.majority, pair.minority)
    return {
        "counts": {form.text: form.count for form in forms},
        "documents": {form.text: list(form.documents[:_MOST_DOCUMENTS]) for form in forms},
        "reason": pair.reason,
        "recommended by": pair.basis,
    }


def _index(tables: Mapping[str, "Positions"], text: Callable[[str], str]) -> "NameIndex":
    from corrigenda.names.index import NameIndex
    from corrigenda.names.table import DocumentNames

    index = NameIndex()
    for path in sorted(tables):
        index.add(path, DocumentNames.from_positions(tables[path], text(path)))
    return index
