"""Where a text comes from: who says it, what is guessed, and what a report tells."""

from pathlib import Path

import pytest

from corrigenda.documents import registry
from corrigenda.languages.sources import code_of, guess, names
from corrigenda.pipeline.translated import Origin, origin_of
from corrigenda.settings import Override, Settings
from tests.command import Corrigenda

POLISH = (
    "WARSAW. The Sejm debated the price of heating. In Kraków and Gdańsk people pay twice as many zlotys as a year "
    "ago, PAP reported.\n"
)


def test_places_money_and_institutions_speak_for_a_language() -> None:
    assert guess(POLISH, {}) == "pl"
    assert guess("The ferry left the island before the storm. Nobody was hurt.", {}) == ""
    assert guess("Berlin and Warsaw, the Bundestag and the Sejm, Munich and Kraków spoke of it.", {}) == ""


def test_wordings_of_one_language_count_too() -> None:
    text = "The town of Warsaw voted."
    assert guess(text, {}) == ""
    assert guess(text, {"pl": 3.0}) == "pl"


def test_a_word_is_counted_whole() -> None:
    assert guess("Wonderful, they won; he likes Jordans and Oman's neighbour Yemenia, a realist.", {}) == ""


@pytest.mark.parametrize(("said", "code"), [("uk", "uk"), ("Ukrainian", "uk"), ("pt-BR", "pt"), ("klingon", "")])
def test_a_language_is_named_in_several_ways(said: str, code: str) -> None:
    assert code_of(said) == code


def test_every_language_has_a_name_of_its_own() -> None:
    assert len(set(names().values())) == len(names())
    assert list(names()) == sorted(names())


def origin(text: str, path: str, settings: Settings) -> Origin:
    """The origin of a text without findings."""
    return origin_of(registry.read_bytes(text.encode(), path, "markdown"), (), settings)


def test_the_front_matter_speaks_before_the_settings() -> None:
    settings = Settings(source_language="de", overrides=(Override(("uk/**",), source_language="uk"),))
    assert origin("A text.\n", "a.md", settings) == Origin("de", said=True)
    assert origin("A text.\n", "uk/a.md", settings) == Origin("uk", said=True)
    assert origin("---\ntranslated_from: Polish\n---\nA text.\n", "uk/a.md", settings) == Origin("pl", said=True)
    assert origin("---\nsource_language: 'ja'\n---\nA text.\n", "a.md", Settings()) == Origin("ja", said=True)


UKRAINIAN = "KYIV. The Verkhovna Rada voted in Kyiv; Kharkiv and Odesa get a billion hryvnias, Ukrinform reported.\n"


def test_a_report_names_a_guess_that_findings_bear_out(corrigenda: Corrigenda, tmp_path: Path) -> None:
    slips = (
        "After the arrival of the missile two houses burned, and the explosion was heard. As informs the port, nobody "
        "wants to buy a cat in the bag.\n"
    )
    (tmp_path / "a.txt").write_text(UKRAINIAN + "\n" + slips, encoding="utf-8")
    (tmp_path / "b.txt").write_text(UKRAINIAN, encoding="utf-8")
    notes = corrigenda("check", "a.txt", "b.txt", "--format", "json").report["notes"]
    assert [note for note in notes if "a.txt" in note and "Ukrainian" in note]
    assert not [note for note in notes if "b.txt" in note]
    said = corrigenda("check", "a.txt", "--format", "json", "--from", "uk").report
    assert not [note for note in said.get("notes", ()) if "Ukrainian" in note]


def test_a_language_that_nobody_knows_is_refused(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A text.\n", encoding="utf-8")
    outcome = corrigenda("check", "a.txt", "--from", "polnish")
    assert outcome.code == 2
    assert "polnish" in outcome.err


@pytest.mark.parametrize(("profile", "found"), [("news", 0), ("science", 1)])
def test_paraphrased_terms_are_looked_for_in_science(
    corrigenda: Corrigenda, tmp_path: Path, profile: str, found: int
) -> None:
    (tmp_path / "a.txt").write_text("The authors use counterfeit consciousness to read scans.\n", encoding="utf-8")
    said = corrigenda("check", "a.txt", "--format", "json", "--profile", profile, "--fail-on", "never").findings
    assert sum(finding["check"] == "artefacts/tortured-phrase" for finding in said) == found
