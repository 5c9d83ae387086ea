"""The engines that there are: one module or package of this folder each, with its `ENGINE`.

A module's name is its engine's, with "_" for "-". What several engines share lies beside them and is named here.
"""

import importlib
import os
from functools import cache

from corrigenda import engines
from corrigenda.engines.engine import Kind

_SHARED = frozenset(("engine", "judge", "light_import", "models", "names", "registry"))
"""Modules and packages of this folder that are no engine."""


@cache
def names() -> tuple[str, ...]:
    """Return the names of all engines, sorted; none of them is imported."""
    modules = (
        entry.name.removesuffix(".py")
        for folder in engines.__path__
        for entry in os.scandir(folder)
        if entry.name.endswith(".py") or entry.is_dir()
    )
    return tuple(sorted(name.replace("_", "-") for name in modules if name not in _SHARED and name[0] not in "_."))


@cache
def kinds() -> tuple[Kind, ...]:
    """Return all engines, sorted by name. Their modules load nothing before an engine is asked."""
    return tuple(kind(name) for name in names())


def kind(name: str) -> Kind:
    """Return the engine of a name, which must be one of `names()`."""
    found: Kind = importlib.import_module(f"corrigenda.engines.{name.replace('-', '_')}").ENGINE
    return found


def former(name: str) -> str | None:
    """Return what the engine is called now that had a name before, None where none had it."""
    return next((own.name for own in kinds() if name and own.formerly == name), None)


def costly() -> tuple[str, ...]:
    """Return the names of the engines that are left out of large runs unless the configuration demands them."""
    return tuple(kind.name for kind in kinds() if kind.costly)
