"""What is known of a text beside itself, as the reader is told it: where it comes from, and what was found in it.

Little of it, and always in the same words: what is told is part of the request, and of what its answer is kept by.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from corrigenda import resources
from corrigenda.documents.document import Document
from corrigenda.documents.parts import RegionKind
from corrigenda.finding import Finding, Severity

LONGEST_TITLE = 200
_FRONT_MATTER = 20_000
"""Code points of front matter in which a title is looked for."""
_TITLE = re.compile(r"""^title[ \t]*[:=][ \t]*(.*)$""", re.MULTILINE)


class Mark(NamedTuple):
    """A place `[start, end)` of a document that a rule found, and what it is, in two or three words."""

    start: int
    end: int
    what: str


class Known(NamedTuple):
    """What is known of a document: the code of the language that it comes from, "" for nothing, and the places that
    are marked already.
    """

    source: str = ""
    marks: tuple[Mark, ...] = ()


NOTHING = Known()


def marks(findings: Iterable[Finding]) -> tuple[Mark, ...]:
    """Return what the reader need not say again: the places of warnings and errors, each once.

    Suggestions are not told. What a rule only suspects is worth more when a reader who was not told of it agrees.
    """
    found: dict[tuple[int, int], Mark] = {}
    for finding in sorted(findings, key=lambda one: one.sort_key):
        if finding.severity.rank >= Severity.WARNING.rank:
            what = finding.check.rpartition("/")[2].replace("-", " ")
            found.setdefault((finding.start, finding.end), Mark(finding.start, finding.end, what))
    return tuple(found.values())


def title(document: Document) -> str:
    """Return the title that a document's front matter gives it, else its first heading; "" without either."""
    for region in document.regions:
        if region.kind is RegionKind.FRONT_MATTER:
            told = _TITLE.search(document.text[region.start : min(region.end, region.start + _FRONT_MATTER)])
            own = told.group(1).strip().strip("\"'").strip() if told is not None else ""
            if any(letter.isalpha() for letter in own):
                return " ".join(own.split())[:LONGEST_TITLE]
    heading = next((block for block in document.blocks if block.kind is RegionKind.HEADING), None)
    return " ".join(heading.view.text.split())[:LONGEST_TITLE] if heading is not None else ""


@cache
def sources() -> Mapping[str, str]:
    """Return by the codes of languages what is told of a text that comes from there."""
    table = _table("sources")
    return MappingProxyType(
        {
            code: table["told"].replace("{name}", name).replace("{leaves}", group["leaves"].strip())
            for group in table["sources"]
            for code, name in group["names"].items()
        }
    )


@cache
def profiles() -> Mapping[str, str]:
    """Return by the profiles' names what the reader is told of such a text."""
    table = _table("profiles")["profiles"]
    return MappingProxyType({name: group["told"].strip() for group in table for name in group["names"]})


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.path("corpora", "prompts", f"{name}.toml").read_text(encoding="utf-8"))


def introduction(source: str) -> str:
    """Return what stands before a text of which the source is known (a language tag), "" where nothing is."""
    told = sources().get(source.replace("_", "-").partition("-")[0].lower(), "")
    return f"{told}\n\n" if told else ""
