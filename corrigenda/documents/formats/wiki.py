"""Wiki text of MediaWiki: blocks and inline markup by a scanner of our own; how, in `documents/wiki/`."""

import re

from corrigenda.documents.document import Document
from corrigenda.documents.markup.paragraphs import Paragraphs
from corrigenda.documents.markup.reader import MarkupReader
from corrigenda.documents.wiki.blocks import Blocks

SUFFIXES = (".wiki", ".mediawiki", ".wikitext")

_MARK = re.compile(r"[<&{}|]|\[\[|\]\]|'{2,}|~{3,}|__")


class WikiReader(MarkupReader):
    """Reads wiki text and writes it back."""

    format = "wiki"
    suffixes = SUFFIXES

    def scan(self, text: str, paragraphs: Paragraphs) -> None:
        """Take what a text says into paragraphs. Raises Unreadable where it has too many lines."""
        Blocks(text, paragraphs).read()

    def escaped(self, document: Document, words: str) -> str:
        """Return words in which entities stand for what would be markup."""
        return _MARK.sub(lambda mark: "".join(f"&#{ord(sign)};" for sign in mark[0]), words)


READER = WikiReader()
