"""Lexicons: every entry is whole, its sentences prove it, and its conditions do what they say."""

import re
from collections import Counter
from pathlib import Path

import pytest

from corrigenda import resources
from corrigenda.errors import CheckError
from corrigenda.languages import language
from corrigenda.pipeline.checker import Checker
from corrigenda.pipeline.compile import compile_checks
from corrigenda.pipeline.examples import read_example
from corrigenda.pipeline.findings import finding_of
from corrigenda.pipeline.index import assemble
from corrigenda.pipeline.lexicon_examples import Example, fault, proofs
from corrigenda.rules.check import Check, load, load_folder
from corrigenda.rules.hit import Hit
from corrigenda.rules.lexicon import kinds, lexicons, read
from corrigenda.settings import Settings
from tests.corrections.faults import faults, put, usable

FOLDERS = sorted({lexicon.path.parent.name for lexicon in lexicons()})
LANGUAGES = frozenset("ar cs de es fr it ja ko pl pt ru tr uk zh".split())


def with_lexicons() -> list[Check]:
    """The shipped checks that take entries from lexicons."""
    return [check for check in load_folder(resources.folder("checks")) if "lexicon" in check.options]


@pytest.fixture(scope="module")
def proved() -> list[tuple[Example, list[Hit]]]:
    """The sentences of all entries with what their entries find there, run in one batch."""
    return proofs(with_lexicons())


@pytest.mark.parametrize("folder", FOLDERS)
def test_sentences_of_entries(folder: str, proved: list[tuple[Example, list[Hit]]]) -> None:
    failed = [
        f"{example.path}:{example.line}: {example.entry} {message}"
        for example, hits in proved
        if example.path.parent.name == folder and (message := fault(example, hits))
    ]
    assert not failed, "\n".join(failed)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_corrected_sentence_has_no_new_fault(folder: str, proved: list[tuple[Example, list[Hit]]]) -> None:
    bad, made = [], 0
    for example, hits in proved:
        if example.path.parent.name != folder:
            continue
        document = read_example(example.text, "t")
        for hit in hits:
            finding = finding_of(document, hit, Settings())
            for text in usable(finding) if finding is not None else ():
                made += 1
                assert finding is not None
                bad += [
                    f"{example.path}:{example.line}: {example.entry}: {finding.quote!r} → {text!r}: {broken}"
                    for broken in faults(document.text, put(document.text, finding, text))
                ]
    assert made
    assert not bad, "\n".join(bad)


def test_every_kind_belongs_to_one_check() -> None:
    assert Counter(check.options["lexicon"] for check in with_lexicons()) == Counter(kinds())


def test_entries_are_whole() -> None:
    seen: Counter[str] = Counter()
    for lexicon in lexicons():
        folder = lexicon.path.parent.name
        codes = {"any", *folder.split("-"), *lexicon.languages}
        assert set(lexicon.languages) <= LANGUAGES, lexicon.path
        for entry, line in zip(lexicon.entries, lexicon.lines, strict=True):
            where = f"{lexicon.path}:{line}: {entry['id']}"
            seen[entry["id"]] += 1
            assert entry["id"].split("-")[0] in codes, where
            assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", entry["id"]), where
            assert str(entry.get("source", "")).strip(), where
            assert entry.get("wrong"), where
            assert entry.get("fine"), where
            assert re.match(r"(knowledge|reading )", entry.get("from", "")), where
            assert set(entry.get("languages", ())) <= LANGUAGES, where
    assert [identity for identity, count in seen.items() if count > 1] == []


