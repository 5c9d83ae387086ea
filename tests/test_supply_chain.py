"""Whatever is installed is named by its hash, and nothing is fetched beside the locks."""

import re
from pathlib import Path

import pytest

from corrigenda.engines.models.store import CATALOGUE

PINNED = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v\d")


@pytest.mark.parametrize("name", ["action.yml", ".github/workflows/ci.yml"])
def test_actions_are_pinned_by_commit(root: Path, name: str) -> None:
    used = [line for line in (root / name).read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert used
    assert [line for line in used if not PINNED.search(line)] == []


def test_every_requirement_of_a_lock_has_hashes(root: Path) -> None:
    for lock in sorted((root / "requirements").glob("*.lock")):
        logical = lock.read_text(encoding="utf-8").replace("\\\n", " ")
        named = [line for line in logical.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        assert named, lock.name
        assert [line for line in named if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)] == [], (
            lock.name
        )


@pytest.mark.parametrize("name", ["action.yml", "Dockerfile", ".github/workflows/ci.yml"])
def test_what_is_installed_comes_from_the_locks(root: Path, name: str) -> None:
    """An installation without hashes installs this project alone, and builds it with what the locks brought."""
    text = (root / name).read_text(encoding="utf-8").replace("\\\n", " ")
    installs = [line for line in re.split(r"\n|&&", text) if "pip install" in line]
    assert any("--require-hashes" in line and "build.lock" in line for line in installs)
    for line in installs:
        assert "--no-deps" in line
        assert "--require-hashes" in line or "--no-build-isolation" in line


def test_models_are_pinned_by_wheel_and_by_file() -> None:
    for offer in CATALOGUE:
        for digest in (offer.wheel, *(digest for _, digest in offer.sha256)):
            assert re.fullmatch(r"[0-9a-f]{64}", digest)
