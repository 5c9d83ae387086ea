"""Names, as engines ask for them: is a word a name, or almost one?"""

from typing import TYPE_CHECKING, Protocol

from corrigenda.documents.document import Document

if TYPE_CHECKING:
    from corrigenda.names.tables import NameTables
    from corrigenda.names.verdict import NameVerdict


class NameOracle(Protocol):
    """What is known of names: in this text, and in the gazetteer."""

    def is_name(self, token: str, document: Document, start: int, end: int) -> bool:
        """Return whether the token at `[start, end)` of the document is a name, or a part of one."""
        ...

    def near_miss(self, token: str, document: Document, start: int, end: int) -> str | None:
        """Return the name that the token almost is, None when it is none."""
        ...

    def is_known(self, token: str, document: Document, start: int, end: int) -> bool:
        """Return whether the token is a name that is listed: a place, a given name, a person or an institution. A
        capital alone makes none.
        """
        ...


class NameIndex:
    """The oracle that asks corrigenda's own name index.

    `tables` are the names of the run's documents, where others ask for them too.
    """

    def __init__(self, tables: "NameTables | None" = None) -> None:
        self._tables = tables

    def is_name(self, token: str, document: Document, start: int, end: int) -> bool:
        """Return whether the token is a name, or a part of one."""
        return self._verdict(token, document, start).is_name

    def near_miss(self, token: str, document: Document, start: int, end: int) -> str | None:
        """Return the name that the token almost is, None when it is none."""
        return self._verdict(token, document, start).near_miss_of or None

    def is_known(self, token: str, document: Document, start: int, end: int) -> bool:
        """Return whether the token is a name that is listed; a capital alone makes none."""
        verdict = self._verdict(token, document, start)
        return verdict.is_name and verdict.kind not in ("", "name")

    def _verdict(self, token: str, document: Document, start: int) -> "NameVerdict":
        # deferred: the name index is loaded for the first word that may be a name
        from corrigenda.names.tables import NameTables
        from corrigenda.names.verdict import is_name

        if self._tables is None:
            # The filter goes through the documents one after the other, so the latest one is all that is kept.
            self._tables = NameTables(most=1)
        return is_name(token, self._tables.of(document), start)
