"""The baseline and the ignore list: known findings fail nothing, survive edits elsewhere, and go when fixed."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from corrigenda.finding import DocumentReport, EngineStatus, Finding, Problem, Report, Severity
from corrigenda.gate.baseline import BaselineError, Entry, compare, entry_of, located, read, write
from corrigenda.gate.policy import judge
from corrigenda.pipeline import index
from corrigenda.rules.rule import CompiledCheck
from corrigenda.settings import Override, Settings
from tests.conftest import HOUSE_TERM, Corrigenda

ONE = "A fair was held on the territory of the port."
TWO = "The school stands on the territory of the old town."
THREE = "He went for a walk on the territory of the hospital."
BASELINE = ".corrigenda-baseline.jsonl"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "own" / "house").mkdir(parents=True)
    (tmp_path / "own" / "house" / "term.yaml").write_text(HOUSE_TERM, encoding="utf-8")
    (tmp_path / "corrigenda.toml").write_text(
        'check-folders = ["own"]\ndisable = ["all"]\nenable = ["house"]\nfail-on = "warning"\n', encoding="utf-8"
    )
    text(tmp_path, ONE, TWO)
    return tmp_path


def text(project: Path, *paragraphs: str, name: str = "copy/a.md") -> None:
    path = project / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8", newline="\n")


def entries(project: Path) -> list[dict[str, str]]:
    lines = (project / BASELINE).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_only_new_findings_fail(corrigenda: Corrigenda, project: Path) -> None:
    assert corrigenda("check", "copy").code == 1
    recorded = corrigenda("baseline", "copy")
    assert recorded.code == 0 and "2 findings of 1 document recorded" in recorded.out
    again = corrigenda("check", "copy")
    assert again.code == 0 and again.out.startswith("No new findings.")
    text(project, "A new first paragraph moves every line.", ONE, TWO, THREE)
    outcome = corrigenda("check", "copy", "--format", "json")
    assert outcome.code == 1
    assert [finding["line"] for finding in outcome.findings] == [7]
    assert "2 known findings left out" in outcome.err
    assert len(corrigenda("check", "copy", "--format", "json", "--no-baseline").findings) == 3


def test_it_is_the_same_from_any_folder(corrigenda: Corrigenda, project: Path) -> None:
    corrigenda("baseline", "copy")
    assert [entry["path"] for entry in entries(project)] == ["copy/a.md", "copy/a.md"]
    assert corrigenda("check", "a.md", cwd=project / "copy").code == 0
    assert corrigenda("check", str(project / "copy" / "a.md")).code == 0
    assert corrigenda("baseline", ".", cwd=project / "copy").code == 0
    assert [entry["path"] for entry in entries(project)] == ["copy/a.md", "copy/a.md"]


def test_it_shrinks_by_itself_and_shows_what_was_mended(corrigenda: Corrigenda, project: Path) -> None:
    corrigenda("baseline", "copy")
    text(project, ONE.replace("on the territory of", "in"), TWO)
    kept = corrigenda("check", "copy", "--keep-baseline")
    assert kept.code == 0 and len(entries(project)) == 2
    outcome = corrigenda("check", "copy")
    assert outcome.code == 0
    assert "1 fixed since" in outcome.err and "copy/a.md: house/term: on the territory of" in outcome.err
    assert len(entries(project)) == 1
    text(project, ONE, TWO)
    assert corrigenda("check", "copy").code == 1, "what came back is new"


def test_a_run_that_could_not_have_found_it_takes_nothing_out(corrigenda: Corrigenda, project: Path) -> None:
    corrigenda("baseline", "copy")
    text(project, "Nothing is left.", name="copy/b.md")
    assert corrigenda("check", "copy/b.md").code == 0
    assert corrigenda("check", "copy", "--disable", "house").code == 0
    config = (project / "corrigenda.toml").read_text(encoding="utf-8")
    (project / "corrigenda.toml").write_text(config.replace('enable = ["house"]', ""), encoding="utf-8")
    assert corrigenda("check", "copy").code == 0
    assert len(entries(project)) == 2


def test_baseline_shrink_adds_nothing(corrigenda: Corrigenda, project: Path) -> None:
    corrigenda("baseline", "copy")
    text(project, TWO, THREE)
    outcome = corrigenda("baseline", "copy", "--shrink")
    assert "1 was fixed" in outcome.out and "fixed: copy/a.md: house/term" in outcome.out
    assert len(entries(project)) == 1
    assert corrigenda("check", "copy").code == 1


def test_two_equal_findings_need_two_entries(corrigenda: Corrigenda, project: Path) -> None:
    text(project, ONE)
    corrigenda("baseline", "copy")
    text(project, ONE, ONE)
    assert len(corrigenda("check", "copy", "--format", "json").findings) == 1


def test_a_finding_that_is_right_is_ignored_wherever_it_moves(corrigenda: Corrigenda, project: Path) -> None:
    outcome = corrigenda("ignore", "copy/a.md:3", "--reason", "The law's own words")
    assert outcome.code == 0, outcome.err
    assert [f["line"] for f in corrigenda("check", "copy", "--format", "json").findings] == [1]
    text(project, "New.", "More.", "Other " + ONE, "Before it. " + TWO + " And more after it.")
    assert [f["line"] for f in corrigenda("check", "copy", "--format", "json").findings] == [5]
    (line,) = (project / ".corrigenda-ignore.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["reason"] == "The law's own words"
    corrigenda("baseline", "copy")
    assert len(entries(project)) == 1, "what is ignored is not recorded as well"


def test_edits_of_other_paragraphs_change_nothing(corrigenda: Corrigenda, project: Path) -> None:
    corrigenda("baseline", "copy")
    text(project, "Another one before.", ONE, "Another between.", TWO, "And after.")
    assert corrigenda("check", "copy").code == 0


def test_ignored_everywhere(corrigenda: Corrigenda, project: Path) -> None:
    text(project, ONE, name="copy/b.md")
    corrigenda("ignore", "copy/a.md:1", "--everywhere")
    assert [f["line"] for f in corrigenda("check", "copy", "--format", "json").findings] == [3]


@pytest.mark.parametrize(
    ("place", "words"),
    [("copy/a.md:2", "there is no finding"), ("copy/a.md", "is not a place"), ("x.md:1", "no such file")],
)
def test_ignore_says_what_is_wrong(corrigenda: Corrigenda, project: Path, place: str, words: str) -> None:
    outcome = corrigenda("ignore", place)
    assert outcome.code in (2, 3) and words in outcome.err


def test_a_word_of_the_project_is_never_reported(corrigenda: Corrigenda, project: Path) -> None:
    config = (project / "corrigenda.toml").read_text(encoding="utf-8")
    (project / "words.txt").write_text("# ours\nOn the territory of  # as the law says\n", encoding="utf-8")
    (project / "corrigenda.toml").write_text(config + 'word-list = "words.txt"\n', encoding="utf-8")
    assert corrigenda("check", "copy", cwd=project).code == 0
    (project / "words.txt").unlink()
    outcome = corrigenda("check", "copy")
    assert outcome.code == 2 and "words.txt" in outcome.err


def test_a_damaged_file_is_told_by_its_line(corrigenda: Corrigenda, project: Path) -> None:
    corrigenda("baseline", "copy")
    with (project / BASELINE).open("a", encoding="utf-8") as file:
        file.write("<<<<<<< ours\n")
    outcome = corrigenda("check", "copy")
    assert outcome.code == 2 and f"{BASELINE}:3: this line is not an entry" in outcome.err
    missing = corrigenda("check", "copy", "--baseline", "nowhere.jsonl")
    assert missing.code == 2 and "there is no baseline nowhere.jsonl" in missing.err


def finding(quote: str, mark: str, check: str = "t/x") -> Finding:
    return Finding(check, "style", Severity.ERROR, 1.0, 0, len(quote), 1, 1, quote, "Said.", fingerprint=mark)


def test_comparing(tmp_path: Path) -> None:
    a, b, c = finding("a", "1"), finding("b", "2"), finding("c", "3")
    report = Report("1", (), (DocumentReport("a.md", "checked", (a, b, b)), DocumentReport("b.md", "not checked")), ())
    known = [entry_of("a.md", b), entry_of("a.md", c), entry_of("b.md", a), entry_of("elsewhere.md", a)]
    compared = compare(report, known, Path.cwd(), lambda check, path: True)
    assert compared.report.documents[0].findings == (a, b)
    assert compared.known == 1
    assert [entry.quote for entry in compared.fixed] == ["c"], "of what was not checked nothing is known"
    assert compare(report, known, Path.cwd(), lambda check, path: False).fixed == (), "nor of a check that did not run"
    everywhere = compare(report, [entry_of("", b)], Path.cwd())
    assert everywhere.report.documents[0].findings == (a,) and everywhere.known == 2


def test_written_sorted_and_read_again(tmp_path: Path) -> None:
    file = tmp_path / "list.jsonl"
    rows = [Entry("b.md", "t/x", "2", "“Ї”\n", "why"), Entry("a.md", "t/x", "1", "a")]
    write(file, rows)
    assert read(file) == sorted(rows)
    write(file, reversed(rows))
    assert read(file) == sorted(rows)
    assert file.read_bytes().count(b"\n") == 2 and b"\r" not in file.read_bytes()
    file.write_bytes(b"\xff")
    with pytest.raises(BaselineError):
        read(file)


def test_paths_begin_at_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a")
    assert located("b/c.md", tmp_path) == "a/b/c.md"
    assert located("../c.md", tmp_path) == "c.md"
    assert located(str(tmp_path / "c.md"), tmp_path) == "c.md"
    assert located("-", tmp_path) == "-"


LOUD = "The army took the town because the enemy is closing.\n"
QUIET = "seven boats lay in a row below our house, and nobody spoke of them for an hour.\n"


def with_engine(engine: str) -> str:
    """A shipped check that can find something without an engine, and other things only with it."""
    checks = index.load().checks.values()
    return next(
        check.id for check in checks if engine in check.engines and check.enabled and check.scope != "collection"
    )


@pytest.mark.parametrize("engine", ["language-model", "embeddings", "spacy", "grammar"])
def test_an_entry_whose_engine_was_off_is_not_called_fixed(corrigenda: Corrigenda, tmp_path: Path, engine: str) -> None:
    # Where nothing is nominated these are not needed: there the place is really gone.
    (tmp_path / "a.md").write_text(QUIET if engine == "grammar" else LOUD, encoding="utf-8")
    entry = Entry("a.md", with_engine(engine), "0123456789abcdef", "what it said")
    write(tmp_path / BASELINE, [entry])
    (tmp_path / "corrigenda.toml").write_text(f'[engines]\n{engine} = "off"\n', encoding="utf-8")
    for command in (["check", "a.md"], ["baseline", "a.md"], ["baseline", "--shrink", "a.md"]):
        outcome = corrigenda(*command)
        assert outcome.code == 0 and "  fixed: " not in outcome.out + outcome.err
        assert entry in read(tmp_path / BASELINE), command
    if engine != "grammar":  # its absence keeps the entry as well
        (tmp_path / "corrigenda.toml").write_text('[engines]\ngrammar = "off"\n', encoding="utf-8")
        (tmp_path / "a.md").write_text(QUIET, encoding="utf-8")
        outcome = corrigenda("check", "a.md")
        assert outcome.code == 0 and f"  fixed: a.md: {entry.check}: " in outcome.err, outcome.err
        assert read(tmp_path / BASELINE) == []


def compiled(identity: str, **given: Any) -> CompiledCheck:
    values: dict[str, Any] = {
        "id": identity, "summary": "", "category": "style", "severity": Severity.ERROR, "confidence": 1.0,
        "message": "", "detector": "regex", "enabled": True, "regions": frozenset(), "quotations": True,
        "scope": "sentence", "engines": frozenset(), "requires": frozenset(), "yields": False,
    }  # fmt: skip
    return CompiledCheck(**{**values, **given})


@pytest.mark.parametrize(
    ("status", "expected"), [("ran", True), ("not needed", True), ("off", False), ("absent", False), ("failed", False)]
)
def test_whether_a_check_could_run(status: str, expected: bool) -> None:
    checks = {
        "t/plain": compiled("t/plain"),
        "t/model": compiled("t/model", engines=frozenset({"model"})),
        "t/across": compiled("t/across", scope="collection"),
        "t/off": compiled("t/off", enabled=False),
    }
    report = Report("1", (EngineStatus("model", status),), (), ())
    override = Override(("archive/**",), disabled=("t",))
    ran = judge(report, Settings(overrides=(override,), prefix="sub/"), checks)
    assert ran("t/plain", "a.md") and not ran("t/plain", "archive/a.md")
    assert ran("t/model", "a.md") is expected
    assert not ran("t/off", "a.md") and not ran("t/unknown", "a.md") and not ran("t/across", "a.md")
    assert judge(report, Settings(), checks, whole=True)("t/across", "a.md")
    assert not judge(report._replace(problems=(Problem("a.md", "No."),)), Settings(), checks)("t/plain", "a.md")


def test_a_check_that_needs_a_source_could_not_run_without_one() -> None:
    checks = {"t/paired": compiled("t/paired", paired=True)}
    documents = (DocumentReport("a.md", "checked", source="a.uk.md"), DocumentReport("b.md", "checked"))
    ran = judge(Report("1", (), documents, ()), Settings(), checks)
    assert ran("t/paired", "a.md") and ran("t/paired", "en/a.md") and not ran("t/paired", "b.md")


def git(folder: Path, *arguments: str) -> None:
    settings = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(corrigenda: Corrigenda, project: Path) -> Path:
    """The project as a git repository, with two documents and a baseline, committed."""
    text(project, THREE, name="copy/b.md")
    git(project, "init", "--quiet", "--initial-branch=main")
    assert corrigenda("baseline", ".").code == 0
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "-m", "First")
    return project


def paths(project: Path) -> list[str]:
    return [entry["path"] for entry in entries(project)]


def test_it_follows_a_file_that_moved(corrigenda: Corrigenda, repository: Path) -> None:
    git(repository, "mv", "copy/a.md", "copy/renamed.md")
    kept = corrigenda("check", ".", "--keep-baseline")
    assert kept.code == 0 and paths(repository) == ["copy/a.md", "copy/a.md", "copy/b.md"]
    outcome = corrigenda("check", ".")
    assert outcome.code == 0 and "2 entries of .corrigenda-baseline.jsonl followed a moved file" in outcome.err
    assert paths(repository) == ["copy/b.md", "copy/renamed.md", "copy/renamed.md"]
    assert corrigenda("check", ".").err.count("followed") == 0
    text(repository, ONE, TWO, ONE, name="copy/renamed.md")
    assert corrigenda("check", ".").code == 1, "what is new in the moved file fails"


def test_it_follows_a_folder_and_what_is_edited_on_the_way(corrigenda: Corrigenda, repository: Path) -> None:
    git(repository, "mv", "copy", "archive")
    text(repository, "A new beginning.", ONE, TWO.replace("on the territory of", "in"), name="archive/a.md")
    assert corrigenda("check", ".").code == 0
    assert paths(repository) == ["archive/a.md", "archive/b.md"]


def test_a_copy_is_no_move(corrigenda: Corrigenda, repository: Path) -> None:
    text(repository, ONE, TWO, name="copy/c.md")
    outcome = corrigenda("check", ".", "--format", "json")
    assert [document["path"] for document in outcome.report["documents"] if document["findings"]] == ["copy/c.md"]


@pytest.mark.parametrize("command", [("check", "."), ("baseline", "."), ("baseline", "--shrink", ".")])
def test_files_that_are_gone_go(corrigenda: Corrigenda, repository: Path, command: tuple[str, ...]) -> None:
    git(repository, "rm", "--quiet", "copy/b.md")
    outcome = corrigenda(*command)
    assert outcome.code == 0 and "of files that are gone taken out" in outcome.err + outcome.out
    assert paths(repository) == ["copy/a.md", "copy/a.md"]


def test_a_run_elsewhere_leaves_them(corrigenda: Corrigenda, repository: Path) -> None:
    text(repository, ONE, name="other/x.md")
    git(repository, "mv", "copy/b.md", "other/b.md")
    for command in (("check", "copy/a.md"), ("check", "own"), ("baseline", "--shrink", "copy/a.md")):
        corrigenda(*command)
        assert "copy/b.md" in paths(repository), command
    assert corrigenda("check", "other", "--keep-baseline").code == 1, "other/x.md is new"
    assert [f["quote"] for f in corrigenda("check", "other", "--format", "json").findings] == ["on the territory of"]
    assert "other/b.md" in paths(repository)


def test_what_a_sparse_checkout_leaves_out_is_not_gone(corrigenda: Corrigenda, repository: Path) -> None:
    text(repository, ONE, name="kept/c.md")
    corrigenda("baseline", ".")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "-m", "More")
    git(repository, "sparse-checkout", "set", "--no-cone", "/*", "!/copy")
    assert not (repository / "copy").exists()
    for command in (("check", "."), ("baseline", "."), ("baseline", "--shrink", ".")):
        assert corrigenda(*command).code == 0
        assert paths(repository) == ["copy/a.md", "copy/a.md", "copy/b.md", "kept/c.md"], command


def test_what_is_ignored_stays_so_in_a_moved_file(corrigenda: Corrigenda, repository: Path) -> None:
    (repository / BASELINE).unlink()
    assert corrigenda("ignore", "copy/b.md:1", "--reason", "the hospital's own words").code == 0
    git(repository, "mv", "copy/b.md", "copy/moved.md")
    assert corrigenda("check", "copy/moved.md").code == 0
    assert corrigenda("fix", "--unsafe", "copy/moved.md").code == 0
    assert (repository / "copy" / "moved.md").read_text("utf-8") == THREE + "\n"


def test_what_is_said_of_comments_is_never_recorded(corrigenda: Corrigenda, project: Path) -> None:
    text(project, "<!-- corrigenda: ignore house/tern -->", ONE)
    done = corrigenda("baseline", "copy")
    assert "1 finding of 1 document recorded" in done.out
    assert [entry["check"] for entry in entries(project)] == ["house/term"]
    outcome = corrigenda("check", "copy", "--format", "json")
    assert [finding["check"] for finding in outcome.findings] == ["suppression/unknown-check"]
