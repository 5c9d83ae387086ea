"""The forms in which a model has to answer, as JSON schemas; `corrigenda.engines.llm.parse` reads what comes.

Written so that servers which enforce a schema take them: every property required, nothing beside them allowed.
"""

from typing import Any

from corrigenda.engines.llm import kinds

MOST_PLACES = 40
"""Places in one answer; a piece of text with more is not worth editing."""


def _list_of(name: str, properties: dict[str, Any]) -> dict[str, Any]:
    item = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {name: {"type": "array", "items": item, "maxItems": MOST_PLACES}},
        "required": [name],
        "additionalProperties": False,
    }


_PERCENT = {"type": "integer", "minimum": 0, "maximum": 100}

READER = _list_of(
    "places",
    {
        "block": {"type": "integer"},
        "quote": {"type": "string"},
        "kind": {"type": "string", "enum": list(kinds.NAMES)},
        "why": {"type": "string"},
        "corrections": {"type": "array", "items": {"type": "string"}, "maxItems": 3},
        "sure": _PERCENT,
    },
)
JUDGE = _list_of(
    "verdicts",
    {"place": {"type": "integer"}, "change": {"type": "string", "enum": ["yes", "no"]}, "sure": _PERCENT},
)
WRITER = _list_of("texts", {"place": {"type": "integer"}, "text": {"type": "string"}})
