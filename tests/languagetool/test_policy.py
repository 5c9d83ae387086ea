"""What is let through: the data, its examples against the real server, and the figures that it promises."""

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
from corrigenda.engines.languagetool import policy as policies
from corrigenda.engines.languagetool import server
from corrigenda.engines.languagetool.answers import Cache
from corrigenda.engines.languagetool.client import Asker, Match, Options
from corrigenda.engines.languagetool.client import check as ask
from corrigenda.engines.languagetool.filter import Filter
from corrigenda.engines.languagetool.policy import UNWANTED, Policy
from corrigenda.engines.languagetool.request import pieces
from corrigenda.engines.languagetool.session import Guest, Settings
from corrigenda.engines.languagetool.spelling import near
from corrigenda.finding import Severity
from corrigenda.rules.check import Check, check_files, load

FOLDER = resources.folder("checks")
CHECKS = [load(path, FOLDER) for path in check_files(FOLDER) if path.parent.name == "language"]
OURS = [check for check in CHECKS if check.detector == "languagetool"]
PLANTED = Path(__file__).with_name("planted.jsonl")
SLOW = 240.0


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
    through = {entry.id for target in policy.targets for entry in target.categories}
    assert not through & set(UNWANTED)
    assert set(policy.unwanted) == set(UNWANTED)


def test_a_rule_comes_before_a_pattern_and_the_longer_pattern_first(policy: Policy) -> None:
    decided = policy.decide("RELATIVE_CLAUSE_AGREEMENT", "GRAMMAR")
    assert decided is not None
    assert decided[1].severity is Severity.SUGGESTION
    assert policy.decide("COLLECTIVE_NOUN_VERB_AGREEMENT_VBP", "GRAMMAR") is None
    assert policy.decide("MAKER_COMPOUNDS", "GRAMMAR") is None
    assert policy.decide("SOME_NEW_RULE", "GRAMMAR") is not None
    assert policy.decide("SOME_NEW_RULE", "SOME_NEW_CATEGORY") is None
    assert policy.decide("MORFOLOGIK_RULE_EN_GB", "TYPOS", "near") is not None
    assert policy.decide("MORFOLOGIK_RULE_EN_GB", "TYPOS", "dialect") is None


def test_checks_that_are_turned_off_let_nothing_through() -> None:
    check = {"id": "language/x", "category": "style/awkward", "severity": "warning", "detector": "languagetool"}
    on = {**check, "categories": [{"id": "STYLE", "reason": "for this test"}]}
    assert policies.of([on]).decide("ANY", "STYLE") is not None
    assert "STYLE" not in policies.of([on]).unwanted
    assert policies.of([{**on, "enabled": False}]).decide("ANY", "STYLE") is None
    assert policies.of([{**on, "detector": "phrases"}]).targets == ()


class NamesOfTheText:
    """An oracle for the examples: a name is what the text writes first, and its near misses come later."""

    def is_name(self, token: str, document: Document, start: int, end: int) -> bool:
        return token[0].isupper() and (document.text.index(token) < 30 or token.endswith("s"))

    def near_miss(self, token: str, document: Document, start: int, end: int) -> str | None:
        for match in re.finditer(r"\b[A-Z][a-z]+", document.text):
            if match[0] != token and near(token.lower(), match[0].lower()):
                return match[0]
        return None


def test_examples(url: str, policy: Policy) -> None:
    texts: list[tuple[Check, str]] = []
    for check in OURS:
        texts += [(check, wrong.text) for wrong in check.wrong] + [(check, fine) for fine in check.fine]
    documents = [parse(text, check.id) for check, text in texts]
    chosen = Settings(url=url, use_cache=False, language="en-US", seconds=SLOW)
    with Guest(chosen, policy, oracle=NamesOfTheText()) as guest:
        outcome = guest.check(documents)
    assert outcome.status.status == "ran"
    assert not outcome.problems
    wrong = {(check.id, example.text): example for check in OURS for example in check.wrong}
    said: list[str] = []
    for (check, text), findings in zip(texts, outcome.findings, strict=True):
        example = wrong.get((check.id, text))
        if example is None:
            said += [f"{check.id} is not silent on {text!r}: {finding.quote!r}" for finding in findings]
            continue
        own = [finding for finding in findings if finding.check == check.id]
        spans = tuple((finding.start, finding.end) for finding in own)
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


