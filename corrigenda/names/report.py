"""Everything that this package says of one text, each thing once."""

from corrigenda.names import endings, house, institutions, near_miss, order
from corrigenda.names.context import NameContext
from corrigenda.names.issue import NameIssue
from corrigenda.names.pairs import NamePair, mixed_spellings


def all_pairs(context: NameContext) -> list[NamePair]:
    """Return every name that stands in two forms: spellings, orders, divisions; one pair of forms once, by place."""
    found: dict[frozenset[str], NamePair] = {}
    for ask in (mixed_spellings, order.divided, order.chinese, order.transposed):
        for pair in ask(context):
            found.setdefault(frozenset((pair.minority.text, pair.majority.text)), pair)
    return sorted(found.values(), key=lambda pair: pair.sort_key)


def all_issues(context: NameContext) -> list[NameIssue]:
    """Return every single form that is not as it should be, by place; a place that an adjective explains is no case."""
    found: list[NameIssue] = []
    taken: set[tuple[int, int]] = set()
    for ask in (
        house.given_name_forms,
        endings.adjectives,
        endings.case_endings,
        house.mixed_romanisation,
        house.outdated,
        house.house_style,
        near_miss.near_misses,
        institutions.changed_institutions,
        institutions.acronyms,
    ):
        for issue in ask(context):
            if issue.rule in ("case-ending", "near-miss") and taken & set(issue.spans):
                continue
            taken.update(issue.spans)
            found.append(issue)
    return sorted(found, key=lambda issue: issue.sort_key)
