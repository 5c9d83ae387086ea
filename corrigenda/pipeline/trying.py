"""Corrections are tried before they are offered: one after which a sentence is wrong in a new way is no correction.

Engines that can read a corrected paragraph (corrigenda.engines.engine.Critic) are asked. A correction to which one
objects is dropped: "I has been here" helps nobody, and the finding says what is wrong without it.
"""

from collections.abc import Iterable, Mapping, Sequence

from corrigenda.documents.document import Document
from corrigenda.engines.engine import Critic, Trial
from corrigenda.finding import Applicability, Finding

MOST = 3
"""Corrections of one finding that are tried, the first ones: nobody applies the fourth unread."""


def tried(
    critics: Sequence[Critic], documents: Iterable[Document], findings: Mapping[str, Sequence[Finding]]
) -> dict[str, list[Finding]]:
    """Return findings by their document's path as they came, without the corrections that an engine objects to.

    Args:
        critics: The engines that are asked; without one everything stays as it is.
        documents: The documents of the findings.
        findings: Findings of each document, by its path.
    """
    result = {path: list(own) for path, own in findings.items()}
    asked: list[tuple[str, int, int]] = []
    trials: list[Trial] = []
    for document in documents if critics else ():
        for number, finding in enumerate(result.get(document.path, ())):
            if finding.variants:
                continue  # names: which form is right is the name index's to say
            for place, correction in enumerate(finding.corrections[:MOST]):
                if correction.applicability is not Applicability.DISPLAY_ONLY:
                    asked.append((document.path, number, place))
                    trials.append(Trial(document, finding.start, finding.end, correction.text))
    refused = _refused(critics, asked, trials)
    for path, number in dict.fromkeys((path, number) for path, number, _ in refused):
        finding = result[path][number]
        left = (c for place, c in enumerate(finding.corrections) if (path, number, place) not in refused)
        result[path][number] = finding._replace(corrections=tuple(left))
    return result


def _refused(
    critics: Sequence[Critic], asked: Sequence[tuple[str, int, int]], trials: Sequence[Trial]
) -> frozenset[tuple[str, int, int]]:
    """Return the places of the corrections that an engine objects to."""
    refused: set[int] = set()
    for critic in critics if trials else ():
        refused.update(number for number, rules in enumerate(critic.objections(trials)) if rules)
    return frozenset(asked[number] for number in refused)
