"""A document's name table: everybody's is the same one, made once; and what is said when a list is broken."""

import gzip
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corrigenda import resources
from corrigenda.documents.registry import read_bytes
from corrigenda.documents.store import Source
from corrigenda.finding import Severity
from corrigenda.names import data, files, gazetteer
from corrigenda.names.context import NameContext
from corrigenda.names.data import Curated, curated
from corrigenda.names.errors import NameListError
from corrigenda.names.index import NameIndex
from corrigenda.names.issue import Certainty
from corrigenda.names.report import all_issues, all_pairs
from corrigenda.names.severity import ACROSS, WITHIN
from corrigenda.names.table import DocumentNames, Spans, as_form
from corrigenda.names.tables import NameTables, names_of
from corrigenda.pipeline.run import run
from corrigenda.settings import Settings

TEXT = "In Kyiv it rained; see `Kiev`. He said: “Kiev is calm.” \U0001f600 Zu\u0308rich and Odesa slept.\n"


def test_a_documents_names_know_its_masked_and_quoted_stretches() -> None:
    document = read_bytes(TEXT.encode(), "a.md", "markdown")
    names = names_of(document, {"Kyiv": "Kiev"})
    assert names.names.count("Kiev") == 1 and names.names.is_quoted(names.names.numbers("Kiev")[0])
    assert names.style == {"Kyiv": "Kiev"} and names_of(document).style == {}
    for form in names.names.forms:
        assert all(as_form(document.text[start:end]) == form for start, end in names.names.spans(form))


def test_a_documents_names_are_made_once() -> None:
    one, other = (read_bytes(TEXT.encode(), path) for path in ("a.md", "b.md"))
    tables = NameTables()
    assert tables.of(one) is tables.of(one) is not tables.of(other)
    few = NameTables(most=1)
    first = few.of(one)
    few.of(other)
    assert few.of(one) is not first


def test_a_run_makes_one_table_of_each_document(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    make = DocumentNames.__init__

    def counted(self: DocumentNames, text: str, *, skip: Spans = (), quotations: Spans = ()) -> None:
        made.append(text)
        make(self, text, skip=skip, quotations=quotations)

    texts = [f"In {place} Olena Kravets sang. In Kyiv it rained; Kiev slept." for place in ("Odesa", "Odessa", "Lviv")]
    sources = [Source(f"{number}.md", data=text.encode()) for number, text in enumerate(texts)]
    monkeypatch.setattr(DocumentNames, "__init__", counted)
    settings = Settings(disabled=("all",), enabled=("names",))
    report = run(sources, settings, incremental=False)
    found = [finding for document in report.documents for finding in document.findings]
    assert {"names/mixed-across-documents", "names/mixed-spelling"} <= {finding.check for finding in found}
    assert sorted(text for text in made if text) == sorted(texts)


def test_two_threads_may_ask_at_once() -> None:
    documents = [read_bytes(TEXT.replace("Odesa", f"Odes{letter}").encode(), "a.md") for letter in "abcdefgh"]

    def say(number: int) -> list[object]:
        context = tables.of(documents[number % len(documents)])
        return [*all_pairs(context), *all_issues(context)]

    tables = NameTables(most=3)
    curated.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(say, range(64)))
    assert found == [say(number) for number in range(64)]


def test_a_row_is_known_by_its_canonical_name() -> None:
    names = [row.canonical for row in curated().rows]
    assert len(names) == len(set(names))


def test_across_documents_findings_are_as_severe_and_less_sure() -> None:
    for certainty in Certainty:
        assert ACROSS[certainty].severity is WITHIN[certainty].severity
        assert ACROSS[certainty].confidence < WITHIN[certainty].confidence
    assert WITHIN[Certainty.CERTAIN].at_most(Severity.WARNING) is Severity.WARNING
    assert WITHIN[Certainty.POSSIBLE].at_most(Severity.WARNING) is Severity.SUGGESTION


@pytest.fixture
def corpora(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the lists that a test may damage."""
    copy = tmp_path / "corpora"
    copy.mkdir()
    for path in resources.folder("corpora").iterdir():
        if path.is_file():
            shutil.copy(path, copy)
    real = resources.folder
    monkeypatch.setattr(resources, "folder", lambda name: copy if name == "corpora" else real(name))
    caches = (data.curated, gazetteer._shipped, gazetteer._towns)
    for cache in caches:
        cache.cache_clear()
    yield copy
    for cache in caches:
        cache.cache_clear()


def index() -> NameIndex:
    built = NameIndex()
    for path, place in (("a.md", "Kyiv"), ("b.md", "Kiev"), ("c.md", "Torbeevo"), ("d.md", "Torbeyevo")):
        built.add(path, DocumentNames(f"In {place} it rained."))
    return built


def test_a_broken_row_is_named_when_documents_are_compared(corpora: Path) -> None:
    path = corpora / "names.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    (at,) = [number for number, line in enumerate(lines) if '"canonical": "Kyiv"' in line]
    lines[at] = lines[at][: lines[at].rindex("}")]
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(NameListError, match=rf"^names.jsonl, line {at + 1}: "):
        index().pairs()


def test_a_missing_list_is_named_when_documents_are_compared(corpora: Path) -> None:
    (corpora / "names.jsonl").unlink()
    with pytest.raises(NameListError, match=r"^names.jsonl: the list cannot be read .*reinstall"):
        index().pairs()


@pytest.mark.parametrize(
    "damaged",
    [b"", b"no gzip", gzip.compress(b"abc")[:-4], gzip.compress(b"\xff\xfe")],
    ids=["empty", "not packed", "truncated", "not UTF-8"],
)
def test_a_damaged_gazetteer_is_named_when_documents_are_compared(corpora: Path, damaged: bytes) -> None:
    (corpora / "gazetteer_cyrl.txt.gz").write_bytes(damaged)
    with pytest.raises(NameListError, match=r"^gazetteer_cyrl.txt.gz: "):
        index().pairs()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "names.jsonl, line 7: not a row of this list"),
        ("[]", "names.jsonl, line 7: not a row of this list"),
        ('{"kind": "place.city"}', "names.jsonl, line 7: 'canonical' is missing"),
        ('{"canonical": "A"}', "names.jsonl, line 7: 'kind' is missing"),
    ],
)
def test_an_error_names_file_line_and_reason(line: str, message: str) -> None:
    with pytest.raises(NameListError) as caught:
        Curated([(7, line)]).row(0)
    assert str(caught.value).startswith(message)


def test_comments_count_as_lines(corpora: Path) -> None:
    (corpora / "made_up.tsv").write_text("# about\n\na\tb\n#\nc\n", encoding="utf-8")
    assert files.lines_of("made_up.tsv") == [(3, "a\tb"), (5, "c")]
    assert files.rows_of("made_up.tsv") == [["a", "b"], ["c"]]


def test_a_style_without_a_word_recommends_nothing() -> None:
    (pair,) = all_pairs(NameContext("In Kyiv it rained. In Kiev it snowed. Kiev slept.", style={"Kyiv": "'"}))
    assert pair.basis == "majority"
