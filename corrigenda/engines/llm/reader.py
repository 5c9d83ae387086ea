"""The reader: it reads a piece of a text and proposes places."""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from corrigenda.documents.document import Document
from corrigenda.engines.llm import grounding, taste
from corrigenda.engines.llm.chat import Message, Request
from corrigenda.engines.llm.context import LONGEST_TITLE, introduction, sources
from corrigenda.engines.llm.names import changes_a_name
from corrigenda.engines.llm.parse import Proposal
from corrigenda.engines.llm.pieces import Piece
from corrigenda.engines.llm.prompts import prompt
from corrigenda.engines.llm.room import FULL
from corrigenda.engines.llm.schema import READER
from corrigenda.engines.names import NameOracle

_LONGEST = 240
"""Code points of a place; who wants a whole paragraph changed does not say what is wrong with it."""
_WHY = 240


class Found(NamedTuple):
    """A place that stands in the document: `[start, end)` in its text, the kind, what is wrong, and how sure the reader
    is, of 100. `block` is the number of its block, `view_start` and `view_end` the place in the block's view.
    """

    document: int
    block: int
    view_start: int
    view_end: int
    start: int
    end: int
    kind: str
    why: str
    corrections: tuple[str, ...]
    sure: int


class Dropped(Counter[str]):
    """How many of the model's places were dropped, by the reason, in words for a report."""


class Told(NamedTuple):
    """What the reader is told of every text of a run: of the house, and of the kind of text.

    `without` names parts of what it is told that are left out, to measure what each is worth: those of the prompt, of
    the piece (`Piece.shown`), and "source".
    """

    house: str = ""
    profile: str = ""
    without: Collection[str] = ()


def told_to_all(told: Told) -> int:
    """Return how many code points every question of a run has beside the text, at most: a language may be named."""
    about = 0 if "source" in told.without else max((len(introduction(code)) for code in sources()), default=0)
    return len(_instructions(told)) + about + LONGEST_TITLE


def _instructions(told: Told) -> str:
    return prompt("reader").text(told.house, told.without, profile=told.profile)


def question(
    piece: Piece, model: str, told: Told, source: str = "", *, seed: int = 1, tokens: int = FULL.answer
) -> Request:
    """Return what the model is asked about a piece; `source` is the tag of the language that its text comes from, and
    `tokens` what the answer may have.

    What is the same for all texts of a run stands first, where servers keep what they have read of it.
    """
    shown = f"<text>\n{guarded(piece.shown(told.without))}\n</text>"
    return Request(
        model,
        (
            Message("system", _instructions(told)),
            Message("user", shown if "source" in told.without else introduction(source) + shown),
        ),
        "places",
        READER,
        tokens,
        seed=seed,
    )


def guarded(text: str) -> str:
    """Return copy that cannot end the part of a request in which it stands."""
    return text.replace("<text>", "‹text›").replace("</text>", "‹/text›")


def grounded(
    document: Document, piece: Piece, proposals: Sequence[Proposal], names: NameOracle, dropped: Dropped
) -> list[Found]:
    """Return the places that are there, each once, with the corrections that may be offered."""
    result: list[Found] = []
    taken: set[tuple[int, int]] = set()
    for proposal in proposals:
        found = _grounded(document, piece, proposal, names, dropped)
        if found is None:
            continue
        if (found.start, found.end) in taken:
            dropped["said twice"] += 1
            continue
        taken.add((found.start, found.end))
        result.append(found)
    return result


def _grounded(
    document: Document, piece: Piece, proposal: Proposal, names: NameOracle, dropped: Dropped
) -> Found | None:
    if not 1 <= proposal.block <= len(piece.parts):
        dropped["not in the text"] += 1
        return None
    block = piece.parts[proposal.block - 1].block
    view = document.blocks[block].view.text
    at = grounding.place(view, proposal.quote)
    if at is None:
        dropped["not in the text just once"] += 1
        return None
    if at[1] - at[0] > _LONGEST:
        dropped["too long for one place"] += 1
        return None
    span = grounding.in_document(document, block, *at)
    if span is None:
        dropped["code, an address or markup"] += 1
        return None
    standing = view[at[0] : at[1]]
    offered, reason = _offered(document, span.start, span.end, standing, view, proposal, names)
    if reason:
        dropped[reason] += 1
        return None
    start, end, corrections = grounding.narrowed(view, *at, offered)
    narrow = grounding.in_document(document, block, start, end)
    if narrow is None:
        dropped["code, an address or markup"] += 1
        return None
    why = " ".join(proposal.why.split())[:_WHY]
    return Found(
        piece.document,
        block,
        start,
        end,
        narrow.start,
        narrow.end,
        proposal.kind,
        why,
        corrections,
        proposal.sure,
    )


def _offered(
    document: Document, start: int, end: int, standing: str, view: str, proposal: Proposal, names: NameOracle
) -> tuple[tuple[str, ...], str]:
    """Return the corrections that may be offered, or the reason for which the whole place is dropped.

    A place whose every correction is refused is a place that somebody would change in a way that we do not allow, so
    it goes; one that came without a correction stays.
    """
    kept: list[str] = []
    reasons: list[str] = []
    for correction in proposal.corrections:
        text = grounding.dressed(" ".join(correction.split()), view)
        if taste.is_nothing(standing, text):
            reasons.append("a correction that changes nothing")
        elif proposal.kind != "format" and taste.is_taste(standing, text):
            reasons.append("a matter of taste")
        elif changes_a_name(document, start, end, text, names, foreign=proposal.kind == "untranslated"):
            reasons.append("a name")
        elif proposal.kind != "format" and taste.changes_figures(standing, text):
            reasons.append("a figure")
        elif text not in kept:
            kept.append(text)
    return tuple(kept), reasons[0] if reasons and not kept else ""
