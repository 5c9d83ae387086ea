"""What is derived from a pattern (corrigenda.rules.short_form), so that checks never write it twice.

From a pattern are derived: spaCy `Matcher` tokens, a **gate** (a linear-time regular expression that every match must
satisfy, so that a sentence which fails it never reaches spaCy) and the **literals** one of which every match must hold.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from corrigenda.languages import language
from corrigenda.rules.rule import Adjoining
from corrigenda.rules.short_form import Pattern, PatternError, Token

if TYPE_CHECKING:
    from corrigenda.languages.base import Tokens

_APOSTROPHES = "'’ʼ"
_START = r"(?:^|[.!?…][\"”’»)]*\s+)[\"“‘«(]?"
"""Where a sentence may start in a paragraph, for patterns that run without a segmenter: at its head, behind a stop."""


def to_matcher(pattern: Pattern) -> list[dict[str, Any]]:
    """Return the pattern as tokens for spaCy's `Matcher`."""
    return [_matcher_token(token) for token in pattern.tokens]


def _matcher_token(token: Token) -> dict[str, Any]:
    result: dict[str, Any] = {}
    if token.words is not None:
        key = "ORTH" if token.exact else "LOWER"
        words = sorted({variant for word in token.words for variant in _apostrophes(word)})
        if token.negated:
            result[key] = {"NOT_IN": words}
        else:
            result[key] = words[0] if len(words) == 1 else {"IN": words}
    if token.tags:
        result["TAG"] = token.tags[0] if len(token.tags) == 1 else {"IN": list(token.tags)}
    if token.pos:
        result["POS"] = token.pos[0] if len(token.pos) == 1 else {"IN": list(token.pos)}
    if (token.least, token.most) != (1, 1):
        simple = {(0, 1): "?", (0, None): "*", (1, None): "+"}
        upper = "" if token.most is None else str(token.most)
        result["OP"] = simple.get((token.least, token.most), f"{{{token.least},{upper}}}")
    return result


def _apostrophes(word: str) -> list[str]:
    if not any(mark in word for mark in _APOSTROPHES):
        return [word]
    plain = word.translate({ord(mark): "'" for mark in _APOSTROPHES})
    return [plain.replace("'", mark) for mark in _APOSTROPHES]


def gate(pattern: Pattern) -> str:
    """Return a regular expression (RE2 syntax) that the text of every match satisfies; most non-matches fail it."""
    return "(?i)" + r"\s*".join(_gate_token(token, language(pattern.language).tokens) for token in pattern.tokens)


def _gate_token(token: Token, known: "Tokens") -> str:
    body = r"\S+" if token.words is None or token.negated else _alternation(token.words, known, cut=True)
    if (token.least, token.most) == (1, 1):
        return body
    upper = "" if token.most is None else str(token.most)
    return rf"(?:{body}\s*){{{token.least},{upper}}}"


def _alternation(words: Sequence[str], known: "Tokens", *, cut: bool = False) -> str:
    """Return an expression for any of some words; with `cut` also where the tokeniser cut one out of a longer word."""
    parts: list[tuple[str, str, str]] = []
    for word in words:
        body = re.sub(r"\\?['’ʼ]", "['’ʼ]", re.escape(word))
        low = word.lower()
        # RE2's \b knows ASCII alone; beside another letter it would never match (languages.base.Language.bounded).
        joined = word in known.joined
        behind = low in known.tails or low in known.units
        starts = re.match(r"[0-9A-Za-z]", word) and not joined and not (cut and behind)
        before = low in known.hosts or low[-1:].isdigit()
        ends = re.search(r"[0-9A-Za-z]$", word) and not joined and not (cut and before)
        parts.append((r"\b" if starts else "", body, r"\b" if ends else ""))
    if len(parts) == 1:
        return "".join(parts[0])
    if len({(low, high) for low, _, high in parts}) == 1:  # written once: thousands of entries have lists of words
        low, _, high = parts[0]
        return f"{low}(?:{'|'.join(body for _, body, _ in parts)}){high}"
    return "(?:" + "|".join("".join(part) for part in parts) + ")"


