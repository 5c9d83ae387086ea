"""Killing `corrigenda fix` at any moment leaves each file as it was, or as it is to be."""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests import home
from tests.conftest import HOUSE_TERM

pytestmark = pytest.mark.slow

FILES = 60
MOMENTS = 40
LINE = "It lay on the territory of the port ; nobody  knew why .\n"
CHECK = HOUSE_TERM.replace('["in"]', "[{text: in, applicability: safe}]")

# Runs `corrigenda fix`, and kills it right before the n-th thing that it does to the files: opens, renames, exchanges
# or removes one, or changes its permissions. With 0 it lives, and says at the end which of these put a new file in an
# old one's place.
PROGRAM = """
import os, signal, sys
folder, moment = sys.argv[1], int(sys.argv[2])
done, renamed = 0, []

def watch(event, arguments):
    global done
    if (event == "open" or event.startswith("os.")) and arguments and str(arguments[0]).startswith(folder):
        done += 1
        if event == "os.rename":
            renamed.append(done)
        if done == moment:
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

def exchanged(one, other):  # the system tells Python nothing of it
    watch("os.exchange", (str(one), str(other)))
    if not exchange(one, other):
        return False
    renamed.append(done)
    return True

from corrigenda.storage import atomic
exchange, atomic.exchange = atomic.exchange, exchanged
sys.addaudithook(watch)
sys.argv = ["corrigenda", "fix", folder, "--exit-zero", *sys.argv[3:]]
from corrigenda.cli.main import main
try:
    main()
finally:
    print(*renamed)
"""


def old(number: int) -> bytes:
    return (f"File {number}.\r\n" + LINE * (1 + number % 7 * 40)).encode("utf-16" if number % 5 == 0 else "utf-8")


def new(number: int) -> bytes:
    codec = "utf-16" if number % 5 == 0 else "utf-8"
    return old(number).decode(codec).replace("on the territory of", "in").encode(codec)


def test_each_file_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    (tmp_path / "own" / "house").mkdir(parents=True)
    (tmp_path / "own" / "house" / "term.yaml").write_text(CHECK, encoding="utf-8")
    (tmp_path / "corrigenda.toml").write_text(
        'check-folders = ["own"]\ndisable = ["all"]\nenable = ["house"]\n', encoding="utf-8"
    )
    home.trust(tmp_path)
    folder = tmp_path / "copy"
    folder.mkdir()
    paths = [folder / f"{number:03d}.txt" for number in range(FILES)]

    def run(moment: int, *options: str) -> "subprocess.CompletedProcess[str]":
        """Fix all files, which are old again, until a moment; 0: to the end."""
        for number, path in enumerate(paths):
            path.write_bytes(old(number))
            path.with_name(path.name + ".orig").unlink(missing_ok=True)
        return subprocess.run(
            [sys.executable, "-c", PROGRAM, str(folder), str(moment), *options],
            cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip

    def written(*options: str) -> int:
        """Return how many files are new already, their originals kept where that was asked; all others must be old."""
        count = 0
        for number, path in enumerate(paths):
            data, kept = path.read_bytes(), path.with_name(path.name + ".orig")
            assert data in (old(number), new(number)), path.name
            assert not kept.exists() or kept.read_bytes() == old(number), kept.name
            if data == new(number):
                count += 1
                assert kept.exists() == bool(options), path.name
        return count

    dice = random.Random(11)
    for options in ((), ("--backup",)):
        whole = run(0, *options)
        assert whole.returncode == 0, whole.stderr
        assert written(*options) == FILES
        renamed = [int(moment) for moment in whole.stdout.split()]
        assert len(renamed) == FILES
        # Right before and right after a file is put in its place, and anywhere between the first and the last.
        moments = [dice.randint(renamed[0] + 1, renamed[-1]) for _ in range(MOMENTS // 2 - 2)]
        for moment in (renamed[20], renamed[20] + 1, *moments):
            assert run(moment, *options).returncode != 0
            assert 0 < written(*options) < FILES, "it was not killed in the middle"
        shown = [path for path in folder.iterdir() if not path.name.startswith(".") and path.suffix != ".orig"]
        assert len(shown) == FILES
