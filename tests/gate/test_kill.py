"""Killing `corrigenda fix` at any moment leaves each file as it was, or as it is to be."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import HOUSE_TERM

pytestmark = pytest.mark.slow

FILES = 200
MOMENTS = 50
LINE = "It lay on the territory of the port ; nobody  knew why .\n"
CHECK = HOUSE_TERM.replace('["in"]', "[{text: in, applicability: safe}]")


def old(number: int) -> bytes:
    return (f"File {number}.\r\n" + LINE * (1 + number % 7 * 40)).encode("utf-16" if number % 5 == 0 else "utf-8")


def test_each_file_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    (tmp_path / "own" / "house").mkdir(parents=True)
    (tmp_path / "own" / "house" / "term.yaml").write_text(CHECK, encoding="utf-8")
    (tmp_path / "corrigenda.toml").write_text(
        'check-folders = ["own"]\ndisable = ["all"]\nenable = ["house"]\n', encoding="utf-8"
    )
    folder = tmp_path / "copy"
    folder.mkdir()
    paths = [folder / f"{number:03d}.txt" for number in range(FILES)]
    before = [old(number) for number in range(FILES)]
    after = [
        data.decode("utf-16" if number % 5 == 0 else "utf-8")
        .replace("on the territory of", "in")
        .encode("utf-16" if number % 5 == 0 else "utf-8")
        for number, data in enumerate(before)
    ]

    def fill() -> None:
        for path, data in zip(paths, before, strict=True):
            if not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)

    def start() -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "corrigenda", "fix", "copy", "--exit-zero"]
        return subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def states() -> int:
        """Return how many files are new already; every other one must be old."""
        new = 0
        for path, was, becomes in zip(paths, before, after, strict=True):
            data = path.read_bytes()
            assert data in (was, becomes), path.name
            new += data == becomes
        return new

    fill()
    run = start()
    began = time.monotonic()
    while not any(path.stat().st_size != len(data) for path, data in zip(paths, before, strict=True)):
        assert run.poll() is None and time.monotonic() - began < 120
        time.sleep(0.002)
    assert run.wait(timeout=300) == 0
    assert states() == FILES

    dice = random.Random(11)
    halfway = 0
    for _ in range(MOMENTS):
        fill()
        run = start()
        # Until the first file is written nothing can go wrong; the moments lie behind it.
        while run.poll() is None and paths[0].stat().st_size == len(before[0]):
            time.sleep(0.001)
        time.sleep(dice.uniform(0, 0.12))
        run.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        run.wait()
        halfway += 0 < states() < FILES
    assert halfway > MOMENTS // 4, "too few runs were caught in the middle"
    assert sum(1 for path in folder.iterdir() if not path.name.startswith(".")) == FILES
