"""LanguageTool itself, installed once for the machine, and one server for the tests that only ask."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from filelock import FileLock

from corrigenda.engines.grammar.errors import UnavailableError
from corrigenda.engines.grammar.languagetool import install, server
from corrigenda.engines.grammar.languagetool.installation import Installation
from corrigenda.engines.grammar.policy import Policy
from corrigenda.engines.grammar.settings import Launch
from corrigenda.pipeline.index import load
from corrigenda.rules.rule import CompiledRule
from tests.conftest import absent


@pytest.fixture(scope="session")
def installation(session_folder: Path) -> Installation:
    """The machine's LanguageTool; installed first where it is missing."""
    with FileLock(session_folder / "languagetool.lock"):
        try:
            return install.install()
        except UnavailableError as error:
            absent(error.reason)
            raise


def _home(folder: Path, installation: Installation) -> Path:
    """Make a home of LanguageTool with the jars of an installation, and without its shared server."""
    target = folder / installation.folder.name
    target.mkdir(parents=True)
    shutil.copyfile(installation.jar, target / installation.jar.name)
    try:
        (target / "libs").symlink_to(installation.folder / "libs", target_is_directory=True)
    except OSError:
        shutil.copytree(installation.folder / "libs", target / "libs")
    return folder


@pytest.fixture(scope="session")
def home(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home for the tests that start servers of their own: a shared one that runs on this machine is not found."""
    return _home(tmp_path_factory.mktemp("languagetool"), installation)


@pytest.fixture
def private_home(installation: Installation, tmp_path: Path) -> Path:
    """A home of the test's own, in which it may share a server."""
    return _home(tmp_path / "home", installation)


@pytest.fixture(scope="session")
def url(home: Path) -> Iterator[str]:
    """A real server for the tests that only ask. All of them run in one worker (tests/conftest.py), so that there is
    one, and it ends with that worker however the worker ends.
    """
    with server.own(Launch(seconds=240.0), home=home) as running:
        yield running.endpoint.url


@pytest.fixture(scope="session")
def rules() -> Sequence[CompiledRule]:
    """The shipped checks of LanguageTool."""
    return [rule for rule in load().rules if rule.check.detector == "grammar"]


@pytest.fixture(scope="session")
def policy(rules: Sequence[CompiledRule]) -> Policy:
    return Policy.of(rules)
