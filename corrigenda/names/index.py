"""Names over many documents: one index, built a document at a time, that knows every spelling and where it stands.

The index holds the documents' name tables and nothing of their sentences. When one file changes, only its table is made
anew; what the index says is then the same as if it had been built from scratch.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from corrigenda.names import bearers, gazetteer, given_names, lists
from corrigenda.names.bearers import Role
from corrigenda.names.candidate import Candidate, keys
from corrigenda.names.choice import WHY, Basis, known_form, last_word
from corrigenda.names.data import CURRENT, curated
from corrigenda.names.gazetteer import Places
from corrigenda.names.issue import Certainty
from corrigenda.names.judgement import PairRule, PairVerdict, both_spell
from corrigenda.names.romanise import fold, key, symbols
from corrigenda.names.table import DocumentNames, Occurrence
from corrigenda.names.thresholds import CERTAIN_AT, SAME_PLACE_AT, SAME_SOUNDS_AT
from corrigenda.names.vetoes import veto, veto_neighbours, veto_person

_LOOK_AT = 40
"""Documents of a form that are looked into for neighbours: enough to tell two people apart, and a bound on the cost."""


@dataclass(frozen=True, slots=True)
class AcrossForm:
    """One spelling over all documents: how often, and in which."""

    text: str
    count: int
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AcrossPair:
    """One name that some documents spell one way and others another.

    `minority` stands in fewer documents. `preferred` is what the `basis` recommends, "" for none; `why` says so in
    words. Documents that mix both are the business of `mixed_spellings`, and are counted here all the same.
    """

    minority: AcrossForm
    majority: AcrossForm
    certainty: Certainty
    reason: str
    preferred: str
    basis: Basis
    rule: PairRule
    distance: float
    canonical: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class NameGroup:
    """One name as all documents have it: its spellings, the commonest first, and what the curated list knows of it."""

    name: str
    kind: str
    canonical: str
    spellings: tuple[AcrossForm, ...]

    @property
    def count(self) -> int:
        """How often the name stands in all documents."""
        return sum(form.count for form in self.spellings)


class _Collection:
    """The surroundings of a form over all documents (`candidate.Surroundings`): its neighbours are gathered over them,
    and there is no text to look into.
    """

    lower: frozenset[str] = frozenset()

    def __init__(self, index: "NameIndex") -> None:
        self._index = index
        self._before: dict[str, frozenset[str]] = {}
        self._after: dict[str, frozenset[str]] = {}

    def occurrences(self, form: str) -> list[Occurrence]:
        return self._index.occurrences(form)

    def before(self, form: str) -> frozenset[str]:
        if form not in self._before:
            self._before[form] = frozenset(o.before for o in self.occurrences(form) if lists.is_neighbour(o.before))
        return self._before[form]

    def after(self, form: str) -> frozenset[str]:
        if form not in self._after:
            self._after[form] = frozenset(o.after for o in self.occurrences(form) if lists.is_neighbour(o.after))
        return self._after[form]

    def sexes(self, form: str) -> frozenset[str]:
        return frozenset(map(given_names.sex, self.before(form)))

    def towns(self, form: str) -> list[Occurrence]:
        return [place for place in self.occurrences(form) if bearers.beside(form, place) is Role.UNKNOWN]

    def only_person(self, form: str) -> bool:
        return not self.towns(form)

    def only_town(self, form: str) -> bool:
        return False

    def in_one_list(self, first: str, second: str) -> bool:
        return False

    def in_marks(self, form: str) -> bool:
        return False

    def kept(self, form: str) -> bool:
        return False

    def glossed(self, first: str, second: str) -> bool:
        return False


def _is_eligible(form: str, documents: int) -> bool:
    """Return whether a form that stands in so many documents is worth comparing by its sounds."""
    if len(form) < 4 or form.isupper() or sum(map(str.isupper, form)) > 2 or lists.is_english(form):
        return False
    return documents > 1 or gazetteer.is_place(form)  # what `_judge` would refuse anyway


def _of_like_length(forms: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of a bucket's forms of which neither has three sounds more than the other."""
    by_length = sorted(forms, key=lambda form: (len(symbols(form)), form))
    for at, form in enumerate(by_length):
        longest = len(symbols(form)) + 2
        for other in by_length[at + 1 :]:
            if len(symbols(other)) > longest:
                break
            yield (form, other) if form < other else (other, form)


