"""Everything that this package says of one text, each thing once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corrigenda.names import acronyms, adjectives, arabic, curated, eastern, endings, institutions, near_miss, order
from corrigenda.names.context import NameContext
from corrigenda.names.issue import Certainty, NameIssue
from corrigenda.names.pairs import NamePair, lies_in, mixed_spellings


def all_pairs(context: NameContext) -> list[NamePair]:
    """Return every name that stands in two forms: spellings, orders, divisions; one pair of forms once, by place."""
    found: dict[frozenset[str], NamePair] = {}
    whole = eastern.spelled_twice(context)
    inside = [span for pair in whole for form in (pair.minority, pair.majority) for span in form.spans]
    for pair in whole:
        found.setdefault(frozenset((pair.minority.text, pair.majority.text)), pair)
    for ask in (mixed_spellings, arabic.compounds, arabic.titles, order.divided, order.chinese, order.transposed):
        for pair in ask(context):
            if not (lies_in(pair.minority, inside) and lies_in(pair.majority, inside)):
                found.setdefault(frozenset((pair.minority.text, pair.majority.text)), pair)
    return sorted(_without_cases(found, context), key=lambda pair: pair.sort_key)


def _without_cases(pairs: Mapping[frozenset[str], NamePair], context: NameContext) -> list[NamePair]:
    """Leave out the pairs that are possible only, where one form is said to be a case of the other."""
    possible = {forms for forms, pair in pairs.items() if pair.certainty is Certainty.POSSIBLE}
    cases = {frozenset((issue.form, issue.other)) for issue in endings.case_endings(context)} if possible else set()
    return [pair for forms, pair in pairs.items() if forms not in possible & cases]


_STRONGEST = ("house style", "marks", "known person", "context", "known form", "majority", "nothing")
"""What a recommendation may rest on, the strongest first."""


def one_form_each(pairs: Sequence[NamePair]) -> list[NamePair]:
    """Return pairs that recommend one form for each name, and mark each of its other forms once.

    Of three spellings of one name every two are a pair with a recommendation of its own: together they would advise an
    editor to write both Zelenskyy and Zelensky in one place.
    """
    result: list[NamePair] = []
    for own in _clusters(pairs):
        if len(own) == 1:
            result.extend(own)
            continue
        forms = {form.text: form for pair in own for form in (pair.minority, pair.majority)}
        best = min(
            (pair for pair in own if pair.preferred in forms),
            key=lambda pair: (_STRONGEST.index(pair.basis), -forms[pair.preferred].count, forms[pair.preferred].spans),
            default=None,
        )
        if best is None:
            # Nothing recommends one of them: each is held against the commonest, or the first.
            wanted = min(forms.values(), key=lambda form: (-form.count, form.spans))
            preferred, basis, why = "", own[0].basis, own[0].why
        else:
            wanted = forms[best.preferred]
            preferred, basis, why = best.preferred, best.basis, best.why
        marked: set[str] = {wanted.text}
        partners = _partners(own)
        # Its own pair with the wanted form speaks for a form, else the first that it is in.
        for pair in sorted(own, key=lambda pair: wanted.text not in (pair.minority.text, pair.majority.text)):
            for form in (pair.minority, pair.majority):
                if form.text not in marked:
                    marked.add(form.text)
                    others = tuple(sorted(partners[form.text] - {wanted.text}))
                    changed = replace(pair, minority=form, majority=wanted, preferred=preferred, basis=basis, why=why)
                    result.append(replace(changed, others=others))
    return sorted(result, key=lambda pair: pair.sort_key)


def _partners(pairs: Sequence[NamePair]) -> dict[str, set[str]]:
    """For each form the other forms of the pairs that it is in."""
    found: dict[str, set[str]] = {}
    for pair in pairs:
        first, second = pair.minority.text, pair.majority.text
        found.setdefault(first, set()).update({second} - {first})
        found.setdefault(second, set()).update({first} - {second})
    return found


def _clusters(pairs: Sequence[NamePair]) -> list[list[NamePair]]:
    """Pairs that share a form, directly or through others, together."""
    linked: dict[str, str] = {}

    def root(text: str) -> str:
        while (above := linked.setdefault(text, text)) != text:
            linked[text] = linked[above]
            text = above
        return text

    for pair in pairs:
        linked[root(pair.minority.text)] = root(pair.majority.text)
    clusters: dict[str, list[NamePair]] = {}
    for pair in pairs:
        clusters.setdefault(root(pair.majority.text), []).append(pair)
    return list(clusters.values())


def all_issues(context: NameContext) -> list[NameIssue]:
    """Return every single form that is not as it should be, by place; a place that an adjective explains is no case."""
    found: list[NameIssue] = []
    taken: set[tuple[int, int]] = set()
    for ask in (
        curated.given_name_forms,
        adjectives.adjectives,
        endings.case_endings,
        curated.mixed_romanisation,
        curated.outdated,
        curated.house_style,
        near_miss.near_misses,
        institutions.changed_institutions,
        acronyms.acronyms,
    ):
        for issue in ask(context):
            if issue.rule in ("case-ending", "near-miss") and taken & set(issue.spans):
                continue
            taken.update(issue.spans)
            found.append(issue)
    return sorted(found, key=lambda issue: issue.sort_key)
