"""A large language model as a program names it: what [llm] in the user's own configuration says, and a key."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, fields
from typing import Any

from corrigenda.engines.llm import KEY
from corrigenda.engines.llm.settings import ROLES, LlmSettings, Prices, Role
from corrigenda.workspace.llm_table import read

_DEFAULTS = LlmSettings()


@dataclass(frozen=True, kw_only=True)
class LargeModel:
    """A large language model at an OpenAI-compatible address. Texts are sent there and nowhere else.

    Attributes:
        address: The base address of the API, such as "http://127.0.0.1:11434/v1".
        model: The model's name there.
        key: Returns the key; called before the first request, and what it returns is kept nowhere. None to take it from
            the environment.
        key_variable: The variable of the environment that holds the key.
        roles: What the model is asked to do: "reader", "judge", "writer".
        votes: How often a place is put to the judge, where the server gives no log-probabilities.
        tokens: Most tokens that a session uses; 0 for no limit.
        money: Most money that it uses, by the prices; 0 for no limit.
        price_in: What a million tokens cost that are sent.
        price_out: What a million tokens cost that come back.
        currency: The sign of the prices' currency.
        requests: Requests under way at once.
        seconds: Limit of one request.

    Raises ValueError for what cannot be used, and TypeError for a key that is no function.
    """

    address: str
    model: str
    key: Callable[[], str] | None = field(default=None, repr=False)
    key_variable: str = KEY
    roles: Collection[Role] = ROLES
    votes: int = _DEFAULTS.votes
    tokens: int = 0
    money: float = 0.0
    price_in: float = 0.0
    price_out: float = 0.0
    currency: str = Prices().currency
    requests: int = _DEFAULTS.requests
    seconds: int = int(_DEFAULTS.seconds)

    def __post_init__(self) -> None:
        """Refuse what cannot be used."""
        if self.key is not None and not callable(self.key):
            raise TypeError("key is a function that returns the key; key_variable names a variable that holds it")
        self.table()

    def table(self) -> dict[str, Any]:
        """Return what [llm] in a configuration would say."""
        said = {own.name.replace("_", "-"): getattr(self, own.name) for own in fields(self) if own.name != "key"}
        return read({**said, "roles": list(self.roles)})
