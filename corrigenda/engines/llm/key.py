"""The key that a server wants: from the environment, or from the system's keyring where the user names an entry of it.

It is asked for when the first request goes out, and kept nowhere.
"""

import os

from corrigenda.engines.llm.errors import UnavailableError
from corrigenda.engines.llm.settings import LlmSettings


def has_key(settings: LlmSettings) -> bool:
    """Return whether a key is to be sent. The keyring is not asked: it may ask the user for a password."""
    return bool(_from_environment(settings) or settings.keyring)


def key_of(settings: LlmSettings) -> str:
    """Return the key, "" where none is named. Raises UnavailableError, which tells nothing of it."""
    return checked(_from_environment(settings) or (_from_keyring(settings.keyring) if settings.keyring else ""))


def checked(key: str) -> str:
    """Return a key that can be sent. Raises UnavailableError for another, whose text would stand in an error's."""
    bare = key.strip()
    if not bare.isascii() or not bare.isprintable() or " " in bare:
        raise UnavailableError("what it was given as the key has characters that no key has")
    return bare


def _from_environment(settings: LlmSettings) -> str:
    return os.environ.get(settings.key_variable, "").strip()


def _from_keyring(entry: str) -> str:
    service, _, user = entry.rpartition("/")
    try:
        import keyring  # deferred: the extra `keyring`, imported where the user names an entry and nowhere else
    except ModuleNotFoundError:
        raise UnavailableError(
            "its key is said to be in the system's keyring, and the package that reads it is missing; install "
            "corrigenda[keyring]"
        ) from None
    try:
        found = keyring.get_password(service, user)
    except Exception as error:  # noqa: BLE001 - a keyring is another program's, and each fails in its own way
        raise UnavailableError(f"the system's keyring cannot be read ({type(error).__name__})") from None
    if not found:
        raise UnavailableError(
            f"the system's keyring has no key for {user} at {service}; put it there with: keyring set {service} {user}"
        )
    return str(found)
