"""A folder of checks that may be a stranger's: what is no check file is refused before anything is read of it."""

import os
import sys
from pathlib import Path

import pytest

from corrigenda.errors import CheckError
from corrigenda.pipeline import index, index_key
from tests.conftest import HOUSE_TERM, Corrigenda

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows, no pipes there")


@pytest.mark.parametrize("kind", ["pipe", "endless", "large", "out", "chain"])
def test_what_is_no_check_file(corrigenda: Corrigenda, tmp_path: Path, house: list[str], kind: str) -> None:
    folder = tmp_path / "own-checks"
    path = folder / "house" / "x.yaml"
    (tmp_path / "secret").write_text("secret: words\n", encoding="utf-8")
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "endless":
        path.symlink_to("/dev/zero")
    elif kind == "large":
        with path.open("wb") as file:
            file.truncate(index_key.LARGEST + 1)
    elif kind == "out":
        path.symlink_to("../../secret")
    else:
        path.symlink_to("y.link")
        (folder / "house" / "y.link").symlink_to(tmp_path / "secret")
    with pytest.raises(CheckError, match=r"x\.yaml:1: (this link leads out|the file cannot be read)"):
        index.load([folder])
    (tmp_path / "a.md").write_text("A sentence.\n", encoding="utf-8")
    outcome = corrigenda("check", "a.md", *house)
    assert outcome.code == 2 and "x.yaml" in outcome.err and len(outcome.err.splitlines()) == 1
    assert "words" not in outcome.err


def test_a_link_within_the_tree_is_a_check(corrigenda: Corrigenda, tmp_path: Path, house: list[str]) -> None:
    folder = tmp_path / "own-checks"
    (folder / "house" / "term.yaml").replace(folder / "shared")
    (folder / "shared").write_text(HOUSE_TERM, encoding="utf-8")
    (folder / "house" / "term.yaml").symlink_to("../shared")
    (tmp_path / "a.md").write_text("It lay on the territory of the port.\n", encoding="utf-8")
    assert len(corrigenda("check", "a.md", *house, "--format", "json").findings) == 1


def test_explain_follows_no_link_out_either(corrigenda: Corrigenda, tmp_path: Path, house: list[str]) -> None:
    (tmp_path / "secret").write_text("secret: words\n", encoding="utf-8")
    (tmp_path / "own-checks" / "house" / "x.yaml").symlink_to("../../secret")
    for identity in ("house/x", "house/gone"):
        outcome = corrigenda("explain", identity, "--config", "none", "--checks", str(tmp_path / "own-checks"))
        assert outcome.code == 2 and "words" not in outcome.err and len(outcome.err.splitlines()) == 1


@pytest.mark.parametrize("kind", ["../../secret", "gone", "../exemplars/translationese"])
def test_a_check_names_exemplars_and_no_path(corrigenda: Corrigenda, tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "own-checks"
    (folder / "house").mkdir(parents=True)
    (folder / "house" / "near.yaml").write_text(
        "id: house/near\nsummary: Close to what is known\nwhy: The exemplars say so.\ncategory: style/unidiomatic\n"
        f"severity: suggestion\ndetector: nearest\nmargin: 1\nshare: 0.5\nkinds: ['{kind}']\n",
        encoding="utf-8",
    )
    (tmp_path / "a.md").write_text("A sentence.\n", encoding="utf-8")
    outcome = corrigenda("check", "a.md", "--config", "none", "--checks", "own-checks")
    assert outcome.code == 2 and len(outcome.err.splitlines()) == 1
    assert f"near.yaml:9: there is no corpora/exemplars/{kind}.jsonl" in outcome.err
