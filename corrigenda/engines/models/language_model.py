"""A small language model: how likely is this wording in its place?

It is given what stands before, some candidates, and what follows; it returns the log-probability of each candidate and
of the following text after it, in nats. What those numbers are worth, and what takes the length bias out of them, is
for the callers; docs/models.md has the runtimes tried and their cost.

The context is computed once and kept for all candidates and for later places that share its beginning. Contexts are
computed in pieces of a fixed length from their start, one text at a time, so a score does not depend on what else was
asked, in which order, or on how many threads: the same question gives the same answer on one machine.
"""

import struct
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from corrigenda.engines.models import store
from corrigenda.engines.models.about import BODY, HEAD, About, ModelError, RuntimeMissingError, versions
from corrigenda.engines.models.embeddings import load_session, load_tokenizer
from corrigenda.engines.models.harmless import refuse_code
from corrigenda.engines.models.silent import silence_libraries
from corrigenda.storage.scores import Cache, key

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DEFAULT = store.DEFAULT_LANGUAGE_MODEL

# A context longer than this many tokens loses its beginning, in steps of half of it: neighbouring places of one
# paragraph then still begin at the same token and share what was computed.
CONTEXT_TOKENS = 256
# Code points read of a context, a candidate and the text after it; what lies beyond never changes a judgement much.
CONTEXT_CODE_POINTS = 4_000
CANDIDATE_CODE_POINTS = 400
FOLLOWING_CODE_POINTS = 240

_PIECE = 64
# Tokens before the first of a window when a text is read, and of a whole window: attention costs the square.
_READ_BEFORE = 128
_READ_AT_ONCE = 384
# Computed contexts kept: 46 KB a token for SmolLM2-135M, so some 50 MB at most.
_STATES = 4
_METHOD = "language-model/1"
_PACKED = struct.Struct("<ddII")


@dataclass(frozen=True, slots=True)
class Question:
    """A place in a text: what stands before it, the wordings to compare in it, and what follows.

    The three are joined as they are, so spaces belong to one of them.
    """

    context_before: str
    candidates: tuple[str, ...]
    after: str


@dataclass(frozen=True, slots=True)
class CandidateScore:
    """The log-probabilities of one candidate in its place, in nats (natural logarithm), rounded to 4 places.

    `candidate_log_probability` is of the candidate's own tokens given the context, `following_log_probability` of the
    text after it given both. A word that the candidate's edge cuts in two counts with the candidate.
    """

    text: str
    candidate_log_probability: float
    following_log_probability: float
    candidate_tokens: int
    following_tokens: int

    @property
    def log_probability(self) -> float:
        """Of the candidate and the following text together."""
        return self.candidate_log_probability + self.following_log_probability

    @property
    def tokens(self) -> int:
        """Of the candidate and the following text together."""
        return self.candidate_tokens + self.following_tokens


class Runtime(Protocol):
    """What computes a language model. A state is a computed context; it is never changed once made."""

    def extend(self, state: Any, ids: Sequence[int]) -> Any:
        """Return the state after reading `ids`; None is the state before any token."""

    def follow(self, state: Any, ids: Sequence[int], first: int) -> "NDArray[np.float64]":
        """Return the log-probability of each of `ids[first:]` given the state and the ids before it; `first` >= 1."""


def surroundings(
    text: str, start: int, end: int, *, before: int = 450, step: int = 600, after: int = 60
) -> tuple[str, str]:
    """Cut what stands before and after a place `[start, end)` for a `Question`.

    At least `before` code points where the text has them, up to `step` more: contexts begin at multiples of `step`,
    moved back to the beginning of a word, so that neighbouring places share what is computed. `after` is filled up to
    the end of its last word. Sizes in code points; 450 and 60 are those of the first measurements, in docs/models.md.
    """
    begin = max(0, start - before) // step * step
    back = text.rfind(" ", max(0, begin - step), begin) + 1
    begin = back or begin
    stop = min(len(text), end + after)
    while stop < min(len(text), end + FOLLOWING_CODE_POINTS) and not text[stop].isspace():
        stop += 1
    return text[begin:start], text[end:stop]


