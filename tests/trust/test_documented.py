"""docs/security.md says what the code does: its limits, its settings, and who says --untrusted."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from corrigenda.documents.encodings.decode import MAX_BYTES
from corrigenda.documents.formats import markdown
from corrigenda.documents.markdown.blocks import MAX_SIGNS
from corrigenda.engines.grammar.languagetool import transport
from corrigenda.gate import baseline, git_changes
from corrigenda.names.pairs import MOST_PAIRS
from corrigenda.names.table import MOST_FORMS, MOST_PLACES
from corrigenda.pipeline.checker import MAX_SENTENCES
from corrigenda.pipeline.confirm import MOST_COMPARED
from corrigenda.pipeline.merge import MAX_HITS
from corrigenda.rules import check, yaml_file
from corrigenda.workspace import config, config_reader, house_style, toml_file
from corrigenda.workspace.trust import USER_SETTINGS, variable

MIB = 1024 * 1024


@pytest.fixture
def page(root: Path) -> str:
    return (root / "docs" / "security.md").read_text(encoding="utf-8")


def test_the_limits_are_those_of_the_code(page: str) -> None:
    rows = dict(re.findall(r"^\| (an? [^|]+?) \| (\d[^|]+?) \|$", page, re.MULTILINE))
    assert rows == {
        "a document": f"{MAX_BYTES // MIB} MB, {markdown.MAX_LINES:,} lines, {MAX_SIGNS:,} signs of markup",
        "a configuration": f"{toml_file.LARGEST // MIB} MB, {toml_file.DEEPEST} parts in a dotted key; "
        f"{config_reader.MOST_ENTRIES:,} entries in a list or table that is gone through for each file, "
        f"{config_reader.LONGEST:,} characters in each",
        "a check": f"{yaml_file.LARGEST // 1024} KB, {yaml_file.DEEPEST} levels, no aliases; "
        f"{check.MOST_FILES:,} in a folder",
        "a house style": f"{house_style.LARGEST // MIB} MB, {yaml_file.DEEPEST} levels, no aliases",
        "a word list": f"{config.LARGEST_WORD_LIST // MIB} MB",
        "a baseline, an ignore list": f"{baseline.LARGEST // MIB} MB",
        "a reply of a server": f"{transport.LARGEST // MIB} MB",
    }
    assert f"yes, up to {config_reader.MOST_JOBS}" in page


def test_every_setting_of_the_users_is_there(page: str) -> None:
    example = page.split("```toml\n")[1].split("```")[0]
    for name in USER_SETTINGS:
        assert f"{name} = " in example or f"[{name}]" in example
        assert name == "engines" or f"`{variable(name)}`" in page
    assert "[trust]\nfolders = " in example and f"`{variable('grammar')}`" in page


def test_the_example_of_the_users_configuration_can_be_read(page: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(page.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    user = config.load_user(path)
    assert set(user.values) == set(USER_SETTINGS) and user.folders == (Path("~/articles").expanduser(),)


def test_pipelines_trust_nobody(root: Path) -> None:
    hooks = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert all(hook["entry"].split()[2] == "--untrusted" for hook in hooks)
    action = yaml.safe_load((root / "action.yml").read_text(encoding="utf-8"))
    assert action["inputs"]["untrusted"]["default"] == "true"
    assert "--untrusted" in next(step["run"] for step in action["runs"]["steps"] if step.get("id") == "check")
    gitlab = yaml.safe_load((root / "ci" / "gitlab" / "corrigenda.yml").read_text(encoding="utf-8"))
    assert gitlab["variables"]["CORRIGENDA_UNTRUSTED"] == "true" and "--untrusted" in gitlab["corrigenda"]["script"][0]


def test_where_to_report_a_hole(root: Path, page: str) -> None:
    assert "(../SECURITY.md)" in page
    assert "docs/security.md" in (root / "SECURITY.md").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="the program is a shell's")
def test_git_starts_no_program_that_a_repository_names(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True, capture_output=True)

    program = tmp_path / "watch.sh"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n", encoding="utf-8")
    program.chmod(0o755)
    git("init", "--quiet")
    git("add", ".")
    git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "First")
    for name in ("core.fsmonitor", "diff.external"):
        git("config", name, str(program))
    (tmp_path / "ran").unlink(missing_ok=True)
    git_changes.since("HEAD", tmp_path)
    git_changes.staged(tmp_path)
    assert not (tmp_path / "ran").exists()


HELD = {
    "Nothing is imported from the current folder": "tests/trust/test_current_folder.py",
    "Models bring no code.": "tests/trust/test_models.py",
    "Nothing is fetched or sent": "tests/trust/test_address.py",
    "Files are regular files of a limited size.": "tests/trust/test_limits.py",
    "The work for one document is limited": "tests/hostile/test_pathological.py",
    "What is printed does nothing.": "tests/hostile/test_output.py",
    "What is installed is named by its hash.": "tests/test_supply_chain.py",
    "Globs and expressions of checks take time in proportion to the text": "tests/trust/test_limits.py",
}
"""Each promise of "What holds at every level" and the tests that hold it."""


def test_every_promise_names_its_tests(root: Path, page: str) -> None:
    section = page.split("## What holds at every level\n")[1].split("\n## ")[0]
    assert set(re.findall(r"^- \*\*(.+?)\*\*", section, re.MULTILINE)) == HELD.keys()
    for path in HELD.values():
        assert "\ndef test_" in (root / path).read_text(encoding="utf-8")


def test_the_limits_of_the_work_are_those_of_the_code(page: str) -> None:
    text = " ".join(page.split())
    assert f"its first {MAX_HITS:,} places there" in text
    assert f"{MOST_PLACES:,} places, {MOST_FORMS:,} different words and {MOST_PAIRS:,} pairs" in text
    assert f"{MAX_SENTENCES:,} sentences are tagged, and {MOST_COMPARED} places compared" in text
