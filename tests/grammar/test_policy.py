"""What is let through: the data, its examples through LingoTweaker itself, and the figures that it promises."""

import contextlib
import gzip
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from corrigenda import resources
from corrigenda.documents.document import Document
from corrigenda.documents.formats.text import parse
from corrigenda.engines.grammar.answers import Cache
from corrigenda.engines.grammar.backend import Options
from corrigenda.engines.grammar.choice import backend
from corrigenda.engines.grammar.client import Client
from corrigenda.engines.grammar.filter.hits import Filter
from corrigenda.engines.grammar.filter.spelling import near
from corrigenda.engines.grammar.lingotweaker import package
from corrigenda.engines.grammar.match import PlacedMatch
from corrigenda.engines.grammar.pieces import pieces
from corrigenda.engines.grammar.policy import UNWANTED, Entry, Policy, PolicyPayload, Target
from corrigenda.engines.grammar.session import Grammar
from corrigenda.engines.grammar.settings import Settings
from corrigenda.finding import Severity
from corrigenda.pipeline.index import load as load_index
from corrigenda.rules.check import Check, check_files, load
from tests.conftest import absent

from .helpers import NoNames, Rules

FOLDER = resources.folder("checks")
CHECKS = [load(path, FOLDER) for path in check_files(FOLDER) if path.parent.name == "language"]
OURS = [check for check in CHECKS if check.detector == "grammar"]
PLANTED = Path(__file__).with_name("planted.jsonl")
SLOW = 240.0


@pytest.fixture(scope="module", autouse=True)
def lingotweaker() -> None:
    """Most tests here ask it."""
    if not package.installed():
        absent("LingoTweaker is not installed: pip install 'corrigenda[grammar]'")


@dataclass(frozen=True)
class Planted:
    """A sentence with one error at `[start, end)`, and what should stand there."""

    id: str
    kind: str
    text: str
    start: int
    end: int
    right: str

    def touches(self, start: int, end: int) -> bool:
        return start <= self.end and self.start <= end


@pytest.fixture(scope="module")
def planted() -> list[Planted]:
    return [Planted(**json.loads(line)) for line in PLANTED.read_text(encoding="utf-8").splitlines()]


def test_every_entry_gives_its_reason_and_none_stands_twice() -> None:
    seen: set[tuple[str, str]] = set()
    for check in OURS:
        for key in ("rules", "categories", "except"):
            for entry in check.options.get(key, ()):
                assert len(entry["reason"]) > 4, f"{check.id}: {entry['id']}"
                if key == "rules":
                    assert (entry["id"], entry.get("when", "")) not in seen
                    seen.add((entry["id"], entry.get("when", "")))
                assert re.fullmatch(r"[A-Za-z0-9_*\-]+", entry["id"])


def test_no_category_is_both_let_through_and_not_asked_for(policy: Policy) -> None:
    through = {entry.id for target in policy.targets for entry in target.through.categories}
    assert not through & set(UNWANTED)
    assert set(policy.unwanted) == set(UNWANTED)


def test_a_rule_comes_before_a_pattern_and_the_longer_pattern_first(policy: Policy) -> None:
    decided = policy.decide("RELATIVE_CLAUSE_AGREEMENT", "GRAMMAR")
    assert decided is not None
    assert decided.severity(quoted=False) is Severity.SUGGESTION
    assert policy.decide("COLLECTIVE_NOUN_VERB_AGREEMENT_VBP", "GRAMMAR") is None
    assert policy.decide("MAKER_COMPOUNDS", "GRAMMAR") is None
    assert policy.decide("SOME_NEW_RULE", "GRAMMAR") is not None
    assert policy.decide("SOME_NEW_RULE", "SOME_NEW_CATEGORY") is None
    assert policy.decide("MORFOLOGIK_RULE_EN_GB", "TYPOS", "near") is not None
    assert policy.decide("MORFOLOGIK_RULE_EN_GB", "TYPOS", "dialect") is None


def test_a_check_lets_through_what_is_not_asked_for_otherwise(rules: Rules) -> None:
    target = Target(rules[0].check, PolicyPayload(categories=(Entry("STYLE", "for this test"),)))
    assert Policy([target]).decide("ANY", "STYLE") is not None
    assert "STYLE" not in Policy([target]).unwanted
    assert Policy([]).decide("ANY", "STYLE") is None
    assert "STYLE" in Policy([]).unwanted


def test_checks_of_other_detectors_and_those_turned_off_let_nothing_through() -> None:
    assert Policy.of(load_index().rules).targets
    assert Policy.of(load_index(disabled=["language"]).rules).targets == ()


class NamesOfTheText:
    """An oracle for the examples: a name is what the text writes first, and its near misses come later."""

    def is_name(self, token: str, document: Document, start: int, end: int) -> bool:
        return token[0].isupper() and (document.text.index(token) < 30 or token.endswith("s"))

    def near_miss(self, token: str, document: Document, start: int, end: int) -> str | None:
        for match in re.finditer(r"\b[A-Z][a-z]+", document.text):
            if match[0] != token and near(token.lower(), match[0].lower()):
                return match[0]
        return None


