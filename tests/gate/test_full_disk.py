"""A full disk at every write: each file is the old one or the new one, and the command says so in one line.

`tests/storage/test_atomic.py` lets each call of the system fail in its turn, on any machine.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import HOUSE_TERM, Corrigenda, absent
from tests.home import cache

SIZE = 512 * 1024
CHECK = HOUSE_TERM.replace('["in"]', "[{text: in, applicability: safe}]")
TEXT = "It lay on the territory of the port.\n\n" * 400
CONFIGURATION = 'check-folders = ["own"]\ndisable = ["all"]\nenable = ["house"]\nfail-on = "never"\n'


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own with a project on it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only Linux's administrator mounts a disk; elsewhere the system calls that fail stand for it")
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        absent("no disk can be mounted here")
    try:
        (folder / "own" / "house").mkdir(parents=True)
        (folder / "own" / "house" / "term.yaml").write_text(CHECK, encoding="utf-8")
        (folder / "corrigenda.toml").write_text(CONFIGURATION, encoding="utf-8")
        (folder / "a.md").write_text(TEXT, encoding="utf-8")
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def fill(folder: Path, free: int) -> None:
    """Fill a disk but for some pages."""
    filler = folder / "filler"
    filler.unlink(missing_ok=True)
    page = os.sysconf("SC_PAGE_SIZE")
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(page))
        except OSError:
            pass
        file.truncate(max(0, file.tell() - free * page))


def drafts(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.endswith(".tmp")]


@pytest.mark.parametrize("options", [(), ("--backup",)])
def test_fix(disk: Path, corrigenda: Corrigenda, options: tuple[str, ...]) -> None:
    path, kept = disk / "a.md", disk / "a.md.orig"
    outcomes = []
    for free in range(12):
        path.write_text(TEXT, encoding="utf-8")
        kept.unlink(missing_ok=True)
        fill(disk, free)
        outcome = corrigenda("fix", "a.md", "--trust", "--exit-zero", *options, cwd=disk)
        done = path.read_text(encoding="utf-8") == TEXT.replace("on the territory of", "in")
        assert outcome.code == (0 if done else 3)
        assert done or path.read_text(encoding="utf-8") == TEXT
        assert kept.exists() == (done and bool(options))
        assert not kept.exists() or kept.read_text(encoding="utf-8") == TEXT
        assert drafts(disk) == []
        if not done:
            assert "a.md: the file cannot be written (No space left on device); it is as it was" in outcome.err
            assert len(outcome.err.splitlines()) <= 3
        outcomes.append(done)
    assert outcomes[0] is False and outcomes[-1] is True


COMMANDS = {
    "report": (["check", "a.md", "--format", "html", "--output", "made"], "made"),
    "names": (["names", "a.md", "--format", "csv", "--output", "made"], "made"),
    "baseline": (["baseline", "a.md"], ".corrigenda-baseline.jsonl"),
    "ignore": (["ignore", "a.md:1"], ".corrigenda-ignore.jsonl"),
    "shrink": (["check", "b.md"], ".corrigenda-baseline.jsonl"),
    "configuration": (["init", "--force"], "corrigenda.toml"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_written_for_a_project(disk: Path, corrigenda: Corrigenda, name: str) -> None:
    command, file = COMMANDS[name]
    (disk / "b.md").write_text("Nothing.\n", encoding="utf-8")
    (disk / "c.md").write_text("Anna Petrenko met Ivan Franko in Kyiv.\n" * 3, encoding="utf-8")
    if name == "names":
        command = ["c.md" if part == "a.md" else part for part in command]
    old = {
        "shrink": [{"path": path, "check": "house/term", "fingerprint": "0"} for path in ("b.md", *["c.md"] * 100)],
    }.get(name)
    before = "".join(json.dumps(row) + "\n" for row in old) if old is not None else None
    if name == "configuration":
        before = CONFIGURATION
    if name == "report":
        before = "the last report"
    if before is not None:
        (disk / file).write_text(before, encoding="utf-8")
    fill(disk, 0)
    outcome = corrigenda(*command, cwd=disk)
    assert outcome.code == (0 if name == "shrink" else 3), outcome.err
    said = [line for line in outcome.err.splitlines() if "No space left on device" in line]
    assert len(said) == 1 and file in said[0]
    assert ((disk / file).read_text(encoding="utf-8") if (disk / file).exists() else None) == before
    assert drafts(disk) == []


def test_caches_on_a_full_disk_cost_time_and_nothing_else(disk: Path, corrigenda: Corrigenda) -> None:
    usual = corrigenda("check", ".", "--format", "json", cwd=disk)
    assert usual.code == 0
    shutil.rmtree(cache(), ignore_errors=True)
    for free in (0, 1, 3, 8, 20, 40):
        fill(disk, free)
        variables = {"XDG_CACHE_HOME": str(disk / f"cache{free}")}
        outcome = corrigenda("check", ".", "--format", "json", cwd=disk, env=variables)
        assert (outcome.code, outcome.out) == (usual.code, usual.out), outcome.err
        assert "Traceback" not in outcome.err
        shutil.rmtree(disk / f"cache{free}", ignore_errors=True)


def test_the_summary_of_a_job(disk: Path, corrigenda: Corrigenda) -> None:
    fill(disk, 0)
    variables = {"GITHUB_STEP_SUMMARY": str(disk / "summary.md")}
    outcome = corrigenda("check", "a.md", "--format", "github", cwd=disk, env=variables)
    assert outcome.code == 3 and "No space left on device" in outcome.err
    assert len(outcome.err.splitlines()) == 1


def test_standard_output_on_a_full_disk(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux has a device that is always full")
    if not Path("/dev/full").exists():
        absent("there is no /dev/full")
    (tmp_path / "a.md").write_text("Anna Petrenko met Ivan Franko in Kyiv.\n", encoding="utf-8")
    for command in ("check a.md --format json", "check a.md", "names a.md --format json", "checks", "--version"):
        done = subprocess.run(
            f'"{sys.executable}" -m corrigenda {command} > /dev/full',
            shell=True, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 3, command
        assert "No space left on device" in done.stderr and len(done.stderr.splitlines()) == 1
        assert "went wrong" not in done.stderr
