"""The short form of patterns, and that nothing derived from a pattern loses a match."""

import re
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corrigenda.documents.folding import folded
from corrigenda.engines.spacy import Spacy
from corrigenda.expressions import compiled, span_of
from corrigenda.rules.patterns import adjoining, gate, literals, regex, to_matcher
from corrigenda.rules.rule import Adjoining
from corrigenda.rules.short_form import Pattern, PatternError, parse

WORDS = [
    "the",
    "Bay",
    "closing",
    "don't",
    "cannot",
    "isn’t",
    "10km",
    "gonna",
    "won't",
    "dont",
    "so-called",
    "is",
    "O’Neill",
    "3.5",
    "café",
    "U.S.",
    "a",
]


@cache
def tagger() -> Spacy:
    return Spacy()


def matches(pattern: Pattern, text: str) -> list[tuple[int, int]]:
    """spaCy's own verdict, over tokens alone."""
    from spacy.matcher import Matcher

    matcher: Any = Matcher(tagger().vocabulary)
    matcher.add("rule", [to_matcher(pattern)])
    parsed = tagger().parse([text], "tokens")[0]
    return [(start, end) for _, start, end in matcher(parsed)]


def test_words_forms_and_marks() -> None:
    pattern = parse("enemy|army ⟦ ~be verb=closing ⟧ .|,")
    assert pattern.tokens[0].words == ("army", "enemy")
    assert {"is", "was", "were", "being", "been"} <= set(pattern.tokens[1].words or ())
    assert pattern.mark == (1, 3)
    assert pattern.names == {2: "verb"}
    assert not pattern.needs_tags


def test_operators() -> None:
    counts = [(token.least, token.most) for token in parse("a b? c* d+ e{2} f{1,3} g{2,}").tokens]
    assert counts == [(1, 1), (0, 1), (0, None), (1, None), (2, 2), (1, 3), (2, None)]


def test_hyphened_words_are_three_tokens() -> None:
    assert [token.words for token in parse("so-called").tokens] == [("so",), ("-",), ("called",)]


def test_anchors_exact_words_and_lists() -> None:
    pattern = parse("^ =Kiev @days $", {"days": ["Monday", "friday"]})
    assert (pattern.at_start, pattern.at_end) == (True, True)
    assert pattern.tokens[0].exact and pattern.tokens[0].words == ("Kiev",)
    assert pattern.tokens[1].words == ("friday", "monday")


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Recall that it rained.", [0]),
        ("It rained. Recall that it rained.", [11]),
        ("“It rained.” “Recall that it rained.”", [14]),
        ("They recall that it rained; recall that.", []),
    ],
)
def test_start_of_a_sentence_inside_a_paragraph(text: str, starts: list[int]) -> None:
    expression = compiled(regex(parse("^ ⟦recall that⟧")))
    assert [span_of(found, "mark")[0] for found in expression.finditer(text)] == starts


def test_tags_and_parts_of_speech() -> None:
    pattern = parse("~close:VBG|VBD :NOUN")
    assert pattern.needs_tags
    assert (pattern.tokens[0].tags, pattern.tokens[1].pos) == (("VBG", "VBD"), ("NOUN",))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no token"),
        ("a? b*", "may be missing"),
        ("a||b", "empty alternative"),
        ('the "prime minister"', "a token is one word"),
        ('the "prime minister|head of state"', "'|' is taken literally"),
        ('v="fine|penalty"', "'|' is taken literally"),
        ("the (prime minister|head of state)", "'(prime': brackets, braces and quotation marks make no group"),
        ("the (latest)? news", "make no group"),
        ('a "37"|"40" year', "make no group"),
        ('to the "World =Cup"', "a token is one word"),
        ('to euro|"World =Cup"', "make no group"),
        ("~viewer {~viewer}", "make no group"),
        (r"road a\d+", "nothing is escaped"),
        ("in @cities", "'new york' of that list is several words"),
        ("⟦ a", "without its ⟧"),
        ("a ⟧", "without its ⟦"),
        ("⟦ ⟧ a", "nothing stands between"),
        ("⟦ a ⟧ ⟦ b ⟧", "only one"),
        (":NOUNS a", "neither"),
        (":NOUN|VBG a", "mixes"),
        ("@nowhere a", "names no word list"),
        ("a{3,1}", "at least 3"),
        ("a _{0,40} b", "12 is the most"),
        ("a{13}", "12 is the most"),
        ("so-called|alleged", "one of several"),
    ],
)
def test_what_cannot_match_is_refused(text: str, words: str) -> None:
    with pytest.raises(PatternError, match=re.escape(words)):
        parse(text, {"cities": ["paris", "new york"]})


