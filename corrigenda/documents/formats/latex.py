"""LaTeX: copy and commands told apart by a scanner of our own; how, in `documents/latex/`."""

import re
from collections.abc import Sequence
from functools import partial

from corrigenda.documents.document import Document
from corrigenda.documents.identity import IdentityReader
from corrigenda.documents.latex.scanner import Scanner
from corrigenda.documents.markup.lines import bounded
from corrigenda.documents.markup.paragraphs import Paragraphs
from corrigenda.documents.parts import Edit, Encoding

SUFFIXES = (".tex", ".latex", ".ltx")

_SPECIAL = re.compile(r"[\\{}%&#$_^~]")
_COMMANDS = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
_MARKS = (("\u00a0", "~"), ("\u202f", r"\,"))


class LatexReader(IdentityReader):
    """Reads LaTeX and writes it back."""

    format = "latex"
    suffixes = SUFFIXES

    def parse(self, text: str, display: str, encoding: Encoding, sha256: str) -> Document:
        """Return the document of a text. Raises Unreadable where it has too many lines."""
        bounded(text)
        paragraphs = Paragraphs(text)
        Scanner(text, paragraphs).read()
        return paragraphs.document(display, self.format, encoding, sha256)

    def spelled(self, document: Document, edit: Edit) -> Edit:
        """Return an edit with the signs escaped that are commands, and in the marks that the text itself has."""
        from corrigenda.documents.markup.spelling import spelled  # deferred: few runs have corrections

        own = document.text

        def escape(words: str, before: str, after: str) -> str:
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

        return spelled(document, edit, escape)

    def harmless(self, document: Document, edits: Sequence[Edit]) -> list[Edit]:
        """Return those of some edits after which programs read the document as before."""
        from corrigenda.documents.markup.structure import harmless  # deferred: few runs have corrections to judge

        return harmless(document, edits, partial(self.edited, document))


READER = LatexReader()