def test_topics_are_sorted_and_have_words() -> None:
    lines = [
        line
        for line in resources.path("corpora", "topics.tsv").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert lines == sorted(set(lines))
    topics = language("en").topics
    for topic in topics.names:
        words = topics.words(topic)
        assert len(words) >= 6, topic
        assert topics.holds(topic, f"They spoke of {words[0]} and then of {words[1]}."), topic
        assert not topics.holds(topic, f"They spoke of {words[0]} and of nothing else."), topic


def checker(tmp_path: Path, source: str = "") -> Checker:
    """A checker with one strong and one weak entry."""
    path = tmp_path / "checks" / "artefacts" / "trial.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(
        "id: artefacts/trial\nsummary: Something for a test\nwhy: It is here so that a test can ask for it.\n"
        "category: style/unidiomatic\nseverity: warning\ndetector: phrases\nlexicon: trial\n",
        encoding="utf-8",
    )
    check = load(path, tmp_path / "checks")
    return Checker(assemble([compile_checks([check])]), Settings(source_language=source))


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of lexicons of the test's own."""
    folder = tmp_path / "lexicons" / "pl"
    folder.mkdir(parents=True)
    monkeypatch.setattr(
        "corrigenda.rules.lexicon._files", lambda kind: sorted((tmp_path / "lexicons").glob(f"*/{kind}.yaml"))
    )
    (folder / "trial.yaml").write_text(
        "schema: 1\nlanguages: [pl]\nentries:\n"
        "  - id: pl-strong\n    source: x\n    find: ⟦gribbled⟧\n    right: [said]\n"
        "  - id: pl-weak\n    source: y\n    find: ⟦session⟧\n    right: [hearing]\n    weak: true\n"
        "  - id: pl-topical\n    source: z\n    find: ⟦rear⟧\n    right: [defence]\n    topic: football\n",
        encoding="utf-8",
    )
    return folder / "trial.yaml"


def said(own: Checker, text: str) -> list[str]:
    """What is marked in a text."""
    from corrigenda.pipeline.examples import findings

    return [finding.quote for finding in findings(own, [read_example(text, "t")])[0]]


def test_a_weak_entry_needs_support(trial: Path, tmp_path: Path) -> None:
    assert trial.is_file()
    with checker(tmp_path) as own:
        assert said(own, "The session was long.") == []
        assert said(own, "He gribbled it. She gribbled too. The session was long.") == [
            "gribbled",
            "gribbled",
            "session",
        ]


@pytest.mark.parametrize(("source", "wanted"), [("pl", ["session"]), ("de", [])])
def test_a_known_source_language_decides(trial: Path, tmp_path: Path, source: str, wanted: list[str]) -> None:
    assert trial.is_file()
    with checker(tmp_path, source) as own:
        assert said(own, "The session was long.") == wanted


def test_a_topic_is_asked_for(trial: Path, tmp_path: Path) -> None:
    assert trial.is_file()
    with checker(tmp_path) as own:
        assert said(own, "The goalkeeper shouted at the rear after the corner.") == ["rear"]
        assert said(own, "The dog slept in the rear of the van.") == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("entries: []\n", 1, "schema: 1"),
        ("schema: 1\nlanguages: [pl]\nentries:\n  - id: pl-a\n    finds: ⟦x⟧\n", 4, "did you mean"),
        ("schema: 1\nlanguages: [pl]\nentries:\n  - id: pl-a\n    source: x\n", 4, "looks for nothing"),
        ("schema: 1\nentries: [\n", 3, "not valid YAML"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = tmp_path / "idioms.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CheckError, match=words) as caught:
        read(path)
    assert caught.value.line == line


def test_an_unknown_topic_is_told(trial: Path, tmp_path: Path) -> None:
    trial.write_text(trial.read_text(encoding="utf-8").replace("football", "fotball"), encoding="utf-8")
    with pytest.raises(CheckError, match="no topic 'fotball'"):
        checker(tmp_path)


def test_two_lexicons_on_one_slip_say_it_once(trial: Path, tmp_path: Path) -> None:
    other = trial.parent.parent / "de" / "trial.yaml"
    other.parent.mkdir()
    other.write_text(
        "schema: 1\nlanguages: [de]\nentries:\n"
        "  - id: de-strong\n    source: x\n    find: he ⟦gribbled loudly⟧\n    right: [cried]\n",
        encoding="utf-8",
    )
    with checker(tmp_path) as own:
        assert said(own, "So he gribbled loudly. She gribbled.") == ["gribbled loudly", "gribbled"]
    with checker(tmp_path / "pl", "pl") as own:
        assert said(own, "So he gribbled loudly. She gribbled.") == ["gribbled", "gribbled"]
