"""Who may say whom a text is sent to: the user, and nobody else."""

import json
from pathlib import Path

import pytest

from corrigenda.engines.llm import address
from corrigenda.workspace.llm_table import LlmTableError, read
from corrigenda.workspace.trust import user_file
from tests.conftest import Corrigenda
from tests.llm.server import completion, serving
from tests.llm.test_engine import model, place

OFF = 'spacy = "off"\nembeddings = "off"\nlanguage-model = "off"\ngrammar = "off"\n'
TEXT = "The firefighters arrived on the place of the accident.\n"


def write_user(text: str) -> None:
    user_file().parent.mkdir(parents=True, exist_ok=True)
    user_file().write_text(text, encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_nothing_is_sent_by_default(corrigenda: Corrigenda, project: Path) -> None:
    with serving(model()) as server:
        write_user(f'[llm]\naddress = "{server.address}"\nmodel = "large"\n')
        done = corrigenda("check", "a.md", "--format", "json", "--fail-on", "never")
        assert server.asked == []
    assert "llm" not in {engine["name"] for engine in json.loads(done.out)["engines"]}


def test_a_project_may_ask_and_the_user_says_whom(corrigenda: Corrigenda, project: Path) -> None:
    (project / "corrigenda.toml").write_text(f'[engines]\nllm = "on"\n{OFF}', encoding="utf-8")
    with serving(model(place("on the place", "at the scene", block=1))) as server:
        write_user(f'[llm]\naddress = "{server.address}"\nmodel = "large"\n')
        done = corrigenda("check", "a.md", "--format", "json", "--fail-on", "never")
        assert len(server.asked) == 2
        untrusted = corrigenda("check", "a.md", "--untrusted", "--no-cache", "--fail-on", "never")
        assert len(server.asked) == 2
    assert done.code == 0
    assert 'llm = "on" is taken for "off"' in untrusted.out + untrusted.err


def test_one_run_is_made_without_it(corrigenda: Corrigenda, project: Path) -> None:
    """Whoever asked for it: the project, the user's own configuration, or both."""
    (project / "corrigenda.toml").write_text(f'[engines]\nllm = "on"\n{OFF}', encoding="utf-8")
    with serving(model(place("on the place", "at the scene", block=1))) as server:
        write_user(f'[engines]\nllm = "on"\n[llm]\naddress = "{server.address}"\nmodel = "large"\n')
        done = corrigenda("check", "a.md", "--llm", "off", "--fail-on", "never")
        assert server.asked == []
    assert done.code == 0


def test_a_project_that_asks_where_nobody_is_named(corrigenda: Corrigenda, project: Path) -> None:
    (project / "corrigenda.toml").write_text(f'[engines]\nllm = "on"\n{OFF}', encoding="utf-8")
    done = corrigenda("check", "a.md", "--fail-on", "never")
    assert done.code == 3
    assert "nobody said whom to ask" in " ".join(done.out.split()).lower()


@pytest.mark.parametrize("trust", ["--trust", "--untrusted", ""])
def test_a_project_names_nobody(corrigenda: Corrigenda, project: Path, trust: str) -> None:
    with serving(model()) as server:
        (project / "corrigenda.toml").write_text(
            f'[llm]\naddress = "{server.address}"\n[engines]\nllm = "on"\n', encoding="utf-8"
        )
        done = corrigenda("check", "a.md", *filter(None, [trust]))
        assert server.asked == []
    assert done.code == 2
    assert "corrigenda.toml:1: [llm] is the user's to say" in done.err


def test_a_project_gives_no_address_to_the_engine(corrigenda: Corrigenda, project: Path) -> None:
    (project / "corrigenda.toml").write_text('[engines]\nllm = "http://127.0.0.1:9/v1"\n', encoding="utf-8")
    done = corrigenda("check", "a.md")
    assert done.code == 2 and "must be one of auto, on, off" in done.err


def test_the_environment_names_it(corrigenda: Corrigenda, project: Path) -> None:
    (project / "corrigenda.toml").write_text(f'[engines]\nllm = "on"\n{OFF}', encoding="utf-8")
    with serving(model()) as server:
        named = {"CORRIGENDA_LLM": server.address, "CORRIGENDA_LLM_MODEL": "large"}
        assert corrigenda("check", "a.md", "--fail-on", "never", env=named).code == 0
        assert {body["model"] for body in server.asked} == {"large"}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"key": "sk-1"}, "a key does not belong in a file"),
        ({"adress": "x"}, "did you mean 'address'?"),
        ({"address": "ftp://x"}, "is no address"),
        ({"address": "http://user:pass@localhost/v1"}, "no name and no password"),
        ({"model": ""}, "a text of one line"),
        ({"model": "a\nb"}, "a text of one line"),
        ({"roles": ["poet"]}, "reader, judge, writer"),
        ({"tokens": -1}, "a whole number"),
        ({"tokens": True}, "a whole number"),
        ({"money": "much"}, "not negative"),
        ({"requests": 1000}, "from 1 to 32"),
        ({"key-variable": "a b"}, "environment variable"),
    ],
)
def test_the_table_is_read_strictly(table: dict[str, object], said: str) -> None:
    with pytest.raises(LlmTableError) as raised:
        read(table)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("url", "home"),
    [
        ("http://localhost:1/v1", True),
        ("http://127.0.0.1:8080/v1", True),
        ("http://[::1]:8080/v1", True),
        ("http://127.0.0.1.example.com/v1", False),
        ("https://api.example.com/v1", False),
        ("http://192.168.0.1/v1", False),
    ],
)
def test_what_is_this_machine(url: str, home: bool) -> None:
    assert address.at_home(url) is home
    assert bool(address.fault(url, True)) is (url.startswith("http://") and not home), "no key in clear"
    assert address.fault(url, False) == ""


def test_a_key_never_goes_out_in_clear(corrigenda: Corrigenda, project: Path) -> None:
    done = corrigenda(
        "check", "a.md", "--llm", "http://192.0.2.1:1/v1", "--llm-model", "x", env={"CORRIGENDA_LLM_KEY": "sk-1"}
    )
    assert done.code == 3
    assert "name it with https://" in " ".join(done.out.split())


def test_doctor_tries_it(corrigenda: Corrigenda, project: Path) -> None:
    with serving(lambda _: completion('{"verdicts": []}')) as server:
        write_user(f'[engines]\nllm = "on"\n[llm]\naddress = "{server.address}"\nmodel = "large"\n')
        done = corrigenda("doctor")
        assert len(server.asked) == 1
    assert "large at http://127.0.0.1" in done.out
    write_user('[engines]\nllm = "on"\n[llm]\naddress = "http://127.0.0.1:9/v1"\nmodel = "large"\n')
    assert "nobody answers there" in corrigenda("doctor").out
