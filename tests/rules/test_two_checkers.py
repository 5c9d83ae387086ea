"""Two checkers in one process keep out of each other's way: with different checks, one tagger, and in two threads."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corrigenda.documents.store import DocumentStore, Source
from corrigenda.finding import Finding
from corrigenda.pipeline.checker import Checker, checker
from corrigenda.pipeline.run import check
from corrigenda.settings import Settings

CHECK = """\
id: house/{name}
summary: The house says otherwise
why: The house style names another word for this thing.
category: style/unidiomatic
severity: warning
detector: pattern
find: {find}
"""
TEXT = "The enemy is closing the gate.\n\nThe boats were leaving in the rain.\n"


def own(folder: Path, name: str, find: str) -> Settings:
    path = folder / name / "house" / f"{name}.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(CHECK.format(name=name, find=find), encoding="utf-8")
    return Settings(check_folders=(folder / name,), disabled=("all",), enabled=("house",))


def found(own: Checker, text: str = TEXT) -> list[tuple[str, str]]:
    report = check(own, DocumentStore(), [Source("a.txt", data=text.encode())])
    assert report.problems == ()
    findings: list[Finding] = [finding for document in report.documents for finding in document.findings]
    return [(finding.check, finding.quote) for finding in findings]


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Checker, Checker]:
    """Two checkers whose first rules have the same number and different patterns, with one tagger for both."""
    first, second = (
        checker(own(tmp_path, "close", "~close:VBG")),
        checker(own(tmp_path, "leave", "~leave:VBG ⟦in⟧")),
    )
    second.__dict__["spacy"] = first.spacy
    return first, second


def test_checkers_with_one_tagger_find_what_is_theirs(pair: tuple[Checker, Checker]) -> None:
    for _ in range(2):
        assert [found(own) for own in pair] == [[("house/close", "closing")], [("house/leave", "in")]]


def test_threads_find_what_one_finds(pair: tuple[Checker, Checker]) -> None:
    texts = [TEXT, TEXT * 3, "The gate was closing.\n", "They were leaving in a hurry.\n", "Nothing here.\n"] * 4
    expected = [found(own, text) for text in texts for own in pair]
    with ThreadPoolExecutor(4) as pool:
        given = list(pool.map(lambda work: found(*work), [(own, text) for text in texts for own in pair]))
    assert given == expected
