"""The language model: what its scores mean, that they do not depend on their company, and its cost."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.engines.models import installation, language_model
from corrigenda.engines.models.about import ModelError, ModelMissingError
from corrigenda.engines.models.language_model import LanguageModel, Question
from corrigenda.storage.scores import Cache
from tests.conftest import needs

from . import tiny

QUESTIONS = [
    Question("The villagers fled at night because the army ", ("is closing", "is closing in"), " on the valley."),
    Question("The villagers fled at night because the army is closing in on the ", ("valley", "value"), "."),
    Question("", ("The bridge", "A the bridge"), " was opened on Monday by the mayor of the town."),
    Question("Nothing follows this ", ("sentence", "sentences"), ""),
    Question("Deleting a word is a candidate too: he went to to", ("", " the"), " market."),
    Question("Long. " * 400 + "The lamp gave a warm ", ("light", "shine"), " all evening."),
]


def test_the_likelier_wording_wins(model: LanguageModel) -> None:
    army = model.score(
        "The villagers fled at night because the army ", ["is closing", "is closing in"], " on the valley."
    )
    shop = model.score("You had better hurry with the bread because the shop ", ["is closing", "is closing in"], ".")
    assert army[1].log_probability > army[0].log_probability
    assert shop[0].log_probability > shop[1].log_probability


def test_nonsense_is_unlikely(model: LanguageModel) -> None:
    good, bad = model.score("The train arrives at the ", ["station", "squirrel"], " in ten minutes.")
    assert good.candidate_log_probability > bad.candidate_log_probability + 3
    assert good.text == "station"


def test_the_parts_are_counted(model: LanguageModel) -> None:
    one, two = model.score("We met ", ["by chance", "by"], " at the harbour.")
    assert one.candidate_tokens > two.candidate_tokens >= 1
    assert one.following_tokens == two.following_tokens >= 3
    assert one.tokens == one.candidate_tokens + one.following_tokens
    assert one.log_probability == one.candidate_log_probability + one.following_log_probability
    assert model.score("Nothing", [""], "")[0].tokens == 1  # the word before the place counts with the candidate
    assert model.score("", [""], "")[0].tokens == 0


def test_reading_gives_each_token_its_likelihood(model: LanguageModel) -> None:
    text = "The train arrives at the squirrel in ten minutes."
    read = model.read(text)
    assert [start for start, _ in read] == sorted(start for start, _ in read)
    worst = min(read, key=lambda item: item[1])
    assert text[worst[0] :].lstrip().startswith("squirrel")
    assert model.read("") == []


def test_a_long_text_is_read_in_windows_to_its_end(model: LanguageModel, tmp_path: Path) -> None:
    text = "The lamp gave a warm light all evening, and the cat slept. " * 40
    read = model.read(text)
    assert read[-1][0] >= len(text) - 3
    assert len({start for start, _ in read}) == len(read)
    cache = Cache(tmp_path / "scores.sqlite")
    first = language_model.load(cache=cache).read(text)
    again = language_model.load(cache=cache)
    assert again.read(text) == first
    assert again._runtime is None, "what is known needs no model"
    assert [start for start, _ in first] == [start for start, _ in read]
    assert np.allclose([value for _, value in first], [value for _, value in read], atol=1e-3)


def test_the_chain_rule_holds(model: LanguageModel) -> None:
    """Moving the border between candidate and following text moves tokens, and changes no sum."""
    context = "The committee postponed its decision "
    whole, part = (
        model.score(context, [candidate], after)[0]
        for candidate, after in (("until the end of May", "."), ("until the", " end of May."))
    )
    assert whole.tokens == part.tokens
    assert whole.log_probability == pytest.approx(part.log_probability, abs=2e-3)


def test_the_context_counts(model: LanguageModel) -> None:
    lamp = model.score("She switched on the lamp. The room filled with ", ["light", "smoke"], ".")
    fire = model.score("The curtains had caught fire. The room filled with ", ["light", "smoke"], ".")
    assert lamp[0].log_probability - lamp[1].log_probability > fire[0].log_probability - fire[1].log_probability + 1


def test_scores_do_not_depend_on_their_company(model: LanguageModel) -> None:
    together = model.score_many(QUESTIONS)
    alone = [language_model.load().score_many([question])[0] for question in QUESTIONS[:2]]
    again = model.score_many(QUESTIONS[::-1])[::-1]
    threaded = language_model.load(threads=1).score_many(QUESTIONS[2:] + QUESTIONS[:2])
    assert together[:2] == alone
    assert together == again == threaded[4:] + threaded[:4]
    assert [[score.text for score in scores] for scores in together] == [list(q.candidates) for q in QUESTIONS]


def test_a_shared_context_is_computed_once(model: LanguageModel) -> None:
    paragraph = " ".join(f"Line {number} tells how the harbour was rebuilt after the storm." for number in range(9))
    counted = []
    fresh = language_model.load()
    fresh.score("x", ["y"], "")
    inner = fresh._running()

    class Counting:
        def extend(self, state: object, ids: tuple[int, ...]) -> object:
            counted.append(len(ids))
            return inner.extend(state, ids)

        def follow(self, state: object, ids: list[int], first: int) -> np.ndarray:
            return inner.follow(state, ids, first)

    fresh._runtime = Counting()
    fresh.score_many(
        [
            Question(paragraph, (" It took a year.", " It took year.", " It takes a year."), ""),
            Question(paragraph + " It took a year.", (" Nobody was hurt.", " Nobody hurt."), ""),
        ]
    )
    length = len(fresh._encode(paragraph)[0])
    assert length > 100
    assert sum(counted) < length + 64


def test_hostile_texts(model: LanguageModel) -> None:
    odd = ["\ud800", "\0", "<|endoftext|>", "\u202e", "🙂" * 2_000, "x" * 100_000]
    for scores in model.score_many([Question(text, (text, "plain"), text) for text in odd]):
        for score in scores:
            assert np.isfinite(score.log_probability)
            assert score.log_probability < 0
            assert score.tokens < 3_000


def test_a_marker_in_a_text_is_text(model: LanguageModel) -> None:
    assert model.score("The file ends with ", ["<|endoftext|>"], "")[0].tokens > 3


def test_a_second_time_needs_no_model(model: LanguageModel, tmp_path: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from corrigenda.engines.models import language_model
from corrigenda.storage.scores import Cache
model = language_model.load(cache=Cache(Path({str(tmp_path / "scores.sqlite")!r})))
print(model.score("The train arrives at the ", ["station", "squirrel"], " in ten minutes."))
print([name for name in ("onnxruntime", "tokenizers", "numpy", "torch") if name in sys.modules])
"""
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True, timeout=120
        ).stdout.splitlines()
        for _ in range(2)
    ]
    assert (
        runs[0][0]
        == runs[1][0]
        == str(model.score("The train arrives at the ", ["station", "squirrel"], " in ten minutes."))
    )
    assert "onnxruntime" in runs[0][1]
    assert runs[1][1] == "[]"
    assert b"train" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_it_starts_in_time(model: LanguageModel) -> None:
    code = """
import time
start = time.process_time()
from corrigenda.engines.models import language_model
language_model.load(threads=1).score("It rained ", ["all day"], ".")
print(time.process_time() - start)
"""
    runs = [
        float(
            subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120).stdout
        )
        for _ in range(5)
    ]
    # Time of the processor, and the best of five: the machine may be busy with other tests.
    assert min(runs) < 1.5


