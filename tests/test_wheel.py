"""The wheel: built, installed into an empty environment, and run from another folder."""

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

LIMIT = 465_000_000
"""Bytes of everything that the core installs, as unpacked; bytecode that Python writes later is not counted. The parser
of HTML has 5 million of them, the lexicons and their index 20 million.
"""


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(target)],
        cwd=root,
        check=True,
        capture_output=True,
    )
    return next(target.glob("*.whl"))


def test_the_wheel_holds_the_content_and_the_compiled_index(root: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        index = json.loads(archive.read("corrigenda/_compiled/index.jsonl").splitlines()[0])
    assert wheel.name.endswith("-py3-none-any.whl")
    shipped = {
        path.relative_to(root / "checks").with_suffix("").as_posix() for path in (root / "checks").rglob("*.yaml")
    }
    assert {check["id"] for check in index["checks"]} == shipped
    assert {f"corrigenda/checks/{name}.yaml" for name in shipped} <= names
    for name in (
        "checks/check.schema.json",
        "checks/artefacts/lost-by.yaml",
        "corpora/names.jsonl",
        "corpora/samples/lighthouse.md",
        "reports/report.schema.json",
        "reports/html/report.html",
        "py.typed",
    ):
        assert f"corrigenda/{name}" in names
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/")) or name.endswith(".pyc")]
    assert {name.rsplit("/", 1)[-1] for name in names if "licenses" in name} == {"LICENSE", "NOTICE"}


@pytest.fixture(scope="module")
def installed(root: Path, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the core's locked requirements and the wheel; returns its folder of programs."""
    folder = tmp_path_factory.mktemp("environment") / "venv"
    lock = root / "requirements" / "core.lock"
    uv = shutil.which("uv")
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    if uv:
        python = str(programs / "python")
        commands = [
            [uv, "venv", "--quiet", "--python", sys.executable, str(folder)],
            [uv, "pip", "install", "--quiet", "--python", python, "--require-hashes", "--no-deps", "-r", str(lock)],
            [uv, "pip", "install", "--quiet", "--python", python, "--no-deps", str(wheel)],
        ]
    else:
        venv.create(folder, with_pip=True)
        pip = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        commands = [
            [*pip, "--no-compile", "--require-hashes", "--no-deps", "-r", str(lock)],
            [*pip, "--no-compile", "--no-deps", str(wheel)],
        ]
    for command in commands:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
    return programs


@pytest.mark.slow
def test_it_runs_from_another_folder_and_is_not_too_large(installed: Path, tmp_path: Path, user_cache: Path) -> None:
    size = sum(
        path.stat().st_size
        for path in installed.parent.rglob("*")
        if path.is_file() and not path.is_symlink() and path.suffix != ".pyc"
    )
    assert size < LIMIT, f"{size:,} bytes"
    (tmp_path / "article.txt").write_text(
        "It is one of the five provinces annexed Rome last year. They waited because the enemy is closing.\n",
        encoding="utf-8",
    )
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    environment |= {"PYTHONUTF8": "1"}
    shutil.rmtree(user_cache)
    done = subprocess.run(
        [str(installed / "corrigenda"), "check", "article.txt", "--format", "json", "--fail-on", "error"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1, done.stderr
    findings = json.loads(done.stdout)["documents"][0]["findings"]
    assert {"annexed Rome", "is closing"} <= {finding["quote"] for finding in findings}
    # Started from the index in the wheel: nothing was compiled into the cache.
    assert not list(user_cache.rglob("checks/*.json"))
    said = subprocess.run(
        [str(installed / "corrigenda"), "doctor"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert said.returncode == 0, said.stdout + said.stderr
    assert "compiled when the package was built" in said.stdout
