"""Sentence embeddings: what a text is about, as a vector of length 1.

Two ways to the same vectors. The fast path runs the default model, all-MiniLM-L6-v2, which ships with corrigenda in
8 bits, on ONNX Runtime; it needs neither torch nor transformers. The slow path runs any sentence-transformers model
on torch (the extra `models`). How far the first is from the second is measured in docs/models.md and held by a test.

The same text gives the same vector, bit for bit, whatever else is encoded with it and on however many threads: only
texts with the same number of tokens share a call, so nothing is padded; activations are quantised by row and block,
never over a whole batch; and the mean over the tokens is taken text by text.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from corrigenda.engines.models import store
from corrigenda.engines.models.about import About, ModelError, RuntimeMissingError, versions
from corrigenda.engines.models.harmless import refuse_code
from corrigenda.engines.models.silent import silence_libraries
from corrigenda.storage.scores import Cache, key

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DEFAULT = store.SHIPPED_EMBEDDINGS
FULL = "all-minilm-l6-v2-full"

# One call of the runtime reads at most this many tokens and texts; together they bound its memory to some 60 MB.
_TOKENS_A_CALL = 2048
_TEXTS_A_CALL = 64
# Cutting by tokens comes after tokenising; a text longer than this cannot change the first few hundred tokens.
_MAX_CODE_POINTS = 20_000
_METHOD = "embedding/1"


class Encoder(Protocol):
    """What turns texts into vectors, whatever runs underneath. Nothing is loaded before the first `encode`."""

    @property
    def about(self) -> About:
        """The model's description; its `identity` belongs in every key that depends on its vectors."""

    @property
    def dimensions(self) -> int:
        """The length of a vector."""

    def encode(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """Return one row a text, float32, each of Euclidean length 1; no texts give no rows.

        Raises ModelError when the model cannot be loaded.
        """


def load(
    name_or_folder: str | Path = DEFAULT, *, slow: bool = False, threads: int = 0, cache: Cache | None = None
) -> Encoder:
    """Return the encoder of a model.

    `name_or_folder`: an installed model's name, or a folder that holds a model of corrigenda or of
    sentence-transformers. `slow`: the default model in full on torch, if it is installed, in place of the fast path.
    `threads`: for one call of the runtime; 0 leaves it to the runtime. `cache`: vectors are taken from it and put
    into it; when it has them all, no model library is imported.

    Raises ModelMissingError for a model that is not installed (nothing is fetched here), ModelError for one that is
    damaged or is no embedding model. Missing libraries are reported when the first text is encoded.
    """
    wanted = FULL if slow and str(name_or_folder) == DEFAULT else name_or_folder
    about = store.find(wanted)
    if about.kind != "embeddings":
        raise ModelError(f"{about.name} is a language model, not an embedding model")
    encoder: Encoder = FastEncoder(about, threads) if about.runtime == "onnx" else SlowEncoder(about, threads)
    return encoder if cache is None else CachedEncoder(encoder, cache)


class FastEncoder:
    """A BERT-like encoder in 8 bits on ONNX Runtime, with the tokenizers library."""

    def __init__(self, about: About, threads: int = 0) -> None:
        self.about = about
        self.dimensions = int(about.settings["dimensions"])
        self._prefix = str(about.settings.get("prefix", ""))
        self._threads = threads
        self._session: Any = None
        self._tokenizer: Any = None

    def encode(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """See `Encoder.encode`."""
        import numpy as np

        unique = sorted(set(texts))
        if not unique:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        self._start()
        encoded = self._tokenizer.encode_batch([self._prefix + _clean(text) for text in unique])
        tokens = [item.ids for item in encoded]
        vectors = np.zeros((len(unique), self.dimensions), dtype=np.float32)
        for group in _groups([len(ids) for ids in tokens]):
            batch = np.asarray([tokens[i] for i in group], dtype=np.int64)
            hidden = self._session.run(["hidden"], {"input_ids": batch})[0]
            for row, index in enumerate(group):
                mean = hidden[row].mean(axis=0)
                vectors[index] = mean / np.sqrt((mean * mean).sum())
        place = {text: i for i, text in enumerate(unique)}
        return vectors[[place[text] for text in texts]]

    def _start(self) -> None:
        if self._session is None:
            self._tokenizer = load_tokenizer(self.about.folder / "tokenizer.json")
            self._session = load_session(self.about.folder / "model.onnx", self._threads)


class SlowEncoder:
    """Any sentence-transformers model on torch, never asking a hub: the folder holds all of it."""

    def __init__(self, about: About, threads: int = 0) -> None:
        self.about = about
        self._threads = threads
        self._model: Any = None

    @property
    def dimensions(self) -> int:
        """See `Encoder.dimensions`; loads the model when its folder does not say."""
        known = self.about.settings.get("dimensions")
        return int(known) if known else int(self._start().get_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """See `Encoder.encode`. Equal only up to rounding when the same text comes in another batch."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        unique = sorted(set(texts))
        vectors = self._start().encode(
            [_clean(text) for text in unique],
            batch_size=32,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        place = {text: i for i, text in enumerate(unique)}
        return np.asarray(vectors, dtype=np.float32)[[place[text] for text in texts]]

    def _start(self) -> Any:
        if self._model is None:
            refuse_code(self.about.folder)
            store.go_offline()
            try:
                silence_libraries()
                import torch
                from sentence_transformers import SentenceTransformer
            except ImportError:
                raise RuntimeMissingError(
                    f"{self.about.name} needs sentence-transformers; install corrigenda[models]"
                ) from None
            if self._threads:
                torch.set_num_threads(self._threads)
            try:
                self._model = SentenceTransformer(
                    str(self.about.folder),
                    device="cpu",
                    local_files_only=True,
                    trust_remote_code=False,
                    model_kwargs={"use_safetensors": True},
                )
            except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
                line = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
                raise ModelError(f"{self.about.folder} cannot be loaded: {line}") from None
        return self._model


class CachedEncoder:
    """An encoder that looks into the cache first, and wakes the model only for what is missing."""

    def __init__(self, encoder: Encoder, cache: Cache) -> None:
        self._encoder = encoder
        self._cache = cache
        self.about = encoder.about
        self._space = (_METHOD, versions(encoder.about), encoder.about.identity)

    @property
    def dimensions(self) -> int:
        """See `Encoder.dimensions`."""
        return self._encoder.dimensions

    def encode(self, texts: Sequence[str]) -> "NDArray[np.float32]":
        """See `Encoder.encode`."""
        import numpy as np

        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        keys = {text: key(*self._space, text) for text in texts}
        stored = self._cache.get_many(list(keys.values()))
        missing = sorted(text for text, k in keys.items() if k not in stored)
        if missing:
            computed = self._encoder.encode(missing)
            fresh = {keys[text]: row.astype("<f4").tobytes() for text, row in zip(missing, computed, strict=True)}
            self._cache.put_many(fresh)
            stored.update(fresh)
        return np.stack([np.frombuffer(stored[keys[text]], dtype="<f4") for text in texts]).astype(np.float32)


def load_tokenizer(path: Path) -> Any:
    """Load a tokenizers file. Raises ModelError when it cannot be read."""
    from tokenizers import Tokenizer

    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # noqa: BLE001 - the library raises bare Exception
        raise ModelError(f"{path} cannot be loaded ({error}); install the model again") from None


def load_session(path: Path, threads: int = 0) -> Any:
    """Load an ONNX graph on the processor. `threads`: 0 leaves it to the runtime. Raises ModelError."""
    silence_libraries()
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    # Waiting threads sleep: a checker shares its machine, and two jobs must not burn each other's cores.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Weights kept in 8 bits become float32 while the graph loads. Left alone, the runtime would fuse them into products
    # that round the activations to 8 bits as well, and those differ from one processor to the next.
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001 - the library's exceptions share no base but Exception
        line = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ModelError(f"{path} cannot be loaded ({line}); install the model again") from None


def _clean(text: str) -> str:
    """What tokenizers can take: bounded, and without lone surrogates."""
    return text[:_MAX_CODE_POINTS].encode("utf-8", "replace").decode("utf-8")


def _groups(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices of texts that are computed together: equal in tokens, shortest first, bounded in size."""
    order = sorted(range(len(lengths)), key=lambda i: (lengths[i], i))
    group: list[int] = []
    for index in order:
        length = lengths[index]
        full = len(group) == _TEXTS_A_CALL or (len(group) + 1) * length > _TOKENS_A_CALL
        if group and (full or lengths[group[0]] != length):
            yield group
            group = []
        group.append(index)
    if group:
        yield group
