"""Is the repair likelier in its place than what stands there?

The score is a weighted sum of a few differences between the two wordings; the weights were fitted once, by
benchmarks/calibrate.py, and are kept with their provenance in corpora/comparisons.json. It is a log-odds: 0 when
neither is preferred, 1.5 when the repair is preferred with a probability of 0.82, and it changes its sign when the
two are exchanged. docs/comparisons.md tells what else was tried.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from corrigenda import resources
from corrigenda.engines.judge import contrasts, wording

if TYPE_CHECKING:
    from corrigenda.engines.models.embeddings import Encoder

    # deferred: only where a language model is asked
    from corrigenda.engines.models.language_model import LanguageModel, Question

CONTEXT = 300
"""Code points of context before a place that the language model reads at least, where there are so many; up to as many
more, so that neighbouring places share what is computed."""
FOLLOWING = 60
"""Code points after it whose probability counts."""
NEIGHBOURHOOD = 700
"""Code points on both sides of a line that the phrase's embedding is compared with."""

FARTHEST = 4_000
"""Code points on both sides of a place beyond which even its own line is not read: one line may be a whole file."""

_WORD = re.compile(r"\w+")


class Place(NamedTuple):
    """A stretch `[start, end)` of a text, in code points, and the wordings that could stand there instead.

    `document` is the number of the document in its batch, for the count of what was judged. `contrast` names the
    examples of corpora/contrasts.jsonl that are about these words, if there are any.
    """

    text: str
    start: int
    end: int
    repairs: tuple[str, ...]
    document: int = 0
    contrast: str = ""


class Judgement(NamedTuple):
    """What the comparison says of one repair.

    `preference` is the log-odds that the repair is the better wording; it ranks repairs. `consent` is the log-odds that
    what stands there should change to it; it confirms nominees, and is stricter. `likelihood` is how much likelier the
    language model finds it, in nats; `closeness` how much closer its embedding is to the surroundings (None: not
    asked). `alike`: how much closer the surroundings are to those of examples in which the wording is wrong than to
    those in which it is fine (None: no examples, or not asked).
    """

    repair: str
    preference: float
    consent: float
    likelihood: float
    closeness: float | None
    alike: float | None = None

    @property
    def probability(self) -> float:
        """The probability that the repair is the better wording."""
        return probability(self.preference)


def probability(log_odds: float) -> float:
    """Return the probability of a log-odds."""
    return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, log_odds))))


@cache
def fitted() -> Mapping[str, Any]:
    """Return corpora/comparisons.json: the weights, what they were fitted on, and how well they do."""
    loaded: dict[str, Any] = json.loads(resources.path("corpora", "comparisons.json").read_text(encoding="utf-8"))
    return loaded


