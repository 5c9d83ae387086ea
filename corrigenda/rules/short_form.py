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

Alternatives are single words: `a b|c d` is a, then b or c, then d. Expressions of several words are patterns of their
own (`find: ["a b", "c d"]`); brackets and quotation marks do not make one token of them, and are refused.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corrigenda.languages import DEFAULT, language

if TYPE_CHECKING:
    from corrigenda.languages.base import Language

UPOS = frozenset("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X SPACE".split())
_OPERATOR = re.compile(r"(?<=.)(\?|\*|\+|\{(\d+)(?:,(\d*))?\})$")
_NAME = re.compile(r"([a-z][a-z0-9_]*)=(?=.)")
_GROUPED = re.compile(r'[("][^\W_]|[^\W_][)"]|[({]~|[^\W_]"\|')
"""A bracket or quotation mark at a word, as where somebody groups: `(a`, `d)`, `"37"|"40"`; marks alone are words."""
_QUOTED = re.compile(r'"([^"]*)"(\?|\*|\+|\{\d+(?:,\d*)?\})?')


MOST_TIMES = 12
"""The largest number in a token's count. The matcher tries each number with every one of other tokens, so that
large ones take a machine's memory.
"""


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
    language: str = DEFAULT
    """The code of the language whose words and tokens it speaks of."""

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


