"""Characters that hide what a word is: invisible marks, ligatures, letters written with a combining mark of their own.

A block's view is read without them, so that "Ky‎iv" with a direction mark inside is Kyiv to every check; where they
stand is asked of the document's own text, for the checks that report them.
"""

import unicodedata
from collections.abc import Iterator

from corrigenda.documents import views
from corrigenda.documents.parts import View
from corrigenda.expressions import lazy

_MARKS = (
    "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e01ef"
)
_COMBINING = "\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
_LIGATURES = "\ufb00-\ufb06"

# A flag of tags (Scotland's) is one sign, so it is found whole and left alone.
_HIDDEN = lazy(f"\U0001f3f4[\U000e0020-\U000e007f]+|[{_MARKS}]+")
_LIGATURE = lazy(f"[{_LIGATURES}]")
_ODD = lazy(f"[{_MARKS}{_COMBINING}{_LIGATURES}\u1100-\u11ff\u212a\u212b]")
_COMPOSED = lazy(f"[^{_COMBINING}][{_COMBINING}]+|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|[\u212a\u212b]")
_RIGHT_TO_LEFT = lazy(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_WITHOUT_SPACES = lazy("[\u0e00-\u109f\u1100-\u11ff\u1780-\u18af\u1950-\u1aff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff]")
_JOINED = lazy("[\u0600-\u0dff\u0f00-\u109f\u1780-\u18af\u1b00-\u1bff\ua840-\ua9ff\uaa60-\uabff\U00011000-\U00011fff]")
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NEAR = 80
"""Code points on each side of a direction mark in which a right-to-left letter shows that it is needed."""


def any_odd(text: str) -> bool:
    """Return whether a text has any character that this module knows; few texts have."""
    return not text.isascii() and _ODD.search(text) is not None


def hidden(text: str) -> Iterator[tuple[int, int]]:
    """Yield `[start, end)` of each run of invisible marks that are residue.

    Joiners between emoji and in scripts that need them, direction marks beside Hebrew or Arabic, and break marks in
    scripts without spaces belong to the text and are not yielded.
    """
    if text.isascii():
        return
    for run in _HIDDEN.finditer(text):
        if run[0][0] == "\U0001f3f4":
            continue
        start: int | None = None
        for at in range(run.start(), run.end()):
            if not _needed(text, at, run.start(), run.end()):
                start = at if start is None else start
            elif start is not None:
                yield start, at
                start = None
        if start is not None:
            yield start, run.end()


def ligatures(text: str) -> Iterator[tuple[int, int]]:
    """Yield `[start, end)` of each typographic ligature (ﬁ, ﬂ …), which only files made for print have."""
    if not text.isascii():
        for found in _LIGATURE.finditer(text):
            yield found.span()


def as_read(view: View) -> View:
    """Return a view as its reader sees it: without residue, ligatures as letters, each accented letter one character.

    What is left maps to all that it stood for.
    """
    text = view.text
    if not any_odd(text):
        return view
    changes = [(start, end, "") for start, end in hidden(text)]
    changes += [(start, end, unicodedata.normalize("NFKC", text[start:end])) for start, end in ligatures(text)]
    if changes:  # first, since a mark may stand between a letter and its accent
        view = views.replaced(view, sorted(changes))
    pieces = ((*found.span(), unicodedata.normalize("NFC", found[0])) for found in _COMPOSED.finditer(view.text))
    composed = [piece for piece in pieces if piece[2] != view.text[piece[0] : piece[1]]]
    return views.replaced(view, composed) if composed else view


def plain(text: str) -> str:
    """Return a short text as it is compared with words that somebody typed: composed, without invisible marks."""
    if text.isascii():
        return text
    marks = {at for start, end in hidden(text) for at in range(start, end)}
    kept = "".join(character for at, character in enumerate(text) if at not in marks)
    return _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), unicodedata.normalize("NFC", kept))


def _needed(text: str, at: int, first: int, last: int) -> bool:
    """Return whether the mark at a position of the run `[first, last)` belongs to the text."""
    mark = text[at]
    before, after = text[first - 1 : first], text[last : last + 1]
    if mark in _DIRECTION:
        return _RIGHT_TO_LEFT.search(text, max(0, first - _NEAR), last + _NEAR) is not None
    if "\ufe00" <= mark <= "\ufe0f" or mark >= "\U000e0100":
        # Which drawing of a sign is meant; a letter or a space has no other.
        return bool(before) and not (before.isspace() or (before.isascii() and before.isalpha()))
    if mark in "\u200c\u200d":
        return bool(_JOINED.match(before) or (_is_picture(before) and _is_picture(after)))
    return any(_WITHOUT_SPACES.match(side) for side in (before, after))


def _is_picture(character: str) -> bool:
    return bool(character) and unicodedata.category(character) in ("So", "Sk")
