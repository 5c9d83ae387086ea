"""LaTeX: copy and commands told apart by a scanner of our own; how, in `documents/latex/`."""

import re

from corrigenda.documents.document import Document
from corrigenda.documents.latex.scanner import Scanner
from corrigenda.documents.markup.lines import bounded
from corrigenda.documents.markup.paragraphs import Paragraphs
from corrigenda.documents.markup.reader import MarkupReader

SUFFIXES = (".tex", ".latex", ".ltx")

_SPECIAL = re.compile(r"[\\{}%&#$_^~]")
_COMMANDS = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
_MARKS = (("\u00a0", "~"), ("\u202f", r"\,"))


class LatexReader(MarkupReader):
    """Reads LaTeX and writes it back."""

    format = "latex"
    suffixes = SUFFIXES

    def scan(self, text: str, paragraphs: Paragraphs) -> None:
        """Take what a text says into paragraphs. Raises Unreadable where it has too many lines."""
        bounded(text)
        Scanner(text, paragraphs).read()

    def escaped(self, document: Document, words: str) -> str:
        """Return words with the signs escaped that are commands, and in the marks that the text itself has."""
        own = document.text
        words = _SPECIAL.sub(lambda sign: _COMMANDS.get(sign[0], "\\" + sign[0]), words)
        for mark, written in _MARKS:
            words = words.replace(mark, written)
        if "“" not in own and "”" not in own:
            words = words.replace("“", "``").replace("”", "''")
        if "’" not in own and "‘" not in own:
            words = words.replace("‘", "`").replace("’", "'")
        if "–" not in own and "—" not in own:
            words = words.replace("—", "---").replace("–", "--")
        return words


READER = LatexReader()
