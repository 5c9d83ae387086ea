"""The command line: exit codes, options, output, and every command."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from corrigenda.reporting import formats
from tests.conftest import HOUSE_TERM, Corrigenda

GOOD = "A fair was held on the territory of the port.\n"
QUIET = "seven boats lay in a row below our house.\n"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("content", "options", "code"),
    [
        (GOOD, [], 0),
        (GOOD, ["--fail-on", "warning"], 1),
        (GOOD, ["--fail-on", "suggestion"], 1),
        (GOOD, ["--fail-on", "error"], 0),
        (GOOD, ["--fail-on", "never"], 0),
        (QUIET, ["--fail-on", "suggestion"], 0),
    ],
)
def test_exit_codes(
    corrigenda: Corrigenda, house: list[str], text: Path, content: str, options: list[str], code: int
) -> None:
    text.write_text(content, encoding="utf-8")
    assert corrigenda("check", "text.txt", *house, *options).code == code


def test_three_outranks_one(corrigenda: Corrigenda, house: list[str], text: Path) -> None:
    assert corrigenda("check", "text.txt", "nowhere.txt", *house, "--fail-on", "warning").code == 3


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check"], "Missing argument"),
        (["chek", "a.txt"], "Did you mean 'check'"),
        (["check", "text.txt", "--fail-on", "grave"], "grave"),
        (["check", "text.txt", "--format", "jsn"], "did you mean 'json'"),
        (["check", "text.txt", "--config", "nowhere.toml"], "nowhere.toml"),
        (["check", "text.txt", "--checks", "nowhere"], "nowhere"),
        (["check", "text.txt", "--output", "report.xyz"], "add --format"),
        (["check", "text.txt", "--jobs", "-1"], "-1"),
        (["explain", "artefacts/lost-bye"], "did you mean 'artefacts/lost-by'"),
        (["explain", "no such thing at all"], "corrigenda checks"),
        (["checks", "nothemes"], "the themes are"),
        (["test-checks", "nowhere"], "nowhere"),
        (["new-check", "Bad Name"], "cannot be a check's name"),
    ],
)
def test_wrong_usage_is_two_and_says_what_to_write(
    corrigenda: Corrigenda, text: Path, arguments: list[str], words: str
) -> None:
    outcome = corrigenda(*arguments)
    assert outcome.code == 2
    assert words in outcome.err
    assert "Traceback" not in outcome.err


def test_standard_input(corrigenda: Corrigenda, house: list[str]) -> None:
    outcome = corrigenda("check", "-", *house, "--format", "json", data=GOOD.encode())
    assert [document["path"] for document in outcome.report["documents"]] == ["-"]
    assert [finding["quote"] for finding in outcome.findings] == ["on the territory of"]


def test_json_follows_its_schema(corrigenda: Corrigenda, text: Path, house: list[str]) -> None:
    import jsonschema

    from corrigenda import resources

    schema = json.loads(resources.path("reports", "report.schema.json").read_text(encoding="utf-8"))
    outcome = corrigenda("check", "text.txt", "nowhere.txt", *house, "--format", "json")
    jsonschema.Draft202012Validator(schema).validate(outcome.report)
    assert set(outcome.report) == {"corrigenda", "schema", "engines", "documents", "problems"}
    assert outcome.report["schema"] == 1
    finding = outcome.findings[0]
    assert set(finding) == {
        "check", "category", "severity", "confidence", "start", "end", "line", "column", "quote", "message",
        "evidence", "variants", "in_quotation", "fingerprint", "corrections",
    }  # fmt: skip


def test_terminal_opens_with_the_verdict_and_ends_with_what_did_not_run(
    corrigenda: Corrigenda, text: Path, house: list[str], tmp_path: Path
) -> None:
    outcome = corrigenda("check", "text.txt", "nowhere.txt", *house)
    lines = outcome.out.splitlines()
    assert re.match(r"\d+ problems? found: ", lines[0])
    assert "on the territory of" in outcome.out and "→ in" in outcome.out
    assert "nowhere.txt" in lines[-1] or "nowhere.txt" in lines[-2]
    assert "\x1b[" not in outcome.out


def test_colour_when_it_is_asked_for(corrigenda: Corrigenda, text: Path, house: list[str]) -> None:
    assert "\x1b[" in corrigenda("check", "text.txt", *house, env={"FORCE_COLOR": "1", "NO_COLOR": ""}).out


def test_several_formats_at_once(corrigenda: Corrigenda, text: Path, house: list[str], tmp_path: Path) -> None:
    outcome = corrigenda(
        "check", "text.txt", *house, "--format", "json", "--output", "a.json", "--format", "html", "--output", "a.html",
        "--format", "terminal",
    )  # fmt: skip
    assert outcome.code == 0, outcome.err
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["documents"]
    assert (tmp_path / "a.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")
    assert "on the territory of" in outcome.out


def test_the_ending_of_the_output_tells_the_format(
    corrigenda: Corrigenda, text: Path, house: list[str], tmp_path: Path
) -> None:
    assert corrigenda("check", "text.txt", *house, "--output", "a.html").code == 0
    assert (tmp_path / "a.html").is_file()


def test_an_output_that_cannot_be_written(corrigenda: Corrigenda, text: Path, house: list[str]) -> None:
    outcome = corrigenda("check", "text.txt", *house, "--output", "no/such/a.html")
    assert outcome.code == 2
    assert "the folder no/such does not exist; make it first" in outcome.err.replace("\\", "/")


def test_the_nearest_configuration_is_used(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "own" / "house").mkdir(parents=True)
    (tmp_path / "own" / "house" / "term.yaml").write_text(HOUSE_TERM, encoding="utf-8")
    (tmp_path / "corrigenda.toml").write_text(
        'check-folders = ["own"]\ndisable = ["all"]\nenable = ["house"]\nfail-on = "error"\n'
        '[severity]\n"house/term" = "error"\n',
        encoding="utf-8",
    )
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.md").write_text(GOOD, encoding="utf-8")
    assert corrigenda("check", ".", cwd=folder).code == 1
    assert corrigenda("check", ".", "--fail-on", "never", cwd=folder).code == 0
    (tmp_path / "corrigenda.toml").write_text("fail_on = 1\n", encoding="utf-8")
    outcome = corrigenda("check", ".", cwd=folder)
    assert outcome.code == 2 and "corrigenda.toml:1:" in outcome.err and "'fail-on'" in outcome.err


def test_an_engine_that_is_demanded_and_missing_is_a_problem(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "corrigenda.toml").write_text(
        'spacy-model = "en_nowhere"\ncheck-folders = ["own"]\ndisable = ["all"]\nenable = ["house"]\n'
        '[engines]\nspacy = "on"\n',
        encoding="utf-8",
    )
    (tmp_path / "own" / "house").mkdir(parents=True)
    (tmp_path / "own" / "house" / "term.yaml").write_text(
        HOUSE_TERM.split("detector:")[0] + 'detector: pattern\nfind: "a fair :AUX"\n', encoding="utf-8"
    )
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    outcome = corrigenda("check", "a.txt", "--format", "json", "--trust")
    assert outcome.code == 3
    assert "en_nowhere" in outcome.report["problems"][0]["message"]


def test_checks_by_theme_and_as_json(corrigenda: Corrigenda, house: list[str]) -> None:
    listed = corrigenda("checks", "--config", "none")
    assert listed.code == 0
    assert re.search(r"^artefacts$", listed.out, re.MULTILINE) and "artefacts/lost-by" in listed.out
    rows = json.loads(corrigenda("checks", "cleanup", "--config", "none", "--format", "json").out)["checks"]
    assert rows and all(row["id"].startswith("cleanup/") for row in rows)
    own = corrigenda("checks", "house", "--checks", house[3], "--config", "none", "--format", "json")
    assert [row["id"] for row in json.loads(own.out)["checks"]] == ["house/term"]


def test_explain(corrigenda: Corrigenda) -> None:
    outcome = corrigenda("explain", "artefacts/lost-by")
    assert outcome.code == 0
    for part in ("Found:", "⟦", "Left alone:", "Sources:", "error, accuracy/mistranslation"):
        assert part in outcome.out
    data = json.loads(corrigenda("explain", "artefacts/lost-by", "--format", "json").out)
    assert len(data["wrong"]) >= 3 and len(data["fine"]) >= 3 and data["sources"]


@pytest.mark.parametrize("detector", ["phrases", "pattern", "regex", "consistency"])
def test_a_new_check_passes_its_own_examples(corrigenda: Corrigenda, tmp_path: Path, detector: str) -> None:
    made = corrigenda("new-check", "house/our-term", "--detector", detector)
    assert made.code == 0, made.err
    assert (tmp_path / "checks" / "house" / "our-term.yaml").is_file()
    tested = corrigenda("test-checks", "checks")
    assert (tested.code, tested.err) == (0, "")
    assert corrigenda("test-checks", "checks/house/our-term.yaml").code == 0
    again = corrigenda("new-check", "house/our-term")
    assert again.code == 2 and "exists already" in again.err


def test_test_checks_tells_every_failure_and_every_file_that_cannot_be_read(
    corrigenda: Corrigenda, house: list[str], tmp_path: Path
) -> None:
    folder = tmp_path / "own-checks"
    (folder / "house" / "faulty.yaml").write_text("id: house/faulty\nsumary: x\n", encoding="utf-8")
    path = folder / "house" / "term.yaml"
    path.write_text(HOUSE_TERM + 'examples:\n  fine: ["It lay on the territory of the port."]\n', encoding="utf-8")
    outcome = corrigenda("test-checks", "own-checks")
    assert outcome.code == 2
    assert "faulty.yaml:2:" in outcome.err and "did you mean 'summary'" in outcome.err
    assert "term.yaml:10:" in outcome.err and "must not be found" in outcome.err
    (folder / "house" / "faulty.yaml").unlink()
    assert corrigenda("test-checks", "own-checks").code == 1
    shipped = corrigenda("test-checks", "own-checks", "--shipped")
    assert "three are needed" in shipped.err


def test_doctor(corrigenda: Corrigenda, tmp_path: Path) -> None:
    outcome = corrigenda("doctor", "--config", "none")
    assert outcome.code == 0, outcome.err
    for part in ("rules", "spacy", "embeddings", "language-model", "grammar", "tables", "MB"):
        assert part in outcome.out
    data = json.loads(corrigenda("doctor", "--config", "none", "--format", "json").out)
    assert {part["name"]: part["state"] for part in data["parts"]}["spacy"] == "runs"
    assert [folder["name"] for folder in data["folders"]] == ["cache", "models", "LanguageTool"]
    assert {"corrigenda", "spacy", "click"} <= {package["name"] for package in data["packages"]}
    (tmp_path / "corrigenda.toml").write_text('spacy-model = "en_nowhere"\n', encoding="utf-8")
    broken = corrigenda("doctor", "--trust")
    assert broken.code == 1 and "en_nowhere" in broken.out
    (tmp_path / "corrigenda.toml").write_text('language-model = "no-such-model"\n', encoding="utf-8")
    without = json.loads(corrigenda("doctor", "--format", "json", "--trust").out)
    states = {part["name"]: part["state"] for part in without["parts"]}
    assert states["language-model"] == "absent" and states["embeddings"] == "runs"


def test_what_the_engine_says_itself_is_explained(corrigenda: Corrigenda) -> None:
    outcome = corrigenda("explain", "suppression/unused")
    assert outcome.code == 0 and "silences nothing" in outcome.out
    plain = json.loads(corrigenda("explain", "suppression/unknown-check", "--format", "json").out)
    assert plain["id"] == "suppression/unknown-check"


def test_an_unexpected_error_is_one_line_unless_the_traceback_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess
    import sys

    program = (
        "import sys\n"
        "import corrigenda.cli.checks as module\n"
        "module.configuration = None\n"
        "sys.argv = ['corrigenda', 'checks'] + sys.argv[1:]\n"
        "from corrigenda.cli.main import main\n"
        "main()\n"
    )
    quiet = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert quiet.returncode == 3
    assert quiet.stderr.count("\n") == 1 and "something went wrong" in quiet.stderr
    monkeypatch.setenv("CORRIGENDA_DEBUG", "1")
    loud = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "Traceback" in loud.stderr


def test_help_names_every_command(corrigenda: Corrigenda) -> None:
    outcome = corrigenda("--help")
    assert outcome.code == 0
    for command in ("check", "checks", "doctor", "explain", "new-check", "test-checks"):
        assert re.search(rf"^  {command}\b", outcome.out, re.MULTILINE)
        assert corrigenda(command, "--help").code == 0


def test_a_report_is_not_written_over_a_document(corrigenda: Corrigenda, tmp_path: Path) -> None:
    article = tmp_path / "article.md"
    article.write_text("The the harbour was quiet.\n", encoding="utf-8")
    outcome = corrigenda("check", "article.md", "--config", "none", "--output", "./article.md")
    assert outcome.code == 2 and "one of the documents" in outcome.err
    assert article.read_text(encoding="utf-8") == "The the harbour was quiet.\n"
    twice = ["--format", "json", "--output", "report", "--format", "html", "--output", "./report"]
    assert "two reports" in corrigenda("check", "article.md", "--config", "none", *twice).err
    crossed = ["--format", "html", "--format", "json", "--output", "a.json"]
    assert "in the same order" in corrigenda("check", "article.md", "--config", "none", *crossed).err
    assert not (tmp_path / "a.json").exists()


def test_names_lists_the_spellings_that_check_speaks_of(corrigenda: Corrigenda, tmp_path: Path) -> None:
    text = "Governor Synyehubov spoke. Later Synegubov left. Wolfgang Friedrich and Wolfgang Fridrich came.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    listed = json.loads(corrigenda("names", "a.txt", "--mixed", "--format", "json", "--config", "none").out)["names"]
    spelled = {frozenset(form["form"] for form in name["spellings"]) for name in listed}
    checked = json.loads(corrigenda("check", "a.txt", "--format", "json", "--config", "none").out)["documents"]
    said = {frozenset(finding["variants"]) for finding in checked[0]["findings"] if finding["variants"]}
    assert said and said <= spelled


def test_quiet_prints_the_report_alone(corrigenda: Corrigenda, tmp_path: Path, house: list[str]) -> None:
    (tmp_path / "a.md").write_text("A fair was held on the territory of the port.\n", encoding="utf-8")
    (tmp_path / "b.idml").write_bytes(b"x")
    (tmp_path / ".corrigenda-baseline.jsonl").write_text(
        '{"path": "a.md", "check": "house/term", "fingerprint": "0"}\n', encoding="utf-8"
    )
    loud, quiet = (corrigenda("check", ".", *house, *options) for options in ((), ("--quiet",)))
    assert "Passed over" in loud.err and quiet.err == ""
    assert quiet.out == loud.out and quiet.code == loud.code


def test_the_help_of_check_names_what_there_is(corrigenda: Corrigenda) -> None:
    said = " ".join(corrigenda("check", "--help").out.split())
    assert all(name in said for name in formats.own())
    for option in ("--quiet", "--profile", "[docs|documents|minimal|news|science|strict|web]"):
        assert option in said


def test_a_profile_for_one_run(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The mayor of of the town came.\n", encoding="utf-8")
    assert corrigenda("check", "a.txt", "--format", "json").findings
    assert not corrigenda("check", "a.txt", "--format", "json", "--profile", "minimal").findings
    assert corrigenda("check", "a.txt", "--profile", "poetry").code == 2


def test_explain_takes_several(corrigenda: Corrigenda) -> None:
    outcome = corrigenda("explain", "artefacts/calque", "suppression/unused")
    assert outcome.code == 0
    assert outcome.out.startswith("artefacts/calque: ") and "\n\n\nsuppression/unused:\n" in outcome.out
    both = corrigenda("explain", "artefacts/calque", "suppression/unused", "--format", "json")
    assert [check["id"] for check in both.report["checks"]] == ["artefacts/calque", "suppression/unused"]
    assert corrigenda("explain", "artefacts/calque", "--format", "json").report["id"] == "artefacts/calque"
    wrong = corrigenda("explain", "artefacts/calque", "artefacts/calqe")
    assert wrong.code == 2 and not wrong.out and "did you mean 'artefacts/calque'?" in wrong.err
    assert corrigenda("explain").code == 2


def test_checks_that_cannot_be_read_are_not_as_they_should_be(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "own" / "house").mkdir(parents=True)
    (tmp_path / "own" / "house" / "bad.yaml").write_text("id: house/bad\n", encoding="utf-8")
    alone = corrigenda("test-checks", "own")
    assert alone.code == 2 and alone.out == "1 check could not be read, so no example was tried.\n"
    (tmp_path / "own" / "house" / "term.yaml").write_text(HOUSE_TERM, encoding="utf-8")
    beside = corrigenda("test-checks", "own")
    assert beside.code == 2
    assert beside.out == "1 check, 0 examples: all as they should be; 1 check could not be read.\n"


def test_standard_input_is_named_in_words(corrigenda: Corrigenda, house: list[str]) -> None:
    data = b"A fair was held on the territory of the port.\n"
    assert "\nstandard input  1 warning\n" in corrigenda("check", "-", *house, data=data).out
    assert corrigenda("check", "-", *house, "--format", "json", data=data).report["documents"][0]["path"] == "-"
    bad = corrigenda("check", "-", *house, data=b"\x00\x01\x02")
    assert "standard input: " in bad.out


def test_a_table_of_names_has_no_quotation_marks_of_its_own(corrigenda: Corrigenda, tmp_path: Path) -> None:
    text = "Olha Petrenko met Ivan Franko in Kyiv.\n"
    for name in ("=sum.md", "-dash.md", "plain.md"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(corrigenda("names", ".", "--format", "csv").out)))
    assert {row["files"] for row in rows} == {"./-dash.md; ./=sum.md; plain.md"} or {
        tuple(sorted(row["files"].split("; "))) for row in rows
    } == {("./-dash.md", "./=sum.md", "plain.md")}
    piped = corrigenda("names", "-", "--format", "csv", data=text.encode())
    assert {row["files"] for row in csv.DictReader(io.StringIO(piped.out))} == {"standard input"}
    assert "'" not in piped.out and '"' not in piped.out


def test_a_check_of_ones_own_may_be_safe_as_documented(corrigenda: Corrigenda, root: Path, tmp_path: Path) -> None:
    corrigenda("new-check", "house/stop", "--detector", "regex")
    path = tmp_path / "checks" / "house" / "stop.yaml"
    text = path.read_text("utf-8")
    written = 'corrections: [{text: ". The", applicability: safe}]'
    assert "applicability: safe" in text and '{text: ". The", applicability: safe}' in (
        root / "CONTRIBUTING.md"
    ).read_text("utf-8")
    path.write_text(text.replace('corrections: [". The"]', written), encoding="utf-8")
    assert corrigenda("test-checks", "checks").code == 0
    copy = tmp_path / "a.txt"
    copy.write_text("It rained all day.The river rose.\n", encoding="utf-8")
    only = ("--config", "none", "--disable", "all", "--enable", "house")
    assert corrigenda("fix", "a.txt", "--checks", "checks", *only).code == 0
    assert copy.read_text("utf-8") == "It rained all day. The river rose.\n"
