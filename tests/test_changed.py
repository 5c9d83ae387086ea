"""Only what changed, on real git repositories: files and lines, renames, odd names, staged bytes."""

import os
import subprocess
from pathlib import Path

import pytest

from corrigenda.gate.git_changes import GitError, held, since, staged
from tests.conftest import HOUSE_TERM, Corrigenda

OLD = "A fair was held on the territory of the port.\n"
NEW = "The school stands on the territory of the town.\n"
FILLER = "Nothing is wrong with this line.\n"


def git(folder: Path, *arguments: str) -> None:
    settings = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = (tmp_path / "a repository").resolve()
    folder.mkdir()
    write(folder, "own/house/term.yaml", HOUSE_TERM)
    write(
        folder,
        "corrigenda.toml",
        'check-folders = ["own"]\ndisable = ["all"]\nenable = ["house"]\nfail-on = "warning"\n',
    )
    for name in ("a.md", "sub/b c.md", "sub/Стаття «Ї».md", "gone.md", "moved.md"):
        write(folder, name, FILLER + OLD + FILLER * 8)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "First")
    return folder


def found(corrigenda: Corrigenda, folder: Path, *options: str, cwd: Path | None = None) -> list[tuple[str, int]]:
    outcome = corrigenda("check", ".", "--format", "json", *options, cwd=cwd or folder)
    assert outcome.code in (0, 1), outcome.err
    return [
        (document["path"], finding["line"])
        for document in outcome.report["documents"]
        for finding in document["findings"]
    ]


def test_nothing_changed(corrigenda: Corrigenda, repository: Path) -> None:
    assert found(corrigenda, repository, "--changed-since", "HEAD") == []
    assert found(corrigenda, repository, "--staged") == []
    assert len(found(corrigenda, repository)) == 5


def test_only_changed_lines_of_changed_files(corrigenda: Corrigenda, repository: Path) -> None:
    write(repository, "a.md", FILLER + OLD + FILLER * 8 + NEW)
    write(repository, "sub/Стаття «Ї».md", NEW + FILLER + OLD + FILLER * 8)
    write(repository, "new one.md", OLD)
    expected = [("a.md", 11), ("new one.md", 1), ("sub/Стаття «Ї».md", 1)]
    assert found(corrigenda, repository, "--changed-since", "HEAD") == expected
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "Second")
    assert found(corrigenda, repository, "--changed-since", "HEAD") == []
    assert found(corrigenda, repository, "--changed-since", "HEAD~1") == expected
    inner = found(corrigenda, repository, "--changed-since", "HEAD~1", cwd=repository / "sub")
    assert inner == [("Стаття «Ї».md", 1)]


def test_a_renamed_file_counts_with_what_changed_in_it(corrigenda: Corrigenda, repository: Path) -> None:
    git(repository, "mv", "moved.md", "sub/renamed.md")
    assert found(corrigenda, repository, "--staged") == []
    write(repository, "sub/renamed.md", FILLER + OLD + FILLER * 8 + NEW)
    git(repository, "add", ".")
    assert found(corrigenda, repository, "--staged") == [("sub/renamed.md", 11)]
    assert found(corrigenda, repository, "--changed-since", "HEAD") == [("sub/renamed.md", 11)]


def test_deleted_files_and_lines(corrigenda: Corrigenda, repository: Path) -> None:
    (repository / "gone.md").unlink()
    write(repository, "a.md", OLD + FILLER * 8)  # the line before the finding went: what it follows is new
    assert found(corrigenda, repository, "--changed-since", "HEAD") == [("a.md", 1)]
    write(repository, "a.md", FILLER + OLD + FILLER * 4)
    assert found(corrigenda, repository, "--changed-since", "HEAD") == []


