"""What a detector is: it compiles a check into rules, and confirms the places that the rules nominated.

A rule says how it is nominated (literals for the automaton, a scan over the text, or a structural nominator), and what
the confirming pass needs (plain text, tokens, tags, a parse). Compiling happens when the index is built, confirming in
a run; so `compile_check` may be slow and `confirm` may not.

Adding a detector is adding one module to this folder: a subclass of `Detector`, with the keys that its checks may have
as a TypedDict, and at the end of the module one instance of it as `DETECTOR`. Its name stands nowhere else.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from corrigenda.rules.hit import Collection, Context, Hit, Nominee
from corrigenda.rules.rule import CompiledRule, CompileResources, Rule, Scope

if TYPE_CHECKING:
    from corrigenda.documents.document import Document
    from corrigenda.names.tables import NameTables
    from corrigenda.rules.check import Check
    from corrigenda.rules.structures import Place


class Detector(ABC):
    """One mechanism. Instances hold nothing that changes, so that threads can share them."""

    name: ClassVar[str]
    """As checks write it. The module has the same name, with `_` for `-`."""
    scope: ClassVar[Scope]
    """How much a result depends on. A rule may widen it."""
    engines: ClassVar[tuple[str, ...]] = ()
    """Engines without which it finds nothing."""
    asks: ClassVar[tuple[str, ...]] = ()
    """Engines with which it finds more."""
    yields: ClassVar[bool] = False
    """Whether its hits give way to those of other checks on the same characters."""
    shows: ClassVar[bool] = False
    """Whether what it finds shows in its sentence, so that who reads that sentence alone can tell whether it is wrong.
    What was compared with other places, documents or lists of names does not.
    """
    late: ClassVar[bool] = False
    """Whether it is asked last, and only about texts that the findings of others show to be translated: each of its
    rules then gets a nominee for the whole document.
    """
    values: ClassVar[frozenset[str]] = frozenset()
    """Names that it fills in messages, beside `quote` and `correction` and what a check's patterns name."""
    options: ClassVar[Any]
    """The TypedDict of the keys that its checks may have (corrigenda.rules.options)."""

    @abstractmethod
    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Turn a check into rules. Raises CheckError for what cannot match."""

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Return what is left of the nominees of one check, in any order."""
        return ()

    def places(self, document: "Document", rule: CompiledRule) -> Iterator["Place"]:
        """Yield the places of a document that a rule whose `structure` is the detector's own name nominates."""
        yield from ()


class CollectionDetector(Detector):
    """A mechanism that compares the documents of a run, once all of them are known.

    Each document gives a table when it is checked. Tables are kept with the results of earlier runs, so they hold
    positions and no words, in plain JSON values; a run in which one file changed makes one table.
    """

    scope = "collection"

    @abstractmethod
    def table(self, document: "Document", names: "NameTables") -> Any:
        """Return what of a document is compared. `names` are the names of the run's documents."""

    @abstractmethod
    def compare(
        self, rule: CompiledRule, tables: Mapping[str, Any], collection: Collection
    ) -> Iterator[tuple[str, Hit]]:
        """Yield hits with the path of the document that each stands in.

        Arguments:
            rule: The one rule of the check.
            tables: The table of each document, by its path.
            collection: The documents themselves.
        """
