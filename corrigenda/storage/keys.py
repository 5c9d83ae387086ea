"""Keys of cached results: what was read, the stage that read it, and everything that decides what comes of it."""

import hashlib


def key(*parts: str) -> bytes:
    """Hash the parts that decide a result into a key of 32 bytes; ("ab", "c") and ("a", "bc") differ."""
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "little"))
        digest.update(raw)
    return digest.digest()


def result_key(content: str, stage: str, identity: str) -> bytes:
    """Return the key of one stage's result for one text.

    Args:
        content: Hash of the text (or of the file's bytes) that was read. A file's time is never part of it.
        stage: The stage that made the result, such as "rules".
        identity: Everything else that decides: the engine and its models, the checks, the settings, the code.
    """
    return key("result", stage, identity, content)
