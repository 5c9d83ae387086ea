"""RSS, Atom and WordPress exports under endings of their own; `.xml` is told by its root element."""

from corrigenda.documents.feeds.reader import FeedReader

SUFFIXES = (".rss", ".atom", ".rdf", ".wxr")
IN_FOLDERS = False


class RssReader(FeedReader):
    """Reads feeds and writes them back."""

    format = "rss"
    suffixes = SUFFIXES


READER = RssReader()
