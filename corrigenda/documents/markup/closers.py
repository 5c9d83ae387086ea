"""Finding what closes a mark, without looking through the same text once for each mark that nothing closes."""

from re import Match, Pattern


class Closers:
    """Looks for closing marks in one raw text; positions that are asked for only grow."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._next: dict[str, Match[str] | None] = {}
        self.taken: set[int] = set()
        """Where marks stand that close something: they open nothing."""

    def find(self, mark: str, pattern: Pattern[str], at: int) -> Match[str] | None:
        """Return the first match of a mark's closing pattern from a position on, None where there is none."""
        if mark in self._next:
            known = self._next[mark]
            if known is None or known.start() >= at:
                return known
        found = pattern.search(self.raw, at)
        self._next[mark] = found
        return found

    def pair(self, mark: str, pattern: Pattern[str], at: int) -> Match[str] | None:
        """Return what closes a mark whose contents begin at a position, unless it closes something else already."""
        found = self.find(mark, pattern, at)
        if found is None or found.start() in self.taken:
            return None
        self.taken.add(found.start())
        return found
