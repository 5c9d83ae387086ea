"""Detectors by name: a module of this folder, or what an installed package adds under `corrigenda.detectors`."""

import importlib
import pkgutil
from functools import lru_cache

from corrigenda.detectors.detector import CollectionDetector, Detector
from corrigenda.plugins import DETECTORS, plugin

_PACKAGE = "corrigenda.detectors"


class UnknownDetectorError(LookupError):
    """There is no detector of this name."""


@lru_cache(maxsize=128)
def detector(name: str) -> Detector:
    """Return the detector of a name; nothing but its own module is imported.

    Installed packages are asked only for a name that this folder does not have. Raises UnknownDetectorError.
    """
    found = _built_in(name) or plugin(DETECTORS, name)
    if not isinstance(found, Detector):
        raise UnknownDetectorError(f"there is no detector {name!r}")
    return found


def collection_detector(name: str) -> CollectionDetector:
    """Return the detector of a name, which compares the documents of a run. Raises UnknownDetectorError."""
    found = detector(name)
    if not isinstance(found, CollectionDetector):
        raise UnknownDetectorError(f"the detector {name!r} compares no documents")
    return found


def built_in() -> list[Detector]:
    """Return the detectors of this folder, sorted by name. Imports all of them."""
    package = importlib.import_module(_PACKAGE)
    names = (module.name.replace("_", "-") for module in pkgutil.iter_modules(package.__path__))
    return sorted((found for name in names if (found := _built_in(name)) is not None), key=lambda found: found.name)


def is_built_in(found: Detector) -> bool:
    """Return whether a detector is one of this folder."""
    return type(found).__module__.startswith(f"{_PACKAGE}.")


def _built_in(name: str) -> Detector | None:
    module = f"{_PACKAGE}.{name.replace('-', '_')}"
    try:
        found = getattr(importlib.import_module(module), "DETECTOR", None)
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        return None
    return found if isinstance(found, Detector) else None