class NameIndex:
    """All documents' names. Add each document's table under its path; ask for pairs or for the table of names."""

    def __init__(self) -> None:
        self._tables: dict[str, DocumentNames] = {}
        self._forms: dict[str, AcrossForm] | None = None
        self._seen: dict[str, list[Occurrence]] = {}

    def __len__(self) -> int:
        """Count the documents."""
        return len(self._tables)

    def add(self, path: str, names: DocumentNames) -> None:
        """Add a document, or put its new table in place of the old one."""
        self._tables[path] = names
        self._forget()

    def remove(self, path: str) -> None:
        """Take a document out; one that is not there is no error."""
        self._tables.pop(path, None)
        self._forget()

    def paths(self) -> list[str]:
        """Return the documents' paths, sorted."""
        return sorted(self._tables)

    def _forget(self) -> None:
        self._forms = None
        self._seen = {}

    def forms(self) -> Mapping[str, AcrossForm]:
        """Return every form, sorted, with its count and the paths of its documents, sorted too."""
        if self._forms is None:
            counts: Counter[str] = Counter()
            paths: dict[str, list[str]] = {}
            for path in self.paths():
                for form, count in self._tables[path].counts():
                    counts[form] += count
                    paths.setdefault(form, []).append(path)
            self._forms = {form: AcrossForm(form, counts[form], tuple(found)) for form, found in sorted(paths.items())}
        return self._forms

    def occurrences(self, form: str) -> list[Occurrence]:
        """Return places of a form in the first documents that have it (by path), for their neighbours."""
        if form not in self._seen:
            known = self.forms().get(form)
            documents = known.documents[:_LOOK_AT] if known is not None else ()
            self._seen[form] = [place for path in documents for place in self._tables[path].scan(form, 20)]
        return self._seen[form]

    def spans(self, path: str, form: str) -> tuple[tuple[int, int], ...]:
        """Return the ranges of a form in one document, in text order."""
        table = self._tables.get(path)
        return tuple((o.start, o.end) for o in table.scan(form, sys.maxsize)) if table else ()

    def pairs(self, style: Mapping[str, str] | None = None) -> list[AcrossPair]:
        """Return the names that differ between documents, sorted by the minority form.

        Stricter than within a document, since neighbours say less: a curated name or one town's name; or spellings that
        differ by scheme only, in two documents or more on each side, of a word that no dictionary knows or that stands
        beside the same name on both sides. Raises NameListError when a list that this rests on is broken.
        """
        collection = _Collection(self)
        found = []
        for first, second in sorted(self._candidates()):
            verdict = self._judge(Candidate(first, second, collection))
            if verdict is not None:
                found.append(self._pair(first, second, verdict, style or {}))
        return sorted(found, key=lambda pair: (pair.minority.text, pair.majority.text))

    def _candidates(self) -> set[tuple[str, str]]:
        """Return the pairs of forms that are worth a comparison, each in alphabetical order."""
        buckets: dict[str, list[str]] = {}
        rows: dict[str, list[str]] = {}
        for form, known in self.forms().items():
            for row, status in curated().rows_of(form):
                if status in CURRENT:
                    rows.setdefault(row.canonical, []).append(form)
            if _is_eligible(form, len(known.documents)):
                for bucket in filter(None, keys(form)):
                    buckets.setdefault(bucket, []).append(form)
        found: set[tuple[str, str]] = set()
        for forms in rows.values():
            found.update(combinations(sorted(forms), 2))
        for forms in buckets.values():
            found.update(_of_like_length(forms))
        return found

    def _judge(self, candidate: Candidate) -> PairVerdict | None:
        """Return the verdict on two forms of different documents: fewer rules than within one, and stricter ones."""
        first, second = candidate.forms
        if fold(first) == fold(second):
            return None
        row = candidate.row
        if row is not None and not row.is_given:
            if veto_neighbours(candidate) is not None or veto_person(candidate) is not None:
                return None
            if row.is_place and (row.also_means(first) or row.also_means(second)):
                return None  # Nikolayev may be a man: without the sentence nobody can tell
            reason = both_spell(row.canonical, candidate.forms)
            return PairVerdict(Certainty.CERTAIN, reason, "curated", candidate.distance, row)
        if candidate.distance > SAME_PLACE_AT:
            return None
        one_scheme_apart = self._differ_by_scheme(candidate)
        one_town = gazetteer.compare(first, second) is Places.SAME and min(len(first), len(second)) > 4
        if not one_scheme_apart and not one_town:
            return None
        if given_names.is_given(first) or given_names.is_given(second) or veto(candidate) is not None:
            return None
        if one_town:
            reason = "both are romanisations of one town's name"
            return PairVerdict(Certainty.LIKELY, reason, "gazetteer", candidate.distance)
        if candidate.has_one_neighbour:
            return PairVerdict(Certainty.LIKELY, "they stand beside the same name", "neighbour", candidate.distance)
        if candidate.any_known or min(len(first), len(second)) < 6 or candidate.distance > SAME_SOUNDS_AT:
            return None
        reason = "they differ only in how the same sound is spelled"
        return PairVerdict(Certainty.POSSIBLE, reason, "romanisation", candidate.distance)

    def _differ_by_scheme(self, candidate: Candidate) -> bool:
        """Return whether only the scheme of romanisation differs, in two documents or more on each side."""
        if candidate.distance > CERTAIN_AT or key(candidate.first) != key(candidate.second):
            return False
        return all(len(self.forms()[form].documents) > 1 for form in candidate.forms)

    def _pair(self, first: str, second: str, verdict: PairVerdict, style: Mapping[str, str]) -> AcrossPair:
        """Say which form is marked and which recommended: the house style's, else the one in more documents, else the
        known one; of two that stand equally often none.
        """
        major, minor = sorted(
            (self.forms()[first], self.forms()[second]), key=lambda form: (-len(form.documents), -form.count, form.text)
        )
        wanted = style.get(verdict.canonical) if verdict.row is not None else None
        is_tie = (len(minor.documents), minor.count) == (len(major.documents), major.count)
        basis: Basis = "majority"
        preferred, why = major.text, f"most documents write {major.text}"
        if is_tie:
            preferred, basis, why = "", "nothing", "nothing says which of the two is right"
        if verdict.row is not None and (wanted or len(minor.documents) == len(major.documents)):
            known = (
                {fold(wanted), last_word(fold(wanted))} if wanted else {fold(known_form(first, second, verdict.row))}
            )
            for form, other in ((minor, major), (major, minor)):
                if fold(form.text) in known:
                    major, minor, preferred = form, other, form.text
                    basis = "house style" if wanted else "known form"
                    why = WHY[basis].format(form.text)
                    break
        return AcrossPair(
            minority=minor,
            majority=major,
            certainty=verdict.certainty,
            reason=verdict.reason,
            preferred=preferred,
            basis=basis,
            rule=verdict.rule,
            distance=verdict.distance,
            canonical=verdict.canonical,
            why=why,
        )

    def groups(self, also: Iterable[tuple[str, str]] = ()) -> list[NameGroup]:
        """Return every name with its spellings: what an editor needs to settle a house style; commonest first.

        `also`: forms that are one name for a reason that one document gives, such as the same name beside both.
        """
        parent: dict[str, str] = {}

        def root(form: str) -> str:
            while parent.setdefault(form, form) != form:
                form = parent[form]
            return form

        for pair in self.pairs():
            if pair.certainty is not Certainty.POSSIBLE:
                one, two = sorted((root(pair.minority.text), root(pair.majority.text)))
                parent[two] = one
        known = self.forms()
        for first, second in also:
            if first in known and second in known:
                one, two = sorted((root(first), root(second)))
                parent[two] = one
        members: dict[str, list[str]] = {}
        for form in known:
            if len(form) > 1 and not lists.is_english(form) and not lists.is_function_word(form):
                members.setdefault(root(form), []).append(form)
        return sorted(map(self._group, members.values()), key=lambda group: (-group.count, group.name))

    def _group(self, forms: Iterable[str]) -> NameGroup:
        spellings = sorted((self.forms()[form] for form in forms), key=lambda form: (-form.count, form.text))
        rows = [row for row, _ in curated().rows_of(spellings[0].text)]
        row = rows[0] if len(rows) == 1 else None
        return NameGroup(
            spellings[0].text, row.kind if row else "", row.canonical if row else "", tuple(spellings)
        )  # fmt: skip
