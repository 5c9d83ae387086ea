"""The real models, once for all tests of the comparisons."""

import pytest

from corrigenda.engines.judge.judge import Judge
from corrigenda.engines.models import embeddings, language_model
from corrigenda.engines.models.about import ModelMissingError
from tests.conftest import absent


@pytest.fixture(scope="session")
def judge() -> Judge:
    """The judge with the shipped embeddings and the installed language model."""
    try:
        return Judge(language_model.load(), embeddings.load())
    except ModelMissingError as error:
        absent(str(error))
        raise
