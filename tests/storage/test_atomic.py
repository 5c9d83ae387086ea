"""Writing files: whole or not at all, with what the old one had, and through no link that leads elsewhere."""

import errno
import hashlib
import os
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from corrigenda.storage import atomic, confined
from corrigenda.storage.atomic import ChangedMeanwhile, correct_file, replace_file, sweep, write_output

posix = pytest.mark.skipif(sys.platform == "win32", reason="owners, permissions and links are POSIX here")
linux = pytest.mark.skipif(sys.platform != "linux", reason="asked of Linux alone")
OLD, NEW = b"They utilise boats.\n", b"They use boats.\n"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_bytes(OLD)
    return path


def correct(path: Path, *, backup: bool = False) -> atomic.Written:
    return correct_file(path, NEW, expected=hashlib.sha256(OLD).hexdigest(), backup=backup)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_that_changed_since_it_was_read_is_refused(text: Path) -> None:
    text.write_bytes(b"Somebody else wrote this.\n")
    with pytest.raises(ChangedMeanwhile):
        correct(text, backup=True)
    assert text.read_bytes() == b"Somebody else wrote this.\n"
    assert names(text.parent) == ["a.md"]
    text.unlink()
    with pytest.raises(ChangedMeanwhile):
        correct(text)
    assert names(text.parent) == []


@pytest.mark.parametrize("way", ["in place", "replaced"])
@pytest.mark.parametrize("step", ["before the last look", "after it"])
@linux
def test_a_change_up_to_the_rename_is_noticed(text: Path, monkeypatch: pytest.MonkeyPatch, way: str, step: str) -> None:
    theirs = b"Somebody else wrote this.\n"

    def write() -> None:
        if way == "in place":
            text.write_bytes(theirs)
        else:
            other = text.with_name("theirs")
            other.write_bytes(theirs)
            other.replace(text)

    if step == "before the last look":
        dress = atomic._dress

        def interrupted(*arguments: Any) -> Any:
            write()
            return dress(*arguments)

        monkeypatch.setattr(atomic, "_dress", interrupted)
    else:
        exchange = atomic.exchange
        asked: list[int] = []

        def exchanged(*arguments: Any) -> bool:
            asked.append(1)
            if len(asked) == 1:
                write()
            return exchange(*arguments)

        monkeypatch.setattr(atomic, "exchange", exchanged)
    with pytest.raises(ChangedMeanwhile):
        correct(text)
    assert text.read_bytes() == theirs
    assert names(text.parent) == ["a.md"]


@linux
def test_two_files_change_places_in_one_step(text: Path) -> None:
    other = text.with_name("b.md")
    other.write_bytes(NEW)
    places = text.stat().st_ino, other.stat().st_ino
    if not atomic.exchange(text, other):
        pytest.skip("this file system does not exchange files")
    assert (other.stat().st_ino, text.stat().st_ino) == places
    assert text.read_bytes() == NEW
    assert not atomic.exchange(text, other.with_name("gone"))


def test_without_an_exchange_it_is_replaced(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "exchange", lambda *_: False)
    correct(text)
    assert text.read_bytes() == NEW and names(text.parent) == ["a.md"]


@posix
def test_permissions_and_times(text: Path) -> None:
    text.chmod(0o640)
    os.utime(text, (1_000_000_000, 1_100_000_000))
    before = time.time() - 60
    assert correct(text).lost == ()
    status = text.stat()
    assert stat.S_IMODE(status.st_mode) == 0o640
    assert status.st_atime == 1_000_000_000
    assert status.st_mtime > before, "who watches the file must see that it changed"


