"""A model is weights and settings: a folder that holds code, or names some, is not given to a library that runs it.

torch's older weights are pickles, which run code when they are read, and settings may name a class to import.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corrigenda.engines.models.about import ModelError
from corrigenda.storage import confined

CAN_HOLD_CODE = frozenset(
    ".bin .ckpt .dll .dylib .exe .h5 .joblib .keras .npz .pickle .pkl .pt .pth .py .pyc .pyd .sh .so .zip".split()
)
"""Endings of weights that are pickles, of programs, and of archives of either."""
_LARGEST_SETTINGS = 4 * confined.MIB
_IMPORTED = {
    "type": ("sentence_transformers.",),
    "activation_fn": ("torch.nn.", "sentence_transformers."),
    "activation_function": ("torch.nn.", "sentence_transformers."),
}
"""Settings by which sentence-transformers imports a class, and where it may come from."""
_NAMES_CODE = frozenset(("auto_map", "custom_pipelines"))


def refuse_code(folder: Path) -> None:
    """Raise ModelError where a model's folder holds code, or settings that name some."""
    for path in _files(folder):
        inside = path.relative_to(folder).as_posix()
        if path.suffix.lower() in CAN_HOLD_CODE:
            raise ModelError(
                f"{folder} is not loaded, since {inside} can hold code; take it out: weights are safetensors or ONNX"
            )
        if (path.suffix == ".json" and "config" in path.name) or path.name == "modules.json":
            named = _named(_settings(path))
            if named:
                raise ModelError(f"{folder} is not loaded, since {inside} names code ({named})")


def is_harmless(path: Path) -> bool:
    """Return whether a file of a model is taken over when the model is installed."""
    return path.suffix.lower() not in CAN_HOLD_CODE


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _settings(path: Path) -> Any:
    try:
        return json.loads(confined.read_text(path, limit=_LARGEST_SETTINGS))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{path} cannot be read ({error}); install the model again") from None


def _named(data: Any) -> str:
    """Return a setting that makes a library import what the model names, "" where there is none."""
    waiting = [data]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            for key, value in part.items():
                if key in _NAMES_CODE and value:
                    return str(key)
                if isinstance(value, str) and "." in value and not value.startswith(_IMPORTED.get(key, "")):
                    return f"{key} = {value[:60]}"
                waiting.append(value)
    return ""
