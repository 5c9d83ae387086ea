"""Sources that stand in the same file or in a file that names its units alike: columns, fields, units of catalogues."""

import json

import pytest

from corrigenda.documents.beside import beside
from corrigenda.documents.document import Document
from corrigenda.documents.parts import Edit
from corrigenda.documents.registry import edited, read_bytes
from corrigenda.documents.store import DocumentStore, Source
from corrigenda.settings import ReadingOptions
from tests.sources.conftest import Project

TABLE = (
    "id,body_de,body,title_de,title\n"
    '1,"Die Brücke wurde am 13 Mai eröffnet.","The bridge was opened on 12 May.",Brücke,A bridge\n'
    '2,,"A boat came.",Boot,A boat\n'
    '3,"Der Zug kam um 7 an.\n\nEr fuhr um 9.","The train came at 7.\n\nIt left at 8.",Zug,A train\n'
)
OPTIONS = ReadingOptions(("body",), ("title",), "", ("body_de", "title_de"))


def stored(data: bytes, name: str, options: ReadingOptions) -> tuple[DocumentStore, Source, Document]:
    from pathlib import Path

    store = DocumentStore(options=lambda _: options)
    source = Source(name, Path(name), data)
    return store, source, store.document(source)


def sources(document: Document) -> dict[str, str]:
    return {block.view.text: block.source.text for block in document.blocks if block.source is not None}


def test_columns_of_one_row_belong_together() -> None:
    store, source, document = stored(TABLE.encode(), "a.csv", OPTIONS)
    assert sources(document) == {
        "The bridge was opened on 12 May.": "Die Brücke wurde am 13 Mai eröffnet.",
        "A bridge": "Brücke",
        "A boat": "Boot",
        "The train came at 7.": "Der Zug kam um 7 an.",
        "It left at 8.": "Er fuhr um 9.",
        "A train": "Zug",
    }
    assert document.origin_language == "de" and not store.missing(source)
    for block in document.blocks:
        if block.source is not None:
            span = block.source.to_document(0, len(block.source.text))
            assert document.source_text[span.start : span.end] == block.source.text


def test_fields_of_json() -> None:
    data = json.dumps([{"de": "Es kam um 7.", "en": "It came at 8.\n\nIt was late."}, {"en": "Nothing."}]).encode()
    _, _, document = stored(data, "a.json", ReadingOptions(("en",), (), "markdown", ("de",)))
    assert sources(document) == {"It came at 8.": "Es kam um 7.", "It was late.": "Es kam um 7."}


def test_columns_of_a_workbook() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    import io

    book = openpyxl.Workbook()
    for row in (["en", "de"], ["", "Nichts."], ["It came at 8.", "Es kam um 7."], ["A boat came.", ""]):
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    store, source, document = stored(data.getvalue(), "a.xlsx", ReadingOptions(("en",), (), "", ("de",)))
    assert sources(document) == {"It came at 8.": "Es kam um 7."}
    assert "Es kam um 7." in store.words(source)


def test_as_many_source_fields_as_fields() -> None:
    store, source, document = stored(TABLE.encode(), "a.csv", OPTIONS._replace(source_fields=("body_de",)))
    assert not document.has_source and "one for each" in store.missing(source)
    store, source, _ = stored(TABLE.encode(), "a.csv", OPTIONS._replace(source_fields=("body_dd", "title_de")))
    assert "body_dd" in store.missing(source)


def test_a_correction_keeps_the_sources() -> None:
    _, _, document = stored(TABLE.encode(), "a.csv", OPTIONS)
    at = document.text.index("12 May")
    after = edited(document, [Edit(at, at + 2, "the 13th of")])
    assert sources(after)["The bridge was opened on the 13th of May."] == "Die Brücke wurde am 13 Mai eröffnet."


def test_files_of_texts_are_paired_by_their_keys() -> None:
    own = read_bytes(b'{"a": {"b": "The bridge was opened.", "c": "A boat came."}, "d": "It left."}', "en.json", "json")
    other = read_bytes(b'{"d": "Er fuhr.", "a": {"c": "Ein Boot kam.", "x": "Mehr davon."}}', "de.json", "json")
    document = beside(own, other)
    assert sources(document) == {"A boat came.": "Ein Boot kam.", "It left.": "Er fuhr."}
    assert document.blocks[0].source is None


