"""What all tests share: a home of each test's own, runs of the command line, and where the marked texts lie."""

import importlib
import itertools
import os
import signal
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from tests import command, home
from tests.command import Corrigenda, Outcome

__all__ = ["HOUSE_TERM", "NO_GRAMMAR", "Corrigenda", "Outcome", "absent", "needs"]

# A shell that starts the tests in the background has them ignore Ctrl-C, and what they start would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

home.remember_the_machine()
home.forget_the_developer()

# A busy machine is slow, and no property of ours says how fast it is.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

ROOT = Path(__file__).resolve().parent.parent

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

NO_GRAMMAR = {"CORRIGENDA_LANGUAGETOOL_HOME": str(home.NO_GRAMMAR), "CORRIGENDA_GRAMMAR": "off"}
"""For the environment of a process: grammar is off there, and LanguageTool not found, whatever this machine has."""

FIRST = (
    *("grammar/test_server.py", "grammar/test_policy.py", "test_measure.py", "gate", "comparisons"),
    *("browser", "models", "test_wheel.py", "grammar", "test_corrections.py", "test_checks.py"),
    *("test_incremental.py", "test_fix.py", "test_cli.py"),
)
"""Files and folders that take long: started first, so that no worker is left with one of them at the end."""


ONE_SERVER = ("tests/grammar/test_server.py",)
"""Files that ask one server of LanguageTool: together in one worker, so that it is started once."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files first that take long."""

    def place(item: pytest.Item) -> int:
        name = item.path.relative_to(ROOT / "tests").as_posix()
        return next((number for number, start in enumerate(FIRST) if name.startswith(start)), len(FIRST))

    items.sort(key=place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give each file to one worker, since its fixtures are made once a file; with `--dist loadfile`.

    xdist's own groups do nothing with pytest 9.2, which keeps names of tests in another place.
    """
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class Files(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file: str = super()._split_scope(nodeid)
            return "one server" if file in ONE_SERVER else file

    return Files(config, log)


def absent(reason: str) -> NoReturn:
    """Skip a test for what this machine lacks; in continuous integration that would hide a failure, and it fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def needs(module: str, reason: str) -> Any:
    """Import a module that the test needs; without it the test is as with anything else that is `absent`."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        return absent(reason)


@pytest.fixture(scope="session")
def session_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run of the tests share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def compiled(session_folder: Path) -> Path:
    """A cache folder that holds the compiled index of the shipped checks alone, made once for all workers."""
    from corrigenda.pipeline import index

    with FileLock(session_folder / "compiled.lock"), pytest.MonkeyPatch.context() as patch:
        home.move(patch, session_folder / "compiled")
        cache = home.cache()
        if not cache.is_dir():
            index.load()
    return cache


@pytest.fixture(scope="session", autouse=True)
def _session_home(tmp_path_factory: pytest.TempPathFactory, compiled: Path) -> Iterator[None]:
    """A home for the fixtures that outlive a test."""
    with home.moved(tmp_path_factory.getbasetemp() / "home", compiled):
        yield


_numbers = itertools.count()


@pytest.fixture(autouse=True)
def user_home(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, compiled: Path
) -> Iterator[Path]:
    """A home of the test's own, with caches, configuration and data: empty but for the compiled checks.

    Only the tests in tests/grammar find a LanguageTool that this machine may have: results differ.
    """
    folder = tmp_path_factory.getbasetemp() / "homes" / str(next(_numbers))
    with home.moved(folder, compiled) as patch:
        if "grammar" not in request.path.parts:
            for name, value in NO_GRAMMAR.items():
                patch.setenv(name, value)
        yield folder


@pytest.fixture
def user_cache(user_home: Path) -> Path:
    """Where corrigenda keeps its caches in this test."""
    return home.cache()


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder with the marked texts: $CORRIGENDA_SHARED, else `shared` beside the project's folder.

    Without it the tests that measure are skipped, except in continuous integration, where that would hide a failure.
    """
    named = os.environ.get("CORRIGENDA_SHARED")
    folder = Path(named) if named else ROOT.parent / "shared"
    if not (folder / "measure" / "score.py").is_file():
        absent(f"the marked texts are not in {folder}; set CORRIGENDA_SHARED to where they are")
    return folder


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
def corrigenda(tmp_path: Path) -> Corrigenda:
    """Run `corrigenda` in the process of the tests, in the test's empty folder unless `cwd` names another."""

    def call(
        *arguments: str, data: bytes = b"", cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> Outcome:
        return command.in_process(arguments, data, cwd or tmp_path, env or {})

    return call


@pytest.fixture
def corrigenda_process(tmp_path: Path) -> Corrigenda:
    """Run `corrigenda` in a process of its own: for tests of start-up, streams, locales, and the order of hashes."""

    def call(
        *arguments: str, data: bytes = b"", cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> Outcome:
        return command.in_own_process(arguments, data, cwd or tmp_path, env or {})

    return call
