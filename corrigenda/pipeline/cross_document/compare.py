"""What can only be said once all documents of a run are known: names that differ, and what two of them share.

Each document's tables are made when the document is checked, or come from an earlier run; so a run in which one file
changed looks at one file, and says the same as a run from scratch.
"""

import contextlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from corrigenda.detectors.registry import collection_detector
from corrigenda.documents.document import Document
from corrigenda.documents.errors import DocumentError
from corrigenda.documents.store import DocumentStore, Source
from corrigenda.pipeline.batch import Checked, Later, failed

if TYPE_CHECKING:
    from corrigenda.engines.judge.models import Comparisons
    from corrigenda.pipeline.checker import Checker


class _Collection:
    """What detectors see of a run's documents (corrigenda.rules.hit.Collection)."""

    def __init__(
        self,
        settings: Mapping[str, Any],
        comparisons: "Comparisons",
        store: DocumentStore,
        sources: Mapping[str, Source],
    ) -> None:
        self.settings = settings
        self.comparisons = comparisons
        self._store = store
        self._sources = sources
        self.text = cache(self._text)

    def _text(self, path: str) -> str:
        return self._store.text(self._sources[path])

    def document(self, path: str) -> Document:
        return self._store.document(self._sources[path])


def compare(own: "Checker", checked: Sequence[Checked], store: DocumentStore, sources: Mapping[str, Source]) -> Later:
    """Return what the documents of a run say of each other.

    A document that can no longer be read takes no part. A check that fails is a problem of the report, and the others
    go on.
    """
    from corrigenda.engines.judge.models import EMBEDDINGS, Comparisons  # deferred: these checks are off by default

    result = Later()
    comparisons = Comparisons(own.models)
    collection = _Collection(own.settings.options, comparisons, store, sources)
    tables: dict[str, Mapping[str, Any]] = {}
    for one in checked:
        if one.readable and one.tables:
            with contextlib.suppress(DocumentError):
                collection.text(one.path)
                tables[one.path] = one.tables
    for name, rule in own.collection_rules.items() if len(tables) > 1 else ():
        mine = {path: table[name] for path, table in tables.items() if name in table}
        try:
            hits = list(collection_detector(name).compare(rule, mine, collection))
        except Exception as error:  # noqa: BLE001 - whatever a check does, the other checks go on
            result.problems.append(failed(rule.check.id, error))
            continue
        for path, hit in hits:
            result.findings.setdefault(path, []).extend(own.findings(collection.document(path), (hit,)))
    result.engines.append(comparisons.status(EMBEDDINGS))
    return result
