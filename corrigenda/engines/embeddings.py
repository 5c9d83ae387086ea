"""The embedding model as an engine: it says what a stretch of text is about."""

from corrigenda.engines.engine import Engine, Host, Kind, Probe, version_of
from corrigenda.settings import Settings

NAME = "embeddings"


def _create(host: Host) -> Engine:
    return host.models.engine(NAME)


def _probe(settings: Settings) -> Probe:
    # deferred: only `corrigenda doctor` asks
    from importlib.util import find_spec

    from corrigenda import resources

    missing = [name for name in ("onnxruntime", "tokenizers", "numpy") if find_spec(name) is None]
    if missing:
        return Probe("absent", f"{', '.join(missing)} missing", f"pip install {' '.join(missing)}")
    found = sorted(path.parent.name for path in resources.path("corpora", "models").glob("*/model.onnx"))
    if not found:
        return Probe("absent", "no model is in this installation", "install corrigenda again")
    return Probe("runs", f"ONNX Runtime {version_of('onnxruntime')}, {', '.join(found)}")


ENGINE = Kind(
    NAME, "sentence", "The embedding model: what a line is about, beside the article.", _create, _probe, costly=True
)
