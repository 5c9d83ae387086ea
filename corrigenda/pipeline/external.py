"""LanguageTool's part of a run: the guest with its filter, fed from the compiled index and the name index.

It runs in the process that owns the run, whatever the number of workers, since one server serves them all; its answers
are kept by paragraph in a cache of their own, so an unchanged folder starts no server.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from corrigenda.detectors.languagetool import PolicyPayload
from corrigenda.documents.document import Document
from corrigenda.finding import EngineStatus, Finding, Problem
from corrigenda.storage import folders

if TYPE_CHECKING:
    from corrigenda.engines.languagetool.filter import Rank
    from corrigenda.engines.languagetool.session import Guest
    from corrigenda.pipeline.checker import Engine

ENGINE = "languagetool"


class Names:
    """The name index as LanguageTool's filter asks it (corrigenda.engines.languagetool.filter.NameOracle)."""

    def __init__(self) -> None:
        # deferred: a run without LanguageTool asks nothing
        from corrigenda.names.tables import NameTables

        self._tables = NameTables(most=1)  # the filter goes through the documents one after the other

    def is_name(self, token: str, document: Document, start: int, end: int) -> bool:
        """Return whether the token is a name, or a part of one."""
        from corrigenda.names.verdict import is_name

        return is_name(token, self._tables.of(document), start).is_name

    def near_miss(self, token: str, document: Document, start: int, end: int) -> str | None:
        """Return the name that the token almost is, None when it is none."""
        from corrigenda.names.verdict import is_name

        return is_name(token, self._tables.of(document), start).near_miss_of or None


@contextmanager
def guest(engine: "Engine") -> "Iterator[Guest | None]":
    """Give a run's guest, None where LanguageTool is off, wanted by no check, or neither installed nor named."""
    settings = engine.settings
    state = settings.engines.get(ENGINE, "auto")
    url = settings.options.get("languagetool-url", "")
    checks = [rule.payload(PolicyPayload).check for rule in engine.index.rules if rule.check.detector == ENGINE]
    if state == "off" or not checks:
        yield None
        return
    if state == "auto" and not url and not _installed():
        yield None
        return
    from corrigenda.engines.languagetool import policy
    from corrigenda.engines.languagetool.session import Guest, Settings

    language = settings.options.get("language", "auto")
    own = Settings(url=url, language="auto" if language in ("auto", "en") else language, required=state == "on")
    with Guest(own, policy.of(checks), oracle=Names(), rank=_ranking(engine)) as found:
        yield found


def _ranking(engine: "Engine") -> "Rank | None":
    """Return what orders LanguageTool's suggestions by the comparison, None without a language model."""
    from corrigenda.engines.judge.models import LANGUAGE_MODEL

    if not engine.models.there(LANGUAGE_MODEL):
        return None
    from corrigenda.engines.judge.models import Comparisons
    from corrigenda.pipeline.confirm import ordered

    comparisons = Comparisons(engine.models)
    return lambda document, places: ordered(document, places, comparisons)


def _installed() -> bool:
    """Whether LanguageTool can be had: installed here, or running as the server that this machine's runs share."""
    # The folder is looked at first, since asking properly imports an HTTP client.
    if not folders.languagetool().is_dir():
        return False
    from corrigenda.engines.languagetool import install, server

    return install.installed() is not None or server.shared() is not None


def absent(engine: "Engine") -> EngineStatus | None:
    """Return LanguageTool's status when no guest was given."""
    if engine.settings.engines.get(ENGINE) == "off":
        return EngineStatus(ENGINE, "off", "turned off in the configuration")
    if not any(rule.check.detector == ENGINE for rule in engine.index.rules):
        return None
    return EngineStatus(
        ENGINE, "absent", "grammar and spelling were not checked; 'corrigenda languagetool install' brings LanguageTool"
    )


def findings(
    engine: "Engine", found: "Guest", documents: Sequence[Document]
) -> tuple[Mapping[str, Sequence[Finding]], EngineStatus, Sequence[Problem]]:
    """Return LanguageTool's findings by path, its status and what it could not check."""
    outcome = found.check(documents)
    result: dict[str, list[Finding]] = {}
    for document, own in zip(documents, outcome.findings, strict=True):
        kept = [finding for finding in own if engine.settings.is_on(finding.check, document.path)]
        kept = [finding for finding in kept if finding.quote.casefold() not in engine.settings.words]
        if kept:
            result[document.path] = kept
    return result, outcome.status, outcome.problems
