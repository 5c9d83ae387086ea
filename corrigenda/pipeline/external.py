"""LanguageTool's part of a run: the engine with its filter, fed from the compiled index and the name index.

It runs in the process that owns the run, whatever the number of workers, since one server serves them all; its answers
are kept by paragraph in a cache of their own, so an unchanged folder starts no server.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, cast

from corrigenda.documents.document import Document
from corrigenda.finding import EngineStatus, Finding, Problem

if TYPE_CHECKING:
    from corrigenda.engines.languagetool.filter.suggestions import Choice, Rank
    from corrigenda.engines.languagetool.session import LanguageTool
    from corrigenda.pipeline.checker import Engine

ENGINE = "languagetool"


@contextmanager
def languagetool(engine: "Engine") -> "Iterator[LanguageTool | None]":
    """Give a run's LanguageTool, None where no check wants it."""
    settings = engine.settings
    state = cast(Literal["off", "auto", "on"], settings.engines.get(ENGINE, "auto"))
    rules = [rule for rule in engine.index.rules if rule.check.detector == ENGINE]
    if not rules and state != "off":
        yield None
        return
    # deferred: a run without checks of LanguageTool has no use for it
    from corrigenda.engines.languagetool.session import LanguageTool
    from corrigenda.engines.languagetool.settings import Settings

    language = settings.options.get("language", "auto")
    own = Settings(
        state=state,
        url=settings.options.get("languagetool-url", ""),
        language="auto" if language in ("auto", "en") else language,
    )
    with LanguageTool(own, rules, rank=_ranking(engine)) as found:
        yield found


def _ranking(engine: "Engine") -> "Rank":
    """Return what orders LanguageTool's suggestions by the comparison; without a language model they stay as they
    come.
    """

    def ranked(document: Document, places: "Sequence[Choice]") -> Sequence[Sequence[str]]:
        # deferred: models are loaded for the first suggestions that a model could order
        from corrigenda.engines.judge.models import Comparisons
        from corrigenda.pipeline.confirm import ordered

        return ordered(document, places, Comparisons(engine.models))

    return ranked


def findings(
    engine: "Engine", found: "LanguageTool", documents: Sequence[Document]
) -> tuple[Mapping[str, Sequence[Finding]], EngineStatus, Sequence[Problem]]:
    """Return LanguageTool's findings by path, its status and what it could not check."""
    outcome = found.check(documents)
    result: dict[str, list[Finding]] = {}
    for document, hits in zip(documents, outcome.hits, strict=True):
        made = [engine.finding(document, hit) for hit in hits]
        kept = [finding for finding in made if finding is not None]
        if kept:
            result[document.path] = kept
    return result, found.status(), outcome.problems
