"""An editor's work in the HTML report: keys, decisions, exports, filters."""

import codecs
import hashlib
import json
import re
from dataclasses import replace

import pytest

from corrigenda.documents import views
from corrigenda.documents.document import Document
from corrigenda.documents.formats import markdown
from corrigenda.documents.parts import Block, Encoding, RegionKind
from corrigenda.finding import DocumentReport, Finding, Report, Severity, fingerprint
from tests.browser.conftest import Open
from tests.reporting.sample import long_sample, sample, unsafe

pytestmark = pytest.mark.browser


def ferry() -> tuple[Report, dict[str, Document]]:
    report, documents = sample()
    return Report(report.version, report.engines, (report.documents[1],), ()), documents


def small(text: str, *places: tuple[str, str], encoding: Encoding | None = None) -> tuple[Report, dict[str, Document]]:
    """A one-paragraph article with a finding for each (quote, correction), in order."""
    blocks = (Block(RegionKind.PROSE, 0, len(text), views.plain(text, 0, len(text))),)
    encoding = encoding or Encoding()
    data = encoding.bom + text.encode(encoding.codec, "replace")
    article = Document(
        "copy/a.txt", text, "text", blocks=blocks, encoding=encoding, sha256=hashlib.sha256(data).hexdigest()
    )
    findings, at = [], 0
    for quote, correction in places:
        start = text.index(quote, at)
        at = start + 1
        line, column = article.line_and_column(start)
        mark = fingerprint("t/x", quote, text[:start], text[start + len(quote) :])
        findings.append(
            Finding(
                "t/x", "style", Severity.ERROR, 1.0, start, start + len(quote), line, column, quote, "Why.",
                fingerprint=mark, corrections=(unsafe(correction),),
            )
        )  # fmt: skip
    return Report("0.1.0", (), (DocumentReport(article.path, "checked", tuple(findings)),), ()), {article.path: article}


def test_accept_three_reject_one_undo_one_and_export(open_report: Open) -> None:
    report, documents = ferry()
    findings = report.documents[0].findings
    text = documents["articles/ferry.txt"].text
    opened = open_report(report, documents)
    page = opened.page
    opened.press("n", "n", "2", "a")  # is closing -> is approaching
    opened.press("n", "r")  # carried by boat called
    opened.press("a")  # two spaces -> one
    opened.press("a")  # word order
    opened.press("a")  # Kiev -> Kyiv
    assert page.inner_text("#progress-text") == "5 of 9 decided"
    opened.press("u")
    assert page.inner_text("#progress-text") == "4 of 9 decided"

    name, data = opened.save("#export-text")
    assert name == "ferry.txt"
    expected = text
    for place, correction in ((5, "held crews last year"), (4, " "), (1, "is approaching")):
        finding = findings[place]
        expected = expected[: finding.start] + correction + expected[finding.end :]
    assert data.decode("utf-8") == expected

    name, data = opened.save("#export-decisions")
    assert name == "decisions.json"
    verdicts = {1: ("accepted", "is approaching"), 3: ("rejected", None), 4: ("accepted", " ")}
    verdicts[5] = ("accepted", "held crews last year")
    assert json.loads(data) == {
        "corrigenda": "0.1.0",
        "schema": 1,
        "documents": [
            {
                "path": "articles/ferry.txt",
                "sha256": documents["articles/ferry.txt"].sha256,
                "decisions": [
                    {
                        "fingerprint": findings[place].fingerprint,
                        "check": findings[place].check,
                        "start": findings[place].start,
                        "end": findings[place].end,
                        "quote": findings[place].quote,
                        "verdict": verdict,
                        "correction": correction,
                    }
                    for place, (verdict, correction) in sorted(verdicts.items())
                ],
            }
        ],
    }
    copy = page.evaluate("[...document.querySelectorAll('#corrected .block')].map((e) => e.textContent)")
    assert "\n\n".join(copy) + "\n" == expected
    assert not opened.errors


