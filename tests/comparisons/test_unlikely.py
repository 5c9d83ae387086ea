"""Texts read whole: which are, what is marked there and what not, and what it does for the findings of others."""

from pathlib import Path

import pytest

from corrigenda import Session
from corrigenda.detectors import unlikely
from corrigenda.documents import registry
from corrigenda.documents.store import Source
from corrigenda.engines.judge.judge import Judge
from corrigenda.engines.judge.models import Comparisons
from corrigenda.engines.registry import kind
from corrigenda.finding import Finding, Report, Severity
from corrigenda.languages import language
from corrigenda.pipeline import run as running
from corrigenda.pipeline.checker import checker
from corrigenda.pipeline.run import run
from corrigenda.settings import Settings

CHECK = "artefacts/unlikely-wording"
FACTORY = (
    "The company opened a new factory near the port last year. It makes tyres for lorries and employs four hundred "
    "people, most of whom live in the nearby villages bones."
)
CALQUES = (
    "\n\nThe meeting took place on the territory of the school. According to his words, the roof will be mended in the "
    "shortest terms. The liquidation of the consequences of the fire took a week.\n"
)
ALONE = Settings(engines={"grammar": "off"}, disabled=("all",), enabled=(CHECK,))


def check(text: str, settings: Settings = ALONE) -> Report:
    return run([Source("a.md", Path("a.md"), text.encode())], settings, incremental=False)


def found(report: Report, name: str = CHECK) -> list[Finding]:
    return [finding for finding in report.documents[0].findings if finding.check == name]