def test_a_corrupt_score_is_computed_again(model: LanguageModel, tmp_path: Path) -> None:
    cache = Cache(tmp_path / "scores.sqlite")
    cached = language_model.load(cache=cache)
    asked = ("The kettle is ", ["on"], " the stove.")
    first = cached.score(*asked)
    from corrigenda.storage.scores import key

    cache.put_many({key(*cached._space, "The kettle is ", "on", " the stove."): b"short"})
    assert cached.score(*asked) == first == model.score(*asked)


@pytest.mark.parametrize(("dtype", "tolerance"), [("F32", 0.1), ("F16", 0.1), ("BF16", 0.15)])
def test_a_folder_is_converted_and_computes_the_architecture(
    models_folder: Path, tmp_path: Path, dtype: str, tolerance: float
) -> None:
    """Against the arithmetic written out in numpy, on random weights."""
    tensors = tiny.weights()
    about = installation.install(tiny.write_folder(tmp_path / "Tiny Model", tensors, dtype))
    assert (about.name, about.kind, about.runtime) == ("tiny-model", "language-model", "onnx")
    tiny_model = language_model.load("tiny-model")
    words = "the bank was closed by a bridge over the river".split()
    context, candidate, after = " ".join(words[:4]) + " ", " ".join(words[4:6]), " " + " ".join(words[6:])
    found = tiny_model.score(context, [candidate], after)[0]
    exact = tiny.log_probabilities(tensors, [0, *(tiny.WORDS.index(word) for word in words)])
    assert (found.candidate_tokens, found.following_tokens) == (2, 4)
    assert found.candidate_log_probability == pytest.approx(float(exact[4:6].sum()), abs=tolerance)
    assert found.following_log_probability == pytest.approx(float(exact[6:].sum()), abs=tolerance * 2)


