"""A report format is one module, found by its name: here, and in other packages."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corrigenda import reporting
from corrigenda.finding import Problem, Report
from corrigenda.reporting import formats
from tests.reporting.sample import sample

MODULE = """\
from corrigenda.reporting.base import Format

def render(report, texts, options):
    return f"{len(report.documents)} documents\\n"

FORMAT = Format("tally", ".tally", "How many documents", render)
"""


@pytest.fixture
def module(tmp_path: Path) -> Path:
    (tmp_path / "tally.py").write_text(MODULE, encoding="utf-8")
    return tmp_path


def test_each_module_has_its_own_name() -> None:
    own = formats.own()
    assert list(own) == sorted(own) and len(own) == 14
    assert all(formats.find(name) is entry for name, entry in own.items())


@pytest.mark.parametrize("name", ["base", "formats", "visible", "no such", "../json", "corrigenda.cli", ""])
def test_what_is_no_format(name: str) -> None:
    assert formats.find(name) is None
    with pytest.raises(formats.UnknownFormat, match="choose one of csv, diff"):
        formats.render(name, *sample_of())


def sample_of() -> Any:
    report, documents = sample()
    return report, documents.get


def test_a_new_format_is_one_file(module: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "__path__", [*reporting.__path__, str(module)])
    report, documents = sample()
    try:
        assert formats.render("tally", report, documents.get) == f"{len(report.documents)} documents\n"
        assert formats.for_path(Path("a.tally")) == "tally"
    finally:
        sys.modules.pop("corrigenda.reporting.tally", None)


def test_another_package_adds_one(module: Path) -> None:
    info = module / "tally-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: tally\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[corrigenda.reports]\ntally = tally:FORMAT\n", encoding="utf-8")
    work = module / "work"  # nothing is imported from the folder that is checked
    work.mkdir()
    (work / "a.txt").write_text("the boat left the quay at dawn and came back with fish.\n", encoding="utf-8")
    path = os.pathsep.join((str(module), str(Path(reporting.__path__[0]).parents[1])))

    def check(name: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "corrigenda", "check", "a.txt", "--config", "none", "--format", name],
            cwd=work, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=False,
        )  # fmt: skip

    done = check("tally")
    assert (done.returncode, done.stdout) == (0, "1 documents\n"), done.stderr
    assert "there is no format 'taly'" in check("taly").stderr


@pytest.mark.parametrize("name", ["terminal", "markdown", "json", "csv"])
def test_what_could_not_be_checked_is_said_once(name: str) -> None:
    problems = (Problem("first.pdf", "The first one fails."), Problem("second.pdf", "The second one fails."))
    said = formats.render(name, Report("1", (), (), problems), lambda _: None)
    assert isinstance(said, str)
    assert said.count("The first one fails.") == said.count("The second one fails.") == 1