class Judge:
    """Compares wordings in their places, by a language model and, where there is one, an embedding model."""

    def __init__(self, model: "LanguageModel", encoder: "Encoder | None") -> None:
        self._model = model
        self._encoder = encoder

    def compare(self, places: Sequence[Place]) -> list[list[Judgement]]:
        """Return a judgement for each repair of each place, in their order. Raises ModelError."""
        differences = self.differences(places)
        alike = self._alike(places)
        weights = fitted()["judge"]["weights"]
        return [
            [
                Judgement(
                    repair,
                    round(sum(weights[name] * value for name, value in row.items()), 4),
                    round(_consent(row, place.contrast, own), 4),
                    round(row["likelihood"], 2),
                    round(row["closeness"], 3) if self._encoder is not None else None,
                    round(sum(own) / len(own), 3) if own is not None else None,
                )
                for repair, row in zip(place.repairs, rows, strict=True)
            ]
            for place, rows, own in zip(places, differences, alike, strict=True)
        ]

    def _alike(self, places: Sequence[Place]) -> list[tuple[float, float] | None]:
        """Return, for each place with a contrast, the two likenesses to its examples; None for all others."""
        wanted = [number for number, place in enumerate(places) if place.contrast]
        result: list[tuple[float, float] | None] = [None] * len(places)
        if self._encoder is None or not wanted:
            return result
        around = [
            (place.contrast, contrasts.surroundings(place.text, place.start, place.end))
            for place in (places[number] for number in wanted)
        ]
        for number, own in zip(wanted, contrasts.alike(self._encoder, around), strict=True):
            result[number] = own
        return result

    def differences(self, places: Sequence[Place]) -> list[list[dict[str, float]]]:
        """Return what the weights are multiplied with: repair minus what stands there. Raises ModelError.

        likelihood: log-probability of the wording and the text after it, in nats; tokens and length (in fives of code
        points): what takes out the language model's liking for the shorter; closeness: cosine to the surroundings;
        wording: what people write where machines write others; rarity: log frequency of the rarest new word; hyphens:
        their number, since a hyphen for a dash is a machine's.
        """
        in_place = self._model.score_many([_question(place) for place in places])
        closeness = self._closeness(places)
        result: list[list[dict[str, float]]] = []
        for place, scores, close in zip(places, in_place, closeness, strict=True):
            standing = _standing(place)
            result.append(
                [
                    {
                        "likelihood": score.log_probability - scores[0].log_probability,
                        "tokens": float(score.candidate_tokens - scores[0].candidate_tokens),
                        "length": (len(repair) - len(standing)) / 5,
                        "wording": wording.preference(standing, repair),
                        "rarity": wording.rarity(standing, repair),
                        "hyphens": float(repair.count("-") - standing.count("-")),
                        "closeness": near - close[0],
                    }
                    for repair, score, near in zip(place.repairs, scores[1:], close[1:], strict=True)
                ]
            )
        return result

    def _closeness(self, places: Sequence[Place]) -> list[list[float]]:
        """Return, for what stands there and each repair, the cosine of the phrase to the text around it."""
        if self._encoder is None:
            return [[0.0] * (1 + len(place.repairs)) for place in places]
        texts: list[str] = []
        for place in places:
            texts += [_around(place), _standing(place), *place.repairs]
        rows = self._encoder.encode([text if text.strip() else " " for text in texts])
        result: list[list[float]] = []
        at = 0
        for place in places:
            count = 1 + len(place.repairs)
            around, phrases = rows[at], rows[at + 1 : at + 1 + count]
            result.append([float((phrase * around).sum()) for phrase in phrases])
            at += 1 + count
        return result


def _consent(row: Mapping[str, float], contrast: str, alike: tuple[float, float] | None) -> float:
    """Return the log-odds that what stands there should change, by all that is known of its words."""
    weights = fitted()["consent"]["weights"]
    general = float(weights["constant"] + sum(weights[name] * value for name, value in row.items()))
    if not contrast:
        return general
    own = fitted()["contrast"]["weights"]
    level = contrasts.contrasts()[contrast].level
    passage, rest = alike or (0.0, 0.0)
    return float(
        own["constant"]
        + own["general"] * general
        + own["level"] * level
        + own["passage"] * passage
        + own["rest"] * rest
    )


def _standing(place: Place) -> str:
    return place.text[place.start : place.end]


def _question(place: Place) -> "Question":
    # deferred: only where a language model is asked
    from corrigenda.engines.models.language_model import Question, surroundings

    before, after = surroundings(place.text, place.start, place.end, before=CONTEXT, step=CONTEXT, after=FOLLOWING)
    return Question(before, (_standing(place), *place.repairs), after)


def _around(place: Place) -> str:
    """The text around a place without the place itself."""
    start = place.text.rfind("\n", 0, place.start) + 1
    stop = place.text.find("\n", place.end)
    stop = len(place.text) if stop < 0 else stop
    before = place.text[max(0, start - NEIGHBOURHOOD, place.start - FARTHEST) : place.start]
    return f"{before} {place.text[place.end : min(stop + NEIGHBOURHOOD, place.end + FARTHEST)]}"


def names_changed(standing: str, repair: str) -> bool:
    """Return whether two wordings differ in a capitalised word after their first: a name, which no model judges."""
    return _names(standing) != _names(repair)


def _names(text: str) -> list[str]:
    return sorted(word for word in _WORD.findall(text)[1:] if word[:1].isupper())
