"""Requests to a chat model and what comes back, in the words of the OpenAI chat completions API.

That API is what clouds and local servers (llama.cpp, Ollama, vLLM, LM Studio) have in common. A request is written the
same way every time, byte for byte, so that its hash can name a recorded answer.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple


class Message(NamedTuple):
    """One turn: `role` is "system", "user" or "assistant"."""

    role: str
    content: str


class Request(NamedTuple):
    """What a model is asked.

    Attributes:
        model: The model's name at the server.
        messages: The turns so far.
        name: What the answer's schema is called, e.g. "places".
        schema: JSON schema of the answer.
        tokens: Most tokens of the answer.
        seed: Another seed gives an independent second answer, where the server knows seeds.
        temperature: 0 for the likeliest answer.
        probabilities: Whether the log-probabilities of the answer's tokens are wanted.
    """

    model: str
    messages: tuple[Message, ...]
    name: str
    schema: Mapping[str, Any]
    tokens: int
    seed: int = 1
    temperature: float = 0.0
    probabilities: bool = False

    def body(self, *, structured: bool = True) -> dict[str, Any]:
        """Return the request's body; `structured` asks for the schema to be enforced, which not every server can."""
        result: dict[str, Any] = {
            "model": self.model,
            "messages": [message._asdict() for message in self.messages],
            "max_tokens": self.tokens,
            "temperature": self.temperature,
            "seed": self.seed,
            "stream": False,
        }
        if structured:
            result["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": self.name, "strict": True, "schema": dict(self.schema)},
            }
        if self.probabilities:
            result["logprobs"] = True
            result["top_logprobs"] = 5
        return result

    def characters(self) -> int:
        """Return how many code points are sent."""
        return sum(len(message.content) for message in self.messages)


class Token(NamedTuple):
    """A token of an answer with its log-probability (natural logarithm), and those of what could stand there."""

    text: str
    log_probability: float
    others: tuple[tuple[str, float], ...] = ()


class Reply(NamedTuple):
    """An answer: its text, the tokens that the server counted in and out, and its tokens where they were asked for.

    `cut` says that the answer ended because it was too long.
    """

    text: str
    tokens_in: int = 0
    tokens_out: int = 0
    cut: bool = False
    tokens: tuple[Token, ...] = ()


def canonical(body: Mapping[str, Any]) -> bytes:
    """Return a request's body as it is sent: keys sorted, UTF-8."""
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "replace")


def digest(body: Mapping[str, Any]) -> str:
    """Return the name of a request: the SHA-256 of what it asks, in hexadecimal.

    The wish that the schema be enforced is no part of it: the answer to the question is the same.
    """
    asked = {key: value for key, value in body.items() if key != "response_format"}
    return hashlib.sha256(canonical(asked)).hexdigest()
