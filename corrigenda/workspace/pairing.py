"""Which file each text was translated from."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from corrigenda.documents.store import Source
from corrigenda.finding import Problem
from corrigenda.workspace.discovery import FoundFile


class Pairs(NamedTuple):
    """The source of each text that has one, by the path that reports show, and what stands in the way."""

    origins: Mapping[str, Source]
    problems: list[Problem]

    def serving(self) -> frozenset[str]:
        """Return the files that serve as a source, without links: they are not checked themselves."""
        return frozenset(_real(origin.path) for origin in self.origins.values() if origin.path is not None)


class SourceError(ValueError):
    """What was said of the source cannot be used; the message is one sentence."""


def named(file: str, files: Sequence[FoundFile]) -> Pairs:
    """Return the pair of one text and the file that was named as its source. Raises SourceError."""
    if len(files) != 1:
        raise SourceError(
            f"--source {file} is one file, and {len(files):,} documents are checked; "
            "write a pattern, such as '{stem}.src{ext}'"
        )
    document, path = files[0], Path(file)
    if path.is_dir():
        raise SourceError(f"--source {file} is a folder; name a file, or a pattern such as '{file}/{{name}}'")
    if document.path is not None and _real(path) == _real(document.path):
        raise SourceError(f"--source {file} is the document itself; name the text that it was translated from")
    return Pairs({document.display: Source(path.as_posix(), path)}, [])


def _real(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))
