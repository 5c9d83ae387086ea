"""What goes wrong in one check is said, and the rest of the run goes on."""

from pathlib import Path

import pytest

from corrigenda.documents.store import Source
from corrigenda.gate.verdict import exit_code
from corrigenda.pipeline import index_key
from corrigenda.pipeline.checker import checker
from corrigenda.pipeline.run import run
from corrigenda.settings import Settings

ENGINES = {"grammar": "off", "embeddings": "off", "language-model": "off"}
ACROSS = Settings(engines=ENGINES, enabled=("names/mixed-across-documents",))


def two(tmp_path: Path) -> list[Source]:
    texts = ("Volodymyr Zelensky met the the mayor of Kyiv.\n", "Volodymyr Zelenskiy left.\n")
    sources = []
    for number, text in enumerate(texts):
        path = tmp_path / f"{number}.txt"
        path.write_text(text, encoding="utf-8")
        sources.append(Source(path.name, path))
    return sources


def test_a_name_index_that_fails_is_a_problem_and_the_other_findings_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corrigenda.names.index import NameIndex

    whole = run(two(tmp_path), ACROSS, incremental=False)
    assert any(finding.check == "names/mixed-across-documents" for d in whole.documents for finding in d.findings)

    def broken(*arguments: object, **options: object) -> object:
        raise ValueError("a form that no table knows")

    monkeypatch.setattr(NameIndex, "pairs", broken)
    report = run(two(tmp_path), ACROSS, incremental=False)
    (problem,) = report.problems
    assert problem.path == "names/mixed-across-documents"
    assert "ValueError: a form that no table knows" in problem.message
    assert exit_code(report, "never") == 3
    assert "the the" in [finding.quote for document in report.documents for finding in document.findings]


def test_the_key_of_results_knows_the_code_and_the_corpora(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a checkout both change without a new version of the program."""
    before = checker(ACROSS).key
    assert checker(ACROSS).key == before

    code = tmp_path / "code"
    code.mkdir()
    (code / "one.py").write_text("THRESHOLD = 1\n", encoding="utf-8")
    monkeypatch.setattr(index_key, "_PACKAGE", code)
    one = checker(ACROSS).key
    (code / "one.py").write_text("THRESHOLD = 2\n", encoding="utf-8")
    assert len({before, one, checker(ACROSS).key}) == 3
    monkeypatch.undo()

    corpora = tmp_path / "corpora"
    corpora.mkdir()
    (corpora / "names.jsonl").write_text("{}\n", encoding="utf-8")
    monkeypatch.setattr(index_key.resources, "folder", lambda name: corpora)
    index_key.corpora_key.cache_clear()
    first = index_key.corpora_key()
    (corpora / "names.jsonl").write_text("{ }\n", encoding="utf-8")
    index_key.corpora_key.cache_clear()
    assert index_key.corpora_key() != first
    index_key.corpora_key.cache_clear()
