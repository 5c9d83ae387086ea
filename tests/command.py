"""Running `corrigenda` in a test: in this process, which costs no start-up, or in a process of its own."""

import gc
import io
import json
import os
import subprocess
import sys
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

PLAIN = {"NO_COLOR": "1", "PYTHONUTF8": "1"}
SECONDS = 300
"""How long a process may take before the test fails."""


@dataclass(frozen=True)
class Outcome:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The JSON that it printed."""
        loaded: dict[str, Any] = json.loads(self.out)
        return loaded

    @property
    def findings(self) -> list[dict[str, Any]]:
        """All findings of its JSON report."""
        return [finding for document in self.report["documents"] for finding in document["findings"]]


class Corrigenda(Protocol):
    """A run of the command line, in the test's empty folder unless `cwd` names another."""

    def __call__(
        self, *arguments: str, data: bytes = b"", cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> Outcome: ...


def in_process(arguments: tuple[str, ...], data: bytes, cwd: Path, env: Mapping[str, str]) -> Outcome:
    """Call `main` with arguments, standard streams, folder and environment of its own, and put everything back.

    What is written past `sys.stdout` and `sys.stderr` is not seen, and the locale, the time zone and the order of
    hashes are those of the tests: where these matter, use `in_own_process`.
    """
    from corrigenda.cli.main import main

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        patch.setattr(sys, "argv", ["corrigenda", *arguments])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        before = dict(os.environ)
        os.environ.update({**PLAIN, **env})
        patch.chdir(cwd)
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        finally:
            for name in os.environ.keys() - before.keys():
                del os.environ[name]
            os.environ.update(before)
    # A process that ends closes its files; what a run left open would hold a database's lock here.
    gc.collect()
    return Outcome(code, _written(out).decode("utf-8"), _written(err).decode("utf-8"))


def in_own_process(arguments: tuple[str, ...], data: bytes, cwd: Path, env: Mapping[str, str]) -> Outcome:
    """Run `python -m corrigenda` and wait for it."""
    done = subprocess.run(
        [sys.executable, "-m", "corrigenda", *arguments],
        input=data,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, **PLAIN, **env},
        timeout=SECONDS,
        check=False,
    )
    return Outcome(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace"))


def _written(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue()
