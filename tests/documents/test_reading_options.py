"""What readers are told reaches them whoever asks: commands, the configuration, processes, the caches, the library."""

import hashlib
import json
from pathlib import Path

import pytest

import corrigenda as library
from corrigenda.documents import registry
from corrigenda.documents.store import DocumentStore, Source
from corrigenda.settings import Override, ReadingOptions, Settings
from corrigenda.workspace.config import ConfigError, load
from tests.conftest import Corrigenda

FEED = [
    {"headline": "A fair on the territory of a port", "body": "He spoke on the territory of a school."},
    {"headline": "Two", "note": "She lives on the territory of a farm."},
]
CORRECTED = json.dumps(FEED).replace("on the territory of a school", "in a school")


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(FEED), "utf-8")
    return path


def quotes(out: str) -> list[str]:
    return [finding["label"] for document in json.loads(out)["documents"] for finding in document["findings"]]


def test_commands_take_the_names_of_fields(feed: Path, corrigenda: Corrigenda, house: list[str]) -> None:
    report = ["check", *house, "--format", "json", "--fail-on", "never", "feed.json"]
    assert quotes(corrigenda(*report).out) == ["[0].headline", "[0].body", "[1].note"]
    assert quotes(corrigenda(*report, "--text-field", "body").out) == ["[0].body"]
    both = ["--text-field", "note", "--title-field", "headline"]
    assert quotes(corrigenda(*report, *both).out) == ["[0].headline", "[1].note"]
    outcome = corrigenda("fix", *house, "--unsafe", "--text-field", "body", "feed.json")
    assert (outcome.code, feed.read_text("utf-8")) == (0, CORRECTED), outcome.err
    missing = corrigenda(*report, "--text-field", "bodi")
    assert missing.code == 3 and "did you mean 'body'?" in missing.out


def test_names_takes_them_too(tmp_path: Path, corrigenda: Corrigenda) -> None:
    feed = [{"body": "Olena Petrenko spoke. Petrenko left.", "note": "Ivan Koval came. Koval left."}]
    (tmp_path / "feed.json").write_text(json.dumps(feed), "utf-8")
    outcome = corrigenda("names", "--config", "none", "--format", "csv", "--text-field", "body", "feed.json")
    assert "Petrenko" in outcome.out and "Koval" not in outcome.out


def test_the_configuration_says_it_and_an_override_for_some_files(
    feed: Path, tmp_path: Path, corrigenda: Corrigenda, house: list[str]
) -> None:
    (tmp_path / "wire").mkdir()
    (tmp_path / "wire" / "b.json").write_text(feed.read_text("utf-8"), "utf-8")
    (tmp_path / "corrigenda.toml").write_text(
        'check-folders = ["own-checks"]\ndisable = ["all"]\nenable = ["house"]\nformats = ["json"]\n'
        'text-fields = ["body"]\n[[overrides]]\nfiles = ["wire/*"]\ntext-fields = ["note"]\n',
        "utf-8",
    )
    report = ["check", "--format", "json", "--fail-on", "never", "feed.json", "wire"]
    for jobs in ("1", "2"):
        assert quotes(corrigenda(*report, "--jobs", jobs, "--no-cache").out) == ["[0].body", "[1].note"]
    assert quotes(corrigenda(*report, "--title-field", "headline").out) == ["[0].headline"] * 2
    outcome = corrigenda("fix", "--unsafe", ".")
    assert (outcome.code, feed.read_text("utf-8")) == (0, CORRECTED), outcome.err


def test_caches_know_which_fields_were_read(feed: Path, corrigenda: Corrigenda, house: list[str]) -> None:
    report = ["check", *house, "--format", "json", "--fail-on", "never", "feed.json"]
    for _ in range(2):
        assert quotes(corrigenda(*report, "--text-field", "body").out) == ["[0].body"]
        assert quotes(corrigenda(*report, "--text-field", "note").out) == ["[1].note"]
        assert len(quotes(corrigenda(*report).out)) == 3


def test_a_wrong_setting_is_told(tmp_path: Path) -> None:
    for line, told in (
        ('text-fields = "body"', r'text-fields must be a list of strings, such as \["text-fields-one"\]'),
        ('field-format = "rtf"', "field-format is 'rtf'; it must be one of text, markdown, html"),
        ('[[overrides]]\nfiles = ["a"]\nfield-format = "rtf"', "field-format is 'rtf'"),
    ):
        (tmp_path / "corrigenda.toml").write_text(line + "\n", "utf-8")
        with pytest.raises(ConfigError, match=told):
            load(tmp_path / "corrigenda.toml")


