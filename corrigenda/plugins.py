"""What other packages add by entry points. They are asked only for what corrigenda itself does not have.

A run looks here when a check names a detector, or the configuration a folder of checks, that is not among its own, or
when it meets a file whose ending is that of no format.
"""

from pathlib import Path
from typing import Any

DETECTORS = "corrigenda.detectors"
"""Detectors: an instance of corrigenda.detectors.detector.Detector."""
READERS = "corrigenda.readers"
"""Readers of document formats (corrigenda.documents.registry.Reader), each by its format's name. They are asked for
where a file's ending, or a format, is not among our own: their endings stand in them alone.
"""
REPORTS = "corrigenda.reports"
"""Output formats: a corrigenda.reporting.base.Format, by its name."""
CHECKS = "corrigenda.checks"
"""Folders of check files: a package that holds them."""


def plugin(group: str, name: str) -> Any:
    """Return the object that an installed package registered under a name, None where there is none.

    Raises whatever importing the package raises.
    """
    from importlib.metadata import entry_points

    for found in entry_points(group=group, name=name):
        return found.load()
    return None


def check_folder(name: str) -> Path | None:
    """Return the folder of check files that an installed package adds under a name, None where there is none.

    What it registers is the package that holds them, or their path.
    """
    found = plugin(CHECKS, name)
    if found is None or isinstance(found, str | Path):
        return Path(found) if found is not None else None
    return Path(found.__file__).parent


def version(group: str, name: str) -> str:
    """Return the name and version of the package that registered a name, "" where none did."""
    from importlib.metadata import entry_points

    for found in entry_points(group=group, name=name):
        return f"{found.dist.name} {found.dist.version}" if found.dist else found.value
    return ""


def plugin_names(group: str) -> list[str]:
    """Return the names that installed packages registered, sorted."""
    from importlib.metadata import entry_points

    return sorted({found.name for found in entry_points(group=group)})
