"""What a grammar engine says of a text: LanguageTool's server today, whichever engine answers."""

from collections.abc import Sequence
from dataclasses import dataclass

SPELLER = "MORFOLOGIK_RULE_"
"""How the ids of the speller's rules begin; each variant of a language has its own."""


@dataclass(frozen=True, slots=True)
class Match:
    """One thing that LanguageTool said of a piece of text: `[start, end)` in code points of the piece, markup counted.

    `rule` and `category` are LanguageTool's ids, `kind` is the rule's ITS issue type (misspelling, grammar,
    typographical …). `replacements` are its suggestions, the best first.
    """

    start: int
    end: int
    rule: str
    category: str
    kind: str
    message: str
    replacements: tuple[str, ...]

    def plain(self) -> list[int | str | list[str]]:
        """Return the match as plain JSON values."""
        return [self.start, self.end, self.rule, self.category, self.kind, self.message, list(self.replacements)]

    @classmethod
    def of(cls, plain: object) -> "Match":
        """Return the match of `plain()`. Raises ValueError for anything else."""
        if not isinstance(plain, Sequence) or len(plain) != 7:
            raise ValueError("not a match")
        start, end, rule, category, kind, message, replacements = plain
        return cls(int(start), int(end), rule, category, kind, message, tuple(replacements))


@dataclass(frozen=True, slots=True)
class PlacedMatch:
    """A match in its document: the index of its block, and `[start, end)` in code points of the document."""

    block: int
    start: int
    end: int
    match: Match

    @property
    def sort_key(self) -> tuple[int, int, str]:
        """Document order, and by rule at one place."""
        return (self.start, self.end, self.match.rule)
