"""The key of a server: from the environment, or from the system's keyring where the user names an entry of it."""

import sys
import types
from pathlib import Path

import pytest

from corrigenda.engines.llm.errors import UnavailableError
from corrigenda.engines.llm.key import checked, key_of
from corrigenda.engines.llm.settings import LlmSettings
from corrigenda.workspace.llm_table import LlmTableError, read
from tests.conftest import Corrigenda
from tests.llm.server import completion, serving
from tests.llm.test_engine import OFF, engine, model, run
from tests.llm.test_reviewing import user

NAMED = LlmSettings(keyring="https://api.example.com/v1/newsroom")


class Fake(types.ModuleType):
    """The keyring of a test, in the place of the library `keyring`."""

    def __init__(self, **kept: str) -> None:
        super().__init__("keyring")
        self.kept = kept
        self.asked: list[tuple[str, str]] = []
        self.fails = False

    def get_password(self, service: str, user: str) -> str | None:
        self.asked.append((service, user))
        if self.fails:
            raise RuntimeError("locked, and sk-kept is in it")
        return self.kept.get(user)


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Fake:
    fake = Fake(newsroom="sk-kept")
    monkeypatch.setitem(sys.modules, "keyring", fake)
    monkeypatch.delenv("CORRIGENDA_LLM_KEY", raising=False)
    return fake


def test_it_comes_from_the_entry_that_is_named(keyring: Fake) -> None:
    assert key_of(NAMED) == "sk-kept"
    assert keyring.asked == [("https://api.example.com/v1", "newsroom")]


def test_the_environment_goes_first(keyring: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORRIGENDA_LLM_KEY", " sk-said\n")
    assert key_of(NAMED) == "sk-said"
    assert keyring.asked == []


def test_without_an_entry_the_keyring_is_never_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)  # an import would raise
    monkeypatch.delenv("CORRIGENDA_LLM_KEY", raising=False)
    assert key_of(LlmSettings()) == ""
    with pytest.raises(UnavailableError, match=r"install corrigenda\[keyring\]"):
        key_of(NAMED)


def test_what_is_missing_is_said(keyring: Fake) -> None:
    keyring.kept.clear()
    with pytest.raises(UnavailableError, match=r"keyring set https://api\.example\.com/v1 newsroom"):
        key_of(NAMED)


def test_a_keyring_that_fails_says_nothing_of_what_it_holds(keyring: Fake) -> None:
    keyring.fails = True
    with pytest.raises(UnavailableError, match="cannot be read") as raised:
        key_of(NAMED)
    assert "sk-kept" not in str(raised.value) and raised.value.__cause__ is None


@pytest.mark.parametrize("key", ["sk-a\nb", "sk a", "sk-\u2019", "\x00"])
def test_a_key_that_cannot_be_sent_stands_in_no_message(key: str) -> None:
    with pytest.raises(UnavailableError) as raised:
        checked(key)
    assert key not in str(raised.value)


@pytest.mark.parametrize("entry", ["newsroom", "/newsroom", "corrigenda/", "a\nb/c", 7])
def test_the_entry_is_read_strictly(entry: object) -> None:
    with pytest.raises(LlmTableError):
        read({"keyring": entry})
    assert read({"keyring": "corrigenda/newsroom"}) == {"keyring": "corrigenda/newsroom"}


@pytest.fixture
def article(tmp_path: Path) -> Path:
    (tmp_path / "a.md").write_text("The port is quiet.\n", encoding="utf-8")
    (tmp_path / "corrigenda.toml").write_text(OFF, encoding="utf-8")
    return tmp_path


def test_it_is_sent_and_kept_nowhere(corrigenda: Corrigenda, keyring: Fake, article: Path) -> None:
    from corrigenda.storage import folders

    user('[llm]\nkeyring = "corrigenda/newsroom"\n')
    with serving(model()) as server:
        done = run(corrigenda, server.address, "--debug")
        assert server.keys == ["Bearer sk-kept"]
    assert "sk-kept" not in done.out + done.err
    for folder in (article, folders.cache()):
        assert not any(b"sk-kept" in file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_without_its_key_nothing_is_sent(corrigenda: Corrigenda, keyring: Fake, article: Path) -> None:
    user('[llm]\nkeyring = "corrigenda/desk"\n')
    with serving(model()) as server:
        done = run(corrigenda, server.address)
        assert server.asked == []
    assert done.code == 3
    assert "no key for desk at corrigenda" in engine(done)["reason"]


def test_a_key_from_the_keyring_never_goes_out_in_clear(corrigenda: Corrigenda, keyring: Fake, article: Path) -> None:
    user('[llm]\nkeyring = "corrigenda/newsroom"\n')
    done = run(corrigenda, "http://192.0.2.1:1/v1")
    assert done.code == 3 and "name it with https://" in engine(done)["reason"]
    assert keyring.asked == []


def test_doctor_takes_it_from_there_too(corrigenda: Corrigenda, keyring: Fake, article: Path) -> None:
    with serving(lambda _: completion('{"verdicts": []}')) as server:
        said = f'[engines]\nllm = "on"\n[llm]\naddress = "{server.address}"\nmodel = "large"\n'
        user(f'{said}keyring = "corrigenda/newsroom"\n')
        corrigenda("doctor")
        assert server.keys == ["Bearer sk-kept"]
        user(f'{said}keyring = "corrigenda/desk"\n')
        assert "no key for desk at corrigenda" in " ".join(corrigenda("doctor").out.split())


def test_the_library_itself_is_asked_as_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the library, where it is installed, and a backend of a test."""
    library = pytest.importorskip("keyring")
    from keyring.backend import KeyringBackend  # type: ignore[import-not-found, unused-ignore]

    class Backend(KeyringBackend):  # type: ignore[misc, unused-ignore]
        priority = 1

        def get_password(self, service: str, username: str) -> str | None:
            return f"sk-{service}-{username}"

        def set_password(self, service: str, username: str, password: str) -> None:
            raise NotImplementedError

    monkeypatch.delenv("CORRIGENDA_LLM_KEY", raising=False)
    before = library.get_keyring()
    library.set_keyring(Backend())
    try:
        assert key_of(LlmSettings(keyring="corrigenda/newsroom")) == "sk-corrigenda-newsroom"
    finally:
        library.set_keyring(before)
