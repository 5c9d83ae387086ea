"""What the grammar engine says of paragraphs, with all its categories and picky rules on, kept on disk."""

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

CATEGORIES_OFF = ("PLAIN_ENGLISH", "WIKIPEDIA", "CREATIVE_WRITING")
"""Categories that are off unless they are asked for."""
_OFF = re.compile(r"<(?:rule|rulegroup)\b(?=[^>]*\sdefault=\"(?:off|temp_off)\")[^>]*\sid=\"(\w+)\"")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)

Answer = tuple[int, int, str, str, str, str, tuple[str, ...]]
"""`[start, end)` in code points of the paragraph, rule, category, issue type, message, suggestions."""


def off_by_default() -> list[str]:
    """Return the ids of rules that the engine's own files turn off."""
    found: set[str] = set()
    folder = files("lingotweaker_data_en") / "data" / "en" / "rules"
    for name in ("grammar.xml", "style.xml"):
        found.update(_OFF.findall(_COMMENT.sub("", (folder / name).read_text(encoding="utf-8"))))
    return sorted(found)


class Answers:
    """The engine, one for each standard of English, and its answers by the hash of standard and paragraph."""

    def __init__(self, path: Path, threads: int = 2) -> None:
        self._base = sqlite3.connect(path)
        self._base.execute("CREATE TABLE IF NOT EXISTS answers (key BLOB PRIMARY KEY, value TEXT)")
        self._space = f"all {version('lingotweaker')} {version('lingotweaker-data-en')}"
        self._engines: dict[str, Any] = {}
        self._pool = ThreadPoolExecutor(threads)

    def of(self, variant: str, texts: Sequence[str]) -> list[list[Answer]]:
        """Return what the engine says of each paragraph."""
        keys = [hashlib.sha256(f"{self._space} {variant} {text}".encode()).digest() for text in texts]
        known = {key: value for key in set(keys) if (value := self._known(key)) is not None}
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if new:
            engine = self._engine(variant)
            said = self._pool.map(lambda text: _plain(text, engine.check(text)), new.values())
            fresh = {key: json.dumps(answer, ensure_ascii=False) for key, answer in zip(new, said, strict=True)}
            self._keep(fresh.items())
            known |= fresh
        return [[(*row[:6], tuple(row[6])) for row in json.loads(known[key])] for key in keys]

    def close(self) -> None:
        """Write what is new."""
        self._base.commit()
        self._base.close()

    def _known(self, key: bytes) -> str | None:
        row = self._base.execute("SELECT value FROM answers WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def _keep(self, rows: Iterable[tuple[bytes, str]]) -> None:
        self._base.executemany("INSERT OR REPLACE INTO answers VALUES (?, ?)", rows)
        self._base.commit()

    def _engine(self, variant: str) -> Any:
        import lt_py

        if variant not in self._engines:
            self._engines[variant] = lt_py.Engine(
                variant, picky=True, enabled_categories=list(CATEGORIES_OFF), enabled_rules=off_by_default()
            )
        return self._engines[variant]


def _plain(text: str, matches: Iterable[dict[str, Any]]) -> list[Answer]:
    data = text.encode()

    def place(offset: int) -> int:
        return len(data[:offset].decode())

    return [
        (
            place(match["offset"]),
            place(match["offset"] + match["length"]),
            match["rule_id"],
            match["category_id"],
            match["issue_type"],
            match["message"],
            tuple(match["suggestions"][:5]),
        )
        for match in matches
    ]
