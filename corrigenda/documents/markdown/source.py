"""The text as tree-sitter's two grammars are given it, and the grammars.

The parser is given a shadow of the text in which each character that is not ASCII is one ASCII character, a sign for a
sign and a letter for a letter: its byte positions are then the document's code points, and nothing is converted.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Language as Grammar
    from tree_sitter import Parser, Tree

_FOREIGN_SIGN = re.compile(r"[\x80-\xbf\u2000-\u206f\u20a0-\u20cf\u3000-\u303f]")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
# Signs that no block begins or ends with: as letters they cost the block grammar nothing.
_NO_BLOCK_SIGNS = str.maketrans(",?%$@{};^\0", "xxxxxxxxxx")
SPACE = re.compile(r" (?<=[A-Za-z0-9] )(?=[A-Za-z0-9])")
_STOP = re.compile(r"\.(?<=[A-Za-z]\.)")


@cache
def _grammars() -> tuple["Grammar", "Grammar"]:
    import tree_sitter
    import tree_sitter_markdown

    return (
        tree_sitter.Language(tree_sitter_markdown.language()),
        tree_sitter.Language(tree_sitter_markdown.inline_language()),
    )


def parser(number: int) -> "Parser":
    """Return a parser of the grammar of blocks (0) or of what stands in them (1). Each text has its own: a parser
    serves one thread.
    """
    import tree_sitter

    return tree_sitter.Parser(_grammars()[number])


def shadow(text: str) -> str:
    """Return a text of the same length in ASCII: foreign signs are signs, all else that is not ASCII is a letter."""
    if text.isascii():
        return text
    return _FOREIGN.sub("x", _FOREIGN_SIGN.sub("%", text))


def few_words(source: str) -> str:
    """Return a text in which the words between two signs are one, since the block grammar's time grows with the words.

    Lines where a space between words matters are left: tags, and what may be a link's definition.
    """
    if "<" not in source and "]:" not in source:
        return SPACE.sub("x", source)
    lines = source.splitlines(keepends=True)
    return "".join(line if "<" in line or "]:" in line else SPACE.sub("x", line) for line in lines)


def block_source(text_shadow: str) -> str:
    """Return what the grammar of blocks is given for a shadow: fewer signs and words, at the same positions."""
    return few_words(_STOP.sub("x", text_shadow.translate(_NO_BLOCK_SIGNS)))


def block_tree(source: str) -> "Tree":
    """Return the tree of blocks of a text in ASCII; its end may lie one behind the text's."""
    # A heading that no line break ends would be lost.
    return parser(0).parse(source.encode("ascii") + b"\n")
