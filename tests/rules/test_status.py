"""A check's status and former names: what is tried out runs when asked for, and a renamed check breaks nobody."""

from pathlib import Path

import pytest

from corrigenda.documents.store import Source
from corrigenda.errors import CheckError
from corrigenda.finding import Finding, Severity
from corrigenda.pipeline.index import Index, load
from corrigenda.pipeline.run import run
from corrigenda.settings import Override, Settings
from tests.conftest import HOUSE_TERM, Corrigenda

TERM = HOUSE_TERM.replace("on the territory of", "a purple lantern in")
"""Of what no other check finds."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    own = tmp_path / "own" / "house"
    own.mkdir(parents=True)
    (own / "term.yaml").write_text(TERM + "aliases: [house/wording, house/word]\n", encoding="utf-8")
    (own / "trial.yaml").write_text(
        TERM.replace("house/term", "house/trial").replace("purple", "green") + "status: preview\n",
        encoding="utf-8",
    )
    (own / "old.yaml").write_text(
        TERM.replace("house/term", "house/old").replace("purple", "yellow") + "status: deprecated\n",
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


def findings(folder: Path, text: str, **options: object) -> list[Finding]:
    settings = Settings(check_folders=(folder,), **options)  # type: ignore[arg-type]
    report = run([Source("a.md", data=text.encode())], settings)
    assert report.problems == ()
    return [finding for finding in report.documents[0].findings if finding.check.startswith(("house", "suppression"))]


def test_a_run_takes_former_names(folder: Path) -> None:
    text = "There was a purple lantern in the port.\n"
    assert [finding.check for finding in findings(folder, text)] == ["house/term"]
    assert findings(folder, text, disabled=("house/word",)) == []
    assert findings(folder, text, disabled=("all",), enabled=("house/wording",)) != []
    [softer] = findings(folder, text, severities={"house/word": Severity.SUGGESTION})
    assert softer.severity is Severity.SUGGESTION
    assert findings(folder, text, overrides=(Override(("*.md",), disabled=("house/word",)),)) == []
    assert findings(folder, f"<!-- corrigenda: ignore house/word -->\n{text}") == []


def test_a_renamed_check_is_known_to_the_baseline(corrigenda: Corrigenda, tmp_path: Path) -> None:
    own = tmp_path / "checks" / "house"
    own.mkdir(parents=True)
    (own / "word.yaml").write_text(HOUSE_TERM.replace("house/term", "house/word"), encoding="utf-8")
    (tmp_path / "corrigenda.toml").write_text('check-folders = ["checks"]\ndisable = ["all"]\nenable = ["house"]\n')
    (tmp_path / "a.txt").write_text("A fair was held on the territory of the port.\n", encoding="utf-8")
    assert corrigenda("baseline", "a.txt").code == 0
    assert corrigenda("check", "a.txt", "--fail-on", "warning").code == 0
    (own / "word.yaml").unlink()
    (own / "term.yaml").write_text(HOUSE_TERM + "aliases: [house/word]\n", encoding="utf-8")
    outcome = corrigenda("check", "a.txt", "--format", "json", "--fail-on", "warning")
    assert (outcome.code, outcome.findings) == (0, [])
    assert "house/term" in corrigenda("explain", "house/word").out.splitlines()[0]


def test_checks_and_explain_say_the_status(corrigenda: Corrigenda, folder: Path) -> None:
    listed = corrigenda("checks", "house", "--checks", str(folder), "--config", "none").out.splitlines()
    summary = "The house says otherwise"
    shown = {line.split()[0]: " ".join(line.split()[2:]) for line in listed if line.startswith("  house/")}
    assert shown == {
        "house/old": f"deprecated: {summary}",
        "house/term": summary,
        "house/trial": f"off: preview: {summary}",
    }
    explained = corrigenda("explain", "house/trial", "--checks", str(folder), "--config", "none").out
    assert "off unless it is enabled" in explained and "In preview" in explained
    assert (
        "Formerly house/wording, house/word."
        in corrigenda("explain", "house/wording", "--checks", str(folder), "--config", "none").out
    )
