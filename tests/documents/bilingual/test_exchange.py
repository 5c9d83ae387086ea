"""XLIFF 1.2 and 2, TMX and plurals of Apple's systems: what is read, what is left out, what is written."""

import json
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import registry
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Edit, RegionKind, Span
from tests.conftest import Corrigenda
from tests.documents.bilingual.holding import corrected, read, said

XLIFF = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a.html" source-language="uk" target-language="en-GB" datatype="html"><body>
<!-- corrigenda: ignore-file cleanup -->
<trans-unit id="1" resname="pier.sign" approved="yes">
  <source>Паром &amp; пристань</source>
  <target>The <g id="1">ferry</g> &amp; the pier at <x id="2"/> are closed.<x id="3" ctype="lb"/>Come <bpt id="4">&lt;b&gt;</bpt>later<ept id="4">&lt;/b&gt;</ept>.</target>
  <note>corrigenda: ignore names</note>
  <alt-trans><target>Not this one.</target></alt-trans>
</trans-unit>
<trans-unit id="2"><source>Так</source><target state="translated"><![CDATA[Boats & <b>ropes</b> lie here.]]></target></trans-unit>
<trans-unit id="3"><source>Ні</source><target state="needs-review-translation">No boats lie here.</target></trans-unit>
<trans-unit id="4"><source>Ні</source><target state="new">Ні</target></trans-unit>
<trans-unit id="5"><source>Ні</source></trans-unit>
<trans-unit id="6" translate="no"><source>Ні</source><target>No.</target></trans-unit>
<group><trans-unit id="7"><source>Ні</source><target>{n, plural, one {One boat} other {# boats}}</target></trans-unit></group>
</body></file></xliff>
"""  # noqa: E501
MODERN = """<xliff version="2.0" srcLang="uk" trgLang="en" xmlns="urn:oasis:names:tc:xliff:document:2.0">
<file id="f"><unit id="u1"><notes><note>corrigenda: ignore names</note></notes>
<originalData><data id="d">&lt;br/&gt;</data></originalData>
<segment id="s1" state="final"><source>Паром</source><target>The <pc id="1">ferry</pc> at <ph id="2"/> is late.</target></segment>
<ignorable><source> </source><target> </target></ignorable>
<segment state="translated"><source>Човен</source><target>The boat is not.</target></segment>
</unit>
<unit id="u2"><segment><source>Так</source><target>Yes, of course.</target></segment></unit>
</file></xliff>
"""  # noqa: E501
TMX = """<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="uk" adminlang="en" segtype="sentence"/><body>
<tu tuid="a"><note>corrigenda: ignore names</note>
<tuv xml:lang="uk"><seg>Паром</seg></tuv>
<tuv xml:lang="de"><seg>Die Fähre</seg></tuv>
<tuv xml:lang="en"><seg>The <hi>ferry</hi> is <ph x="1"/> late &lt; early.</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>The boat is not.</seg></tuv><tuv xml:lang="uk"><seg>Човен</seg></tuv></tu>
</body></tmx>
"""
STRINGSDICT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<!-- corrigenda: ignore names -->
<key>boats</key><dict>
  <key>NSStringLocalizedFormatKey</key><string>You see %#@boats@ here</string>
  <key>boats</key><dict>
    <key>NSStringFormatSpecTypeKey</key><string>NSStringPluralRuleType</string>
    <key>NSStringFormatValueTypeKey</key><string>d</string>
    <key>one</key><string>%d boat</string>
    <key>other</key><string>%d boats &amp; ropes</string>
  </dict></dict>
</dict></plist>
"""


def test_targets_are_read_with_their_inline_elements() -> None:
    document = read(XLIFF, "a.xlf")
    assert said(document) == [
        ("pier.sign", "The ferry & the pier at ￼ are closed.\nCome later."),
        ("2", "Boats & ropes lie here."),
        ("3", "No boats lie here."),
        ("7", "One boat"),
        ("7", "# boats"),
    ]
    assert [block.unit.state for block in document.blocks if block.unit] == ["final", "translated", "initial", "", ""]
    assert document.blocks[0].source is not None and document.blocks[0].source.text == "Паром & пристань"
    assert document.language == "en-GB"
    whole, unit = document.directives
    assert whole.covers is None
    start = document.text.index("<trans-unit")
    assert unit.covers == Span(start, document.text.index("</trans-unit>") + len("</trans-unit>"))
    value = document.text.index('<x id="2"/>')
    assert document.is_masked(value, value + 2)
    for tag in ("&lt;b&gt;", "<g id"):
        assert document.touches(RegionKind.MARKUP, document.text.index(tag), document.text.index(tag) + 2)


def test_what_is_changed_needs_review() -> None:
    assert corrected(XLIFF, "a.xlf", "ferry", "boat & rope").decode() == XLIFF.replace(
        'approved="yes"', 'approved="no"'
    ).replace("<target>The", '<target state="needs-review-translation">The').replace(">ferry<", ">boat &amp; rope<")
    assert corrected(XLIFF, "a.xlf", "lie here.", "lie & stand").decode() == XLIFF.replace(
        'state="translated"', 'state="needs-review-translation"'
    ).replace("</b> lie here.", "</b> lie & stand")
    assert corrected(XLIFF, "a.xlf", "No boats", "No ships").decode() == XLIFF.replace("No boats", "No ships")


def test_xliff_2_is_read_by_segments() -> None:
    document = read(MODERN, "a.xliff")
    assert said(document) == [
        ("u1/s1", "The ferry at ￼ is late."),
        ("u1/2", "The boat is not."),
        ("u2", "Yes, of course."),
    ]
    assert [block.source.text for block in document.blocks if block.source] == ["Паром", "Човен", "Так"]
    assert corrected(MODERN, "a.xlf", "late", "early").decode() == MODERN.replace(
        'state="final"', 'state="translated"'
    ).replace("is late", "is early")
    assert corrected(MODERN, "a.xlf", "not", "here").decode() == MODERN.replace("not.", "here.")


def test_of_several_languages_english_is_read() -> None:
    other = XLIFF[XLIFF.index("<file") : XLIFF.index("</xliff>")].replace("en-GB", "de")
    document = read(XLIFF.replace("<file", other + "<file", 1), "a.xlf")
    assert document.language == "en-GB" and len(document.blocks) == 5
    assert [unread.what for unread in document.unread] == ["translations into de"]
    assert read(XLIFF.replace("en-GB", "de"), "a.xlf").language == "de"


def test_a_memory_is_read_in_english_whatever_it_was_made_from() -> None:
    document = read(TMX, "a.tmx")
    assert said(document) == [("a", "The ferry is ￼ late < early."), ("2", "The boat is not.")]
    assert [block.source.text for block in document.blocks if block.source] == ["Паром", "Човен"]
    assert document.directives[0].covers is not None
    assert corrected(TMX, "a.tmx", "late", "a > b").decode() == TMX.replace("late", "a &gt; b")


def test_plural_forms_are_read() -> None:
    document = read(STRINGSDICT, "en.lproj/Localizable.stringsdict")
    assert said(document) == [("boats", "You see %#@boats@ here"), ("boats", "%d boat"), ("boats", "%d boats & ropes")]
    assert document.language == "en"
    at = document.text.index("%#@")
    assert document.is_masked(at, at + 9)
    assert document.directives[0].covers is not None
    assert corrected(STRINGSDICT, "a.stringsdict", "ropes", "a<b").decode() == STRINGSDICT.replace("ropes", "a&lt;b")


def test_fix_marks_the_unit_once(corrigenda: Corrigenda, tmp_path: Path, house: list[str]) -> None:
    data = XLIFF.replace("No boats", "It lay on the territory of a port: no boats").replace(
        "needs-review-translation", "signed-off"
    )
    path = tmp_path / "a.xlf"
    path.write_text(data, "utf-8")
    for _ in range(2):
        assert corrigenda("fix", "--unsafe", "a.xlf", *house).code == 0
        assert path.read_text("utf-8") == data.replace("on the territory of", "in").replace(
            "signed-off", "needs-review-translation"
        )


def test_a_finding_reaches_over_formatting_which_no_fix_takes_away(
    corrigenda: Corrigenda, tmp_path: Path, house: list[str]
) -> None:
    data = MODERN.replace("The boat is not.", 'It lay on the <pc id="1">territory of</pc> a port.')
    path = tmp_path / "a.xlf"
    path.write_text(data, "utf-8")
    (report,) = json.loads(corrigenda("check", "a.xlf", "--format", "json", *house).out)["documents"]
    assert [finding["label"] for finding in report["findings"]] == ["unit u1/2"]
    # The tags would be lost, so that a person has to make it.
    assert corrigenda("fix", "--unsafe", "a.xlf", *house).code == 1
    assert path.read_text("utf-8") == data


def test_another_encoding_is_kept() -> None:
    data = XLIFF.replace("UTF-8", "windows-1251").replace("\n", "\r\n").encode("cp1251")
    assert read(data, "a.xlf").blocks[0].view.text == "The ferry & the pier at ￼ are closed.\nCome later."
    assert corrected(data, "a.xlf", "No boats", "No ships") == data.replace(b"No boats", b"No ships")


BOMB = '<!DOCTYPE xliff [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.xlf", b"<html/>", "This is no XLIFF file: its first element is <html>"),
        ("a.tmx", b"<html/>", "no translation memory"),
        ("a.stringsdict", b"<html/>", "no property list"),
        ("a.xlf", XLIFF[:900].encode(), "damaged at line"),
        ("a.xlf", b"", "it is empty"),
        ("a.xlf", BOMB.encode() + b'<xliff version="1.2">&b;</xliff>', "XML bomb"),
        ("a.tmx", b'<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///etc/passwd">]><tmx>&a;</tmx>', "which is not opened"),
        ("a.xlf", b"<xliff>" + b"<g>" * 5_000, "deep in each other"),
        ("a.xlf", b'<?xml version="1.0" encoding="utf-16"?><xliff/>', "claims to be in utf-16"),
    ],
)
def test_hostile_and_broken_files_are_refused_in_a_sentence(name: str, data: bytes, message: str) -> None:
    with pytest.raises(Unreadable, match=message):
        registry.read_bytes(data, name, registry.format_of(name))


