"""The models of a run: found by the settings, loaded when first asked, once in a process.

A model that is missing stops nothing. What could not be judged is counted, document by document, and the report says
so beside the engine.
"""

# deferred: what the functions here import, since a run that asks no model imports no library of models.
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from corrigenda import resources
from corrigenda.engines.models import store
from corrigenda.engines.models.about import About, ModelError
from corrigenda.finding import EngineStatus
from corrigenda.languages import any_language
from corrigenda.rules.rule import CompiledRule, Scope

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from corrigenda.engines.judge.judge import Judgement, Place
    from corrigenda.engines.models.embeddings import Encoder
    from corrigenda.engines.models.language_model import LanguageModel

EMBEDDINGS = "embeddings"
LANGUAGE_MODEL = "language-model"
MULTILINGUAL = "multilingual"


@cache
def _weights() -> str:
    """Return a hash of the files that weigh what the models say."""
    digest = hashlib.sha256()
    for name in ("comparisons.json", "contrasts.jsonl", "wording.tsv"):
        digest.update(resources.path("corpora", name).read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=4)
def _encoder(name: str, identity: str, threads: int) -> "Encoder":
    from corrigenda.engines.models import embeddings
    from corrigenda.storage.scores import Cache

    return embeddings.load(name, threads=threads, cache=Cache())


@lru_cache(maxsize=2)
def _language_model(name: str, identity: str, threads: int) -> "LanguageModel":
    from corrigenda.engines.models import language_model
    from corrigenda.storage.scores import Cache

    return language_model.load(name, threads=threads, cache=Cache())


class Models:
    """The models that the settings name, or else those of the run's language.

    `engines` maps "embeddings", "language-model" and "multilingual" to "auto", "on" or "off"; `options` may name other
    models under "embedding-model", "language-model" and "multilingual-model". `threads`: for one call of a runtime; 0
    leaves it to the runtime. Finding a model reads its description and imports no model library.
    """

    def __init__(self, engines: Mapping[str, str], options: Mapping[str, Any], threads: int = 0) -> None:
        self._engines = engines
        self._threads = threads
        own = any_language(str(options.get("language", "")))
        self._names = {
            EMBEDDINGS: options.get("embedding-model") or own.embedding_model,
            LANGUAGE_MODEL: options.get("language-model") or own.language_model,
            MULTILINGUAL: options.get("multilingual-model") or store.DEFAULT_MULTILINGUAL,
        }
        self.asked: set[str] = set()
        """The engines that answered something so far."""
        self._missing: dict[str, str] = {}
        self._found: dict[str, About] = {}
        for engine, name in self._names.items():
            if engines.get(engine) == "off":
                continue
            if not name:
                self._missing[engine] = f"{own.name or own.code} has no model of its own; name one in the configuration"
                continue
            try:
                about = store.find(name)
            except ModelError as error:
                self._missing[engine] = str(error)
                continue
            if about.kind == (EMBEDDINGS if engine == MULTILINGUAL else engine):
                self._found[engine] = about
            else:
                self._missing[engine] = f"{about.name} is not a model for this; see corrigenda models list"

    def identity(self, engine: str) -> str:
        """Name a model and what weighs its answers, for keys of kept results; "" where there is none to ask."""
        about = self._found.get(engine)
        return f"{about.identity} {_weights()}" if about is not None else ""

    def there(self, engine: str) -> bool:
        """Return whether an engine can be asked, as far as is known before it is loaded."""
        return engine in self._found

    def encoder(self, engine: str = EMBEDDINGS) -> "Encoder | None":
        """Return the embedding model of a run's language, or the multilingual one; nothing is loaded before it is
        asked.
        """
        about = self._found.get(engine)
        return _encoder(self._names[engine], about.identity, self._threads) if about else None

    def language_model(self) -> "LanguageModel | None":
        """Return the language model; nothing is loaded before it is asked."""
        about = self._found.get(LANGUAGE_MODEL)
        return _language_model(self._names[LANGUAGE_MODEL], about.identity, self._threads) if about else None

    def failed(self, engine: str, error: ModelError) -> None:
        """Do without an engine from now on: it was found and cannot be loaded."""
        self._found.pop(engine, None)
        self._missing[engine] = str(error)

    def engine(self, name: str) -> "ModelEngine":
        """Return one of the models as an engine."""
        return ModelEngine(self, name)

    def status(self, engine: str, used: bool, not_judged: int) -> EngineStatus:
        """Return an engine's line in the report; `not_judged` counts the places that it was needed for."""
        if self._engines.get(engine) == "off":
            return EngineStatus(engine, "off", "", not_judged)
        if engine in self._found:
            return EngineStatus(engine, "ran" if used else "not needed")
        if self._engines.get(engine) == "on":
            return EngineStatus(engine, "failed", self._missing[engine], not_judged)
        return (
            EngineStatus(engine, "absent", self._missing[engine], not_judged)
            if not_judged
            else EngineStatus(engine, "not needed")
        )


