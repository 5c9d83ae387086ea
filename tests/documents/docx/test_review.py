"""Reviewed copies of Word documents: tracked changes and comments, and what an editor made of them."""

import json
import re
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrigenda.documents import registry
from corrigenda.documents.docx.changes import Change, core
from corrigenda.documents.docx.outcomes import Verdict, outcomes
from corrigenda.documents.docx.record import NAMESPACE, Proposal, Record
from corrigenda.documents.docx.review import reviewed
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Edit
from tests.conftest import HOUSE_TERM, Corrigenda, absent
from tests.documents.docx import office
from tests.documents.docx.making import para, part, parts, run, story, word

LIMIT = 1 << 22


def review(data: bytes, *proposed: tuple[str, str | None]) -> bytes:
    """Return a reviewed copy with a finding for each pair of a quote and what is proposed in its place."""
    document = registry.read_bytes(data, "a.docx", "docx")
    changes, proposals = [], []
    for key, (quote, text) in enumerate(proposed, 1):
        at = document.text.index(quote)
        edit = None if text is None else Edit(at, at + len(quote), text)
        changes.append(Change(at, at + len(quote), edit, ("What is wrong.", f"warning · house/term [{key}]"), key))
        proposals.append(Proposal(key, "house/term", f"f{key}", quote, text))
    return reviewed(data, document, changes, Record("a.docx", document.sha256, tuple(proposals)))


def verdicts(data: bytes) -> dict[str, Verdict]:
    return {one.proposal.quote: one.verdict for one in outcomes(data, "a.docx", limit=LIMIT).outcomes}


def text_of(data: bytes) -> str:
    return registry.read_bytes(data, "a.docx", "docx").text