ODD = "🙂 e\u0301 “word” 👩‍🚒 twice twice\r\nsecond\u00a0line \u200b end\r\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ODD, Encoding(newline="\r\n")),
        (ODD, Encoding("utf-8", codecs.BOM_UTF8, "\r\n")),
        (ODD, Encoding("utf-16-le", codecs.BOM_UTF16_LE, "\r\n")),
        (ODD, Encoding("utf-16-be", codecs.BOM_UTF16_BE, "\r\n")),
        ("Київ twice twice — “так”, end\n", Encoding("cp1251")),
        ("\x00\x01 \t twice twice \x85\u2028\r\r end", Encoding()),
    ],
    ids=["utf-8", "bom", "utf-16-le", "utf-16-be", "cp1251", "controls"],
)
def test_the_saved_article_is_the_file_but_for_the_corrections(
    open_report: Open, text: str, encoding: Encoding
) -> None:
    report, documents = small(text, ("twice twice", "twice"), ("end", "“finish”"), encoding=encoding)
    opened = open_report(report, documents)
    _, data = opened.save("#export-text")
    assert data == encoding.bom + text.encode(encoding.codec)
    opened.press("n", "a", "a")
    _, data = opened.save("#export-text")
    changed = text.replace("twice twice", "twice").replace("end", "“finish”")
    assert data == encoding.bom + changed.encode(encoding.codec)
    assert not opened.errors


def test_what_a_code_page_lacks_is_saved_as_utf8(open_report: Open) -> None:
    report, documents = small("Київ end\n", ("end", "表"), encoding=Encoding("cp1251"))
    opened = open_report(report, documents)
    opened.press("n", "a")
    _, data = opened.save("#export-text")
    assert data.decode("utf-8") == "Київ 表\n"


def test_findings_that_share_words_cannot_both_be_accepted(open_report: Open) -> None:
    report, documents = small("one two three", ("one two", "1 2"), ("two three", "2 3"))
    opened = open_report(report, documents)
    opened.press("n", "a", "a")
    assert "Finding 1 changes the same words" in opened.page.inner_text("#status")
    assert opened.page.inner_text("#progress-text") == "1 of 2 decided"
    struck = opened.page.locator("#article .mark[data-state='accepted'] .marked").all_inner_texts()
    assert "".join(struck).strip() == "one two"
    opened.press("p", "u", "n", "a")
    _, data = opened.save("#export-text")
    assert data == b"one 2 3"


def test_own_words(open_report: Open) -> None:
    report, documents = ferry()
    opened = open_report(report, documents)
    opened.press("n", "n", "e")
    opened.page.keyboard.type("nears us, a r u n 1")
    opened.press("Enter")
    assert opened.page.inner_text("#progress-text") == "1 of 9 decided"
    assert opened.page.evaluate("document.querySelector('.card.active').id") == "finding-3"
    _, data = opened.save("#export-text")
    assert b"the flood nears us, a r u n 1, and" in data
    opened.page.locator("#finding-2 .card-head").click()
    opened.page.locator("#finding-2 input[value='0']").check()
    _, data = opened.save("#export-text")
    assert b"the flood is closing in, and" in data


def test_a_second_press_on_a_finding_without_a_correction_writes_nothing(open_report: Open) -> None:
    report, documents = ferry()
    opened = open_report(report, documents)
    opened.press("n", "n", "n", "a", "a")
    assert "offers no correction" in opened.page.inner_text("#status")
    assert opened.page.evaluate("document.activeElement.className") == "card-head"
    assert opened.page.inner_text("#progress-text") == "0 of 9 decided"


def test_keys_go_through_the_findings(open_report: Open) -> None:
    report, documents = ferry()
    opened = open_report(report, documents)
    page = opened.page
    opened.press("n")
    assert page.evaluate("document.activeElement.closest('.card').id") == "finding-1"
    opened.press("n", "n", "p")
    assert page.evaluate("document.activeElement.closest('.card').id") == "finding-2"
    assert page.locator(".mark.current").inner_text().startswith("is closing")
    opened.press("p", "p")
    assert "first finding" in page.inner_text("#status")
    opened.press("?")
    assert page.locator("#help").is_visible()
    opened.press("n")
    assert page.evaluate("document.querySelector('.card.active').id") == "finding-1"
    page.locator("#keys-on").uncheck()
    opened.press("Escape", "n", "a")
    assert page.evaluate("document.querySelector('.card.active').id") == "finding-1"
    assert page.inner_text("#progress-text") == "0 of 9 decided"
    assert not opened.errors


