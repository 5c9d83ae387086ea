"""What the comparisons are told by people: confusable senses, boilerplate, exemplars, minimal pairs.

Word lists are code: this holds them sorted, unique, well marked and free of anything copied from the measuring
material.
"""

import gzip
import json
import re
import runpy
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from corrigenda import resources

GROUPS = {"ru-uk": {"ru", "uk"}, "de": {"de"}, "fr": {"fr"}, "es": {"es"}, "zh": {"zh"}}
EXEMPLARS = (
    "calque",
    "literal-idiom",
    "lost-function-word",
    "pronoun",
    "speech-punctuation",
    "tense",
    "word-order",
)
MARK = re.compile(r"⟦([^⟦⟧]+)⟧")
PAIRS = Path(__file__).resolve().parent.parent / "minimal_pairs.jsonl"


def _jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@cache
def _sets(group: str) -> list[dict[str, Any]]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = resources.path("corpora", "confusables", f"{group}.yaml").read_text(encoding="utf-8")
    loaded = yaml.load(text, Loader=loader)
    assert loaded["schema"] == 1
    sets: list[dict[str, Any]] = loaded["sets"]
    return sets


def _every_set() -> Iterator[tuple[str, dict[str, Any]]]:
    for group in GROUPS:
        for confusable in _sets(group):
            yield group, confusable


def _marked(text: str) -> str:
    found = MARK.findall(text)
    assert len(found) == 1, f"one mark is needed: {text}"
    assert text.count("⟦") == text.count("⟧") == 1
    mark: str = found[0]
    assert mark == mark.strip()
    return mark


def _same(first: str, second: str) -> bool:
    return " ".join(first.lower().split()) == " ".join(second.lower().split())


def _without_spaces_before_marks(text: str) -> str:
    return re.sub(r" ([.,])", r"\1", re.sub(r" +", " ", text))


def _repaired(text: str, repair: str) -> str:
    mark = MARK.search(text)
    assert mark is not None
    if mark[1][0].isupper():
        repair = repair[:1].upper() + repair[1:]
    return _without_spaces_before_marks(text[: mark.start()] + repair + text[mark.end() :])


def test_the_folder_holds_one_file_a_source_language_group() -> None:
    names = {path.name for path in resources.path("corpora", "confusables").iterdir() if not path.name.startswith(".")}
    assert names == {f"{group}.yaml" for group in GROUPS}


def test_there_are_four_hundred_sets_and_half_of_them_are_russian_and_ukrainian() -> None:
    assert sum(len(_sets(group)) for group in GROUPS) >= 400
    assert len(_sets("ru-uk")) >= 200


@pytest.mark.parametrize("group", GROUPS)
def test_sets_are_sorted_and_unique(group: str) -> None:
    ids = [confusable["id"] for confusable in _sets(group)]
    assert ids == sorted(set(ids))


