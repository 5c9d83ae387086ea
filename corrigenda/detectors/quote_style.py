"""Detector `quote-style`: quotation marks of two styles in one document.

Single marks inside double ones, and in headlines, are right everywhere; so only double marks are compared: “ ”, " ",
« » and „ “. The minority style is marked, at each quotation's opening mark and closing mark together.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.documents.document import Document
from corrigenda.documents.parts import Quotation
from corrigenda.finding import Correction
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check


_STYLES = {"“": "“ ”", '"': '" "', "«": "« »", "„": "„ “", "”": "” ”", "»": "» «"}


class QuoteStyleKeys(TypedDict):
    """A check has no keys of its own."""


class QuoteStyle(Detector):
    """Quotation marks of two styles in one document."""

    name = "quote-style"
    scope = "document"
    values = frozenset(("count", "other", "style"))
    options = QuoteStyleKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the one rule."""
        return [Rule(structure="mixed-quotes")]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Count the styles of each nominated document."""

        for nominee in nominees:
            document = context.documents[nominee.document]
            styles: dict[str, list[Quotation]] = {}
            for quotation in document.quotations:
                style = _STYLES.get(quotation.style[:1])
                if style and quotation.closed and not _nested(quotation, document):
                    styles.setdefault(style, []).append(quotation)
            if len(styles) < 2:
                continue
            # Of styles as common, the one that English can have.
            best = min(styles, key=lambda style: (-len(styles[style]), style[0] not in '"“', style))
            counts = {style: len(styles[style]) for style in sorted(styles)}
            left, right = best.split(" ")
            for style, quotations in sorted(styles.items()):
                if style == best:
                    continue
                for quotation in quotations:
                    opening, closing = document.marks_of(quotation)
                    inside = document.text[opening.end : closing.start]
                    corrections = (Correction(left),) if left != right or style != best else ()
                    yield Hit(
                        check=nominee.rule.check,
                        document=nominee.document,
                        start=opening.start,
                        end=opening.end,
                        corrections=corrections,
                        evidence={"counts": counts, "quotation": inside if len(inside) < 60 else inside[:57] + "…"},
                        values={"style": style, "other": best, "count": str(counts[best])},
                    )
                    yield Hit(
                        check=nominee.rule.check,
                        document=nominee.document,
                        start=closing.start,
                        end=closing.end,
                        corrections=(Correction(right),),
                        evidence={"counts": counts},
                        values={"style": style, "other": best, "count": str(counts[best])},
                    )


def _nested(quotation: Quotation, document: Document) -> bool:
    return any(
        other is not quotation and other.start <= quotation.start and quotation.end <= other.end
        for other in document.quotations
    )


DETECTOR = QuoteStyle()
