"""What detectors see of a batch: documents, sentences, parses, the models and the settings."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from corrigenda.documents.document import Document
from corrigenda.documents.folding import folded
from corrigenda.engines.judge.reader_text import Reading
from corrigenda.languages import any_language
from corrigenda.pipeline.translated import source_language
from corrigenda.rules.hit import Nominee, Sentence
from corrigenda.rules.rule import Needs

if TYPE_CHECKING:
    from corrigenda.alignment.bitext import Bitext
    from corrigenda.engines.judge.models import Comparisons
    from corrigenda.engines.spacy import Spacy
    from corrigenda.names.context import NameContext
    from corrigenda.names.tables import NameTables
    from corrigenda.settings import Settings

_NEEDS: tuple[Needs, ...] = ("tokens", "tags", "parse")
"""What a rule may need of spaCy, each with all that stands before it."""


class BatchContext:
    """The context of one batch (detectors.base.Context)."""

    def __init__(
        self,
        documents: Sequence[Document],
        settings: "Settings",
        spacy: "Spacy",
        comparisons: "Comparisons",
        matchers: dict[Any, Any],
        names: "NameTables",
    ) -> None:
        """Make the context; `matchers` and `names` live as long as the checker, and the rest as long as the batch."""
        self.documents = documents
        self.comparisons = comparisons
        self.spacy = spacy
        self.matchers = matchers
        self.memo: dict[Any, Any] = {}
        self.stopped: set[tuple[int, str]] = set()
        """Documents that were not looked through to their ends, by number, each with the reason."""
        self._names = names
        self._settings = settings
        self._bitexts: dict[int, Bitext | None] = {}
        self._readings: dict[int, Reading] = {}
        self._sentences: dict[tuple[int, int], tuple[Sentence, ...]] = {}
        self._parsed: dict[tuple[int, int, int, str], Any] = {}
        self._offsets: dict[tuple[int, int, int], Callable[[int], int]] = {}

    @property
    def settings(self) -> Mapping[str, Any]:
        """What the configuration says that a detector may need."""
        return self._settings.options

    @property
    def vocabulary(self) -> Any:
        """spaCy's Vocab, for matchers."""
        return self.spacy.vocabulary

    def reading(self, document: int) -> Reading:
        """Return a document as its reader sees it, in one piece."""
        if document not in self._readings:
            self._readings[document] = Reading(self.documents[document])
        return self._readings[document]

    def names(self, document: int) -> "NameContext":
        """Return a document with everything that is known of its names."""
        return self._names.of(self.documents[document])

    def bitext(self, document: int) -> "Bitext | None":
        """Return a document beside its source, aligned once for all who ask; None where it has none."""
        if document not in self._bitexts:
            from corrigenda.alignment.align import bitext_of  # deferred: most documents have no source

            read = self.documents[document]
            self._bitexts[document] = bitext_of(
                read,
                source_language(read, self._settings),
                lambda texts: self.comparisons.encode_any(document, texts),
            )
        return self._bitexts[document]

    def stop(self, document: int, reason: str) -> None:
        """Take note that a document was not looked through to its end, for the report."""
        self.stopped.add((document, reason))

    def sentences(self, document: int, block: int) -> Sequence[Sentence]:
        """Return the sentences of a block."""
        key = (document, block)
        if key not in self._sentences:
            text = self.documents[document].blocks[block].view.text
            spans = any_language(self.documents[document].language).sentences(text)
            self._sentences[key] = tuple(Sentence(block, start, end, text[start:end]) for start, end in spans)
        return self._sentences[key]

    def parsed(self, nominee: Nominee) -> Any:
        """Return the spaCy Doc of a nominee's sentence, None for rules that need text alone."""
        if nominee.sentence is None:
            return None
        return self._parsed[nominee.document, nominee.sentence.block, nominee.sentence.start, nominee.rule.needs]

    def offsets(self, nominee: Nominee) -> Callable[[int], int]:
        """Return the function that takes positions in the parsed text to positions in the block's view."""
        assert nominee.sentence is not None
        sentence = nominee.sentence
        inner = self._offsets[nominee.document, sentence.block, sentence.start]
        return lambda position: sentence.start + inner(position)

    def parse(self, nominees: Iterable[Nominee]) -> None:
        """Hand every nominated sentence to spaCy, once, with the most that any of its rules needs.

        Raises PipelineMissing.
        """
        wanted: dict[tuple[int, int, int], tuple[int, Sentence]] = {}
        for nominee in nominees:
            if nominee.sentence is None:
                continue
            key = (nominee.document, nominee.sentence.block, nominee.sentence.start)
            level = _NEEDS.index(nominee.rule.needs)
            if key not in wanted or wanted[key][0] < level:
                wanted[key] = (level, nominee.sentence)
        for level, needs in enumerate(_NEEDS):
            keys = sorted(key for key, (wants, _) in wanted.items() if wants == level)
            texts: list[str] = []
            for key in keys:
                text, offsets = folded(wanted[key][1].text)
                texts.append(text)
                self._offsets[key] = offsets
            if texts:
                for key, parsed in zip(keys, self.spacy.parse(texts, needs), strict=True):
                    for lower in _NEEDS[: level + 1]:
                        self._parsed[(*key, lower)] = parsed
