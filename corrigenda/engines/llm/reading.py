"""Puts documents to a model in its three roles, and returns what it says of places that are there.

    read each piece → ground the places → judge each, out of its text → word what has no correction

What becomes a finding, and of which severity, is decided elsewhere (`policy`).
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from corrigenda.documents.document import Document
from corrigenda.engines.llm import grounding, judge, reader, taste, writer
from corrigenda.engines.llm.context import NOTHING, Known
from corrigenda.engines.llm.judging import Judge
from corrigenda.engines.llm.names import changes_a_name
from corrigenda.engines.llm.parse import proposals, wordings
from corrigenda.engines.llm.pieces import Piece, pieces
from corrigenda.engines.llm.reader import Dropped, Found
from corrigenda.engines.llm.room import SMALL, Room, room
from corrigenda.engines.llm.settings import ROLES, Role
from corrigenda.engines.llm.work import Work
from corrigenda.engines.names import NameOracle


class Model(NamedTuple):
    """Whom to ask and what for: the work that gets requests answered, the model's name, what it is told of the house,
    its roles, who judges places, None for a judge of this reading alone, what the reader is told of the kind of text,
    what is left out of that to measure its worth, and the tokens that fit into it, question and answer together.
    """

    work: Work
    name: str
    house: str = ""
    roles: Collection[Role] = ROLES
    judge: Judge | None = None
    profile: str = ""
    without: Collection[str] = ()
    context: int = SMALL

    @property
    def told(self) -> reader.Told:
        """What the reader is told of every text."""
        return reader.Told(self.house, self.profile, self.without)

    @property
    def room(self) -> Room | None:
        """What fits into a question to the reader; None where nothing does."""
        return room(self.context, reader.told_to_all(self.told))


class Said(NamedTuple):
    """A place with all that was said of it: by the reader, by the judge (the probability that it should change, None
    where nothing was said), and the corrections that may be offered.
    """

    found: Found
    judged: float | None
    corrections: tuple[str, ...]


class Read(NamedTuple):
    """What came of some documents.

    Attributes:
        said: The places, in the documents' order.
        pieces: How many pieces were read.
        unread: Pieces that were not, with the reason.
        too_long: Blocks that are too long to be read, by their document.
        unanswered: Requests of the writer, and of the judge of this reading, that nobody answered.
        dropped: Places that were dropped, by the reason.
    """

    said: tuple[Said, ...]
    pieces: int
    unread: tuple[tuple[Piece, str], ...]
    too_long: tuple[tuple[int, int], ...]
    unanswered: int
    dropped: Counter[str]


def read(documents: Sequence[Document], model: Model, names: NameOracle, known: Sequence[Known] = ()) -> Read:
    """Have documents read; `known` is what is known of each, or empty. Raises nothing for what a server does.

    Raises ValueError for a model that is too small for any question to the reader.
    """
    return _Reading(documents, model, names, known or [NOTHING] * len(documents)).read()


class _Reading:
    """One reading of some documents."""

    def __init__(self, documents: Sequence[Document], model: Model, names: NameOracle, known: Sequence[Known]) -> None:
        self._documents = documents
        self._known = known
        self._model = model
        self._names = names
        self._dropped = Dropped()
        self._unanswered = 0

    def read(self) -> Read:
        """See `read`."""
        fitting = self._model.room
        if fitting is None:
            raise ValueError(f"nothing fits into a model of {self._model.context} tokens")
        asked: list[Piece] = []
        too_long: list[tuple[int, int]] = []
        for number, document in enumerate(self._documents):
            own, long = pieces(document, number, self._known[number].marks, fitting)
            asked += own
            too_long += [(number, block) for block in long]
        found, unread = self._found(asked, fitting.answer)
        judged = self._judged(found)
        worded = self._worded(found)
        said = tuple(
            Said(place, judged[number], place.corrections or worded.get(number, ()))
            for number, place in enumerate(found)
        )
        pieces_read = len(asked) - len(unread)
        return Read(said, pieces_read, tuple(unread), tuple(too_long), self._unanswered, self._dropped)

    def _found(self, asked: Sequence[Piece], tokens: int) -> tuple[list[Found], list[tuple[Piece, str]]]:
        told, sources = self._model.told, [known.source for known in self._known]
        requests = [
            reader.question(piece, self._model.name, told, sources[piece.document], tokens=tokens) for piece in asked
        ]
        found: list[Found] = []
        unread: list[tuple[Piece, str]] = []
        for piece, came in zip(asked, self._model.work.answers(requests, proposals), strict=True):
            if came.answer is None:
                unread.append((piece, came.missing))
                continue
            document = self._documents[piece.document]
            found += reader.grounded(document, piece, came.answer, self._names, self._dropped)
        return found, unread

    def _judged(self, found: Sequence[Found]) -> list[float | None]:
        """Return what the judge makes of each place, None where it was not asked or said nothing."""
        if "judge" not in self._model.roles:
            return [None] * len(found)
        own = self._model.judge or Judge(
            self._model.work, self._model.name, self._model.house, context=self._model.context
        )
        missing = own.missing.total()
        by_document = [list(places) for _, places in groupby(found, key=lambda place: place.document)]
        said = own.judged([[self._case(place) for place in places] for places in by_document])
        self._unanswered += own.missing.total() - missing
        return [value for values in said for value in values]

    def _worded(self, found: Sequence[Found]) -> Mapping[int, tuple[str, ...]]:
        """Return by the places' numbers what the writer puts in those that came without a correction."""
        wanted = [
            number
            for number, place in enumerate(found)
            if not place.corrections and self._documents[place.document].quotation_at(place.start, place.end) is None
        ]
        if "writer" not in self._model.roles:
            return {}
        batches = list(self._batches(found, wanted))
        requests = [
            writer.question([self._task(found[n]) for n in batch], self._model.name, self._model.house)
            for batch in batches
        ]
        result: dict[int, tuple[str, ...]] = {}
        for batch, told in zip(batches, self._model.work.answers(requests, wordings), strict=True):
            self._unanswered += told.answer is None
            for wording in told.answer or ():
                if 1 <= wording.place <= len(batch):
                    number = batch[wording.place - 1]
                    result.setdefault(number, self._allowed(found[number], wording.text))
        return result

    def _batches(self, found: Sequence[Found], numbers: Sequence[int]) -> Iterator[list[int]]:
        """Yield the numbers of places in batches of one document each, so that another document changes no question."""
        for _, of_one in groupby(numbers, key=lambda number: found[number].document):
            own = list(of_one)
            tasks = [self._task(found[number]) for number in own]
            batches = writer.batches(tasks, self._model.context, self._model.house)
            self._unanswered += len(own) > sum(map(len, batches))
            for batch in batches:
                yield own[batch.start : batch.stop]

    def _allowed(self, place: Found, text: str) -> tuple[str, ...]:
        """Return what the writer wrote, where the filters allow it."""
        document, view = self._documents[place.document], self._view(place)
        standing = view[place.view_start : place.view_end]
        own = grounding.dressed(" ".join(text.split()), view)
        # Nothing stands for "it cannot be known", and more than the place is another sentence.
        if not own or taste.is_taste(standing, own) or len(own) > 3 * len(standing) + 60:
            return ()
        foreign = place.kind == "untranslated"
        if changes_a_name(document, place.start, place.end, own, self._names, foreign=foreign):
            return ()
        return () if taste.changes_figures(standing, own) else (own,)

    def _case(self, place: Found) -> judge.Case:
        first = place.corrections[0] if place.corrections else ""
        return judge.Case(self._view(place), place.view_start, place.view_end, first)

    def _task(self, place: Found) -> writer.Task:
        return writer.Task(self._view(place), place.view_start, place.view_end, place.why)

    def _view(self, place: Found) -> str:
        return self._documents[place.document].blocks[place.block].view.text
