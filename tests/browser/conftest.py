"""A headless Chromium for the tests of the HTML report."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corrigenda.documents.document import Document
from corrigenda.finding import Report
from corrigenda.reporting import formats
from corrigenda.reporting.base import Options
from tests.conftest import absent, needs
from tests.reporting.sample import CHECKS

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs Chromium and Playwright")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser: $CHROMIUM, or the first of the usual names on the path."""
    sync_playwright = needs("playwright.sync_api", "playwright is not installed").sync_playwright
    path = os.environ.get("CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        absent("Chromium is not installed: apt-get install chromium, or name it in $CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


class Opened:
    """A report open in a page, with everything that went wrong in it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda m: self.errors.append(m.text) if m.type in ("error", "warning") else None)
        page.on("dialog", lambda dialog: (self.errors.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self.requests.append(request.url))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def save(self, button: str) -> tuple[str, bytes]:
        with self.page.expect_download() as waiting:
            self.page.click(button)
        download = waiting.value
        return download.suggested_filename, Path(download.path()).read_bytes()

    def visible_cards(self) -> int:
        count: int = self.page.locator(".card:visible").count()
        return count


Open = Callable[..., Opened]


@pytest.fixture
def open_report(chromium: Any, tmp_path: Path) -> Iterator[Open]:
    """Write a report as HTML and open it, by default 1280 pixels wide and light."""
    contexts = []

    def opened(
        report: Report,
        documents: dict[str, Document],
        width: int = 1280,
        height: int = 900,
        color_scheme: str = "light",
        fragment: str = "",
        wait: bool = True,
    ) -> Opened:
        path = tmp_path / "report.html"
        formats.write("html", report, documents.get, path, Options(checks=CHECKS))
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=color_scheme, reduced_motion="reduce"
        )
        contexts.append(context)
        page = Opened(context.new_page())
        page.page.goto(path.as_uri() + fragment)
        if wait:
            page.page.wait_for_selector("body[data-page]", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
