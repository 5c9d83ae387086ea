"""Answers from a folder instead of a server, and the requests that the folder has no answer to.

    FOLDER/requests/HASH.json   what would be sent, for somebody with a model to answer
    FOLDER/answers/HASH.json    a chat completion as a server sends it, or {"content": "…"} alone

The hash is that of the request (`chat.digest`), so the same text, prompt and model find the same answer anywhere, and a
measurement can be repeated to the byte without a model.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corrigenda.engines.llm.chat import Reply, Request, digest
from corrigenda.engines.llm.errors import RefusedError, UnavailableError
from corrigenda.storage.atomic import replace_file

_LARGEST = 4 * 1024 * 1024
NOT_ANSWERED = "no answer is recorded"


class Recorded:
    """A folder of recorded answers. Safe to use from several threads: each request is a file of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def ask(self, request: Request) -> Reply:
        """Return the recorded answer.

        Raises RefusedError where there is none, once the request is written down, UnavailableError where it cannot be.
        """
        body = request.body()
        name = f"{digest(body)}.json"
        answer = answer_of(self._folder, name)
        if answer is None:
            write_request(self._folder, name, body)
            raise RefusedError(NOT_ANSWERED)
        return Reply(answer, request.characters() // 4, len(answer) // 4)


def write_request(folder: Path, name: str, body: Mapping[str, Any]) -> None:
    """Write a request down for somebody with a model. Raises UnavailableError where the folder cannot be written."""
    path = folder / "requests" / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            replace_file(path, (json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())
    except OSError as error:
        raise UnavailableError(f"{path.parent} cannot be written ({error.strerror or error})") from None


def answer_of(folder: Path, name: str) -> str | None:
    """Return the text of a recorded answer, None where there is none. Raises RefusedError for one that is damaged."""
    path = folder / "answers" / name
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        value = json.loads(path.read_text(encoding="utf-8"))
        content = value["content"] if "content" in value else value["choices"][0]["message"]["content"]
    except (OSError, ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise RefusedError(f"the recorded answer {name} is damaged") from None
    if not isinstance(content, str):
        raise RefusedError(f"the recorded answer {name} is damaged")
    return content
