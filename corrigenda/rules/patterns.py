"""The short form of patterns, as checks write it, and what the engine derives from a pattern.

A pattern is a line of tokens separated by spaces, one for each token of spaCy's tokeniser:

    word            the word, in any case                 so-called     a hyphen makes three tokens of it
    a|b|c           one of these words                    =Word         exactly so, capitals too
    ~close          any form of "close"                   ~close|carry  any form of either
    :VBG            any word with this tag or part of speech (Penn tag or UPOS; :VBD|VBN for several)
    ~close:VBG      both conditions at once               !a|b          any word but these
    _               any word                              "..."         what is quoted, taken literally
    @weekdays       one of a list named in the check or in corpora/lists
    name=…          the token under a name, for corrections and messages (verb=~close:VBG)
    ^  $            start, end of the sentence            ⟦ … ⟧         what is marked (else everything)

followed by `?` (may be missing), `*`, `+`, or `{n,m}` (so many of them).

From a pattern are derived: spaCy `Matcher` tokens, a **gate** (a linear-time regular expression that every match must
satisfy, so that a sentence which fails it never reaches spaCy) and the **literals** one of which every match must hold.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corrigenda.languages import language

UPOS = frozenset("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X SPACE".split())
_OPERATOR = re.compile(r"(?<=.)(\?|\*|\+|\{(\d+)(?:,(\d*))?\})$")
_NAME = re.compile(r"([a-z][a-z0-9_]*)=(?=.)")
_APOSTROPHES = "'’ʼ"
_START = r"(?:^|[.!?…][\"”’»)]*\s+)[\"“‘«(]?"
"""Where a sentence may start in a paragraph, for patterns that run without a segmenter: at its head, behind a stop."""


class PatternError(ValueError):
    """A pattern that cannot be read or cannot match; the message says what to write instead."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a pattern.

    `words` are the allowed forms (lower case unless `exact`), None where any will do; `tags` and `pos` restrict them;
    `negated` turns `words` round. `least` and `most` are how often it may stand (`most` None: without limit).
    """

    words: tuple[str, ...] | None = None
    exact: bool = False
    negated: bool = False
    tags: tuple[str, ...] = ()
    pos: tuple[str, ...] = ()
    least: int = 1
    most: int | None = 1
    name: str = ""
    lemmas: tuple[str, ...] = ()

    @property
    def required(self) -> bool:
        """Whether a match must hold this token with one of a known set of words."""
        return self.least > 0 and self.words is not None and not self.negated


@dataclass(frozen=True, slots=True)
class Pattern:
    """A parsed pattern. `mark` is the half-open range of tokens to be marked."""

    tokens: tuple[Token, ...]
    mark: tuple[int, int]
    at_start: bool = False
    at_end: bool = False
    source: str = ""

    @property
    def needs_tags(self) -> bool:
        """Whether a token asks for a tag or part of speech, so that spaCy's tagger has to run."""
        return any(token.tags or token.pos for token in self.tokens)

    @property
    def names(self) -> dict[int, str]:
        """Names of tokens by their place in the pattern."""
        return {index: token.name for index, token in enumerate(self.tokens) if token.name}

    @property
    def lemmas(self) -> dict[str, tuple[str, ...]]:
        """The base forms of the tokens that stand in any form, by the token's name or `_` and its place."""
        return {token.name or f"_{at}": token.lemmas for at, token in enumerate(self.tokens) if token.lemmas}


def parse(text: str, lists: Mapping[str, Sequence[str]] | None = None) -> Pattern:
    """Read the short form.

    `lists` are the word lists that `@name` may refer to. Raises PatternError, whose message names the token at fault.
    """
    tokens: list[Token] = []
    mark_start: int | None = None
    mark_end: int | None = None
    at_start = at_end = False
    items = _split(text)
    for number, item in enumerate(items):
        if item == "⟦":
            if mark_start is not None:
                raise PatternError("only one ⟦ … ⟧ may stand in a pattern")
            mark_start = len(tokens)
        elif item == "⟧":
            if mark_start is None or mark_end is not None:
                raise PatternError("⟧ without its ⟦ before it")
            mark_end = len(tokens)
        elif item == "^" and number == 0:
            at_start = True
        elif item == "$" and number == len(items) - 1:
            at_end = True
        else:
            tokens.extend(_tokens(item, lists or {}))
    if mark_start is not None and mark_end is None:
        raise PatternError("⟦ without its ⟧")
    if not tokens:
        raise PatternError("the pattern holds no token")
    mark = (mark_start, mark_end) if mark_start is not None and mark_end is not None else (0, len(tokens))
    if mark[0] == mark[1]:
        raise PatternError("nothing stands between ⟦ and ⟧")
    if all(token.least == 0 for token in tokens):
        raise PatternError("every token may be missing, so the pattern would match nothing at all; make one required")
    return Pattern(tuple(tokens), mark, at_start, at_end, text)


