"""Results of matches: 3:1 (1:0, 2:1), where English has 3-1."""

import re
from collections.abc import Iterator

from corrigenda.expressions import lazy
from corrigenda.languages.base import Figure
from corrigenda.languages.en.figures.habits import EnglishHabits

KINDS = ("score",)
SCAN = (
    r"(?:^|[^0-9:.])(?:[0-9]{1,3}:[0-9](?:[^0-9:]|$)|(?:2[5-9]|[3-9][0-9]|1[0-9][0-9]):[0-9]{1,3}(?:[^0-9:]|$)"
    r"|[0-9]{1,3}:[6-9][0-9](?:[^0-9:]|$))"
    r"|\b(?:[wW]on|[wW]ins?|beats?|lost|defeated|victory|defeat|score|result|led"
    r"|ahead) [^.;:0-9]{0,14}[0-9]{1,2}:[0-9][0-9]"
)
_SCORE = lazy(
    r"(?<![\w:.,/-])(?P<one>\d{1,3}) ?: ?(?P<other>\d{1,3})(?![\w:/]|[.,]\d| ?(?:[ap]\.?m\b|ratio|remaining|left\b"
    r"|mark\b|in the (?:morning|evening|afternoon)|[AP]M\b|GMT|hours|o['’]clock|local|h\b))"
)
_GAME = lazy(
    r"\b(?:goals?|match(?:es)?|half-time|halftime|first half|second half|league|cup|coach|striker|scored?|scoring"
    r"|midfielder|"
    r"goalkeeper|penalt(?:y|ies)|tournament|quarter-final|semi-final|semifinal|playoffs?|championship|champions"
    r"|derby|period|"
    r"sets?|tie-break|handball|hockey|volleyball|basketball|football|tennis|team|home win|away win|victory|defeat"
    r"|draw)\b"
)
_RESULT = re.compile(
    r"\b(?:won|wins?|beat|beats|lost|loses?|defeated|victory|defeat|score|result|led|ahead)\b[^.;:\d]{0,14}$"
)
_NO_RESULT = re.compile(r"\b(?:ratio|odds|in|of|from|until|till|at)\s$")


def find(text: str, low: int, high: int, habits: EnglishHabits) -> Iterator[Figure]:
    """Yield results with a colon, in paragraphs that speak of a match or in a text about sport."""
    if habits.documentation or not (_GAME.search(text, low, high) and habits.is_sport):
        return
    for found in _SCORE.finditer(text, low, high):
        one, other = int(found["one"]), int(found["other"])
        before = text[max(0, found.start() - 40) : found.start()]
        clock = len(found["other"]) == 2 and other < 60 and one < 25
        if _NO_RESULT.search(before) or (clock and not _RESULT.search(before)):
            continue
        yield Figure("score", *found.span(), ((f"{found['one']}-{found['other']}", True),), doubtful=clock)