def test_staged_means_the_bytes_that_are_staged(corrigenda: Corrigenda, repository: Path) -> None:
    path = write(repository, "a.md", FILLER + OLD + FILLER * 8 + "`code` and " + NEW)
    write(repository, "sub/b c.md", NEW + FILLER + OLD + FILLER * 8)
    git(repository, "add", "a.md")
    assert found(corrigenda, repository, "--staged") == [("a.md", 11)]
    # Edited again, and not staged: the commit takes what was staged, at the lines that it has there.
    write(repository, "a.md", FILLER * 30)
    assert found(corrigenda, repository, "--staged") == [("a.md", 11)]
    assert list(held(repository, staged(repository), 4096)[0]) == [str(path)]
    write(repository, "a.md", FILLER + OLD + FILLER * 8 + NEW)
    git(repository, "add", "a.md")
    write(repository, "a.md", NEW * 30)
    assert found(corrigenda, repository, "--staged") == [("a.md", 11)]


def test_the_users_own_settings_of_git_change_nothing(corrigenda: Corrigenda, repository: Path) -> None:
    write(repository, "sub/Стаття «Ї».md", NEW + FILLER + OLD + FILLER * 8)
    expected = [("sub/Стаття «Ї».md", 1)]
    for name, value in (
        ("diff.noprefix", "true"),
        ("diff.mnemonicPrefix", "true"),
        ("color.ui", "always"),
        ("core.quotePath", "true"),
        ("diff.context", "9"),
        ("diff.interHunkContext", "9"),
        ("diff.external", "false"),
        ("diff.renames", "false"),
    ):
        git(repository, "config", name, value)
        assert found(corrigenda, repository, "--changed-since", "HEAD") == expected, name


@pytest.mark.skipif(os.name == "nt", reason="Windows forbids such names")
def test_names_that_git_quotes(repository: Path) -> None:
    path = write(repository, 'tab\there "and" back\\slash.md', OLD)
    git(repository, "add", ".")
    assert staged(repository) == {str(path): [(1, 1)]}
    assert since("HEAD", repository) == {str(path): [(1, 1)]}


def test_lines_that_look_like_a_header(repository: Path) -> None:
    path = write(repository, "a.md", "++ b/x.md\n@@ -1 +1 @@\n" + FILLER + OLD + FILLER * 8 + "-- a/y.md\n++ b/z.md\n")
    assert since("HEAD", repository) == {str(path): [(1, 2), (13, 14)]}


def test_what_git_cannot_say(corrigenda: Corrigenda, repository: Path, tmp_path: Path) -> None:
    for revision in ("no-such-branch", "--output=x", "-"):
        outcome = corrigenda("check", ".", f"--changed-since={revision}", cwd=repository)
        assert outcome.code == 2 and "git cannot say what changed" in outcome.err, outcome.err
    assert not (repository / "x").exists()
    both = corrigenda("check", ".", "--changed-since", "HEAD", "--staged", cwd=repository)
    assert both.code == 2 and "cannot be used together" in both.err
    outside = tmp_path / "outside"
    outside.mkdir()
    with pytest.raises(GitError, match="git repository"):
        since("HEAD", outside)


def test_before_the_first_commit(repository: Path, tmp_path: Path) -> None:
    folder = tmp_path / "fresh"
    folder.mkdir()
    git(folder, "init", "--quiet")
    path = write(folder.resolve(), "a.md", OLD)
    git(folder, "add", ".")
    assert staged(folder) == {str(path): [(1, 1)]}


def test_known_findings_outside_the_changed_lines_are_not_called_mended(
    corrigenda: Corrigenda, repository: Path
) -> None:
    corrigenda("baseline", ".", cwd=repository)
    recorded = (repository / ".corrigenda-baseline.jsonl").read_bytes()
    write(repository, "a.md", FILLER + OLD + FILLER * 8 + NEW)
    outcome = corrigenda("check", ".", "--changed-since", "HEAD", cwd=repository)
    assert outcome.code == 1 and "fixed" not in outcome.err
    assert (repository / ".corrigenda-baseline.jsonl").read_bytes() == recorded


