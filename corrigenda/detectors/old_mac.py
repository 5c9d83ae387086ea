"""Detector `old-mac`: Mac Roman, which old Macintosh programs write, and what other programs make of it.

Taken for Windows-1252, its quotation marks and dashes are accented capitals: "ItÕs a ÒgoodÓ day". In a text that was
read so, each such word is marked with what was written. In a file that is in Mac Roman, and was read right, the first
word is marked that any other program will show wrongly.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.finding import Applicability, Correction, Severity
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.rule import CompileResources, Rule
from corrigenda.rules.structures import MAC_ROMAN

if TYPE_CHECKING:
    from corrigenda.rules.check import Check

_MEANT = str.maketrans("ÕÒÓÔÐÑÉ", "’“”‘–—…")
_FILE = "The file is in Mac Roman; other programs will show “{wrong}” here. Save it as UTF-8."


class OldMacKeys(TypedDict, total=False):
    """The keys of a check: none."""


class OldMac(Detector):
    """Mac Roman that was, or will be, read as something else."""

    name = "old-mac"
    scope = "sentence"
    options = OldMacKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the one rule of the check."""
        return [Rule(structure="old-mac")]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Say of each word what it was or what it will be."""
        for nominee in nominees:
            document = context.documents[nominee.document]
            quote = document.text[nominee.start : nominee.end]
            hit = Hit(nominee.rule.check, nominee.document, nominee.start, nominee.end)
            if document.encoding.codec == MAC_ROMAN:
                wrong = quote.encode(MAC_ROMAN, "replace").decode("cp1252", "replace")
                yield hit._replace(message=_FILE.replace("{wrong}", wrong), severity=Severity.WARNING)
            else:
                yield hit._replace(corrections=(Correction(quote.translate(_MEANT), Applicability.UNSAFE),))


DETECTOR = OldMac()
