"""Paths from the repository's root in the formats that are read from there, and the limits of those who read them."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from corrigenda.finding import DocumentReport, Finding, Report, Severity
from corrigenda.reporting import sarif
from corrigenda.reporting.base import Options
from corrigenda.reporting.repository import Repository, repository
from tests.conftest import HOUSE_TERM, Corrigenda

COPY = "A fair was held on the territory of the port.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A git repository, with a configuration and one document two folders down."""
    top = (tmp_path / "a project").resolve()
    (top / "own" / "house").mkdir(parents=True)
    (top / "own" / "house" / "term.yaml").write_text(HOUSE_TERM, encoding="utf-8")
    (top / "corrigenda.toml").write_text('check-folders = ["own"]\ndisable = ["all"]\nenable = ["house"]\n', "utf-8")
    (top / "docs" / "deep folder").mkdir(parents=True)
    (top / "docs" / "deep folder" / "a ship.md").write_text(COPY, encoding="utf-8")
    subprocess.run(["git", "init", "--quiet", "."], cwd=top, check=True)
    return top


PLACE = "docs/deep folder/a ship.md"


@pytest.mark.parametrize(
    ("below", "argument"), [(".", "."), ("docs", "."), ("docs/deep folder", "../.."), ("docs", "{}")]
)
def test_paths_begin_at_the_root(corrigenda: Corrigenda, project: Path, below: str, argument: str) -> None:
    def run(form: str) -> str:
        return corrigenda("check", argument.format(project), "--format", form, cwd=project / below).out

    assert f"file={PLACE},line=1" in run("github")
    assert [row["location"]["path"] for row in json.loads(run("gitlab")) if row["check_name"] == "house/term"] == [
        PLACE
    ]
    lines = [json.loads(line) for line in run("rdjsonl").splitlines()]
    assert [line["location"]["path"] for line in lines if line["code"]["value"] == "house/term"] == [PLACE]
    log = json.loads(run("sarif"))["runs"][0]
    artifact = log["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "docs/deep%20folder/a%20ship.md", "uriBaseId": "SRCROOT"}
    assert log["originalUriBaseIds"]["SRCROOT"]["uri"] == project.as_uri() + "/"
    assert log["artifacts"][0]["location"] == artifact
    fix = log["results"][0]["fixes"][0]["artifactChanges"][0]["artifactLocation"]
    assert fix == artifact


@pytest.mark.parametrize("below", [".", "docs", "docs/deep folder"])
def test_git_applies_the_diff_in_any_folder(corrigenda: Corrigenda, project: Path, below: str) -> None:
    out = corrigenda("fix", "--unsafe", "--diff", ".", cwd=project / below).out
    assert f"+++ b/{PLACE}\t\n" in out
    subprocess.run(["git", "apply"], input=out.encode(), cwd=project / below, check=True)
    assert (project / PLACE).read_text("utf-8") == "A fair was held in the port.\n"


def test_a_repository_beside_the_current_folder(corrigenda: Corrigenda, project: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    options = ("--config", str(project / "corrigenda.toml"), "--format", "github")
    out = corrigenda("check", "../a project", *options, cwd=tmp_path / "elsewhere").out
    assert f"file={PLACE},line=1" in out


def test_without_git_the_runner_says_where_the_root_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    monkeypatch.chdir(tmp_path / "docs")
    assert repository(["a.md"], {}) is None
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        found = repository(["a.md"], {name: str(tmp_path)})
        assert found is not None and found.path("a.md") == "docs/a.md"
    assert repository(["a.md"], {"GITHUB_WORKSPACE": str(tmp_path / "another")}) is None


def test_what_lies_elsewhere_keeps_its_path(tmp_path: Path) -> None:
    place = Repository(tmp_path / "a", tmp_path / "a" / "b")
    assert [place.path(shown) for shown in ("-", "", "../../c/x.md", str(tmp_path / "ab" / "x.md"))] == [
        "-",
        "",
        "../../c/x.md",
        str(tmp_path / "ab" / "x.md"),
    ]
    assert place.path("../x.md") == "x.md" and place.path(str(tmp_path / "a" / "y.md")) == "y.md"


def test_what_is_checked_in_a_worktree_begins_at_its_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "docs")
    found = repository([], {})
    assert found is not None and found.path("a.md") == "docs/a.md"


def _many(severity: Severity, number: int, confidence: float) -> tuple[Finding, ...]:
    return tuple(
        Finding(f"house/{severity.value}", "style", severity, confidence, at, at + 1, at + 1, 1, "a", "Look.")
        for at in range(number)
    )


def test_the_gravest_25_000_are_kept(tmp_path: Path) -> None:
    suggestions = _many(Severity.SUGGESTION, 24_000, 0.9)
    doubtful, sure = _many(Severity.WARNING, 900, 0.4), _many(Severity.WARNING, 800, 0.8)
    errors = _many(Severity.ERROR, 700, 0.5)
    documents = tuple(
        DocumentReport(f"{number}.md", "checked", findings)
        for number, findings in enumerate((suggestions, doubtful, sure, errors))
    )
    report = Report("1.0", (), documents, ())
    log = json.loads(sarif.render(report, lambda path: None, Options()))["runs"][0]
    kept = [result["ruleId"] for result in log["results"]]
    assert len(kept) == sarif.MOST_RESULTS
    assert (kept.count("house/error"), kept.count("house/warning")) == (700, 1_700)
    assert kept == sorted(kept, key=["house/suggestion", "house/warning", "house/error"].index)  # the report's order
    told = log["invocations"][0]["toolExecutionNotifications"]
    assert [notice["level"] for notice in told] == ["warning"] and "the 1,400 least grave" in told[0]["message"]["text"]
    few = Report("1.0", (), documents[1:], ())
    assert sarif.left_out(few) == "" and sarif.left_out(report)


def test_what_sarif_leaves_out_is_said(
    corrigenda: Corrigenda, tmp_path: Path, house: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 2)
    (tmp_path / "a.md").write_text("\n".join([COPY] * 3), encoding="utf-8")
    outcome = corrigenda("check", "a.md", *house, "--format", "sarif", "--output", "out.sarif")
    assert "there are 3 findings" in outcome.err and "the least grave one is left out" in outcome.err
    assert len(json.loads((tmp_path / "out.sarif").read_text("utf-8"))["runs"][0]["results"]) == 2
    assert "least grave" not in corrigenda("check", "a.md", *house, "--format", "json").err


@pytest.mark.skipif(os.name == "nt", reason="Windows forbids such names")
def test_git_applies_a_diff_of_any_name(corrigenda: Corrigenda, project: Path) -> None:
    names = ['q"uo\\te.md', "tab\there.md", "##[add-mask]x.md", "Стаття «Ї» 1.md", "a b/c d.md"]
    for name in names:
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(COPY, encoding="utf-8")
    out = corrigenda("fix", "--unsafe", "--diff", ".", cwd=project).out
    assert "##[" not in out
    subprocess.run(["git", "apply"], input=out.encode(), cwd=project, check=True)
    assert {(project / name).read_text("utf-8") for name in names} == {"A fair was held in the port.\n"}
