"""Detector `characters`: what a reader does not see, or sees as something else than it is.

`kind: invisible` marks direction marks, zero-width spaces, soft hyphens and the like that no script in the text needs;
`kind: ligature` marks the ligatures of files that were made for print. Both are taken out, or written as letters.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.finding import Applicability, Correction
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.rules.check import Check

Kind = Literal["invisible", "ligature"]
_MOST_NAMED = 3


class CharactersKeys(TypedDict):
    """The keys of a check."""

    kind: Kind


class CharactersPayload(NamedTuple):
    """What is looked for."""

    kind: Kind


class Characters(Detector):
    """Characters that are not what they seem."""

    name = "characters"
    scope = "sentence"
    values = frozenset(("named",))
    options = CharactersKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the one rule of the check's kind."""
        kind = check.keys(CharactersKeys)["kind"]
        structure = "hidden-marks" if kind == "invisible" else "ligatures"
        return [Rule(structure=structure, payload=CharactersPayload(kind))]

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Make a hit of each place; the nominator has looked at what stands around it."""
        for nominee in nominees:
            marks = context.documents[nominee.document].text[nominee.start : nominee.end]
            invisible = nominee.rule.payload(CharactersPayload).kind == "invisible"
            right = "" if invisible else unicodedata.normalize("NFKC", marks)
            yield Hit(
                check=nominee.rule.check,
                document=nominee.document,
                start=nominee.start,
                end=nominee.end,
                corrections=(Correction(right, Applicability.SAFE),),
                values={"named": _named(marks)},
            )


def _named(marks: str) -> str:
    """Return the marks by their Unicode names, each once."""
    names = dict.fromkeys(
        f"{unicodedata.name(mark, 'unnamed').lower()}, U+{ord(mark):04X}" for mark in marks[: _MOST_NAMED + 20]
    )
    shown = list(names)[:_MOST_NAMED]
    return "; ".join(shown) + ("; …" if len(names) > len(shown) else "")


DETECTOR = Characters()
