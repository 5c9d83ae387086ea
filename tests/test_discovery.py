"""Which files arguments mean."""

import os
import subprocess
import sys
from pathlib import Path, PurePath

import pytest

from corrigenda import plugins
from corrigenda.documents import registry
from corrigenda.finding import Problem
from corrigenda.workspace.discovery import FoundFile, discover, search
from corrigenda.workspace.trust import Links, Trust, links
from tests.conftest import Corrigenda, absent

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")


def make(base: Path, *names: str) -> None:
    for name in names:
        file = base / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("A sentence.\n", encoding="utf-8")


def shown(base: Path, *arguments: str, excludes: tuple[str, ...] = ()) -> list[str]:
    files, problems = discover(arguments, excludes, base)
    assert problems == []
    return [file.display for file in files]


def problems(base: Path, *arguments: str) -> list[Problem]:
    return discover(arguments, (), base)[1]


def test_a_folder_at_every_depth_in_order_of_the_path(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/z.md", "a/b/c.markdown", "a.md", "a-b/x.txt", "photo.jpg", "script.py", "LICENSE")
    assert shown(tmp_path, ".") == ["a/b/c.markdown", "a/z.md", "a-b/x.txt", "a.md", "b.txt"]
    assert shown(tmp_path, "a") == ["a/b/c.markdown", "a/z.md"]
    assert shown(tmp_path, "a/") == ["a/b/c.markdown", "a/z.md"]


def test_hidden_and_foreign_folders_are_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "a.md", ".hidden.md", ".git/x.md", ".obsidian/x.md", "node_modules/p/README.md", "__pycache__/x.txt")
    make(tmp_path, "env/lib/x.txt", "env/pyvenv.cfg")
    assert shown(tmp_path, ".") == ["a.md"]


def test_what_is_named_is_taken_whatever_it_is(tmp_path: Path) -> None:
    make(tmp_path, "a.docx", ".hidden.md", "LICENSE", "ignored.md")
    (tmp_path / ".gitignore").write_text("ignored.md\n", encoding="utf-8")
    files, found = discover(["a.docx", ".hidden.md", "LICENSE", "ignored.md"], ["*"], tmp_path)
    assert found == []
    assert [(file.display, file.named) for file in files] == [
        (".hidden.md", True),
        ("LICENSE", True),
        ("a.docx", True),
        ("ignored.md", True),
    ]


def test_standard_input_comes_first_and_once(tmp_path: Path) -> None:
    make(tmp_path, "a.md")
    files, _ = discover(["a.md", "-", "-"], (), tmp_path)
    assert files == [FoundFile(None, "-", named=True), FoundFile(tmp_path / "a.md", "a.md", named=True)]


def test_no_file_twice(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "f/b.md")
    files, _ = discover([".", "a.md", "./f/../a.md", "f", str(tmp_path / "f" / "b.md"), "*.md"], (), tmp_path)
    assert [(file.display, file.named) for file in files] == [("a.md", True), ("f/b.md", True)]


def test_the_order_of_arguments_changes_nothing(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "f/b.md", "f/g/c.txt")
    assert discover(["f", "a.md", "f/g"], (), tmp_path) == discover(["f/g", "a.md", "f"], (), tmp_path)


def test_absolute_paths_and_paths_above(tmp_path: Path) -> None:
    make(tmp_path, "base/a.md", "other/b.md")
    base = tmp_path / "base"
    assert shown(base, str(base / "a.md")) == ["a.md"]
    assert shown(base, str(tmp_path / "other" / "b.md")) == [(tmp_path / "other" / "b.md").as_posix()]
    assert shown(base, "../other") == ["../other/b.md"]


