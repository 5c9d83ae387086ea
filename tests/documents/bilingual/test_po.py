"""PO: translations, plural forms, notes, escapes, lines that go on, read and written; polib has the second opinion."""

import gettext
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents.errors import Unreadable
from corrigenda.documents.formats.po import READER
from corrigenda.documents.parts import Edit, RegionKind
from tests.conftest import Corrigenda, absent
from tests.documents.bilingual.holding import corrected, read, said

polib = pytest.importorskip("polib")

HEAD = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Language: en_GB\\n"\n\n'
)
FERRY = (
    "# The sign at the pier.\n#. From the timetable\n#: pier.c:12\n#, c-format\n"
    'msgctxt "sign"\nmsgid "Паром"\nmsgstr ""\n"The ferry to the island leaves "\n"at %s, \\"wind\\" or not.\\n"\n\n'
)
BOATS = (
    '#, fuzzy\n#| msgid "лодки"\nmsgid "лодка"\nmsgid_plural "лодки"\n'
    'msgstr[0] "%d boat lay in the harbour."\nmsgstr[1] "%d boats lay in the harbour."\n\n'
    'msgid "ждать"\nmsgstr ""\n\n#~ msgid "был"\n#~ msgstr "It was on the territory of the port."\n'
)


def test_translations_are_read_and_nothing_else() -> None:
    document = read(HEAD + FERRY + BOATS, "a.po")
    assert said(document) == [
        ("sign", 'The ferry to the island leaves at %s, "wind" or not.'),
        ("лодка", "%d boat lay in the harbour."),
        ("лодка", "%d boats lay in the harbour."),
    ]
    assert [block.unit.state for block in document.blocks if block.unit] == ["translated", "initial", "initial"]
    assert [block.source.text for block in document.blocks if block.source] == ["Паром", "лодка", "лодки"]
    assert document.language == "en-GB"
    assert document.locate(document.blocks[1].start).words() == "line 21"
    assert document.locate(document.blocks[1].start).label == "unit лодка"


def test_a_source_stands_in_the_same_file() -> None:
    document = read(HEAD + FERRY, "a.po")
    source = document.blocks[0].source
    assert source is not None
    span = source.to_document(0, len(source.text))
    assert document.source_text[span.start : span.end] == "Паром"
    assert document.line_and_column(span.start) == (12, 8)


def test_placeholders_are_masked_and_stay_in_the_sentence() -> None:
    document = read(HEAD + FERRY, "a.po")
    at = document.text.index("%s")
    assert document.is_masked(at, at + 2)
    assert not document.is_masked(at - 3, at)


def test_a_changed_unit_becomes_fuzzy_and_nothing_else_changes() -> None:
    data = HEAD + FERRY + BOATS
    assert corrected(data, "a.po", "leaves at", "departs at").decode() == data.replace(
        'leaves "\n"at', "departs at"
    ).replace("#, c-format", "#, fuzzy, c-format")
    assert corrected(data, "a.po", "boat lay", "boat is").decode() == data.replace("boat lay", "boat is")


def test_a_unit_without_flags_gets_a_line_of_them() -> None:
    data = HEAD + '# A note.\r\nmsgid "да"\r\nmsgstr "Yes, of course."\r\n'
    assert corrected(data, "a.po", "of course", "certainly").decode() == data.replace(
        'msgid "да"', '#, fuzzy\r\nmsgid "да"'
    ).replace("of course", "certainly")


@pytest.mark.parametrize(
    ("old", "new", "raw"),
    [
        ('"wind"', "wind", "wind"),
        ("wind", 'a "storm"', '\\"a \\"storm\\"\\"'),
        ("or not", "or\\not", "or\\\\not"),
    ],
)
def test_what_is_put_in_is_escaped(old: str, new: str, raw: str) -> None:
    written = corrected(HEAD + FERRY, "a.po", old, new).decode()
    assert raw in written
    assert new in polib.pofile(written)[0].msgstr


def test_what_a_string_says_decides_which_edits_are_harmless() -> None:
    document = read(HEAD + FERRY, "a.po")
    text = document.text
    word, code, key = text.index("ferry"), text.index("%s"), text.index("msgid", 120)
    good = Edit(word, word + 5, "boat")
    bad = [Edit(code, code + 2, "noon"), Edit(key, key + 5, "msgstr"), Edit(word, word, '"')]
    assert READER.harmless(document, [good, *bad]) == [good]


