"""What the model is told: complete, short enough, and the same every time; and the checks of what it names."""

import json
from pathlib import Path

import pytest

from corrigenda import resources
from corrigenda.engines.llm import kinds
from corrigenda.engines.llm.parse import proposals, verdicts, wordings
from corrigenda.engines.llm.prompts import prompt
from corrigenda.engines.llm.room import FULL, SMALL
from corrigenda.rules.check import check_files, load
from tests.conftest import Corrigenda
from tests.llm.server import Body, Reply, completion, role_of, serving

FOLDER = resources.folder("checks")
READING = [path for path in check_files(FOLDER) if path.parent.name == "reading"]


@pytest.mark.parametrize("role", ["reader", "judge", "writer"])
def test_a_prompt_is_whole(role: str) -> None:
    told = prompt(role).text()
    assert "{" not in told.replace('{"', "").replace("{name", "").split("## ")[0] or '{"' in told
    assert "{kinds}" not in told and "{house}" not in told
    for part in ("task", "examples", "data", "answer"):
        assert part in prompt(role).parts
    assert "<text>" in told and told.endswith("\n") and "\n\n\n" not in told
    assert len(prompt(role).version) == 12


def test_its_examples_are_answers_that_can_be_read() -> None:
    read = {"reader": proposals, "judge": verdicts, "writer": wordings}
    for role, reading in read.items():
        answer = prompt(role).parts["examples"].split("Answer:")[1]
        assert len(reading(answer)) >= 2  # type: ignore[operator]


def test_parts_can_be_left_out() -> None:
    whole, less = prompt("reader").text(), prompt("reader").text(without=["examples"])
    assert "firefighters" in whole and "firefighters" not in less


def test_prompt_text_and_answer_fit_a_small_model() -> None:
    """Counted by the tokenizer of the language model that ships, whose tokens are short."""
    from corrigenda.engines.models import store
    from corrigenda.engines.models.about import ModelError
    from corrigenda.engines.models.embeddings import load_tokenizer
    from tests.conftest import absent

    try:
        about = store.find(store.DEFAULT_LANGUAGE_MODEL)
    except ModelError:
        absent("the language model is not installed")
    tokenizer = load_tokenizer(about.folder / "tokenizer.json")
    told = len(tokenizer.encode(prompt("reader").text("The house writes British English.")).ids)
    text = "The council met on Monday and decided to build a bridge over the old river. " * 200
    longest = len(tokenizer.encode(text[: FULL.largest + 1_400]).ids)
    assert told + longest + FULL.answer < SMALL


def test_every_kind_has_one_check() -> None:
    named = [kind for path in READING for kind in load(path, FOLDER).keys(dict)["kinds"]]
    assert sorted(named) == sorted(kinds.NAMES)


@pytest.mark.parametrize("path", READING, ids=lambda path: path.stem)
def test_examples_of_a_check_pass_through_the_engine(corrigenda: Corrigenda, tmp_path: Path, path: Path) -> None:
    """A model that names just what the example marks: the place is grounded, passes the filters, and is the check's."""
    check = load(path, FOLDER)
    (kind,) = check.keys(dict)["kinds"]
    (tmp_path / "corrigenda.toml").write_text(
        'disable = ["all"]\nenable = ["reading"]\n[engines]\nspacy = "off"\nembeddings = "off"\ngrammar = "off"\n'
        'language-model = "off"\n',
        encoding="utf-8",
    )
    marked = {}
    for number, example in enumerate(check.wrong):
        ((start, end),) = example.spans
        after = len(example.text) - end
        right = (example.right or "")[start:]
        marked[example.text] = (example.text[start:end], right[: len(right) - after] if after else right)
        (tmp_path / f"{number}.txt").write_text(example.text + "\n", encoding="utf-8")

    def answer(body: Body) -> Reply:
        if role_of(body) == "reader":
            text = body["messages"][1]["content"]
            quote, correction = next(own for bare, own in marked.items() if bare in text)
            place = {"block": 1, "quote": quote, "kind": kind, "why": "So.", "corrections": [correction], "sure": 95}
            return completion(json.dumps({"places": [place]}))
        if role_of(body) == "judge":
            return completion(
                json.dumps({"verdicts": [{"place": n, "change": "yes", "sure": 95} for n in range(1, 4)]})
            )
        return completion('{"texts": []}')

    with serving(answer) as server:
        done = corrigenda(
            "check", ".", "--llm", server.address, "--llm-model", "m", "--format", "json", "--fail-on", "never"
        )
    found = [finding for document in json.loads(done.out)["documents"] for finding in document["findings"]]
    assert [finding["check"] for finding in found] == [check.id] * len(check.wrong), done.out
