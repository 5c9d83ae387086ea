"""`--source FILE`: one text beside one file, what is kept of the two, and sources that cannot be used."""

from pathlib import Path

from tests.sources.conftest import Project

ENGLISH = "The mayor opened the bridge on 12 May.\n\nThree boats passed under it.\n"
GERMAN = "Der Burgermeister erquopte die Quorbrücke am 13 Mai.\n\nDrei Boote fuhren darunter durch.\n"


def test_a_finding_quotes_the_source_and_says_where_it_stands(project: Project) -> None:
    project.write("a.md", ENGLISH)
    project.write("a.de.md", GERMAN)
    run = project.run("check", "a.md", "--source", "a.de.md", "--format", "json")
    assert run.code == 0, run.err
    (finding,) = run.findings
    start, end = finding["source_span"]
    assert ENGLISH[finding["start"] : finding["end"]] == "12"
    assert GERMAN[start:end] == "Der Burgermeister erquopte die Quorbrücke am 13 Mai."
    assert finding["message"] == (
        "The source says “Der Burgermeister erquopte die Quorbrücke am 13 Mai.”, and 12 is no figure of it."
    )
    assert finding["evidence"]["source"] == GERMAN[start:end]


def test_without_a_source_nothing_is_compared(project: Project) -> None:
    project.write("a.md", ENGLISH)
    project.write("a.de.md", GERMAN)
    assert project.run("check", "a.md", "--format", "json").findings == []


def test_a_second_run_says_the_same_and_a_changed_source_is_seen(project: Project) -> None:
    project.write("a.md", ENGLISH)
    project.write("a.de.md", GERMAN)
    asked = ("check", "a.md", "--source", "a.de.md", "--format", "json")
    first, second = project.run(*asked), project.run(*asked)
    assert first.findings and first.out == second.out
    project.write("a.de.md", GERMAN.replace("13 Mai", "12 Mai"))
    assert project.run(*asked).findings == []
    project.write("a.de.md", GERMAN)
    assert project.run(*asked).out == first.out


def test_what_is_kept_holds_no_word_of_the_source(project: Project, user_home: Path) -> None:
    project.write("a.md", ENGLISH)
    project.write("a.zh.md", "市长于5月13日为大桥揭幕克罗兰。\n\n三艘船从桥下驶过。\n")
    project.write("a.de.md", GERMAN)
    for source in ("a.zh.md", "a.de.md"):
        assert project.run("check", "a.md", "--source", source, "--format", "json").findings
    # The compiled checks beside it have words of many languages.
    files = list(user_home.rglob("results.sqlite*"))
    kept = b"".join(path.read_bytes() for path in files)
    assert b"acme/figure" in kept
    for word in ("Burgermeister", "Quorbrücke", "erquopte", "揭幕", "市长", "克罗兰"):
        for written in (word.encode(), word.encode("unicode_escape")):
            assert written not in kept, word


def test_a_source_that_is_not_there_is_said_and_the_rest_is_checked(project: Project) -> None:
    project.write("a.md", ENGLISH)
    for _ in range(2):
        run = project.run("check", "a.md", "--source", "gone.md", "--format", "json")
        assert run.code == 3
        (problem,) = run.report["problems"]
        assert problem["path"] == "a.md"
        assert "without its source gone.md" in problem["message"]
        assert run.report["documents"][0]["status"] == "checked"


def test_a_source_that_is_no_text(project: Project) -> None:
    project.write("a.md", ENGLISH)
    (project.folder / "b.md").write_bytes(bytes(range(256)) * 40)
    run = project.run("check", "a.md", "--source", "b.md", "--format", "json")
    assert run.code == 3 and "without its source b.md" in run.report["problems"][0]["message"]


def test_a_source_that_is_too_large(project: Project) -> None:
    project.write("a.md", ENGLISH)
    project.write("b.md", GERMAN * 60_000)
    run = project.run("check", "a.md", "--source", "b.md", "--format", "json")
    assert run.code == 3 and "too large" in run.report["problems"][0]["message"]


def test_a_source_that_is_the_document_itself(project: Project) -> None:
    project.write("a.md", ENGLISH)
    (project.folder / "link.md").symlink_to("a.md")
    for name in ("a.md", "./a.md", "link.md"):
        run = project.run("check", "a.md", "--source", name)
        assert run.code == 2 and "the document itself" in run.err


def test_one_file_for_two_documents_is_refused_and_so_is_a_folder(project: Project) -> None:
    project.write("a.md", ENGLISH)
    project.write("b.md", ENGLISH)
    project.write("uk/a.md", GERMAN)
    run = project.run("check", "a.md", "b.md", "--source", "uk/a.md")
    assert run.code == 2 and "2 documents" in run.err and "pattern" in run.err
    run = project.run("check", "a.md", "--source", "uk")
    assert run.code == 2 and "is a folder" in run.err


def test_what_is_left_after_a_correction_is_still_compared(project: Project) -> None:
    project.write("a.md", ENGLISH.replace("opened the", "opened  the"))
    project.write("a.de.md", GERMAN)
    run = project.run("fix", "a.md", "--source", "a.de.md", "--enable", "cleanup")
    assert "opened the bridge" in (project.folder / "a.md").read_text(encoding="utf-8")
    assert "no correction to offer" in run.err, run.err


def test_a_comment_that_ignores_such_a_finding_is_not_called_unused_without_a_source(project: Project) -> None:
    project.write("a.md", f"<!-- corrigenda: ignore-file acme/figure -->\n\n{ENGLISH}")
    assert project.run("check", "a.md", "--enable", "suppression", "--format", "json").findings == []