def _split(text: str) -> list[str]:
    spaced = text.replace("⟦", " ⟦ ").replace("⟧", " ⟧ ")
    return re.findall(r'(?:[a-z][a-z0-9_]*=)?"[^"]*"\S*|\S+', spaced)


def _tokens(item: str, lists: Mapping[str, Sequence[str]]) -> Iterable[Token]:
    name = ""
    if found := _NAME.match(item):
        name, item = found[1], item[found.end() :]
    least, most = 1, 1
    quoted = re.fullmatch(r'"([^"]*)"(\?|\*|\+|\{\d+(?:,\d*)?\})?', item)
    body = item
    limit: int | None = most
    operator = (quoted[2] or "") if quoted else ""
    if not quoted and (found := _OPERATOR.search(item)) and item not in ("?", "*", "+"):
        operator, body = found[1], item[: found.start()]
    if operator:
        least, limit = _counts(operator)
    if quoted:
        return [Token(words=(quoted[1].lower(),), least=least, most=limit, name=name)]
    if body == "_":
        return [Token(least=least, most=limit, name=name)]
    head, tags, pos = _tags(body, item)
    if re.search(r"\|[~=!@](?=.)", head):
        raise PatternError(f"{item!r}: the sign stands once, before all alternatives (~close|carry, =Kiev|Kyiv)")
    negated = head.startswith("!") and len(head) > 1
    head = head[1:] if negated else head
    exact = head.startswith("=") and len(head) > 1
    head = head[1:] if exact else head
    if head.startswith("~") and len(head) > 1:
        lemmas = tuple(head[1:].lower().split("|"))
        words: tuple[str, ...] | None = tuple(
            sorted({form for lemma in lemmas for form in language().forms(lemma, tags)})
        )
        return [Token(words, False, negated, tags, pos, least, limit, name, lemmas)]
    if head.startswith("@") and len(head) > 1:
        if head[1:] not in lists:
            known = ", ".join(sorted(lists)) or "none"
            raise PatternError(f"{item!r} names no word list; there are: {known}")
        words = tuple(sorted({word.lower() for word in lists[head[1:]]}))
        return [Token(words, False, negated, tags, pos, least, limit, name)]
    if not head:
        return [Token(tags=tags, pos=pos, least=least, most=limit, name=name)]
    alternatives = head.split("|") if head != "|" else [head]
    if any(not alternative for alternative in alternatives):
        raise PatternError(f"{item!r} has an empty alternative")
    if len(alternatives) == 1 and "-" in head.strip("-") and len(head) > 1:
        if operator or negated or tags or pos:
            raise PatternError(f"{item!r}: a hyphened word is three tokens; write it without operator, '!' and tag")
        parts = re.findall(r"[^-]+|-", head)
        return [Token(words=(part if exact else part.lower(),), exact=exact, name=name) for part in parts]
    if any("-" in alternative.strip("-") for alternative in alternatives):
        raise PatternError(f"{item!r}: a hyphened word cannot be one of several; write a pattern for each")
    words = tuple(sorted(set(alternatives if exact else (a.lower() for a in alternatives))))
    return [Token(words, exact, negated, tags, pos, least, limit, name)]


def _counts(operator: str) -> tuple[int, int | None]:
    if operator in ("?", "*", "+"):
        return {"?": (0, 1), "*": (0, None), "+": (1, None)}[operator]
    found = re.fullmatch(r"\{(\d+)(?:(,)(\d*))?\}", operator)
    assert found is not None
    least = int(found[1])
    if not found[2]:
        return least, least
    most = int(found[3]) if found[3] else None
    if most is not None and most < least:
        raise PatternError(f"{operator} asks for at least {least} and at most {most}")
    return least, most


