"""What passes between the stages of a run: nominated places, sentences, hits, and what a detector may ask."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from corrigenda.documents.document import Document
from corrigenda.finding import Correction, Severity
from corrigenda.rules.rule import CompiledCheck, CompiledRule

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from corrigenda.alignment.bitext import Bitext
    from corrigenda.names.context import NameContext
    from corrigenda.rules.options import Compare


class Sentence(NamedTuple):
    """A sentence of a block: `[start, end)` in the block's view, and its text."""

    block: int
    start: int
    end: int
    text: str


class Nominee(NamedTuple):
    """A place that a rule's cheap pass found: the rule, the document, its block (None: the whole document), the span.

    `start` and `end` are positions in the document. `sentence` is set for rules that need tokens, tags or a parse.
    """

    rule: CompiledRule
    document: int
    block: int | None
    start: int
    end: int
    sentence: Sentence | None = None


class Hit(NamedTuple):
    """What a detector found: a span of the document and what it knows of it. The pipeline makes a finding of it.

    `values` fill the check's message. `severity`, `confidence` and `message` replace the check's where set. `compare`
    is what the check demands of the comparison (`margin`, a log-odds): without its consent the hit is dropped.
    `source_span` is the place in the source's text that it speaks of, in a document that has one.
    `category` replaces the check's where set. A `weak` hit counts only in a text that others show to be translated;
    `languages` are the source languages that it speaks of, none where it may be any.
    """

    check: CompiledCheck
    document: int
    start: int
    end: int
    corrections: tuple[Correction, ...] = ()
    values: Mapping[str, str] = {}
    evidence: Mapping[str, Any] = {}
    variants: tuple[str, ...] = ()
    message: str = ""
    severity: Severity | None = None
    confidence: float | None = None
    compare: "Compare | None" = None
    source_span: tuple[int, int] | None = None
    category: str = ""
    weak: bool = False
    languages: tuple[str, ...] = ()


class Encoder(Protocol):
    """The models, as detectors ask them."""

    def encode(self, document: int, texts: Sequence[str], places: int = 1) -> "NDArray[np.float32] | None":
        """Return one unit vector (a row of a NumPy array) a text, or None where the model is not at hand.

        `places` says how many places of the document go unjudged then; they are counted.
        """

    def encode_any(self, document: int, texts: Sequence[str], places: int = 1) -> "NDArray[np.float32] | None":
        """Return one unit vector a text in any language, comparable across languages, or None where the multilingual
        model is not at hand.
        """

    def read(self, document: int, text: str) -> list[tuple[int, float]] | None:
        """Return where each token of a text starts, and its log-probability after what stands before it, in nats; None
        where the language model is not at hand, and then a place of the document goes unjudged.
        """


class Collection(Protocol):
    """The documents of a run, by their paths, as a detector that compares them asks for them."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """What the configuration says that a detector may need (house style …)."""

    @property
    def comparisons(self) -> Encoder:
        """The models; a model that is missing answers None, and what it was asked for is counted."""

    def text(self, path: str) -> str:
        """Return a document's text alone, which costs little."""

    def document(self, path: str) -> Document:
        """Return a document with its structure; asked only for those in which something is found."""


class Context(Protocol):
    """What the pipeline gives to a confirming detector."""

    @property
    def documents(self) -> Sequence[Document]:
        """The documents of the batch; nominees name them by number."""

    @property
    def memo(self) -> dict[Any, Any]:
        """For what several checks of one detector share within a batch."""

    @property
    def matchers(self) -> dict[Any, Any]:
        """For what a detector compiles for one index and one spaCy pipeline; lives as long as the checker."""

    @property
    def comparisons(self) -> Encoder:
        """The models; a model that is missing answers None, and what it was asked for is counted."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """What the configuration says that a detector may need (house style, dialect, own names …)."""

    @property
    def vocabulary(self) -> "Vocab":
        """spaCy's Vocab, for matchers."""

    def names(self, document: int) -> "NameContext":
        """Return a document with everything that is known of its names, the same for all who ask."""

    def bitext(self, document: int) -> "Bitext | None":
        """Return a document beside its source, aligned; None where it has none."""

    def stop(self, document: int, reason: str) -> None:
        """Take note that a document was not looked through to its end, for the report."""

    def sentences(self, document: int, block: int) -> Sequence[Sentence]:
        """Return the sentences of a block."""

    def parsed(self, nominee: Nominee) -> "Doc":
        """Return the spaCy Doc of a nominee's sentence, made in a batch with all others; None for needs "text"."""

    def offsets(self, nominee: Nominee) -> Callable[[int], int]:
        """Return the function that takes positions in the parsed text to positions in the block's view."""
