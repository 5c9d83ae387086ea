"""Files of data that installed packages carry: read or refused in one line, and a correction changes its place."""

import sysconfig
from collections.abc import Iterator
from pathlib import Path

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Edit
from tests.conftest import absent

ENDINGS = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".srt": "srt",
    ".vtt": "vtt",
    ".eml": "eml",
}
MOST = 25
LARGEST = 60_000


def files() -> Iterator[tuple[Path, str]]:
    """Some files of each format, in a fixed order."""
    site = Path(sysconfig.get_paths()["purelib"])
    for ending, name in ENDINGS.items():
        found = sorted(path for path in site.rglob(f"*{ending}") if 0 < path.stat().st_size <= LARGEST)
        step = max(1, len(found) // MOST)
        yield from ((path, name) for path in found[::step][:MOST])


def test_files_of_packages_are_read_and_written() -> None:
    read = refused = corrected = 0
    for path, name in files():
        data = path.read_bytes()
        try:
            document = registry.read_bytes(data, path.name, name)
        except Unreadable as error:
            assert "\n" not in error.message
            refused += 1
            continue
        read += 1
        assert registry.written(data, document, []) == data, path
        corrected += sum(_corrects(document, number, path) for number in range(len(document.blocks))[:2])
    if read + refused < 20:
        absent("few packages are installed that carry files of data")
    assert read > refused
    assert corrected > 20


def _corrects(document: Document, number: int, path: Path) -> bool:
    """Whether a letter of a block could be changed; then nothing else of the file changed."""
    block = document.blocks[number]
    at = next((at for at, sign in enumerate(block.view.text) if sign.isalpha()), None)
    if at is None:
        return False
    span = block.view.to_document(at, at + 1)
    edit = registry.spelled(document, Edit(span.start, span.end, "Q"))
    after = registry.edited(document, [edit])
    if document.origin is None:
        assert after.text == document.text[: span.start] + "Q" + document.text[span.end :], path
    part, now = document.embedded_at(span.start), after.embedded_at(span.start)
    assert part is not None and now is not None and now.label == part.label, path
    return True
