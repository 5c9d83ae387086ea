"""House styles: which form of a name a house writes. Facts with source and date in corpora/styles, or users' own files.

None is on by default: without a style only consistency is judged.
"""

from pathlib import Path
from typing import Any

from corrigenda import resources
from corrigenda.storage import confined

LARGEST = 2 * confined.MIB
"""Bytes of a style, some ten thousand names."""


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
    path = own if own.exists() else resources.path("corpora", "styles", f"{name.lower()}.yaml")
    if not path.exists():
        raise StyleError(f"there is no house style {name!r}; there are {', '.join(shipped())}, or name a file")
    # deferred: most projects have no style, and a run reads no other YAML
    import yaml

    from corrigenda.rules.yaml_file import loaded

    try:
        data: Any = loaded(confined.read_text(path, limit=LARGEST))
        forms = data["forms"]
        return {str(canonical): _form(entry) for canonical, entry in forms.items()}
    except OSError as error:
        raise StyleError(f"the house style {path.name} cannot be read ({error.strerror or error})") from error
    except (yaml.YAMLError, ValueError, KeyError, TypeError, AttributeError) as error:
        reason = " ".join(str(error).split())
        raise StyleError(
            f"the house style {path.name} cannot be read ({reason}); it needs 'forms:' with a form for each name"
        ) from error


def _form(entry: Any) -> str:
    return str(entry["form"]) if isinstance(entry, dict) else str(entry)