def test_a_mark_opens_its_card_by_mouse_and_by_keyboard(open_report: Open) -> None:
    report, documents = ferry()
    opened = open_report(report, documents)
    page = opened.page
    page.locator("#article a.mark", has_text="Kiev").click()
    assert page.evaluate("document.querySelector('.card.active').id") == "finding-7"
    page.locator("#article a.mark", has_text="is closing").focus()
    opened.press("Enter")
    assert page.evaluate("document.activeElement.closest('.card').id") == "finding-2"


def test_filters(open_report: Open) -> None:
    report, documents = ferry()
    opened = open_report(report, documents)
    page = opened.page
    assert opened.visible_cards() == 9
    page.locator(".filter.error").click()
    assert opened.visible_cards() == 5
    opened.press("n")
    assert page.evaluate("document.querySelector('.card.active').id") == "finding-1"
    opened.press("n")
    assert page.evaluate("document.querySelector('.card.active').id") == "finding-4"
    page.locator(".filter.error").click()
    page.select_option("select[aria-label='Theme or check']", "names/spellings")
    assert opened.visible_cards() == 2
    page.select_option("select[aria-label='Theme or check']", "names")
    assert opened.visible_cards() == 2
    page.select_option("select[aria-label='Category']", "design and markup")
    assert opened.visible_cards() == 0
    assert page.inner_text("#none-shown") == "No finding matches these filters."
    page.select_option("select[aria-label='Theme or check']", "")
    assert opened.visible_cards() == 3
    page.select_option("select[aria-label='Category']", "")
    page.select_option("select[aria-label='Confidence']", "0.95")
    assert opened.visible_cards() == 4
    page.select_option("select[aria-label='Confidence']", "")
    opened.press("n", "r")
    page.select_option("select[aria-label='State']", "rejected")
    assert opened.visible_cards() == 1


def test_decisions_survive_a_reload_and_can_be_forgotten(open_report: Open) -> None:
    report, documents = ferry()
    opened = open_report(report, documents)
    page = opened.page
    opened.press("n", "n", "a", "n", "r")
    page.reload()
    assert page.inner_text("#progress-text") == "2 of 9 decided"
    assert page.locator("#article ins:visible").inner_text() == "is closing in"
    page.click("#help-open")
    page.click("#forget")
    assert page.inner_text("#progress-text") == "0 of 9 decided"
    page.reload()
    assert page.inner_text("#progress-text") == "0 of 9 decided"


def test_decisions_are_not_put_to_another_run(open_report: Open) -> None:
    report, documents = ferry()
    opened = open_report(report, documents)
    opened.press("n", "n", "a")
    entry = report.documents[0]
    fewer = report._replace(documents=(entry._replace(findings=entry.findings[1:]),))
    again = open_report(fewer, documents)
    assert again.page.inner_text("#progress-text") == "0 of 8 decided"


def test_the_verdict_follows_the_decisions(open_report: Open) -> None:
    report, documents = ferry()
    opened = open_report(report, documents)
    page = opened.page
    assert page.inner_text("h1") == "7 problems found: 4 errors, 3 warnings, plus 2 suggestions."
    assert "not all of it" in page.inner_text("#partial")
    opened.press("n", "r", "a")
    assert page.inner_text("h1") == "6 problems left: 3 errors, 3 warnings, plus 1 suggestion; 1 accepted, 1 rejected."
    assert page.evaluate("document.body.dataset.verdict") == "grave"
    page.evaluate("current().findings.forEach((f, i) => decisionOn(0, i) || act.reject(i))")
    assert page.inner_text("h1") == "Nothing left open; 1 accepted, 8 rejected."
    assert page.evaluate("document.body.dataset.verdict") == "plain"
    opened.press("u")
    assert page.inner_text("h1") == "1 problem left: 1 warning; 1 accepted, 7 rejected."
    page.reload()
    assert page.inner_text("h1") == "1 problem left: 1 warning; 1 accepted, 7 rejected."
    assert not opened.errors