def parse(text: str, lists: Mapping[str, Sequence[str]] | None = None, code: str = DEFAULT) -> Pattern:
    """Read the short form.

    `lists` are the word lists that `@name` may refer to, `code` is the language's. Raises PatternError, whose message
    names the token at fault.
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
            tokens.extend(_Written(item, lists or {}, language(code)).tokens())
    if mark_start is not None and mark_end is None:
        raise PatternError("⟦ without its ⟧")
    if not tokens:
        raise PatternError("the pattern holds no token")
    mark = (mark_start, mark_end) if mark_start is not None and mark_end is not None else (0, len(tokens))
    if mark[0] == mark[1]:
        raise PatternError("nothing stands between ⟦ and ⟧")
    if all(token.least == 0 for token in tokens):
        raise PatternError("every token may be missing, so the pattern would match nothing at all; make one required")
    return Pattern(tuple(tokens), mark, at_start, at_end, text, code)


def _split(text: str) -> list[str]:
    spaced = text.replace("⟦", " ⟦ ").replace("⟧", " ⟧ ")
    return re.findall(r'(?:[a-z][a-z0-9_]*=)?"[^"]*"\S*|\S+', spaced)


class _Written:
    """A token as it is written, taken apart: its name, what it says, and how often it may stand."""

    def __init__(self, item: str, lists: Mapping[str, Sequence[str]], own: "Language") -> None:
        found = _NAME.match(item)
        self.name = found[1] if found else ""
        self.item = item[found.end() :] if found else item
        self._lists = lists
        self._language = own
        quoted = _QUOTED.fullmatch(self.item)
        self.quoted = quoted[1] if quoted else None
        self.body, self.operator = self.item, ""
        if quoted:
            self.operator = quoted[2] or ""
        elif self.item not in ("?", "*", "+") and (counted := _OPERATOR.search(self.item)):
            self.body, self.operator = self.item[: counted.start()], counted[1]

    def tokens(self) -> list[Token]:
        """Return the tokens that are written here: one, or those of a hyphenated word."""
        least, most = _counts(self.operator) if self.operator else (1, 1)
        token = Token(least=least, most=most, name=self.name)
        self._refuse_groups()
        if self.quoted is not None:
            return [replace(token, words=(self.quoted.lower(),))]
        if self.body == "_":
            return [token]
        head, tags, pos = _tags(self.body, self.item, self._language.tokens.tags)
        if re.search(r"\|[~=!@](?=.)", head):
            raise PatternError(
                f"{self.item!r}: the sign stands once, before all alternatives (~close|carry, =Kiev|Kyiv)"
            )
        negated, head = _signed(head, "!")
        exact, head = _signed(head, "=")
        token = replace(token, negated=negated, tags=tags, pos=pos)
        if not head:
            return [token]
        inflected, lemmas = _signed(head, "~")
        if inflected:
            return [self._inflected(token, lemmas)]
        listed, name = _signed(head, "@")
        if listed:
            return [self._listed(token, name)]
        return self._words(replace(token, exact=exact), head)

    def _refuse_groups(self) -> None:
        """Raise PatternError where quotation marks, brackets or braces are meant to hold a token of several words, or
        alternatives: no token of a text would ever be like them.
        """
        if self.quoted is not None:
            if "|" in self.quoted and self.quoted != "|":
                raise PatternError(
                    f"{self.item!r}: in quotation marks '|' is taken literally; write a|b without them where each "
                    'alternative is a word, and a pattern for each that has several: find: ["a b", "c d"]'
                )
            if any(map(str.isspace, self.quoted)):
                raise PatternError(
                    f"{self.item!r}: a token is one word; write several without quotation marks, and a pattern for "
                    'each of several expressions: find: ["a b", "c d"]'
                )
        elif _GROUPED.search(self.item):
            raise PatternError(
                f"{self.item!r}: brackets, braces and quotation marks make no group of words or alternatives; "
                'write a|b where each is a word, and a pattern for each that has several: find: ["a b", "c d"]'
            )
        elif len(self.item) > 1 and "\\" in self.item:
            raise PatternError(f"{self.item!r}: nothing is escaped in a pattern; write the mark as it is")

    def _inflected(self, token: Token, written: str) -> Token:
        lemmas = tuple(written.lower().split("|"))
        forms = {form for lemma in lemmas for form in self._language.forms(lemma, token.tags)}
        return replace(token, words=tuple(sorted(forms)), lemmas=lemmas)

    def _listed(self, token: Token, name: str) -> Token:
        if name not in self._lists:
            known = ", ".join(sorted(self._lists)) or "none"
            raise PatternError(f"{self.item!r} names no word list; there are: {known}")
        several = next((word for word in self._lists[name] if len(word.split()) > 1), None)
        if several is not None:
            raise PatternError(
                f"{self.item!r}: {several!r} of that list is several words, and a token is one; "
                "write a pattern of its own for it"
            )
        return replace(token, words=tuple(sorted({word.lower() for word in self._lists[name]})))

    def _words(self, token: Token, head: str) -> list[Token]:
        written = head if token.exact else head.lower()
        alternatives = written.split("|") if head != "|" else [written]
        if not all(alternatives):
            raise PatternError(f"{self.item!r} has an empty alternative")
        if not any("-" in alternative.strip("-") for alternative in alternatives):
            return [replace(token, words=tuple(sorted(set(alternatives))))]
        if len(alternatives) > 1:
            raise PatternError(f"{self.item!r}: a hyphened word cannot be one of several; write a pattern for each")
        if self.operator or token.negated or token.tags or token.pos:
            raise PatternError(
                f"{self.item!r}: a hyphened word is three tokens; write it without operator, '!' and tag"
            )
        return [replace(token, words=(part,)) for part in re.findall(r"[^-]+|-", written)]


def _signed(head: str, sign: str) -> tuple[bool, str]:
    """Return whether a sign stands before something, and what stands behind it."""
    if len(head) > 1 and head.startswith(sign):
        return True, head[1:]
    return False, head


def _counts(operator: str) -> tuple[int, int | None]:
    if operator in ("?", "*", "+"):
        return {"?": (0, 1), "*": (0, None), "+": (1, None)}[operator]
    found = re.fullmatch(r"\{(\d+)(?:(,)(\d*))?\}", operator)
    assert found is not None
    least = int(found[1])
    most = least if not found[2] else int(found[3]) if found[3] else None
    if most is not None and most < least:
        raise PatternError(f"{operator} asks for at least {least} and at most {most}")
    if max(least, most or 0) > MOST_TIMES:
        raise PatternError(
            f"{operator} asks for too many: {MOST_TIMES} is the most; write + or * for as many as there are"
        )
    return least, most


def _tags(body: str, item: str, known: Collection[str]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
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
        elif name in known:
            tags.append(name)
        else:
            raise PatternError(
                f"{item!r}: {name!r} is neither a Penn tag (NN, VBD …) nor a part of speech (NOUN, VERB …)"
            )
    if tags and pos:
        raise PatternError(f"{item!r} mixes Penn tags and parts of speech; take one of the two kinds")
    return head, tuple(tags), tuple(pos)
