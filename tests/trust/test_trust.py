"""Who may decide what: a project's files what is looked for, the user what this machine does."""

import os
import sys
from pathlib import Path

import pytest

from corrigenda import Session
from corrigenda.workspace.config import BASELINE, IGNORED, ConfigError, load, load_user
from corrigenda.workspace.trust import Trust, user_file
from tests.conftest import HOUSE_TERM, Corrigenda

TEXT = "It lay on the territory of the port.\n"
SAFE = HOUSE_TERM.replace('corrections: ["in"]', 'corrections: [{text: "in", applicability: safe}]')
OWN = 'check-folders = ["own"]\ndisable = ["all"]\nenable = ["house"]\n'

ONLY_THE_USERS = [
    'languagetool-url = "https://collector.example/"',
    'languagetool-url = "http://127.0.0.1@collector.example"',
    'languagetool-url = "http://localhost.collector.example:8081"',
    'languagetool-url = "http://10.0.0.7:8081"',
    'engines = {grammar = "https://collector.example/"}',
    'engines = {grammar = "http://127.0.0.1.collector.example"}',
    'spacy-model = "antigravity.x"',
    'spacy-model = "pip"',
    'spacy-model = "./pipeline"',
    'embedding-model = "model"',
    'language-model = "somebody/model"',
    'word-list = "../words.txt"',
    'word-list = "/etc/passwd"',
    'baseline = "../baseline.jsonl"',
    'ignore-list = "/var/lib/anything.jsonl"',
    'check-folders = ["/"]',
    'check-folders = ["own", "../other"]',
    'house-style = "../style.yaml"',
    'house-style = "/etc/hostname"',
]
"""Lines that a project's file may not say, whether the run trusts it as usual or not at all."""


def project(folder: Path, configuration: str, check: str = SAFE) -> Path:
    (folder / "own" / "house").mkdir(parents=True, exist_ok=True)
    (folder / "own" / "house" / "term.yaml").write_text(check, encoding="utf-8")
    (folder / "corrigenda.toml").write_text(configuration, encoding="utf-8")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    return folder


def for_the_user(text: str) -> None:
    user_file().parent.mkdir(parents=True, exist_ok=True)
    user_file().write_text(text, encoding="utf-8")


@pytest.mark.parametrize("options", [[], ["--untrusted"]], ids=["usual", "untrusted"])
@pytest.mark.parametrize("line", ONLY_THE_USERS)
def test_what_only_the_user_decides_is_refused_with_its_line(
    corrigenda: Corrigenda, tmp_path: Path, line: str, options: list[str]
) -> None:
    folder = project(tmp_path / "project", f"# a comment\n{line}\n")
    outcome = corrigenda("check", "a.txt", *options, cwd=folder)
    assert outcome.code == 2 and outcome.out == ""
    (said,) = outcome.err.splitlines()
    key = "grammar" if "grammar =" in line else line.partition(" ")[0]
    assert f"corrigenda.toml:2: {key} " in said
    assert "--trust" in said and str(user_file()) in said


@pytest.mark.parametrize("line", ONLY_THE_USERS)
def test_a_trusted_project_decides_everything(tmp_path: Path, line: str) -> None:
    config = load(project(tmp_path, line + "\n") / "corrigenda.toml", Trust.TRUSTED)
    assert line.partition(" ")[0].replace("languagetool-url", "engines") in config.said


@pytest.mark.parametrize("command", ["check", "baseline", "names", "fix"])
def test_every_command_refuses_it(corrigenda: Corrigenda, tmp_path: Path, command: str) -> None:
    folder = project(tmp_path, 'check-folders = ["/"]\n')
    before = sorted(folder.rglob("*"))
    outcome = corrigenda(command, ".", cwd=folder)
    assert (outcome.code, outcome.out) == (2, "") and "check-folders" in outcome.err
    assert sorted(folder.rglob("*")) == before


def test_what_is_on_this_machine_or_ships_may_be_named(tmp_path: Path) -> None:
    lines = 'languagetool-url = "http://[::1]:8081"\nembedding-model = "all-minilm-l6-v2"\nhouse-style = "ap"\n'
    config = load(project(tmp_path, lines) / "corrigenda.toml")
    assert config.engines == {"grammar": "http://[::1]:8081"}
    assert config.settings().options["house-style"]


