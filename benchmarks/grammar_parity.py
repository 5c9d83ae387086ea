"""Do the grammar engine's two backends say the same? LingoTweaker beside LanguageTool's server, on the same pieces.

    python benchmarks/grammar_parity.py [--each 8] [--planted 17] [--url URL] [--examples N]

Both are asked about 400 texts and some 600 sentences with a planted error (grammar_texts.py), through `Backend.ask` and
with the options of the shipped policy. Compared is what they answer (matches), and what the filter with the shipped
policy makes of it (findings): the same are those with the same place and rule. Every difference is listed by rule:

    moved      the same rule at an overlapping place
    renamed    another rule at an overlapping place
    only ...   nothing of the other backend there

Then what the same matches suggest (the first five suggestions) and say. `--examples` also prints that many places of
each rule that differs. Without `--url` a LanguageTool server of our own is started.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from grammar_texts import Text, planted, written

from corrigenda.documents.document import Document
from corrigenda.documents.registry import reader
from corrigenda.engines.grammar import choice
from corrigenda.engines.grammar.backend import Backend, Options
from corrigenda.engines.grammar.client import BATCH
from corrigenda.engines.grammar.errors import RefusedError
from corrigenda.engines.grammar.filter.hits import Filter
from corrigenda.engines.grammar.filter.names import NameIndex
from corrigenda.engines.grammar.match import Match, PlacedMatch
from corrigenda.engines.grammar.pieces import Batch, Piece, batches, pieces
from corrigenda.engines.grammar.policy import Policy
from corrigenda.engines.grammar.settings import Settings
from corrigenda.engines.grammar.variant import variant_of
from corrigenda.pipeline.index import load

BACKENDS = ("languagetool", "lingotweaker")
COLUMNS = ("moved", "renamed", *(f"only {name}" for name in BACKENDS))


class Said(NamedTuple):
    """Something that a backend said: in which text, where, by which rule, what it suggests and says, what it marks."""

    text: int
    start: int
    end: int
    rule: str
    suggestions: tuple[str, ...]
    message: str
    quote: str

    @property
    def key(self) -> tuple[int, int, int, str]:
        """What makes it the same as the other backend's."""
        return self.text, self.start, self.end, self.rule

    def overlaps(self, other: "Said") -> bool:
        """Return whether both speak of the same characters."""
        return self.text == other.text and self.start < other.end and other.start < self.end


class Difference(NamedTuple):
    """What is not the same: which kind of difference, by which rule, and what each backend said."""

    kind: str
    rule: str
    said: tuple[Said | None, Said | None]

    @property
    def text(self) -> int:
        """The number of the text."""
        return next(said.text for said in self.said if said is not None)


def answers(backend: Backend, items: Sequence[tuple[str, Piece]]) -> tuple[dict[Piece, list[Match]], int]:
    """Return the matches of pieces in their variants, and how many pieces were refused."""
    found: dict[Piece, list[Match]] = {}
    refused = 0
    waiting = batches(items, BATCH)
    while waiting:
        batch = waiting.pop()
        try:
            found.update(zip(batch.pieces, backend.ask(batch), strict=True))
        except RefusedError:
            if len(batch.pieces) == 1:
                refused += 1
            else:
                waiting += [Batch(batch.variant, (piece,)) for piece in batch.pieces]
    return found, refused


def matches(documents: Sequence[Document], found: dict[Piece, list[Match]]) -> Iterator[Said]:
    """Yield what a backend answered."""
    for piece, own in found.items():
        text = documents[piece.document].text
        for match in own:
            start, end = piece.start + match.start, piece.start + match.end
            yield Said(piece.document, start, end, match.rule, match.replacements, match.message, text[start:end])


def findings(filter_: Filter, documents: Sequence[Document], found: dict[Piece, list[Match]]) -> Iterator[Said]:
    """Yield what the filter lets through of it."""
    placed: list[list[PlacedMatch]] = [[] for _ in documents]
    for piece, own in found.items():
        placed[piece.document] += [
            PlacedMatch(piece.block, piece.start + match.start, piece.start + match.end, match) for match in own
        ]
    for number, (document, own_) in enumerate(zip(documents, placed, strict=True)):
        for hit in filter_.hits(document, own_, number):
            rule = f"{hit.check.id} {hit.severity} ({hit.evidence['languagetool']})"
            suggestions = tuple(correction.text for correction in hit.corrections)
            yield Said(number, hit.start, hit.end, rule, suggestions, hit.message, document.text[hit.start : hit.end])


def paired(first: Iterable[Said], second: Iterable[Said]) -> tuple[list[tuple[Said, Said]], list[Difference]]:
    """Return what both say, and the differences."""
    sides = [defaultdict(list[Said]), defaultdict(list[Said])]
    for side, said in zip(sides, (first, second), strict=True):
        for each in said:
            side[each.key].append(each)
    same: list[tuple[Said, Said]] = []
    left: list[list[Said]] = [[], []]
    for key in sorted(sides[0].keys() | sides[1].keys()):
        one, other = sides[0].get(key, []), sides[1].get(key, [])
        same += zip(one, other, strict=False)
        left[0] += one[len(other) :]
        left[1] += other[len(one) :]
    return same, list(_differences(left[0], left[1]))