@posix
def test_owner_and_rights_to_run_as_somebody_else(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = text.stat().st_uid
    if os.geteuid() == 0:
        os.chown(text, 4321, 1234)
        text.chmod(0o6750)
        assert correct(text).lost == ()
        status = text.stat()
        assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (4321, 1234, 0o6750)
        text.write_bytes(OLD)
        os.chown(text, 4321, 1234)
        text.chmod(0o6750)
    asked: list[tuple[int, int]] = []

    def refuse(path: Path, owner: int, group: int) -> None:
        asked.append((owner, group))
        raise PermissionError(errno.EPERM, "no")

    monkeypatch.setattr(os, "chown", refuse)
    look = atomic._look

    def another(path: Path, expected: str) -> Any:  # the file of somebody else, as this user sees it
        data, status = look(path, expected)
        values = list(status)
        values[stat.ST_UID] = mine + 1
        return data, os.stat_result(values, {"st_atime_ns": 0, "st_mtime_ns": 0})

    if os.geteuid() != 0:
        monkeypatch.setattr(atomic, "_look", another)
    written = correct(text)
    assert written.lost == ("owner",)
    assert text.read_bytes() == NEW
    assert not text.stat().st_mode & (stat.S_ISUID | stat.S_ISGID)
    assert asked and asked[-1][0] == -1, "the group may still be given"


@linux
def test_extended_attributes(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        os.setxattr(text, "user.origin", b"https://example.org")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    written = correct(text, backup=True)
    assert written.lost == ()
    assert os.getxattr(text, "user.origin") == b"https://example.org"
    assert written.backup is not None and os.getxattr(written.backup, "user.origin") == b"https://example.org"
    text.write_bytes(OLD)

    def refuse(*_: Any) -> None:
        raise OSError(errno.ENOTSUP, "no")

    monkeypatch.setattr(os, "setxattr", refuse)
    assert correct(text).lost == ("attribute user.origin",)
    assert text.read_bytes() == NEW


@posix
def test_several_names_and_read_only_files_are_refused(text: Path) -> None:
    os.link(text, text.with_name("b.md"))
    with pytest.raises(confined.Refused, match="2 names"):
        correct(text, backup=True)
    assert names(text.parent) == ["a.md", "b.md"]
    assert text.read_bytes() == text.with_name("b.md").read_bytes() == OLD
    text.with_name("b.md").unlink()
    text.chmod(0o444)
    with pytest.raises(confined.Refused, match="read-only"):
        correct(text)
    with pytest.raises(confined.Refused, match="read-only"):
        write_output(text, NEW)
    assert text.read_bytes() == OLD


@posix
def test_a_backup_is_always_kept_and_takes_no_name(text: Path) -> None:
    (text.parent / "secret").write_bytes(b"secret")
    text.with_name("a.md.orig").symlink_to("secret")
    text.with_name("a.md.orig.1").symlink_to("nowhere")
    text.with_name("a.md.orig.2").mkdir()
    os.utime(text, (1_000_000_000, 1_100_000_000))
    text.chmod(0o600)
    kept = correct(text, backup=True).backup
    assert kept is not None and kept.name == "a.md.orig.3"
    status = kept.stat()
    assert (kept.read_bytes(), stat.S_IMODE(status.st_mode), status.st_mtime) == (OLD, 0o600, 1_100_000_000)
    assert (text.parent / "secret").read_bytes() == b"secret"
    assert not (text.parent / "nowhere").exists()
    assert text.read_bytes() == NEW


def test_a_backup_on_a_file_system_without_hard_links(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(errno.EPERM, "no")

    monkeypatch.setattr(os, "link", refuse)
    text.with_name("a.md.orig").write_bytes(b"older")
    assert correct(text, backup=True).backup == text.resolve().with_name("a.md.orig.1")
    assert names(text.parent) == ["a.md", "a.md.orig", "a.md.orig.1"]
    assert text.with_name("a.md.orig").read_bytes() == b"older"


def test_a_failure_at_any_step_leaves_everything_as_it_was(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each call of the system fail in its turn, as on a full disk."""

    class Failing:
        """The n-th call of some functions of os fails; all others are made."""

        def __init__(self, at: int) -> None:
            self.left = at

        def __call__(self, function: Any) -> Any:
            def call(*arguments: Any, **options: Any) -> Any:
                self.left -= 1
                if self.left == 0:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                return function(*arguments, **options)

            return call

    watched = [name for name in ("open", "fsync", "chmod", "utime", "link", "replace") if hasattr(os, name)]
    steps = 0
    while True:
        steps += 1
        failed = False
        with monkeypatch.context() as patch:
            failing = Failing(steps)
            for name in watched:
                patch.setattr(os, name, failing(getattr(os, name)))
            patch.setattr(atomic, "exchange", lambda *_: False)
            try:
                correct(text, backup=True)
            except OSError as error:
                assert error.errno == errno.ENOSPC
                failed = True
        if failed:
            assert text.read_bytes() == OLD and names(text.parent) == ["a.md"], steps
            continue
        assert text.read_bytes() == NEW and text.with_name("a.md.orig").read_bytes() == OLD
        if failing.left > 0:
            break
        text.with_name("a.md.orig").unlink()  # what failed could be done in another way
        text.write_bytes(OLD)
    assert steps > 8


@posix
def test_an_output_follows_no_link_out_of_its_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = tmp_path / "tree"
    (tree / "sub").mkdir(parents=True)
    (tree / ".git").mkdir()
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    (tree / "out").symlink_to("../secret")
    (tree / "new").symlink_to("../made")
    (tree / "folder").symlink_to("..")
    (tree / "git").symlink_to(".git/config")
    (tree / "in").symlink_to("sub/report")
    monkeypatch.chdir(tree)
    for name in ("out", "new", "folder/secret", "git", str(tree / "out"), str(tree / "folder" / "made")):
        with pytest.raises(confined.Outside):
            write_output(Path(name), b"report")
    assert secret.read_bytes() == b"secret"
    assert names(tmp_path) == ["secret", "tree"] and names(tree / ".git") == []
    for path in (Path("in"), Path("../other"), tmp_path / "third"):
        write_output(path, b"report")
        assert path.read_bytes() == b"report"
    assert (tree / "in").is_symlink() and (tree / "sub" / "report").read_bytes() == b"report"


@posix
def test_an_output_that_is_no_file(tmp_path: Path) -> None:
    write_output(Path("/dev/null"), b"report")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match=os.strerror(errno.ENXIO)):  # nobody reads it
        write_output(pipe, b"report")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    for _ in range(600):
        try:
            write_output(pipe, b"report" * 20_000)
            break
        except OSError:
            time.sleep(0.05)
    reader.join(30)
    assert read == [b"report" * 20_000]
    with pytest.raises(confined.NotRegular):
        write_output(tmp_path, b"report")
    assert names(tmp_path) == ["pipe"]


@linux
def test_an_output_that_cannot_be_replaced_is_overwritten_and_a_full_disk_leaves_it(
    text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, reason = os.replace, errno.EBUSY

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(reason, os.strerror(reason))

    monkeypatch.setattr(os, "replace", refuse)
    write_output(text, NEW)
    assert text.read_bytes() == NEW
    reason = errno.ENOSPC
    with pytest.raises(OSError, match="No space"):
        write_output(text, OLD)
    assert text.read_bytes() == NEW and names(text.parent) == ["a.md"]
    monkeypatch.setattr(os, "replace", real)


def test_drafts_of_killed_runs_are_swept_and_nothing_else(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = (
        "import os, sys; from pathlib import Path; from corrigenda.storage import atomic;"
        "atomic._dress = lambda *_: os._exit(9);"
        f"atomic.correct_file(Path({str(text)!r}), b'new', expected={hashlib.sha256(OLD).hexdigest()!r})"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 9
    left = [name for name in names(text.parent) if name != "a.md"]
    assert len(left) == 1 and left[0].startswith(".a.md.") and left[0].endswith(atomic.DRAFT_SUFFIX)
    others = [".b.tmp", "c.corrigenda.tmp"]
    for name in others:
        text.with_name(name).write_bytes(b"x")
    sweep(text.parent)
    assert left[0] in names(text.parent), "it may be that of a run that goes on"
    monkeypatch.setattr(atomic, "STALE_SECONDS", -10)
    replace_file(text.with_name("cache"), b"x")
    assert names(text.parent) == [".b.tmp", "a.md", "c.corrigenda.tmp", "cache"]
    assert text.read_bytes() == OLD
    sweep(text.parent / "gone")