def test_ids_are_unique_over_all_files() -> None:
    counted = Counter(confusable["id"] for _, confusable in _every_set())
    assert [name for name, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("group", GROUPS)
def test_every_set_has_its_parts_and_no_others(group: str) -> None:
    for confusable in _sets(group):
        name = confusable["id"]
        assert re.fullmatch(r"[a-z]{2}(?:-[a-z0-9]+)+", name), name
        assert set(confusable) == {"id", "source", "senses", "frames", "attested", "examples"}, name
        assert confusable["source"], name
        for source in confusable["source"]:
            assert set(source) == {"lang", "word", "gloss"}, name
            assert source["lang"] in GROUPS[group], name
            assert source["word"].strip() and source["gloss"].strip(), name
        assert name.startswith(tuple(f"{language}-" for language in GROUPS[group]))
        assert len(confusable["senses"]) >= 2, name
        for sense in confusable["senses"]:
            assert set(sense) == {"words", "means", "typical"}, name
            assert sense["words"] and sense["means"] and sense["typical"], name
            assert sense["typical"] == sorted(set(sense["typical"])), name
        assert confusable["frames"], name
        for frame in confusable["frames"]:
            assert set(frame) == {"wrong", "right", "context"}, name
            assert frame["wrong"] and frame["right"] and frame["context"], name
            assert frame["context"] == sorted(set(frame["context"])), name
            assert not any(_same(frame["wrong"], right) for right in frame["right"]), name
        assert set(confusable["examples"]) == {"wrong", "fine"}, name
        assert confusable["examples"]["wrong"] and confusable["examples"]["fine"], name


@pytest.mark.parametrize("group", GROUPS)
def test_senses_of_a_set_are_told_apart(group: str) -> None:
    for confusable in _sets(group):
        first_words = [sense["words"][0] for sense in confusable["senses"]]
        assert len(first_words) == len(set(first_words)), confusable["id"]
        meanings = [sense["means"] for sense in confusable["senses"]]
        assert len(meanings) == len(set(meanings)), confusable["id"]


def test_attested_says_where() -> None:
    for _, confusable in _every_set():
        assert re.fullmatch(
            r"own knowledge of the dictionary entry|(?:[A-Z][^();]+ \(seen \d+ times?\)(?:; )?)+",
            confusable["attested"],
        ), confusable["id"]


def test_attestations_are_what_the_measuring_material_says(shared_dir: Path) -> None:
    script = Path(__file__).resolve().parents[2] / "benchmarks" / "derive_confusables.py"
    attestations = runpy.run_path(str(script))["attestations"]
    said = attestations(shared_dir, resources.path("corpora", "confusables"))
    assert {confusable["id"]: confusable["attested"] for _, confusable in _every_set()} == said


@pytest.mark.parametrize("group", GROUPS)
def test_examples_are_repaired_by_their_frames(group: str) -> None:
    for confusable in _sets(group):
        for example in confusable["examples"]["wrong"]:
            assert set(example) == {"text", "right"}
            mark = _marked(example["text"])
            frames = [frame for frame in confusable["frames"] if _same(frame["wrong"], mark)]
            assert frames, f"{confusable['id']}: no frame for {mark}"
            repairs = {_repaired(example["text"], right) for frame in frames for right in frame["right"]}
            assert example["right"] in repairs, confusable["id"]
            assert example["right"] != MARK.sub(r"\1", example["text"])


@pytest.mark.parametrize("group", GROUPS)
def test_the_wrong_words_of_every_frame_stand_in_an_example_beside_a_cue(group: str) -> None:
    for confusable in _sets(group):
        examples = confusable["examples"]["wrong"]
        for frame in confusable["frames"]:
            told = [example for example in examples if _same(_marked(example["text"]), frame["wrong"])]
            assert told, f"{confusable['id']}: {frame['wrong']}"
            around = " ".join(MARK.sub(" ", example["text"]) for example in told).lower()
            assert any(_stem(cue) in around for cue in frame["context"]), (
                f"{confusable['id']}: no cue of {frame['context']} in {around}"
            )


def _stem(cue: str) -> str:
    """The first letters of a cue, enough to find its other forms."""
    lowered = cue.lower()
    return lowered if len(lowered) <= 4 else lowered[: max(4, len(lowered) - 3)]


def test_articles_agree_with_the_repair() -> None:
    for _, confusable in _every_set():
        for example in confusable["examples"]["wrong"]:
            assert not re.search(r"\b[Aa] [aeio]|\b[Aa]n (?![aeiouhX8])[a-z]", example["right"]), example["right"]


def test_fine_examples_are_plain_sentences() -> None:
    for _, confusable in _every_set():
        for text in confusable["examples"]["fine"]:
            assert "⟦" not in text and text[0].isupper() and text.rstrip('"')[-1] in ".?!", text


def test_boilerplate_is_sorted_unique_and_of_every_kind() -> None:
    rows = _jsonl(resources.path("corpora", "boilerplate.jsonl"))
    assert len(rows) >= 300
    assert all(set(row) == {"text", "kind"} for row in rows)
    keys = [(row["kind"], row["text"]) for row in rows]
    assert keys == sorted(keys)
    assert len({row["text"].lower() for row in rows}) == len(rows)
    kinds = Counter(row["kind"] for row in rows)
    assert len(kinds) >= 15
    assert min(kinds.values()) >= 5


def test_boilerplate_names_no_address() -> None:
    for row in _jsonl(resources.path("corpora", "boilerplate.jsonl")):
        assert not re.search(r"https?:|www\.|\w\.(?:com|net|org|ru|ua|uk)\b|@\w", row["text"]), row["text"]


def test_exemplars_are_sorted_and_marked() -> None:
    folder = resources.path("corpora", "exemplars")
    assert sorted(path.stem for path in folder.glob("*.jsonl")) == sorted(EXEMPLARS)
    languages = {language for group in GROUPS.values() for language in group}
    for kind in EXEMPLARS:
        rows = _jsonl(folder / f"{kind}.jsonl")
        assert len(rows) >= 10
        assert [row["text"] for row in rows] == sorted({row["text"] for row in rows})
        for row in rows:
            assert set(row) == {"kind", "source_languages", "text", "right"}
            assert row["kind"] == kind
            assert row["source_languages"] and set(row["source_languages"]) <= languages
            assert MARK.search(row["text"])
            assert row["text"].count("⟦") == row["text"].count("⟧") == len(MARK.findall(row["text"]))
            assert row["right"] != MARK.sub(r"\1", row["text"])


def test_there_are_sixty_minimal_pairs_over_twenty_kinds() -> None:
    rows = _jsonl(PAIRS)
    kinds = Counter(row["kind"] for row in rows)
    assert len(rows) == 60
    assert len(kinds) == 20
    assert set(kinds.values()) == {3}
    assert [(row["kind"], row["wrong"]) for row in rows] == sorted((row["kind"], row["wrong"]) for row in rows)


def test_a_minimal_pair_marks_the_same_words_in_both_sentences() -> None:
    for row in _jsonl(PAIRS):
        assert set(row) == {"kind", "before", "wrong", "repair", "after", "fine_before", "fine", "fine_after"}
        assert _same(_marked(row["wrong"]), _marked(row["fine"])), row["wrong"]
        assert not _same(row["repair"], _marked(row["wrong"]))
        assert (row["before"], row["wrong"]) != (row["fine_before"], row["fine"])
        assert all(row[part].strip() for part in row)


def _our_sentences() -> Iterator[str]:
    for _, confusable in _every_set():
        for example in confusable["examples"]["wrong"]:
            yield example["text"]
            yield example["right"]
        yield from confusable["examples"]["fine"]
    for kind in EXEMPLARS:
        for row in _jsonl(resources.path("corpora", "exemplars", f"{kind}.jsonl")):
            yield row["text"]
            yield row["right"]
    for row in _jsonl(PAIRS):
        yield from (row[part] for part in ("before", "wrong", "after", "fine_before", "fine", "fine_after"))
    yield from (row["text"] for row in _jsonl(resources.path("corpora", "boilerplate.jsonl")))


def test_texts_are_in_composed_form() -> None:
    for sentence in _our_sentences():
        assert unicodedata.is_normalized("NFC", sentence), sentence


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9']+", text.lower()))


def test_no_sentence_is_taken_from_the_measuring_material(shared_dir: Path) -> None:
    ours = {_plain(sentence) for sentence in _our_sentences()}
    ours = {sentence for sentence in ours if len(sentence.split()) >= 6}
    assert len(ours) > 500
    texts = [path.read_text(encoding="utf-8") for path in sorted(shared_dir.glob("articles/*.*"))]
    for path in sorted(shared_dir.glob("measure/sets/*/texts.jsonl")):
        texts += [row["text"] for row in _jsonl(path)]
    for path in sorted(shared_dir.glob("data/documents/*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            texts += [json.loads(line)["text"] for line in lines]
    theirs = {_plain(part) for text in texts for part in re.split(r"[.!?\n\"“”]+", text)}
    assert sorted(ours & theirs) == []
