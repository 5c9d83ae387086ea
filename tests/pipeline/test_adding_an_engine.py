"""An engine is one file: the configuration, its schema, doctor, the checker and the reports learn of it from there."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from corrigenda import engines
from corrigenda.cli.doctor import command as doctor
from corrigenda.documents.store import Source
from corrigenda.engines import registry
from corrigenda.pipeline.run import run
from corrigenda.settings import Settings
from corrigenda.workspace import config_schema
from corrigenda.workspace.config import ConfigError, load
from tests.conftest import HOUSE_TERM

ENGINE = """
from corrigenda.engines.engine import Kind, Probe
from corrigenda.finding import EngineStatus
from corrigenda.rules.hit import Hit


class Found:
    def __init__(self, hits):
        self.hits, self.problems = hits, ()


class Shouting:
    name, scope = "loud-words", "document"

    def __init__(self, host):
        self.check_found = host.rules[0].check
        self.state = host.settings.engines.get(self.name, "auto")

    def status(self):
        return EngineStatus(self.name, "off", "turned off") if self.state == "off" else EngineStatus(self.name, "ran")

    def identity(self):
        return "1"

    def needs(self, rule):
        return False

    def check(self, documents):
        return Found([[self.hit(d, w) for w in d.text.split() if w.isalpha() and w.isupper()] for d in documents])

    def hit(self, document, word):
        at = document.text.index(word)
        return Hit(self.check_found, 0, at, at + len(word), message="This is loud")

    def close(self):
        pass


ENGINE = Kind("loud-words", "document", "Words that shout.", Shouting, lambda settings: Probe("runs", "as always"))
"""


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "engines").mkdir()
    (tmp_path / "engines" / "loud_words.py").write_text(ENGINE, encoding="utf-8")
    monkeypatch.setattr(engines, "__path__", [*engines.__path__, str(tmp_path / "engines")])
    for known in (registry.names, registry.kinds):
        known.cache_clear()
    yield
    monkeypatch.undo()
    for known in (registry.names, registry.kinds):
        known.cache_clear()


@pytest.mark.usefixtures("added")
def test_a_file_is_enough(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "own" / "house" / "term.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(HOUSE_TERM, encoding="utf-8")
    settings = Settings(check_folders=(tmp_path / "own",), disabled=("all",), enabled=("house",))
    source = Source("a.txt", data=b"The port is CLOSED today.\n")
    report = run([source], settings)
    assert [(f.quote, f.message) for f in report.documents[0].findings] == [("CLOSED", "This is loud.")]
    assert {engine.name: engine.status for engine in report.engines}["loud-words"] == "ran"

    configuration = tmp_path / "corrigenda.toml"
    configuration.write_text('[engines]\nloud-words = "off"\n', encoding="utf-8")
    off = run([source], settings._replace(engines=load(configuration).settings().engines))
    assert {engine.name: engine.status for engine in off.engines}["loud-words"] == "off"
    assert off.documents[0].findings == ()

    schema = json.loads(config_schema.text())
    assert schema["properties"]["engines"]["properties"]["loud-words"]["description"] == "Words that shout."
    with pytest.raises(SystemExit):
        doctor.main(["--config", "none"], standalone_mode=False)
    assert "loud-words" in capsys.readouterr().out


def test_without_it_nothing_knows_the_name(tmp_path: Path) -> None:
    configuration = tmp_path / "corrigenda.toml"
    configuration.write_text('[engines]\nloud-words = "off"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="loud-words"):
        load(configuration)
