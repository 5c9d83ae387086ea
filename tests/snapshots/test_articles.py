"""Forty articles of our own, twenty of good English and twenty as machines translate from twelve languages.

What the rules find in each stands in `findings/`, so that a change of a check shows what it changes here:
`CORRIGENDA_UPDATE_SNAPSHOTS=1 make test TESTS=tests/snapshots` writes the files anew. The models are left out, since
what they find may differ between machines; with them only what must hold anywhere is asked.

Beside each translated article `NAME.marks.tsv` has what an editor would change, by who wrote the article.
"""

import difflib
import os
from functools import cache
from pathlib import Path

import pytest

from corrigenda.documents.store import Source
from corrigenda.finding import DocumentReport, Finding, Severity
from corrigenda.pipeline.run import run
from corrigenda.settings import Settings

HERE = Path(__file__).parent
ARTICLES = sorted(path for path in (HERE / "articles").iterdir() if path.suffix in (".txt", ".md"))
CLEAN = [path for path in ARTICLES if "-clean-" in path.name]
TRANSLATED = [path for path in ARTICLES if path not in CLEAN]
LANGUAGES = {"uk", "ru", "pl", "cs", "de", "fr", "es", "it", "pt", "tr", "zh", "ja", "ko", "ar"}
RULES = Settings(engines={"grammar": "off", "language-model": "off", "embeddings": "off"})


@cache
def reports() -> dict[str, DocumentReport]:
    """What the rules find, by the name of the article."""
    report = run([Source(path.name, path) for path in ARTICLES], RULES, incremental=False)
    assert report.problems == ()
    return {document.path: document for document in report.documents}


def line(finding: Finding) -> str:
    right = " | ".join(correction.text for correction in finding.corrections) or "–"
    place = f"{finding.line}:{finding.column} {finding.severity.value} {finding.check}"
    return f"{place} ⟦{' '.join(finding.quote.split())}⟧ → {right}"


def test_there_are_forty_of_all_kinds() -> None:
    assert len(CLEAN) == len(TRANSLATED) == 20
    assert {path.name.split("-")[1] for path in TRANSLATED} == LANGUAGES


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_findings_are_those_of_the_snapshot(path: Path) -> None:
    text = "".join(f"{line(finding)}\n" for finding in reports()[path.name].findings)
    kept = HERE / "findings" / f"{path.name}.txt"
    if os.environ.get("CORRIGENDA_UPDATE_SNAPSHOTS"):
        kept.write_text(text, encoding="utf-8", newline="\n")
    known = kept.read_text(encoding="utf-8")
    changed = difflib.unified_diff(known.splitlines(), text.splitlines(), "snapshot", "now", lineterm="", n=0)
    assert text == known, "\n".join(changed)


def test_good_english_is_left_alone() -> None:
    findings = [finding for path in CLEAN for finding in reports()[path.name].findings]
    words = sum(len(path.read_text(encoding="utf-8").split()) for path in CLEAN)
    assert [line(finding) for finding in findings if finding.severity is not Severity.SUGGESTION] == []
    assert 1000 * len(findings) <= words


def marks(path: Path) -> list[tuple[int, int]]:
    """What an editor would change in an article: the place of each wording in its list."""
    text = path.read_text(encoding="utf-8")
    result = []
    for row in path.with_suffix(".marks.tsv").read_text(encoding="utf-8").splitlines():
        wording = row.split("\t")[0]
        if wording:
            assert wording in text, (path.name, wording)
            result.append((text.index(wording), text.index(wording) + len(wording)))
    return result


def test_a_good_part_of_what_an_editor_would_change_is_found() -> None:
    """And most of what is found is on it: at least half of a finding lies on one mark."""
    found = right = marked = 0
    seen: set[tuple[str, int]] = set()
    for path in TRANSLATED:
        places = marks(path)
        marked += len(places)
        for finding in reports()[path.name].findings:
            found += 1
            for number, (start, end) in enumerate(places):
                if 2 * (min(end, finding.end) - max(start, finding.start)) >= finding.end - finding.start:
                    right += 1
                    seen.add((path.name, number))
                    break
    assert len(seen) >= 0.35 * marked
    assert right >= 0.75 * found
