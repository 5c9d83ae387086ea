"""Ten texts of good English that look odd: dialect, verse, documentation, letters, other languages, units, a court."""

from pathlib import Path

import pytest

from corrigenda.documents.store import Source
from corrigenda.finding import Severity
from corrigenda.pipeline.run import run
from corrigenda.settings import Settings

CLEAN = sorted((Path(__file__).parent / "clean").iterdir())
WITHOUT_GRAMMAR = Settings(engines={"grammar": "off"})


@pytest.mark.parametrize("settings", [Settings(), WITHOUT_GRAMMAR], ids=["grammar", "rules alone"])
def test_nothing_is_a_warning_and_hardly_anything_a_suggestion(settings: Settings) -> None:
    assert len(CLEAN) == 10
    report = run([Source(path.name, path) for path in CLEAN], settings, incremental=False)
    assert report.problems == ()
    found = [(document.path, finding) for document in report.documents for finding in document.findings]
    grave = [(path, own.check, own.quote) for path, own in found if own.severity is not Severity.SUGGESTION]
    assert grave == []
    words = sum(len(path.read_text(encoding="utf-8").split()) for path in CLEAN)
    assert 1000 * len(found) <= words, [(path, own.check, own.quote) for path, own in found]
