"""Pages that other programs wrote and packages carry, as Sphinx, docutils, mdBook, rustdoc and people make them."""

import sysconfig
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from corrigenda.documents.errors import DocumentError
from corrigenda.documents.formats.html import READER
from corrigenda.documents.html import source
from corrigenda.documents.html.events import Said
from tests.conftest import absent

FOLDERS = (
    Path(sysconfig.get_paths()["purelib"]),
    Path("/usr/share/doc"),
    Path("/usr/share/javascript"),
    Path("/usr/lib/python3"),
)
MOST = 80
OF_EACH = 4


def pages() -> list[Path]:
    """Return some pages, from as many packages as there are."""
    found: list[Path] = []
    taken: Counter[Path] = Counter()
    for folder in FOLDERS:
        if not folder.is_dir():
            continue
        for path in islice(sorted((*folder.rglob("*.html"), *folder.rglob("*.htm"))), 2_000):
            if path.is_file() and path.stat().st_size < 1_000_000 and taken[path.parent] < OF_EACH:
                taken[path.parent] += 1
                found.append(path)
    return found[:MOST]


PAGES = pages()


def test_packages_carry_pages() -> None:
    if not PAGES:
        absent("no package carries a page here")
    assert len(PAGES) >= 2


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_is_read_and_written_as_it_was(path: Path) -> None:
    data = path.read_bytes()
    try:
        document = READER.read(data, path.name)
    except DocumentError as error:
        assert "\n" not in error.message
        return
    assert READER.write(data, document, []) == data
    events = source.parsed(document.text).events
    for event in events:
        if isinstance(event, Said) and event.end - event.start == len(event.value):
            assert document.text[event.start : event.end].replace("\r", "\n") == event.value
    for block in document.blocks:
        assert block.view.text.strip() and document.text[block.start : block.end]
        assert block.view.to_document(0, len(block.view.text)) == (block.start, block.end)
