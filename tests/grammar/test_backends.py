"""Which backend answers, and that a run says what it did without, through the command line and LingoTweaker itself."""

from pathlib import Path

import pytest

from corrigenda.engines.engine import Starter
from corrigenda.engines.grammar.choice import chosen
from corrigenda.engines.grammar.lingotweaker import package
from corrigenda.engines.grammar.lingotweaker.backend import LingoTweaker
from corrigenda.engines.grammar.session import Grammar
from corrigenda.engines.grammar.settings import Settings
from corrigenda.languages import language
from corrigenda.pipeline.index import load
from tests.command import Corrigenda
from tests.conftest import absent

from .helpers import NoNames, article, gone, until

WRONG = "She can heard the bell, and he do not like it.\n"
OPTIONS = ("--format", "json", "--fail-on", "never")


@pytest.fixture(autouse=True)
def lingotweaker() -> None:
    """All tests here need it."""
    if not package.installed():
        absent("LingoTweaker is not installed: pip install 'corrigenda[grammar]'")


def grammar(report: dict[str, object]) -> dict[str, str]:
    """Return the line of the grammar engine."""
    engines = report["engines"]
    assert isinstance(engines, list)
    (line,) = (engine for engine in engines if engine["name"] == "grammar")
    return dict(line)


def test_the_one_that_is_named_answers_else_lingotweaker(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen(Settings()) == "lingotweaker"
    assert chosen(Settings(backend="languagetool")) == "languagetool"
    assert chosen(Settings(backend="lingotweaker", url="http://127.0.0.1:1")) == "languagetool"
    monkeypatch.setattr(package, "find", lambda language="en": None)
    assert chosen(Settings()) == "languagetool"
    assert chosen(Settings(backend="lingotweaker")) == "lingotweaker"


def test_grammar_is_found_without_java_and_without_a_word_in_the_configuration(
    corrigenda: Corrigenda, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text(WRONG, encoding="utf-8")
    outcome = corrigenda("check", "a.md", "--config", "none", *OPTIONS, env={"JAVA_HOME": str(tmp_path), "PATH": ""})
    assert {finding["quote"] for finding in outcome.findings} >= {"heard", "do"}
    assert grammar(outcome.report)["status"] == "ran"


@pytest.mark.parametrize(
    ("said", "status", "code"), [("off", "off", 0), ("languagetool", "failed", 3), ("http://127.0.0.1:9", "failed", 3)]
)
def test_what_the_configuration_says_is_done(
    corrigenda: Corrigenda, tmp_path: Path, said: str, status: str, code: int
) -> None:
    (tmp_path / "corrigenda.toml").write_text(f'[engines]\ngrammar = "{said}"\n', encoding="utf-8")
    (tmp_path / "a.md").write_text(WRONG, encoding="utf-8")
    nowhere = {"CORRIGENDA_LANGUAGETOOL_HOME": str(tmp_path / "nowhere")}
    outcome = corrigenda("check", "a.md", *OPTIONS, env=nowhere)
    assert (grammar(outcome.report)["status"], outcome.code) == (status, code)
    by_variable = corrigenda("check", "a.md", "--config", "none", *OPTIONS, env={**nowhere, "CORRIGENDA_GRAMMAR": said})
    assert (grammar(by_variable.report)["status"], by_variable.code) == (status, code)


def test_a_variable_that_says_nothing_known_is_one_clear_line(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(WRONG, encoding="utf-8")
    outcome = corrigenda("check", "a.md", "--config", "none", *OPTIONS, env={"CORRIGENDA_GRAMMAR": "lingotweeker"})
    line = grammar(outcome.report)
    assert line["status"] == "failed" and "CORRIGENDA_GRAMMAR is 'lingotweeker'" in line["reason"]


def test_the_same_bytes_whatever_the_number_of_jobs_and_from_the_cache(corrigenda: Corrigenda, tmp_path: Path) -> None:
    for number in range(70):
        text = f"# Day {number}\n\nShe can heard bell {number}.\n\nThe the road to house {number} are are long.\n"
        (tmp_path / f"{number:02}.md").write_text(text, encoding="utf-8")
    first = corrigenda("check", ".", "--config", "none", "--jobs", "2", *OPTIONS)
    assert len(first.findings) >= 140
    assert corrigenda("check", ".", "--config", "none", "--jobs", "1", *OPTIONS).out == first.out


def test_no_doubling_that_our_own_list_allows_is_flagged(corrigenda: Corrigenda, tmp_path: Path) -> None:
    words, phrases = language().lists["meant-twice"], language().lists["phrases-meant-twice"]
    # Particles may stand twice only where a verb has one and a phrase begins with the other.
    particles = language().grammar.particles
    lines = [f"They said {word} {word} and left." for word in words if word not in particles]
    lines += ["She handed it in in June.", "They moved on on Monday."]
    lines += [f"They did it {phrase} step, {phrase} step." for phrase in phrases]
    (tmp_path / "a.md").write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    outcome = corrigenda("check", "a.md", "--config", "none", *OPTIONS)
    twice = ("language/repetition", "artefacts/repeated-word", "artefacts/repeated-phrase")
    assert [finding["quote"] for finding in outcome.findings if finding["check"] in twice] == []
    (tmp_path / "b.md").write_text("They took the the road, and the roads are are long.\n", encoding="utf-8")
    found = corrigenda("check", "b.md", "--config", "none", *OPTIONS).findings
    assert [finding["quote"] for finding in found if finding["check"] in twice] == ["the the", "are are"]


@pytest.mark.parametrize(
    ("said", "detail"),
    [("http://127.0.0.1:9", "does not answer at http://127.0.0.1:9"), ("offf", "is 'offf'; it must be")],
)
def test_doctor_says_what_cannot_answer(corrigenda: Corrigenda, said: str, detail: str) -> None:
    outcome = corrigenda("doctor", env={"CORRIGENDA_GRAMMAR": said})
    (line,) = (line for line in outcome.out.splitlines() if line.split()[:1] == ["grammar"])
    assert line.split()[1] == "broken" and detail in line and outcome.code == 1


def test_the_configuration_shows_what_the_environment_says(corrigenda: Corrigenda, tmp_path: Path) -> None:
    outcome = corrigenda("config", "--config", "none", "--format", "json", env={"CORRIGENDA_GRAMMAR": "off"})
    shown = outcome.report["settings"]["engines"]
    assert shown == {"value": {"grammar": "off"}, "from": "CORRIGENDA_GRAMMAR"}
    (tmp_path / "corrigenda.toml").write_text('[engines]\ngrammar = "on"\n', encoding="utf-8")
    outcome = corrigenda("config", "--format", "json", env={"CORRIGENDA_GRAMMAR": "off"})
    assert outcome.report["settings"]["engines"]["value"] == {"grammar": "on"}


def test_doctor_tries_it(corrigenda: Corrigenda) -> None:
    outcome = corrigenda("doctor")
    (line,) = (line for line in outcome.out.splitlines() if line.split()[:1] == ["grammar"])
    assert "runs" in line and "lingotweaker" in line


def opened(cache: Path) -> Grammar:
    rules = [rule for rule in load().rules if rule.check.detector == "grammar"]
    return Grammar(Settings(backend="lingotweaker", language="en-US", cache=cache), rules, names=NoNames())


def test_what_was_asked_ahead_is_not_asked_again_and_what_is_known_starts_nothing(tmp_path: Path) -> None:
    documents = [article(1), article(2)]
    with opened(tmp_path / "cache.sqlite3") as engine:
        assert isinstance(engine, Starter)
        engine.begin(documents[:1])
        outcome = engine.check(documents)
        assert (outcome.cached, outcome.sent) == (4, 4)
        assert engine.status().status == "ran"
    with opened(tmp_path / "cache.sqlite3") as engine:
        engine.begin(documents[:1])
        again = engine.check(documents)
        assert again.hits == outcome.hits and again.sent == 0
        assert isinstance(engine.backend, LingoTweaker) and engine.backend.pid is None


def test_a_run_that_is_broken_off_leaves_nothing_behind(tmp_path: Path) -> None:
    engine = opened(tmp_path / "cache.sqlite3")
    engine.begin([article(1)])
    assert until(lambda: isinstance(engine.backend, LingoTweaker) and engine.backend.pid is not None, 60.0)
    assert isinstance(engine.backend, LingoTweaker) and engine.backend.pid is not None
    pid = engine.backend.pid
    engine.close()
    assert gone(pid, 60.0)
