"""What holds for every document of a markup language, and what its tests share."""

import re
import time
from collections.abc import Callable
from pathlib import Path

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.documents.parts import Edit, RegionKind


def hold(document: Document, *, letters: bool = True) -> Document:
    """Assert that regions and views are sound: every character of a view leads to what it is read from."""
    text = document.text
    assert all(0 <= region.start < region.end <= len(text) for region in document.regions)
    keys = [(region.start, -region.end) for region in document.regions]
    assert keys == sorted(keys)
    starts = [(block.start, -block.end) for block in document.blocks]
    assert starts == sorted(starts)
    for block in document.blocks:
        assert block.start < block.end <= len(text)
        assert block.view.text == block.view.text.strip() != ""
        at = 0
        before = -1
        for view_start, view_length, start, length in block.view.segments:
            assert view_start == at and view_length > 0 and before <= start
            at += view_length
            before = start + length
            shown, written = block.view.text[view_start:at], text[start:before]
            if view_length == length and not written.isspace() and letters:
                assert all(a == b or not b.isalnum() for a, b in zip(shown, written, strict=True)), (shown, written)
        assert at == len(block.view.text)
    return document


def read(text: str, name: str, *, newline: str = "\n") -> Document:
    """Return the document of a text in a format, which holds, and is written back as it was."""
    data = text.replace("\n", newline).encode()
    document = hold(registry.read_bytes(data, f"a.{name}", name))
    assert document.format == name
    assert document.text.encode() == data
    assert registry.written(data, document, []) == data
    return document


def shown(document: Document) -> list[tuple[str, str]]:
    """Return kind and words of each block."""
    return [(block.kind.value, block.view.text) for block in document.blocks]


def words(text: str, name: str) -> list[str]:
    """Return the words of each block of a text."""
    return [block.view.text for block in read(text, name).blocks]


def judged(document: Document) -> str:
    """Return what may be judged of a document: its views without what is masked in them."""
    pieces = []
    for block in document.blocks:
        letters = list(block.view.text)
        for span in document.masked_in(block.start, block.end):
            seen = block.view.span_of(span.start, span.end)
            letters[seen.start : seen.end] = " " * len(seen)
        pieces.append("".join(letters))
    return "\n".join(pieces)


def code(document: Document) -> list[str]:
    """Return what is masked as code."""
    return [document.text[region.start : region.end] for region in document.regions_of(RegionKind.CODE)]


def corrected(document: Document, old: str, new: str) -> str:
    """Return the text with words of one block corrected, as `fix` does it; nothing else may change."""
    for block in document.blocks:
        at = block.view.text.find(old)
        if at >= 0:
            span = block.view.to_document(at, at + len(old))
            edit = registry.spelled(document, Edit(span.start, span.end, new))
            data = registry.written(document.text.encode(), document, [edit])
            assert registry.edited(document, [edit]).text.encode() == data
            return data.decode()
    raise AssertionError(f"{old!r} is not in the text")


def changes_alone(name: str, sample: str, number: int, put: str) -> None:
    """Assert that a correction of the first word of one of a sample's blocks changes the characters of that word."""
    document = read(sample, name)
    block = document.blocks[number % len(document.blocks)]
    word = re.search(r"[^\W_]+", block.view.text)
    assert word is not None
    changed = corrected(document, word[0], put)
    block = next(block for block in document.blocks if word[0] in block.view.text)
    at = block.view.text.index(word[0])
    span = block.view.to_document(at, at + len(word[0]))
    assert changed.startswith(document.text[: span.start]) and changed.endswith(document.text[span.end :])


def harmless(document: Document, old: str, new: str) -> bool:
    """Return whether a correction of the first place of some words leaves what programs read."""
    start = document.text.index(old)
    edit = Edit(start, start + len(old), new)
    return registry.harmless(document, [edit]) == [edit]


def in_time(name: str, texts: dict[str, str], *, seconds: float = 10.0) -> None:
    """Assert that texts are read, or refused in one line, in time that grows with their length and no faster."""
    from corrigenda.documents.errors import Unreadable

    for what, text in texts.items():
        start = time.process_time()
        try:
            hold(registry.read_bytes(text.encode(), f"a.{name}", name))
        except Unreadable as error:
            assert "\n" not in error.message, what
        assert time.process_time() - start < seconds, what


def hostile(marks: str, number: int = 100_000) -> dict[str, str]:
    """Return texts of nothing but one mark after the other (given with spaces between them), closed or not."""
    texts: dict[str, str] = {}
    for mark in marks.split():
        texts[mark] = mark * number
        texts[f"{mark} a"] = f"{mark} a" * (number // 2)
        texts[f"{mark} line"] = f"{mark}x\n" * (number // 4)
    texts["deep"] = "".join(" " * min(n, 400) + "- a\n" for n in range(3_000))
    texts["marks on a line"] = "- " * number + "a"
    texts["ragged"] = "".join(" " * (n % 400) + "a\n" for n in range(5_000))
    texts["copy"] = ("The ferry left the harbour in the morning. " * 12 + "\n\n") * 1_000
    return texts


def files(pattern: str, *folders: Path, smallest: int = 2_000, most: int = 12) -> list[Path]:
    """Return files of this machine's packages, in a fixed order."""
    found = (path for folder in folders if folder.is_dir() for path in folder.rglob(pattern))
    return sorted(path for path in found if path.is_file() and path.stat().st_size >= smallest)[:most]


FILES = Path(__file__).with_name("files")
"""Documents that others wrote; its README says whose they are."""

Render = Callable[[str, str], str]
"""Returns a paragraph as a format writes it, given its kind and its words."""
