"""The library with a large language model: asked where a program names one, and never else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corrigenda import LargeModel, Session, Settings, check, check_paths, fix
from tests.llm.server import failure, serving
from tests.llm.test_engine import OFF, model, place
from tests.llm.test_reviewing import user

LIGHT = Settings(engines=dict.fromkeys(("spacy", "embeddings", "language-model", "grammar"), "off"))
TEXT = "The firefighters came on the bridge of the town. They met  the mayor.\n"
QUOTE = "on the bridge"


def answering() -> Callable[..., Any]:
    return model(place(QUOTE, "to the bridge", block=1))


def test_nothing_is_sent_unless_the_caller_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answering()) as server:
        monkeypatch.setenv("CORRIGENDA_LLM", server.address)
        monkeypatch.setenv("CORRIGENDA_LLM_MODEL", "large")
        user(f'[engines]\nllm = "on"\n[llm]\naddress = "{server.address}"\nmodel = "large"\n')
        result = check(TEXT, configuration=LIGHT)
        assert server.asked == []
    assert "llm" not in {engine.name for engine in result.engines}


def test_a_configuration_that_asks_names_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "corrigenda.toml"
    file.write_text(f'{OFF}llm = "on"\n', encoding="utf-8")
    with serving(answering()) as server:
        monkeypatch.setenv("CORRIGENDA_LLM", server.address)
        monkeypatch.setenv("CORRIGENDA_LLM_MODEL", "large")
        result = check(TEXT, configuration=file)
        assert server.asked == []
        assert "nobody said whom to ask" in str(result)
        check(TEXT, configuration=file, llm=LargeModel(address=server.address, model="large"))
        assert len(server.asked) >= 1


def test_three_lines_with_a_model() -> None:
    with serving(answering()) as server:
        result = check(TEXT, configuration=LIGHT, llm=LargeModel(address=server.address, model="large"))
        assert {body["model"] for body in server.asked} == {"large"}
    (finding,) = [finding for finding in result if finding.check == "reading/grammar"]
    assert finding.quote == "on"
    assert [engine.status for engine in result.engines if engine.name == "llm"] == ["ran"]


def test_the_key_comes_from_a_function_and_stays_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def key() -> str:
        calls.append(1)
        return "sk-of-the-program"

    monkeypatch.setenv("CORRIGENDA_LLM_KEY", "sk-of-the-environment")
    with serving(answering()) as server:
        named = LargeModel(address=server.address, model="large", key=key)
        with Session(LIGHT, llm=named) as session:
            assert calls == [], "not before something is asked"
            result = session.check(TEXT)
            session.check("Another text of the town.\n")
        assert calls == [1]
        assert set(server.keys) == {"Bearer sk-of-the-program"}
    assert "sk-of-the-program" not in f"{named!r} {result} {result.engines}"


def test_the_key_comes_from_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_KEY", "sk-of-the-desk")
    with serving(answering()) as server:
        named = LargeModel(address=server.address, model="large", key_variable="DESK_KEY")
        check(TEXT, configuration=LIGHT, llm=named)
        assert set(server.keys) == {"Bearer sk-of-the-desk"}


def test_a_function_that_fails_sends_nothing_and_tells_nothing() -> None:
    def key() -> str:
        raise RuntimeError("sk-in-the-message")

    with serving(answering()) as server:
        result = check(TEXT, configuration=LIGHT, llm=LargeModel(address=server.address, model="large", key=key))
        assert server.asked == []
    assert "  " in {finding.quote for finding in result}, "the rules have spoken"
    assert "has no key for it (RuntimeError)" in str(result)
    assert "sk-in-the-message" not in str(result)


def test_a_server_that_is_lost_leaves_the_rules() -> None:
    with serving(lambda _: failure(401, "no")) as server:
        result = check(TEXT, configuration=LIGHT, llm=LargeModel(address=server.address, model="large"))
    assert "  " in {finding.quote for finding in result}
    assert [problem.path for problem in result.problems if problem.path == "llm"] == ["llm"]


def test_a_key_in_clear_is_refused_before_it_is_asked_for() -> None:
    def key() -> str:
        raise AssertionError("asked for")

    result = check(TEXT, configuration=LIGHT, llm=LargeModel(address="http://192.0.2.1/v1", model="large", key=key))
    assert "name it with https://" in str(result)


def test_files_and_corrections_take_it_too(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with serving(answering()) as server:
        named = LargeModel(address=server.address, model="large")
        report = check_paths(tmp_path, configuration=LIGHT, llm=named)
        fixed = fix(TEXT, configuration=LIGHT, llm=named)
    assert "reading/grammar" in {finding.check for finding in report.documents[0].findings}
    assert fixed.text == TEXT.replace("  ", " "), "what a model would change is a person's to make"


def test_its_limits_are_those_of_the_session() -> None:
    with serving(answering()) as server:
        result = check(TEXT, configuration=LIGHT, llm=LargeModel(address=server.address, model="large", tokens=1))
        assert server.asked == []
    assert "the budget of the run is used up" in str(result)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"address": "ftp://x"}, "is no address"),
        ({"model": ""}, "a text of one line"),
        ({"roles": ("poet",)}, "reader, judge, writer"),
        ({"votes": 0}, "from 1 to 15"),
        ({"key_variable": "sk-1 2"}, "environment variable"),
    ],
)
def test_what_cannot_be_used_is_refused_at_once(said: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        LargeModel(**{"address": "http://127.0.0.1:1/v1", "model": "large", **said})


def test_a_key_is_no_text_in_a_program() -> None:
    with pytest.raises(TypeError, match="key is a function") as raised:
        LargeModel(address="http://127.0.0.1:1/v1", model="large", key="sk-written-down")  # type: ignore[arg-type]
    assert "sk-written-down" not in str(raised.value)


def test_an_engine_that_is_turned_off_is_off() -> None:
    with serving(answering()) as server:
        named = LargeModel(address=server.address, model="large")
        with Session(LIGHT, llm=named, engines={"llm": "off"}) as session:
            session.check(TEXT)
        assert server.asked == []
