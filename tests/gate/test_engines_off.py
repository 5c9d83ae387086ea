"""What was written down of a finding, in a comment or the baseline, outlives a run that could not have found it."""

from pathlib import Path

import pytest

from corrigenda.gate.baseline import Entry, read, write
from corrigenda.pipeline import index
from tests.conftest import Corrigenda

QUIET = "seven boats lay in a row below our house, and nobody spoke of them for an hour.\n"
LOUD = "The army took the town because the enemy is closing.\n"
DAM = "The turbines of the factory stand in the river below the dam, and the reservoir behind it is full.\n"
BASELINE = ".corrigenda-baseline.jsonl"
ENGINES = ("embeddings", "language-model", "grammar", "spacy")
MANY = 201
"""Documents with which a run leaves the models out."""


def asking(engine: str) -> str:
    """A shipped check that is on, and can find nothing or less without an engine."""
    checks = index.load().checks.values()
    return next(
        check.id for check in checks if engine in check.engines and check.enabled and check.scope != "collection"
    )


def prepare(folder: Path, engine: str) -> Entry:
    """Write an article with a comment for a check, and a baseline with an entry of it; neither is of any use today."""
    check = asking(engine)
    # spaCy is needed where something is nominated.
    text = f"<!-- corrigenda: ignore {check} -->\n{LOUD if engine == 'spacy' else QUIET}"
    (folder / "a.md").write_text(text, encoding="utf-8")
    entry = Entry("a.md", check, "0123456789abcdef", "what it said")
    write(folder / BASELINE, [entry])
    return entry


def unused(corrigenda: Corrigenda, *arguments: str) -> list[str]:
    """Check, and return the paths in which a comment is said to silence nothing."""
    report = corrigenda("check", *arguments, "--format", "json", "--fail-on", "never").report
    return [
        document["path"]
        for document in report["documents"]
        for finding in document["findings"]
        if finding["check"] == "suppression/unused"
    ]


# A model is not needed where nothing was nominated for it: there the comment is of no use with it either.
@pytest.mark.parametrize("engine", ["grammar", "spacy"])
@pytest.mark.parametrize("cached", [True, False], ids=["cached", "not cached"])
def test_an_engine_that_is_off(corrigenda: Corrigenda, tmp_path: Path, engine: str, cached: bool) -> None:
    entry = prepare(tmp_path, engine)
    (tmp_path / "corrigenda.toml").write_text(f'[engines]\n{engine} = "off"\n', encoding="utf-8")
    for _ in range(2):
        assert unused(corrigenda, "a.md", *([] if cached else ["--no-cache"])) == []
        assert read(tmp_path / BASELINE) == [entry]


def test_a_model_that_is_off_where_it_would_have_been_asked(corrigenda: Corrigenda, tmp_path: Path) -> None:
    check = "artefacts/confusable-sense"
    (tmp_path / "a.md").write_text(f"<!-- corrigenda: ignore {check} -->\n{DAM}", encoding="utf-8")
    entry = Entry("a.md", check, "0123456789abcdef", "what it said")
    write(tmp_path / BASELINE, [entry])
    (tmp_path / "corrigenda.toml").write_text('[engines]\nlanguage-model = "off"\n', encoding="utf-8")
    for _ in range(2):
        assert unused(corrigenda, "a.md") == [] and read(tmp_path / BASELINE) == [entry]


@pytest.mark.parametrize("engine", ["embeddings", "language-model"])
def test_with_the_engine_the_same_comment_and_entry_are_of_no_use(
    corrigenda: Corrigenda, tmp_path: Path, engine: str
) -> None:
    """Otherwise the test above would pass for a program that never says it."""
    prepare(tmp_path, engine)
    (tmp_path / "corrigenda.toml").write_text('[engines]\ngrammar = "off"\n', encoding="utf-8")
    assert unused(corrigenda, "a.md") == ["a.md"]
    assert read(tmp_path / BASELINE) == []


def test_a_model_that_is_absent_where_it_would_have_been_asked(corrigenda: Corrigenda, tmp_path: Path) -> None:
    check = "artefacts/confusable-sense"
    (tmp_path / "a.md").write_text(f"<!-- corrigenda: ignore {check} -->\n{DAM}", encoding="utf-8")
    entry = Entry("a.md", check, "0123456789abcdef", "what it said")
    write(tmp_path / BASELINE, [entry])
    (tmp_path / "corrigenda.toml").write_text('language-model = "no-such-model"\n', encoding="utf-8")
    assert unused(corrigenda, "a.md", "--trust") == [] and read(tmp_path / BASELINE) == [entry]
    (tmp_path / "corrigenda.toml").write_text("", encoding="utf-8")
    assert unused(corrigenda, "a.md") == [] and read(tmp_path / BASELINE) == [], "it silences the finding"


def test_a_large_run_that_leaves_the_models_out(corrigenda: Corrigenda, tmp_path: Path) -> None:
    entry = prepare(tmp_path, "language-model")
    for number in range(MANY - 1):
        (tmp_path / f"{number:03}.txt").write_text(QUIET, encoding="utf-8")
    options = ["--jobs", "1", "--no-cache"]
    assert unused(corrigenda, ".", *options) == [] and read(tmp_path / BASELINE) == [entry]
    (tmp_path / "000.txt").unlink()
    assert unused(corrigenda, ".", *options) == ["a.md"] and read(tmp_path / BASELINE) == []


def test_all_engines_off_and_every_way_of_naming(corrigenda: Corrigenda, tmp_path: Path) -> None:
    """A comment that names a theme, or nothing, may be for a check that did not run."""
    off = "".join(f'{engine} = "off"\n' for engine in ENGINES)
    (tmp_path / "corrigenda.toml").write_text(f"[engines]\n{off}", encoding="utf-8")
    theme = asking("language-model").split("/")[0]
    for words in ("ignore", f"ignore {theme}", f"ignore {theme}, cleanup"):
        (tmp_path / "a.md").write_text(f"<!-- corrigenda: {words} -->\n{QUIET}", encoding="utf-8")
        assert unused(corrigenda, "a.md") == [], words
