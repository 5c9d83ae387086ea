"""The stage of the engines that read whole documents.

They run in the process that owns the run, whatever the number of workers, since one server or model serves them all;
their answers are kept by paragraph in caches of their own, so an unchanged folder starts nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from corrigenda.documents.document import Document
from corrigenda.engines.engine import Critic, Informed, Reviewer, Starter
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


def reviewers(checker: "Checker") -> list[Reviewer]:
    """Return the document engines that give second opinions and are not off."""
    engines = (engine for engine in checker.document_engines if isinstance(engine, Reviewer))
    return [engine for engine in engines if engine.status().status not in ("off", "absent")]


def check(
    checker: "Checker",
    documents: Sequence[Document],
    known: Mapping[str, Sequence[Finding]],
    told: Callable[[int, str], None],
) -> Later:
    """Return what the document engines find in some documents.

    `known` is what was found in them so far, by path; `told` is called with the number of these documents that an
    engine has read, and its name.
    """
    result = Later()
    for engine in checker.document_engines:
        done = 0
        if isinstance(engine, Informed):
            engine.inform(known)
        for some in _portions(documents) if engine.status().status not in ("off", "absent") else ():
            told(done, engine.name)
            outcome = engine.check(some)
            for document, hits in zip(some, outcome.hits, strict=True):
                found = checker.findings(document, hits)
                if found:
                    result.findings.setdefault(document.path, []).extend(found)
            result.problems.extend(outcome.problems)
            done += len(some)
        result.engines.append(engine.status())
    return result


def _portions(documents: Sequence[Document]) -> Iterator[Sequence[Document]]:
    """Yield documents in portions that an engine reads together, so that a long run shows how far it is."""
    first = size = 0
    for number, document in enumerate(documents, 1):
        size += len(document.text)
        if size >= _PORTION:
            yield documents[first:number]
            first, size = number, 0
    if first < len(documents):
        yield documents[first:]


_PORTION = 100_000
"""Code points of a portion, or more: enough for all requests that are under way at once."""
