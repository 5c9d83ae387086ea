"""How a large language model is used: whom to ask, what for, and how much it may cost."""

from pathlib import Path
from typing import Literal, NamedTuple

Role = Literal["reader", "judge", "writer"]
ROLES: tuple[Role, ...] = ("reader", "judge", "writer")


class Prices(NamedTuple):
    """What the user pays for a million tokens, in and out, in a currency of their own; 0 for nothing known."""

    tokens_in: float = 0.0
    tokens_out: float = 0.0
    currency: str = "$"

    def of(self, tokens_in: int, tokens_out: int) -> float:
        """Return what so many tokens cost."""
        return (tokens_in * self.tokens_in + tokens_out * self.tokens_out) / 1_000_000


class Budget(NamedTuple):
    """What one run may use; 0 for no limit."""

    tokens: int = 0
    money: float = 0.0


class LlmSettings(NamedTuple):
    """How the engine is used.

    Attributes:
        state: "off", or "on": it must be there.
        address: The base address of the API, such as "http://127.0.0.1:8080/v1"; "" where nobody named one.
        model: The model's name at the server.
        key_variable: The environment variable that holds the key.
        keyring: The entry of the system's keyring that holds the key, "SERVICE/USER", where the variable is empty.
        roles: What the model is asked to do.
        votes: How often a place is put to the judge, where the server gives no log-probabilities.
        context: Tokens that fit into the model, question and answer together; pieces, batches and answers obey it.
        requests: Requests under way at once.
        seconds: Limit of one request.
        budget: What the run may use.
        prices: What it costs.
        record: Folder of recorded answers, by which no server is asked; None to ask one.
        cache: The cache's file; None for the one in the user's cache folder.
        use_cache: Whether answers are kept.
        fault: What is wrong with these settings, so that nobody can be asked; "" for nothing.
    """

    state: Literal["off", "on"] = "off"
    address: str = ""
    model: str = ""
    key_variable: str = "CORRIGENDA_LLM_KEY"
    keyring: str = ""
    roles: tuple[Role, ...] = ROLES
    votes: int = 1
    context: int = 8_192
    requests: int = 4
    seconds: float = 120.0
    budget: Budget = Budget()
    prices: Prices = Prices()
    record: Path | None = None
    cache: Path | None = None
    use_cache: bool = True
    fault: str = ""
