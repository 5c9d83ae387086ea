"""The names of a document: one table for everybody who asks, made once in a run."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from corrigenda.names.context import NameContext


class Range(Protocol):
    """A half-open range of code points."""

    @property
    def start(self) -> int:
        """The first position."""

    @property
    def end(self) -> int:
        """The position after the last."""


class NamedDocument(Protocol):
    """What of a document names are read from (`corrigenda.documents.document.Document` has it)."""

    @property
    def words(self) -> str:
        """The whole text without tags; all positions are code points in it."""

    @property
    def unseen(self) -> Sequence[Range]:
        """Stretches that are no copy: code, addresses, front matter, tags."""

    @property
    def quotations(self) -> Sequence[Range]:
        """Stretches between quotation marks."""


def names_of(document: NamedDocument, style: Mapping[str, str] | None = None) -> "NameContext":
    """Return a document with everything that is known of its names; its table is the result's `names`.

    `style`: the house style, a canonical name to the form wanted.
    """
    from corrigenda.names.context import NameContext  # deferred: most runs that have tables ask them nothing

    return NameContext(
        document.words,
        skip=[(span.start, span.end) for span in document.unseen],
        quotations=[(quotation.start, quotation.end) for quotation in document.quotations],
        style=style,
    )


class NameTables:
    """The names of a run's documents under one house style: made when first asked for, and kept for who asks next.

    Two threads may ask at once. A document is known by its identity, so it is held as long as its names are.
    """

    def __init__(self, style: Mapping[str, str] | None = None, *, most: int = 0) -> None:
        """`most`: how many documents are kept, those asked for last; 0 keeps all."""
        self._style = style
        self._most = most
        self._kept: OrderedDict[int, tuple[NamedDocument, NameContext]] = OrderedDict()
        self._lock = Lock()

    def of(self, document: NamedDocument) -> "NameContext":
        """Return the names of a document (`names_of`)."""
        with self._lock:
            known = self._kept.get(id(document))
            if known is not None:
                self._kept.move_to_end(id(document))
                return known[1]
        names = names_of(document, self._style)  # outside the lock: at worst two threads make the same table
        with self._lock:
            self._kept[id(document)] = (document, names)
            if self._most and len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return names