def test_gitignore_at_every_level(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "keep.txt", "b.md", "build/x.md", "f/c.txt", "f/d.txt", "f/g/e.md", "f/g/h.md", "secret.md")
    make(tmp_path, "f/build/y.md")
    (tmp_path / ".git" / "info").mkdir(parents=True)
    (tmp_path / ".git" / "info" / "exclude").write_text("secret.md\n", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("# drafts\n*.txt\n!keep.txt\nbuild/\n", encoding="utf-8")
    (tmp_path / "f" / ".gitignore").write_text("!c.txt\n/g/e.md\n", encoding="utf-8")
    assert shown(tmp_path, ".") == ["b.md", "f/c.txt", "f/g/h.md", "keep.txt"]
    assert shown(tmp_path / "f", ".") == ["c.txt", "g/h.md"]
    assert shown(tmp_path, "f/g") == ["f/g/h.md"]
    assert shown(tmp_path, "**/*.md") == ["b.md", "f/g/h.md"]


def test_who_names_an_ignored_folder_wants_it(tmp_path: Path) -> None:
    make(tmp_path, "build/x.md", "build/deep/y.md")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("build/\n", encoding="utf-8")
    assert shown(tmp_path, "build") == ["build/deep/y.md", "build/x.md"]
    assert shown(tmp_path, ".") == []


def test_gitignore_agrees_with_git(tmp_path: Path) -> None:
    make(
        tmp_path,
        *(f"{folder}{name}.md" for folder in ("", "a/", "a/b/", "docs/", "docs/out/") for name in ("x", "y1", "z")),
    )
    (tmp_path / ".gitignore").write_text("/x.md\ndocs/*\n!docs/out\ny?.md\n**/b/z.md\n\\#z.md\n  \n", encoding="utf-8")
    (tmp_path / "a" / ".gitignore").write_text("!y1.md\nb/x.md\n", encoding="utf-8")
    try:
        subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    except (OSError, subprocess.CalledProcessError):
        absent("git is not installed here")
    listed = subprocess.run(
        ["git", "ls-files", "-o", "--exclude-standard", "*.md"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert sorted(shown(tmp_path, ".")) == sorted(listed.stdout.split())


def test_a_gitignore_that_is_damaged(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "b.md")
    (tmp_path / ".gitignore").write_bytes(b"\xff\xfe\n!\n//\nb.md\n")
    assert shown(tmp_path, ".") == ["a.md"]


def test_excludes_are_patterns_below_the_base(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "drafts/b.md", "f/drafts/c.md", "f/d.md")
    assert shown(tmp_path, ".", excludes=("/drafts", "d.md")) == ["a.md", "f/drafts/c.md"]
    assert shown(tmp_path, "**/*.md", excludes=("drafts/",)) == ["a.md", "f/d.md"]


def test_globs(tmp_path: Path) -> None:
    make(tmp_path, "a1.md", "a2.md", "b.txt", "f/c.md", "f/g/d.md", "f/p.jpg", "[x].md", "node_modules/n.md")
    assert shown(tmp_path, "a?.md") == ["a1.md", "a2.md"]
    assert shown(tmp_path, "**/*.md") == ["[x].md", "a1.md", "a2.md", "f/c.md", "f/g/d.md"]
    assert shown(tmp_path, "f/*") == ["f/c.md", "f/g/d.md"]
    assert shown(tmp_path, "[x].md") == ["[x].md"]
    assert problems(tmp_path, "*.unknown", "f/*.jpg") == [
        Problem("*.unknown", "No file that can be read matches this pattern."),
        Problem("f/*.jpg", "No file that can be read matches this pattern."),
    ]


def test_what_is_missing_is_a_problem(tmp_path: Path) -> None:
    make(tmp_path, "a.md")
    files, found = discover(["a.md", "gone.md", "", "nul\0.md"], (), tmp_path)
    assert [file.display for file in files] == ["a.md"]
    assert [problem.path for problem in found] == ["", "gone.md", "nul\0.md"]
    assert all("\n" not in problem.message for problem in found)


@needs_links
def test_links(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "f/b.md", "elsewhere/c.md")
    (tmp_path / "f" / "up").symlink_to("..")
    (tmp_path / "f" / "again").symlink_to("../elsewhere")
    (tmp_path / "same.md").symlink_to("a.md")
    assert shown(tmp_path, ".") == ["a.md", "elsewhere/c.md", "f/b.md"]


@needs_links
def test_links_in_a_circle_and_to_nowhere(tmp_path: Path) -> None:
    make(tmp_path, "a.md")
    (tmp_path / "loop.md").symlink_to("loop.md")
    (tmp_path / "dead.md").symlink_to("gone.md")
    (tmp_path / "dead.jpg").symlink_to("gone.jpg")
    expected = [
        Problem("dead.md", "This link leads nowhere: what it names does not exist."),
        Problem("loop.md", "This is a link that leads in a circle."),
    ]
    for arguments in (["."], ["*.md"], ["a.md", "loop.md", "dead.md"]):
        files, found = discover(arguments, (), tmp_path)
        assert [file.display for file in files] == ["a.md"]
        assert found == expected


@needs_links
def test_a_path_with_a_newline(tmp_path: Path) -> None:
    make(tmp_path, "two\nlines.md")
    assert shown(tmp_path, ".") == ["two\nlines.md"]
    assert shown(tmp_path, "two\nlines.md") == ["two\nlines.md"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_not_utf8_is_shown_and_read(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.md"
    with open(path, "wb") as file:  # noqa: PTH123 - a Path cannot be made of bytes
        file.write(b"x")
    (found,) = discover(["."], (), tmp_path)[0]
    assert found.display == "caf\ufffd.md"
    assert found.path is not None and found.path.read_bytes() == b"x"


@pytest.mark.skipif(sys.platform == "win32" or not hasattr(os, "geteuid"), reason="permissions are POSIX here")
def test_a_folder_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.md", "locked/b.md")
    (tmp_path / "locked").chmod(0)
    if os.geteuid() == 0:  # root reads all, so the system's answer is put in its place
        listing = os.scandir

        def scandir(path: str) -> object:
            if path.endswith("locked"):
                raise PermissionError(13, "no")
            return listing(path)

        monkeypatch.setattr(os, "scandir", scandir)
    try:
        files, found = discover(["."], (), tmp_path)
    finally:
        (tmp_path / "locked").chmod(0o755)
    assert [file.display for file in files] == ["a.md"]
    assert found == [Problem("locked", "The folder may not be read: permission denied.")]


def test_pathspec_is_imported_only_for_patterns(tmp_path: Path) -> None:
    make(tmp_path, "a.md")
    code = (
        "import sys; from pathlib import Path; from corrigenda.workspace.discovery import discover;"
        f"assert discover(['.'], (), Path({str(tmp_path)!r}))[0];"
        "print('pathspec' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.strip() == "False"


def refused(found: list[Problem]) -> list[str]:
    return [problem.path for problem in found if "this link lea" in problem.message.lower()]


@needs_links
def test_links_that_are_met_do_not_leave_the_folder(tmp_path: Path) -> None:
    make(tmp_path, "secret.md", "outside/b.md", "repo/a.md", "repo/docs/d.md", "repo/.hidden/h.md")
    repo = tmp_path / "repo"
    (repo / "file.md").symlink_to("../secret.md")
    (repo / "absolute.md").symlink_to(tmp_path / "secret.md")
    (repo / "folder").symlink_to("../outside")
    (repo / "hidden.md").symlink_to(".hidden/h.md")
    (repo / "docs" / "up.md").symlink_to("../a.md")
    (repo / "docs" / "chain.md").symlink_to("../file.md")
    (repo / "photo.jpg").symlink_to("../secret.md")
    out = ["absolute.md", "docs/chain.md", "file.md", "folder", "hidden.md"]
    for base, argument in ((repo, "."), (tmp_path, "repo"), (tmp_path, str(repo))):
        files, found = discover([argument], (), base)
        assert sorted(PurePath(file.display).name for file in files) == ["a.md", "d.md"]
        assert [name.rpartition("repo/")[2] for name in refused(found)] == out
        assert len(found) == len(out) and all("Name the file that it leads to" in problem.message for problem in found)
    # A part of the tree may be linked from another part, if the whole is one project.
    assert refused(discover(["docs"], (), repo)[1]) == ["docs/chain.md", "docs/up.md"]
    assert refused(discover(["docs"], (), repo, project=(repo, ()))[1]) == ["docs/chain.md"]
    (repo / ".git").mkdir()
    assert refused(discover(["docs"], (), repo)[1]) == ["docs/chain.md"]
    assert refused(discover(["."], ["*.md", "folder/"], repo)[1]) == []
    files, found = discover(["."], (), repo, follow=Links.ALL)
    assert len(files) == 5 and found == [], "the user trusts the project"


@needs_links
def test_a_link_that_is_named_is_followed_unless_that_is_not_wanted(tmp_path: Path) -> None:
    make(tmp_path, "secret.md", "outside/b.md", "repo/a.md")
    repo = tmp_path / "repo"
    (repo / "in.md").symlink_to("a.md")
    (repo / "file.md").symlink_to("../secret.md")
    (repo / "folder").symlink_to("../outside")
    for name in ("file.md", "folder", "folder/b.md", "../repo/file.md"):
        files, found = discover([name], (), repo)
        assert len(files) == 1 and found == []
        files, found = discover([name], (), repo, follow=Links.NONE)
        assert files == [] and len(refused(found)) == 1
    assert len(discover(["in.md", "../secret.md"], (), repo, follow=Links.NONE)[0]) == 2


def test_who_trusts_a_project_follows_its_links() -> None:
    assert [links(trust) for trust in Trust] == [Links.NONE, Links.NAMED, Links.ALL]
    assert [links(trust, written=True) for trust in Trust] == [Links.NONE, Links.NONE, Links.ALL]


@needs_links
def test_a_glob_names_no_link_out(tmp_path: Path) -> None:
    make(tmp_path, "secret.md", "outside/b.md", "repo/a.md", "repo/d/e.md")
    repo = tmp_path / "repo"
    (repo / "file.md").symlink_to("../secret.md")
    (repo / "folder").symlink_to("../outside")
    (repo / "circle").symlink_to(".")
    for pattern, out in (("*.md", ["file.md"]), ("**/*.md", ["file.md"]), ("[df]*/*.md", ["folder/b.md"])):
        files, found = discover([pattern], (), repo)
        assert not {"secret.md", "b.md"} & {PurePath(str(file.path)).name for file in files}
        assert files and refused(found) == out, pattern


@needs_links
def test_many_links_are_counted(tmp_path: Path) -> None:
    make(tmp_path, "secret.md", "repo/a.md")
    for number in range(150):
        (tmp_path / "repo" / f"{number:03}.md").symlink_to("../secret.md")
    files, found = discover(["."], (), tmp_path / "repo")
    assert [file.display for file in files] == ["a.md"]
    assert len(found) == 21
    assert found[20].path == "020.md" and "129 more" in found[20].message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_among_what_git_ignores_is_not_waited_for(tmp_path: Path) -> None:
    make(tmp_path, "a.md")
    os.mkfifo(tmp_path / ".gitignore")
    os.mkfifo(tmp_path / ".git")
    assert shown(tmp_path, ".") == ["a.md"]


def test_thousands_of_patterns(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "b.md", "c.md", "d.md", "a" * 120 + ".md")
    lines = [f"x{number}*y*z" for number in range(4000)]
    lines[1:1] = ["a.md", "b.md"]
    lines[2500:2500] = ["!b.md", "c.md", "[", "a?" * 50_000]
    lines += ["!a.md", "d.md", "*a" * 40 + "b"]
    assert shown(tmp_path, ".", excludes=tuple(lines)) == ["a.md", "a" * 120 + ".md", "b.md"]


@needs_links
def test_a_tree_of_links_takes_no_time(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "f/b.md", "f/g/c.md", "f/g/h/d.md")
    for number in range(200):
        (tmp_path / f"l{number:03}").symlink_to(".")
        (tmp_path / "f" / f"l{number:03}").symlink_to("..")
    through = shown(tmp_path, "*/*/*/*/*.md")
    assert sorted(PurePath(path).name for path in through) == ["a.md", "b.md", "c.md", "d.md"]
    assert shown(tmp_path, "**/*.md", "*/**") == ["a.md", "f/b.md", "f/g/c.md", "f/g/h/d.md"]
    assert shown(tmp_path, ".") == ["a.md", "f/b.md", "f/g/c.md", "f/g/h/d.md"]


def test_copy_that_is_passed_over_is_counted(tmp_path: Path) -> None:
    for name in ("a.md", "b.idml", "sub/c.IDML", "sub/d.rtf", "sub/e.png", "f.py", "node_modules/g.rtf", ".h/i.rtf"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("built/\n", encoding="utf-8")
    (tmp_path / "built").mkdir()
    (tmp_path / "built" / "page.rtf").write_bytes(b"x")
    found = search(["."], [], tmp_path)
    assert found.passed_over.startswith("Passed over: 2 .idml, 1 .rtf files (corrigenda reads .")
    assert [file.display for file in found.files] == ["a.md"]
    assert search(["a.md", "sub/*.md"], [], tmp_path).passed_over == ""
    assert search(["."], ["*.idml", "*.IDML"], tmp_path).passed_over.startswith("Passed over: 1 .rtf file (")


def test_a_folder_without_copy_passes_nothing_over(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"x")
    assert search(["."], [], tmp_path).passed_over == ""


@pytest.mark.parametrize("command", ["check", "fix", "baseline", "names"])
def test_every_command_says_what_it_passed_over(corrigenda: Corrigenda, tmp_path: Path, command: str) -> None:
    (tmp_path / "a.md").write_text("A ferry came.\n", encoding="utf-8")
    (tmp_path / "b.idml").write_bytes(b"x")
    options = ("--format", "json") if command in ("check", "names") else ()
    told = [line for line in corrigenda(command, ".", *options).err.splitlines() if "Passed over" in line]
    assert len(told) == 1 and "1 .idml file (corrigenda reads" in told[0]


def test_a_folder_with_nothing_to_read_says_both(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "b.idml").write_bytes(b"x")
    outcome = corrigenda("check", ".")
    assert outcome.code == 3 and "Passed over: 1 .idml file" in outcome.err
    assert "there is no file here that corrigenda reads unasked" in outcome.out


def test_endings_that_nobody_reads_ask_no_installed_package(
    corrigenda: Corrigenda, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*arguments: object) -> None:
        raise AssertionError("installed packages were asked")

    monkeypatch.setattr(plugins, "plugin_names", asked)
    monkeypatch.setattr(plugins, "plugin", asked)
    registry.forget()
    for name in ("a.md", "b.png", "c.idml", "d.py", "e.unknown"):
        (tmp_path / name).write_text("A ferry came.\n", encoding="utf-8")
    assert corrigenda("check", ".", "--format", "json").code == 0


def test_a_format_that_no_package_adds(corrigenda: Corrigenda, tmp_path: Path) -> None:
    (tmp_path / "corrigenda.toml").write_text(
        'fail-on = "never"\nformats = ["markdown",\n  "docks"]\n', encoding="utf-8"
    )
    outcome = corrigenda("check", ".")
    assert outcome.code == 2
    assert "corrigenda.toml:2: no package reads the format 'docks'; no installed package has any" in outcome.err


def test_the_lock_of_an_open_word_file_is_none(tmp_path: Path) -> None:
    for name in ("a.docx", "~$a.docx"):
        (tmp_path / name).write_bytes(b"x")
    assert [file.display for file in search(["."], [], tmp_path).files] == ["a.docx"]
    assert [file.display for file in search(["*.docx"], [], tmp_path).files] == ["a.docx"]
