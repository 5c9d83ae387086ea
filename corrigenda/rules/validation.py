"""Check files against their schema, with errors that say what to write instead."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from corrigenda import resources
from corrigenda.errors import CheckError, closest, did_you_mean
from corrigenda.plugins import DETECTORS, plugin
from corrigenda.rules.schema import check_schema


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a check file (checks/check.schema.json)."""
    loaded: dict[str, Any] = json.loads(resources.path("checks", "check.schema.json").read_text(encoding="utf-8"))
    return loaded


def validate(
    path: Path, data: Mapping[str, Any], lines: Mapping[tuple[str | int, ...], int], shipped: Mapping[str, Any]
) -> None:
    """Raise CheckError for the first key or value that the schema does not allow, with its line and what to write.

    `shipped` is the schema of the detectors that ship; those of installed packages bring their own.
    """
    import jsonschema

    whole = _schema_for(data.get("detector"), shipped)
    known_keys = _top_keys(whole, data.get("detector"))
    for key in data:
        if str(key) not in known_keys:
            raise CheckError(path, lines.get((key,), 1), _unknown(str(key), "the check", known_keys))
    validator = jsonschema.Draft202012Validator(whole)
    # A wrong value inside a detector's key makes the key itself look unknown as well; the value is the better story.
    errors = sorted(
        validator.iter_errors(data),
        key=lambda error: (
            error.validator == "unevaluatedProperties",
            [str(part) for part in error.path],
            error.message,
        ),
    )
    for error in errors:
        best = jsonschema.exceptions.best_match([error])
        place = tuple(best.absolute_path)
        known: tuple[str | int, ...] = place
        if best.validator == "additionalProperties":
            known = (*place, *_unknown_in(best)[:1])
        while known and known not in lines:
            known = known[:-1]
        raise CheckError(path, lines.get(known, 1), _explain(best, place))


def _schema_for(detector: Any, shipped: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the schema that holds: for a detector that an installed package adds, one with the keys of its checks."""
    if not isinstance(detector, str) or detector in shipped["properties"]["detector"]["enum"]:
        return shipped
    found = plugin(DETECTORS, detector)
    return shipped if found is None else check_schema({detector: found.options})


def _top_keys(whole: Mapping[str, Any], detector: Any) -> set[str]:
    """Return the keys that a check with this detector may have; all that there are where the detector is not known."""
    keys = set(whole["properties"])
    parts = whole["allOf"]
    own = [part for part in parts if part["if"]["properties"]["detector"]["const"] == detector]
    for part in own or parts:
        keys |= set(part["then"]["properties"])
    return keys


def _unknown(name: str, where: str, known: Iterable[str]) -> str:
    hint = did_you_mean(name, known, otherwise=f"known here: {', '.join(sorted(known))}")
    return f"{name!r} is not a key of {where}; {hint}"


def _unknown_in(error: Any) -> list[str]:
    return sorted(str(key) for key in set(error.instance) - set(error.schema.get("properties", {})))


def _explain(error: Any, place: tuple[str | int, ...]) -> str:
    where = ".".join(str(part) for part in place) or "the check"
    if error.validator == "additionalProperties":
        return _unknown(_unknown_in(error)[0], where, error.schema.get("properties", {}))
    if error.validator == "required":
        return f"{where} lacks {error.message.split(' is a required')[0]}"
    if error.validator == "enum":
        allowed = [str(value) for value in error.validator_value]
        close = closest(str(error.instance), allowed)
        return f"{where} is {error.instance!r}; write {close or 'one of ' + ', '.join(allowed)}"
    if error.validator == "type":
        shown = json.dumps(error.instance, ensure_ascii=False)[:60]
        return f"{where} must be of type {error.validator_value}, not {shown}"
    if error.validator == "pattern":
        return f"{where} is {error.instance!r}, which does not have the form it needs ({error.validator_value})"
    return f"{where}: {error.message[:200]}"
