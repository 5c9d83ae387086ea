"""The library: three lines that work, a session that stays, threads that share it."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import corrigenda
from corrigenda import Checked, Finding, Fixed, Session, Settings, check, check_paths, fix
from corrigenda.errors import CheckError
from corrigenda.pipeline.stages import Stage

TEXT = "He met  the mayor in Kiev. Kyiv is quiet."


@pytest.fixture(scope="module")
def session() -> Session:
    return Session(engines={"grammar": "off"})


def test_three_lines(session: Session) -> None:
    result = session.check(TEXT)
    assert isinstance(result, Checked) and all(isinstance(finding, Finding) for finding in result)
    assert [TEXT[finding.start : finding.end] for finding in result] == [finding.quote for finding in result]
    assert {"  ", "Kiev"} <= {finding.quote for finding in result}
    assert result[0] in result and len(result) == len(result.findings) and result[:1] == result.findings[:1]


def test_printed_it_says_what_was_found_and_what_did_not_run(session: Session) -> None:
    lines = str(session.check(TEXT)).splitlines()
    assert lines[0].startswith("1:7 ")
    assert lines[-1].startswith("Did not run: grammar")
    nothing = Checked((), (), (), session.check("Quiet.").document)
    assert str(nothing) == "Nothing found that corrigenda looks for."


def test_fixing_gives_the_text_and_what_was_done(session: Session) -> None:
    fixed = session.fix(TEXT)
    assert isinstance(fixed, Fixed) and str(fixed) == fixed.text == TEXT.replace("  ", " ")
    assert [(done.finding.quote, done.text) for done in fixed.applied] == [("  ", " ")]
    assert [finding.quote for finding in fixed.left] == ["Kiev"]


def test_the_functions_make_a_session_of_their_own(tmp_path: Path) -> None:
    settings = Settings(engines={"grammar": "off"})
    assert check(TEXT, configuration=settings).findings
    assert fix("It is  the port.", configuration=settings).text == "It is the port."
    (tmp_path / "a.md").write_text("# Port\n\nIt is  the port.\n", encoding="utf-8")
    report = check_paths([tmp_path], configuration=settings)
    assert [len(document.findings) for document in report.documents] == [1]


def test_a_configuration_file_is_read_when_it_is_named(tmp_path: Path) -> None:
    file = tmp_path / "corrigenda.toml"
    file.write_text('disable = ["cleanup"]\n[engines]\ngrammar = "off"\n', encoding="utf-8")
    with Session(file) as session:
        assert [finding.quote for finding in session.check(TEXT)] == ["Kiev"]


def test_a_check_that_does_not_exist_is_refused() -> None:
    with pytest.raises(CheckError, match="did you mean 'artefacts'"):
        Session(Settings(disabled=("artefact",)))


def test_markdown_is_read_as_markdown(session: Session) -> None:
    text = "# Port\n\n`a  b` is code, and the  port is not.\n"
    quotes = [finding for finding in session.check(text, format="markdown") if finding.quote == "  "]
    assert [finding.start for finding in quotes] == [text.rindex("  ")]


def test_what_the_package_offers_is_there() -> None:
    for name in corrigenda.__all__:
        assert getattr(corrigenda, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'chekc'"):
        corrigenda.chekc  # noqa: B018


def test_importing_the_package_imports_none_of_it() -> None:
    program = (
        "import corrigenda, sys; "
        "print(sorted(name for name in sys.modules if name.startswith('corrigenda.') or name in ('spacy', 'numpy')))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.slow
def test_threads_share_a_session_and_have_sessions_of_their_own() -> None:
    """Two sessions with other checks, each asked by two threads at once, give what each gives alone."""
    engines = {"grammar": "off"}
    texts = [f"{TEXT} The enemy is closing. They gave the town. Text {number}." for number in range(6)]
    whole, narrow = Session(Settings(engines=engines)), Session(Settings(("artefacts",), engines=engines))
    alone = [[own.check(text).findings for text in texts] for own in (whole, narrow)]
    assert alone[0] != alone[1]
    with ThreadPoolExecutor(4) as pool:
        for _ in range(3):
            waiting = [[pool.submit(own.check, text) for text in texts] for own in (whole, narrow)]
            assert [[one.result().findings for one in row] for row in waiting] == alone


def test_one_path_is_a_path_and_what_is_no_text_is_refused(session: Session, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("It is  the port.\n", encoding="utf-8")
    assert session.check_paths(str(tmp_path)) == session.check_paths([tmp_path])
    with pytest.raises(TypeError, match="not bytes"):
        session.check(b"text")  # type: ignore[arg-type]


def test_an_engine_or_a_state_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="did you mean 'grammar'"):
        Session(engines={"gramar": "off"})
    with pytest.raises(ValueError, match="not 'of'"):
        Session(engines={"grammar": "of"})


def test_a_part_of_the_stages_does_not_look_like_a_whole_check(session: Session) -> None:
    shown = str(session.check("It is quiet here.", last=Stage.RULES))
    assert "Did not run: grammar (the check ended after the stage RULES)" in shown
