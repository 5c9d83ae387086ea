"""What all tests share: where the measuring sets lie, a run of the command line, an empty cache."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

# A shell that starts the tests in the background has them ignore Ctrl-C, and what they start would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent


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


HOUSE_TERM = """\
id: house/term
summary: The house says otherwise
why: The house style names another word for this thing.
category: style/unidiomatic
severity: warning
detector: phrases
find: on the territory of
corrections: ["in"]
"""

Corrigenda = Callable[..., Outcome]


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder with the marked texts: $CORRIGENDA_SHARED, else `shared` beside the project's folder.

    Without it the tests that measure are skipped, except in continuous integration, where that would hide a failure.
    """
    named = os.environ.get("CORRIGENDA_SHARED")
    folder = Path(named) if named else ROOT.parent / "shared"
    if not (folder / "measure" / "score.py").is_file():
        message = f"the marked texts are not in {folder}; set CORRIGENDA_SHARED to where they are"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return folder


NO_LANGUAGETOOL = {"CORRIGENDA_LANGUAGETOOL_HOME": str(ROOT / "tests" / "no-languagetool")}
"""For the environment of a process: LanguageTool is not found there, whatever this machine has."""


@pytest.fixture(autouse=True)
def _without_languagetool(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have only the tests in tests/languagetool find a LanguageTool that this machine may have: results differ."""
    if "languagetool" not in request.path.parts:
        for name, value in NO_LANGUAGETOOL.items():
            monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture
def house(tmp_path: Path) -> list[str]:
    """Options under which one check alone runs, `house/term`, so that a test does not hang on the shipped ones."""
    path = tmp_path / "own-checks" / "house" / "term.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(HOUSE_TERM, encoding="utf-8")
    return ["--config", "none", "--checks", str(tmp_path / "own-checks"), "--disable", "all", "--enable", "house"]


@pytest.fixture
def corrigenda(tmp_path: Path) -> Iterator[Corrigenda]:
    """Run `corrigenda` in a process of its own, in the test's empty folder unless `cwd` names another."""

    def call(
        *arguments: str, data: bytes | None = None, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> Outcome:
        environment = {
            **{key: value for key, value in os.environ.items() if key not in ("FORCE_COLOR", "GITHUB_STEP_SUMMARY")},
            "NO_COLOR": "1",
            "PYTHONUTF8": "1",
            **(env or {}),
        }
        done = subprocess.run(
            [sys.executable, "-m", "corrigenda", *arguments],
            input=data if data is not None else b"",
            capture_output=True,
            cwd=cwd or tmp_path,
            env=environment,
            timeout=300,
            check=False,
        )
        return Outcome(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace"))

    yield call
