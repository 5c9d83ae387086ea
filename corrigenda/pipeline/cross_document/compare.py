"""What can only be said once all documents of a run are known: names that differ, and what two of them share.

Each document's tables are made when the document is checked, or come from an earlier run; so a run in which one file
changed looks at one file, and says the same as a run from scratch.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from corrigenda.documents.document import Document
from corrigenda.documents.errors import DocumentError
from corrigenda.documents.store import DocumentStore, Source
from corrigenda.finding import Correction
from corrigenda.pipeline.batch import Checked, Later, failed
from corrigenda.rules.hit import Hit
from corrigenda.rules.rule import CompiledRule

if TYPE_CHECKING:
    from corrigenda.engines.judge.models import Comparisons
    from corrigenda.names.index import AcrossPair, NameIndex
    from corrigenda.names.table import Positions
    from corrigenda.pipeline.checker import Checker

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


def compare(own: "Checker", checked: Sequence[Checked], store: DocumentStore, sources: Mapping[str, Source]) -> Later:
    """Return what the documents of a run say of each other.

    A document that can no longer be read takes no part. A check that fails is a problem of the report, and the others
    go on.
    """
    from corrigenda.engines.judge.models import EMBEDDINGS, Comparisons  # deferred: these checks are off by default

    result = Later()
    comparisons = Comparisons(own.models)
    text = cache(lambda path: store.text(sources[path]))
    tables: dict[str, Mapping[str, Any]] = {}
    for one in checked:
        if one.readable and one.tables:
            with contextlib.suppress(DocumentError):
                text(one.path)
                tables[one.path] = one.tables
    for detector, rule in own.collection_rules.items() if len(tables) > 1 else ():
        mine = {path: table[detector] for path, table in tables.items() if detector in table}
        try:
            hits = list(_hits(own, rule, mine, text, lambda path: store.document(sources[path]), comparisons))
        except Exception as error:  # noqa: BLE001 - whatever a check does, the other checks go on
            result.problems.append(failed(rule.check.id, error))
            continue
        for path, hit in hits:
            result.findings.setdefault(path, []).extend(own.findings(store.document(sources[path]), (hit,)))
    result.engines.append(comparisons.status(EMBEDDINGS))
    return result


def _hits(
    own: "Checker",
    rule: CompiledRule,
    tables: Mapping[str, Any],
    text: Callable[[str], str],
    read: Callable[[str], Document],
    comparisons: "Comparisons",
) -> Iterator[tuple[str, Hit]]:
    from corrigenda.pipeline.cross_document.sentences import shared

    if rule.check.detector == NAMES:
        return _names(own, rule, tables, text, read)
    return shared(rule, tables, text, read, comparisons)


def _names(
    engine: "Checker",
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