def test_several_articles(open_report: Open) -> None:
    report, documents = sample()
    opened = open_report(report, documents)
    page = opened.page
    assert page.locator("#overview").is_visible()
    assert page.inner_text("h1") == (
        "8 problems found in 3 articles: 4 errors, 4 warnings, plus 3 suggestions. 1 item could not be checked."
    )
    assert "articles/scan.txt: This is not text" in page.inner_text("#not-run")
    assert "grammar: off" in page.inner_text("#not-run")
    assert page.locator("#documents tbody tr").count() == 4
    drawn = page.locator(".matrix .name").all_text_contents()
    listed = page.locator("#documents tbody a").all_inner_texts()
    assert drawn == listed
    assert page.locator("svg.matrix .disc").count() == 5
    page.click("text=notes.md >> nth=-1")
    page.wait_for_selector("#document-name:text-is('notes.md')")
    opened.press("n", "a")
    page.click("#to-overview")
    assert page.locator("[data-decided='2']").inner_text() == "1 of 2"
    page.locator("#documents thead button", has_text="Errors").click()
    assert page.locator("#documents tbody tr").first.locator("th").inner_text() == "articles/ferry.txt"
    page.click("#documents a:has-text('ferry.txt')")
    opened.press("n", "n", "a", "u", "u")
    page.wait_for_selector("#document-name:text-is('notes.md')")
    assert page.inner_text("#progress-text") == "0 of 2 decided"
    assert not opened.errors


def test_corrected_copy_beside_the_article(open_report: Open) -> None:
    report, documents = ferry()
    opened = open_report(report, documents)
    page = opened.page
    opened.press("n", "n", "a", "c")
    assert page.locator("#corrected ins").inner_text() == "is closing in"
    assert page.locator("#corrected").is_visible() and not page.locator("#findings").is_visible()
    opened.press("c")
    assert page.locator("#findings").is_visible()
    page.locator("#finding-9 .card-head").click()
    opened.press("a")
    assert page.locator("#corrected .removed").count() == 1
    wide = open_report(report, documents, width=1920)
    for panel in ("#article", "#corrected", "#findings"):
        assert wide.page.locator(panel).is_visible()


def test_narrow_screens_show_the_card_as_a_sheet(open_report: Open) -> None:
    report, documents = ferry()
    opened = open_report(report, documents, width=400, height=800)
    page = opened.page
    page.locator("#article a.mark", has_text="is closing").click()
    box = page.locator("#findings").bounding_box()
    assert box and box["y"] >= 300 and box["y"] + box["height"] <= 801
    assert opened.visible_cards() == 1
    page.click("[data-show='findings']")
    assert opened.visible_cards() == 9
    page.click("[data-show='corrected']")
    assert page.locator("#corrected").is_visible() and not page.locator("#article").is_visible()


@pytest.mark.parametrize("width", [400, 1280, 1920])
@pytest.mark.parametrize("number", [1, 20, 300])
def test_nothing_runs_over_the_edge(open_report: Open, width: int, number: int) -> None:
    opened = open_report(*long_sample(number), width=width)
    opened.press("n", "a", "n")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.page.locator("#article a.mark").count() == number
    assert not opened.errors


def test_three_hundred_findings_stay_quick(open_report: Open) -> None:
    opened = open_report(*long_sample(300))
    milliseconds = opened.page.evaluate(
        """() => { const from = performance.now(); openDocument(0); activate(150); act.accept(150);
        document.body.offsetHeight; return performance.now() - from; }"""
    )
    assert milliseconds < 3000


def test_paper(open_report: Open) -> None:
    report, documents = ferry()
    opened = open_report(report, documents, width=700)
    page = opened.page
    opened.press("n")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not page.locator("#toolbar").is_visible()
    assert page.locator(".card-body:visible").count() == 9
    tops = page.evaluate("[...document.querySelectorAll('.card')].map((e) => e.getBoundingClientRect().top)")
    assert tops == sorted(tops) and tops[0] > page.locator("#article").bounding_box()["y"]
    assert page.evaluate("getComputedStyle(document.getElementById('findings')).position") == "static"
    assert page.locator("h1").is_visible()
    assert len(page.pdf()) > 5000
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.locator(".card-body:visible").count() == 1


