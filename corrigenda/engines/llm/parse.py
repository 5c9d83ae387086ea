"""Reads a model's answers: strictly what was asked for, or an AnswerError that tells the model what is wrong.

What models add around their JSON (a fence, a sentence before it, what they thought) is taken off; what they get wrong
inside it is not guessed at.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from corrigenda.engines.llm import kinds
from corrigenda.engines.llm.errors import AnswerError
from corrigenda.engines.llm.schema import MOST_PLACES

_THOUGHT = re.compile(r"\A\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_FENCE = re.compile(r"```(?:json)?\s*\n(.*?)\n\s*```", re.DOTALL)
_LONGEST = 2_000
"""Code points of a text in an answer; what is longer is no correction of one place."""
_Item = TypeVar("_Item")


class Proposal(NamedTuple):
    """A place that the reader proposes: the number of its block, the words as quoted, and what is said of them."""

    block: int
    quote: str
    kind: str
    why: str
    corrections: tuple[str, ...]
    sure: int


class Verdict(NamedTuple):
    """What the judge says of a place: its number, whether it should change, and how sure that is, of 100."""

    place: int
    change: bool
    sure: int


class Wording(NamedTuple):
    """What the writer would put in a place: its number and the text, "" for nothing."""

    place: int
    text: str


def proposals(text: str) -> list[Proposal]:
    """Return what the reader proposes. Raises AnswerError."""
    return _items(text, "places", _proposal)


def verdicts(text: str) -> list[Verdict]:
    """Return what the judge says. Raises AnswerError."""
    return _items(text, "verdicts", _verdict)


def wordings(text: str) -> list[Wording]:
    """Return what the writer writes. Raises AnswerError."""
    return _items(text, "texts", lambda item: Wording(_integer(item, "place"), _text(item, "text")))


def _proposal(item: Mapping[str, Any]) -> Proposal:
    kind = _text(item, "kind")
    if kind not in kinds.NAMES:
        raise AnswerError(f'"kind" must be one of {", ".join(kinds.NAMES)}, not {_shown(kind)}')
    corrections = item.get("corrections")
    if not isinstance(corrections, list) or not all(isinstance(each, str) for each in corrections):
        raise AnswerError('"corrections" must be a list of strings')
    if any(len(each) > _LONGEST for each in corrections):
        raise AnswerError("a correction replaces one short place")
    return Proposal(
        _integer(item, "block"), _text(item, "quote"), kind, _text(item, "why"), tuple(corrections[:3]), _percent(item)
    )


def _verdict(item: Mapping[str, Any]) -> Verdict:
    said = item.get("change")
    if isinstance(said, bool):
        said = "yes" if said else "no"
    if said not in ("yes", "no"):
        raise AnswerError('"change" must be "yes" or "no"')
    return Verdict(_integer(item, "place"), said == "yes", _percent(item))


def _items(text: str, name: str, read: Callable[[Mapping[str, Any]], _Item]) -> list[_Item]:
    value = _json(text)
    items = value.get(name) if isinstance(value, dict) else value
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise AnswerError(f'the answer must be one JSON object: {{"{name}": [ … ]}}')
    return [read(item) for item in items[:MOST_PLACES]]


def _json(text: str) -> object:
    bare = _THOUGHT.sub("", text).strip()
    fenced = _FENCE.search(bare)
    if fenced:
        bare = fenced[1].strip()
    # A sentence before it, and one after it.
    starts = [at for at in (bare.find("{"), bare.find("[")) if at >= 0]
    try:
        value: object = json.JSONDecoder().raw_decode(bare, min(starts))[0] if starts else json.loads(bare)
    except (ValueError, RecursionError) as error:
        where = f" ({error})" if isinstance(error, ValueError) else " (nested without end)"
        raise AnswerError(f"the answer is no JSON{where}") from None
    return value


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise AnswerError(f'"{name}" must be a string of at most {_LONGEST:,} characters')
    return value


def _integer(item: Mapping[str, Any], name: str) -> int:
    value = item.get(name)
    if isinstance(value, str) and value.strip("[] ").isascii() and value.strip("[] ").isdigit() and len(value) < 10:
        value = int(value.strip("[] "))
    if not isinstance(value, int) or isinstance(value, bool):
        raise AnswerError(f'"{name}" must be a whole number')
    return value


def _percent(item: Mapping[str, Any]) -> int:
    value = item.get("sure")
    if isinstance(value, float) and 0 < value < 1:
        value = round(value * 100)
    if isinstance(value, float) and value == int(value):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 100:
        raise AnswerError('"sure" must be a whole number from 0 to 100')
    return value


def _shown(text: str) -> str:
    return repr(text if len(text) < 40 else text[:39] + "…")
