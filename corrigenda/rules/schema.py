"""JSON Schema from typed keys: what corrigenda.rules.options describes, as editors and the validator read it.

The types are those of TypedDicts: texts, numbers, lists, mappings, `Literal`, enumerations, alternatives and further
TypedDicts. Each TypedDict and enumeration becomes a definition of its own, so it stands in the schema once. pydantic
would do it too, but refuses the standard library's TypedDict on Python 3.11, and what it writes changes with its
version, which a file that is committed must not.
"""

import re
from collections.abc import Mapping
from enum import Enum
from types import UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Required,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from corrigenda.rules.options import CommonKeys, Key

Schema = dict[str, Any]
_SIMPLE: Mapping[Any, str] = {str: "string", bool: "boolean", int: "integer", float: "number"}
_LIMITS = {
    "string": ("minLength", "maxLength"),
    "integer": ("minimum", "maximum"),
    "number": ("minimum", "maximum"),
    "array": ("minItems", "maxItems"),
}


def check_schema(options: Mapping[str, Any]) -> Schema:
    """Return the schema of check files.

    `options` maps each detector's name to the TypedDict of its keys.
    """
    definitions: dict[str, tuple[Any, Schema]] = {}
    common = _object(CommonKeys, definitions)
    common["properties"]["detector"] = {"enum": sorted(options)}
    parts = [_part(name, keys, definitions) for name, keys in sorted(options.items())]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://corrigenda.example/check.schema.json",
        "title": "A corrigenda check",
        "description": _summary(CommonKeys),
        "type": "object",
        "required": common["required"],
        "properties": common["properties"],
        "allOf": [part for part in parts if part["then"]["properties"]],
        "unevaluatedProperties": False,
        "$defs": {name: schema for name, (_, schema) in sorted(definitions.items())},
    }


def _part(name: str, keys: Any, definitions: dict[str, tuple[Any, Schema]]) -> Schema:
    """Return what holds for the checks of one detector."""
    own = _object(keys, definitions)
    then = {key: own[key] for key in ("properties", "required") if key in own}
    return {"if": {"properties": {"detector": {"const": name}}, "required": ["detector"]}, "then": then}


def _object(keys: Any, definitions: dict[str, tuple[Any, Schema]]) -> Schema:
    hints = get_type_hints(keys, include_extras=True)
    result: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _schema(hint, definitions) for name, hint in hints.items()},
    }
    required = [name for name in hints if name in keys.__required_keys__]
    if required:
        result["required"] = required
    return result


def _schema(hint: Any, definitions: dict[str, tuple[Any, Schema]]) -> Schema:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Required, NotRequired):
        return _schema(arguments[0], definitions)
    if origin is Annotated:
        result = _schema(arguments[0], definitions)
        for note in arguments[1:]:
            if isinstance(note, Key):
                result = {**result, **_limits(result, note)}
        return result
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, UnionType):
        return {"oneOf": [_schema(argument, definitions) for argument in arguments]}
    if origin is list:
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    if origin is dict or hint is dict:
        values = arguments[1] if arguments else Any
        return (
            {"type": "object"}
            if values is Any
            else {
                "type": "object",
                "additionalProperties": _schema(values, definitions),
            }
        )
    if hint in _SIMPLE:
        return {"type": _SIMPLE[hint]}
    return _definition(hint, definitions)


def _definition(hint: Any, definitions: dict[str, tuple[Any, Schema]]) -> Schema:
    """Return the reference to the definition of a TypedDict or an enumeration, making it where it is new."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", hint.__name__).lower()
    if name not in definitions:
        if is_typeddict(hint):
            schema = _object(hint, definitions)
            if _summary(hint):
                schema["description"] = _summary(hint)
        elif isinstance(hint, type) and issubclass(hint, Enum):
            schema = {"enum": [member.value for member in hint]}
        else:
            raise TypeError(f"no schema is known for {hint!r}")
        definitions[name] = (hint, schema)
    if definitions[name][0] is not hint:
        raise TypeError(f"two types of keys are called {hint.__name__}; rename one")
    return {"$ref": f"#/$defs/{name}"}


def _limits(schema: Schema, key: Key) -> Schema:
    result: Schema = {}
    least, most = _LIMITS.get(schema.get("type", ""), ("", ""))
    if key.least is not None:
        result[least] = key.least
    if key.most is not None:
        result[most] = key.most
    if key.pattern:
        result["pattern"] = key.pattern
    if key.unique:
        result["uniqueItems"] = True
    if key.description:
        result["description"] = key.description
    return result


def _summary(keys: Any) -> str:
    """Return the description of a TypedDict; those of the functional form have that of their class, which is none."""
    found = keys.__doc__ or ""
    return "" if found == dict.__doc__ else " ".join(found.split()).removesuffix(".")
