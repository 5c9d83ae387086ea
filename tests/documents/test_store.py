"""The store: each file is read and parsed once, by whoever asks first, and no more documents are held than it says."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from corrigenda.documents.errors import DocumentError
from corrigenda.documents.store import DocumentStore, Source
from corrigenda.pipeline.run import run
from corrigenda.settings import Settings


class Counting:
    """Counts what a store does, by what and path."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()

    def __call__(self, what: str, path: str) -> None:
        self.counts[what, path] += 1


def sources_of(folder: Path, count: int) -> list[Source]:
    found = []
    for number in range(count):
        path = folder / f"{number}.md"
        path.write_text(f"# Text {number}\n\nWords.\n", "utf-8")
        found.append(Source(path.name, path))
    return found


def test_a_file_is_read_and_parsed_once_whatever_is_asked(tmp_path: Path) -> None:
    counting = Counting()
    store = DocumentStore(observer=counting)
    (source,) = sources_of(tmp_path, 1)
    document = store.document(source)
    assert store.digest(source) == document.sha256 == hashlib.sha256(store.data(source)).hexdigest()
    assert store.document(source) is document and store.text(source) == document.text
    assert counting.counts == {("read", "0.md"): 1, ("parse", "0.md"): 1}


def test_a_text_alone_is_not_parsed_and_not_decoded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counting = Counting()
    store = DocumentStore(observer=counting)
    (source,) = sources_of(tmp_path, 1)
    assert store.text(source) == store.text(source) == "# Text 0\n\nWords.\n"
    assert counting.counts == {("read", "0.md"): 1}
    monkeypatch.setattr("corrigenda.documents.identity.decode", None)
    document = store.document(source)
    assert document.text == store.text(source) and document.sha256 == store.digest(source)
    assert counting.counts == {("read", "0.md"): 1, ("parse", "0.md"): 1}


def test_no_more_documents_are_held_than_it_says(tmp_path: Path) -> None:
    counting = Counting()
    store = DocumentStore(documents=3, observer=counting)
    sources = sources_of(tmp_path, 5)
    first = store.document(sources[0])
    for source in sources:
        store.document(source)
    assert store.document(sources[4]) is store.document(sources[4])
    assert counting.counts["parse", "4.md"] == 1
    assert store.document(sources[0]) is not first
    assert counting.counts["parse", "0.md"] == 2


def test_large_files_make_room_early(tmp_path: Path) -> None:
    counting = Counting()
    store = DocumentStore(size=30, observer=counting)
    sources = sources_of(tmp_path, 3)
    for source in (*sources, *sources[:1]):
        store.document(source)
    assert counting.counts["read", "0.md"] == 2


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [("gone.txt", None, "no such file"), ("a.png", b"x", "not read"), ("a.txt", b"\x00\x01\x02" * 40, "binary")],
)
def test_what_cannot_be_read_is_the_same_error_each_time(
    tmp_path: Path, name: str, data: bytes | None, message: str
) -> None:
    counting = Counting()
    store = DocumentStore(observer=counting)
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    for _ in range(2):
        with pytest.raises(DocumentError, match=message):
            store.document(Source(name, path))
    path.write_text("Now it could be read.\n", "utf-8")
    with pytest.raises(DocumentError, match=message):
        store.document(Source(name, path))
    assert max(counting.counts.values(), default=1) == 1


def test_a_file_that_changes_during_a_run_is_not_read_a_second_time(tmp_path: Path) -> None:
    store = DocumentStore(documents=1)
    first, other = sources_of(tmp_path, 2)
    assert first.path is not None
    store.document(first)
    store.document(other)
    first.path.write_text("Other words.\n", "utf-8")
    with pytest.raises(DocumentError, match="changed while"):
        store.document(first)


def test_bytes_need_no_file_and_their_name_tells_the_format() -> None:
    store = DocumentStore()
    assert store.document(Source("-", data=b"# Head\n")).format == "text"
    assert store.document(Source("a.md", Path("a.md"), b"# Head\n")).format == "markdown"


def test_a_dropped_document_can_be_asked_for_again(tmp_path: Path) -> None:
    store = DocumentStore()
    (source,) = sources_of(tmp_path, 1)
    document = store.document(source)
    store.drop(source)
    assert store.document(source) == document


def test_each_file_is_read_and_parsed_once_in_a_run(tmp_path: Path) -> None:
    counting = Counting()
    sources = sources_of(tmp_path, 5)
    (tmp_path / "4.md").write_text("# Kiev\n\nIn Kiev and Kyiv they said so.\n", "utf-8")
    outcome = run(sources, Settings(), store=DocumentStore(observer=counting))
    assert any(document.findings for document in outcome.documents)
    assert counting.counts == {(what, source.display): 1 for what in ("read", "parse") for source in sources}
