"""The judge: it confirms or drops places in batches, each with the sentences around it, out of its text."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from corrigenda.engines.llm.chat import Message, Reply, Request
from corrigenda.engines.llm.parse import Verdict
from corrigenda.engines.llm.prompts import prompt
from corrigenda.engines.llm.reader import guarded
from corrigenda.engines.llm.room import filled, left_of, tokens
from corrigenda.engines.llm.schema import JUDGE

BATCH = 12
"""Places in one question, at most: models lose count of more."""
AROUND = 220
"""Code points shown before and after a place."""
_TOKENS = 40
"""Tokens of the verdict on one place."""
_BESIDE = 40
"""Tokens of an answer beside its verdicts."""


class Case(NamedTuple):
    """A place to be judged: the text that it stands in, `[start, end)` in it, and what should stand there."""

    text: str
    start: int
    end: int
    correction: str


def batches(cases: Sequence[Case], context: int, house: str) -> list[range]:
    """Return the places of each question: up to `BATCH`, and so many as fit with their verdicts into a model that takes
    so many tokens. A place that does not fit by itself is left out.
    """
    left = left_of(context, len(prompt("judge").text(house))) - _BESIDE
    return filled([tokens(len(_shown(case)) + 5) + _TOKENS for case in cases], left, BATCH)


def question(cases: Sequence[Case], model: str, house: str, *, seed: int = 1) -> Request:
    """Return what the model is asked about some places."""
    lines = [f"{number}. {_shown(case)}" for number, case in enumerate(cases, 1)]
    return Request(
        model,
        (
            Message("system", prompt("judge").text(house)),
            Message("user", "<text>\n" + guarded("\n".join(lines)) + "\n</text>"),
        ),
        "verdicts",
        JUDGE,
        _BESIDE + _TOKENS * len(cases),
        seed=seed,
        probabilities=True,
    )


def probabilities(cases: int, verdicts: Sequence[Verdict], reply: Reply) -> list[float | None]:
    """Return for each place the probability that it should change, None where nothing was said of it.

    Where the server gave log-probabilities, they are those of "yes" against "no"; else what the model says of itself.
    """
    measured = _measured(reply)
    result: list[float | None] = [None] * cases
    for number, verdict in enumerate(verdicts):
        if not 1 <= verdict.place <= cases or result[verdict.place - 1] is not None:
            continue
        stated = verdict.sure / 100 if verdict.change else 1 - verdict.sure / 100
        own = measured[number] if len(measured) == len(verdicts) else stated
        result[verdict.place - 1] = round(own, 4)
    return result


def are_measured(verdicts: Sequence[Verdict], reply: Reply) -> bool:
    """Return whether the probabilities of verdicts are the server's, and not what the model says of itself."""
    return bool(verdicts) and len(_measured(reply)) == len(verdicts)


def _shown(case: Case) -> str:
    before = case.text[max(0, case.start - AROUND) : case.start]
    after = case.text[case.end : case.end + AROUND]
    if case.start > AROUND:
        before = "…" + before.partition(" ")[2]
    if len(case.text) > case.end + AROUND:
        after = after.rpartition(" ")[0] + "…"
    line = " ".join(f"{before}⟦{case.text[case.start : case.end]}⟧{after}".split())
    return f"{line} → “{case.correction}”" if case.correction else f"{line} (no correction was given)"


def _measured(reply: Reply) -> list[float]:
    """Return the probability of "yes" at each token that answers, in their order."""
    found: list[float] = []
    previous = ""
    for token in reply.tokens:
        word = token.text.strip(' "').casefold()
        if word in ("yes", "no") and previous.rstrip().endswith((":", '"')):
            found.append(_yes(dict([(token.text, token.log_probability), *token.others])))
        previous = token.text
    return found


def _yes(choices: dict[str, float]) -> float:
    weight = {"yes": 0.0, "no": 0.0}
    for text, log_probability in choices.items():
        word = text.strip(' "').casefold()
        if word in weight:
            weight[word] += math.exp(min(0.0, log_probability))
    total = weight["yes"] + weight["no"]
    return weight["yes"] / total if total > 0 else 0.5