def test_a_decision_goes_on_to_the_next_open_finding(open_report: Open) -> None:
    report, documents = ferry()
    opened = open_report(report, documents)
    page = opened.page
    active = "document.querySelector('.card.active').id"
    opened.press("n", "n", "a")
    assert page.evaluate(active) == "finding-3"
    page.locator("#finding-6 .card-head").click()
    page.locator("#finding-6 .accept").click()
    assert page.evaluate(active) == "finding-7"
    opened.press("p", "p", "r", "u")
    assert page.evaluate(active) == "finding-5"
    opened.press("r")
    assert page.evaluate(active) == "finding-7"  # 6 is decided already
    page.locator("#finding-9 .card-head").click()
    opened.press("r")
    assert page.evaluate(active) == "finding-9" and "5 still open above" in page.inner_text("#status")
    opened.press("?")
    page.locator("#go-on").uncheck()
    opened.press("Escape", "p", "r")
    assert page.evaluate(active) == "finding-8"
    assert not opened.errors


def test_closed_cards_show_the_message_and_the_first_correction(open_report: Open) -> None:
    report, documents = ferry()
    opened = open_report(report, documents)
    card = opened.page.locator("#finding-2")
    assert card.locator(".card-body").is_hidden()
    assert card.locator(".message").inner_text() == report.documents[0].findings[1].message
    assert card.locator(".first").inner_text() == "→ is closing in"
    assert card.locator(".line").inner_text() == "line 5"
    assert opened.page.evaluate(
        "[...document.querySelectorAll('.card .message')].every((e) => e.scrollHeight <= e.clientHeight + 1)"
    )


def many_names() -> tuple[Report, dict[str, Document]]:
    """Two articles in which Kiev is said for Kyiv, and the same check says something of another word."""
    documents, entries = {}, []
    right = {"Kiev": "Kyiv", "Lvov": "Lviv"}
    for path, text in (("a.txt", "Kiev and Kiev or Lvov in Kiev."), ("b.txt", "Kiev again, and Lvov.")):
        words = [word for word in re.findall(r"\w+", text) if word in right]
        report, found = small(text, *((word, right[word]) for word in words))
        documents[path] = replace(found["copy/a.txt"], path=path)
        findings = tuple(
            f._replace(check="names/mixed-spelling", variants=(f.quote, right[f.quote]))
            for f in report.documents[0].findings
        )
        entries.append(DocumentReport(path, "checked", findings))
    return Report("0.1.0", (), tuple(entries), ()), documents


def test_all_of_one_name_or_check_are_decided_at_once(open_report: Open) -> None:
    report, documents = many_names()
    opened = open_report(report, documents, fragment="#document-1")
    page = opened.page
    opened.press("n")
    labels = page.locator("#finding-1 .alike-label").all_inner_texts()
    assert labels == ["Spelled “Kiev” in 2 articles", "From the same check"]
    page.locator("#finding-1 .alike button", has_text="Accept all 4").first.click()
    assert page.inner_text("h1") == "2 problems left in 2 articles: 2 errors; 4 accepted, 0 rejected."
    assert page.evaluate("document.querySelector('.card.active').id") == "finding-3"
    assert "4 accepted" in page.inner_text("#status")
    _, data = opened.save("#export-text")
    assert data == b"Kyiv and Kyiv or Lvov in Kyiv."
    opened.press("u")
    assert page.inner_text("h1") == "6 problems found in 2 articles: 6 errors."
    page.locator("#finding-1 .reason").fill("the cake")
    page.locator("#finding-1 .alike button", has_text="Reject all 4").last.click()
    assert page.inner_text("h1") == "2 problems left in 2 articles: 2 errors; 0 accepted, 4 rejected."
    _, data = opened.save("#export-decisions")
    rows = json.loads(data)["documents"]
    assert [(entry["path"], len(entry["decisions"])) for entry in rows] == [("a.txt", 4)]
    assert all(row["verdict"] == "rejected" and row["reason"] == "the cake" for row in rows[0]["decisions"])
    opened.press("u")
    page.locator("#finding-4 .card-head").click()
    with_caps_lock = "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'R', bubbles: true }))"
    page.evaluate(with_caps_lock)
    assert page.inner_text("h1") == "5 problems left in 2 articles: 5 errors; 0 accepted, 1 rejected."
    opened.press("u", "Shift+R")
    assert page.inner_text("h1") == "2 problems left in 2 articles: 2 errors; 0 accepted, 4 rejected."
    assert not opened.errors


