"""Names, as the filter asks for them: is a word a name, or almost one; does a match rest on a name?"""

from typing import TYPE_CHECKING, Protocol

from corrigenda.documents.document import Document
from corrigenda.engines.grammar.filter.place import TOKEN, Place
from corrigenda.languages import language

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

    def _verdict(self, token: str, document: Document, start: int) -> "NameVerdict":
        # deferred: the name index is loaded for the first word that may be a name
        from corrigenda.names.tables import NameTables
        from corrigenda.names.verdict import is_name

        if self._tables is None:
            # The filter goes through the documents one after the other, so the latest one is all that is kept.
            self._tables = NameTables(most=1)
        return is_name(token, self._tables.of(document), start)


def holds_name(place: Place) -> bool:
    """Return whether a capitalised word stands in the place, other than where a sentence starts."""
    always_capital = language().grammar.always_capital
    for number, token in enumerate(TOKEN.finditer(place.quote)):
        word = token[0]
        if not word[0].isupper() or word in always_capital:
            continue
        if number == 0 and place.starts_sentence and not (len(word) > 1 and word.isupper()):
            continue
        return True
    return False
