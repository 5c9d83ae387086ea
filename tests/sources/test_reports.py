"""Reports on a text beside its source: both texts are shown, and which documents had a source is said."""

import json
import re

from corrigenda import Session
from corrigenda.settings import Settings
from tests.sources.conftest import Project

ENGLISH = "# A bridge\n\nThe bridge was opened on 12 May. Many people came.\n"
GERMAN = "# Eine Brücke\n\nDie Brücke wurde am 13 Mai eröffnet. Viele Leute kamen.\n"


def pair(project: Project) -> None:
    project.write("a.md", ENGLISH)
    project.write("a.de.md", GERMAN)
    project.write("b.md", ENGLISH)


def test_json_names_the_source(project: Project) -> None:
    pair(project)
    run = project.run("check", "a.md", "b.md", "--source", "{stem}.{lang}{ext}", "--format", "json")
    assert [document.get("source") for document in run.report["documents"]] == ["a.de.md", None]
    (note,) = [note for note in run.report["notes"] if "source" in note]
    assert note == "Checked beside their sources: a.md (a.de.md). Without a source: b.md."


def test_sarif_leads_to_the_place_in_the_source(project: Project) -> None:
    pair(project)
    run = project.run("check", "a.md", "--source", "a.de.md", "--format", "sarif")
    (result,) = json.loads(run.out)["runs"][0]["results"]
    (related,) = result["relatedLocations"]
    place = related["physicalLocation"]
    assert place["artifactLocation"]["uri"].endswith("a.de.md")
    assert place["region"]["startLine"] == 3 and "13 Mai" in place["region"]["snippet"]["text"]


def test_html_has_the_source_beside_each_paragraph(project: Project) -> None:
    pair(project)
    run = project.run("check", "a.md", "--source", "a.de.md", "--format", "html")
    found = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', run.out, re.DOTALL)
    assert found is not None
    (document,) = json.loads(found[1])["documents"]
    assert document["source"] == "a.de.md" and document["source_language"] == "de"
    sources = [" ".join(text for text, _ in row.get("source", ())) for row in document["paragraphs"]]
    assert "Eine Brücke" in sources[0]
    assert any("13 Mai eröffnet. Viele Leute kamen." in source for source in sources[1:])


def test_reports_for_people_show_the_words_of_the_source(project: Project) -> None:
    pair(project)
    for form in ("terminal", "markdown", "csv"):
        run = project.run("check", "a.md", "--source", "a.de.md", "--format", form)
        assert "Die Brücke wurde am 13 Mai eröffnet." in run.out, form


def test_the_library_takes_a_source() -> None:
    settings = Settings(disabled=("all",), enabled=("cleanup",), engines={"grammar": "off"})
    with Session(settings) as session:
        checked = session.check(ENGLISH, format="markdown", source=GERMAN)
        assert checked.document.origin_language == "de" and checked.document.source_text == GERMAN
        said = session.check(ENGLISH, format="markdown", source="12.5.", source_language="uk")
        assert said.document.origin_language == "uk"
        assert session.fix("He left  at 8.", source="Er fuhr um 8.").text == "He left at 8."
