"""Nothing from an article runs, loads or reorders what is read; and the page is accessible (axe-core)."""

import json
from typing import Any

import pytest

from corrigenda.finding import Report
from tests.browser.conftest import Open
from tests.reporting.hostile import HOSTILE, hostile_report, two_hundred
from tests.reporting.sample import long_sample, sample

pytestmark = pytest.mark.browser

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("seed", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_only_text(open_report: Open, seed: str) -> None:
    report, documents = hostile_report(seed)
    opened = open_report(report, documents)
    page = opened.page
    opened.press("n", "a", "n", "a", "n", "r", "c", "c")
    page.evaluate("document.querySelectorAll('.card-head').forEach((e) => e.click())")
    assert page.evaluate("window.hacked") is None
    assert not opened.errors
    assert [url for url in opened.requests if not url.startswith(("file:", "blob:"))] == []
    assert page.locator("script").count() == 2
    assert page.locator("img, iframe, object, embed, link, base, form:not([method=dialog])").count() == 0
    assert page.evaluate("[...document.querySelectorAll('*')].every((e) => !e.hasAttribute('onerror'))")
    shown = page.evaluate("document.body.innerText")
    assert not [c for c in shown if c in "\x1b\u202e\u202d\u2066\u2067\u2068\u2069\u200b\u200f"]
    _, data = opened.save("#export-decisions")
    data.decode("utf-8")


def test_two_hundred_hostile_articles(open_report: Open) -> None:
    report, documents = two_hundred()
    assert len(report.documents) >= 200
    opened = open_report(report, documents)
    page = opened.page
    page.evaluate(
        """() => report.documents.forEach((entry, doc) => {
        openDocument(doc);
        entry.findings.forEach((finding, index) => { activate(index); act.accept(index); });
        document.querySelectorAll('details').forEach((e) => { e.open = true; });
        })"""
    )
    assert page.evaluate("window.hacked") is None
    assert not opened.errors
    assert [url for url in opened.requests if not url.startswith(("file:", "blob:"))] == []
    _, data = opened.save("#export-decisions")
    assert len(json.loads(data)["documents"]) >= 200


def axe(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    return [
        f"{violation['id']}: {violation['help']}: {node['target']} {node['failureSummary']}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1280, 1920])
def test_accessible(open_report: Open, width: int, color_scheme: str) -> None:
    report, documents = sample()
    opened = open_report(report, documents, width=width, color_scheme=color_scheme)
    page = opened.page
    assert axe(page) == []
    page.goto(f"{page.url.split('#')[0]}#document-2")
    assert axe(page) == []
    opened.press("n", "n", "a", "n", "n", "r", "n")
    page.wait_for_timeout(200)
    assert axe(page) == []
    for view in ("findings", "corrected"):
        if width == 400:
            page.click(f"[data-show='{view}']")
            assert axe(page) == []
        elif width == 1280:
            page.click(f"[data-side='{view}']")
            assert axe(page) == []
    opened.press("?")
    assert axe(page) == []


def test_accessible_with_many_findings(open_report: Open) -> None:
    opened = open_report(*long_sample(60))
    opened.press("n", "a")
    assert axe(opened.page) == []


def test_one_article_of_nothing_is_accessible(open_report: Open) -> None:
    report, documents = sample()
    assert axe(open_report(Report("1", (), (report.documents[0],), ()), documents).page) == []


def test_targets_are_large_enough(open_report: Open) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 CSS pixels, links in running text excepted."""
    report, documents = sample()
    opened = open_report(report, documents, width=400, fragment="#document-2")
    opened.press("n", "n")
    small = opened.page.evaluate(
        """() => [...document.querySelectorAll('button, select, input, summary')]
        .filter((e) => e.checkVisibility() && !(e.type === 'radio' && e.closest('label, .own')))
        .map((e) => [e.textContent || e.id || e.className, e.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 24)
        .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""
    )
    assert small == []


def test_every_control_shows_its_focus(open_report: Open) -> None:
    report, documents = sample()
    opened = open_report(report, documents, fragment="#document-2")
    page = opened.page
    seen = set()
    for _ in range(40):
        opened.press("Tab")
        outlined = page.evaluate(
            """() => { const e = document.activeElement; if (e === document.body) return true;
            const look = (n) => n && getComputedStyle(n).outlineStyle !== 'none';
            return look(e) || look(e.closest('.card')); }"""
        )
        assert outlined, page.evaluate("document.activeElement.outerHTML")
        seen.add(page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert {"next", "export-text", "card-head"} <= seen
