"""spaCy behind one door: its pipeline by name, and batches of sentences tagged or parsed.

Importing spaCy takes more than a second, so nothing here imports it before a sentence needs it. Sentences are handed
over with their white space folded, since spaCy makes tokens of it; the way back to the sentence's own positions is
kept.
"""

import hashlib
import sys
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from corrigenda.engines.engine import Host, Kind, Probe, version_of
from corrigenda.finding import EngineStatus
from corrigenda.languages import any_language
from corrigenda.rules.rule import CompiledRule, Needs, Scope
from corrigenda.settings import Settings


class PipelineMissing(RuntimeError):  # noqa: N818 - it names the state, as the report does
    """The spaCy pipeline that the configuration names is not installed; the message says what to do."""


class PipelineBroken(RuntimeError):  # noqa: N818 - as above
    """spaCy is installed and cannot be loaded; the message says which module is at fault, and what to do."""

    def __init__(self, error: Exception) -> None:
        module = _at_fault(error)
        self.detail = f"{module} cannot be loaded ({type(error).__name__}: {' '.join(str(error).split())[:200]})"
        self.advice = f"install {module} again: pip install --force-reinstall {module}"
        super().__init__(f"{self.detail}; {self.advice}")


def _at_fault(error: Exception) -> str:
    """Return the installed package in which an error arose: the innermost one on the way, spaCy where none is."""
    if isinstance(error, ModuleNotFoundError) and error.name:
        return error.name.partition(".")[0]
    found = "spacy"
    trace = error.__traceback__
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", "")).partition(".")[0]
        if module not in ("", "importlib", "corrigenda", *sys.stdlib_module_names):
            found = module
        trace = trace.tb_next
    return found


class Spacy:
    """A spaCy pipeline as an engine, loaded on first use.

    `pipeline` is an installed pipeline package (en_core_web_sm, say) or a folder with one, "" for that of `language`.
    `state` is what the configuration says of the engine: "auto", "on" (its absence is a problem) or "off".
    """

    name = "spacy"
    scope: Scope = "sentence"

    def __init__(self, pipeline: str = "", state: str = "auto", language: str = "") -> None:
        self._language = any_language(language)
        self.pipeline = pipeline or self._language.spacy_pipeline
        self._state = state
        self._status = EngineStatus(self.name, "not needed")

    def status(self) -> EngineStatus:
        """Return whether the pipeline was asked, and if not, why."""
        return self._status

    def identity(self) -> str:
        """Name the installed pipeline by its name and the hash of its metadata, "absent" without it."""
        return self._identity

    def needs(self, rule: CompiledRule) -> bool:
        """Return whether a rule wants tokens, tags or a parse."""
        return rule.needs != "text"

    def available(self) -> bool:
        """Load the pipeline and return whether it is there; what is wrong is then the status."""
        if self._state == "off":
            self._status = EngineStatus(self.name, "off", "checks that need tags did not run")
            return False
        try:
            self._loaded  # noqa: B018 - loading is what may fail
        except PipelineMissing as error:
            self._status = EngineStatus(self.name, "failed" if self._state == "on" else "absent", str(error))
            return False
        except PipelineBroken as error:
            self._status = EngineStatus(self.name, "failed", str(error))
            return False
        self._status = EngineStatus(self.name, "ran")
        return True

    @cached_property
    def _loaded(self) -> Any:
        from corrigenda.engines.light_import import NoSuchPipeline, load_pipeline  # deferred: a quiet text tags nothing

        if not self.pipeline:
            name = self._language.name or self._language.code
            raise PipelineMissing(f"{name} has no spaCy pipeline of its own; name one as spacy-model")
        excluded = ["ner", "lemmatizer", "senter", "entity_ruler", "textcat"]
        try:
            return load_pipeline(self.pipeline, excluded)
        except NoSuchPipeline as error:
            raise PipelineMissing(
                f"spaCy's pipeline {self.pipeline!r} is not installed; run 'pip install "
                f"{self.pipeline.replace('_', '-')}' or name another as spacy-model"
            ) from error
        except Exception as error:
            # What an installation has that is broken raises what it likes.
            raise PipelineBroken(error) from error

    @cached_property
    def _identity(self) -> str:
        from corrigenda.engines.light_import import pipeline_folder  # deferred: a quiet text tags nothing

        folder = pipeline_folder(self.pipeline) if self.pipeline else None
        if folder is None:
            return "absent"
        # The metadata is written anew with every version; asking the installer's database takes ten times as long.
        try:
            content = (folder / "meta.json").read_bytes()
        except OSError:
            return "absent"
        return f"{self.pipeline} {hashlib.sha256(content).hexdigest()}"

    @property
    def vocabulary(self) -> Any:
        """spaCy's Vocab."""
        return self._loaded.vocab

    def parse(self, texts: Sequence[str], needs: Needs) -> list[Any]:
        """Return a spaCy Doc for each text: tokens alone, with tags, or with a parse. Raises PipelineMissing.

        The texts go through in the order given, in batches of a fixed size, so that results do not depend on the run.
        """
        if needs == "tokens":
            return [self._loaded.make_doc(text) for text in texts]
        off = ["parser"] if needs == "tags" else []
        with self._loaded.select_pipes(disable=[name for name in off if name in self._loaded.pipe_names]):
            return list(self._loaded.pipe(texts, batch_size=128))


def _create(host: Host) -> Spacy:
    return Spacy(host.settings.spacy_model, host.settings.engines.get(Spacy.name, "auto"), host.settings.language)


def _probe(settings: Settings) -> Probe:
    tagger = Spacy(settings.spacy_model, language=settings.language)
    try:
        tagged = tagger.parse(["The harbour was quiet."], "tags")[0]
    except PipelineMissing as error:
        return Probe("absent", f"the pipeline {tagger.pipeline} is not installed", str(error))
    except PipelineBroken as error:
        return Probe("broken", error.detail, error.advice)
    except Exception as error:  # noqa: BLE001 - whatever tagging raises, doctor says it
        broken = PipelineBroken(error)
        return Probe("broken", broken.detail, broken.advice)
    if not any(token.tag_ for token in tagged):
        return Probe("broken", f"{tagger.pipeline} has no tagger", "name another pipeline as spacy-model")
    return Probe("runs", f"spaCy {version_of('spacy')} with {tagger.pipeline}")


ENGINE = Kind(Spacy.name, Spacy.scope, "spaCy: tokens, tags and parses of nominated sentences.", _create, _probe)
