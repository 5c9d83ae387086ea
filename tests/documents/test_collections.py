"""A file of data holds several texts: what is said of a text as a whole is said of one of them."""

import json
from collections.abc import Iterator

import pytest

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.pipeline.checker import Checker, checker
from corrigenda.pipeline.run import check_documents
from corrigenda.settings import ReadingOptions, Settings

TWICE = "The council of Velm will close the old bridge on the river for four weeks in spring, the mayor said."
MORE = ["Boats may pass.", "Buses take the other road.", "Nobody was asked."]
FIELDS = ReadingOptions(("body",), ("headline",))


@pytest.fixture(scope="module")
def own() -> Iterator[Checker]:
    with checker(Settings(disabled=("all",), enabled=("cleanup/said-twice", "cleanup/outlier"))) as made:
        yield made


def read(feed: object) -> Document:
    return registry.read_bytes(json.dumps(feed).encode(), "a.json", "json", options=FIELDS)


def checks(own: Checker, document: Document) -> list[str]:
    report = check_documents(own, [document])
    assert not report.problems
    return [finding.check for finding in report.documents[0].findings]


def test_what_two_articles_say_is_said_once_by_each(own: Checker) -> None:
    body = "\n\n".join([TWICE, *MORE])
    assert checks(own, read([{"body": body}, {"body": body}])) == []
    assert checks(own, read([{"body": f"{body}\n\n{TWICE}"}])) == ["cleanup/said-twice"]


def test_the_blocks_of_a_text_are_those_of_its_field() -> None:
    feed = read([{"headline": "One", "body": "A.\n\nB.\n\nC."}, {"headline": "Two", "body": "D.\n\nE.\n\nF."}])
    assert [list(feed.text_of(number)) for number in (0, 2, 4, 7)] == [[0], [1, 2, 3], [4], [5, 6, 7]]
    assert feed.is_collection
    assert not read({"headline": "One", "body": "A.\n\nB.\n\nC."}).is_collection
    text = registry.read_bytes(b"One\n\nTwo.\n\nThree.\n\nFour.", "a.txt", "text")
    assert list(text.text_of(2)) == [0, 1, 2, 3] and not text.is_collection