def test_marks_that_are_words_are_no_groups() -> None:
    tokens = parse('( said|told|" ) "|" =PAP|" 1/4').tokens
    assert [token.words for token in tokens] == [("(",), ('"', "said", "told"), (")",), ("|",), ('"', "PAP"), ("1/4",)]


words = st.sampled_from(WORDS)
simple = st.sampled_from(
    ["the", "bay", "closing", "is", "a", "café", "be", "take", "do", "n't", "can", "not", "km", "wo", "gon", "na"]
)


@st.composite
def pattern_tokens(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(["word", "either", "forms", "any", "exact", "not"]))
    word = draw(simple)
    body = {
        "word": word,
        "either": f"{word}|{draw(simple)}|harbour",
        "forms": f"~{draw(st.sampled_from(['be', 'take', 'close', 'run']))}",
        "any": "_",
        "exact": f"={draw(st.sampled_from(['The', 'Bay', 'is']))}",
        "not": f"!{word}",
    }[kind]
    return body + draw(st.sampled_from(["", "", "", "?", "*", "+", "{1,2}"]))


patterns = st.lists(pattern_tokens(), min_size=1, max_size=4).map(" ".join)
running = st.lists(
    st.sampled_from([*WORDS, "The", "was", "taken", "closes", "harbour", "Town", ",", ".", "–", "ran", "be"]),
    max_size=9,
)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    pieces = draw(running)
    gaps = [draw(st.sampled_from([" ", " ", " ", "\n", "  ", ""])) for _ in pieces]
    return "".join(piece + gap for piece, gap in zip(pieces, gaps, strict=True))


def understood(text: str) -> Pattern | None:
    try:
        return parse(text)
    except PatternError:
        return None


@settings(max_examples=400, deadline=None)
@given(patterns, sentences())
def test_the_gate_never_loses_what_spacy_matches(source: str, text: str) -> None:
    pattern = understood(source)
    if pattern is None:
        return
    if matches(pattern, folded(text)[0]):
        assert compiled(gate(pattern)).search(text), (source, text)


@settings(max_examples=400, deadline=None)
@given(patterns, sentences())
def test_one_of_the_literals_stands_in_every_match(source: str, text: str) -> None:
    pattern = understood(source)
    if pattern is None:
        return
    needed = literals(pattern, lambda word: 1 / len(word))
    if not needed:
        return
    found = matches(pattern, folded(text)[0])
    parsed = tagger().parse([folded(text)[0]], "tokens")[0]
    for start, end in found:
        # The words that the match stands in: the tokeniser may have cut its first or last one out of them.
        first, last = parsed[start].idx, parsed[end - 1].idx + len(parsed[end - 1])
        folded_text = parsed.text.lower()
        while first and not folded_text[first - 1].isspace():
            first -= 1
        while last < len(folded_text) and not folded_text[last].isspace():
            last += 1
        covered = folded_text[first:last]
        assert any(announced(literal, covered) for literal in needed), (source, text)


def announced(literal: str, text: str) -> bool:
    """Whether the automaton's rule about its neighbours lets a literal be found (corrigenda.pipeline.nominate)."""
    before = r"(?<![^\W_])" if literal[:1].isdigit() else r"(?<![^\W\d_])"
    after = r"(?!\d)" if literal[-1:].isdigit() else r"(?![^\W_])"
    return re.search(before + re.escape(literal) + after, text) is not None


