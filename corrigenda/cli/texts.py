"""The documents of a run for report writers."""

from collections.abc import Callable, Sequence
from pathlib import Path

from corrigenda.documents.document import Document
from corrigenda.documents.errors import DocumentError
from corrigenda.documents.store import DocumentStore, Source
from corrigenda.finding import Report
from corrigenda.reporting.base import CheckInfo


def texts_of(sources: Sequence[Source], store: DocumentStore) -> Callable[[str], Document | None]:
    """Return a function that gives the document of a reported path, or None when it can no longer be read."""
    by_path = {source.display: source for source in sources}

    def text(path: str) -> Document | None:
        source = by_path.get(path)
        try:
            return store.document(source) if source is not None else None
        except DocumentError:
            return None

    return text


def check_info(report: Report, folders: Sequence[Path] = ()) -> dict[str, CheckInfo]:
    """Return what reports say about the checks that found something, from the check files.

    `folders` are those with the user's own checks, which come after the shipped ones.
    """
    from corrigenda import resources
    from corrigenda.rules.check import CheckError, load

    result: dict[str, CheckInfo] = {}
    for identity in sorted({finding.check for document in report.documents for finding in document.findings}):
        where = (resources.folder("checks"), *folders)
        folder = next((folder for folder in where if (folder / f"{identity}.yaml").is_file()), None)
        if folder is None:
            continue
        path = folder / f"{identity}.yaml"
        try:
            check = load(path, folder)
        except CheckError:
            continue
        result[identity] = CheckInfo(
            check.id,
            check.summary,
            check.why,
            check.category,
            check.sources,
            tuple(example.text for example in check.wrong),
            check.fine,
        )
    return result
