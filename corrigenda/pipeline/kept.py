"""The results of earlier runs: a file that was checked before with the same checks, settings and engines is not checked
again.
"""

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from corrigenda.documents.catalogues import languages
from corrigenda.documents.errors import DocumentError
from corrigenda.documents.store import DocumentStore, Source
from corrigenda.pipeline.batch import BatchResult, Checked
from corrigenda.pipeline.checker import Checker
from corrigenda.pipeline.packing import unpack
from corrigenda.storage.keys import result_key
from corrigenda.storage.results import open_cache

STAGE = "sentence-engines"
"""Results are those of the stages up to this one; later stages keep their own."""


class Kept:
    """The results of earlier runs, for one checker."""

    def __init__(self, checker: Checker, store: DocumentStore) -> None:
        self._whole_names = bool(checker.settings.overrides)
        self._store = store
        self._cache = open_cache()
        self._run = checker.key

    def known(self, sources: Sequence[Source]) -> Mapping[str, Checked]:
        """Return, by path, what is kept of those sources that have not changed."""
        keys: dict[Source, bytes] = {}
        for source in sources:
            if source.path is None:
                continue
            try:
                keys[source] = self._key(self._store.identity(source), source)
            except DocumentError:  # it is asked for again, and the error reported, where it is checked
                continue
        values = self._cache.get_many(list(keys.values()))
        found: dict[str, Checked] = {}
        for source, key in keys.items():
            if key not in values:
                continue
            try:
                found[source.display] = unpack(values[key], source.display, lambda s=source: self._store.words(s))  # type: ignore[misc]
            except (ValueError, DocumentError):
                continue
        return found

    def _key(self, identity: str, source: Source) -> bytes:
        """Return a file's key: of its name, the ending decides, and the language that it may tell (`de.po`); or all of
        it where settings differ by glob.
        """
        display = source.display
        name = display if self._whole_names else f"{PurePath(display).suffix.lower()} {languages.of_path(display)}"
        return result_key(identity, STAGE, f"{self._run}\0{name}")

    def keep(self, sources: Sequence[Source], result: BatchResult) -> None:
        """Keep what one batch gave, unless a check failed in it: a result without it must not outlive the failure."""
        if not result.complete or not result.packed:
            return
        digests = {one.path: one.sha256 for one in result.checked}
        kept: dict[bytes, bytes] = {}
        for source in sources:
            packed = result.packed.get(source.display)
            if packed is None:
                continue
            try:
                kept[self._key(self._store.identity(source, digests[source.display]), source)] = packed
            except DocumentError:  # its source changed or vanished while it was checked
                continue
        self._cache.put_many(kept)

    def close(self) -> None:
        """Close the cache."""
        self._cache.close()
