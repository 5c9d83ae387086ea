"""What is particular to a language, one folder each: `language("en")`.

A language is a package with an instance of `Language` under the name `LANGUAGE`. Those that ship are folders here,
named by their code; others announce themselves under the entry-point group `corrigenda.languages`, so that adding one
is adding one folder. No other module may know a word of any language (tests/languages holds that).
"""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corrigenda.languages.base import Language

DEFAULT = "en"
"""The language of a document or a check that names none."""
GROUP = "corrigenda.languages"
"""The entry-point group of languages that others add; an entry's name is the code, its object a `Language`."""


class UnknownLanguage(ValueError):  # noqa: N818 - it names the state, as the message does
    """No folder and no entry point has this code; the message lists those that there are."""


@cache
def language(code: str = DEFAULT) -> "Language":
    """Return a language by its code ("en") or by the tag of one of its standards ("en-GB"); "auto" is the default one.

    The language's package is imported on the first call. Raises UnknownLanguage.
    """
    return _of(DEFAULT if code == "auto" else code.partition("-")[0].lower())


@cache
def _of(code: str) -> "Language":
    if code in shipped():
        found: Language = import_module(f"{__name__}.{code}").LANGUAGE
        return found
    from importlib.metadata import entry_points

    for entry in entry_points(group=GROUP, name=code):
        added: Language = entry.load()
        return added
    raise UnknownLanguage(f"no language has the code {code!r}; there are: {', '.join(codes())}")


@cache
def shipped() -> frozenset[str]:
    """Return the codes of the languages that come with corrigenda: the folders of this package."""
    from pathlib import Path

    return frozenset(path.parent.name for path in Path(__file__).parent.glob("*/__init__.py"))


def codes() -> Sequence[str]:
    """Return the codes of all languages, shipped and added, sorted."""
    from importlib.metadata import entry_points

    return sorted(shipped() | {entry.name for entry in entry_points(group=GROUP)})
