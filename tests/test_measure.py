"""The bars of the project, on the marked texts beside it, scored by their own program."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corrigenda.engines.grammar.lingotweaker import package
from tests.conftest import absent

CHECK = (
    f"{shlex.quote(sys.executable)} -m corrigenda check {{folder}} "
    "--format json --fail-on never --config none --no-cache"
)
Score = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def report(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the JSON report over a set, made once, with grammar."""
    if not package.installed():
        absent("LingoTweaker is not installed: pip install 'corrigenda[grammar]'")
    made: dict[str, Path] = {}

    def of(name: str) -> Path:
        if name not in made:
            folder = tmp_path_factory.mktemp(name)
            lines = (shared_dir / "measure" / "sets" / name / "texts.jsonl").read_text(encoding="utf-8").splitlines()
            for number, line in enumerate(lines):
                row = json.loads(line)
                path = folder / f"{number:05d}.txt"
                path.write_text(row["text"], encoding="utf-8", newline="")
            command = [part.replace("{folder}", str(folder)) for part in shlex.split(CHECK)]
            environment = {**os.environ, "CORRIGENDA_GRAMMAR": "lingotweaker"}
            done = subprocess.run(
                command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False
            )
            assert done.returncode == 0, done.stderr[-2000:]
            data = json.loads(done.stdout)
            names = [json.loads(line)["id"] for line in lines]
            for document in data["documents"]:
                document["path"] = names[int(Path(document["path"]).stem)]
            made[name] = folder.with_suffix(".json")
            made[name].write_text(json.dumps(data), encoding="utf-8")
        return made[name]

    return of


@pytest.fixture(scope="module")
def score(shared_dir: Path, report: Callable[[str], Path]) -> Score:
    """Score a set at a severity; returns the totals."""

    def of(name: str, at: str = "warning") -> dict[str, Any]:
        command = [
            sys.executable,
            str(shared_dir / "measure" / "score.py"),
            str(shared_dir / "measure" / "sets" / name),
            "--predictions",
            str(report(name)),
            "--at",
            at,
            "--json",
        ]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        totals: dict[str, Any] = json.loads(done.stdout)
        return totals

    return of


@pytest.mark.slow
@pytest.mark.parametrize(("at", "most"), [("warning", 0.5), ("suggestion", 2.5)])
def test_silence_on_edited_news(score: Score, at: str, most: float) -> None:
    totals = score("native-news", at)
    assert totals["per_1000_words"] <= most, totals
    assert totals["words"] > 50_000


@pytest.mark.slow
@pytest.mark.parametrize(
    ("severities", "most"), [(("error", "warning"), 0.4), (("error", "warning", "suggestion"), 3.0)]
)
def test_silence_on_edited_news_without_what_grammar_finds(
    report: Callable[[str], Path], score: Score, severities: tuple[str, ...], most: float
) -> None:
    data = json.loads(report("native-news").read_text(encoding="utf-8"))
    found = [finding for document in data["documents"] for finding in document["findings"]]
    own = [f for f in found if f["severity"] in severities and not f["check"].startswith("language/")]
    assert 1000 * len(own) / score("native-news")["words"] <= most


@pytest.mark.slow
def test_what_compares_leaves_edited_news_alone(report: Callable[[str], Path], score: Score) -> None:
    data = json.loads(report("native-news").read_text(encoding="utf-8"))
    counts: Counter[str] = Counter()
    for document in data["documents"]:
        for finding in document["findings"]:
            counts.update({finding["check"], *finding["evidence"].get("also", ())})
    words = score("native-news")["words"]
    others = ("artefacts/confusable-sense", "artefacts/near-known", "cleanup/said-twice", "consistency/one-of")
    assert counts["cleanup/outlier"] / words * 1000 <= 0.1
    assert sum(counts[name] for name in others) / words * 1000 <= 0.4


@pytest.fixture(scope="module")
def kherson(shared_dir: Path, report: Callable[[str], Path]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    gold = json.loads((shared_dir / "articles" / "kherson.gold.json").read_text(encoding="utf-8"))
    found = json.loads(report("kherson").read_text(encoding="utf-8"))["documents"][0]["findings"]
    return gold, found


@pytest.mark.parametrize("quote", ["is closing", "annexed Russia", "Kiev"])
def test_the_first_article_shows_what_it_must(kherson: Any, quote: str) -> None:
    assert [finding for finding in kherson[1] if quote in finding["quote"] or finding["quote"] in quote]


def overlap(finding: dict[str, Any], mark: dict[str, Any]) -> int:
    return max(0, min(finding["end"], mark["end"]) - max(finding["start"], mark["start"]))


@pytest.mark.parametrize("category", ["cleanup/caption-in-body", "cleanup/boilerplate"])
def test_captions_and_boilerplate_of_the_first_article(kherson: Any, category: str) -> None:
    gold, found = kherson
    marks = [mark for mark in gold["artefacts"] if mark["category"] == category]
    assert len(marks) >= 2
    for mark in marks:
        assert any(2 * overlap(finding, mark) >= mark["end"] - mark["start"] for finding in found), mark["start"]


def test_no_more_than_three_findings_stand_beside_the_marks(kherson: Any) -> None:
    gold, found = kherson
    beside = [finding for finding in found if not any(overlap(finding, mark) for mark in gold["artefacts"])]
    assert len(beside) <= 3, [finding["quote"] for finding in beside]


def test_nothing_is_said_where_nothing_may_be(kherson: Any, shared_dir: Path) -> None:
    gold, found = kherson
    text = (shared_dir / "articles" / "kherson.txt").read_text(encoding="utf-8")
    never = [
        {"start": place.start(), "end": place.end()}
        for entry in gold["never_flag"]
        for place in re.finditer(re.escape(entry["quote"]), text)
    ]
    assert len(never) >= len(gold["never_flag"])
    said = [
        (finding["check"], finding["quote"])
        for finding in found
        for mark in never
        # A finding of a whole paragraph, such as a caption, does not speak of the name that stands in it.
        if 2 * overlap(finding, mark) > finding["end"] - finding["start"]
    ]
    assert said == []


def test_every_quote_is_the_text_at_its_place(report: Callable[[str], Path], shared_dir: Path) -> None:
    rows = (shared_dir / "measure" / "sets" / "articles" / "texts.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {row["id"]: row["text"] for row in map(json.loads, rows)}
    documents = json.loads(report("articles").read_text(encoding="utf-8"))["documents"]
    assert len(documents) == len(texts)
    seen = 0
    for document in documents:
        text = texts[document["path"]]
        for finding in document["findings"]:
            seen += 1
            assert text[finding["start"] : finding["end"]] == finding["quote"]
            before = text[: finding["start"]]
            assert finding["line"] == before.count("\n") + 1
            assert finding["column"] == len(before) - (before.rfind("\n") + 1) + 1
    assert seen > 12