def test_a_note_silences_its_unit_alone(corrigenda: Corrigenda, tmp_path: Path, house: list[str]) -> None:
    wrong = 'msgstr "It lay on the territory of the port."\n\n'
    data = HEAD + '# corrigenda: ignore house\nmsgid "а"\n' + wrong + 'msgid "б"\n' + wrong
    (tmp_path / "a.po").write_text(data, "utf-8")
    (report,) = json.loads(corrigenda("check", "a.po", "--format", "json", *house).out)["documents"]
    assert [(f["check"], f["line"], f["label"]) for f in report["findings"]] == [("house/term", 12, "unit б")]


def test_fix_writes_the_translation_and_marks_it_once(corrigenda: Corrigenda, tmp_path: Path, house: list[str]) -> None:
    data = HEAD + 'msgid "а"\nmsgstr ""\n"Boats lay on the territory "\n"of the port."\n'
    path = tmp_path / "a.po"
    path.write_text(data, "utf-8")
    shown = corrigenda("fix", "--unsafe", "--diff", "a.po", *house).out
    assert "+#, fuzzy" in shown and '+"Boats lay in the port."' in shown
    assert corrigenda("fix", "--unsafe", "a.po", *house).code == 0
    expected = data.replace('on the territory "\n"of', "in").replace('msgid "а"', '#, fuzzy\nmsgid "а"')
    assert path.read_text("utf-8") == expected
    assert corrigenda("fix", "--unsafe", "a.po", *house).code == 0
    assert path.read_text("utf-8") == expected


def test_a_file_in_another_language_is_not_checked_as_english(
    corrigenda: Corrigenda, tmp_path: Path, house: list[str]
) -> None:
    data = 'msgid "on"\nmsgstr "Boats lay on the territory of the port."\n'
    for name, language in (("de.po", "de"), ("de/LC_MESSAGES/app.po", "de"), ("en.po", "en"), ("app.po", "")):
        assert read(data, name).language == language
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(data, "utf-8")
        (report,) = json.loads(corrigenda("check", name, "--format", "json", *house).out)["documents"]
        assert len(report["findings"]) == (0 if language == "de" else 1)


def test_a_header_names_the_character_set() -> None:
    data = (HEAD.replace("UTF-8", "ISO-8859-1") + 'msgid "a"\nmsgstr "A café on the pier."\n').encode("latin-1")
    document = read(data, "a.po")
    assert said(document) == [("a", "A café on the pier.")]
    assert document.encoding.codec == "iso8859-1"


def test_paragraphs_of_a_string_are_blocks_and_wrapped_lines_are_joined() -> None:
    data = HEAD + 'msgid "a"\nmsgstr "The boats\\nlie here.\\n\\nSecond line.\\nThird line."\n'
    assert [text for _, text in said(read(data, "a.po"))] == ["The boats lie here.", "Second line.\nThird line."]


def test_signs_for_keys_are_not_read() -> None:
    data = HEAD + 'msgid "_Datei"\nmsgstr "Open _File"\n\nmsgid "a_b"\nmsgstr "Set a_b and _c"\n'
    assert [text for _, text in said(read(data, "a.po"))] == ["Open File", "Set a_b and _c"]