def regex(pattern: Pattern) -> str:
    """Return the pattern as an exact regular expression (RE2 syntax) over text, for patterns that ask for no tag.

    Group 1 is what is marked; a token with a name is a group of that name. Words are separated by white space, marks of
    punctuation may stand directly at a word. Raises PatternError for a pattern that needs the tagger.
    """
    if pattern.needs_tags:
        raise PatternError(f"{pattern.source!r} asks for a tag; use detector: pattern")
    parts: list[str] = []
    for index, token in enumerate(pattern.tokens):
        if index == pattern.mark[0]:
            parts.append("(?P<mark>")
        parts.append(_regex_token(token, language(pattern.language).tokens))
        if index + 1 == pattern.mark[1]:
            parts.append(")")
        if index + 1 < len(pattern.tokens):
            parts.append(_separator(token, pattern.tokens[index + 1]))
    # Between a letter and white space there is a boundary anyway, and thousands of entries would say so.
    body = "".join(parts).replace(r"\b\s+", r"\s+").replace(r"\s+\b", r"\s+")
    return "(?i)" + (_START if pattern.at_start else "") + body + (r"\s*$" if pattern.at_end else "")


_ANY_WORD = r"[\pL0-9][\pL0-9'’ʼ.-]*"


def _regex_token(token: Token, known: "Tokens") -> str:
    if token.words is None:
        body = _ANY_WORD
    elif token.negated:
        raise PatternError("'!' needs detector: pattern")
    else:
        body = _alternation(token.words, known)
        if token.exact:
            body = f"(?-i:{body})"
    if (token.least, token.most) != (1, 1):
        upper = "" if token.most is None else str(token.most)
        # The separator behind an optional token belongs to it.
        body = rf"(?:{body}\s+){{{token.least},{upper}}}"
    return f"(?P<{token.name}>{body})" if token.name else body


def _separator(token: Token, following: Token) -> str:
    if (token.least, token.most) != (1, 1):
        return ""
    sides = (token.words, following.words)
    punctuation = any(words is not None and not all(re.search(r"\w", w) for w in words) for words in sides)
    clitic = following.words is not None and all(re.match(r"n?['’ʼ]", w) for w in following.words)
    return r"\s*" if punctuation or clitic else r"\s+"


def literals(pattern: Pattern, frequency: Callable[[str], float]) -> tuple[str, ...]:
    """Return lower-case words one of which every match must hold, the rarest such set that the pattern has.

    `frequency` says how often a word stands in the language's texts. Empty when no token has a known set of words:
    such a pattern needs a structural nominator.
    """
    known = language(pattern.language).tokens
    best: tuple[float, tuple[str, ...]] | None = None
    for token in pattern.tokens:
        if not token.required or token.words is None:
            continue
        found = [_literals(word, known) for word in token.words]
        if not all(found):
            continue
        words = tuple(sorted({literal for some in found for literal in some}))
        cost = sum(_commonness(word, frequency) for word in words)
        if best is None or cost < best[0]:
            best = (cost, words)
    return best[1] if best else ()


_MOST_WORDS = 24
_PLAIN_WORD = re.compile(r"[a-z]{2,}")


def standing(pattern: Pattern) -> tuple[tuple[str, ...], ...]:
    """Return lists of words in lower case of each of which every match must hold one: those of the two tokens with the
    least to look for.

    Tokens whose words are not all plain letters, or are many, are left out: what is returned costs less to look for
    than the expression, and need not be all that it wants.
    """
    found: list[tuple[str, ...]] = []
    for token in pattern.tokens:
        if not token.required or token.words is None or len(token.words) > _MOST_WORDS:
            continue
        words = sorted({word.lower() for word in token.words})
        if all(_PLAIN_WORD.fullmatch(word) for word in words):
            found.append(tuple(word for word in words if not any(o != word and o in word for o in words)))
    return tuple(sorted(found, key=lambda words: sum(map(len, words)))[:2])


_MOST_PHRASES = 64
_JOINABLE = re.compile(r"[^\W\d_]+")
_PLAIN = re.compile(r"[a-z0-9]+")


