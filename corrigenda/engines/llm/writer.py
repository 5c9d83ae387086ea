"""The writer: it words a correction for a place that is known to be wrong."""

from collections.abc import Sequence
from typing import NamedTuple

from corrigenda.engines.llm.chat import Message, Request
from corrigenda.engines.llm.prompts import prompt
from corrigenda.engines.llm.reader import guarded
from corrigenda.engines.llm.room import filled, left_of, tokens
from corrigenda.engines.llm.schema import WRITER

BATCH = 8
"""Places in one question, at most."""
_AROUND = 300
_TOKENS = 80
_BESIDE = 40


class Task(NamedTuple):
    """A place to be worded: the text that it stands in, `[start, end)` in it, and what is wrong with it."""

    text: str
    start: int
    end: int
    why: str


def batches(tasks: Sequence[Task], context: int, house: str) -> list[range]:
    """Return the places of each question: up to `BATCH`, and so many as fit with their wordings into a model that takes
    so many tokens. A place that does not fit by itself is left out.
    """
    left = left_of(context, len(prompt("writer").text(house))) - _BESIDE
    return filled([tokens(len(_shown(task)) + 5) + _TOKENS for task in tasks], left, BATCH)


def question(tasks: Sequence[Task], model: str, house: str, *, seed: int = 1) -> Request:
    """Return what the model is asked about some places."""
    lines = [f"{number}. {_shown(task)}" for number, task in enumerate(tasks, 1)]
    return Request(
        model,
        (
            Message("system", prompt("writer").text(house)),
            Message("user", "<text>\n" + guarded("\n".join(lines)) + "\n</text>"),
        ),
        "texts",
        WRITER,
        _BESIDE + _TOKENS * len(tasks),
        seed=seed,
    )


def _shown(task: Task) -> str:
    before = task.text[max(0, task.start - _AROUND) : task.start]
    after = task.text[task.end : task.end + _AROUND]
    line = " ".join(f"{before}⟦{task.text[task.start : task.end]}⟧{after}".split())
    return f"{line} ({task.why})" if task.why else line
