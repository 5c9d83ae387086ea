"""The small language model as an engine: it says which of two wordings is likelier in its place."""

from corrigenda.engines.engine import Engine, Host, Kind, Probe, version_of
from corrigenda.settings import Settings

NAME = "language-model"


def _create(host: Host) -> Engine:
    return host.models.engine(NAME)


def _probe(settings: Settings) -> Probe:
    # deferred: only `corrigenda doctor` asks
    from corrigenda.engines.models import store
    from corrigenda.engines.models.about import ModelError

    name = settings.options.get("language-model") or store.DEFAULT_LANGUAGE_MODEL
    try:
        about = store.find(name)
    except ModelError as error:
        return Probe(
            "absent",
            f"{name} is not installed; what needs it is not judged",
            str(error).partition("; ")[2] or str(error),
        )
    if about.kind != NAME:
        return Probe("broken", f"{name} is not a language model", "name another as language-model")
    runtime = f"ONNX Runtime {version_of('onnxruntime')}" if about.runtime == "onnx" else f"torch {version_of('torch')}"
    return Probe("runs", f"{runtime}, {about.name}")


ENGINE = Kind(
    NAME,
    "sentence",
    "The language model: whether a correction is likelier in its place than what stands there.",
    _create,
    _probe,
    costly=True,
)