def test_a_folder_that_the_user_trusts(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("on the territory of\n", encoding="utf-8")
    folder = project(tmp_path / "desk" / "project", OWN + 'word-list = "../../words.txt"\n')
    assert corrigenda("check", "a.txt", cwd=folder).code == 2
    for_the_user(f'[trust]\nfolders = ["{(tmp_path / "desk").as_posix()}"]\n')
    trusted = corrigenda("check", "a.txt", "--fail-on", "suggestion", cwd=folder)
    assert (trusted.code, trusted.err) == (0, "")
    assert corrigenda("check", "a.txt", "--untrusted", cwd=folder).code == 2, "the command line stands above it"
    assert corrigenda("check", "a.txt", "--trust", cwd=project(tmp_path / "other", OWN)).code == 0


def test_what_the_user_says_for_every_project(
    corrigenda: Corrigenda, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project(tmp_path, "jobs = 3\n")
    for_the_user('jobs = 2\nspacy-model = "en_one"\n[engines]\ngrammar = "http://grammar.example:8081/"\n')
    monkeypatch.setenv("CORRIGENDA_SPACY_MODEL", "en_two")
    monkeypatch.delenv("CORRIGENDA_GRAMMAR", raising=False)
    config = load(tmp_path / "corrigenda.toml").with_user(load_user())
    assert (config.jobs, config.spacy_model) == (3, "en_two")
    assert config.engines == {"grammar": "http://grammar.example:8081"}
    assert config.settings().spacy_model == "en_two"
    shown = corrigenda("config").out
    assert '"en_two"  (CORRIGENDA_SPACY_MODEL)' in shown and f"({user_file().as_posix()})" in shown
    monkeypatch.setenv("CORRIGENDA_JOBS", "many")
    refused = corrigenda("config")
    assert refused.code == 2 and "CORRIGENDA_JOBS: jobs must be a number" in refused.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('disable = ["all"]\n', "config.toml:1: 'disable' is not a setting of yours"),
        ("jobs = 2\n[trust]\nfolder = []\n", "config.toml:3: 'folder' is not a setting of [trust]; did you mean"),
        ('[trust]\nfolders = ["desk"]\n', "config.toml:2: 'desk' must be a whole path"),
        ("jobs =\n", "config.toml:1: this is not valid TOML"),
    ],
)
def test_the_users_file_is_read_as_strictly(corrigenda: Corrigenda, text: str, said: str) -> None:
    for_the_user(text)
    outcome = corrigenda("check", ".")
    assert outcome.code == 2 and said in outcome.err


def test_a_stranger_decides_neither_cost_nor_whom_to_ask(corrigenda: Corrigenda, tmp_path: Path) -> None:
    project(
        tmp_path,
        OWN + 'jobs = 64\nlanguagetool-url = "http://127.0.0.1:1"\n'
        '[engines]\nlanguage-model = "on"\nspacy = "on"\nembeddings = "off"\n',
    )
    outcome = corrigenda("check", "a.txt", "--untrusted", "--format", "json", "--fail-on", "never")
    assert outcome.code == 0
    said = [line.rpartition("corrigenda.toml:")[2] for line in outcome.err.splitlines()]
    assert said == [
        "4: jobs is left aside; say --jobs (--untrusted)",
        "5: languagetool-url is left aside; say it as CORRIGENDA_GRAMMAR (--untrusted)",
        '7: language-model = "on" is taken for "auto" (--untrusted)',
    ]
    assert outcome.report["notes"] == [f"corrigenda.toml:{line}" for line in said]
    page = corrigenda("check", "a.txt", "--untrusted", "--format", "html", "--fail-on", "never").out
    assert '"about":["corrigenda.toml:4: jobs is left aside' in page.replace(": [", ":[")
    (finding,) = outcome.findings
    assert finding["check"] == "house/term", "a gate without the project's own checks would let through what they find"
    assert [correction["applicability"] for correction in finding["corrections"]] == ["unsafe"]