def test_the_library_takes_them(house: list[str], tmp_path: Path) -> None:
    settings = Settings(disabled=("all",), enabled=("house",), check_folders=(tmp_path / "own-checks",))
    fields = ReadingOptions(("body",))
    with library.Session(settings) as session:
        text = json.dumps(FEED)
        assert [f.label for f in session.check(text, format="json", fields=fields)] == ["[0].body"]
        assert session.fix(text, format="json", fields=fields, unsafe=True).text == CORRECTED
    with library.Session(settings._replace(reading_options=fields)) as session:
        assert len(session.check(text, format="json")) == 1


def test_a_document_remembers_what_its_reader_was_told() -> None:
    fields = ReadingOptions(("body",), ("headline",), "markdown")
    document = registry.read_bytes(json.dumps(FEED).encode(), "a.json", "json", options=fields)
    after = registry.edited(document, [])
    assert document.options == after.options == fields
    assert [block.kind for block in after.blocks] == [block.kind for block in document.blocks]


def test_the_last_override_that_speaks_of_a_file_wins() -> None:
    settings = Settings(
        reading_options=ReadingOptions(("body",), (), "html"),
        overrides=(
            Override(("*.json",), reading_options=ReadingOptions(("text",))),
            Override(("b.json",), reading_options=ReadingOptions((), ("title",))),
            Override(("b.json",), disabled=("all",)),
        ),
    )
    assert settings.reading_options_of("a.csv") == ReadingOptions(("body",), (), "html")
    assert settings.reading_options_of("a.json") == ReadingOptions(("text",), (), "html")
    assert settings.reading_options_of("b.json") == ReadingOptions((), ("title",), "html")
    source = Source("a.json", data=b"{}")
    assert DocumentStore.under(settings).options(source).text_fields == ("text",)


def test_decisions_are_applied_to_the_fields_that_the_report_read(
    feed: Path, tmp_path: Path, corrigenda: Corrigenda, house: list[str]
) -> None:
    report = ["check", *house, "--fail-on", "never", "--text-field", "body", "--format"]
    shown = corrigenda(*report, "html", "feed.json").out
    assert '"fields": {"text": ["body"], "title": [], "format": ""}' in shown
    finding = json.loads(corrigenda(*report, "json", "feed.json").out)["documents"][0]["findings"][0]
    row = {key: finding[key] for key in ("fingerprint", "check", "start", "end", "quote")}
    document = {
        "path": "feed.json",
        "sha256": hashlib.sha256(feed.read_bytes()).hexdigest(),
        "fields": {"text": ["body"], "title": [], "format": "text"},
        "decisions": [{**row, "verdict": "accepted", "correction": 'in "a"'}],
    }
    (tmp_path / "decisions.json").write_text(json.dumps({"schema": 1, "documents": [document]}), "utf-8")
    outcome = corrigenda("fix", *house, "--decisions", "decisions.json", "feed.json")
    assert (outcome.code, json.loads(feed.read_text("utf-8"))[0]["body"]) == (0, 'He spoke in "a" a school.'), (
        outcome.err
    )
    document["fields"] = {"format": "rtf"}
    (tmp_path / "decisions.json").write_text(json.dumps({"schema": 1, "documents": [document]}), "utf-8")
    assert (
        "is not what a field can be written in" in corrigenda("fix", "--decisions", "decisions.json", "feed.json").err
    )


@pytest.mark.parametrize("name", ["sarif", "rdjsonl"])
def test_corrections_in_reports_are_spelled_as_the_file_has_them(
    tmp_path: Path, corrigenda: Corrigenda, house: list[str], name: str
) -> None:
    check = tmp_path / "own-checks" / "house" / "term.yaml"
    check.write_text(check.read_text("utf-8").replace('["in"]', "['at \"x\"']"), "utf-8")
    (tmp_path / "feed.json").write_text(json.dumps(FEED), "utf-8")
    out = corrigenda("check", *house, "--fail-on", "never", "--text-field", "body", "--format", name, "feed.json").out
    found = json.loads(out.splitlines()[0] if name == "rdjsonl" else out)
    if name == "sarif":
        change = found["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0]
        assert change["insertedContent"]["text"] == 'at \\"x\\"'
    else:
        assert found["suggestions"][0]["text"] == 'at \\"x\\"'
