"""A name that is no check is refused by every command, alike, before anything is done."""

import json
from pathlib import Path

import pytest

from tests.conftest import HOUSE_TERM, Corrigenda

COPY = "A fair was held on the territory of the port.\n"
COMMANDS = [
    ("check", "a.md"),
    ("fix", "--unsafe", "a.md"),
    ("fix", "--decisions", "decisions.json"),
    ("baseline", "."),
    ("ignore", "a.md:1"),
    ("checks",),
    ("names", "a.md", "--format", "csv"),
    ("config",),
    ("doctor",),
    ("test-checks",),
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "own" / "house").mkdir(parents=True)
    (tmp_path / "own" / "house" / "term.yaml").write_text(HOUSE_TERM, encoding="utf-8")
    (tmp_path / "a.md").write_text(COPY, encoding="utf-8")
    (tmp_path / "decisions.json").write_text('{"schema": 1, "documents": []}', encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_configuration_is_refused_with_its_line(
    corrigenda: Corrigenda, project: Path, command: tuple[str, ...]
) -> None:
    (project / "corrigenda.toml").write_text(
        'check-folders = ["own"]\n\nenable = ["house"]\ndisable = [\n  "hause/term",\n]\n', encoding="utf-8"
    )
    outcome = corrigenda(*command)
    assert outcome.code == 2
    assert "corrigenda.toml:4: there is no check or theme 'hause/term'; did you mean 'house/term'?" in outcome.err
    assert len(outcome.err.splitlines()) == 1 and not outcome.out
    assert (project / "a.md").read_text("utf-8") == COPY
    assert not (project / ".corrigenda-baseline.jsonl").exists()


@pytest.mark.parametrize("option", ["--enable", "--disable"])
@pytest.mark.parametrize("command", COMMANDS[:5], ids=" ".join)
def test_the_command_line_is_refused_alike(
    corrigenda: Corrigenda, project: Path, command: tuple[str, ...], option: str
) -> None:
    outcome = corrigenda(*command, "--checks", "own", option, "hause")
    assert outcome.code == 2
    assert outcome.err == "corrigenda: there is no check or theme 'hause'; did you mean 'house'?\n"
    assert (project / "a.md").read_text("utf-8") == COPY


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[severity]\n"artefacts/calk" = "error"\n', 2),
        (
            'words = ["x"]\n[[overrides]]\nfiles = ["a"]\ndisable = ["names"]\n'
            '[[overrides]]\nfiles = ["b"]\nenable = ["artefacts/calk"]\n',
            7,
        ),
        ('[[overrides]]\nfiles = ["a"]\nseverity = { "artefacts/calk" = "error" }\n', 3),
    ],
)
def test_wherever_it_stands(corrigenda: Corrigenda, project: Path, text: str, line: int) -> None:
    (project / "corrigenda.toml").write_text(text, encoding="utf-8")
    outcome = corrigenda("check", "a.md")
    assert outcome.code == 2 and f"corrigenda.toml:{line}: there is no check or theme 'artefacts/calk'" in outcome.err


def test_the_same_choice_of_checks_everywhere(corrigenda: Corrigenda, project: Path) -> None:
    chosen = ("--checks", "own", "--disable", "all", "--enable", "house")
    found = corrigenda("check", "a.md", "--format", "json", *chosen)
    assert [finding["check"] for finding in found.findings] == ["house/term"]
    corrigenda("baseline", "a.md", *chosen)
    entries = (project / ".corrigenda-baseline.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["check"] for line in entries] == ["house/term"]
    ignored = corrigenda("ignore", "a.md:1", "--check", "house/term", *chosen)
    assert ignored.code == 0 and "house/term on" in ignored.out
    (project / ".corrigenda-ignore.jsonl").unlink()
    corrigenda("fix", "--unsafe", "a.md", *chosen)
    assert (project / "a.md").read_text("utf-8") == "A fair was held in the port.\n"


def test_ignore_and_checks_name_what_was_meant(corrigenda: Corrigenda, project: Path) -> None:
    ignored = corrigenda("ignore", "a.md:1", "--check", "artefacts/calk")
    assert ignored.code == 2 and "there is no check or theme 'artefacts/calk'; did you mean" in ignored.err
    listed = corrigenda("checks", "artefact")
    assert listed.code == 2 and "did you mean 'artefacts'?" in listed.err


def test_trust_in_a_projects_file(corrigenda: Corrigenda, project: Path) -> None:
    (project / "corrigenda.toml").write_text('jobs = 1\n[trust]\nfolders = ["/"]\n', encoding="utf-8")
    outcome = corrigenda("check", "a.md")
    assert outcome.code == 2
    assert "corrigenda.toml:2:" in outcome.err and "[trust] belongs in your own configuration" in outcome.err
    assert "config.toml" in outcome.err
