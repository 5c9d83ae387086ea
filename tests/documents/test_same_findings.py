"""One article in every format of a content system: the same findings at the same words as in plain text."""

import csv
import io
import json
import textwrap
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from html import escape
from pathlib import Path

import pytest
from openpyxl import Workbook

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.finding import Finding
from corrigenda.pipeline.checker import Checker, checker
from corrigenda.pipeline.run import check_documents
from corrigenda.settings import ReadingOptions, Settings

FIELDS = ReadingOptions(("body",), ("headline",))


def _json(body: str) -> bytes:
    return json.dumps({"articles": [{"id": 1, "body": body}]}).encode()


def _jsonl(body: str) -> bytes:
    return json.dumps({"id": 1, "body": body}, ensure_ascii=False).encode()


def _csv(body: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["id", "headline", "body"], ["1", "", body]])
    return out.getvalue().encode("utf-8-sig")


def _xlsx(body: str) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "headline", "body"])
    sheet.append([1, None, body])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _eml(body: str) -> bytes:
    message = EmailMessage()
    message["From"] = "desk@example.org"
    message.set_content(body, cte="quoted-printable")
    return message.as_bytes()


def _rss(body: str) -> bytes:
    paragraphs = "".join(f"<p>{escape(line)}</p>\n" for line in body.split("\n") if line.strip())
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item>'
        f"<content:encoded><![CDATA[{paragraphs}]]></content:encoded></item></channel></rss>"
    ).encode()


def _srt(body: str) -> bytes:
    cues: list[str] = []
    at = 0
    for paragraph in (line for line in body.split("\n") if line.strip()):
        at += 3_000  # a pause
        lines = textwrap.wrap(paragraph, 42, break_on_hyphens=False, break_long_words=False)
        for first in range(0, len(lines), 2):
            shown = "\n".join(lines[first : first + 2])
            cues.append(f"{len(cues) + 1}\n{_clock(at)} --> {_clock(at + 1_900)}\n{shown}\n")
            at += 2_000
    return "\n".join(cues).encode()


def _clock(at: int) -> str:
    return f"{at // 3_600_000:02}:{at // 60_000 % 60:02}:{at // 1_000 % 60:02},{at % 1_000:03}"


MADE: dict[str, Callable[[str], bytes]] = {
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
    "xlsx": _xlsx,
    "eml": _eml,
    "rss": _rss,
    "srt": _srt,
}


@pytest.fixture(scope="module")
def own() -> Iterator[Checker]:
    with checker(Settings()) as made:
        yield made


def words(document: Document, finding: Finding) -> str:
    """What a reader of the document sees where a finding stands."""
    number = document.block_at(finding.start)
    if number is None:
        return " ".join(finding.quote.split())
    view = document.blocks[number].view
    span = view.span_of(finding.start, finding.end)
    return " ".join(view.text[span.start : span.end].split())


def found(own: Checker, document: Document) -> list[tuple[str, str]]:
    report = check_documents(own, [document])
    return sorted((finding.check, words(document, finding)) for finding in report.documents[0].findings)


@pytest.mark.parametrize("name", MADE)
def test_the_first_article(own: Checker, shared_dir: Path, name: str) -> None:
    text = (shared_dir / "articles" / "kherson.txt").read_text("utf-8")
    expected = found(own, registry.read_bytes(text.encode(), "kherson.txt", "text"))
    assert len(expected) > 20
    options = FIELDS if name in ("json", "jsonl", "csv", "xlsx") else ReadingOptions()
    document = registry.read_bytes(MADE[name](text.strip()), f"kherson.{name}", name, options=options)
    if name == "srt":  # it compares paragraphs, which subtitles do not have
        expected = [one for one in expected if one[0] != "consistency/one-of"]
    assert found(own, document) == expected