def announcing(pattern: Pattern, frequency: Callable[[str], float]) -> tuple[str, ...]:
    """Return lower-case words or short phrases one of which every match must hold, rarer than `literals` alone.

    The rarest token is joined with its neighbours where those are plain words too: "on the territory" announces what
    "territory" alone would announce ten times as often. Words of a phrase stand apart by one space, so the text that is
    searched must have its white space folded.
    """
    words = literals(pattern, frequency)
    if not words:
        return ()
    known = language(pattern.language).tokens
    own = [
        at
        for at, token in enumerate(pattern.tokens)
        if _joinable(token, known) and tuple(sorted(word.lower() for word in token.words or ())) == words
    ]
    if not own:
        return words
    index = own[0]
    phrases = list(words)
    for step in (1, -1):
        at = index + step
        while 0 <= at < len(pattern.tokens) and _joinable(pattern.tokens[at], known):
            beside = pattern.tokens[at].words or ()
            lowered = sorted({word.lower() for word in beside})
            if len(phrases) * len(lowered) > _MOST_PHRASES:
                break
            phrases = [f"{phrase} {word}" if step > 0 else f"{word} {phrase}" for phrase in phrases for word in lowered]
            at += step
    return tuple(sorted(phrases))


def adjoining(pattern: Pattern, frequency: Callable[[str], float]) -> Adjoining | None:
    """Return the two words side by side in every match of `regex` that stand together most rarely; None where no two
    do, or where another word of the pattern is rarer still.

    A run has tens of thousands of patterns, and most of their words stand in any text: what costs is then only the
    words that stand beside each other there, however many patterns there are.
    """
    known = language(pattern.language).tokens
    alone = sum(_commonness(word, frequency) for word in literals(pattern, frequency))
    found: list[tuple[float, tuple[str, ...], int, tuple[str, ...]]] = []
    for token, following in pairwise(pattern.tokens):
        if not (_is_plain(token, known) and _is_plain(following, known)):
            continue
        sides = [tuple(sorted({word.lower() for word in one.words or ()})) for one in (token, following)]
        rates = [sum(_commonness(word, frequency) for word in words) for words in sides]
        rarer = 0 if rates[0] <= rates[1] else 1
        together = min(*rates, rates[0] * rates[1] * _DRAWN / 1e6)
        found.append((together, sides[rarer], -1 if rarer else 1, sides[1 - rarer]))
    if not found or (best := min(found))[0] > alone:
        return None
    return Adjoining(*best[1:])


_DRAWN = 50
"""How many times as often as chance would have it words stand beside each other, in round figures."""
_ANY_NUMBER = 200.0
"""How often a number of a few digits stands in a million words, in round figures; lists of frequencies have none."""


def _commonness(word: str, frequency: Callable[[str], float]) -> float:
    return _ANY_NUMBER if word.isdigit() else frequency(word)


def _is_plain(token: Token, known: "Tokens") -> bool:
    """Whether a token is one whole word between white space or marks, as `regex` has it."""
    return (
        token.required
        and (token.least, token.most) == (1, 1)
        and all(_PLAIN.fullmatch(word.lower()) and word not in known.joined for word in token.words or ())
    )


def _joinable(token: Token, known: "Tokens") -> bool:
    """Whether a token is one plain word that nothing can be cut out of or stand within."""
    return (
        token.required
        and (token.least, token.most) == (1, 1)
        and all(
            _JOINABLE.fullmatch(word.lower()) and word.lower() not in known.hosts and word.lower() not in known.tails
            for word in token.words or ()
        )
    )


def _literals(word: str, known: "Tokens") -> tuple[str, ...]:
    """Return what the automaton has to look for to meet a word, lower case; nothing where it cannot know.

    It finds runs of letters and digits between others: the longest of the word, or the longer words that the tokeniser
    cuts this one out of.
    """
    low = word.lower()
    if low in known.tails:
        return (low, *known.tails[low]) if known.tails[low] else ()
    runs = re.findall(r"[^\W_]+", low)
    if not runs:
        return ()
    longest = max(runs, key=len)
    return (longest, *(longest + end for end in known.hosts.get(low, ())))
