"""The report of a real article: three corrections accepted, one rejected, one undone; export and `fix` agree."""

import json
import shutil
from pathlib import Path

import pytest

from corrigenda.documents.store import Source
from corrigenda.pipeline.run import run
from corrigenda.settings import Settings
from tests.browser.conftest import Open
from tests.conftest import Corrigenda

pytestmark = pytest.mark.browser


def test_what_is_exported_is_what_fix_writes(
    open_report: Open, shared_dir: Path, tmp_path: Path, corrigenda: Corrigenda, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corrigenda.documents import registry as reading

    monkeypatch.chdir(tmp_path)
    path = tmp_path / "kherson.txt"
    shutil.copyfile(shared_dir / "articles" / "kherson.txt", path)
    original = path.read_bytes()
    report = run([Source(path.name, path)], Settings(engines={"grammar": "off"}), incremental=False)
    document = reading.read(path, path.name)
    # Findings with a correction that share no words, in the order of the text.
    wanted: list[int] = []
    findings = report.documents[0].findings
    for index, finding in enumerate(findings):
        apart = not wanted or findings[wanted[-1]].end < finding.start
        if apart and any(c.applicability != "display-only" and c.text != finding.quote for c in finding.corrections):
            wanted.append(index)
    assert len(wanted) >= 5, [finding.quote for finding in findings]
    opened = open_report(report, {path.name: document})
    page = opened.page
    first, second, rejected, third, undone = wanted[:5]
    for index in (first, second, third):
        page.evaluate("(index) => { activate(index); act.accept(index); }", index)
    page.evaluate("(index) => { activate(index); act.reject(index); }", rejected)
    page.evaluate("(index) => { activate(index); act.accept(index); }", undone)
    opened.press("u")
    assert page.inner_text("#progress-text").startswith("4 of ")

    name, article = opened.save("#export-text")
    assert name == "kherson.txt"
    expected = document.text
    for index in sorted((first, second, third), reverse=True):
        finding = findings[index]
        text = next(c.text for c in finding.corrections if c.applicability != "display-only")
        expected = expected[: finding.start] + text + expected[finding.end :]
    assert article == document.encoding.bom + expected.encode(document.encoding.codec)
    assert article != original

    _, decisions = opened.save("#export-decisions")
    verdicts = [row["verdict"] for row in json.loads(decisions)["documents"][0]["decisions"]]
    assert sorted(verdicts) == ["accepted", "accepted", "accepted", "rejected"]
    (tmp_path / "decisions.json").write_bytes(decisions)
    outcome = corrigenda("fix", "--decisions", "decisions.json", "--backup")
    assert outcome.code == 0, outcome.err
    assert path.read_bytes() == article
    assert (tmp_path / "kherson.txt.orig").read_bytes() == original
    assert not opened.errors