def test_all_that_would_change_the_same_words_are_not_accepted_together(open_report: Open) -> None:
    report, documents = small("one two three four", ("one two", "1 2"), ("two three", "2 3"), ("four", "4"))
    opened = open_report(report, documents)
    opened.press("n", "Shift+A")
    assert opened.page.inner_text("h1") == "1 problem left: 1 error; 2 accepted, 0 rejected."
    _, data = opened.save("#export-text")
    assert data == b"1 2 three 4"


def test_a_reason_goes_into_the_decisions(open_report: Open) -> None:
    report, documents = ferry()
    opened = open_report(report, documents)
    page = opened.page
    opened.press("n", "w")
    page.keyboard.type("  our style, a r u ")
    opened.press("Enter")
    assert page.evaluate("document.querySelector('.card.active').id") == "finding-2"
    opened.press("r", "p", "w")
    page.keyboard.type("said so on purpose")
    page.locator("#finding-2 .card-head").focus()
    page.reload()
    _, data = opened.save("#export-decisions")
    rows = json.loads(data)["documents"][0]["decisions"]
    assert [row["reason"] for row in rows] == ["our style, a r u", "said so on purpose"]
    opened.press("n")
    assert page.locator("#finding-1 .reason").input_value() == "our style, a r u"
    opened.press("a")
    page.locator("#finding-4 .card-head").click()
    opened.press("a")
    _, data = opened.save("#export-decisions")
    rows = {row["start"]: row for row in json.loads(data)["documents"][0]["decisions"]}
    accepted = [row for row in rows.values() if row["verdict"] == "accepted"]
    assert accepted and all("reason" not in row for row in accepted)
    assert not opened.errors


def test_copying(open_report: Open) -> None:
    report, documents = ferry()
    opened = open_report(report, documents)
    page = opened.page
    page.evaluate("() => { navigator.clipboard.writeText = async (text) => { window.copied = text; }; }")
    opened.press("n", "n", "a")
    page.click("#copy-text")
    assert "the flood is closing in, and the first" in page.evaluate("copied")
    page.wait_for_function("document.getElementById('status').textContent.includes('copied')")
    page.locator("#finding-9 .card-head").click()
    page.locator("#finding-9 .copy").click()
    assert page.evaluate("copied").startswith("articles/ferry.txt, line 13: “Contact our news team")
    opened.press("p", "y")
    assert "“наsledie” → “nasledie”. This word mixes" in page.evaluate("copied")
    page.evaluate("() => { navigator.clipboard.writeText = async () => { throw new Error('no'); }; }")
    opened.press("y")
    page.wait_for_function("document.querySelectorAll('textarea').length === 0")
    assert not opened.errors


MARKED_UP = """Title
=====

Some **bold words here** and `code`, ~~gone~~.

- one thing
- another

| port | goods |
|------|------:|
| Kiev | the **grain** |
| Izmail | |
"""


def marked_up() -> tuple[Report, dict[str, Document]]:
    document = markdown.parse(MARKED_UP, "a.md")
    findings = []
    for quote, correction in (("bold words", "brave words"), ("another", "other"), ("Kiev", "Kyiv"), ("grain", "corn")):
        start = MARKED_UP.index(quote)
        line, column = document.line_and_column(start)
        findings.append(
            Finding(
                "t/x", "style", Severity.ERROR, 1.0, start, start + len(quote), line, column, quote, "Why.",
                fingerprint=quote, corrections=(unsafe(correction),),
            )
        )  # fmt: skip
    return Report("0.1.0", (), (DocumentReport("a.md", "checked", tuple(findings)),), ()), {"a.md": document}


