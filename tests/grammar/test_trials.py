"""Corrections are tried in the grammar engine: what makes a sentence wrong in a new way is not offered."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corrigenda.documents.document import Document
from corrigenda.documents.formats.text import parse
from corrigenda.documents.registry import read_bytes
from corrigenda.engines.engine import Critic, Trial
from corrigenda.engines.grammar.lingotweaker import package
from corrigenda.engines.grammar.session import Grammar
from corrigenda.engines.grammar.settings import Settings
from corrigenda.pipeline.index import load
from tests.command import Corrigenda
from tests.conftest import absent

from .helpers import NoNames


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grammar]:
    """The shipped checks, answered by LingoTweaker."""
    if not package.installed():
        absent("LingoTweaker is not installed: pip install 'corrigenda[grammar]'")
    rules = [rule for rule in load().rules if rule.check.detector == "grammar"]
    cache = tmp_path_factory.mktemp("trials") / "cache.sqlite3"
    with Grammar(Settings(backend="lingotweaker", language="en-US", cache=cache), rules, names=NoNames()) as engine:
        yield engine


def trial(document: Document, before: str, after: str) -> Trial:
    start = document.text.index(before)
    return Trial(document, start, start + len(before), after)


@pytest.mark.parametrize(
    ("text", "before", "wrong", "right"),
    [
        ("I am in this house since 1987.", "am", "has been", "have been"),
        ("As soon as he will arrive, they begin.", "will arrive", "arrive", "arrives"),
        ("We saw a dog near the gate.", "dog", "owl", "cat"),
        ("They goes home, and he waits.", "he waits", "he wait", "he sleeps"),
    ],
)
def test_what_a_correction_makes_wrong_is_said_and_nothing_else(
    engine: Grammar, text: str, before: str, wrong: str, right: str
) -> None:
    document = parse(text, "a.txt")
    refused, accepted = engine.objections([trial(document, before, wrong), trial(document, before, right)])
    assert refused, "the wrong correction is refused"
    assert accepted == (), "what was wrong before is no objection"


def test_an_error_elsewhere_is_no_objection_wherever_it_moves_to(engine: Grammar) -> None:
    document = parse("An university opened. The mayor spoke of a dog. She have left.", "a.txt")
    for after in ("it", "the lighthouse keeper's old wooden rowing boat"):
        assert engine.objections([trial(document, "a dog", after)]) == [()]


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("They recieved three letter.", "recieved", "received"),
        ("He definately go home.", "definately", "definitely"),
        ("He could of came earlier.", "of", "have"),
        ("Its important too see wether it is.", "too", "to"),
    ],
)
def test_a_second_mistake_that_the_first_one_hid_is_no_objection(
    engine: Grammar, text: str, before: str, after: str
) -> None:
    assert engine.objections([trial(parse(text, "a.txt"), before, after)]) == [()]


def test_the_reader_s_text_is_tried_through_markup(engine: Grammar) -> None:
    document = read_bytes(b"The **mayor** saw a [dog](http://a.example/b) at *noon*.\n", "a.md", "markdown")
    refused, accepted = engine.objections([trial(document, "dog", "owl"), trial(document, "dog", "cat")])
    assert refused and accepted == ()


def test_what_lies_in_no_paragraph_or_in_two_cannot_be_tried(engine: Grammar) -> None:
    document = parse("They met at the gate.\n\nNobody came.", "a.txt")
    over_two = Trial(document, 5, document.text.index("came"), "left")
    assert engine.objections([over_two]) == [None]


def test_without_the_engine_nothing_is_tried() -> None:
    document = parse("We saw a dog.", "a.txt")
    engine = Grammar(Settings(state="off"), [])
    assert isinstance(engine, Critic)
    assert engine.objections([trial(document, "dog", "owl")]) == [None]
    assert engine.status().status == "off"


OWN = """\
id: own/animal
summary: Somebody could have done it
why: A test needs a correction that no rule of ours knows to be wrong, and a grammar engine does.
category: style/awkward
severity: warning
detector: phrases
entries:
  - find: [could have]
    corrections: [{text: could of, applicability: safe}, might have]
"""


def test_a_refused_correction_is_not_offered_and_the_finding_stays(corrigenda: Corrigenda, tmp_path: Path) -> None:
    if not package.installed():
        absent("LingoTweaker is not installed: pip install 'corrigenda[grammar]'")
    (tmp_path / "own-checks" / "own").mkdir(parents=True)
    (tmp_path / "own-checks" / "own" / "animal.yaml").write_text(OWN, encoding="utf-8")
    (tmp_path / "a.md").write_text("We could have seen it from there.\n\nShe met him.\n", encoding="utf-8")
    options = ("--config", "none", "--checks", "own-checks", "--format", "json", "--fail-on", "never")

    def offered(*more: str, **env: str) -> list[list[str]]:
        outcome = corrigenda("check", "a.md", *options, *more, env=env)
        assert outcome.out, outcome.err
        found = [finding for finding in outcome.findings if finding["check"] == "own/animal"]
        assert outcome.code == 0, outcome.err
        return [[correction["text"] for correction in finding["corrections"]] for finding in found]

    assert offered() == [["might have"]]
    assert offered() == [["might have"]], "the same from the caches"
    assert offered(CORRIGENDA_GRAMMAR="off") == [["could of", "might have"]]