def load(name_or_folder: str | Path = DEFAULT, *, threads: int = 0, cache: Cache | None = None) -> "LanguageModel":
    """Return an installed language model; it is read from the disk when the first score is asked for.

    `threads`: for one call of the runtime; 0 leaves it to the runtime. `cache`: scores are taken from it and put into
    it; when it has them all, no model library is imported.

    Raises ModelMissingError when it is not installed, ModelError when it is damaged or no language model.
    """
    about = store.find(name_or_folder)
    if about.kind != "language-model":
        raise ModelError(f"{about.name} is an embedding model, not a language model")
    return LanguageModel(about, threads=threads, cache=cache)


class LanguageModel:
    """Scores candidates in their places. Not to be shared by threads; each process loads its own."""

    def __init__(self, about: About, *, threads: int = 0, cache: Cache | None = None) -> None:
        self.about = about
        self._threads = threads
        self._cache = cache
        self._space = (_METHOD, versions(about), about.identity)
        self._runtime: Runtime | None = None
        self._tokenizer: Any = None
        self._start_token = int(about.settings.get("start_token", 0))
        self._states: OrderedDict[tuple[int, ...], Any] = OrderedDict()

    def score(self, context_before: str, candidates: Sequence[str], after: str) -> list[CandidateScore]:
        """Score each candidate between `context_before` and `after`; one result a candidate, in their order.

        Raises ModelError when the model cannot be loaded.
        """
        return self.score_many([Question(context_before, tuple(candidates), after)])[0]

    def score_many(self, questions: Sequence[Question]) -> list[list[CandidateScore]]:
        """Score many places; results in the order of the questions and their candidates.

        Places are computed in the order of their contexts, so that those of one paragraph follow each other. Raises
        ModelError when the model cannot be loaded.
        """
        wanted = {
            (_before(q.context_before), c, q.after[:FOLLOWING_CODE_POINTS]) for q in questions for c in q.candidates
        }
        keys = {item: key(*self._space, *item) for item in wanted}
        stored = self._cache.get_many(list(keys.values())) if self._cache else {}
        known = {
            item: _unpack(item[1], stored[k]) for item, k in keys.items() if len(stored.get(k, b"")) == _PACKED.size
        }
        missing = sorted(wanted - known.keys())
        if missing:
            self._start()
            fresh = {item: self._compute(*item) for item in missing}
            known.update(fresh)
            if self._cache:
                self._cache.put_many({keys[item]: _pack(score) for item, score in fresh.items()})
        return [
            [known[_before(q.context_before), c, q.after[:FOLLOWING_CODE_POINTS]] for c in q.candidates]
            for q in questions
        ]

    def read(self, text: str) -> list[tuple[int, float]]:
        """Read a text from its beginning; return where each token starts, in code points, and its log-probability given
        what stands before it, in nats.

        A token has at least 128 tokens before it where the text has them, and at most 383. Raises ModelError when the
        model cannot be loaded.
        """
        self._start_tokenizer()
        ids, starts = self._encode(text)
        name = key(*self._space, "read", text)
        stored = self._cache.get_many([name]).get(name, b"") if self._cache else b""
        if len(stored) == 8 * len(ids):
            return list(zip(starts, struct.unpack(f"<{len(ids)}d", stored), strict=True))
        self._start()
        runtime = self._running()
        tokens = [self._start_token, *ids]
        values: list[float] = []
        while len(values) < len(ids):
            at = len(values) + 1
            low = max(0, at - _READ_BEFORE) if at > 1 else 0
            high = min(len(tokens), low + _READ_AT_ONCE)
            found = runtime.follow(None, tokens[low:high], at - low)
            values.extend(round(float(value), 4) for value in found)
        if self._cache:
            self._cache.put_many({name: struct.pack(f"<{len(values)}d", *values)})
        return list(zip(starts, values, strict=True))

    def _compute(self, context: str, candidate: str, after: str) -> CandidateScore:
        head, moved = _split_at_word(context)
        tail = moved + candidate[:CANDIDATE_CODE_POINTS] + after
        context_ids = self._trim(self._encode(head)[0])
        ids, starts = self._encode(tail)
        if not ids:
            return CandidateScore(candidate, 0.0, 0.0, 0, 0)
        border = len(moved) + len(candidate[:CANDIDATE_CODE_POINTS])
        split = sum(start < border for start in starts)
        # The last token of the context predicts the first of the candidate, so it is read with the candidate.
        state = self._state(context_ids[:-1])
        runtime = self._running()
        values = runtime.follow(state, [context_ids[-1], *ids], 1)
        return CandidateScore(
            candidate,
            round(float(values[:split].sum()), 4),
            round(float(values[split:].sum()), 4),
            split,
            len(ids) - split,
        )

    def _trim(self, ids: list[int]) -> list[int]:
        step = CONTEXT_TOKENS // 2
        surplus = max(0, len(ids) - CONTEXT_TOKENS)
        return [self._start_token, *ids[-(-surplus // step) * step :]]

    def _encode(self, text: str) -> tuple[list[int], list[int]]:
        """Token ids, and where each starts in the text, in code points."""
        encoding = self._tokenizer.encode(text.encode("utf-8", "replace").decode("utf-8"), add_special_tokens=False)
        return list(encoding.ids), [start for start, _ in encoding.offsets]

    def _state(self, ids: Sequence[int]) -> Any:
        """The computed context of `ids`: pieces of fixed length from the start, the longest known beginning reused."""
        wanted = tuple(ids)
        known = self._states.get(wanted)
        if known is not None:
            self._states.move_to_end(wanted)
            return known
        position, state = 0, None
        for end in range(len(wanted) - len(wanted) % _PIECE, 0, -_PIECE):
            found = self._states.get(wanted[:end])
            if found is not None:
                self._states.move_to_end(wanted[:end])
                position, state = end, found
                break
        runtime = self._running()
        while position < len(wanted):
            piece = wanted[position : position + _PIECE]
            state = runtime.extend(state, piece)
            position += len(piece)
            self._states[wanted[:position]] = state
            while len(self._states) > _STATES:
                self._states.popitem(last=False)
        return state

    def _running(self) -> Runtime:
        if self._runtime is None:
            raise RuntimeError("the language model was asked before it was started")
        return self._runtime

    def _start(self) -> None:
        if self._runtime is not None:
            return
        self._start_tokenizer()
        if self.about.runtime == "onnx":
            self._runtime = OnnxRuntime(self.about, self._threads)
        else:
            self._runtime = TorchRuntime(self.about, self._threads)

    def _start_tokenizer(self) -> None:
        if self._tokenizer is None:
            self._tokenizer = load_tokenizer(self.about.folder / "tokenizer.json")
            # "<|endoftext|>" in a text that is checked is text, not the end of it.
            self._tokenizer.encode_special_tokens = True


class OnnxRuntime:
    """The converted graphs on ONNX Runtime."""

    def __init__(self, about: About, threads: int = 0) -> None:
        import numpy as np

        self._body = load_session(about.folder / BODY, threads)
        self._head = load_session(about.folder / HEAD, threads)
        layers = int(about.settings["layers"])
        self._names = [f"{kind}_{index}" for index in range(layers) for kind in ("key", "value")]
        self._present = [f"present_{name}" for name in self._names]
        shape = (1, int(about.settings["kv_heads"]), 0, int(about.settings["head_size"]))
        self._empty = [np.zeros(shape, dtype=np.float32)] * len(self._names)

    def extend(self, state: Any, ids: Sequence[int]) -> Any:
        """See `Runtime.extend`."""
        return self._body.run(self._present, self._feed(state, ids))

    def follow(self, state: Any, ids: Sequence[int], first: int) -> "NDArray[np.float64]":
        """See `Runtime.follow`."""
        import numpy as np

        hidden = self._body.run(["hidden"], self._feed(state, ids))[0][0, first - 1 : -1]
        targets = np.asarray(ids[first:], dtype=np.int64)[:, None]
        values = self._head.run(None, {"hidden": hidden, "targets": targets})[0]
        return np.asarray(values[:, 0], dtype=np.float64)

    def _feed(self, state: Any, ids: Sequence[int]) -> dict[str, Any]:
        import numpy as np

        past = self._empty if state is None else state
        total = past[0].shape[2] + len(ids)
        feed: dict[str, Any] = {f"past_{name}": value for name, value in zip(self._names, past, strict=True)}
        feed["input_ids"] = np.asarray([ids], dtype=np.int64)
        feed["last_position"] = np.asarray([total - 1], dtype=np.int32)
        feed["total"] = np.asarray(total, dtype=np.int32)
        return feed


class TorchRuntime:
    """Any causal model of transformers on torch, for what the converter does not know (the extra `models`)."""

    def __init__(self, about: About, threads: int = 0) -> None:
        refuse_code(about.folder)
        store.go_offline()
        try:
            silence_libraries()
            import torch
            from transformers import AutoModelForCausalLM
        except ImportError:
            raise RuntimeMissingError(
                f"{about.name} needs torch and transformers; install corrigenda[models]"
            ) from None
        if threads:
            torch.set_num_threads(threads)
        try:
            self._model = AutoModelForCausalLM.from_pretrained(  # type: ignore[no-untyped-call, unused-ignore]
                str(about.folder),
                local_files_only=True,
                dtype=torch.float32,
                trust_remote_code=False,
                use_safetensors=True,
            ).eval()
        except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
            line = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise ModelError(f"{about.folder} cannot be loaded: {line}") from None
        self._torch = torch

    def extend(self, state: Any, ids: Sequence[int]) -> Any:
        """See `Runtime.extend`."""
        return self._run(state, ids).past_key_values

    def follow(self, state: Any, ids: Sequence[int], first: int) -> "NDArray[np.float64]":
        """See `Runtime.follow`."""
        import numpy as np

        logits = self._run(state, ids).logits[0, first - 1 : -1].log_softmax(-1)
        targets = self._torch.tensor(ids[first:])[:, None]
        return np.asarray(logits.gather(1, targets)[:, 0].numpy(), dtype=np.float64)

    def _run(self, state: Any, ids: Sequence[int]) -> Any:
        import copy

        # transformers writes into the cache it is given.
        past = None if state is None else copy.deepcopy(state)
        with self._torch.inference_mode():
            return self._model(input_ids=self._torch.tensor([list(ids)]), past_key_values=past, use_cache=True)


def _before(context: str) -> str:
    return context[-CONTEXT_CODE_POINTS:]


def _split_at_word(context: str) -> tuple[str, str]:
    """Split a context before the space or the word at its end, where tokens begin whatever follows."""
    stripped = context.rstrip()
    if len(stripped) < len(context) or not stripped:
        return stripped, context[len(stripped) :]
    if not stripped[-1].isalnum():
        return context, ""
    cut = len(stripped)
    while cut and not stripped[cut - 1].isspace():
        cut -= 1
    head = stripped[:cut].rstrip()
    return head, context[len(head) :]


def _pack(score: CandidateScore) -> bytes:
    return _PACKED.pack(
        score.candidate_log_probability,
        score.following_log_probability,
        score.candidate_tokens,
        score.following_tokens,
    )


def _unpack(text: str, raw: bytes) -> CandidateScore:
    return CandidateScore(text, *_PACKED.unpack(raw))
