"""A new document format is one file."""

from pathlib import Path

import pytest

from corrigenda.documents import formats, registry
from tests.conftest import HOUSE_TERM, Corrigenda

MODULE = '''
"""Notes: each line that begins with a full stop is a paragraph, and nothing else is copy."""

from corrigenda.documents import views
from corrigenda.documents.document import Document
from corrigenda.documents.identity import IdentityReader
from corrigenda.documents.parts import Block, Encoding, RegionKind

SUFFIXES = (".note", ".notes")


class NotesReader(IdentityReader):
    format = "notes"
    suffixes = SUFFIXES

    def parse(self, text: str, display: str, encoding: Encoding, sha256: str) -> Document:
        blocks = []
        at = 0
        for line in text.splitlines(keepends=True):
            start, end = at + 1, at + len(line.rstrip())
            if line.startswith("."):
                blocks.append(Block(RegionKind.PROSE, start, end, views.plain(text, start, end)))
            at += len(line)
        return Document(display, text, "notes", (), tuple(blocks), encoding, sha256)


READER = NotesReader()
'''


def test_one_file_is_a_format(tmp_path: Path, corrigenda: Corrigenda, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own" / "house").mkdir(parents=True)
    (tmp_path / "own" / "house" / "term.yaml").write_text(HOUSE_TERM, "utf-8")
    (tmp_path / "corrigenda.toml").write_text(
        'check-folders = ["own"]\ndisable = ["all"]\nenable = ["house"]\n', "utf-8"
    )
    (tmp_path / "formats").mkdir()
    (tmp_path / "formats" / "notes.py").write_text(MODULE, "utf-8")
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path / "formats")])
    registry.forget()
    try:
        file = tmp_path / "a.notes"
        file.write_text(".A fair on the territory of a port.\nWords on the territory of nothing.\n", "utf-8")
        outcome = corrigenda("fix", "--unsafe", ".")
        assert (outcome.code, file.read_text("utf-8")) == (
            0,
            ".A fair in a port.\nWords on the territory of nothing.\n",
        ), outcome.err
    finally:
        monkeypatch.undo()
        registry.forget()


def test_endings_are_read_without_importing_a_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    registry.forget()
    monkeypatch.setattr(registry, "import_module", None)
    assert registry.format_of("a.mdx") == "markdown" and registry.format_of("a") == "text"


def test_data_is_taken_in_folders_only_where_its_format_is_named(
    tmp_path: Path, corrigenda: Corrigenda, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own" / "house").mkdir(parents=True)
    (tmp_path / "own" / "house" / "term.yaml").write_text(HOUSE_TERM, "utf-8")
    configuration = 'check-folders = ["own"]\ndisable = ["all"]\nenable = ["house"]\n'
    (tmp_path / "corrigenda.toml").write_text(configuration, "utf-8")
    (tmp_path / "formats").mkdir()
    module = MODULE.replace("SUFFIXES =", "IN_FOLDERS = False\nSUFFIXES =", 1)
    (tmp_path / "formats" / "notes.py").write_text(module, "utf-8")
    monkeypatch.setattr(formats, "__path__", [*formats.__path__, str(tmp_path / "formats")])
    registry.forget()
    try:
        (tmp_path / "pages").mkdir()
        (tmp_path / "pages" / "a.notes").write_text(".A fair on the territory of a port.\n", "utf-8")
        assert "a.notes" not in corrigenda("check", "pages").out
        assert "a.notes" in corrigenda("check", "pages/a.notes").out
        (tmp_path / "corrigenda.toml").write_text('formats = ["notes"]\n' + configuration, "utf-8")
        assert "a.notes" in corrigenda("check", "pages").out
    finally:
        monkeypatch.undo()
        registry.forget()
