"""What is said of comments when an engine did not run: nothing, since nobody can tell whether they are of use."""

from pathlib import Path

import pytest

from corrigenda.documents.store import Source
from corrigenda.finding import Report
from corrigenda.pipeline import run as running
from corrigenda.pipeline.run import run
from corrigenda.pipeline.suppression import UNUSED
from corrigenda.settings import Settings

OFF = {"grammar": "off", "embeddings": "off", "language-model": "off", "spacy": "off"}


def remarks(report: Report) -> list[str]:
    return [finding.quote for document in report.documents for finding in document.findings if finding.check == UNUSED]


QUIET = "The boat lay in the harbour."


def checked(names: str, text: str = QUIET, **engines: str) -> list[str]:
    text = f"<!-- corrigenda: ignore {names} -->\n{text}\n"
    return remarks(run([Source("a.md", Path("a.md"), text.encode())], Settings(engines={**OFF, **engines})))


@pytest.mark.parametrize(
    ("names", "engine"),
    [
        ("language", "grammar"),
        ("language/grammar", "grammar"),
        ("cleanup/outlier", "embeddings"),
        ("", "all of them"),
    ],
)
def test_a_comment_for_a_check_whose_engine_is_off_is_not_called_unused(names: str, engine: str) -> None:
    assert checked(names) == []


def test_a_comment_is_let_be_when_spacy_is_off_and_a_sentence_was_nominated() -> None:
    """Without such a sentence the check would have found nothing with spaCy either."""
    text = "The enemy is closing."
    assert checked("artefacts/lost-particle", text) == []
    assert len(checked("artefacts/lost-particle", QUIET)) == 1


def test_a_comment_for_a_check_that_ran_is_called_unused() -> None:
    assert len(checked("cleanup/double-space")) == 1


@pytest.mark.parametrize("name", ["artefacts/lost-particle"])
def test_an_engine_that_was_not_needed_has_done_its_work(name: str) -> None:
    assert len(checked(name, spacy="auto")) == 1


def test_in_a_run_too_large_for_the_models_their_comments_are_let_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "COMPARED", 1)
    text = b"<!-- corrigenda: ignore cleanup/outlier -->\nThe boat lay in the harbour.\n"
    sources = [Source(f"{number}.md", Path(f"{number}.md"), text) for number in range(2)]
    report = run(sources, Settings(engines={"grammar": "off"}))
    assert {engine.name: engine.status for engine in report.engines}["embeddings"] == "off"
    assert remarks(report) == []


def test_a_comment_for_a_check_that_is_turned_off_is_let_be() -> None:
    text = b"<!-- corrigenda: ignore cleanup/double-space -->\nThe boat lay in the harbour.\n"
    report = run([Source("a.md", Path("a.md"), text)], Settings(engines=OFF, disabled=("cleanup/double-space",)))
    assert remarks(report) == []
