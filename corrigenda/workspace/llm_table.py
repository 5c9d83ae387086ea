"""The table [llm] of the user's own configuration: whom to ask, what for, and how much it may cost."""

from collections.abc import Callable, Mapping
from typing import Any

from corrigenda.engines.llm.address import fault
from corrigenda.engines.llm.settings import ROLES
from corrigenda.errors import did_you_mean

MOST_REQUESTS = 32
MOST_VOTES = 15


class LlmTableError(ValueError):
    """A value that cannot be used: the key below the table, and one sentence."""

    def __init__(self, key: tuple[str, ...], message: str) -> None:
        super().__init__(message)
        self.key = key


def read(value: Any) -> dict[str, Any]:
    """Return what the table says. Raises LlmTableError."""
    if not isinstance(value, Mapping):
        raise LlmTableError((), 'llm must be a table, such as [llm] with address = "http://127.0.0.1:8080/v1"')
    found: dict[str, Any] = {}
    for name, said in value.items():
        if name == "key":
            raise LlmTableError(
                (name,), "a key does not belong in a file; say where it is with key-variable or keyring"
            )
        if name not in _READERS:
            raise LlmTableError((name,), f"{name} is no setting of [llm]; {_meant(name)}")
        found[name] = _READERS[name](name, said)
    return found


def _meant(name: str) -> str:
    return did_you_mean(name, tuple(_READERS), otherwise=f"there are: {', '.join(_READERS)}")


def _text(name: str, said: Any) -> str:
    if not isinstance(said, str) or not said.strip() or len(said) > 200 or not said.isprintable():
        raise LlmTableError((name,), f"{name} must be a text of one line")
    return said.strip()


def _address(name: str, said: Any) -> str:
    text = _text(name, said)
    wrong = fault(text, False)
    if wrong:
        raise LlmTableError((name,), wrong)
    return text.rstrip("/")


def _variable(name: str, said: Any) -> str:
    text = _text(name, said)
    if not text.replace("_", "a").isascii() or not text.replace("_", "a").isalnum():
        raise LlmTableError((name,), f"{name} is the name of an environment variable, such as CORRIGENDA_LLM_KEY")
    return text


def _entry(name: str, said: Any) -> str:
    text = _text(name, said)
    service, _, user = text.rpartition("/")
    if not service.strip() or not user.strip():
        raise LlmTableError((name,), f"{name} names an entry of the system's keyring, such as corrigenda/newsroom")
    return text


def _roles(name: str, said: Any) -> list[str]:
    if not isinstance(said, list) or not all(role in ROLES for role in said):
        raise LlmTableError((name,), f"{name} must be a list of some of these: {', '.join(ROLES)}")
    return list(said)


def _whole(least: int, most: int) -> Callable[[str, Any], int]:
    def reader(name: str, said: Any) -> int:
        if isinstance(said, bool) or not isinstance(said, int) or not least <= said <= most:
            raise LlmTableError((name,), f"{name} must be a whole number from {least:,} to {most:,}")
        return said

    return reader


def _amount(name: str, said: Any) -> float:
    if isinstance(said, bool) or not isinstance(said, (int, float)) or not 0 <= said <= 1e6:
        raise LlmTableError((name,), f"{name} must be a number that is not negative")
    return float(said)


_READERS: Mapping[str, Callable[[str, Any], Any]] = {
    "address": _address,
    "model": _text,
    "key-variable": _variable,
    "keyring": _entry,
    "roles": _roles,
    "votes": _whole(1, MOST_VOTES),
    "context": _whole(2_048, 2_000_000),
    "requests": _whole(1, MOST_REQUESTS),
    "seconds": _whole(1, 3_600),
    "tokens": _whole(0, 10**9),
    "money": _amount,
    "price-in": _amount,
    "price-out": _amount,
    "currency": _text,
}
