"""Has places judged: in batches, and several times where a count has to stand for the probability that a server does
not give.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence

from corrigenda.engines.llm import judge
from corrigenda.engines.llm.judge import Case
from corrigenda.engines.llm.parse import verdicts
from corrigenda.engines.llm.room import SMALL
from corrigenda.engines.llm.work import Work

_SEED = 2
"""Of the first vote; the reader has 1."""
_TEMPERATURE = 0.7
"""Of the votes after the first: at 0 a model would repeat itself."""

_TOO_LONG = "it is longer than fits into the model ([llm] context)"


class Judge:
    """Judges places for one run, and remembers what it said of them."""

    def __init__(self, work: Work, model: str, house: str = "", votes: int = 1, context: int = SMALL) -> None:
        """Prepare; nothing is asked.

        Args:
            work: Gets requests answered.
            model: The model's name.
            house: What it is told of the house.
            votes: How often a place is put to a model whose server gives no log-probabilities.
            context: Tokens that fit into the model, question and answer together.
        """
        self.missing: Counter[str] = Counter()
        """How many requests nobody answered, by the reason."""
        self._work = work
        self._model = model
        self._house = house
        self._votes = votes
        self._context = context
        self._said: dict[bytes, float] = {}

    def judged(self, groups: Sequence[Sequence[Case]]) -> list[list[float | None]]:
        """Return for each place of each group the probability that it should change, None where nothing was said.

        A question holds places of one group, which is a document, so that another document changes no question.
        """
        result: list[list[float | None]] = [[None] * len(group) for group in groups]
        batches = [
            (number, batch)
            for number, group in enumerate(groups)
            for batch in judge.batches(group, self._context, self._house)
        ]
        left_out = sum(map(len, groups)) - sum(len(batch) for _, batch in batches)
        if left_out:
            self.missing[_TOO_LONG] += left_out
        cases = [[groups[number][place] for place in batch] for number, batch in batches]
        for (number, batch), own, values in zip(batches, cases, self._votes_on(cases), strict=True):
            for place, case, value in zip(batch, own, values, strict=True):
                result[number][place] = value
                if value is not None:
                    self._said[_key(case)] = value
        return result

    def known(self, case: Case) -> float | None:
        """Return what was said of a place before in this run, None where nothing was."""
        return self._said.get(_key(case))

    def _votes_on(self, batches: Sequence[Sequence[Case]]) -> list[list[float | None]]:
        """Return what comes of one vote on each place, or of all, each counted by how sure it is."""
        first = self._asked(list(batches), 0)
        votes: list[list[list[float | None]]] = [[values] for values, _ in first]
        again = [number for number, (values, measured) in enumerate(first) if not measured and _any_of(values)]
        for vote in range(1, self._votes):
            # In turn from the last to the first place, so that what stands before a place sways it less.
            backwards = bool(vote % 2)
            asked = [batches[number][::-1] if backwards else batches[number] for number in again]
            for number, (values, _) in zip(again, self._asked(asked, vote), strict=True):
                votes[number].append(values[::-1] if backwards else values)
        return [[_mean(own) for own in zip(*all_votes, strict=True)] for all_votes in votes]

    def _asked(self, batches: Sequence[Sequence[Case]], vote: int) -> list[tuple[list[float | None], bool]]:
        """Return one vote on the places of each batch, and whether the server gave its probabilities."""
        requests = [judge.question(batch, self._model, self._house, seed=_SEED + vote) for batch in batches]
        if vote:
            requests = [request._replace(temperature=_TEMPERATURE) for request in requests]
        result: list[tuple[list[float | None], bool]] = []
        for batch, told in zip(batches, self._work.answers(requests, verdicts), strict=True):
            if told.answer is None or told.reply is None:
                self.missing[told.missing] += 1
                result.append(([None] * len(batch), False))
                continue
            values = judge.probabilities(len(batch), told.answer, told.reply)
            result.append((values, judge.are_measured(told.answer, told.reply)))
        return result


def _any_of(values: Sequence[float | None]) -> bool:
    """Return whether anything was said."""
    return any(value is not None for value in values)


def _mean(values: Sequence[float | None]) -> float | None:
    said = [value for value in values if value is not None]
    return round(sum(said) / len(said), 4) if said else None


def _key(case: Case) -> bytes:
    """Name a place by its text, without keeping that."""
    text = "\0".join((case.text, str(case.start), str(case.end), case.correction))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]