def test_nobody_vouches_for_a_strangers_check(corrigenda: Corrigenda, tmp_path: Path) -> None:
    project(tmp_path, 'disable = ["all"]\nenable = ["house"]\n')
    for option, applicability in ((), "safe"), (("--untrusted",), "unsafe"):
        outcome = corrigenda("check", "a.txt", "--checks", "own", "--format", "json", *option)
        assert [finding["corrections"][0]["applicability"] for finding in outcome.findings] == [applicability]


def test_what_a_stranger_does_decide_says_nothing(corrigenda: Corrigenda, tmp_path: Path) -> None:
    project(
        tmp_path,
        'jobs = 1\ndisable = ["names"]\nexclude = ["b.txt"]\nwords = ["x"]\nprofile = "documents"\n'
        'fail-on = "never"\n[severity]\n"cleanup" = "warning"\n[names]\n"Kyiv" = "Kyiv"\n[engines]\nspacy = "off"\n',
    )
    outcome = corrigenda("check", "a.txt", "--untrusted")
    assert (outcome.code, outcome.err) == (0, "")


def test_a_projects_own_check_is_safe_only_where_the_user_vouches_for_it(
    corrigenda: Corrigenda, tmp_path: Path
) -> None:
    folder = project(tmp_path / "project", OWN)
    path = folder / "a.txt"
    for options in ([], ["--untrusted", "--disable", "house"]):
        corrigenda("fix", "a.txt", "--exit-zero", *options, cwd=folder)
        assert path.read_text(encoding="utf-8") == TEXT
    first = corrigenda("check", "a.txt", "--format", "json", cwd=folder).findings
    second = corrigenda("check", "a.txt", "--format", "json", "--trust", cwd=folder).findings
    assert [f["corrections"][0]["applicability"] for f in (first[0], second[0])] == ["unsafe", "safe"], "and no cache"
    assert corrigenda("fix", "a.txt", "--trust", cwd=folder).code == 0
    assert path.read_text(encoding="utf-8") == "It lay in the port.\n"


def test_the_library_trusts_a_file_when_its_program_says_so(tmp_path: Path) -> None:
    path = project(tmp_path, OWN + 'baseline = "../b.jsonl"\n') / "corrigenda.toml"
    with pytest.raises(ConfigError, match=r"baseline = .* leads out"):
        Session(path)
    with Session(path, trusted=True) as session:
        assert session.fix(TEXT).text == "It lay in the port.\n"
    path.write_text(OWN, encoding="utf-8")
    with Session(path) as session:
        assert session.fix(TEXT).text == TEXT


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows, and it has no pipes")
@pytest.mark.parametrize("name", [BASELINE, IGNORED, "words.txt", "own", "style.yaml"])
def test_no_link_leads_out(corrigenda: Corrigenda, tmp_path: Path, name: str) -> None:
    folder = project(tmp_path / "project", "")
    settings = {"words.txt": "word-list", "own": "check-folders", "style.yaml": "house-style"}
    if name in settings:
        value = f'["{name}"]' if name == "own" else f'"{name}"'
        project(folder, f"{settings[name]} = {value}\n")
    outside = tmp_path / "outside"
    outside.write_text("", encoding="utf-8")
    if name == "own":
        (folder / name).rename(tmp_path / "moved")
    (folder / name).symlink_to(tmp_path / "moved" if name == "own" else outside)
    outcome = corrigenda("check", "a.txt", cwd=folder)
    assert outcome.code == 2 and name in outcome.err and "--trust" in outcome.err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")
@pytest.mark.parametrize("name", [BASELINE, IGNORED, "words.txt", "style.yaml"])
def test_a_pipe_is_not_waited_for(corrigenda: Corrigenda, tmp_path: Path, name: str) -> None:
    settings = {"words.txt": "word-list", "style.yaml": "house-style", BASELINE: "baseline", IGNORED: "ignore-list"}
    folder = project(tmp_path, f'{settings[name]} = "{name}"\n')
    os.mkfifo(folder / name)
    outcome = corrigenda("check", "a.txt")
    assert outcome.code == 2 and name in outcome.err
    assert len(outcome.err.splitlines()) == 1
