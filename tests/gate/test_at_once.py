"""Two of everything at once: no run loses what another one writes, and no file is half of each."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from corrigenda.gate.baseline import read
from tests.conftest import HOUSE_TERM

pytestmark = pytest.mark.slow

FILES = 30
CHECK = HOUSE_TERM.replace('["in"]', "[{text: in, applicability: safe}]")
TEXT = "It lay on the territory of the port.\n"
CONFIGURATION = 'check-folders = ["own"]\ndisable = ["all"]\nenable = ["house"]\nfail-on = "never"\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "own" / "house").mkdir(parents=True)
    (tmp_path / "own" / "house" / "term.yaml").write_text(CHECK, encoding="utf-8")
    (tmp_path / "corrigenda.toml").write_text(CONFIGURATION, encoding="utf-8")
    (tmp_path / "copy").mkdir()
    for number in range(FILES):
        (tmp_path / "copy" / f"{number:02}.md").write_text(TEXT * (1 + number), encoding="utf-8")
    return tmp_path


def at_once(folder: Path, *commands: str) -> list[tuple[int, str]]:
    """Start commands together; return the exit code and standard error of each."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "corrigenda", *command.split()],
            cwd=folder, env={**os.environ, "PYTHONUTF8": "1"}, text=True, encoding="utf-8",
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )
        for command in commands
    ]  # fmt: skip
    outcomes = []
    for process in started:
        _, said = process.communicate(timeout=300)
        assert "Traceback" not in said and "went wrong" not in said, said
        outcomes.append((process.returncode, said))
    return outcomes


def test_fix(project: Path) -> None:
    outcomes = at_once(project, *["fix copy --trust --backup --exit-zero"] * 3)
    for number in range(FILES):
        path = project / "copy" / f"{number:02}.md"
        old = TEXT * (1 + number)
        assert path.read_text(encoding="utf-8") == old.replace("on the territory of", "in")
        kept = sorted(path.parent.glob(f"{path.name}.orig*"))
        assert kept and all(one.read_text(encoding="utf-8") == old for one in kept)
    assert not [path for path in (project / "copy").iterdir() if path.name.endswith(".tmp")]
    for code, said in outcomes:  # who came second says so, for each file
        assert code == (3 if "the file changed since it was read" in said else 0)


def test_ignore(project: Path) -> None:
    places = range(6)
    outcomes = at_once(project, *[f"ignore copy/{number:02}.md:1" for number in places])
    assert [code for code, _ in outcomes] == [0] * len(places)
    listed = {entry.path for entry in read(project / ".corrigenda-ignore.jsonl")}
    assert listed == {f"copy/{number:02}.md" for number in places}


def test_baseline(project: Path) -> None:
    outcomes = at_once(project, *[f"baseline copy/{number:02}.md" for number in range(5)])
    assert [code for code, _ in outcomes] == [0] * 5
    entries = read(project / ".corrigenda-baseline.jsonl")
    assert {entry.path for entry in entries} == {f"copy/{number:02}.md" for number in range(5)}
    for number in range(4):
        (project / "copy" / f"{number:02}.md").write_text("Nothing.\n", encoding="utf-8")
    assert [code for code, _ in at_once(project, *[f"check copy/{number:02}.md" for number in range(4)])] == [0] * 4
    assert {entry.path for entry in read(project / ".corrigenda-baseline.jsonl")} == {"copy/04.md"}


def test_reports_and_caches(project: Path) -> None:
    outcomes = at_once(project, *["check copy --format json --output report.json"] * 3, "cache clear")
    assert [code for code, _ in outcomes] == [0] * 4
    assert len(json.loads((project / "report.json").read_text(encoding="utf-8"))["documents"]) == FILES
    assert not [path for path in project.iterdir() if path.name.endswith(".tmp")]
