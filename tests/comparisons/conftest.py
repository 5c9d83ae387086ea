"""The real models, once for all tests of the comparisons."""

import pytest

from corrigenda.engines.judge.judge import Judge
from corrigenda.engines.models import embeddings, language_model
from corrigenda.engines.models.about import ModelMissingError
from corrigenda.storage.scores import Cache
from tests.conftest import absent


@pytest.fixture(scope="session")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """The judge with the shipped embeddings and the installed language model; what is asked twice is computed once."""
    cache = Cache(tmp_path_factory.mktemp("scores") / "scores.sqlite")
    try:
        return Judge(language_model.load(cache=cache), embeddings.load(cache=cache))
    except ModelMissingError as error:
        absent(str(error))
        raise
