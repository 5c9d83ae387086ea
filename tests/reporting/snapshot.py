"""Compares an output with a file in snapshots/; CORRIGENDA_UPDATE_SNAPSHOTS=1 writes the file instead."""

import difflib
import os
from pathlib import Path

FOLDER = Path(__file__).parent / "snapshots"


def check(name: str, text: str) -> None:
    path = FOLDER / name
    if os.environ.get("CORRIGENDA_UPDATE_SNAPSHOTS"):
        path.write_bytes(text.encode("utf-8"))
        return
    expected = path.read_bytes().decode("utf-8")
    if text != expected:
        lines = difflib.unified_diff(expected.splitlines(), text.splitlines(), "snapshot", "now", lineterm="")
        raise AssertionError(f"{name} differs:\n" + "\n".join(list(lines)[:60]))
