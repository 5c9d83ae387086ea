"""Formats of other packages, a container and a file with two sides: checked, reported, fixed, and no module knows."""

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import moved, registry
from corrigenda.documents.edits import apply
from corrigenda.documents.errors import Unreadable, Unwritable
from corrigenda.documents.parts import Edit, RegionKind, Unit
from corrigenda.reporting.formats import own
from tests import home
from tests.conftest import Corrigenda
from tests.documents.readers import PAIRS, PARAGRAPHS

CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<doc>\n <!-- kept  as it is -->\n'
    ' <p style="a">A caf&#233; &amp; bar stood on the territory <em>of</em> the port.</p>\n'
    " <p>They said <em>pravda</em>.</p><p>Boats lay on the territory of the harbour.<!-- x --></p>\n</doc>\n"
)
PAIRS_TEXT = (
    "greeting\treviewed\tДобрий день\tGood day\t\n"
    "fair\ttranslated\tЯрмарок\tA fair on the territory of a port.\t\n"
    "quiet\t\tТиша\tBoats on the territory of a port.\t\n"
)


def archive(content: str = CONTENT) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name, data, compression in (
            ("mimetype", b"x/paragraphs", zipfile.ZIP_STORED),
            ("content.xml", content.encode(), zipfile.ZIP_DEFLATED),
            ("media/boat.jpg", bytes(range(256)), zipfile.ZIP_DEFLATED),
        ):
            info = zipfile.ZipInfo(name, (2024, 2, 29, 12, 30, 58))
            info.compress_type = compression
            file.writestr(info, data)
    return target.getvalue()


