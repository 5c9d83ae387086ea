"""What became of a run with a large language model, counted, in words for a report."""

from collections import Counter
from dataclasses import dataclass, field

from corrigenda.finding import Severity


@dataclass
class Tally:
    """Counts of one run.

    Attributes:
        dropped: Places that the model named and that were dropped, by the reason.
        read: Pieces of text that were read.
        unread: Pieces that were not.
        unanswered: Questions of the judge and the writer about the model's own places that nobody answered.
        judged: Findings of corrigenda's own that the judge spoke of.
        unasked: Questions about these that nobody answered, by the reason.
        not_judged: Those that it was to be asked about and that nobody spoke of.
        changed: What the judge made of them, by what they were and are, and their check.
    """

    dropped: Counter[str] = field(default_factory=Counter)
    read: int = 0
    unread: int = 0
    unanswered: int = 0
    judged: int = 0
    unasked: Counter[str] = field(default_factory=Counter)
    not_judged: int = 0
    changed: Counter[tuple[Severity, Severity | None, str]] = field(default_factory=Counter)

    def told(self) -> list[str]:
        """Return what is to be told of it, in parts of a sentence."""
        parts = []
        if self.dropped:
            reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(self.dropped.items()))
            parts.append(f"{counted(self.dropped.total(), 'place')} that it named left out ({reasons})")
        parts += self.reviewed()
        if self.unread:
            parts.append(f"{counted(self.unread, 'part')} of the text not read")
        if self.unanswered:
            parts.append(f"{counted(self.unanswered, 'question')} about places not answered")
        if self.unasked:
            reasons = "; ".join(sorted(self.unasked))
            parts.append(f"{counted(self.unasked.total(), 'question')} about other findings not answered ({reasons})")
        return parts

    def reviewed(self) -> list[str]:
        """Return what the judge made of corrigenda's own findings."""
        if not self.judged:
            return []
        parts = []
        for words, wanted in (
            ("dropped", (Severity.SUGGESTION, None)),
            ("made a suggestion", (Severity.WARNING, Severity.SUGGESTION)),
            ("made a warning", (Severity.SUGGESTION, Severity.WARNING)),
        ):
            own = {check: n for (before, after, check), n in self.changed.items() if (before, after) == wanted}
            if own:
                checks = ", ".join(f"{count} {check}" for check, count in sorted(own.items()))
                parts.append(f"{sum(own.values()):,} {words} ({checks})")
        became = ", ".join(parts) or "none changed"
        return [f"{counted(self.judged, 'other finding')} read again by it: {became}"]


def counted(number: int, what: str) -> str:
    """Return "1 place" or "2 places"."""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
