"""The one full check: stages that can be watched and stopped, and documents that are read once."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from corrigenda.documents import registry
from corrigenda.documents.store import DocumentStore, Source
from corrigenda.pipeline.checker import Checker, checker
from corrigenda.pipeline.run import check, check_documents, run
from corrigenda.pipeline.stages import CancelledError, Stage, StageReport
from corrigenda.reporting.base import Options
from corrigenda.reporting.json import render
from corrigenda.settings import Settings

PLAIN = "He met the the mayor."
TAGGED = "The council told everyone to leave because the enemy is closing."
QUIET = Settings(engines={"grammar": "off", "embeddings": "off", "language-model": "off"})


def sources_of(folder: Path, texts: Sequence[str]) -> list[Source]:
    sources = []
    for number, text in enumerate(texts):
        path = folder / f"{number:03d}.md"
        path.write_text(text + "\n", encoding="utf-8")
        sources.append(Source(path.name, path))
    return sources


@pytest.fixture
def own() -> Checker:
    return checker(QUIET)


def test_the_rules_speak_first_and_the_engines_add_to_them(own: Checker, tmp_path: Path) -> None:
    (source,) = sources_of(tmp_path, [f"{PLAIN} {TAGGED}"])
    seen: list[tuple[Stage, list[str]]] = []

    def watch(told: StageReport) -> None:
        seen.append((told.stage, [finding.quote for finding in told.documents[0].findings]))

    report = check(own, DocumentStore(), [source], on_stage=watch)
    quotes = [finding.quote for finding in report.documents[0].findings]
    assert [stage for stage, _ in seen] == [Stage.RULES, Stage.COLLECTION]
    assert seen[0][1] == ["the the"] and set(seen[0][1]) < set(quotes)
    assert seen[1][1] == quotes


def test_the_first_stage_alone_asks_no_engine(own: Checker, tmp_path: Path) -> None:
    (source,) = sources_of(tmp_path, [f"{PLAIN} {TAGGED}"])
    report = check(own, DocumentStore(), [source], last=Stage.RULES)
    assert [finding.quote for finding in report.documents[0].findings] == ["the the"]
    assert own.spacy.status().status == "not needed"


@pytest.mark.parametrize(("allowed", "stages"), [(0, 1), (1, 1), (2, 2)])
def test_a_check_stops_between_two_stages(own: Checker, tmp_path: Path, allowed: int, stages: int) -> None:
    """Asked after the rules of a batch, and after its sentence engines: of 200 documents in four batches."""
    sources = sources_of(tmp_path, [PLAIN] * 200)
    asked = 0
    seen: list[Stage] = []

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > allowed

    with pytest.raises(CancelledError):
        check(own, DocumentStore(), sources, on_stage=lambda now: seen.append(now.stage), cancelled=cancelled)
    assert asked == allowed + 1
    assert seen == [Stage.RULES, Stage.COLLECTION, Stage.RULES][: len(seen)] and seen.count(Stage.RULES) == stages
    # The checker is as good as before.
    assert len(check(own, DocumentStore(), sources[:2]).documents) == 2


@pytest.mark.parametrize("again", [False, True])
def test_each_file_is_read_and_parsed_once(tmp_path: Path, again: bool) -> None:
    """With checks that compare documents on, and whether an earlier run's results are there or not."""
    settings = Settings(
        engines=QUIET.engines, enabled=("names/mixed-across-documents", "cleanup/said-twice-across-documents")
    )
    texts = [f"{PLAIN} Volodymyr Zelensky came to Kyiv.", "Vladimir Zelensky left Kiev.", TAGGED, "Nothing."]
    sources = sources_of(tmp_path, texts)
    if again:
        run(sources, settings)
    counts: Counter[tuple[str, str]] = Counter()
    store = DocumentStore(observer=lambda what, path: counts.update([(what, path)]))
    report = run(sources, settings, store=store)
    assert sum(len(document.findings) for document in report.documents) >= 3
    assert {path for what, path in counts if what == "read"} == {source.display for source in sources}
    assert set(counts.values()) == {1}


@pytest.mark.slow
def test_several_jobs_give_the_same_bytes_and_the_files_are_parsed_once_in_all(tmp_path: Path) -> None:
    sources = sources_of(tmp_path, [f"{PLAIN} This is text {number}." for number in range(130)])
    one = run(sources, QUIET, incremental=False)
    counts: Counter[tuple[str, str]] = Counter()
    store = DocumentStore(observer=lambda what, path: counts.update([(what, path)]))
    two = run(sources, QUIET, incremental=False, jobs=2, store=store)
    assert two == one
    assert not counts, "the workers read the files, and this process has no need to"


def test_documents_in_memory_are_checked_as_files_are(own: Checker, tmp_path: Path) -> None:
    (source,) = sources_of(tmp_path, [f"{PLAIN} {TAGGED}"])
    assert source.path is not None
    from_file = check(own, DocumentStore(), [source], last=Stage.DOCUMENT_ENGINES)
    document = registry.read_bytes(source.path.read_bytes(), source.display, "markdown")
    assert check_documents(own, [document]) == from_file


def test_the_report_of_a_check_can_be_rendered(own: Checker, tmp_path: Path) -> None:
    (source,) = sources_of(tmp_path, [PLAIN])
    store = DocumentStore()
    report = check(own, store, [source])
    assert json.loads(render(report, lambda path: store.document(source), Options()))["documents"][0]["findings"]
