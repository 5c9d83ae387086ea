"""Find the cues of one kind in a text of one language: corpora/sources/KIND/LANGUAGE.toml.

A file groups expressions: a word or several, in which `*` stands for any letters and ` ... ` for up to four words.
Where two expressions could begin at one place the longer one counts, so that "not only" is not also "not".
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from corrigenda import resources

_LETTER = r"\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u200c\u200d"
"""What a word is made of: letters, and the marks that some scripts write above and below them."""
_GAP = rf"(?:[ \t]+[{_LETTER}'-]+){{0,4}}?[ \t]+"
_GAP_UNSPACED = r"[^。！？、，；,;.!?\n]{0,8}?"
LONGEST = 2_000
"""Code points of a text in which cues are looked for; alignments of longer texts say too little."""


class Cue(NamedTuple):
    """An expression in a text: the group that it belongs to, and where it stands."""

    group: str
    start: int
    end: int


class Cues:
    """The cues of one kind in one language."""

    def __init__(
        self, groups: Mapping[str, Sequence[str]], *, words: bool = True, prefixes: Sequence[str] = ()
    ) -> None:
        """Compile groups of expressions.

        Args:
            groups: Expressions by the name of their group.
            words: Whether the language parts its words by spaces; otherwise an expression may stand anywhere.
            prefixes: What is written together with the word behind it.
        """
        self.groups = tuple(groups)
        self.expressions = {name: tuple(expressions) for name, expressions in groups.items()}
        entries = sorted(
            ((expression, number) for number, name in enumerate(self.groups) for expression in groups[name]),
            key=lambda entry: (-len(entry[0].replace("*", "").replace("...", "").replace("…", "")), entry),
        )
        alternatives = "|".join(f"(?P<g{index}>{_pattern(text, words)})" for index, (text, _) in enumerate(entries))
        if words:
            before = "(?:" + "|".join(map(re.escape, prefixes)) + ")?" if prefixes else ""
            alternatives = rf"(?<![{_LETTER}]){before}(?:{alternatives})(?![{_LETTER}])"
        self._expression = re.compile(alternatives, re.IGNORECASE)
        self._group_of = [number for _, number in entries]

    def find(self, text: str) -> list[Cue]:
        """Return the cues in a text, in its order and not overlapping."""
        found = self._expression.finditer(text[:LONGEST].replace("’", "'"))
        return [Cue(self._name(match), match.start(), match.end()) for match in found]

    def _name(self, match: "re.Match[str]") -> str:
        assert match.lastgroup is not None, "every alternative is a group"
        return self.groups[self._group_of[int(match.lastgroup[1:])]]


def _pattern(expression: str, words: bool) -> str:
    """Return the regular expression of an expression."""
    if not words:
        return _GAP_UNSPACED.join(map(re.escape, expression.split("…")))
    parts = []
    for part in expression.split(" ... "):
        spelled = (f"[{_LETTER}]*".join(map(re.escape, word.split("*"))) for word in part.split(" "))
        parts.append("[ \\t\u00a0]+".join(spelled))
    return _GAP.join(parts)


@cache
def cues(kind: str, language: str) -> Cues | None:
    """Return the cues of a kind in a language, None where nobody wrote them down."""
    import tomllib  # deferred: only texts with a source ask

    if not re.fullmatch("[a-z]{2,3}", language):
        return None
    path = resources.path("corpora", "sources", kind, f"{language}.toml")
    if not path.is_file():
        return None
    read = tomllib.loads(path.read_text(encoding="utf-8"))
    words, prefixes = read.pop("words", True), read.pop("prefixes", ())
    return Cues(read, words=words, prefixes=prefixes)
