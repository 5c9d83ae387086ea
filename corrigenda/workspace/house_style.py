"""House styles: which form of a name a house writes. Facts with source and date in corpora/styles, or users' own files.

None is on by default: without a style only consistency is judged.
"""

from pathlib import Path
from typing import Any

from corrigenda import resources


class StyleError(ValueError):
    """A style that is not there, or cannot be read; the message says what to do."""


def shipped() -> list[str]:
    """Return the names of the styles that ship."""
    return sorted(path.stem for path in resources.path("corpora", "styles").glob("*.yaml"))


def load_style(name: str, folder: Path) -> dict[str, str]:
    """Return a style's forms by canonical name.

    `name` is a shipped style (ap, bbc, guardian, reuters, un) or the path of a file of the same form, relative to
    `folder`. Raises StyleError.
    """
    own = folder / name
    path = own if own.is_file() else resources.path("corpora", "styles", f"{name.lower()}.yaml")
    if not path.is_file():
        raise StyleError(f"there is no house style {name!r}; there are {', '.join(shipped())}, or name a file")
    import yaml

    try:
        data: Any = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
        forms = data["forms"]
        return {str(canonical): _form(entry) for canonical, entry in forms.items()}
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise StyleError(
            f"the house style {path.name} cannot be read ({error}); it needs 'forms:' with a form for each name"
        ) from error


def _form(entry: Any) -> str:
    return str(entry["form"]) if isinstance(entry, dict) else str(entry)
