"""The stage of the engines that read whole documents.

They run in the process that owns the run, whatever the number of workers, since one server or model serves them all;
their answers are kept by paragraph in caches of their own, so an unchanged folder starts nothing.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from corrigenda.documents.document import Document
from corrigenda.engines.engine import Critic, Starter
from corrigenda.finding import Finding
from corrigenda.pipeline.batch import Later
from corrigenda.pipeline.trying import tried as _tried

if TYPE_CHECKING:
    from corrigenda.pipeline.checker import Checker


def wanted(checker: "Checker") -> bool:
    """Return whether any document engine has to see the documents of a run."""
    return any(engine.status().status not in ("off", "absent") for engine in checker.document_engines)


def begin(checker: "Checker", documents: Sequence[Document]) -> None:
    """Let the document engines that take long to start do so while the rules are at work on the first documents."""
    for engine in checker.document_engines:
        if isinstance(engine, Starter):
            engine.begin(documents)


def tried(
    checker: "Checker", documents: Sequence[Document], findings: Mapping[str, Sequence[Finding]]
) -> Mapping[str, list[Finding]]:
    """Return findings with their corrections tried by the document engines that can (corrigenda.pipeline.trying)."""
    critics = [engine for engine in checker.document_engines if isinstance(engine, Critic)]
    ready = [critic for critic in critics if critic.status().status in ("ran", "not needed")]
    return _tried(ready, documents, findings)


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
