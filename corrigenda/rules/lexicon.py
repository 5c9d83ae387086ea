"""Lexicons: what translation from one language leaves behind, an entry a paragraph, in corpora/lexicons.

A folder is a source language (or several that share their slips), a file a kind: senses, idioms, terms. A check of the
detector `phrases` names a kind (`lexicon: idioms`) and gets the entries of that kind in every folder, each as if it
stood in the check itself. Only compiling reads them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Required, TypedDict

from corrigenda import resources
from corrigenda.errors import CheckError, did_you_mean
from corrigenda.finding import Severity
from corrigenda.rules.options import Corrections, Near, Text, Words

if TYPE_CHECKING:
    from corrigenda.rules.check import Check

LexiconEntry = TypedDict(
    "LexiconEntry",
    {
        "id": Required[str],
        "source": Required[str],
        "find": Required[Text | Words],
        "right": Corrections,
        "if": Near,
        "unless": Near,
        "except": Words,
        "topic": Text | Words,
        "weak": bool,
        "severity": Severity,
        "languages": Words,
        "wrong": Required[Words],
        "fine": Required[Words],
        "from": Required[str],
    },
    total=False,
)
"""What an entry of a lexicon may have; `Lexicon` says what the keys mean.

id         kebab-case, begins with the folder's name or the language's; unique in all lexicons
source     the word or phrase of the source language, in its own script
find       patterns in the short form, of which ⟦ ⟧ mark what has to change
right      corrections, the likeliest first; none where only a person can say
topic      subjects of which the text must have one (corpora/topics.tsv)
weak       native writers use these words too: reported only where other findings show that the text was translated
wrong      sentences with ⟦ ⟧ around what must be found
fine       sentences in which the same words are right
from       "knowledge", or "reading" and the material in which it was met
"""

KEYS = frozenset(LexiconEntry.__annotations__)
SCHEMA = 1
"""Of the files; another is refused."""
_ID = re.compile(r"^\s*-\s+id:", re.MULTILINE)


class Lexicon(NamedTuple):
    """One file: the languages that its entries come from, the entries, and the line of each."""

    path: Path
    languages: tuple[str, ...]
    entries: tuple[Mapping[str, Any], ...]
    lines: tuple[int, ...]


def kinds() -> frozenset[str]:
    """Return the kinds of which there is a file in some folder."""
    return frozenset(path.stem for path in _files("*"))


def lexicons(kind: str = "*") -> Iterator[Lexicon]:
    """Yield the files of a kind, or all, sorted by folder. Raises CheckError for what cannot be used."""
    for path in _files(kind):
        yield read(path)


def read(path: Path) -> Lexicon:
    """Read one file. Raises CheckError with the line of what cannot be used."""
    import yaml

    from corrigenda.rules.yaml_file import loaded  # deferred: only compiling reads lexicons

    text = path.read_text(encoding="utf-8")
    lines = tuple(text.count("\n", 0, found.end()) + 1 for found in _ID.finditer(text))
    try:
        data = loaded(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        raise CheckError(path, mark.line + 1 if mark else 1, f"this is not valid YAML: {problem}") from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA or not isinstance(data.get("entries"), list):
        raise CheckError(path, 1, f"a lexicon begins with 'schema: {SCHEMA}', then 'languages:' and 'entries:'")
    entries = tuple(data["entries"])
    if len(lines) != len(entries):
        raise CheckError(path, 1, "every entry begins with '- id:'")
    for entry, line in zip(entries, lines, strict=True):
        for key in entry:
            if key not in KEYS:
                hint = did_you_mean(str(key), KEYS, otherwise=f"known here: {', '.join(sorted(KEYS))}")
                raise CheckError(path, line, f"{key!r} is not a key of an entry; {hint}")
        if not entry.get("find"):
            raise CheckError(path, line, "the entry looks for nothing; give it 'find'")
    return Lexicon(path, tuple(data.get("languages", ())), entries, lines)


def parts(check: "Check", kind: str) -> Iterator[tuple["Check", Mapping[str, Any], int]]:
    """Yield the entries of a kind as entries of a check: the check as if it stood in the file, the entry, its number.

    Raises CheckError where there is no such kind.
    """
    known = kinds()
    if kind not in known:
        hint = did_you_mean(kind, known, otherwise=f"there are: {', '.join(sorted(known))}")
        raise CheckError(check.path, check.line("lexicon"), f"no folder of corpora/lexicons has {kind}.yaml; {hint}")
    for lexicon in lexicons(kind):
        own = replace(
            check,
            path=lexicon.path,
            lines={("entries", number): line for number, line in enumerate(lexicon.lines)},
        )
        for number, entry in enumerate(lexicon.entries):
            written = {key: value for key, value in entry.items() if key not in ("right", "wrong", "fine", "from")}
            written["corrections"] = entry.get("right", [])
            written.setdefault("languages", list(lexicon.languages))
            yield own, written, number


def _files(kind: str) -> list[Path]:
    return sorted(resources.path("corpora", "lexicons").glob(f"*/{kind}.yaml"))
