"""The statuses of engines, of one batch after the other, and the report that they end in."""

from collections.abc import Iterable, Sequence

from corrigenda import __version__
from corrigenda.finding import DocumentReport, EngineStatus, Problem, Report

RULES = "rules"
_WEIGHT = {"not needed": 0, "off": 1, "absent": 2, "ran": 3, "failed": 4}


def joined(one: EngineStatus, other: EngineStatus) -> EngineStatus:
    """Return one status for two of the same engine: what weighs more, with what both could not judge."""
    heavier = other if _WEIGHT.get(other.status, 0) > _WEIGHT.get(one.status, 0) else one
    return heavier._replace(not_judged=one.not_judged + other.not_judged)


def all_joined(statuses: Iterable[EngineStatus]) -> dict[str, EngineStatus]:
    """Return one status for each engine."""
    result: dict[str, EngineStatus] = {}
    for status in statuses:
        result[status.name] = joined(result[status.name], status) if status.name in result else status
    return result


def for_document(status: EngineStatus, used: bool) -> EngineStatus:
    """Return an engine's status for one document: in a batch it may have run for others alone."""
    if status.status == "ran" and not used:
        return EngineStatus(status.name, "not needed")
    return status


def report_of(
    documents: Sequence[DocumentReport], problems: Iterable[Problem], engines: Iterable[EngineStatus]
) -> Report:
    """Put everything into one report: problems once each, engines by name, and a failed engine as a problem."""
    statuses = {name: _counted(status) for name, status in all_joined(engines).items()}
    unique = sorted({(problem.path, problem.message) for problem in problems})
    unique += [(status.name, status.reason) for status in statuses.values() if status.status == "failed"]
    return Report(
        version=__version__,
        engines=(EngineStatus(RULES, "ran"), *(statuses[name] for name in sorted(statuses))),
        documents=tuple(documents),
        problems=tuple(Problem(path, message) for path, message in unique),
    )


def _counted(status: EngineStatus) -> EngineStatus:
    """Put the count of what was not judged into an engine's reason."""
    if not status.not_judged:
        return status
    places = "1 place was" if status.not_judged == 1 else f"{status.not_judged} places were"
    reason = f"{status.reason}; {places} not judged" if status.reason else f"{places} not judged"
    return status._replace(reason=reason, not_judged=0)