def test_checks_that_look_across_documents_stay_right(corrigenda: Corrigenda, repository: Path) -> None:
    """With one changed file, what its names are compared with stands in files that did not change."""
    for number in range(4):
        write(repository, f"names/{number}.md", "The fair in Kharkiv was quiet. People came to Kharkiv by train.\n")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "Names")
    write(repository, "names/3.md", "The fair in Kharkov was quiet. People came to Kharkov by train.\n")
    options = ["--config", "none", "--disable", "all", "--enable", "names/mixed-across-documents", "--fail-on", "never"]
    everything = found(corrigenda, repository, *options)
    changed = found(corrigenda, repository, *options, "--changed-since", "HEAD")
    assert everything and changed == everything
    assert {path for path, _ in changed} == {"names/3.md"}


def test_a_file_counts_that_the_evidence_names(corrigenda: Corrigenda, repository: Path) -> None:
    """The sentence stands in an unchanged file, and the changed one is what it repeats."""
    said = "The ferry company cancelled all crossings to the island of Brannoch on Friday because of the storm.\n"
    write(repository, "said/a.md", "Nothing happened in the harbour of the island of Brannoch on Thursday.\n")
    write(repository, "said/b.md", said)
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "Said")
    write(repository, "said/a.md", said)
    check = "cleanup/said-twice-across-documents"
    options = ["--config", "none", "--disable", "all", "--enable", check, "--fail-on", "never"]
    assert {path for path, _ in found(corrigenda, repository, *options, "--changed-since", "HEAD")} == {"said/b.md"}


@pytest.mark.skipif(os.name == "nt", reason="the program is a shell script")
@pytest.mark.parametrize("place", ["config", "included", "worktree"])
def test_no_program_of_a_repository_is_run(repository: Path, tmp_path: Path, place: str) -> None:
    """A folder that was sent may hold a `.git` with settings, hooks and filters of its own."""
    ran = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f'#!/bin/sh\necho "$0 $@" >> "{ran}"\ncat\n', encoding="utf-8")
    program.chmod(0o755)
    hooks = repository / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-index-change", "fsmonitor-watchman", "query-watchman"):
        (hooks / name).write_bytes(program.read_bytes())
        (hooks / name).chmod(0o755)
    where = {"config": ".git/config", "included": "settings", "worktree": ".git/config.worktree"}[place]
    names = ("core.fsmonitor", "diff.external", "diff.x.command", "diff.x.textconv", "core.pager")
    for name in (*names, "filter.x.clean", "filter.x.smudge", "filter.x.process"):
        git(repository, "config", "--file", str(repository / where), name, str(program))
    git(repository, "config", "--file", str(repository / where), "filter.x.required", "true")
    if place == "included":
        git(repository, "config", "--local", "include.path", "../settings")
    if place == "worktree":
        git(repository, "config", "--local", "extensions.worktreeConfig", "true")
    write(repository, ".git/info/attributes", "*.md filter=x diff=x\n")
    write(repository, "a.md", NEW)
    assert since("HEAD", repository)
    changes = staged(repository)
    held(repository, {**changes, str(repository / "a.md"): [(1, 2)]}, 4096)
    assert not ran.exists(), ran.read_text(encoding="utf-8")


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", message)


def test_what_only_the_other_branch_changed_is_no_change(corrigenda: Corrigenda, repository: Path) -> None:
    git(repository, "checkout", "--quiet", "-b", "mine")
    write(repository, "b.md", NEW)
    commit(repository, "Mine")
    git(repository, "checkout", "--quiet", "main")
    write(repository, "a.md", FILLER * 10)  # main mends what the branch still has
    write(repository, "theirs.md", NEW)
    commit(repository, "Theirs")
    git(repository, "tag", "--annotate", "-m", "A release", "v1")
    git(repository, "checkout", "--quiet", "mine")
    for revision in ("main", "v1", "main~0"):
        assert found(corrigenda, repository, "--changed-since", revision) == [("b.md", 1)], revision
    write(repository, "c.md", OLD)  # what is not committed yet counts too
    assert found(corrigenda, repository, "--changed-since", "main") == [("b.md", 1), ("c.md", 1)]
    git(repository, "merge", "--quiet", "--no-edit", "main")
    assert found(corrigenda, repository, "--changed-since", "main") == [("b.md", 1), ("c.md", 1)]


