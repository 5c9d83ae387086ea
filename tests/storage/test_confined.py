"""Opening what a repository names: regular files of a limited size, and no link out of a tree."""

import os
import pickle
import socket
import sys
import threading
from pathlib import Path

import pytest

from corrigenda.storage import confined

posix = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows, and it has no pipes")


def test_bytes_and_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\n\xe2\x80\xa8")
    assert confined.read_bytes(path).startswith(b"\xef\xbb\xbfone\r\n")
    assert confined.read_text(path) == "one\ntwo\nthree\n\u2028"
    path.write_bytes(b"caf\xe9")
    with pytest.raises(confined.NotText, match="byte 4"):
        confined.read_text(path)


def test_the_limit_holds_for_what_the_system_tells_no_size_of(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 100)
    assert len(confined.read_bytes(path, limit=100)) == 100
    with pytest.raises(confined.TooLarge, match="too large"):
        confined.read_bytes(path, limit=99)
    endless = Path("/proc/self/maps")
    if endless.exists():  # a regular file of 0 bytes, as it says
        assert confined.read_bytes(endless)
        with pytest.raises(confined.TooLarge):
            confined.read_bytes(endless, limit=10)


@posix
def test_what_is_no_regular_file_is_refused_without_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "device").symlink_to("/dev/zero")
    (tmp_path / "folder").mkdir()
    with socket.socket(socket.AF_UNIX) as own:
        os.chdir(tmp_path)
        monkeypatch.chdir(tmp_path)  # the path of a socket is short
        own.bind("socket")
        for name in ("pipe", "device", "folder", "socket"):
            outcome: list[BaseException] = []

            def read(name: str = name, outcome: list[BaseException] = outcome) -> None:
                try:
                    confined.read_bytes(tmp_path / name)
                except confined.NotRegular as error:
                    outcome.append(error)

            thread = threading.Thread(target=read, daemon=True)
            thread.start()
            thread.join(30)
            assert outcome, name


@posix
def test_a_file_below_a_root(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (root / "own").write_text("own", encoding="utf-8")
    (root / "sub" / "in").symlink_to("../own")
    (root / "out").symlink_to("../secret")
    (root / "up").symlink_to("..")
    assert confined.read_text(root / "sub" / "in", root=root) == "own"
    for name in ("out", "up/secret", "../secret", str(tmp_path / "secret")):
        with pytest.raises(confined.Outside):
            confined.read_text(root / name, root=root)
    (tmp_path / "root2").mkdir()
    (tmp_path / "root2" / "a").write_text("a", encoding="utf-8")
    with pytest.raises(confined.Outside):  # a name that merely begins alike
        confined.read_text(tmp_path / "root2" / "a", root=root)


def test_the_tree_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    inner = home / "work" / "project" / "docs"
    inner.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    real = os.path.realpath
    assert confined.tree_of(inner) == real(inner)
    assert confined.tree_of(inner, home / "work", tmp_path / "elsewhere") == real(home / "work")
    (home / "work" / "project" / ".git").mkdir()
    assert confined.tree_of(inner) == real(home / "work" / "project")
    (home / "work" / "project" / ".git").rmdir()
    (home / ".git").mkdir()
    assert confined.tree_of(inner) == real(inner), "a repository of all that a user has is no project"
    assert confined.tree_of(inner, home) == real(inner)
    assert confined.tree_of(home) == real(home)


@posix
def test_links_are_judged_where_they_lie(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    for name in ("tree/docs", "tree/.git", "elsewhere"):
        (tmp_path / name).mkdir(parents=True)
    (tree / "a.md").write_text("a", encoding="utf-8")
    (tree / "docs" / "in.md").symlink_to("../a.md")
    (tree / "out.md").symlink_to(tmp_path / "elsewhere" / "new.md")
    (tree / "folder").symlink_to(tmp_path / "elsewhere")
    (tree / "hidden.md").symlink_to(".git/config")
    (tree / "twice.md").symlink_to("docs/again.md")
    (tree / "docs" / "again.md").symlink_to("../../elsewhere/new.md")
    (tmp_path / "own").symlink_to("tree")
    for path in ("docs/in.md", "a.md", "docs/../a.md", "../own/docs/in.md"):
        assert confined.resolved(tree / path, tree) == os.path.realpath(tree / "a.md")
    assert confined.resolved(tmp_path / "own" / "new.md") == os.path.realpath(tree / "new.md")
    for path in ("out.md", "folder/new.md", "folder", "hidden.md", "twice.md", "docs/again.md"):
        with pytest.raises(confined.Outside):
            confined.resolved(tree / path)  # the git repository says that it is a tree
        with pytest.raises(confined.Outside):
            confined.resolved(tmp_path / "own" / path)
    (tree / ".git").rmdir()
    assert confined.resolved(tree / "out.md", tmp_path) == os.path.realpath(tmp_path / "elsewhere" / "new.md")
    with pytest.raises(confined.Outside):
        confined.resolved(tree / "out.md", tmp_path / "other", tree)


@posix
def test_links_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    with pytest.raises(OSError, match="symbolic links"):
        confined.resolved(tmp_path / "one", tmp_path)


def test_a_refusal_comes_back_from_another_process() -> None:
    error = pickle.loads(pickle.dumps(confined.TooLarge("too large")))
    assert isinstance(error, confined.TooLarge) and str(error) == error.strerror == "too large"
