"""How much goes into one question, so that it fits into the model with its answer.

Models name fewer places in longer pieces, so a model that takes more than `SMALL` tokens gets what every other gets:
the sizes of `FULL`, which fit into that many. For one that takes less, pieces, what stands around them, batches and
answers become smaller together. Tokens are reckoned from characters, rather too many than too few.
"""

from collections.abc import Sequence
from typing import NamedTuple

SMALL = 8_192
"""Tokens of the smallest model that gets whole pieces."""
CHARACTERS_A_TOKEN = 3.5
"""Of English text and prompts, on the low side: what a request is expected to cost is counted rather too high."""
AGAIN = 650
"""Tokens of an answer that cannot be read, as far as it is shown when the question is asked once more, and of what is
said about it.
"""
_FRAME = 60
"""Tokens by which chat templates set off what is said by whom."""
_LEAST = 800
"""Tokens for text and answer below which nothing is worth a question."""
_A_MARK = 35
"""Tokens of a place of which the reader is told that it is marked already."""


class Room(NamedTuple):
    """What one question to the reader holds.

    Attributes:
        smallest: Code points from which on a piece may end: some 450 tokens.
        largest: Code points of the largest piece: 900 tokens of English.
        longest_block: Code points of the longest paragraph that is read; a longer one is data, or a broken file.
        around: Code points of the paragraphs before a piece that are shown with it, and of what follows.
        marks: Places of a piece that the reader is told are marked already.
        answer: Tokens of an answer: some forty places, as many as a bad translation has in a piece.
    """

    smallest: int = 2_000
    largest: int = 4_000
    longest_block: int = 8_000
    around: int = 600
    marks: int = 12
    answer: int = 2_500


FULL = Room()


def tokens(characters: int) -> int:
    """Return how many tokens a text of so many characters is reckoned to have."""
    return round(characters / CHARACTERS_A_TOKEN)


def room(context: int, told: int) -> Room | None:
    """Return what fits into a question to the reader; None where the model is too small for any.

    Args:
        context: Tokens that fit into the model, question and answer together.
        told: Code points of what every question says beside the text.
    """
    if context >= SMALL:
        return FULL
    left = left_of(context, told)
    if left < _LEAST:
        return None
    answer = min(FULL.answer, left * 2 // 5)
    marks = min(FULL.marks, left // 400)
    text = int((left - answer - marks * _A_MARK) * CHARACTERS_A_TOKEN)
    around = min(FULL.around, text // 10)
    longest = min(FULL.longest_block, text - 2 * around)
    largest = min(FULL.largest, longest)
    return Room(largest // 2, largest, longest, around, marks, answer)


def left_of(context: int, told: int) -> int:
    """Return how many tokens of a model are left for text and answer, beside so many code points of a prompt."""
    return context - tokens(told) - AGAIN - _FRAME


def filled(sizes: Sequence[int], left: int, most: int) -> list[range]:
    """Return which places go into each question: as many in a row as fit into so many tokens, `most` at most. One that
    does not fit by itself is in none.
    """
    result: list[range] = []
    start, used = 0, 0
    for number, size in enumerate(sizes):
        if number > start and (used + size > left or number - start == most):
            result.append(range(start, number))
            start, used = number, 0
        if size > left:
            start = number + 1
        else:
            used += size
    if start < len(sizes):
        result.append(range(start, len(sizes)))
    return result


def least(told: int) -> int:
    """Return the tokens of the smallest model to which the reader's questions can be put."""
    return tokens(told) + AGAIN + _FRAME + _LEAST