def replaced(data: bytes, name: str, *pairs: tuple[str, str]) -> bytes:
    """Return a file with a part in which strings are replaced, as a program that edits it would."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w") as copy:
        for info in source.infolist():
            raw = source.read(info)
            for old, new in pairs if info.filename == name else ():
                assert old.encode() in raw, old
                raw = raw.replace(old.encode(), new.encode())
            copy.writestr(info, raw)
    return target.getvalue()


@pytest.mark.parametrize(
    ("quote", "new", "expected"),
    [
        ("is closing", "is closing in", ("", " in")),
        ("annexed Russia", "annexed by Russia", ("", "by ")),
        ("Kiev", "Kyiv", ("Kiev", "Kyiv")),
        ("a open door", "an open door", ("a", "an")),
        ("took out the", "evacuated the", ("took out", "evacuated")),
        ("too  wide", "too wide", (" ", "")),
        ("gone", "", ("gone", "")),
    ],
)
def test_no_more_is_struck_out_than_is_changed(quote: str, new: str, expected: tuple[str, str]) -> None:
    text = f"They said: {quote} then."
    at = text.index(quote)
    found = core(text, Edit(at, at + len(quote), new))
    assert (text[found.start : found.end], found.text) == expected
    assert text[: found.start] + found.text + text[found.end :] == f"They said: {new} then."


@given(st.text("ab c.", min_size=1, max_size=12), st.text("ab c.", max_size=12))
@settings(max_examples=300)
def test_the_core_of_an_edit_does_what_the_edit_does(quote: str, new: str) -> None:
    text = f"x {quote} y"
    found = core(text, Edit(2, 2 + len(quote), new))
    assert text[: found.start] + found.text + text[found.end :] == f"x {new} y"


def test_a_change_is_tracked_and_its_message_a_comment() -> None:
    data = word(para(run("The harbour was ", "<w:b/>"), run("reopend &amp; dry.")))
    copy = review(data, ("reopend", "reopened"))
    body = part(copy)
    assert (
        '<w:delText xml:space="preserve">reopend</w:delText>' in body
        and '<w:t xml:space="preserve">reopened</w:t>' in body
        and body.count('w:author="corrigenda"') == 2
    )
    assert "What is wrong." in part(copy, "word/comments.xml")
    assert "comments.xml" in part(copy, "word/_rels/document.xml.rels")
    assert text_of(copy) == "The harbour was reopened & dry."
    assert verdicts(copy) == {"reopend": Verdict.OPEN}


def test_all_other_parts_are_the_same_bytes() -> None:
    data = word(para("The harbour was reopend."), parts={"footnotes.xml": story("footnotes", "")})
    touched = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    before = {p[0]: p for p in parts(data) if p[0] not in touched}
    after = {p[0]: p for p in parts(review(data, ("reopend", "reopened"))) if p[0] in before}
    assert after == before and len(before) > 3


def test_a_word_in_several_formattings_keeps_them() -> None:
    data = word(para(run("The har", "<w:b/>"), run("bour", "<w:i/>"), run(" shut.")))
    copy = review(data, ("harbour", "port"), ("shut", None))
    assert text_of(copy) == "The port shut."
    body = part(copy)
    assert '<w:rPr><w:b/></w:rPr><w:delText xml:space="preserve">har<' in body
    assert '<w:rPr><w:i/></w:rPr><w:delText xml:space="preserve">bour<' in body
    assert '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">port<' in body


def test_the_same_document_gives_the_same_bytes() -> None:
    data = word(para("The harbour was reopend."))
    assert review(data, ("reopend", "reopened")) == review(data, ("reopend", "reopened"))


def test_what_was_commented_before_stays() -> None:
    own = '<w:comment w:id="7" w:author="A. Editor"><w:p><w:r><w:t>Really?</w:t></w:r></w:p></w:comment>'
    data = word(
        para('<w:commentRangeStart w:id="7"/>', run("The harbour was reopend."), '<w:commentRangeEnd w:id="7"/>'),
        parts={"comments.xml": story("comments", own)},
    )
    comments = part(review(data, ("reopend", "reopened")), "word/comments.xml")
    assert own in comments and "What is wrong." in comments and comments.count("<w:comment ") == 2


def test_what_was_tracked_before_stays_and_is_not_taken_for_ours() -> None:
    others = f'<w:ins w:id="3" w:author="B">{run("was reopend")}</w:ins>'
    data = word(para(run("The harbour "), others, run(" today.")))
    copy = review(data, ("reopend", "reopened"))
    assert text_of(copy) == "The harbour was reopened today."
    assert part(copy).count('w:author="B"') == 1
    done = replaced(copy, "word/document.xml", ('w:author="corrigenda"', 'w:author="B"'))
    assert verdicts(done) == {"reopend": Verdict.ACCEPTED}


def test_notes_are_changed_where_they_stand_and_told_in_the_body() -> None:
    note = f'<w:footnote w:id="2">{para("It was reopend.")}</w:footnote>'
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    data = word(para(run("A harbour."), reference), parts={"footnotes.xml": story("footnotes", note)})
    copy = review(data, ("reopend", "reopened"))
    assert "<w:delText" in part(copy, "word/footnotes.xml")
    comments = part(copy, "word/comments.xml")
    assert "ootnote" in comments and "“reopend”" in comments
    assert verdicts(copy) == {"reopend": Verdict.OPEN}


WORDS = st.lists(st.sampled_from(("one", "two & two", "caf\u00e9", "<three>", "four")), min_size=1, max_size=4)


@given(st.lists(WORDS, min_size=1, max_size=4), st.data())
@settings(max_examples=60)
def test_any_change_in_any_runs(runs: list[list[str]], chosen: st.DataObject) -> None:
    """Accepted, the copy says what was proposed; without our changes it says what it said."""
    from corrigenda.documents.xml.splicing import escaped

    made = para(*(run(escaped(" ".join(words)) + " ", "<w:b/>" if n % 2 else "") for n, words in enumerate(runs)))
    data = word(made)
    text = text_of(data)
    start = chosen.draw(st.integers(0, len(text) - 1))
    end = chosen.draw(st.integers(start + 1, len(text)))
    new = chosen.draw(st.sampled_from(("", "new", "<new & old>", text[start:end] + " more", "x " + text[start:end])))
    document = registry.read_bytes(data, "a.docx", "docx")
    change = Change(start, end, Edit(start, end, new), ("m",), 1)
    said = Record("a.docx", document.sha256, (Proposal(1, "c", "f", text[start:end], new),))
    copy = reviewed(data, document, [change], said)
    assert text_of(copy).split() == (text[:start] + new + text[end:]).split()


def test_what_an_editor_decided_is_read_from_the_copy() -> None:
    lines = ("The harbour was reopend.", "Kiev is far.", "A odd thing.", "It stays so.")
    data = word("".join(map(para, lines)))
    copy = review(data, ("reopend", "reopened"), ("Kiev", "Kyiv"), ("A odd", "An odd"), ("stays", None))
    raw = part(copy)

    def settled(text: str, quote: str, *, accept: bool) -> str:
        """Do what a program does with the change at a quote."""
        start = text.index("<w:del ", text.rindex("<w:bookmarkStart", 0, text.index(f">{quote}</w:delText>")))
        middle, end = text.index("</w:del>", start) + 8, text.index("</w:ins>", start) + 8
        deleted, inserted = text[start:middle], text[middle:end]
        kept = inserted if accept else deleted.replace("delText", "t")
        return text[:start] + kept[kept.index(">") + 1 : kept.rindex("</w:")] + text[end:]

    after = settled(settled(raw, "reopend", accept=True), "Kiev", accept=False)
    done = replaced(copy, "word/document.xml", (raw, after))
    assert text_of(done).split("\n\n")[:2] == ["The harbour was reopened.", "Kiev is far."]
    assert verdicts(done) == {
        "reopend": Verdict.ACCEPTED,
        "Kiev": Verdict.REJECTED,
        "A odd": Verdict.OPEN,
        "stays": Verdict.OPEN,
    }


def test_a_comment_that_was_answered_is_a_decision_with_its_reason() -> None:
    copy = review(word(para("It stays so.")), ("stays", None))
    comments = part(copy, "word/comments.xml")
    w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    edited = comments.replace("<w:comments ", f"<w:comments {w14} ").replace(
        "</w:comments>",
        '<w:comment w:id="99" w:author="A. Editor"><w:p w14:paraId="0000000B"><w:r><w:t>The house says it.</w:t></w:r>'
        "</w:p></w:comment></w:comments>",
    )
    last = edited.index("<w:p>", edited.index("What is wrong."))
    edited = edited[:last] + '<w:p w14:paraId="0000000A">' + edited[last + len("<w:p>") :]
    w15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    more = (
        f'<w15:commentsEx {w15}><w15:commentEx w15:paraId="0000000A" w15:done="0"/>'
        '<w15:commentEx w15:paraId="0000000B" w15:paraIdParent="0000000A" w15:done="0"/></w15:commentsEx>'
    )
    office_type = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    link = f'<Relationship Id="x" Type="{office_type}" Target="commentsExtended.xml"/></Relationships>'
    done = replaced(copy, "word/comments.xml", (comments, edited))
    done = replaced(done, "word/_rels/document.xml.rels", ("</Relationships>", link))
    target = BytesIO(done)
    with zipfile.ZipFile(target, "a") as file:
        file.writestr("word/commentsExtended.xml", more)
    (only,) = outcomes(target.getvalue(), "a.docx", limit=LIMIT).outcomes
    assert (only.verdict, only.reason) == (Verdict.REJECTED, "The house says it.")


def test_a_document_of_another_origin_is_refused() -> None:
    with pytest.raises(Unreadable, match="no reviewed copy"):
        outcomes(word(para("Text.")), "a.docx", limit=LIMIT)


@pytest.mark.parametrize("said", ["", "{", '{"path": 1}', "[" * 50_000, json.dumps({"path": "a", "sha256": "b"})])
def test_a_damaged_record_is_refused(said: str) -> None:
    copy = review(word(para("It was reopend.")), ("reopend", "reopened"))
    raw = part(copy, "customXml/item.xml")
    damaged = replaced(copy, "customXml/item.xml", (raw, f'<review xmlns="{NAMESPACE}">{said}</review>'))
    with pytest.raises(Unreadable, match="record of the review is damaged"):
        outcomes(damaged, "a.docx", limit=LIMIT)


# The whole way, by the command and LibreOffice.

ARTICLE = (
    para("A fair on the territory of a port", style="berschrift1"),
    para(run("They met on the ", "<w:b/>"), run("territory of the town, and on the territory of a mill.")),
    para("Nobody lives on the territory of nothing."),
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "article.docx"
    file.write_bytes(word("".join(ARTICLE)))
    return file


def test_the_round_of_an_editor(article: Path, corrigenda: Corrigenda, house: list[str], tmp_path: Path) -> None:
    made = corrigenda("check", "article.docx", *house, "--format", "docx", "--output", "reviewed.docx")
    assert made.code == 0, made.err
    copy = tmp_path / "reviewed.docx"
    accepted = office.saved(copy, tmp_path / "accepted.docx", "accept")
    rejected = office.saved(copy, tmp_path / "rejected.docx", "reject")
    assert text_of(accepted.read_bytes()).split("\n\n") == [
        "A fair in a port",
        "They met in the town, and in a mill.",
        "Nobody lives in nothing.",
    ]
    assert text_of(rejected.read_bytes()) == text_of(article.read_bytes())
    open_still = corrigenda("decisions", "reviewed.docx", "--config", "none")
    assert open_still.code == 1 and "4 not decided" in open_still.err
    done = corrigenda("decisions", "accepted.docx", "--config", "none")
    assert done.code == 0 and "4 accepted" in done.err, done.err


def test_what_was_rejected_is_not_said_again(article: Path, corrigenda: Corrigenda, tmp_path: Path) -> None:
    folder = tmp_path / "own-checks" / "house"
    folder.mkdir(parents=True)
    (folder / "term.yaml").write_text(HOUSE_TERM, "utf-8")
    (tmp_path / "corrigenda.toml").write_text(
        'check-folders = ["own-checks"]\ndisable = ["all"]\nenable = ["house"]\n', "utf-8"
    )
    assert corrigenda("check", "article.docx", "--fail-on", "warning").code == 1
    corrigenda("check", "article.docx", "--format", "docx", "--output", "reviewed.docx", "--fail-on", "never")
    office.saved(tmp_path / "reviewed.docx", tmp_path / "back.docx", "reject")
    done = corrigenda("decisions", "back.docx")
    assert done.code == 0 and "4 left as it stands" in done.err and "will not be reported again" in done.err, done.err
    for name in ("article.docx", "back.docx"):
        again = corrigenda("check", name, "--fail-on", "warning")
        assert again.code == 0, again.out


def test_the_picture_shows_changes_and_comments(article: Path, corrigenda: Corrigenda, house: list[str]) -> None:
    folder = article.parent
    corrigenda("check", "article.docx", *house, "--format", "docx", "--output", "reviewed.docx")
    picture = office.saved(folder / "reviewed.docx", folder / "reviewed.pdf")
    pdftotext = shutil.which("pdftotext") or absent("pdftotext is not installed: make system-deps")
    shown = subprocess.run([pdftotext, str(picture), "-"], capture_output=True, text=True, check=True).stdout
    # What is struck out and what is put in stand side by side.
    assert "on the territory ofin a port" in " ".join(shown.split())
    kept = office.saved(folder / "reviewed.docx", folder / "kept.docx").read_bytes()
    # Each comment stands where its finding does.
    body = part(kept)
    assert len(re.findall(r"<w:commentRangeStart\b[^>]*/>.{0,400}?territory of<", body)) == 4
    assert all(f"house/term [{key}]" in part(kept, "word/comments.xml") for key in (1, 2, 3, 4))


@pytest.mark.parametrize("names", [("a.md",), ("article.docx", "b.docx"), ("a.txt",)])
def test_a_copy_is_made_of_one_word_document(
    names: tuple[str, ...], article: Path, corrigenda: Corrigenda, house: list[str], tmp_path: Path
) -> None:
    for name in names:
        if not (tmp_path / name).exists():
            (tmp_path / name).write_bytes(article.read_bytes() if name.endswith("docx") else b"Text.\n")
    done = corrigenda("check", *names, *house, "--format", "docx", "--output", "reviewed.docx")
    assert done.code == 2 and ".docx" in done.err and not (tmp_path / "reviewed.docx").exists()


def test_other_reports_are_written_where_no_copy_can_be(
    corrigenda: Corrigenda, house: list[str], tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Text.\n", "utf-8")
    wanted = ("--format", "docx", "--output", "reviewed.docx", "--format", "json", "--output", "report.json")
    done = corrigenda("check", "a.txt", *house, *wanted)
    assert done.code == 2 and (tmp_path / "report.json").exists() and not (tmp_path / "reviewed.docx").exists()


def test_decisions_of_the_report_are_sent_where_they_belong(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "decisions.json").write_text("{}", "utf-8")
    done = corrigenda("decisions", "decisions.json")
    assert done.code == 2 and "fix --decisions" in done.err


def test_what_xml_cannot_hold_is_in_no_copy(article: Path, corrigenda: Corrigenda, tmp_path: Path) -> None:
    folder = tmp_path / "own-checks" / "house"
    folder.mkdir(parents=True)
    hostile = HOUSE_TERM.replace('["in"]', '["in\\u0001 <b> & \\ufffe"]')
    (folder / "term.yaml").write_text(hostile, "utf-8")
    done = corrigenda(
        *("check", "article.docx", "--config", "none", "--checks", str(folder.parent), "--disable", "all"),
        *("--enable", "house", "--format", "docx", "--output", "reviewed.docx", "--fail-on", "never"),
    )
    assert done.code == 0, done.err
    assert "in\ufffd <b> & \ufffd a port" in text_of((tmp_path / "reviewed.docx").read_bytes())


def test_what_no_change_could_show_is_not_rejected_by_leaving_it(corrigenda: Corrigenda, tmp_path: Path) -> None:
    """A correction that would reach into a tab is told by its comment alone."""
    data = word(para("<w:r><w:t>one</w:t><w:tab/><w:t>two</w:t></w:r>"))
    document = registry.read_bytes(data, "a.docx", "docx")
    quote = document.text.strip()
    change = Change(0, len(quote), Edit(0, len(quote), "three"), ("m",), 1, ("Possible: “three”", "house/term [1]"))
    said = Record("a.docx", document.sha256, (Proposal(1, "house/term", "f", quote, "three"),))
    copy = reviewed(data, document, [change], said)
    assert "<w:del " not in part(copy) and "three" in part(copy, "word/comments.xml")
    assert verdicts(copy) == {quote: Verdict.OPEN}


def test_a_deletion_that_libreoffice_saved_is_still_open(corrigenda: Corrigenda, tmp_path: Path) -> None:
    copy = tmp_path / "reviewed.docx"
    copy.write_bytes(review(word(para("The first.") + para("The ferry lay at its pier , and slept.")), (" ,", ",")))
    kept = office.saved(copy, tmp_path / "kept.docx").read_bytes()
    returned = outcomes(kept, "a.docx", limit=LIMIT)
    assert [one.verdict for one in returned.outcomes] == [Verdict.OPEN]
    assert returned.document.locate(returned.outcomes[0].start).words() == "paragraph 2"


def test_a_finding_is_ignored_by_its_place_in_words(article: Path, corrigenda: Corrigenda, tmp_path: Path) -> None:
    folder = tmp_path / "own-checks" / "house"
    folder.mkdir(parents=True)
    (folder / "term.yaml").write_text(HOUSE_TERM, "utf-8")
    settings = 'check-folders = ["own-checks"]\ndisable = ["all"]\nenable = ["house"]\n'
    (tmp_path / "corrigenda.toml").write_text(settings, "utf-8")
    assert corrigenda("ignore", "article.docx:paragraph 9").code == 2
    assert corrigenda("ignore", "article.docx:paragraph 3", "--reason", "It is so.").code == 0
    assert corrigenda("check", "article.docx").out.count("house/term") == 3