def status(report: Report) -> str:
    return next(engine.status for engine in report.engines if engine.name == "language-model")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the language model was to read, with nothing read."""
    texts: list[str] = []

    def read(self: Comparisons, document: int, text: str) -> None:
        texts.append(text)

    monkeypatch.setattr(Comparisons, "read", read)
    return texts


def test_a_text_that_others_show_to_be_translated_is_read(judge: Judge) -> None:
    report = check(FACTORY + CALQUES, Settings(engines={"grammar": "off"}))
    (bones,) = [finding for finding in found(report) if finding.quote == "bones"]
    assert bones.severity is Severity.SUGGESTION
    assert 0.4 < bones.confidence < 1
    assert bones.corrections == ()
    assert status(report) == "ran"


def test_no_other_text_is(asked: list[str]) -> None:
    settings = Settings(engines={"grammar": "off"})
    assert found(check(FACTORY, settings)) == []
    assert asked == []
    assert found(check(FACTORY + CALQUES, settings)) == []
    assert len(asked) == 1 and asked[0].startswith(FACTORY)


@pytest.mark.parametrize("text", [f"---\ntranslated_from: pl\n---\n\n{FACTORY}\n", f"{FACTORY}\n"])
def test_nor_where_nobody_says_so(asked: list[str], text: str) -> None:
    """What somebody says of the text counts, in its front matter or in the settings."""
    settings = Settings(engines={"grammar": "off"})
    check(text, settings)
    assert bool(asked) == text.startswith("---")
    asked.clear()
    check(text, settings._replace(source_language="pl"))
    assert asked


def test_a_large_run_reads_none_unless_asked(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "READ", 1)
    sources = [Source(f"{number}.md", Path(f"{number}.md"), (FACTORY + CALQUES).encode()) for number in range(2)]
    run(sources, Settings(engines={"grammar": "off"}), incremental=False)
    assert asked == []
    run(sources, Settings(engines={"grammar": "off", "language-model": "on"}), incremental=False)
    assert len(asked) == 2


def test_a_large_run_of_the_library_reads_none_either(
    asked: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for number in range(2):
        (tmp_path / f"{number}.md").write_text(FACTORY + CALQUES, encoding="utf-8")
    monkeypatch.setattr(running, "READ", 1)
    with Session(Settings(engines={"grammar": "off"})) as session:
        both = session.check_paths(tmp_path)
        assert asked == []
        one = session.check_paths(tmp_path / "0.md")
        assert len(asked) == 1, "a small run of the same session is read"
        assert status(both) != "off" and status(one) == "ran"
        monkeypatch.setattr(running, "COMPARED", 1)
        engines = session.check_paths(tmp_path).engines
        reason = next(engine.reason for engine in engines if engine.name == "language-model")
        assert "more than 1 are compared only when asked" in reason
    with Session(Settings(engines={"grammar": "off", "language-model": "on"})) as session:
        session.check_paths(tmp_path)
    assert len(asked) == 3


def test_a_run_under_other_settings_has_the_same_engines() -> None:
    settings = Settings(engines={"language-model": "auto", "llm": "on"}, options={"llm": {"alone": True}})
    with checker(settings) as own:
        assert own.under(settings) is own
        other = own.under(settings._replace(engines={"language-model": "off", "llm": "on"}, reading=False))
        for name in ("llm", "grammar", "spacy"):
            assert other.engine(kind(name)) is own.engine(kind(name))
        assert other.names is own.names


def test_headings_and_names_are_left_out(judge: Judge) -> None:
    text = f"---\ntranslated_from: pl\n---\n\n# Bones employ the umbrella\n\n{FACTORY} It belongs to Wrzlk Zorbax.\n"
    report = check(text, Settings(engines={"grammar": "off"}))
    quotes = " ".join(finding.quote for finding in found(report))
    assert "bones" in quotes
    assert not any(word in quotes for word in ("Zorbax", "Wrzlk", "umbrella"))


def test_a_long_text_is_read_to_a_limit_and_says_so(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unlikely, "_MOST_READ", 100)
    report = check(FACTORY + CALQUES, Settings(engines={"grammar": "off"}))
    assert [len(text) for text in asked] == [100]
    assert any("was read up to" in problem.message for problem in report.problems)


def test_places_are_those_of_the_file_whatever_markup_stands_there(judge: Judge) -> None:
    marked = FACTORY.replace("port", "**port**").replace("villages", "[villages](a.md)")
    text = f"---\ntranslated_from: pl\n---\n\n{marked}\n"
    report = check(text, Settings(engines={"grammar": "off"}))
    (bones,) = [finding for finding in found(report) if "bones" in finding.quote]
    assert text[bones.start : bones.end] == bones.quote


def test_words_know_what_stands_beside_them() -> None:
    text = "He took the bus. She slept."
    read = [(0, -1.0), (3, -2.0), (8, -0.5), (12, -3.0), (13, -4.0), (15, -0.1), (17, -5.0), (21, -6.0), (26, -0.2)]
    words = unlikely.words_of(text, read, language("en"))
    assert [word.text for word in words] == ["He", "took", "the", "bus", ".", "She", "slept", "."]
    features = {word.text: dict(zip(unlikely.FEATURES, word.features, strict=True)) for word in words}
    assert features["bus"]["log-probability"] == -7.0 and features["bus"]["pieces"] == 2
    assert features["bus"]["of the token before"] == -0.5 and features["bus"]["of the token behind"] == -0.1
    assert features["the"]["closed class"] == 1 and features["took"]["closed class"] == 0
    assert features["She"]["begins a sentence"] == 1 and features["slept"]["begins a sentence"] == 0


def test_blocks_that_are_read_keep_their_places() -> None:
    document = registry.read_bytes(b"# Title\n\nOne *two* three.\n\n- four\n", "a.md", "markdown")
    text, blocks = unlikely.readable(document)
    assert text == "One two three.\nfour"
    assert [document.blocks[number].view.text for _, number in blocks] == ["One two three.", "four"]


def test_a_suggestion_at_an_unexpected_place_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    text = FACTORY + CALQUES + "\nHe underlined that the firemen came late.\n"
    settings = Settings(engines={"grammar": "off"})

    def severity(value: float) -> Severity:
        def read(self: Comparisons, document: int, text: str) -> list[tuple[int, float]]:
            at = text.index("underlined")
            return [
                (start, value if start == at else -1.0)
                for start in range(len(text))
                if text[start - 1 : start] in "\n "
            ]

        monkeypatch.setattr(Comparisons, "read", read)
        own = [finding for finding in check(text, settings).documents[0].findings if finding.quote == "underlined"]
        assert len(own) == 1 and own[0].check != CHECK
        return own[0].severity

    assert severity(-1.0) is Severity.SUGGESTION
    assert severity(-25.0) is Severity.WARNING


def test_a_check_says_how_grave_it_is_in_a_translation() -> None:
    question = "They discussed the given question on Monday.\n"
    settings = Settings(engines={"grammar": "off", "language-model": "off"})
    for text, wanted in ((question, Severity.SUGGESTION), (question + CALQUES, Severity.WARNING)):
        (finding,) = [own for own in check(text, settings).documents[0].findings if own.quote == "the given question"]
        assert finding.severity is wanted
    own = settings._replace(severities={"artefacts/officialese": Severity.SUGGESTION})
    severities = {f.severity for f in found(check(question + CALQUES, own), "artefacts/officialese")}
    assert severities == {Severity.SUGGESTION}


@pytest.mark.parametrize(
    "text",
    ["Kiev Kyiv " * 3000, "x" * 5000, "The bridge. " * 2000, "Zrbl vrmp qwst. " * 300, " ", "\u200b\u0301" * 500],
)
def test_what_is_no_copy_is_not_read(asked: list[str], text: str) -> None:
    """A model reads some hundred words a second, and a hostile text may be anything."""
    report = check(f"---\ntranslated_from: uk\n---\n\n{text}\n")
    assert asked == []
    assert report.problems == ()
