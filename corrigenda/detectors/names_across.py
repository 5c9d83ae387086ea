"""Detector `names-across`: one name that some documents of a run spell one way and others another.

The table of a document says where its names stand; when the last document is done, one index over all of them says
which names differ.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypedDict

from corrigenda.detectors.detector import CollectionDetector
from corrigenda.finding import Correction
from corrigenda.names.context import all_kept
from corrigenda.names.index import AcrossPair, NameIndex
from corrigenda.names.severity import ACROSS
from corrigenda.names.table import DocumentNames, Positions
from corrigenda.names.tables import NameTables
from corrigenda.rules.hit import Collection, Hit
from corrigenda.rules.rule import CompiledRule, CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.documents.document import Document
    from corrigenda.rules.check import Check

_MOST_DOCUMENTS = 20
"""Documents that the evidence names; an editor does not read more."""


class NamesAcrossKeys(TypedDict):
    """A check has no keys of its own."""


class NamesAcross(CollectionDetector):
    """One name in two spellings across documents."""

    name = "names-across"
    values = frozenset(("count", "other", "reason"))
    options = NamesAcrossKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the one rule."""
        return [Rule(structure="nothing")]

    def table(self, document: "Document", names: NameTables) -> Positions:
        """Return where a document's names stand."""
        return names.of(document).names.to_positions()

    def compare(
        self, rule: CompiledRule, tables: Mapping[str, Positions], collection: Collection
    ) -> Iterator[tuple[str, Hit]]:
        """Yield the places of each spelling that most documents do without."""
        index = NameIndex()
        for path in sorted(tables):
            index.add(path, DocumentNames.from_positions(tables[path], collection.text(path)))
        for pair in index.pairs(collection.settings.get("house-style", {})):
            marked, other = (
                (pair.majority, pair.minority)
                if pair.preferred == pair.minority.text
                else (pair.minority, pair.majority)
            )
            weight = ACROSS[pair.certainty]
            corrections = (Correction(pair.preferred),) if pair.preferred not in ("", marked.text) else ()
            for path in marked.documents:
                spans = index.spans(path, marked.text)
                if all_kept(marked.text, spans, collection.text(path)):  # Odessa, Texas
                    continue
                for start, end in spans:
                    yield (
                        path,
                        Hit(
                            check=rule.check,
                            document=0,
                            start=start,
                            end=end,
                            corrections=corrections,
                            values={"other": other.text, "count": str(len(other.documents)), "reason": pair.reason},
                            evidence=_evidence(pair),
                            variants=(marked.text, other.text),
                            severity=weight.at_most(rule.check.severity),
                            confidence=weight.confidence,
                        ),
                    )


def _evidence(pair: AcrossPair) -> dict[str, Any]:
    forms = (pair.majority, pair.minority)
    return {
        "counts": {form.text: form.count for form in forms},
        "documents": {form.text: list(form.documents[:_MOST_DOCUMENTS]) for form in forms},
        "reason": pair.reason,
        **({"recommended by": pair.why} if pair.preferred else {}),
    }


DETECTOR = NamesAcross()
