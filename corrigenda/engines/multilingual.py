"""The multilingual model as an engine: how near a sentence of a translation is in meaning to one of its source."""

from corrigenda.engines.engine import Engine, Host, Kind, Probe, version_of
from corrigenda.settings import Settings

NAME = "multilingual"


def _create(host: Host) -> Engine:
    return host.models.engine(NAME)


def _probe(settings: Settings) -> Probe:
    # deferred: only `corrigenda doctor` asks
    from corrigenda.engines.models import store
    from corrigenda.engines.models.about import ModelError

    name = settings.options.get("multilingual-model") or store.DEFAULT_MULTILINGUAL
    try:
        about = store.find(name)
    except ModelError as error:
        return Probe(
            "absent",
            f"{name} is not installed; sources are aligned without it",
            str(error).partition("; ")[2] or str(error),
        )
    if about.kind != "embeddings":
        return Probe("broken", f"{name} is not an embedding model", "name another as multilingual-model")
    runtime = f"ONNX Runtime {version_of('onnxruntime')}" if about.runtime == "onnx" else f"torch {version_of('torch')}"
    return Probe("runs", f"{runtime}, {about.name}")


ENGINE = Kind(
    NAME,
    "sentence",
    "The multilingual model: which sentence of a source a sentence of the translation stands for.",
    _create,
    _probe,
    costly=True,
)