def _tags(body: str, item: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    if ":" not in body or len(body) == 1:
        return body, (), ()
    head, _, names = body.rpartition(":")
    if not names or names.startswith("|"):  # the colon is one of the alternatives
        return body, (), ()
    tags: list[str] = []
    pos: list[str] = []
    for name in names.split("|"):
        if name in UPOS:
            pos.append(name)
        elif name in language().tokens.tags:
            tags.append(name)
        else:
            raise PatternError(
                f"{item!r}: {name!r} is neither a Penn tag (NN, VBD …) nor a part of speech (NOUN, VERB …)"
            )
    if tags and pos:
        raise PatternError(f"{item!r} mixes Penn tags and parts of speech; take one of the two kinds")
    return head, tuple(tags), tuple(pos)


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
    return "(?i)" + r"\s*".join(_gate_token(token) for token in pattern.tokens)


def _gate_token(token: Token) -> str:
    body = r"\S+" if token.words is None or token.negated else _alternation(token.words, cut=True)
    if (token.least, token.most) == (1, 1):
        return body
    upper = "" if token.most is None else str(token.most)
    return rf"(?:{body}\s*){{{token.least},{upper}}}"


def _alternation(words: Sequence[str], *, cut: bool = False) -> str:
    """Return an expression for any of some words; with `cut` also where the tokeniser cut one out of a longer word."""
    if words == ("n't",):
        return "n['’ʼ]t"
    known = language().tokens
    parts: list[str] = []
    for word in words:
        body = re.sub(r"\\?['’ʼ]", "['’ʼ]", re.escape(word))
        low = word.lower()
        starts = (
            re.match(r"[0-9A-Za-z]", word)
            and word != "n't"
            and not (cut and (low in known.tails or low in known.units))
        )
        ends = re.search(r"[0-9A-Za-z]$", word) and not (cut and (low in known.hosts or low[-1:].isdigit()))
        parts.append((r"\b" if starts else "") + body + (r"\b" if ends else ""))
    return "(?:" + "|".join(parts) + ")" if len(parts) > 1 else parts[0]


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
        parts.append(_regex_token(token))
        if index + 1 == pattern.mark[1]:
            parts.append(")")
        if index + 1 < len(pattern.tokens):
            parts.append(_separator(token, pattern.tokens[index + 1]))
    return "(?i)" + (_START if pattern.at_start else "") + "".join(parts) + (r"\s*$" if pattern.at_end else "")


def _regex_token(token: Token) -> str:
    word = r"[\pL\pN][\pL\pN'’ʼ.-]*"
    if token.words is None:
        body = word
    elif token.negated:
        raise PatternError("'!' needs detector: pattern")
    else:
        body = _alternation(token.words)
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

    `frequency` gives a word's share in English text. Empty when no token has a known set of words: such a pattern needs
    a structural nominator.
    """
    best: tuple[float, tuple[str, ...]] | None = None
    for token in pattern.tokens:
        if not token.required or token.words is None:
            continue
        found = [_literals(word) for word in token.words]
        if not all(found):
            continue
        words = tuple(sorted({literal for some in found for literal in some}))
        cost = sum(frequency(word) for word in words)
        if best is None or cost < best[0]:
            best = (cost, words)
    return best[1] if best else ()


_MOST_PHRASES = 64
_JOINABLE = re.compile(r"[a-z]+")


def announcing(pattern: Pattern, frequency: Callable[[str], float]) -> tuple[str, ...]:
    """Return lower-case words or short phrases one of which every match must hold, rarer than `literals` alone.

    The rarest token is joined with its neighbours where those are plain words too: "on the territory" announces what
    "territory" alone would announce ten times as often. Words of a phrase stand apart by one space, so the text that is
    searched must have its white space folded.
    """
    words = literals(pattern, frequency)
    if not words:
        return ()
    own = [
        at
        for at, token in enumerate(pattern.tokens)
        if _joinable(token) and tuple(sorted(word.lower() for word in token.words or ())) == words
    ]
    if not own:
        return words
    index = own[0]
    phrases = list(words)
    for step in (1, -1):
        at = index + step
        while 0 <= at < len(pattern.tokens) and _joinable(pattern.tokens[at]):
            beside = pattern.tokens[at].words or ()
            lowered = sorted({word.lower() for word in beside})
            if len(phrases) * len(lowered) > _MOST_PHRASES:
                break
            phrases = [f"{phrase} {word}" if step > 0 else f"{word} {phrase}" for phrase in phrases for word in lowered]
            at += step
    return tuple(sorted(phrases))


def _joinable(token: Token) -> bool:
    """Whether a token is one plain word that nothing can be cut out of or stand within."""
    known = language().tokens
    return (
        token.required
        and (token.least, token.most) == (1, 1)
        and all(
            _JOINABLE.fullmatch(word.lower()) and word.lower() not in known.hosts and word.lower() not in known.tails
            for word in token.words or ()
        )
    )


def _literals(word: str) -> tuple[str, ...]:
    """Return what the automaton has to look for to meet a word, lower case; nothing where it cannot know.

    It finds runs of letters and digits between others: the longest of the word, or the longer words that the tokeniser
    cuts this one out of.
    """
    low = word.lower()
    known = language().tokens
    if low in known.tails:
        return (low, *known.tails[low]) if known.tails[low] else ()
    runs = re.findall(r"[^\W_]+", low)
    if not runs:
        return ()
    longest = max(runs, key=len)
    return (longest, *(longest + end for end in known.hosts.get(low, ())))