WORDS = st.text(st.sampled_from("abé <>&\"'\n\t]дя🚢"), min_size=1, max_size=20)


@given(st.lists(st.tuples(WORDS, WORDS, st.sampled_from(["", "translated", "final", "new"])), min_size=1), st.data())
def test_a_correction_reads_as_it_was_meant(units: list[tuple[str, str, str]], data: st.DataObject) -> None:
    made = "".join(
        f'<trans-unit id="{number}"><source>{escape(source)}</source>'
        f"<target{f' state={chr(34)}{state}{chr(34)}' if state else ''}>"
        f"{escape(target)} <g id='1'>word</g></target></trans-unit>"
        for number, (source, target, state) in enumerate(units)
    )
    text = f'<xliff version="1.2"><file target-language="en"><body>{made}</body></file></xliff>'
    document = read(text, "a.xlf")
    number = data.draw(st.integers(0, len(units) - 1))
    put = data.draw(WORDS.filter(lambda words: not set(words) & set("\n\t ")))
    at = [i for i in range(len(text)) if text.startswith(">word<", i)][number] + 1
    edit = registry.spelled(document, Edit(at, at + 4, put))
    if not set("<&") & set(units[number][1] + put):  # those may become a tag or an entity of what the text says
        assert registry.harmless(document, [edit]) == [edit]
    again = ElementTree.fromstring(registry.written(text.encode(), document, [edit]))
    targets = ["".join(target.itertext()) for target in again.iter("target")]
    assert targets == [f"{target} {put if n == number else 'word'}" for n, (_, target, _) in enumerate(units)]
    assert ["".join(source.itertext()) for source in again.iter("source")] == [source for source, _, _ in units]
    state = [target.get("state", "") for target in again.iter("target")]
    kept = "new" if units[number][2] == "new" else "needs-review-translation"
    assert state == [kept if n == number else was for n, (_, _, was) in enumerate(units)]


def test_an_article_has_the_same_findings_as_plain_text(
    corrigenda: Corrigenda, tmp_path: Path, shared_dir: Path
) -> None:
    text = (shared_dir / "articles" / "kherson.txt").read_text("utf-8")
    plain = registry.read_bytes(text.encode(), "a.txt", "text")
    units = "".join(
        f'<trans-unit id="{n}"><source>Абзац</source><target>{escape(block.view.text)}</target></trans-unit>\n'
        for n, block in enumerate(plain.blocks)
    )
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (tmp_path / "a.xlf").write_text(
        f'<xliff version="1.2"><file target-language="en"><body>{units}</body></file></xliff>', "utf-8"
    )
    found = []
    for name in ("a.txt", "a.xlf"):
        (report,) = json.loads(corrigenda("check", name, "--config", "none", "--format", "json").out)["documents"]
        # What is said of the text beside its source (one word here) is not said of the text alone.
        own = [f for f in report["findings"] if not f["check"].startswith("bilingual/")]
        found.append(sorted((f["check"], f["quote"], f["severity"]) for f in own))
    assert found[0] == found[1]
    assert len(found[0]) > 10
