"""What each document gives to the comparison with others, made when it is checked."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from corrigenda.detectors.registry import collection_detector
from corrigenda.documents.document import Document

if TYPE_CHECKING:
    from corrigenda.names.tables import NameTables


def tables_of(document: Document, wanted: Iterable[str], names: "NameTables") -> dict[str, Any]:
    """Return a document's table for each wanted detector, without the article's words, so that it can be kept.

    `names` are the names of the run's documents.
    """
    return {name: collection_detector(name).table(document, names) for name in wanted}
