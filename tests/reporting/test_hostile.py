"""Hostile text through every format: no crash, encodable, and nothing that acts."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrigenda.reporting import formats
from corrigenda.reporting.base import Options
from corrigenda.reporting.visible import is_hidden
from tests.reporting.hostile import HOSTILE, hostile_report

REPORTS = sorted(name for name, entry in formats.own().items() if not entry.is_copy)
"""The formats that report on any documents; those that copy one have tests of their own."""


@pytest.mark.parametrize("seed", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("name", REPORTS)
def test_every_format_takes_it(name: str, seed: str) -> None:
    report, documents = hostile_report(seed)
    options = Options(color=True, corrected=lambda path: documents[path].text.replace("after", "later"))
    started = time.process_time()
    output = formats.render(name, report, documents.get, options)
    assert time.process_time() - started < 20
    if isinstance(output, str):
        output.encode("utf-8")
        if name == "terminal":
            rest = re.sub(r"\x1b\[[0-9;]*m", "", output)
            assert not [c for c in rest if is_hidden(c) and c not in "\n\u200d"]
        if name in ("json", "jsonl", "sarif", "gitlab", "rdjsonl", "github", "markdown", "html"):
            assert "\x1b" not in output
            assert "\u202e" not in output


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=60), st.sampled_from(REPORTS))
def test_any_text_through_any_format(seed: str, name: str) -> None:
    report, documents = hostile_report(seed)
    output = formats.render(name, report, documents.get, Options(corrected=lambda path: documents[path].text + "x"))
    if isinstance(output, str):
        output.encode("utf-8")


def test_a_document_that_vanished_or_changed_is_still_reported() -> None:
    report, documents = hostile_report("plain words")
    path = report.documents[0].path
    from dataclasses import replace

    changed = {path: replace(documents[path], text="Something else.")}
    for texts in (lambda _: None, changed.get):
        for name in REPORTS:
            assert formats.render(name, report, texts)