def answers(url: str, documents: list[Document], options: Options) -> list[list[tuple[int, int, Match]]]:
    asker = Asker(lambda: server.named(url, SLOW), options)
    items = [("en-US", piece) for number, document in enumerate(documents) for piece in pieces(document, number)]
    found = ask(items, asker, options, cache=Cache(None), space="")
    assert not found.unchecked
    grouped: list[list[tuple[int, int, Match]]] = [[] for _ in documents]
    for piece, matches in found.matches.items():
        grouped[piece.document] += [(piece.block, piece.start, match) for match in matches]
    return grouped


def test_the_filter_keeps_the_errors_that_languagetool_finds(url: str, policy: Policy, planted: list[Planted]) -> None:
    documents = [parse(error.text, error.id) for error in planted]
    everything = answers(url, documents, Options(seconds=SLOW))
    asked = answers(
        url,
        documents,
        Options(disabled_rules=policy.unwanted_rules, disabled_categories=policy.unwanted, seconds=SLOW),
    )
    keep = Filter(policy)
    known, kept, others = 0, 0, []
    for error, document, raw, own in zip(planted, documents, everything, asked, strict=True):
        findings = keep.findings(document, own)
        others += [finding for finding in findings if not error.touches(finding.start, finding.end)]
        if any(error.touches(at + match.start, at + match.end) for _, at, match in raw):
            known += 1
            kept += any(error.touches(finding.start, finding.end) for finding in findings)
    assert known >= 250
    assert kept / known >= 0.85
    assert len(others) <= 3


def texts_of(shared: Path, name: str) -> list[Document]:
    path = shared / "measure" / "sets" / name / "texts.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [parse(row["text"], row["id"]) for row in rows]


def test_silence_on_edited_news(url: str, policy: Policy, shared_dir: Path) -> None:
    documents = texts_of(shared_dir, "native-news")
    with Guest(Settings(url=url, use_cache=False, seconds=SLOW), policy) as guest:
        outcome = guest.check(documents)
    assert outcome.status.status == "ran"
    assert not outcome.problems
    words = sum(len(re.findall(r"\w+", document.text)) for document in documents)
    loud = [f for findings in outcome.findings for f in findings if f.severity is not Severity.SUGGESTION]
    assert 1000 * len(loud) / words <= 0.35


@pytest.mark.parametrize("variant", ["en-US", "en-GB"])
def test_none_of_its_false_alarms_on_kherson_comes_through(
    url: str, policy: Policy, shared_dir: Path, variant: str
) -> None:
    text = (shared_dir / "articles" / "kherson.txt").read_text(encoding="utf-8")
    chosen = Settings(url=url, use_cache=False, language=variant, seconds=SLOW)
    with Guest(chosen, policy) as guest:
        outcome = guest.check([parse(text, "kherson.txt")])
    assert outcome.status.status == "ran"
    assert outcome.findings == ((),)


def test_it_speaks_up_on_translated_text(url: str, policy: Policy, shared_dir: Path) -> None:
    """Where a post-editor marked what he changed, a warning lies on a mark at least twice as often as chance has it."""
    with gzip.open(shared_dir / "data" / "mlqe" / "ro-en.dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    documents = [parse(row["text"], row["id"]) for row in rows]
    with Guest(Settings(url=url, use_cache=False, seconds=SLOW), policy) as guest:
        outcome = guest.check(documents)
    hits = total = marked = characters = 0
    for row, document, findings in zip(rows, documents, outcome.findings, strict=True):
        bad = {index for start, end, *_ in row["spans"] for index in range(start, end)}
        marked, characters = marked + len(bad), characters + len(document.text)
        for finding in findings:
            total += 1
            hits += 2 * sum(index in bad for index in range(finding.start, finding.end)) >= finding.end - finding.start
    assert total >= 20
    assert hits / total >= 2 * marked / characters
