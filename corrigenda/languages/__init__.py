"""What is particular to a language, one folder each: `language("en")`.

A language is a package with an instance of `Language` under the name `LANGUAGE`. Those that ship are folders here,
named by their code; others announce themselves under the entry-point group `corrigenda.languages`, so that adding one
is adding one folder. No other module may know a word of any language (tests/languages holds that).
"""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corrigenda.languages.base import Language

DEFAULT = "en"
"""The language of a document or a check that names none."""
ANY = "any"
"""What a check names as its language that looks for the same in all of them."""
GROUP = "corrigenda.languages"
"""The entry-point group of languages that others add; an entry's name is the code, its object a `Language`."""


class UnknownLanguage(ValueError):  # noqa: N818 - it names the state, as the message does
    """No folder and no entry point has this code; the message lists those that there are."""


@cache
def language(code: str = DEFAULT) -> "Language":
    """Return a language by its code ("en") or by the tag of one of its standards ("en-GB").

    "", "auto" and "any" are the default language. The language's package is imported on the first call. Raises
    UnknownLanguage.
    """
    return _of(code_of(code))


@cache
def any_language(tag: str) -> "Language":
    """Return the language of a tag; one that nobody added has no words, and sentences by their marks alone."""
    # deferred: a run in English never needs it
    from corrigenda.languages.base import Language

    try:
        return language(tag)
    except UnknownLanguage:
        return Language(code_of(tag))


def code_of(tag: str) -> str:
    """Return the code of a language's tag: "en" of "en-GB", and of "", "auto" and "any"."""
    return DEFAULT if tag in ("", "auto", ANY) else tag.partition("-")[0].lower()


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


def codes() -> list[str]:
    """Return the codes of all languages, shipped and added, sorted."""
    from importlib.metadata import entry_points

    return sorted(shipped() | {entry.name for entry in entry_points(group=GROUP)})


def tags(of: Iterable[str] | None = None) -> list[str]:
    """Return what a configuration may name of some languages, or of all: each code and the tags of its standards."""
    return [tag for code in sorted(codes() if of is None else of) for tag in (code, *language(code).standards)]