class ModelEngine:
    """One of the models as an engine of a run (corrigenda.engines.engine.Engine). Detectors ask it by `Comparisons`."""

    scope: Scope = "sentence"

    def __init__(self, models: Models, name: str) -> None:
        self.name = name
        self._models = models

    def status(self) -> EngineStatus:
        """Return whether it was asked so far, and if not, why."""
        return self._models.status(self.name, self.name in self._models.asked, 0)

    def identity(self) -> str:
        """Name the model and the weights of its answers."""
        return self._models.identity(self.name)

    def needs(self, rule: CompiledRule) -> bool:
        """Return whether a rule can say nothing without this model."""
        return self.name in rule.check.requires


class Comparisons:
    """What the detectors of one batch may ask of the models, with a count of what went unanswered."""

    def __init__(self, models: Models) -> None:
        self._models = models
        self.used: dict[str, set[int]] = {EMBEDDINGS: set(), LANGUAGE_MODEL: set(), MULTILINGUAL: set()}
        self.not_judged: dict[str, dict[int, int]] = {EMBEDDINGS: {}, LANGUAGE_MODEL: {}, MULTILINGUAL: {}}

    def encode(self, document: int, texts: Sequence[str], places: int = 1) -> "NDArray[np.float32] | None":
        """Return a row for each text, or None without a model; `places` says how many places then go unjudged."""
        return self._encoded(EMBEDDINGS, document, texts, places)

    def encode_any(self, document: int, texts: Sequence[str], places: int = 1) -> "NDArray[np.float32] | None":
        """Return a row for each text in any language, comparable across languages, or None without the multilingual
        model; `places` says how many places then go unjudged.
        """
        return self._encoded(MULTILINGUAL, document, texts, places)

    def _encoded(self, engine: str, document: int, texts: Sequence[str], places: int) -> "NDArray[np.float32] | None":
        encoder = self._models.encoder(engine)
        if encoder is not None and texts:
            try:
                rows = encoder.encode(texts)
            except ModelError as error:
                self._models.failed(engine, error)
            else:
                self._use(engine, document)
                return rows
        if texts:
            self._miss(engine, document, places)
        return None

    def judge(self, places: "Sequence[Place]") -> "list[list[Judgement]] | None":
        """Compare the repairs of places with what stands there; None without a language model."""
        if not places:
            return []
        model = self._models.language_model()
        if model is not None:
            from corrigenda.engines.judge.judge import Judge

            try:
                judged = Judge(model, self._models.encoder()).compare(places)
            except ModelError as error:
                self._models.failed(LANGUAGE_MODEL, error)
            else:
                for place in places:
                    self._use(LANGUAGE_MODEL, place.document)
                    if self._models.there(EMBEDDINGS):
                        self._use(EMBEDDINGS, place.document)
                return judged
        for place in places:
            self._miss(LANGUAGE_MODEL, place.document, 1)
        return None

    def read(self, document: int, text: str) -> "list[tuple[int, float]] | None":
        """Return where each token of a text starts, and its log-probability after what stands before it, in nats; None
        without a language model.
        """
        model = self._models.language_model()
        if model is not None:
            try:
                found = model.read(text)
            except ModelError as error:
                self._models.failed(LANGUAGE_MODEL, error)
            else:
                self._use(LANGUAGE_MODEL, document)
                return found
        self._miss(LANGUAGE_MODEL, document, 1)
        return None

    def can_judge(self) -> bool:
        """Return whether there is a language model."""
        return self._models.there(LANGUAGE_MODEL)

    def status(self, engine: str, document: int | None = None) -> EngineStatus:
        """Return an engine's line for one document, or for the batch."""
        used, missed = self.used[engine], self.not_judged[engine]
        if document is None:
            return self._models.status(engine, bool(used), sum(missed.values()))
        return self._models.status(engine, document in used, missed.get(document, 0))

    def _use(self, engine: str, document: int) -> None:
        self._models.asked.add(engine)
        self.used[engine].add(document)

    def _miss(self, engine: str, document: int, places: int) -> None:
        self.not_judged[engine][document] = self.not_judged[engine].get(document, 0) + places