def test_torch_runs_what_is_not_converted(models_folder: Path, tmp_path: Path) -> None:
    needs("transformers", "the extra `models` is not installed")
    tensors = tiny.weights()
    folder = tiny.write_folder(tmp_path / "tiny", tensors)
    installation.install(folder, name="converted")
    # Without tied embeddings in safetensors of a known family nothing would be left to torch, so it is told directly.
    about = installation.install(
        tiny.write_folder(tmp_path / "scaled", tensors, rope_scaling={"rope_type": "linear", "factor": 1.0})
    )
    assert about.runtime == "torch"
    asked = ("the bank was ", ["closed by", "crossed by"], " a bridge over the river")
    for one, other in zip(
        language_model.load("converted").score(*asked), language_model.load("scaled").score(*asked), strict=True
    ):
        assert one.log_probability == pytest.approx(other.log_probability, abs=0.3)
        assert one.tokens == other.tokens


def test_kinds_are_not_mixed_up(model: LanguageModel, models_folder: Path) -> None:
    with pytest.raises(ModelError, match="is an embedding model"):
        language_model.load("all-minilm-l6-v2")
    with pytest.raises(ModelMissingError, match="corrigenda models install smollm2-135m"):
        language_model.load()


def test_the_conversion_keeps_the_likelihood(model: LanguageModel) -> None:
    """Plain English is likely; docs/models.md has the figures."""
    text = (
        "The new library opened its doors on Saturday. Hundreds of people came to see the reading rooms and the garden."
    )
    score = model.score("", [text], "")[0]
    assert -3.6 < score.log_probability / score.tokens < -2.4


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=1500), st.data())
def test_surroundings_join_up(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    before, after = language_model.surroundings(text, start, end)
    assert (before + text[start:end] + after) in text
    assert text[:start].endswith(before) and text[end:].startswith(after)
    assert len(before) >= min(450, start)
    assert min(60, len(text) - end) <= len(after) <= language_model.FOLLOWING_CODE_POINTS


def test_neighbouring_places_share_their_beginning() -> None:
    text = " ".join(f"word{number}" for number in range(400))
    befores = [language_model.surroundings(text, start, start + 5)[0] for start in range(1_000, 1_900, 30)]
    starts = {text.index(before) for before in befores}
    assert len(starts) <= 3
    assert all(450 <= len(before) <= 1_060 for before in befores)
    assert all(start == 0 or text[start - 1] == " " for start in starts)


def test_another_version_of_the_runtime_asks_again(model: LanguageModel, monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import metadata

    before = language_model.load()._space
    assert "onnxruntime" in before[1]
    monkeypatch.setattr(metadata, "version", lambda name: "999")
    assert language_model.load()._space != before