@settings(max_examples=300, deadline=None)
@given(patterns, sentences())
def test_phrases_only_find_what_stands_there(source: str, text: str) -> None:
    """A phrase's expression may be stricter than the matcher about spaces, and never finds words that are not there."""
    pattern = understood(source)
    if pattern is None or any(token.negated for token in pattern.tokens):
        return
    expression = compiled(regex(pattern))
    for found in expression.finditer(text):
        for token in pattern.tokens:
            if token.required and not token.exact and token.words:
                plain = text[found.start() : found.end()].lower().replace("’", "'")
                assert any(word in plain for word in token.words)


@settings(max_examples=500, deadline=None)
@given(patterns, sentences())
def test_what_a_phrase_finds_holds_the_two_words_that_announce_it(source: str, text: str) -> None:
    pattern = understood(source)
    if pattern is None or any(token.negated for token in pattern.tokens):
        return
    pair = adjoining(pattern, lambda word: 1 / len(word))
    if pair is None:
        return
    read = " ".join(text.lower().split())
    for _ in compiled(regex(pattern)).finditer(text):
        both = [
            f"{word} {other}" if pair.step > 0 else f"{other} {word}" for word in pair.words for other in pair.others
        ]
        assert any(re.search(rf"(?<![^\W_]){re.escape(one)}(?![^\W_])", read) for one in both), (source, text)


@pytest.mark.parametrize(
    ("source", "words", "step", "others"),
    [
        ("blue|green bead|beads", ("bead", "beads"), -1, ("blue", "green")),
        ("the zebra _? crossing", ("zebra",), -1, ("the",)),
        ("the _ zebra", None, 0, ()),
        ("zebra , crossing", None, 0, ()),
        ("is zebra", ("zebra",), -1, ("is",)),
    ],
)
def test_the_rarer_of_two_neighbours_announces(
    source: str, words: tuple[str, ...] | None, step: int, others: tuple[str, ...]
) -> None:
    rates = {"the": 50_000.0, "is": 10_000.0, "blue": 100.0, "green": 90.0, "bead": 2.0, "beads": 3.0, "zebra": 1.0}
    pair = adjoining(parse(source), lambda word: rates.get(word, 20.0))
    assert pair == (None if words is None else Adjoining(words, step, others))


def test_matches_of_shipped_patterns_pass_their_own_gates() -> None:
    """The same over the examples of all pattern checks, tagged as in a run."""
    from spacy.matcher import Matcher

    from corrigenda import resources
    from corrigenda.detectors.pattern import PatternDetector, PatternPayload
    from corrigenda.languages import language
    from corrigenda.rules.check import load_folder
    from corrigenda.rules.payload import decode
    from corrigenda.rules.rule import CompileResources

    support = CompileResources(language())
    seen = 0
    for check in load_folder(resources.folder("checks")):
        if check.detector != "pattern" or "depends" in check.options:
            continue
        texts = [folded(text)[0] for text in (*(example.text for example in check.wrong), *check.fine)]
        tagged = tagger().parse(texts, "tags")
        for rule in PatternDetector().compile_check(check, support):
            matcher: Any = Matcher(tagger().vocabulary)
            matcher.add("rule", [decode(PatternPayload, rule.payload).tokens])
            for text, document in zip(texts, tagged, strict=True):
                if matcher(document):
                    seen += 1
                    assert compiled(rule.gate).search(text), (check.id, text)
                    assert any(announced(literal, text.lower()) for literal in rule.literals)
    assert seen > 5


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("do n't go", "They don't go."),
        ("do n't go", "They don’t go."),
        ("do _ go", "They don't go."),
        ("can not go", "They cannot go."),
        ("wo n't", "They won't."),
        ("gon na", "They are gonna stay."),
        ("is n't", "It isnt here, and it isn't there."),
        ("ten km", "It was ten km."),
        ("10 km", "It was 10km away."),
    ],
)
def test_words_that_the_tokeniser_cuts_out_of_longer_ones(source: str, text: str) -> None:
    pattern = parse(source)
    assert compiled(gate(pattern)).search(text)
    assert any(announced(literal, text.lower()) for literal in literals(pattern, lambda word: 1 / len(word)))
