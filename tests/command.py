"""Running `corrigenda` in a test: in this process, which costs no start-up, or in a process of its own."""

import gc
import io
import json
import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from corrigenda import resources

PLAIN = {"NO_COLOR": "1", "PYTHONUTF8": "1"}
SECONDS = 300
_CHECKS = Path(__file__).resolve().parent.parent / "checks"
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
    from corrigenda.engines import light_import
    from corrigenda.pipeline import index

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        patch.setattr(sys, "argv", ["corrigenda", *arguments])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        before = dict(os.environ)
        os.environ.update({**PLAIN, **env})
        patch.chdir(cwd)
        # What the disk holds of the shipped checks and of spaCy's pipeline is the same in every run of this process.
        patch.setattr(index, "_cached", _shipped_once(index._cached))
        patch.setattr(light_import, "load_pipeline", _pipeline_once(light_import.load_pipeline))
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
    gc.freeze()  # what is left belongs to modules and stays; looking through it again would take longer than the run
    return Outcome(code, _written(out).decode("utf-8"), _written(err).decode("utf-8"))


_SHIPPED: dict[Path, Any] = {}
_PIPELINES: dict[tuple[str, tuple[str, ...]], Any] = {}


def _shipped_once(read: Callable[[Path], Any]) -> Callable[[Path], Any]:
    """Return what reads the compiled checks of a folder, and those that ship once."""
    if resources.folder("checks") != _CHECKS:  # a test has checks of its own in their place
        return read

    def call(folder: Path) -> Any:
        if folder != _CHECKS:
            return read(folder)
        if folder not in _SHIPPED:
            _SHIPPED[folder] = read(folder)
        return _SHIPPED[folder]

    return call


def _pipeline_once(load: Callable[[str, Sequence[str]], Any]) -> Callable[[str, Sequence[str]], Any]:
    """Return what loads spaCy's pipelines, each installed one once."""

    def call(name: str, exclude: Sequence[str]) -> Any:
        if not name.isidentifier():  # a folder of a test
            return load(name, exclude)
        key = (name, tuple(exclude))
        if key not in _PIPELINES:
            _PIPELINES[key] = load(name, exclude)
        return _PIPELINES[key]

    return call


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
