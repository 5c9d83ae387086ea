"""LanguageTool itself, installed once into the user's data folder, and one server for the tests that only ask."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from corrigenda.engines.languagetool import install, server
from corrigenda.engines.languagetool.errors import UnavailableError
from corrigenda.engines.languagetool.policy import Policy, load

CI = os.environ.get("CI") == "true"


def unreachable(reason: str) -> None:
    """Skip, except in continuous integration: there a test that cannot run has failed."""
    if CI:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def installation() -> install.Installation:
    """LanguageTool in the user's data folder; installed first where it is missing."""
    try:
        return install.install()
    except UnavailableError as error:
        unreachable(error.reason)
        raise


@pytest.fixture(scope="session")
def home(installation: install.Installation) -> Path:
    return installation.folder.parent


@pytest.fixture
def private_home(installation: install.Installation, tmp_path: Path) -> Path:
    """A home of its own with the same jars, so that a shared server of the user is not touched."""
    folder = tmp_path / "home"
    target = folder / installation.folder.name
    target.mkdir(parents=True)
    shutil.copyfile(installation.jar, target / installation.jar.name)
    try:
        (target / "libs").symlink_to(installation.folder / "libs", target_is_directory=True)
    except OSError:
        shutil.copytree(installation.folder / "libs", target / "libs")
    return folder


@pytest.fixture(scope="session")
def url(home: Path) -> Iterator[str]:
    """A real server for the tests that only ask."""
    with server.own(home=home, seconds=240.0) as running:
        yield running.endpoint.url


@pytest.fixture(scope="session")
def policy() -> Policy:
    return load()
