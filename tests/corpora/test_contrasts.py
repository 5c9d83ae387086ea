"""corpora/contrasts.jsonl: each wording has examples of both kinds, with its words marked in every one."""

import json
import re

import pytest

from corrigenda import resources
from corrigenda.engines.judge.contrasts import contrasts

ROWS = [
    json.loads(line) for line in resources.path("corpora", "contrasts.jsonl").read_text(encoding="utf-8").splitlines()
]
OWN = [row for row in ROWS if "of" not in row]


def test_rows_are_sorted_and_there_are_sixty_wordings() -> None:
    ids = [row["id"] for row in ROWS]
    assert ids == sorted(set(ids)) and len(OWN) == 60


@pytest.mark.parametrize("row", OWN, ids=[row["id"] for row in OWN])
def test_a_wording_has_examples_in_which_it_is_wrong_and_fine(row: dict[str, object]) -> None:
    sentences: list[str] = []
    for kind in ("wrong", "fine"):
        examples = row[kind]
        assert isinstance(examples, list) and len(examples) >= 8, kind
        for example in examples:
            (marked,) = re.findall("⟦(.*?)⟧", example["text"])
            assert marked.lower() == str(row["words"]).lower(), example["text"]
            assert example["before"].strip() and example["after"].strip()
            sentences.append(example["text"])
    assert len(sentences) == len(set(sentences))
    assert str(row["repair"]).lower() != str(row["words"]).lower()


def test_a_row_of_several_has_all_their_examples() -> None:
    for row in ROWS:
        if "of" in row:
            parts = [contrasts()[name] for name in row["of"]]
            assert len(contrasts()[row["id"]].wrong) == sum(len(part.wrong) for part in parts)


def test_every_example_is_where_its_words_are() -> None:
    for own in contrasts().values():
        if not own.of:
            for example in (*own.wrong, *own.fine):
                assert example.text[example.start : example.end].lower() == own.words.lower()
