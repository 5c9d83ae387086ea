"""The documents of one run: each file is read, hashed, decoded and parsed once, by whoever asks first."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.documents.encodings.decode import MAX_BYTES, digest
from corrigenda.documents.errors import DocumentError, Unreadable
from corrigenda.documents.identity import IdentityReader
from corrigenda.documents.parts import Encoding
from corrigenda.settings import ReadingOptions, Settings

KEPT_DOCUMENTS = 256
"""Documents that a store holds on to: several batches of the pipeline."""

KEPT_BYTES = 32 * 1024 * 1024
"""Bytes of files that a store holds on to; a parsed document takes about ten times as much memory as its file."""


class Source(NamedTuple):
    """Something to check: the path that reports show, and the file, or the bytes of standard input.

    With both, the bytes are what git holds for the next commit, and the file's name tells their format.
    `translated_from` is the text that it is a translation of, where that is a file of its own; `language` is the code
    of the language of such a text, where its name or the pattern that led to it says so.
    """

    display: str
    path: Path | None = None
    data: bytes | None = None
    translated_from: "Source | None" = None
    language: str = ""


class _Entry:
    __slots__ = ("data", "decoded", "document")

    def __init__(self, data: bytes | None, document: Document | None = None) -> None:
        self.data = data
        self.document = document
        self.decoded: tuple[str, Encoding] | None = None
        """The text alone, where somebody asked for it before the document was parsed."""


class DocumentStore:
    """Gives the documents of sources, and holds the latest of them, so that no file is parsed twice while it is
    worked on. Not to be shared between threads.

    A source that cannot be read is an error each time it is asked for, always the same one. So is a file that changed
    since the store read it first: positions that were found in one text would be shown in another.
    """

    def __init__(
        self,
        limit: int = MAX_BYTES,
        *,
        language: str = "",
        documents: int = KEPT_DOCUMENTS,
        size: int = KEPT_BYTES,
        observer: Callable[[str, str], None] | None = None,
        options: Callable[[str], ReadingOptions] | None = None,
    ) -> None:
        """Make an empty store.

        Args:
            limit: Largest size of a text in bytes; a package may be larger (`registry.file_limit`).
            language: The language (a BCP 47 tag) of documents whose file names none.
            documents: How many documents are held at most.
            size: How many bytes of files are held at most; the latest file is held whatever its size.
            observer: Called with "read" or "parse" and the path that reports show, each time a file is.
            options: Returns what the reader of a file is told, by the path that reports show; None tells nothing.
        """
        self._limit = limit
        self._language = language
        self._most = documents
        self._size = size
        self._observer = observer
        self._options = options
        self._entries: OrderedDict[Source, _Entry] = OrderedDict()
        self._held = 0
        self._digests: dict[Source, str] = {}
        self._errors: dict[Source, str] = {}
        self._faults: dict[Source, str] = {}
        """Why the source fields of files of data cannot be used."""
        self._origins: set[Source] = set()
        """What texts were translated from: their language is not that of the run."""

    @classmethod
    def under(cls, settings: Settings, *, documents: int = KEPT_DOCUMENTS) -> "DocumentStore":
        """Return an empty store that reads as a run's settings say."""
        return cls(
            settings.max_bytes,
            language=settings.language,
            documents=documents,
            options=settings.reading_options_of,
        )

    def options(self, source: Source) -> ReadingOptions:
        """Return what the reader of a source is told."""
        return self._options(source.display) if self._options is not None else ReadingOptions()

    def data(self, source: Source) -> bytes:
        """Return a source's bytes. Raises DocumentError where they cannot be read."""
        entry = self._entry(source)
        if entry.data is None:  # the document was made elsewhere
            entry.data = self._read(source)
            self._held += len(entry.data)
        return entry.data

    def digest(self, source: Source) -> str:
        """Return the SHA-256 of a source's bytes in hexadecimal digits. Raises DocumentError as `data`."""
        if source not in self._digests:
            self._entry(source)
        return self._digests[source]

    def identity(self, source: Source, digest: str = "") -> str:
        """Return what a result rests on: the digest of the text (or the one given), and of what it was translated from
        where that is at hand, with all that decides how it is read. Raises DocumentError where either cannot be read.
        """
        origin = source.translated_from
        own = digest or self.digest(source)
        if origin is None:
            return own
        return " ".join((own, self.digest(origin), _format(origin) or "", origin.language))

    def document(self, source: Source) -> Document:
        """Return a source's document, beside what it was translated from where that can be read (`missing`).

        Raises DocumentError with one clear sentence where there is none.
        """
        entry = self._entry(source)
        if entry.document is None:
            self._note("parse", source)
            with self._remembered(source):
                parsed = self._parsed(source, entry)
            if source.language and not parsed.language:
                parsed = replace(parsed, language=source.language)
            document = self._spoken(parsed) if source not in self._origins else parsed
            if source.translated_from is not None:
                document = self._beside_its_origin(document, source.translated_from)
            elif self.options(source).source_fields and source not in self._origins:
                document = self._beside_its_fields(document, source)
            entry.document = document
            entry.decoded = None
        return entry.document

    def _beside_its_origin(self, document: Document, origin: Source) -> Document:
        from corrigenda.documents.beside import beside  # deferred: most documents have no source

        self._origins.add(origin)
        try:
            return beside(document, self.document(origin))
        except DocumentError:  # the text is checked without it, and `missing` says why
            return document

    def _beside_its_fields(self, document: Document, source: Source) -> Document:
        """Return a file of data with the fields of each record that others were translated from."""
        from corrigenda.documents.beside import by_fields  # deferred: few files hold both

        options = self.options(source)
        pairs = options.pairs
        if not document.embedded:
            return document  # the fields are meant for other files
        if pairs is None:
            fields = len(options.text_fields) + len(options.title_fields)
            self._faults[source] = (
                f"{fields} text and title fields are named, and {len(options.source_fields)} source fields; "
                "name one for each, in the same order."
            )
            return document

        def read(name: str) -> Document:
            own = options._replace(text_fields=(name,), title_fields=(), source_fields=())
            form = _format(source)
            return registry.read_bytes(self.data(source), source.display, form, limit=self._limit, options=own)

        try:
            return by_fields(document, [read(name) for name, _ in pairs], [read(name) for _, name in pairs])
        except DocumentError as error:
            self._faults[source] = error.message
            return document

    def missing(self, source: Source) -> str:
        """Return why what a source was translated from cannot be read, in one sentence; "" where it can, or where there
        is none.
        """
        origin = source.translated_from
        if origin is None:
            return self._faults.get(source, "")
        self._origins.add(origin)
        try:
            self.document(origin)
        except DocumentError as error:
            return error.message
        return ""

    def words(self, source: Source) -> str:
        """Return all that findings of a source may quote: its text, and behind it that of what it was translated from.

        Raises DocumentError as `document`.
        """
        if source.translated_from is not None:
            return f"{self.text(source)}\0{self.text(source.translated_from)}"
        if not self.options(source).source_fields:
            return self.text(source)
        document = self.document(source)  # a workbook's text is that of the fields that were read
        return f"{document.text}\0{document.source_text}"

    def text(self, source: Source) -> str:
        """Return the text of a source's document, parsed only where the format needs that to tell the text.

        Raises DocumentError as `document`.
        """
        entry = self._entry(source)
        if entry.document is not None:
            return entry.document.text
        if entry.decoded is None:
            reader = registry.reader(_format(source) or "text", self.options(source))
            if not isinstance(reader, IdentityReader):
                return self.document(source).text
            with self._remembered(source):
                entry.decoded = reader.decoded(entry.data or b"", limit=self._limit)
        return entry.decoded[0]

    def _parsed(self, source: Source, entry: _Entry) -> Document:
        name = _format(source)
        if entry.decoded is None:
            data = entry.data or b""
            return registry.read_bytes(data, source.display, name, limit=self._limit, options=self.options(source))
        reader = registry.reader(name or "text", self.options(source))
        assert isinstance(reader, IdentityReader)
        return reader.parse(entry.decoded[0], source.display, entry.decoded[1], self.digest(source))

    @contextmanager
    def _remembered(self, source: Source) -> Iterator[None]:
        """Say the same of a source that cannot be read whenever it is asked for."""
        try:
            yield
        except DocumentError as error:
            self._errors[source] = error.message
            self.drop(source)
            raise

    def hold(self, source: Source, document: Document) -> None:
        """Take a document that was made elsewhere (in memory, or by a worker process) as the source's own."""
        self.drop(source)
        self._entries[source] = _Entry(None, self._spoken(document))
        self._evict()

    def drop(self, source: Source) -> None:
        """Let go of a document that is not needed any more; it is read again if somebody asks for it after all."""
        entry = self._entries.pop(source, None)
        if entry is not None:
            self._held -= len(entry.data or b"")

    def _spoken(self, document: Document) -> Document:
        """Return a document in the run's language where it names none."""
        return document if document.language or not self._language else replace(document, language=self._language)

    def _entry(self, source: Source) -> _Entry:
        if source in self._errors:
            raise Unreadable(self._errors[source])
        entry = self._entries.get(source)
        if entry is not None:
            self._entries.move_to_end(source)
            return entry
        try:
            data = self._read(source)
        except DocumentError as error:
            self._errors[source] = error.message
            raise
        self._entries[source] = entry = _Entry(data)
        self._held += len(data)
        self._evict()
        return entry

    def _evict(self) -> None:
        while len(self._entries) > 1 and (len(self._entries) > self._most or self._held > self._size):
            self.drop(next(iter(self._entries)))

    def _read(self, source: Source) -> bytes:
        if source.data is not None:
            data = source.data
        else:
            assert source.path is not None, "a source has a file or bytes"
            name = _format(source)  # a file of no format is not worth reading
            self._note("read", source)
            data = registry.load(source.path, limit=registry.file_limit(name, self._limit))
        sha256 = digest(data)
        if self._digests.setdefault(source, sha256) != sha256:
            raise Unreadable("The file was changed while it was being checked. Check it again.")
        return data

    def _note(self, what: str, source: Source) -> None:
        if self._observer is not None:
            self._observer(what, source.display)


def origin_name(source: Source) -> str:
    """Return the path that reports show for what a source was translated from, "" where that is no file of its own."""
    return source.translated_from.display if source.translated_from is not None else ""


def _format(source: Source) -> str | None:
    """Return a source's format, None where it has no name; bytes are plain text unless their name says otherwise.

    Raises:
        Unreadable: A file is of a format that is not read.
    """
    if source.path is None:
        return None
    return registry.format_of(source.path) if source.data is not None else registry.format_for(source.path)
