"""Payloads: what a detector keeps of a rule in the index, as a NamedTuple that JSON holds as a list.

A payload's fields are plain JSON values, further payloads, or sequences of payloads. Names of fields are not stored, so
the index stays small; a change of a payload's fields is a change of the code, which makes the index anew.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

T = TypeVar("T")


def decode(kind: type[T], stored: Sequence[Any]) -> T:
    """Return the payload of a kind (a NamedTuple) that was stored as a list of its fields."""
    hints = kind.__annotations__.values()
    return kind(*(_value(hint, value) for hint, value in zip(hints, stored, strict=True)))


def _value(hint: Any, value: Any) -> Any:
    if _is_payload(hint):
        return decode(hint, value)
    inner = getattr(hint, "__args__", ())
    if inner and _is_payload(inner[0]):
        return tuple(decode(inner[0], item) for item in value)
    return value


def _is_payload(hint: Any) -> bool:
    return hasattr(hint, "_fields")
