"""A check's status and former names: what is tried out runs when asked for, and a renamed check breaks nobody."""

from pathlib import Path

import pytest

from corrigenda.finding import Severity
from corrigenda.pipeline.index import Index, load
from corrigenda.rules.check import CheckError
from corrigenda.settings import Override, Settings
from tests.conftest import HOUSE_TERM


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    own = tmp_path / "own" / "house"
    own.mkdir(parents=True)
    (own / "term.yaml").write_text(HOUSE_TERM + "aliases: [house/wording, house/word]\n", encoding="utf-8")
    (own / "trial.yaml").write_text(
        HOUSE_TERM.replace("house/term", "house/trial").replace("on the", "at the") + "status: preview\n",
        encoding="utf-8",
    )
    (own / "old.yaml").write_text(
        HOUSE_TERM.replace("house/term", "house/old").replace("on the", "in the") + "status: deprecated\n",
        encoding="utf-8",
    )
    return tmp_path / "own"


def on(index: Index) -> set[str]:
    return {rule.check.id for rule in index.rules if rule.check.id.startswith("house/")}


@pytest.mark.parametrize(
    ("disabled", "enabled", "expected"),
    [
        ([], [], {"term", "old"}),
        ([], ["all"], {"term", "old"}),
        ([], ["house"], {"term", "old"}),
        ([], ["house/trial"], {"term", "old", "trial"}),
        ([], ["preview"], {"term", "old", "trial"}),
        (["all"], ["preview"], {"trial"}),
        (["house"], ["preview"], set()),
        (["house/trial"], ["preview"], {"term", "old"}),
        (["preview"], ["house/trial"], {"term", "old", "trial"}),
        (["house/word"], [], {"old"}),
        (["house"], ["house/wording"], {"term"}),
    ],
)
def test_which_checks_run(folder: Path, disabled: list[str], enabled: list[str], expected: set[str]) -> None:
    assert on(load([folder], disabled, enabled)) == {f"house/{name}" for name in expected}


def test_a_former_name_means_the_check(folder: Path) -> None:
    index = load([folder])
    assert index.resolve("house/word") == index.resolve("house/term") == "house/term"
    assert index.resolve("nothing/of-the-kind") == "nothing/of-the-kind"
    assert index.by_any_id["house/wording"] is index.checks["house/term"]
    assert index.first_id("house/term") == "house/wording", "the oldest name, of which fingerprints are made"
    assert index.first_id("house/old") == "house/old"


def test_settings_take_former_names_everywhere(folder: Path) -> None:
    override = Override(("*.md",), disabled=("house/word",), severities={"house/word": Severity.ERROR})
    settings = Settings(severities={"house/wording": Severity.SUGGESTION}, overrides=(override,))
    settings = settings.with_names(load([folder]).resolve)
    assert settings.severity_of("house/term", Severity.WARNING, "a.txt") is Severity.SUGGESTION
    assert settings.severity_of("house/term", Severity.WARNING, "a.md") is Severity.ERROR
    assert settings.is_on("house/term", "a.txt") and not settings.is_on("house/term", "a.md")


@pytest.mark.parametrize("alias", ["house/old", "house/word", "names/mixed-spelling"])
def test_a_name_that_is_taken_is_no_alias(folder: Path, alias: str) -> None:
    path = folder / "house" / "trial.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f"aliases: [{alias}]\n", encoding="utf-8")
    with pytest.raises(CheckError, match=f"the alias '{alias}', which already means"):
        load([folder])
