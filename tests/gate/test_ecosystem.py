"""What others run: pre-commit hooks, the GitHub action, the GitLab template, the image."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import home
from tests.conftest import HOUSE_TERM

BAD = "A fair was held on the territory of the port.\n"
GOOD = "A fair was held in the port.\n"
PROGRAMS = Path(sys.executable).parent


def git(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    settings = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(
        ["git", *settings, *arguments], cwd=folder, capture_output=True, text=True, encoding="utf-8",
        check=False, env=environment(folder),
    )  # fmt: skip


def environment(folder: Path) -> dict[str, str]:
    return {
        **{key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "GITHUB_", "PRE_COMMIT"))},
        "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
        "PRE_COMMIT_HOME": str(folder.parent / "pre-commit-home"),
        "PYTHONUTF8": "1",
        "NO_COLOR": "1",
    }


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def content(tmp_path: Path) -> Path:
    """A content repository with one house check, which fails, and a file that is left out."""
    folder = tmp_path / "content"
    home.trust(folder)
    write(folder, "own/house/term.yaml", HOUSE_TERM.replace('["in"]', "[{text: in, applicability: safe}]"))
    write(
        folder,
        "corrigenda.toml",
        'check-folders = ["own"]\ndisable = ["all"]\nenable = ["house"]\nexclude = ["drafts/"]\nfail-on = "warning"\n',
    )
    git(folder, "init", "--quiet", "--initial-branch=main")
    return folder


def tool(name: str) -> str:
    found = shutil.which(name, path=str(PROGRAMS))
    assert found, f"{name} is not installed; it is one of the packages of the extra dev"
    return found


@pytest.fixture
def hooks(root: Path, tmp_path: Path) -> Path:
    """A repository of our hooks as they ship, but for the language: what is installed here runs, nothing is fetched."""
    folder = tmp_path / "hooks"
    entries = yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    for entry in entries:
        assert entry["language"] == "python"
        entry["language"] = "system"
    write(folder, ".pre-commit-hooks.yaml", yaml.safe_dump(entries))
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", ".")
    assert git(folder, "commit", "--quiet", "-m", "Hooks").returncode == 0
    return folder


def with_hook(tmp_path: Path, hooks: Path, identity: str, *arguments: str) -> Path:
    folder = content(tmp_path)
    revision = git(hooks, "rev-parse", "HEAD").stdout.strip()
    config = {"repos": [{"repo": str(hooks), "rev": revision, "hooks": [{"id": identity, "args": [*arguments]}]}]}
    write(folder, ".pre-commit-config.yaml", yaml.safe_dump(config))
    write(folder, "old.md", BAD)
    git(folder, "add", ".")
    assert git(folder, "commit", "--quiet", "-m", "First").returncode == 0
    done = subprocess.run(
        [tool("pre-commit"), "install"], cwd=folder, env=environment(folder), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout
    return folder


def test_the_manifest_is_one_for_pre_commit(root: Path) -> None:
    for name in (".pre-commit-hooks.yaml",):
        done = subprocess.run(
            [tool("pre-commit"), "validate-manifest", str(root / name)], capture_output=True, check=False
        )
        assert done.returncode == 0, done.stdout


def test_hooks_get_the_files_that_are_taken_in_folders(root: Path) -> None:
    from corrigenda.documents.registry import endings

    for hook in yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")):
        wanted = re.compile(hook["files"])
        assert all(wanted.search(f"a{ending}") for ending in endings() if ending), hook["id"]
        assert not any(wanted.search(name) for name in ("a.json", "a.csv", "a.py", "a.md.bak", "Makefile"))


def test_the_hook_stops_a_commit(tmp_path: Path, hooks: Path) -> None:
    folder = with_hook(tmp_path, hooks, "corrigenda")
    write(folder, "стаття one.md", BAD)
    git(folder, "add", ".")
    refused = git(folder, "commit", "-m", "Second")
    assert refused.returncode == 1
    assert "on the territory of" in refused.stdout + refused.stderr
    assert "old.md" not in refused.stdout + refused.stderr, "only files of the commit are checked"
    write(folder, "стаття one.md", GOOD)
    write(folder, "drafts/a.md", BAD)
    write(folder, "rows.csv", BAD)  # a format of data: named by the user or not at all
    git(folder, "add", ".")
    done = git(folder, "commit", "-m", "Second")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_hook_for_changed_lines(tmp_path: Path, hooks: Path) -> None:
    folder = with_hook(tmp_path, hooks, "corrigenda-staged")
    write(folder, "old.md", BAD + GOOD * 8 + "One more line.\n")
    git(folder, "add", ".")
    done = git(folder, "commit", "-m", "What stood there already is not this commit's")
    assert done.returncode == 0, done.stdout + done.stderr
    write(folder, "old.md", BAD + GOOD * 8 + "One more line.\n" + BAD)
    git(folder, "add", ".")
    write(folder, "old.md", GOOD)  # not staged: pre-commit puts it aside
    refused = git(folder, "commit", "-m", "Third")
    said = refused.stdout + refused.stderr
    assert refused.returncode == 1 and re.search(r"\b11:\d+ ", said) and not re.search(r"^ *1:\d+ ", said, re.MULTILINE)
    assert (folder / "old.md").read_text(encoding="utf-8") == GOOD


def test_the_hook_that_corrects(tmp_path: Path, hooks: Path) -> None:
    """Those of the project's own checks are safe only where the user says so, and the hook as it ships does not."""
    folder = with_hook(tmp_path, hooks, "corrigenda-fix")
    path = write(folder, "a.md", BAD)
    git(folder, "add", ".")
    assert git(folder, "commit", "-m", "Second").returncode == 0
    assert path.read_text(encoding="utf-8") == BAD


