"""SRT and WebVTT: sentences through several cues, markup, speakers and notes, and what a correction may move."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Edit, RegionKind
from tests.conftest import Corrigenda

SRT = (
    "1\r\n00:00:01,000 --> 00:00:04,000\r\n{\\an8}The ferry <i>left</i>\r\nthe port of\r\n\r\n"
    "2\r\n00:00:04,500 --> 00:00:06,000\r\nOdesa at noon.\r\n\r\n"
    "3\r\n00:00:07,000 --> 00:00:08,000\r\n- ANNA: Who was it?\r\n- [sighs] Nobody...\r\n\r\n"
    "4\r\n00:00:08,500 --> 00:00:09,000\r\n...you know.\r\n\r\n5\r\n00:00:10,000 --> 00:00:11,000\r\n[door slams]\r\n"
)
VTT = (
    "WEBVTT - a film\n\nNOTE The first reel\n\nSTYLE\n::cue { color: red }\n\n"
    "opening\n00:01.000 --> 00:04.000 align:start\n"
    "<v Anna>Fish &amp; chips <c.loud>were</c>\n<00:02.000>cold &mdash; so what?\n\n"
    "NOTE corrigenda: ignore house\n\n2\n00:05.000 --> 00:06.000\n<v Ben>On the territory of a port.\n\n"
    "3\n00:07.000 --> 00:08.000\nOn the territory of a farm.\n"
)


def read(text: str, name: str) -> Document:
    return registry.read_bytes(text.encode(), f"a.{name}", name)


def words(document: Document) -> list[str]:
    return [block.view.text for block in document.blocks]


def test_sentences_are_joined_through_cues() -> None:
    document = read(SRT, "srt")
    assert words(document) == [
        "The ferry left the port of Odesa at noon.",
        "Who was it?",
        "Nobody... ...you know.",
        "door slams",
    ]
    first = document.blocks[0]
    at = first.view.text.index("of Odesa")
    span = first.view.to_document(at, at + len("of Odesa"))
    assert document.text[span.start : span.end] == "of\r\n\r\n2\r\n00:00:04,500 --> 00:00:06,000\r\nOdesa"
    place = document.locate(document.text.index("Odesa"))
    assert (place.line, place.column, place.label) == (8, 1, "cue 2 (00:00:04,500)")


def test_a_note_in_a_line_leaves_one_space() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nHe left <i>[laughs]</i> at  noon.\n"
    assert words(read(text, "srt")) == ["He left at  noon."]


def test_numbers_timings_and_markup_are_masked() -> None:
    for text, name, said in (
        (SRT, "srt", "The ferry left the port of Odesa at noon. Who was it? Nobody... ...you know. door slams"),
        (
            VTT,
            "vtt",
            "Fish &amp; chips were cold &mdash; so what? On the territory of a port. On the territory of a farm.",
        ),
    ):
        readable = re.sub("[\ufffc\\s]+", " ", read(text, name).readable).strip()
        assert readable.replace("[", "").replace("]", "") == said
    emphasis = read(SRT, "srt").regions_of(RegionKind.EMPHASIS)
    assert [SRT[region.start : region.end] for region in emphasis] == ["left"]


def test_webvtt_has_entities_speakers_and_notes() -> None:
    document = read(VTT, "vtt")
    assert words(document) == [
        "Fish & chips were cold — so what?",
        "On the territory of a port.",
        "On the territory of a farm.",
    ]
    assert [(one.text, one.covers) for one in document.directives] == [
        ("ignore house", (VTT.index("<v Ben>"), VTT.index("\n\n3\n")))
    ]


def test_a_note_silences_the_cue_that_follows(corrigenda: Corrigenda, house: list[str], tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "a.vtt"
    path.write_text(VTT, "utf-8")
    outcome = corrigenda("fix", *house, "--unsafe", "a.vtt")
    assert outcome.code == 0, outcome.err
    assert path.read_text("utf-8") == VTT.replace("On the territory of a farm", "In a farm")


def corrected(text: str, name: str, old: str, new: str) -> str:
    document = read(text, name)
    start = document.text.index(old)
    edit = registry.spelled(document, Edit(start, start + len(old), new))
    assert registry.harmless(document, [edit]) == [edit]
    data = registry.written(text.encode(), document, [edit]).decode()
    assert data == registry.edited(document, [edit]).text
    return data


def test_a_correction_is_spelled_as_subtitles_have_it() -> None:
    assert corrected(VTT, "vtt", "cold", "cold & <raw>") == VTT.replace("cold", "cold &amp; &lt;raw>")
    assert corrected(VTT, "vtt", "Fish &amp; chips", "Fish &amp; fries") == VTT.replace("chips", "fries")
    assert corrected(SRT, "srt", "noon", "noon\n\nor one") == SRT.replace("noon", "noon\r\nor one")
    assert corrected(SRT, "srt", "Odesa at noon.", "") == SRT.replace("Odesa at noon.", "")


def test_what_would_be_a_timing_is_not_harmless() -> None:
    document = read(SRT, "srt")
    start = SRT.index("noon")
    assert registry.harmless(document, [Edit(start, start + 4, "00:00:01,000 --> 00:00:02,000")]) == []
    assert registry.harmless(document, [Edit(SRT.index("the port of"), start, "of ")]) == []


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("srt", "Only words.\n", "no line such as 00:00:01,000 --> 00:00:04,000"),
        ("vtt", "1\n00:01.000 --> 00:02.000\nA\n", "its first line must be WEBVTT"),
        ("srt", "00:00:01,000 --> 00:00:04,000\nA\n" * 100_001, "more than 100,000 cues"),
    ],
)
def test_what_is_none_is_told(name: str, text: str, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        read(text, name)
    assert words(read("", name)) == []


spoken = st.text(st.sampled_from("ab cdE.,!?-–’é&<>/i[]()"), min_size=1, max_size=30).filter(str.strip)


@given(
    st.lists(st.lists(spoken, min_size=1, max_size=3), min_size=1, max_size=5),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["srt", "vtt"]),
)
def test_any_subtitles_are_read_and_written(cues: list[list[str]], newline: str, codec: str, name: str) -> None:
    text = newline.join(
        newline.join([str(number), f"00:00:0{number}.000 --> 00:00:0{number}.900", *cue, ""])
        for number, cue in enumerate(cues, 1)
    )
    text = f"WEBVTT{newline}{newline}{text}" if name == "vtt" else text
    data = text.encode(codec)
    document = registry.read_bytes(data, f"a.{name}", name)
    assert registry.written(data, document, []) == data
    reached = 0
    for block in document.blocks:
        assert block.start >= reached
        reached = block.end
        for number in range(len(block.view.text)):
            span = block.view.to_document(number, number + 1)
            seen, raw = block.view.text[number], document.text[span.start : span.end]
            assert seen == raw or raw in ("\n", "\r", "\r\n") or raw.startswith("&") or seen == " "
            if seen not in (" ", "\n") and not raw.startswith("&"):
                edit = registry.spelled(document, Edit(span.start, span.end, "Q"))
                after = registry.edited(document, [edit]).text
                assert after == document.text[: span.start] + "Q" + document.text[span.end :]
