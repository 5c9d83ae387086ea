"""Entries of lexicons prove themselves by their own sentences, as checks do (corrigenda.pipeline.examples).

Each sentence is read as a text of its own; for an entry that wants a topic a paragraph with words of that topic stands
behind it.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from corrigenda.languages import language
from corrigenda.pipeline.checker import Checker
from corrigenda.pipeline.compile import compile_checks
from corrigenda.pipeline.examples import Failure, read_example
from corrigenda.pipeline.index import assemble
from corrigenda.rules.check import Check, parse_example
from corrigenda.rules.hit import Hit
from corrigenda.rules.lexicon import lexicons
from corrigenda.settings import PREVIEW, Settings

_NO_MODELS = {"embeddings": "off", "language-model": "off", "grammar": "off"}


class Example(NamedTuple):
    """One sentence of an entry: where it stands, its text and the spans that have to be found."""

    check: str
    entry: str
    path: Path
    line: int
    text: str
    spans: tuple[tuple[int, int], ...]


def failures(checks: Sequence[Check], folders: Iterable[str] = ()) -> list[Failure]:
    """Run the sentences of all entries that some checks take from lexicons, and return those that do not come out.

    `checks` and `folders` are those of `proofs`. Raises CheckError for an entry that cannot be compiled.
    """
    result = [
        Failure(example.entry, example.path, example.line, message)
        for example, hits in proofs(checks, folders)
        if (message := fault(example, hits))
    ]
    return sorted(result, key=lambda failure: (failure.path, failure.line))


def proofs(checks: Sequence[Check], folders: Iterable[str] = ()) -> list[tuple[Example, list[Hit]]]:
    """Return the sentences of all entries that some checks take from lexicons, with the hits of the entry itself.

    Args:
        checks: The checks; those without a lexicon are left out.
        folders: Names of folders of corpora/lexicons; none for all.

    Raises CheckError for an entry that cannot be compiled.
    """
    own = [check for check in checks if "lexicon" in check.options]
    wanted = frozenset(folders)
    examples = [example for check in own for example in _examples(check, wanted)]
    if not examples:
        return []
    index = assemble([compile_checks(own)], enabled=("all", PREVIEW))
    documents = [read_example(example.text, f"{example.entry} {n}") for n, example in enumerate(examples)]
    found: list[list[Hit]] = [[] for _ in examples]
    with Checker(index, Settings(engines=_NO_MODELS)) as checker:
        for hit in checker.hits(documents):
            if hit.evidence.get("entry") == examples[hit.document].entry:
                found[hit.document].append(hit)
    return list(zip(examples, found, strict=True))


def _examples(check: Check, folders: frozenset[str]) -> Iterable[Example]:
    for lexicon in lexicons(check.options["lexicon"]):
        if folders and lexicon.path.parent.name not in folders:
            continue
        for entry, line in zip(lexicon.entries, lexicon.lines, strict=True):
            behind = _topical(entry, check.language)
            for text in _texts(entry, "wrong"):
                plain, spans = parse_example(text)
                yield Example(check.id, entry["id"], lexicon.path, line, plain + behind, spans)
            for text in _texts(entry, "fine"):
                yield Example(check.id, entry["id"], lexicon.path, line, text, ())


def _texts(entry: Mapping[str, Any], key: str) -> list[str]:
    said = entry.get(key, [])
    return [said] if isinstance(said, str) else list(said)


def _topical(entry: Mapping[str, Any], code: str) -> str:
    """Return a paragraph that gives the text the first of the entry's topics."""
    said = entry.get("topic", ())
    topics = [said] if isinstance(said, str) else list(said)
    if not topics:
        return ""
    return "\n\nOther words here: " + ", ".join(language(code).topics.words(topics[0])[:4]) + "."


def fault(example: Example, hits: Sequence[Hit]) -> str:
    """Return what is wrong with the hits in a sentence; "" where they are those that it has to have."""
    spans = tuple(dict.fromkeys(sorted((hit.start, hit.end) for hit in hits)))
    if spans == example.spans:
        return ""
    said = ", ".join(repr(example.text[start:end]) for start, end in spans) or "nothing"
    if not example.spans:
        return f"must not be found in {example.text[:120]!r}, but {said} was"
    wanted = ", ".join(repr(example.text[start:end]) for start, end in example.spans)
    return f"must find {wanted} in {example.text[:120]!r}, but found {said}"