def _differences(one: list[Said], other: list[Said]) -> Iterator[Difference]:
    for kind in ("moved", "renamed"):
        for said in list(one):
            for second in other:
                if said.overlaps(second) and (kind == "renamed" or said.rule == second.rule):
                    rule = said.rule if kind == "moved" else f"{said.rule} -> {second.rule}"
                    yield Difference(kind, rule, (said, second))
                    one.remove(said)
                    other.remove(second)
                    break
    yield from (Difference(COLUMNS[2], said.rule, (said, None)) for said in one)
    yield from (Difference(COLUMNS[3], said.rule, (None, said)) for said in other)


def report(title: str, texts: Sequence[Text], sides: Sequence[list[Said]], examples: int) -> None:
    """Print how much is the same, and all that is not."""
    same, differences = paired(*sides)
    total = len(same) + len(differences)
    print(f"\n## {title}: {len(same):,} of {total:,} the same ({100 * len(same) / max(1, total):.2f}%)\n")
    print("| texts | the same | " + " | ".join(COLUMNS) + " |\n|---|" + "--:|" * (1 + len(COLUMNS)))
    for kind in dict.fromkeys(text.kind for text in texts):
        counts = Counter(each.kind for each in differences if texts[each.text].kind == kind)
        row = [sum(texts[one.text].kind == kind for one, _ in same), *(counts[column] for column in COLUMNS)]
        print(f"| {kind} | " + " | ".join(map(str, row)) + " |")
    by_rule: dict[str, list[Difference]] = defaultdict(list)
    for each in differences:
        by_rule[each.rule].append(each)
    if differences:
        print("\n| rule | " + " | ".join(COLUMNS) + " | kinds of text |\n|---|" + "--:|" * len(COLUMNS) + "---|")
    for rule, own in sorted(by_rule.items(), key=lambda item: (-len(item[1]), item[0])):
        counts = Counter(each.kind for each in own)
        kinds = ", ".join(sorted({texts[each.text].kind for each in own}))
        print(f"| {rule} | " + " | ".join(str(counts[column] or "") for column in COLUMNS) + f" | {kinds} |")
        for each in own[:examples]:
            said = [(one.start, one.quote, one.suggestions[:2]) if one else None for one in each.said]
            print(f"    {texts[each.text].name}: {said}")
    _suggestions(same, examples, texts)


def _suggestions(same: Sequence[tuple[Said, Said]], examples: int, texts: Sequence[Text]) -> None:
    unlike = [(one, other) for one, other in same if one.suggestions != other.suggestions]
    first = sum(one.suggestions[:1] != other.suggestions[:1] for one, other in unlike)
    order = sum(sorted(one.suggestions) == sorted(other.suggestions) for one, other in unlike)
    worded = [(one, other) for one, other in same if one.message != other.message]
    print(
        f"\nOf {len(same):,} the same, {len(unlike):,} suggest something else ({first:,} another first, {order:,} the "
        f"same in another order), {len(worded):,} are worded differently."
    )
    for name, pairs in (("suggestions", unlike), ("wording", worded)):
        by_rule: dict[str, list[tuple[Said, Said]]] = defaultdict(list)
        for pair in pairs:
            by_rule[pair[0].rule].append(pair)
        for rule, own in sorted(by_rule.items(), key=lambda item: (-len(item[1]), item[0])):
            print(f"- {name} {rule}: {len(own)}")
            for one, other in own[:examples]:
                what = [(s.suggestions if name == "suggestions" else s.message) for s in (one, other)]
                print(f"    {texts[one.text].name} {one.quote!r}: {what[0]!r} | {what[1]!r}")


def main() -> None:
    """Ask both backends, and print what is not the same."""
    parser = argparse.ArgumentParser(description="LingoTweaker and LanguageTool's server on the same texts.")
    parser.add_argument("--each", type=int, default=8, help="texts of each file; 8 make 400 in all")
    parser.add_argument("--planted", type=int, default=17, help="sentences of each kind of DEMETR's")
    parser.add_argument("--url", default="", help="a LanguageTool server that runs already")
    parser.add_argument("--examples", type=int, default=0, help="places to print of each rule that differs")
    chosen = parser.parse_args()
    texts = [*written(chosen.each), *planted(chosen.planted)]
    documents = [reader(text.format).read(text.text.encode(), text.name) for text in texts]
    items = [(variant_of(document), piece) for n, document in enumerate(documents) for piece in pieces(document, n)]
    rules = load().rules
    policy = Policy.of(rules)
    options = Options(disabled_rules=policy.unwanted_rules, disabled_categories=policy.unwanted, seconds=240.0)
    marked = sum(any(part.markup for part in piece.parts) for _, piece in items)
    words = sum(len(text.text.split()) for text in texts)
    print(f"{len(texts)} texts, {words:,} words, {len(items):,} paragraphs, {marked:,} of them with mark-up")
    raw: list[list[Said]] = []
    kept: list[list[Said]] = []
    for name in BACKENDS:
        settings = Settings(url=chosen.url) if chosen.url and name == "languagetool" else Settings(backend=name)
        backend = choice.backend(settings, options)
        try:
            found, refused = answers(backend, items)
            print(f"{name}: {backend.version()}, {sum(map(len, found.values())):,} matches, {refused} refused")
        finally:
            backend.close()
        raw.append(list(matches(documents, found)))
        kept.append(list(findings(Filter(policy, names=NameIndex()), documents, found)))
    report("Matches", texts, raw, chosen.examples)
    report("Findings", texts, kept, chosen.examples)


if __name__ == "__main__":
    main()
