"""spaCy behind one door: its pipeline by name, and batches of sentences tagged or parsed.

Importing spaCy takes more than a second, so nothing here imports it before a sentence needs it. Sentences are handed
over with their white space folded, since spaCy makes tokens of it; the way back to the sentence's own positions is
kept.
"""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from corrigenda.rules.rule import Needs
from corrigenda.settings import DEFAULT_PIPELINE


class PipelineMissing(RuntimeError):  # noqa: N818 - it names the state, as the report does
    """The spaCy pipeline that the configuration names is not installed; the message says what to do."""


class Tagger:
    """A spaCy pipeline, loaded on first use.

    `name` is an installed pipeline package (en_core_web_sm, say) or a folder with one.
    """

    def __init__(self, name: str = DEFAULT_PIPELINE) -> None:
        self.name = name
        self.used = False

    @cached_property
    def _pipeline(self) -> Any:
        from corrigenda.engines.light_import import load_pipeline  # deferred: a quiet text tags nothing

        self.used = True
        excluded = ["ner", "lemmatizer", "senter", "entity_ruler", "textcat"]
        try:
            return load_pipeline(self.name, excluded)
        except OSError as error:
            raise PipelineMissing(
                f"spaCy's pipeline {self.name!r} is not installed; run 'pip install {self.name.replace('_', '-')}' "
                "or name another as spacy-model"
            ) from error

    @property
    def version(self) -> str:
        """What tells one installation of the pipeline from another, "absent" without it; does not load it."""
        from importlib.util import find_spec

        folder = Path(self.name)
        if not folder.is_dir():
            try:
                spec = find_spec(self.name)
            except (ImportError, ValueError):
                spec = None
            if spec is None or spec.origin is None:
                return "absent"
            folder = Path(spec.origin).parent
        # The metadata's file is rewritten with every version; asking the installer's database takes ten times as long.
        try:
            status = (folder / "meta.json").stat()
        except OSError:
            return "absent"
        return f"{self.name} {status.st_size} {status.st_mtime_ns}"

    @property
    def vocabulary(self) -> Any:
        """spaCy's Vocab."""
        return self._pipeline.vocab

    def parse(self, texts: Sequence[str], needs: Needs) -> list[Any]:
        """Return a spaCy Doc for each text: tokens alone, with tags, or with a parse.

        The texts go through in the order given, in batches of a fixed size, so that results do not depend on the run.
        """
        if needs == "tokens":
            return [self._pipeline.make_doc(text) for text in texts]
        off = ["parser"] if needs == "tags" else []
        with self._pipeline.select_pipes(disable=[name for name in off if name in self._pipeline.pipe_names]):
            return list(self._pipeline.pipe(texts, batch_size=128))
