"""The files of `corpora/sources/` that names rest on."""

import tomllib
from typing import Any

from corrigenda import resources


def table(kind: str, language: str) -> dict[str, Any]:
    """Return what one file says; an empty table for a language without one.

    Args:
        kind: The folder in `corpora/sources`.
        language: The code of the language; what is no code has no file.
    """
    if not language.isalpha():
        return {}
    try:
        text = resources.path("corpora", "sources", kind, f"{language}.toml").read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    return tomllib.loads(text)
