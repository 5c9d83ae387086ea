"""Answers about unpublished text, kept so that only who has the text can read them.

The text itself is not kept, and neither is anything from which it could be read: the key is a hash, and the answer,
which may repeat words of the text, is masked with a second hash of it.
"""

import hashlib
import json
import zlib


class Vault:
    """Keys and masks for one kind of answers.

    `space` names whoever answers, in which version and with which options, so that an answer is never taken for
    another's.
    """

    def __init__(self, space: str) -> None:
        self._space = hashlib.sha256(space.encode("utf-8", "surrogatepass")).digest()

    def key(self, text: str) -> bytes:
        """Return the name under which the answer to a text lies."""
        return hashlib.sha256(b"key" + self._space + text.encode("utf-8", "surrogatepass")).digest()

    def seal(self, text: str, answer: object) -> bytes:
        """Return an answer, in plain JSON values, as it is kept."""
        data = zlib.compress(json.dumps(answer, separators=(",", ":")).encode("ascii"), 6)
        return _masked(data, self._mask(text, len(data)))

    def unseal(self, text: str, data: bytes) -> object:
        """Return the answer. Raises ValueError when the data are damaged."""
        try:
            answer: object = json.loads(zlib.decompress(_masked(data, self._mask(text, len(data)))).decode("ascii"))
        except (zlib.error, UnicodeDecodeError, RecursionError) as error:
            raise ValueError("damaged") from error
        return answer

    def _mask(self, text: str, length: int) -> bytes:
        seed = b"mask" + self._space + text.encode("utf-8", "surrogatepass")
        return hashlib.shake_256(seed).digest(length)


def _masked(data: bytes, mask: bytes) -> bytes:
    return (int.from_bytes(data, "little") ^ int.from_bytes(mask, "little")).to_bytes(len(data), "little")
