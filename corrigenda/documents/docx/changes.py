"""Changes that a reviewer sees in Word: where each stands, and cutting it down to the words that differ."""

from typing import NamedTuple

from corrigenda.documents.parts import Edit


class Change(NamedTuple):
    """One finding in a reviewed copy.

    `[start, end)` is its place in the document's text (code points), `edit` what is proposed there, None where nothing
    is, and `comment` the paragraphs of the comment that is put beside it; `told` are those where the edit cannot be
    shown, which say what is proposed. `key` is the finding's number, by which it is found again when the copy comes
    back.
    """

    start: int
    end: int
    edit: Edit | None
    comment: tuple[str, ...]
    key: int
    told: tuple[str, ...] = ()


def core(text: str, edit: Edit) -> Edit:
    """Return what of an edit differs from the text, in whole words, so that no more is struck out than is changed."""
    quote, new = text[edit.start : edit.end], edit.text
    most = min(len(quote), len(new))
    head = 0
    while head < most and quote[head] == new[head]:
        head += 1
    tail = 0
    while tail < most - head and quote[len(quote) - 1 - tail] == new[len(new) - 1 - tail]:
        tail += 1
    while head and (_inside_word(quote, head) or _inside_word(new, head)):
        head -= 1
    while tail and (_inside_word(quote, len(quote) - tail) or _inside_word(new, len(new) - tail)):
        tail -= 1
    return Edit(edit.start + head, edit.end - tail, new[head : len(new) - tail])


def _inside_word(text: str, at: int) -> bool:
    """Return whether a position has a letter or digit on both its sides."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