def test_the_hook_that_corrects_in_a_trusted_project(tmp_path: Path, hooks: Path) -> None:
    folder = with_hook(tmp_path, hooks, "corrigenda-fix", "--trust")
    path = write(folder, "a.md", BAD)
    git(folder, "add", ".")
    refused = git(folder, "commit", "-m", "Second")
    assert refused.returncode == 1 and "files were modified by this hook" in refused.stdout + refused.stderr
    assert path.read_text(encoding="utf-8") == GOOD
    git(folder, "add", ".")
    assert git(folder, "commit", "-m", "Second").returncode == 0


@pytest.mark.parametrize(
    ("name", "schema", "more"),
    [
        ("action.yml", "vendor.github-actions", []),
        ("ci/gitlab/corrigenda.yml", "vendor.gitlab-ci", ["--data-transform", "gitlab-ci"]),
        (".github/workflows/ci.yml", "vendor.github-workflows", []),
    ],
)
def test_files_follow_their_schemas(root: Path, name: str, schema: str, more: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *more, str(root / name)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


needs_bash = pytest.mark.skipif(
    shutil.which("bash") is None or os.name == "nt", reason="the scripts are run by bash, on Windows in another way"
)


class Action:
    """The action's own steps, run as a runner does: expressions put in, each `run` a bash script of its own."""

    def __init__(self, root: Path, folder: Path, **inputs: str) -> None:
        self.data: dict[str, Any] = yaml.safe_load((root / "action.yml").read_text(encoding="utf-8"))
        self.folder = folder
        self.values = {f"inputs.{name}": str(entry["default"]) for name, entry in self.data["inputs"].items()}
        self.values |= {f"inputs.{name.replace('_', '-')}": value for name, value in inputs.items()}
        self.values |= {"github.action_path": str(root), "runner.temp": str(folder.parent / "runner")}
        (folder.parent / "runner").mkdir(exist_ok=True)

    def put_in(self, text: str) -> str:
        for name, value in self.values.items():
            text = text.replace("${{ " + name + " }}", value)
        assert "${{" not in text, text
        return text

    def run(self, name: str) -> "subprocess.CompletedProcess[str]":
        (step,) = [step for step in self.data["runs"]["steps"] if step["name"] == name]
        assert "${{" not in step["run"], "what a user wrote must not become part of a script"
        output = self.folder.parent / "runner" / "output"
        output.write_text("", encoding="utf-8")
        variables = {key: self.put_in(value) for key, value in step["env"].items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.put_in(step.get("working-directory", str(self.folder))),
            env={**environment(self.folder), **variables, "GITHUB_OUTPUT": str(output),
                 "GITHUB_STEP_SUMMARY": str(self.folder.parent / "runner" / "summary")},
            capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        for line in output.read_text(encoding="utf-8").splitlines():
            key, _, value = line.partition("=")
            self.values[f"steps.{step.get('id')}.outputs.{key}"] = value
        return done


@needs_bash
def test_the_actions_steps(root: Path, tmp_path: Path) -> None:
    folder = content(tmp_path)
    write(folder, "copy one/a.md", BAD)
    write(folder, "b.md", GOOD)
    action = Action(root, folder, paths="copy one\r\nb.md\n\n", fail_on="warning")
    action.values["steps.install.outputs.programs"] = str(PROGRAMS)
    done = action.run("Check")
    assert done.returncode == 0, done.stderr
    assert "::warning file=copy one/a.md,line=1," in done.stdout
    assert "on the territory of" in (tmp_path / "runner" / "summary").read_text(encoding="utf-8")
    sarif = yaml.safe_load((folder / "corrigenda.sarif").read_text(encoding="utf-8"))
    assert len(sarif["runs"][0]["results"]) == 1
    assert action.values["steps.check.outputs.exit-code"] == "1"
    assert action.run("Verdict").returncode == 1


@needs_bash
def test_the_action_takes_hostile_inputs_as_words(root: Path, tmp_path: Path) -> None:
    folder = content(tmp_path)
    action = Action(
        root, folder, paths='$(touch hacked)\n"; touch hacked; "\n--config=x', fail_on="never; touch hacked"
    )
    action.values["steps.install.outputs.programs"] = str(PROGRAMS)
    assert action.run("Check").returncode == 0
    assert not (folder / "hacked").exists()
    assert action.values["steps.check.outputs.exit-code"] == "2"


@needs_bash
def test_the_action_judges_only_what_changed(root: Path, tmp_path: Path) -> None:
    folder = content(tmp_path)
    write(folder, "a.md", BAD + GOOD * 8)
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "First")
    write(folder, "a.md", BAD + GOOD * 8 + "One more.\n")
    action = Action(root, folder, changed_since="HEAD")
    action.values["steps.install.outputs.programs"] = str(PROGRAMS)
    action.run("Check")
    assert action.values["steps.check.outputs.exit-code"] == "0"
    assert action.run("Verdict").returncode == 0


@needs_bash
@pytest.mark.slow
def test_the_action_installs_itself(root: Path, tmp_path: Path) -> None:
    """The step's own script, with pip told to build from the checkout with what is installed here, which may be other
    versions than those of the locks. The repository that it is to check holds programs and settings under the names
    of all that takes part, and the step is started in it too, which the action does not do.
    """
    folder = content(tmp_path)
    write(folder, "a.md", GOOD)
    witness = tmp_path / "ran.txt"
    for module in ("pip", "venv", "ensurepip", "setuptools", "hatchling", "sitecustomize", "usercustomize", "json",
                   "corrigenda", "click", "multiprocessing"):  # fmt: skip
        write(folder, f"{module}.py", f"open({str(witness)!r}, 'a').write({module!r})\n")
    for name in ("pip.conf", "uv.toml", "setup.cfg", "pyvenv.cfg", "python", "bash"):
        write(folder, name, "this is no setting\n")
    checkout = tmp_path / "checkout"
    shutil.copytree(root, checkout, ignore=shutil.ignore_patterns(".*", "tests", "benchmarks", "docs", "_compiled"))
    for name in ("core", "build"):
        lock = checkout / "requirements" / f"{name}.lock"
        lock.write_text("".join(re.findall(r"^click==(?:.*\\\n)*.*\n", lock.read_text("utf-8"), re.MULTILINE)), "utf-8")
    action = Action(checkout, folder)
    step = next(step for step in action.data["runs"]["steps"] if step["name"] == "Install")
    assert step.pop("working-directory") == "${{ runner.temp }}"
    environment_folder = tmp_path / "runner" / "corrigenda-venv"
    venv.create(environment_folder, with_pip=True, symlinks=True)
    inner = subprocess.run(
        [environment_folder / "bin" / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    Path(inner, "beside.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PIP_NO_BUILD_ISOLATION", "false")  # pip reads it the other way round
        patch.setenv("PIP_NO_DEPS", "1")
        patch.setenv("PIP_NO_INDEX", "1")
        patch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
        installed = action.run("Install")
    assert installed.returncode == 0, installed.stdout + installed.stderr
    programs = Path(action.values["steps.install.outputs.programs"])
    assert programs.is_relative_to(tmp_path)
    checked = action.run("Check")
    assert checked.returncode == 0, checked.stderr
    assert action.values["steps.check.outputs.exit-code"] == "0"
    assert list(Path(inner).glob("corrigenda/_compiled/index.jsonl")), "it is the wheel, with its compiled checks"
    assert not witness.exists(), "something of the repository ran"


@needs_bash
def test_the_gitlab_job(root: Path, tmp_path: Path) -> None:
    import json

    folder = content(tmp_path)
    write(folder, "a.md", BAD)
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "First")
    data = yaml.safe_load((root / "ci" / "gitlab" / "corrigenda.yml").read_text(encoding="utf-8"))
    (script,) = data["corrigenda"]["script"]

    def run(**more: str) -> "subprocess.CompletedProcess[str]":
        variables = {**environment(folder), **data["variables"], "HOME": str(tmp_path), "CI_PROJECT_DIR": str(folder)}
        return subprocess.run(
            ["sh", "-e", "-c", script],
            cwd=folder,
            env={**variables, **more},
            capture_output=True,
            text=True,
            check=False,
        )

    assert run().returncode == 1
    names = data["corrigenda"]["artifacts"]["reports"]
    issues = json.loads((folder / names["codequality"]).read_text(encoding="utf-8"))
    assert [issue["location"]["path"] for issue in issues] == ["a.md"]
    assert "<testsuites" in (folder / names["junit"]).read_text(encoding="utf-8")
    assert run(CORRIGENDA_FAIL_ON="never").returncode == 0
    base = git(folder, "rev-parse", "HEAD").stdout.strip()
    assert run(CORRIGENDA_CHANGED_ONLY="true", CI_MERGE_REQUEST_DIFF_BASE_SHA=base).returncode == 0


def commands(script: str) -> list[list[str]]:
    """The commands of a RUN step, which are joined by &&."""
    lexer = shlex.shlex(script, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    found: list[list[str]] = [[]]
    for word in lexer:
        if word == "&&":
            found.append([])
        else:
            found[-1].append(word)
    return found


def test_the_image(root: Path) -> None:
    """Docker is not at hand here; so what its steps say is held against the project, step by step."""
    from dockerfile_parse import DockerfileParser
    from packaging.specifiers import SpecifierSet
    from pathspec import GitIgnoreSpec

    with (root / "Dockerfile").open("rb") as file:
        parser = DockerfileParser(fileobj=file)
        steps = [step for step in parser.structure if step["instruction"] != "COMMENT"]
        images = parser.parent_images
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    starts = [number for number, step in enumerate(steps) if step["instruction"] == "FROM"]
    build, final = steps[starts[0] : starts[1]], steps[starts[1] :]
    for image in images:
        name, version = re.fullmatch(r"(python):([\d.]+)-slim", image).groups()  # type: ignore[union-attr]
        assert SpecifierSet(project["requires-python"]).contains(f"{version}.0")
    assert len(set(images)) == 1, "what was built for one Python runs in another"

    ran = [command for step in build if step["instruction"] == "RUN" for command in commands(step["value"])]
    made, locked, own = ran
    assert made[:3] == ["python", "-m", "venv"]
    (environment_folder,) = made[3:]
    pip = [f"{environment_folder}/bin/python", "-m", "pip", "install", "--no-cache-dir"]
    assert locked[:5] == own[:5] == pip
    assert {"--require-hashes", "--no-deps"} < set(locked[5:])
    files = [locked[at + 1] for at, word in enumerate(locked) if word == "--requirement"]
    assert files == ["requirements/tables.lock", "requirements/grammar.lock", "requirements/build.lock"]
    assert own[5:] == ["--no-deps", "--no-build-isolation", "."]

    # All that the build reads is in what Docker is sent: what git holds, less what .dockerignore names.
    left_out = GitIgnoreSpec.from_lines((root / ".dockerignore").read_text(encoding="utf-8").splitlines())
    needed = [*files, "pyproject.toml", "hatch_build.py", project["readme"], *project["license-files"]]
    for name in needed:
        assert (root / name).is_file() and not left_out.match_file(name), name
    for folder in ("corrigenda", "checks", "corpora", "reports"):
        inside = [
            path.relative_to(root).as_posix() for path in (root / folder).rglob("*") if "__pycache__" not in path.parts
        ]
        assert inside and not list(left_out.match_files(inside)), folder

    said = {step["instruction"]: step["value"] for step in final}
    assert said["COPY"] == f"--from=build {environment_folder} {environment_folder}"
    assert f'PATH="{environment_folder}/bin:$PATH"' in said["ENV"]
    (system,) = [commands(step["value"]) for step in final if step["instruction"] == "RUN"]
    (installed,) = [command for command in system if command[:2] == ["apt-get", "install"]]
    assert "--no-install-recommends" in installed and installed[-1] == "git"
    assert ["rm", "-rf", "/var/lib/apt/lists/*"] in system
    (user,) = [command for command in system if command[0] == "useradd"]
    assert said["USER"] == user[user.index("--uid") + 1] != "0"
    (entry,) = yaml.safe_load(said["ENTRYPOINT"])
    assert entry in project["scripts"]