def test_tags_are_dropped_and_masked() -> None:
    data = HEAD + 'msgid "a"\nmsgstr "Boats <b>on the</b> pier.<br/>More&nbsp;boats &amp; <a href=\\"x\\">ropes</a>."\n'
    document = read(data, "a.po")
    assert said(document) == [("a", "Boats on the pier.\nMore boats & ropes.")]
    at = document.text.index('href=\\"')
    assert document.touches(RegionKind.MARKUP, at, at + 5)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ('msgid "a"\nmsgstr "b\n', "Line 2 is none of a PO file: a quotation mark is missing"),
        ("msgid a\n", "Line 1 is none of a PO file: it says 'msgid a'"),
        ('# x\n"stray"\n', "Line 2 is none of a PO file: a string stands there"),
        ("<html>\n", "Line 1 is none of a PO file"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(data: str, message: str) -> None:
    with pytest.raises(Unreadable, match=message):
        READER.read(data.encode(), "a.po")


def test_strings_without_end_and_long_lines_cost_nothing() -> None:
    with pytest.raises(Unreadable):
        READER.read(b'msgid "' + b"a\\" * 1_000_000, "a.po")
    read(HEAD + 'msgid "a"\nmsgstr "' + "{" * 100_000 + "<" * 100_000 + "%(" * 100_000 + ' b."\n', "a.po")


WORDS = st.text(st.sampled_from('abé "\\\n\t%s<>{}&дя.🚢'), min_size=1, max_size=30)
UNITS = st.lists(
    st.tuples(WORDS, st.one_of(st.just(""), WORDS), st.booleans(), st.lists(WORDS, min_size=0, max_size=3)), max_size=6
)


@given(UNITS, st.sampled_from(["\n", "\r\n"]), st.booleans(), st.integers(20, 90))
def test_what_polib_writes_reads_as_polib_reads_it(
    units: list[tuple[str, str, bool, list[str]]], newline: str, mark: bool, width: int
) -> None:
    catalogue = polib.POFile(wrapwidth=width)
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Language": "en"}
    for number, (identifier, target, fuzzy, forms) in enumerate(units):
        entry = polib.POEntry(msgid=f"{number}{identifier}", msgstr="" if forms else target)
        if forms:
            entry.msgid_plural = identifier
            entry.msgstr_plural = dict(enumerate(forms))
        entry.flags = ["fuzzy"] if fuzzy else []
        catalogue.append(entry)
    written = str(catalogue).replace("\n", newline)
    data = (b"\xef\xbb\xbf" if mark else b"") + written.encode()
    document = read(data, "a.po")
    known = READER.catalogue(document.text, "a.po").entries
    expected = [form for _, target, _, forms in units for form in forms or [target] if form]
    assert [entry.view.text for entry in known] == expected
    sources = [entry.source.text for entry in known if entry.source is not None and entry.source.text[:1].isdigit()]
    singular = [(n, unit) for n, unit in enumerate(units) if (unit[3][0] if unit[3] else unit[1])]
    assert sources == [f"{number}{identifier}" for number, (identifier, *_) in singular]


@given(UNITS.filter(bool), st.data())
def test_a_correction_reads_as_it_was_meant(units: list[tuple[str, str, bool, list[str]]], data: st.DataObject) -> None:
    catalogue = polib.POFile(wrapwidth=40)
    for number, (identifier, target, _, _) in enumerate(units):
        catalogue.append(polib.POEntry(msgid=f"{number}{identifier}", msgstr=f"{target} word"))
    document = read(str(catalogue), "a.po")
    block = data.draw(st.sampled_from([block for block in document.blocks if block.view.text.endswith("word")]))
    at = block.view.text.rindex("word")
    put = data.draw(WORDS.filter(lambda text: not set(text) & set("\n\t%<>{}& ")))
    span = block.view.to_document(at, at + 4)
    edit = READER.spelled(document, Edit(span.start, span.end, put))
    written = READER.write(document.text.encode(), document, [edit])
    number = int(block.unit.id[0]) if block.unit else 0
    again = polib.pofile(written.decode())
    assert again[number].msgstr == f"{units[number][1]} {put}"
    assert "fuzzy" in again[number].flags
    assert [(entry.msgid, entry.msgstr) for entry in again if entry is not again[number]] == [
        (entry.msgid, entry.msgstr) for entry in catalogue if entry is not catalogue[number]
    ]


def test_real_catalogues_read_as_polib_reads_them() -> None:
    """Those that packages of this machine carry, and what its compiled ones say."""
    files = sorted(Path(polib.__file__).parent.glob("**/LC_MESSAGES/*.po"))[:100]
    texts = [file.read_bytes() for file in files]
    for file in sorted(Path("/usr/share/locale").glob("*/LC_MESSAGES/*.mo"))[:40]:
        try:
            texts.append(str(polib.mofile(str(file))).encode())
        except (OSError, UnicodeDecodeError):
            continue
    if not texts:
        absent("no catalogue is on this machine: install the extra dev")
    for data in texts:
        document = READER.read(data, "a.po", limit=1 << 30)
        assert READER.write(data, document, []) == data
        known = READER.catalogue(document.text, "a.po").entries
        expected: list[str] = []
        for entry in polib.pofile(document.text):
            if not entry.obsolete:
                forms = [entry.msgstr_plural[n] for n in sorted(entry.msgstr_plural)] or [entry.msgstr]
                expected += filter(None, forms)
        assert [entry.view.text for entry in known] == expected


def test_gettext_itself_reads_what_was_written() -> None:
    written = corrected(HEAD + FERRY, "a.po", "or not", 'or "not"').decode().replace("#, fuzzy, ", "#, ")
    compiled = polib.pofile(written).to_binary()
    translations = gettext.GNUTranslations(io.BytesIO(compiled))
    assert translations.pgettext("sign", "Паром") == 'The ferry to the island leaves at %s, "wind" or "not".\n'