def test_catalogues_are_paired_by_their_units() -> None:
    own = read_bytes(b'"greeting" = "Hello, you.";\n"bye" = "See you at 8.";\n', "en.lproj/a.strings", "strings")
    other = read_bytes(b'"bye" = "Bis um 7.";\n"greeting" = "Hallo, du.";\n', "de.lproj/a.strings", "strings")
    assert sources(beside(own, other)) == {"Hello, you.": "Hallo, du.", "See you at 8.": "Bis um 7."}


def test_two_texts_of_other_kinds_are_left_to_the_alignment() -> None:
    own = read_bytes(b"It left.\n", "a.md", "markdown")
    document = beside(own, read_bytes("Er fuhr, und das war nicht gut für die Stadt.\n".encode(), "b.md", "markdown"))
    assert not sources(document) and document.has_source and document.origin_language == "de"


@pytest.mark.parametrize("version", ["1.2", "2.0"])
def test_what_a_file_of_units_says_of_its_sources(version: str) -> None:
    text = {
        "1.2": '<xliff version="1.2"><file source-language="uk-UA" target-language="en"><body><trans-unit id="a">'
        "<source>Він поїхав о 7.</source><target>He left at 8.</target></trans-unit></body></file></xliff>",
        "2.0": '<xliff version="2.0" srcLang="uk-UA" trgLang="en"><file id="f"><unit id="a"><segment>'
        "<source>Він поїхав о 7.</source><target>He left at 8.</target></segment></unit></file></xliff>",
    }[version]
    assert read_bytes(text.encode(), "a.xlf", "xliff").origin_language == "uk-UA"


def test_the_language_of_units_of_which_nobody_says_it() -> None:
    text = 'msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "Der Zug ist nicht mehr da."\nmsgstr "The train is gone."\n'
    assert read_bytes(text.encode(), "a.po", "po").origin_language == "de"


def test_findings_in_units_and_columns_quote_their_source(project: Project) -> None:
    project.write("a.csv", TABLE)
    said = ("--text-field", "body", "--title-field", "title", "--source-field", "body_de", "--source-field", "title_de")
    for _ in range(2):
        run = project.run("check", "a.csv", *said, "--format", "json")
        assert [finding["evidence"]["source"] for finding in run.findings] == [
            "Die Brücke wurde am 13 Mai eröffnet.",
            "Er fuhr um 9.",
        ], run.err
    project.write(
        "a.po",
        'msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "Der Zug kam um 7 an."\nmsgstr "The train came at 8."\n',
    )
    (finding,) = project.run("check", "a.po", "--format", "json").findings
    assert finding["evidence"] == {"source": "Der Zug kam um 7 an.", "language": "de"}


def test_the_configuration_leads_to_sources(project: Project) -> None:
    project.configure('[source]\npattern = "content/{lang}/{path}"\n')
    project.write("content/en/a.md", "The bridge was opened on 12 May.\n")
    project.write("content/de/a.md", "Die Brücke wurde am 13 Mai eröffnet.\n")
    project.write("content/de/b.md", "Ohne Übersetzung.\n")
    run = project.run("check", ".", "--format", "json")
    assert [document["path"] for document in run.report["documents"]] == ["content/de/b.md", "content/en/a.md"]
    assert [finding["evidence"]["language"] for finding in run.findings] == ["de"]
    assert "1 file serves as a source" in run.err
    alone = project.run("check", "content/en/a.md", "--format", "json")
    assert len(alone.findings) == 1


def test_many_texts_with_several_processes(project: Project) -> None:
    for number in range(70):
        project.write(f"{number}.md", "The bridge was opened on 12 May.\n")
        project.write(f"{number}.src.md", "Die Brücke wurde am 13 Mai eröffnet.\n")
    asked = ("check", ".", "--source", "{stem}.src{ext}", "--format", "json", "--no-cache")
    alone = project.run(*asked)
    assert len(alone.findings) == 70
    assert project.run(*asked, "--jobs", "1").out == alone.out


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('[source]\npatern = "a"\n', "pattern"),
        ('[source]\npattern = "content/{langue}/{path}"\n', "no placeholder"),
        ("[source]\npattern = 3\n", "list of strings"),
        ('source = "uk"\n', "must be a table"),
    ],
)
def test_faults_of_the_configuration(project: Project, said: str, words: str) -> None:
    project.configure(said)
    project.write("a.md", "A boat.\n")
    run = project.run("check", "a.md")
    assert run.code == 2 and words in run.err, run.err
