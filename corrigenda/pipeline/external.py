"""The stage of the engines that read whole documents.

They run in the process that owns the run, whatever the number of workers, since one server or model serves them all;
their answers are kept by paragraph in caches of their own, so an unchanged folder starts nothing.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, cast

from corrigenda.documents.document import Document
from corrigenda.engines.engine import DocumentEngine
from corrigenda.pipeline.batch import Later

if TYPE_CHECKING:
    from corrigenda.engines.languagetool.filter.suggestions import Choice, Rank
    from corrigenda.pipeline.checker import Checker

LANGUAGETOOL = "languagetool"


def engines_of(checker: "Checker") -> tuple[DocumentEngine, ...]:
    """Return the document engines of a checker, those that are off or absent too: they say so."""
    settings = checker.settings
    state = cast(Literal["off", "auto", "on"], settings.engines.get(LANGUAGETOOL, "auto"))
    rules = [rule for rule in checker.index.rules if rule.check.detector == LANGUAGETOOL]
    if not rules and state != "off":
        return ()
    # deferred: a run without checks of LanguageTool has no use for it
    from corrigenda.engines.languagetool.session import LanguageTool
    from corrigenda.engines.languagetool.settings import Settings

    language = settings.options.get("language", "auto")
    own = Settings(
        state=state,
        url=settings.options.get("languagetool-url", ""),
        language="auto" if language in ("auto", "en") else language,
    )
    return (LanguageTool(own, rules, rank=_ranking(checker)),)


def wanted(checker: "Checker") -> bool:
    """Return whether any document engine has to see the documents of a run."""
    return any(engine.status().status not in ("off", "absent") for engine in checker.document_engines)


def check(checker: "Checker", documents: Sequence[Document]) -> Later:
    """Return what the document engines find in some documents."""
    result = Later()
    for engine in checker.document_engines:
        if engine.status().status not in ("off", "absent"):
            outcome = engine.check(documents)
            for document, hits in zip(documents, outcome.hits, strict=True):
                found = checker.findings(document, hits)
                if found:
                    result.findings.setdefault(document.path, []).extend(found)
            result.problems.extend(outcome.problems)
        result.engines.append(engine.status())
    return result


def _ranking(checker: "Checker") -> "Rank":
    """Return what orders suggestions by the comparison; without a language model they stay as they come."""

    def ranked(document: Document, places: "Sequence[Choice]") -> Sequence[Sequence[str]]:
        # deferred: models are loaded for the first suggestions that a model could order
        from corrigenda.engines.judge.models import Comparisons
        from corrigenda.pipeline.confirm import ordered

        return ordered(document, places, Comparisons(checker.models))

    return ranked