def test_examples(rules: Rules) -> None:
    texts: list[tuple[Check, str]] = []
    for check in OURS:
        texts += [(check, wrong.text) for wrong in check.wrong] + [(check, fine) for fine in check.fine]
    documents = [parse(text, check.id) for check, text in texts]
    chosen = Settings(backend="lingotweaker", use_cache=False, language="en-US", seconds=SLOW)
    with Grammar(chosen, rules, names=NamesOfTheText()) as engine:
        outcome = engine.check(documents)
        assert engine.status().status == "ran"
    assert not outcome.problems
    wrong = {(check.id, example.text): example for check in OURS for example in check.wrong}
    said: list[str] = []
    for (check, text), hits in zip(texts, outcome.hits, strict=True):
        example = wrong.get((check.id, text))
        if example is None:
            said += [f"{check.id} is not silent on {text!r}: {text[hit.start : hit.end]!r}" for hit in hits]
            continue
        own = [hit for hit in hits if hit.check.id == check.id]
        spans = tuple((hit.start, hit.end) for hit in own)
        if spans != example.spans:
            said.append(f"{check.id} found {spans} in {text!r}, not {example.spans}")
        elif example.right is not None:
            first = own[0]
            corrected = text[: first.start] + first.corrections[0].text + text[first.end :]
            if corrected != example.right:
                said.append(f"{check.id} makes {corrected!r} of {text!r}")
    assert not said, "\n".join(said)


def test_planted_errors_are_three_hundred_of_thirty_kinds(planted: list[Planted]) -> None:
    kinds: dict[str, int] = defaultdict(int)
    for error in planted:
        kinds[error.kind] += 1
        assert 0 <= error.start < error.end <= len(error.text)
        assert error.text[error.start : error.end] != error.right
    assert len(kinds) == 30
    assert set(kinds.values()) == {10}
    assert len({error.text for error in planted}) == 300


def answers(documents: list[Document], options: Options) -> list[list[PlacedMatch]]:
    items = [("en-US", piece) for number, document in enumerate(documents) for piece in pieces(document, number)]
    with contextlib.closing(backend(Settings(backend="lingotweaker"), options)) as asked:
        found = Client(asked, options, Cache(None)).check(items)
    assert not found.unchecked
    grouped: list[list[PlacedMatch]] = [[] for _ in documents]
    for piece, matches in found.matches.items():
        grouped[piece.document] += [
            PlacedMatch(piece.block, piece.start + match.start, piece.start + match.end, match) for match in matches
        ]
    return grouped


def test_the_filter_keeps_the_errors_that_the_rules_find(policy: Policy, planted: list[Planted]) -> None:
    documents = [parse(error.text, error.id) for error in planted]
    everything = answers(documents, Options(seconds=SLOW))
    asked = answers(
        documents,
        Options(disabled_rules=policy.unwanted_rules, disabled_categories=policy.unwanted, seconds=SLOW),
    )
    keep = Filter(policy)
    known, kept, others = 0, 0, []
    for error, document, raw, own in zip(planted, documents, everything, asked, strict=True):
        hits = keep.hits(document, own)
        others += [hit for hit in hits if not error.touches(hit.start, hit.end)]
        if any(error.touches(placed.start, placed.end) for placed in raw):
            known += 1
            kept += any(error.touches(hit.start, hit.end) for hit in hits)
    assert known >= 250
    assert kept / known >= 0.85
    assert len(others) <= 3


def texts_of(shared: Path, name: str) -> list[Document]:
    path = shared / "measure" / "sets" / name / "texts.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [parse(row["text"], row["id"]) for row in rows]


def test_silence_on_edited_news(rules: Rules, shared_dir: Path) -> None:
    documents = texts_of(shared_dir, "native-news")
    with Grammar(Settings(backend="lingotweaker", use_cache=False, seconds=SLOW), rules, names=NoNames()) as engine:
        outcome = engine.check(documents)
        assert engine.status().status == "ran"
    assert not outcome.problems
    words = sum(len(re.findall(r"\w+", document.text)) for document in documents)
    loud = [hit for hits in outcome.hits for hit in hits if hit.severity is not Severity.SUGGESTION]
    assert 1000 * len(loud) / words <= 0.35


@pytest.mark.parametrize("variant", ["en-US", "en-GB"])
def test_none_of_its_false_alarms_on_kherson_comes_through(rules: Rules, shared_dir: Path, variant: str) -> None:
    text = (shared_dir / "articles" / "kherson.txt").read_text(encoding="utf-8")
    chosen = Settings(backend="lingotweaker", use_cache=False, language=variant, seconds=SLOW)
    with Grammar(chosen, rules, names=NoNames()) as engine:
        outcome = engine.check([parse(text, "kherson.txt")])
        assert engine.status().status == "ran"
    assert outcome.hits == ((),)


def test_it_speaks_up_on_translated_text(rules: Rules, shared_dir: Path) -> None:
    """Where a post-editor marked what he changed, a warning lies on a mark at least twice as often as chance has it."""
    with gzip.open(shared_dir / "data" / "mlqe" / "ro-en.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    documents = [parse(row["text"], row["id"]) for row in rows]
    with Grammar(Settings(backend="lingotweaker", use_cache=False, seconds=SLOW), rules, names=NoNames()) as engine:
        outcome = engine.check(documents)
    on_marks = total = marked = characters = 0
    for row, document, hits in zip(rows, documents, outcome.hits, strict=True):
        bad = {index for start, end, *_ in row["spans"] for index in range(start, end)}
        marked, characters = marked + len(bad), characters + len(document.text)
        for hit in hits:
            total += 1
            on_marks += 2 * sum(index in bad for index in range(hit.start, hit.end)) >= hit.end - hit.start
    assert total >= 20
    assert on_marks / total >= 2 * marked / characters
