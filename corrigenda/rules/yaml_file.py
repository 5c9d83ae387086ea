"""YAML, read strictly: no key stands twice, and every part knows its line. The one place that reads YAML files.

Files may be a stranger's, so they are looked through before anything is made of them: libyaml falls over lists in lists
by the hundred thousand and takes the process with it, and a few lines of aliases stand for gigabytes.
"""

from pathlib import Path
from typing import Any

from corrigenda.errors import CheckError
from corrigenda.storage.confined import MIB

LARGEST = MIB // 4
"""Bytes of a check file; the largest that ships has a seventeenth of it."""
DEEPEST = 40
"""Lists and mappings inside each other."""

Lines = dict[tuple[str | int, ...], int]
"""The line, from 1, of each part of a file, by the keys and numbers that lead to it."""


def loaded(text: str) -> Any:
    """Return what a YAML text says. Raises yaml.YAMLError."""
    _refuse_hostile(text)
    return _loader(text).get_single_data()


def read_mapping(path: Path, text: str, form: str) -> tuple[dict[str, Any], Lines]:
    """Return the mapping that a file's text says, and the lines of its parts.

    `form` says what the file should be, for the error. Raises CheckError with the line.
    """
    import yaml

    try:
        _refuse_hostile(text)
        loader = _loader(text)
        node = loader.get_single_node()
        data = loader.construct_document(node) if node is not None else None
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # a day that no month has, a number without end
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        raise CheckError(path, mark.line + 1 if mark else 1, f"this is not valid YAML: {problem}") from error
    if not isinstance(node, yaml.MappingNode):
        raise CheckError(path, 1, form)
    lines: Lines = {}
    _walk(path, node, (), lines)
    # The node is a mapping, and so is what was made of it.
    return dict(data or {}), lines


def _refuse_hostile(text: str) -> None:
    """Raise yaml.YAMLError, with its place, for what would take long or bring the parser down."""
    import yaml

    def refusal(reason: str, mark: Any) -> yaml.YAMLError:
        return yaml.MarkedYAMLError(None, None, reason, mark)

    if "%TAG" in text:  # each of them is compared with all others
        raise refusal("%TAG is not read", None)
    depth = 0
    # One event after the other, so that nothing deeper is looked at.
    for event in yaml.parse(text, Loader=_kind()):
        if isinstance(event, yaml.AliasEvent):
            raise refusal("an alias (*) is not read; write it out", event.start_mark)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise refusal("it is nested too deeply", event.start_mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _kind() -> Any:
    import yaml

    # libyaml's loader is ten times as fast, and comes with nearly every PyYAML wheel.
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _loader(text: str) -> Any:
    return _kind()(text)


def _walk(path: Path, node: Any, at: tuple[str | int, ...], lines: Lines) -> None:
    import yaml

    lines[at] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise CheckError(path, key.start_mark.line + 1, f"{key.value!r} stands twice in one mapping")
            seen.add(key.value)
            _walk(path, value, (*at, key.value), lines)
            lines[(*at, key.value)] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _walk(path, value, (*at, index), lines)
