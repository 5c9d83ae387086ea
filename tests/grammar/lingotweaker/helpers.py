"""Pieces and batches as tests write them, and what became of a process."""

import time

import psutil

from corrigenda.engines.grammar.lingotweaker.backend import LingoTweaker
from corrigenda.engines.grammar.match import Match
from corrigenda.engines.grammar.pieces import Batch, Part, Piece


def piece(*parts: str | Part, number: int = 0) -> Piece:
    """Return a piece of some parts; a word is a part that is read as it stands."""
    made = tuple(Part(part) if isinstance(part, str) else part for part in parts)
    return Piece(number, 0, 0, sum(len(part.text) for part in made), made)


def batch(*texts: str, variant: str = "en-US") -> Batch:
    return Batch(variant, tuple(piece(text) for text in texts))


def marked(backend: LingoTweaker, item: Piece, variant: str = "en-US") -> dict[str, list[str]]:
    """Return the characters of a piece that are marked, by rule."""
    (matches,) = backend.ask(Batch(variant, (item,)))
    found: dict[str, list[str]] = {}
    for match in matches:
        found.setdefault(match.rule, []).append(item.source[match.start : match.end])
    return found


def rules(found: list[list[Match]]) -> list[list[str]]:
    return [[match.rule for match in matches] for matches in found]


def gone(pid: int, seconds: float = 20.0) -> bool:
    """Wait until a process has ended and nothing is left of it, and return whether that is so."""
    deadline = time.monotonic() + seconds
    while psutil.pid_exists(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not psutil.pid_exists(pid)