def test_markdown_is_shown_as_it_reads(open_report: Open) -> None:
    opened = open_report(*marked_up())
    page = opened.page
    shown = page.inner_text("#article")
    assert "**" not in shown and "====" not in shown and "|" not in shown and "~~" not in shown
    assert "`" not in shown
    assert page.locator("#article h3").inner_text() == "Title"
    rows = page.locator("#article table tr").all()
    assert [row.locator("th, td").count() for row in rows] == [2, 2, 2]
    assert rows[0].locator("th").all_inner_texts() == ["port", "goods"]
    assert page.locator("#article table").count() == 1
    assert "Kiev" in rows[1].locator("td").first.inner_text()
    bold = page.locator("#article a.mark", has_text="bold words").locator(".marked")
    assert int(bold.evaluate("(e) => getComputedStyle(e).fontWeight")) >= 600
    assert page.locator("#article .is-struck").inner_text() == "gone"
    assert page.locator("#article .list .marker").count() == 2
    lines = page.evaluate("[...document.querySelectorAll('#article .block[data-line]')].map((e) => e.dataset.line)")
    assert sorted(map(int, lines)) == [1, 2, 4, 6, 7, 9, 10, 11, 12]
    opened.press("n", "a", "a", "a", "a", "c")
    copy = page.locator("#corrected")
    assert copy.locator("table tr").nth(1).locator("td").all_inner_texts() == ["Kyiv", "the corn"]
    assert "Some brave words here and code, gone." in copy.inner_text()
    opened.press("m")
    assert "**brave words here**" in copy.inner_text() and "|------|------:|" in copy.inner_text()
    _, data = opened.save("#export-text")
    expected = MARKED_UP.replace("bold words", "brave words").replace("another", "other")
    assert data.decode() == expected.replace("Kiev", "Kyiv").replace("grain", "corn")
    assert not opened.errors


def test_a_finding_over_two_cells_leaves_its_row_as_it_is_written(open_report: Open) -> None:
    report, documents = marked_up()
    start = MARKED_UP.index("Kiev")
    over = report.documents[0].findings[2]._replace(end=start + 10, quote=MARKED_UP[start : start + 10])
    entry = report.documents[0]._replace(findings=(over,))
    opened = open_report(report._replace(documents=(entry,)), documents)
    assert opened.page.locator("#article a.mark .ref").count() == 1
    assert opened.page.locator("#article table tr").count() == 2
    opened.press("n", "a")
    _, data = opened.save("#export-text")
    assert data.decode() == MARKED_UP[:start] + "Kyiv" + MARKED_UP[start + 10 :]


def test_figures_stand_behind_a_fold(open_report: Open) -> None:
    report, documents = ferry()
    finding = (
        report.documents[0]
        .findings[1]
        ._replace(evidence={"comparison": "closer to the text around it", "scores": {"consent": 1.5}})
    )
    entry = report.documents[0]._replace(findings=(finding,))
    opened = open_report(report._replace(documents=(entry,)), documents)
    opened.press("n")
    card = opened.page.locator("#finding-1")
    assert "Closer to the text around it." in card.inner_text()
    assert "1.5" not in card.inner_text()
    card.locator("summary").click()
    assert "scores: consent: 1.5" in card.inner_text()


@pytest.mark.parametrize("width", [400, 800, 1400])
def test_the_overview_has_whole_paths_at_any_width(open_report: Open, width: int) -> None:
    report, documents = sample()
    long = (
        "desk/2026/autumn/week-forty-seven/translated-from-the-wire/a-very-long-name-for-an-article-about-a-ferry.txt"
    )
    entries = (report.documents[0], report.documents[1]._replace(path=long), *report.documents[2:])
    texts = {**documents, long: documents["articles/ferry.txt"]}
    opened = open_report(report._replace(documents=entries), texts, width=width)
    page = opened.page
    link = page.locator("#documents a", has_text="translated-from-the-wire")
    assert link.inner_text().replace("\n", "") == long
    box = link.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("#documents td:visible", has_text="of 9").is_visible()


def test_a_clean_article_says_so(open_report: Open) -> None:
    report, documents = sample()
    alone = Report("0.1.0", (), (report.documents[0],), ())
    opened = open_report(alone, documents)
    assert opened.page.inner_text("h1") == "Nothing found that corrigenda looks for."
    assert opened.page.inner_text("#none-shown") == "Nothing was found in this article."
    assert "All ferries sailed" in opened.page.inner_text("#article")


def test_without_the_text_the_findings_still_show(open_report: Open) -> None:
    report, _ = ferry()
    opened = open_report(report, {})
    assert "not at hand" in opened.page.inner_text("#article")
    opened.press("n", "n", "a")
    assert opened.page.inner_text("#progress-text") == "1 of 9 decided"
    assert opened.page.locator("#export-text").is_disabled()
    assert not opened.errors


def test_nothing_to_show_at_all(open_report: Open) -> None:
    opened = open_report(Report("0.1.0", (), (), ()), {})
    assert opened.page.inner_text("h1") == "Nothing was checked: no document was found."
    assert not opened.errors