def test_branches_with_nothing_in_common(corrigenda: Corrigenda, repository: Path) -> None:
    git(repository, "checkout", "--quiet", "--orphan", "alone")
    commit(repository, "Alone")
    outcome = corrigenda("check", ".", "--changed-since", "main", cwd=repository)
    assert outcome.code == 2 and "no commit in common" in outcome.err and "shallow" not in outcome.err


def test_a_shallow_clone_is_told_what_it_lacks(corrigenda: Corrigenda, repository: Path, tmp_path: Path) -> None:
    git(repository, "checkout", "--quiet", "-b", "mine")
    write(repository, "b.md", NEW)
    commit(repository, "Mine")
    git(repository, "checkout", "--quiet", "main")
    write(repository, "theirs.md", NEW)
    commit(repository, "Theirs")
    git(tmp_path, "clone", "--quiet", "--depth=1", "--no-single-branch", repository.as_uri(), "clone")
    clone = tmp_path / "clone"
    git(clone, "checkout", "--quiet", "mine")
    for revision in ("HEAD~1", "origin/main"):
        outcome = corrigenda("check", ".", "--changed-since", revision, cwd=clone)
        assert outcome.code == 2, revision
        assert "git fetch --unshallow" in outcome.err and "fetch-depth: 0" in outcome.err
        assert len(outcome.err.splitlines()) == 1
    git(clone, "fetch", "--quiet", "--unshallow")
    assert found(corrigenda, clone, "--changed-since", "origin/main") == [("b.md", 1)]


def test_a_merge_is_checked_where_it_is_neither_side(corrigenda: Corrigenda, repository: Path) -> None:
    git(repository, "checkout", "--quiet", "-b", "mine")
    write(repository, "a.md", FILLER + "Mine.\n" + FILLER * 8)
    commit(repository, "Mine")
    git(repository, "checkout", "--quiet", "main")
    write(repository, "a.md", FILLER + "Theirs.\n" + FILLER * 8 + NEW)
    write(repository, "theirs.md", NEW)
    commit(repository, "Theirs")
    git(repository, "checkout", "--quiet", "mine")
    with pytest.raises(subprocess.CalledProcessError):  # a conflict in line 2 of a.md
        git(repository, "merge", "main")
    write(repository, "a.md", FILLER + NEW + FILLER * 8 + NEW)
    git(repository, "add", ".")
    assert found(corrigenda, repository, "--staged") == [("a.md", 2)]
    write(repository, "more.md", OLD)  # an evil merge: neither side has this file
    git(repository, "add", ".")
    assert found(corrigenda, repository, "--staged") == [("a.md", 2), ("more.md", 1)]
    git(repository, "commit", "--quiet", "-m", "Merged")
    write(repository, "theirs.md", NEW + NEW)
    git(repository, "add", ".")
    assert found(corrigenda, repository, "--staged") == [("theirs.md", 2)]


def test_a_merge_without_conflict_brings_nothing_new(corrigenda: Corrigenda, repository: Path) -> None:
    git(repository, "checkout", "--quiet", "-b", "mine")
    write(repository, "mine.md", OLD)
    commit(repository, "Mine")
    git(repository, "checkout", "--quiet", "main")
    git(repository, "mv", "moved.md", "sub/renamed.md")
    write(repository, "theirs.md", NEW)
    commit(repository, "Theirs")
    git(repository, "checkout", "--quiet", "mine")
    git(repository, "merge", "--quiet", "--no-commit", "--no-ff", "main")
    outcome = corrigenda("check", ".", "--staged", cwd=repository)
    assert outcome.code == 0 and "nothing is staged in ., so nothing is checked" in outcome.err


