"""From a path to a document: what is read, what is refused, and that nothing heavy is imported for it."""

import errno
import hashlib
import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corrigenda.documents import registry as reading
from corrigenda.documents.document import Document
from corrigenda.documents.encodings.decode import MAX_BYTES
from corrigenda.documents.errors import Unreadable, Unwritable
from corrigenda.documents.parts import Edit


def refusal(path: Path, **options: int) -> str:
    with pytest.raises(Unreadable) as caught:
        reading.read(path, path.name, **options)
    assert "\n" not in caught.value.message
    return caught.value.message


COPY = ("markdown", "text")
"""Formats whose files are nothing but copy, so that any bytes of text are a file of theirs."""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.txt", "text"),
        ("A.TXT", "text"),
        ("a.text", "text"),
        ("README", "text"),
        ("a.md", "markdown"),
        ("a.Markdown", "markdown"),
        ("a.mdown", "markdown"),
        ("a.mkd", "markdown"),
        ("a.mdx", "markdown"),
        ("a.docx", "docx"),
        ("a.idml", None),
        ("a.py", None),
    ],
)
def test_the_name_announces_the_format(name: str, expected: str | None) -> None:
    assert reading.format_of(name) == expected


@pytest.mark.parametrize("name", reading.formats())
def test_each_reader_says_what_the_registry_says(name: str) -> None:
    reader = reading.reader(name)
    assert reader.format == name
    assert all(reading.format_of("file" + suffix) == name for suffix in reader.suffixes)


def test_a_file_is_read_with_its_hash(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"One line.\r\n")
    document = reading.read(file, "shown/a.txt")
    assert document.path == "shown/a.txt"
    assert document.text == "One line.\r\n"
    assert document.encoding.newline == "\r\n"
    assert document.sha256 == hashlib.sha256(b"One line.\r\n").hexdigest()


def test_an_empty_file_is_a_document_without_blocks(tmp_path: Path) -> None:
    for name in ("a.txt", "a.md"):
        file = tmp_path / name
        file.write_bytes(b"")
        document = reading.read(file, name)
        assert (document.text, document.blocks, document.regions, document.quotations) == ("", (), (), ())
        assert document.line_and_column(0) == (1, 1)


def test_a_missing_file(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "gone.txt")


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "folder.txt"
    folder.mkdir()
    assert refusal(folder) == "This is a folder, not a file."


def test_a_format_that_is_not_read(tmp_path: Path) -> None:
    assert "Files ending in .idml are not read" in refusal(tmp_path / "a.idml")
    assert "save it as .docx and check that" in refusal(tmp_path / "a.doc")
    assert "macros" in refusal(tmp_path / "a.DOCM")


def test_a_file_over_the_limit_is_not_even_loaded(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    with file.open("wb") as handle:
        handle.truncate(3 * 1024**3)  # a sparse file: no disk holds three gigabytes for this
    assert refusal(file).startswith("The file is too large: 3,072.0 MB")


@pytest.mark.skipif(sys.platform == "win32" or not hasattr(os, "geteuid"), reason="permissions are POSIX here")
def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"x")
    file.chmod(0)
    if os.geteuid() == 0:  # root reads all, so the system's answer is put in its place
        monkeypatch.setattr(os, "open", lambda *_, **__: (_ for _ in ()).throw(PermissionError(errno.EACCES, "no")))
    assert "permission denied" in refusal(file)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_link_that_leads_to_itself(tmp_path: Path) -> None:
    link = tmp_path / "loop.txt"
    link.symlink_to(link)
    assert "leads in a circle" in refusal(link)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert refusal(pipe) == "This is not a regular file."


def test_a_path_with_a_nul() -> None:
    assert "no file name can have" in refusal(Path("a\0b.txt"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file names")
def test_a_path_with_a_newline_is_read(tmp_path: Path) -> None:
    file = tmp_path / "two\nlines.txt"
    file.write_text("A sentence.", encoding="utf-8")
    assert reading.read(file, "two\nlines.txt").text == "A sentence."


def test_standard_input_is_text_unless_said() -> None:
    assert reading.read_bytes(b"# Head", "-").format == "text"
    assert reading.read_bytes(b"# Head", "-", "markdown").format == "markdown"
    with pytest.raises(Unreadable, match=r"no format 'word'. Formats are .*markdown, .*text"):
        reading.read_bytes(b"x", "-", "word")


@pytest.mark.parametrize("name", COPY)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_corrections_leave_every_other_byte_alone(name: str, codec: str) -> None:
    data = "Caf\u00e9 one.\r\n\r\nThe cat sat sat here.\r\nEnd.\r\n".encode(codec)
    document = reading.read_bytes(data, "-", name)
    reader = reading.reader(name)
    assert reader.write(data, document, []) == data
    start = document.text.index(" sat here")
    changed = reader.write(data, document, [Edit(start, start + 4, ""), Edit(0, 4, "Caf\u00e9\nand")])
    assert changed == data.decode(codec).replace("sat sat", "sat").replace("Café", "Café\r\nand").encode(codec)


def test_corrections_that_meet_are_refused() -> None:
    document = reading.read_bytes(b"abcdef", "-")
    with pytest.raises(Unwritable, match="Two corrections meet"):
        reading.written(b"abcdef", document, [Edit(0, 3, "x"), Edit(2, 4, "y")])
    with pytest.raises(Unwritable):
        reading.written(b"abcdef", document, [Edit(5, 9, "x")])


def test_a_document_survives_pickling() -> None:
    document = reading.read_bytes("He said “go”.\n\nVisit http://example.org now.".encode(), "a.txt")
    assert document.quotations and document.masked
    copy = pickle.loads(pickle.dumps(document))
    assert isinstance(copy, Document)
    assert (copy, copy.quotations, copy.masked) == (document, document.quotations, document.masked)


def test_refusals_survive_pickling() -> None:
    copy = pickle.loads(pickle.dumps(Unreadable("why")))
    assert isinstance(copy, Unreadable) and copy.message == "why"


def test_reading_plain_text_imports_nothing_heavy(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("A plain sentence.\n", encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from corrigenda.documents.registry import read;"
        f"read(Path({str(file)!r}), 'a').masked;"
        "print(*sorted({'tree_sitter', 'tree_sitter_markdown', 'charset_normalizer', 'pathspec', 'spacy', 'numpy'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.strip() == ""


def test_five_kilobytes_are_read_in_two_milliseconds(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(
        "\n".join(["The committee met on Tuesday and put off its decision until the spring."] * 70), "utf-8"
    )
    times = []
    for _ in range(20):
        began = time.process_time()
        assert reading.read(file, "a").masked == ()
        times.append(time.process_time() - began)
    assert min(times) < 0.002


@pytest.mark.parametrize("name", COPY)
def test_one_line_as_long_as_a_file_may_be(name: str) -> None:
    began = time.process_time()
    document = reading.read_bytes(b"word and " * (MAX_BYTES // 9), "-", name)
    assert len(document.blocks) == 1
    assert document.quotations == () and document.masked == ()
    assert document.line_and_column(4_000_000) == (1, 4_000_001)
    assert time.process_time() - began < 60  # seconds; a small part of it on an idle machine


def test_a_million_short_lines_are_refused() -> None:
    for name in COPY:
        with pytest.raises(Unreadable, match=r"lines\. Split it"):
            reading.read_bytes(b"a\n" * 1_000_000, "-", name)