def parts_of(data: bytes) -> list[tuple[str, int, tuple[int, ...], bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return [(i.filename, i.compress_type, i.date_time, file.read(i)) for i in file.infolist()]


@pytest.fixture
def installed(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A project in which one check runs, and the two readers installed as another package's."""
    site = tmp_path_factory.mktemp("site")
    information = site / "other_readers-1.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text("Metadata-Version: 2.1\nName: other-readers\nVersion: 1.0\n", "utf-8")
    (information / "entry_points.txt").write_text(
        "[corrigenda.readers]\nparagraphs = tests.documents.readers:PARAGRAPHS\n"
        "pairs = tests.documents.readers:PAIRS\n",
        "utf-8",
    )
    checks = tmp_path / "own" / "house"
    checks.mkdir(parents=True)
    (checks / "term.yaml").write_text(
        "id: house/term\nsummary: The house says otherwise\nwhy: The house style names another word.\n"
        "category: style/unidiomatic\nseverity: warning\ndetector: phrases\nfind: on the territory of\n"
        "corrections: [{text: in, applicability: safe}]\n",
        "utf-8",
    )
    (tmp_path / "corrigenda.toml").write_text(
        'check-folders = ["own"]\ndisable = ["all"]\nenable = ["house", "suppression"]\nfail-on = "never"\n'
        'formats = ["paragraphs", "pairs"]\n',
        "utf-8",
    )
    home.trust(tmp_path)
    (tmp_path / "a.paragraphs").write_bytes(archive())
    (tmp_path / "b.pairs").write_text(PAIRS_TEXT, "utf-8")
    monkeypatch.syspath_prepend(str(site))
    registry.forget()
    yield tmp_path
    monkeypatch.undo()
    registry.forget()


def test_they_are_found_by_their_entry_points(installed: Path) -> None:
    assert {"markdown", "pairs", "paragraphs", "text"} <= set(registry.formats())
    assert registry.format_of("A.PAIRS") == "pairs"
    assert ".paragraphs" in registry.suffixes()
    with pytest.raises(Unreadable, match=r"\.pairs, \.paragraphs"):
        registry.format_for(Path("a.png"))


def test_one_that_cannot_be_imported_is_said_and_stops_nothing(installed: Path) -> None:
    entries = Path(sys.path[0]) / "other_readers-1.0.dist-info" / "entry_points.txt"
    entries.write_text(entries.read_text("utf-8") + "broken = tests.documents.readers:NOTHING\n", "utf-8")
    with pytest.warns(UserWarning, match="reader of 'broken'"):
        assert {"markdown", "pairs", "paragraphs", "text"} <= set(registry.formats())


def test_entry_points_are_not_asked_for_our_own_formats(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked() -> None:
        raise AssertionError("entry points were asked")

    monkeypatch.setattr(registry, "_others", asked)
    monkeypatch.setattr(registry, "_others_by_suffix", asked)
    assert registry.read_bytes(b"# Head\n", "a.md", registry.format_of("a.md")).format == "markdown"


def test_a_folder_is_checked_with_them(installed: Path, corrigenda: Corrigenda) -> None:
    outcome = corrigenda("check", ".", "--format", "json")
    found = {
        document["path"]: [(f["quote"], f["line"], f["column"], f["label"]) for f in document["findings"]]
        for document in json.loads(outcome.out)["documents"]
    }
    assert found == {
        "a.paragraphs": [
            ("on the territory of", None, None, "paragraph 1"),
            ("on the territory of", None, None, "paragraph 3"),
        ],
        "b.pairs": [
            ("on the territory of", None, None, "unit fair"),
            ("on the territory of", None, None, "unit quiet"),
        ],
    }


@pytest.mark.parametrize("name", sorted(name for name, entry in own().items() if not entry.is_copy))
def test_every_report_shows_where(installed: Path, corrigenda: Corrigenda, name: str) -> None:
    output = installed / "out" / f"report.{name}"
    output.parent.mkdir()
    outcome = corrigenda("check", "a.paragraphs", "--format", name, "--output", str(output))
    assert outcome.code == 0, outcome.err
    if name not in ("xlsx", "html", "diff", "github-summary"):
        assert "paragraph 3" in output.read_text("utf-8").lower(), name


@pytest.mark.parametrize(("name", "schema"), [("sarif", "sarif-2.1.0-rtm.5.json"), ("rdjsonl", "rdf-Diagnostic.json")])
def test_other_programs_can_read_a_report_without_lines(
    installed: Path, corrigenda: Corrigenda, root: Path, name: str, schema: str
) -> None:
    outcome = corrigenda("check", "a.paragraphs", "--format", name)
    validator = jsonschema.Draft4Validator(
        json.loads((root / "tests" / "reporting" / "schemas" / schema).read_text("utf-8"))
    )
    for text in outcome.out.splitlines() if name == "rdjsonl" else [outcome.out]:
        validator.validate(json.loads(text))


def test_fix_writes_into_the_container_and_leaves_all_else(installed: Path, corrigenda: Corrigenda) -> None:
    outcome = corrigenda("fix", "a.paragraphs")
    assert outcome.code == 0, outcome.err
    before, after = parts_of(archive()), parts_of((installed / "a.paragraphs").read_bytes())
    assert [part for part in after if part[0] != "content.xml"] == [part for part in before if part[0] != "content.xml"]
    # The first one is half in italics: the words before the element get the correction.
    expected = CONTENT.replace("on the territory <em>of</em>", "in<em></em>").replace("on the territory of", "in")
    assert after[1][3].decode() == expected


def test_fix_writes_the_translation_and_leaves_the_source(installed: Path, corrigenda: Corrigenda) -> None:
    outcome = corrigenda("fix", "b.pairs")
    assert outcome.code == 0, outcome.err
    assert (installed / "b.pairs").read_text("utf-8") == PAIRS_TEXT.replace("on the territory of", "in")


def test_a_block_has_its_source_beside_it() -> None:
    document = PAIRS.read(PAIRS_TEXT.encode(), "b.pairs")
    block = document.blocks[1]
    assert (block.view.text, block.unit) == ("A fair on the territory of a port.", Unit("fair", "translated"))
    assert block.source is not None and block.source.text == "Ярмарок"
    span = block.source.to_document(0, 7)
    assert document.source_text[span.start : span.end] == "Ярмарок"


def test_the_container_is_read_as_its_reader_sees_it() -> None:
    document = PARAGRAPHS.read(archive(), "a.paragraphs")
    assert [block.view.text for block in document.blocks] == [
        "A café & bar stood on the territory of the port.",
        "They said pravda.",
        "Boats lay on the territory of the harbour.",
    ]
    at = document.text.index("pravda")
    assert document.within(RegionKind.EMPHASIS, at, at + 6)
    assert document.locate(at).label == "paragraph 2"


def test_a_correction_over_two_paragraphs_is_refused() -> None:
    document = PARAGRAPHS.read(archive(), "a.paragraphs")
    at = document.text.index("\n\n")
    with pytest.raises(Unwritable, match="reaches over"):
        PARAGRAPHS.write(archive(), document, [Edit(at - 2, at + 3, "x")])


def test_a_note_silences_its_unit_alone(installed: Path, corrigenda: Corrigenda) -> None:
    note = "\tcorrigenda: ignore house/term — the port's own name\n"
    (installed / "b.pairs").write_text(PAIRS_TEXT.removesuffix("\t\n") + note, "utf-8")
    outcome = corrigenda("check", "b.pairs", "--format", "json")
    (document,) = json.loads(outcome.out)["documents"]
    assert [(f["check"], f["label"]) for f in document["findings"]] == [("house/term", "unit fair")]


EDITS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 8), st.text("ab &<é", max_size=4)), max_size=5)


@given(EDITS)
def test_what_is_written_reads_as_what_was_edited(steps: list[tuple[int, int, str]]) -> None:
    data = archive()
    document = PARAGRAPHS.read(data, "a.paragraphs")
    edits: list[Edit] = []
    at = 0
    for distance, size, text in steps:
        start = at + distance
        end = min(start + size, len(document.text))
        if start >= len(document.text) or "\n" in document.text[max(0, start - 1) : end + 1]:
            continue
        edits.append(Edit(start, end, text))
        at = end + 1
    written = PARAGRAPHS.write(data, document, edits)
    again = PARAGRAPHS.read(written, "a.paragraphs")
    after = moved.edited(document, edits)
    assert again.text == after.text == apply(document, edits)
    # Where all of a paragraph is taken out, the file has it still, and the document not.
    if all(block.view.text for block in after.blocks):
        assert [block.view.text for block in again.blocks] == [block.view.text for block in after.blocks]
        assert [(b.start, b.end) for b in again.blocks] == [(b.start, b.end) for b in after.blocks]
    for block in after.blocks:
        assert after.text[block.start : block.end] == block.view.text
        for index in range(len(block.view.text)):
            span = block.view.to_document(index, index + 1)
            assert after.text[span.start : span.end] == block.view.text[index]
    before, new = parts_of(data), parts_of(written)
    assert [part for part in new if part[0] != "content.xml"] == [part for part in before if part[0] != "content.xml"]
    ElementTree.fromstring(new[1][3])