def test_nothing_staged_checks_nothing_and_says_so(corrigenda: Corrigenda, repository: Path) -> None:
    # A check that compares documents would otherwise see all of them.
    text = (repository / "corrigenda.toml").read_text("utf-8")
    text = text.replace('["house"]', '["house", "cleanup/said-twice-across-documents"]')
    write(repository, "corrigenda.toml", text)
    commit(repository, "Compared")
    write(repository, "a.md", OLD * 4)  # edited, not staged
    outcome = corrigenda("check", ".", "--staged", "--format", "json", cwd=repository)
    assert (outcome.code, outcome.report["documents"]) == (0, [])
    assert "nothing is staged in ., so nothing is checked" in outcome.err
    git(repository, "add", "corrigenda.toml", "own")
    git(repository, "rm", "--quiet", "--cached", "gone.md")
    assert corrigenda("check", "sub", "--staged", "--format", "json", cwd=repository).report["documents"] == []
    since_head = corrigenda("check", "sub", "--changed-since", "HEAD", "--format", "json", cwd=repository)
    assert since_head.code == 0 and "nothing changed since HEAD in sub" in since_head.err


def test_what_is_staged_has_the_limit_of_a_file(corrigenda: Corrigenda, repository: Path) -> None:
    write(repository, "a.md", FILLER * 140_000)
    write(repository, "new.md", NEW)
    git(repository, "add", ".")
    write(repository, "a.md", OLD)  # small again, but the commit takes what was staged
    changes = staged(repository)
    bytes_of, sizes = held(repository, changes, 4096)
    assert (bytes_of, sizes) == ({}, {str(repository / "a.md"): len(FILLER) * 140_000})
    outcome = corrigenda("check", ".", "--staged", "--format", "json", cwd=repository)
    assert outcome.code == 3
    assert [problem["path"] for problem in outcome.report["problems"]] == ["a.md"]
    assert "too large" in outcome.report["problems"][0]["message"]
    assert [document["path"] for document in outcome.report["documents"]] == ["new.md"]


def test_what_is_staged_and_not_in_the_working_tree_is_checked(corrigenda: Corrigenda, repository: Path) -> None:
    write(repository, "sub/new.md", NEW)
    write(repository, "sub/.hidden/new.md", NEW)
    write(repository, "sub/new.png", NEW)
    git(repository, "add", ".")
    for name in ("sub/new.md", "sub/.hidden/new.md", "sub/new.png"):
        (repository / name).unlink()
    assert found(corrigenda, repository, "--staged") == [("sub/new.md", 1)]
    assert found(corrigenda, repository, "--staged", cwd=repository / "sub") == [("new.md", 1)]
    named = corrigenda("check", "sub/new.md", "--staged", "--format", "json", cwd=repository)
    assert [finding["line"] for finding in named.findings] == [1] and not named.report["problems"]
    elsewhere = corrigenda("check", "own", "--staged", "--format", "json", cwd=repository)
    assert elsewhere.report["documents"] == []
    assert found(corrigenda, repository, "--staged", "--exclude", "sub/*.md") == []
    assert found(corrigenda, repository, "--changed-since", "HEAD") == []  # the working tree has no such change


def test_what_a_sparse_checkout_leaves_out_is_read_from_git(corrigenda: Corrigenda, repository: Path) -> None:
    write(repository, "far/new.md", NEW)
    write(repository, "a.md", OLD + FILLER + OLD)
    commit(repository, "Far")
    git(repository, "sparse-checkout", "set", "--no-cone", "/*", "!/far")
    assert not (repository / "far").exists()
    assert found(corrigenda, repository, "--changed-since", "HEAD~1") == [("a.md", 1), ("a.md", 3), ("far/new.md", 1)]


def test_a_name_of_no_commit_is_said_plainly(corrigenda: Corrigenda, repository: Path) -> None:
    for revision in ("nowhere", "HEAD..HEAD", ""):
        outcome = corrigenda("check", ".", "--changed-since", revision, cwd=repository)
        assert outcome.code == 2
        assert outcome.err == f"corrigenda: git cannot say what changed: {revision!r} names no commit here\n"
