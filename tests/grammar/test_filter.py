"""The filter: what is a name here, what stands in italics, in a dateline, in another English, in a quotation."""

from collections.abc import Sequence

import pytest

from corrigenda.documents.document import Document
from corrigenda.documents.formats.markdown import READER
from corrigenda.documents.formats.text import parse
from corrigenda.engines.grammar.filter.hits import Filter
from corrigenda.engines.grammar.filter.suggestions import Choice, harmless
from corrigenda.engines.grammar.match import Match, PlacedMatch
from corrigenda.engines.grammar.policy import Policy
from corrigenda.finding import Applicability, Correction, Finding, Severity
from corrigenda.pipeline.findings import finding_of
from corrigenda.pipeline.merge import merge_later
from corrigenda.settings import Settings

SPELLER = "MORFOLOGIK_RULE_EN_US"


def found(
    policy: Policy,
    text: str | Document,
    word: str,
    *replacements: str,
    rule: str = SPELLER,
    category: str = "TYPOS",
    kind: str = "misspelling",
    message: str = "Possible spelling mistake found.",
    **others: object,
) -> list[Finding]:
    """Return what the filter makes of LanguageTool flagging the first `word` of a text."""
    document = parse(text, "t.txt") if isinstance(text, str) else text
    start = document.text.index(word)
    block = document.block_at(start)
    assert block is not None
    match = Match(start, start + len(word), rule, category, kind, message, replacements)
    return findings(policy, document, [PlacedMatch(block, match.start, match.end, match)], **others)


def findings(policy: Policy, document: Document, matches: Sequence[PlacedMatch], **others: object) -> list[Finding]:
    """Return the findings of some matches, as the pipeline makes them of the filter's hits."""
    hits = Filter(policy, **others).hits(document, matches)  # type: ignore[arg-type]
    return [finding for hit in hits if (finding := finding_of(document, hit, Settings())) is not None]


def test_a_misspelling_is_a_warning(policy: Policy) -> None:
    (finding,) = found(policy, "The council met the goverment on Friday.", "goverment", "government")
    assert (finding.check, finding.severity) == ("language/spelling", Severity.WARNING)
    assert finding.quote == "goverment"
    assert finding.evidence["languagetool"] == SPELLER
    assert finding.corrections == (Correction("government", Applicability.UNSAFE),)


def test_a_word_from_nowhere_is_a_suggestion(policy: Policy) -> None:
    (finding,) = found(policy, "They drank a glass of uzvar before supper.", "uzvar", "Wizard")
    assert (finding.check, finding.severity) == ("language/unknown-word", Severity.SUGGESTION)


@pytest.mark.parametrize(
    ("text", "word", "replacements"),
    [
        ("The minister, Oleksandr Dovhal, left.", "Dovhal", ("Dova",)),
        ("Dovhal left. Later dovhal came back.", "dovhal", ("duvet",)),
        ("The town of Zhuravne lies in the hills.", "Zhuravne", ("Ravine",)),
        ("The defence of the harbour was weak.", "defence", ("defense",)),
        ("They built a carwash and a crewroom there.", "crewroom", ("crew room",)),
        ("The zemstvo paid. The zemstvo had money.", "zemstvo", ("Zeus",)),
        ("Write to the desk at info.recieve.example today.", "recieve", ("receive",)),
        ("The path home/recieve/bin is empty.", "recieve", ("receive",)),
        ("The tag #recieve was popular.", "#recieve", ("receive",)),
        ("A note said “we recieve [sic] guests” above the door.", "recieve", ("receive",)),
        ("LVIV, Ukr. (Newswire) – The shop closed.", "Ukr", ("Uke",)),
        ("Model B7x9 is sold out.", "B7x9", ("Box",)),
    ],
)
def test_what_is_no_mistake_here(policy: Policy, text: str, word: str, replacements: Sequence[str]) -> None:
    assert found(policy, text, word, *replacements) == []


def test_a_misspelling_at_the_start_of_a_sentence_needs_the_right_word_elsewhere(policy: Policy) -> None:
    with_it = "The government met. Goverment sources were silent."
    assert len(found(policy, with_it, "Goverment", "Government")) == 1
    assert found(policy, "Nobody met. Goverment sources were silent.", "Goverment", "Government") == []


def test_foreign_words_in_italics_are_left_alone(policy: Policy) -> None:
    document = READER.read(b"She cooked *recieve* for us, and plain recieved too.\n", "t.md")
    assert found(policy, document, "recieve", "receive") == []
    assert len(found(policy, document, "recieved", "received")) == 1


def test_a_correction_over_markup_is_not_offered(policy: Policy) -> None:
    document = READER.read(b"They opened the **the** door to the yard.\n", "t.md")
    rule = {"rule": "ENGLISH_WORD_REPEAT_RULE", "category": "MISC", "kind": "duplication"}
    (finding,) = found(policy, document, "the **the", "the", **rule)  # type: ignore[arg-type]
    assert finding.quote == "the **the"
    assert finding.corrections == ()


def test_two_terms_in_italics_are_no_repetition(policy: Policy) -> None:
    rule = {"rule": "ENGLISH_WORD_REPEAT_RULE", "category": "MISC", "kind": "duplication"}
    document = READER.read(b"A rule is a *head* \\\n*head* is a name.\n", "t.md")
    assert found(policy, document, "head* \\\n*head", "head", **rule) == []  # type: ignore[arg-type]


CASE = {"rule": "EN_SPECIFIC_CASE", "category": "CASING", "kind": "misspelling"}


def test_a_name_without_any_of_its_capitals(policy: Policy) -> None:
    (finding,) = found(policy, "They hid there in the cold war.", "cold war", "Cold War", **CASE)  # type: ignore[arg-type]
    assert (finding.check, finding.severity) == ("language/capital", Severity.SUGGESTION)


@pytest.mark.parametrize("name", ["Labour party", "secretary of state", "northern hemisphere"])
def test_capitals_that_are_the_house_s_choice(policy: Policy, name: str) -> None:
    text = f"They wrote to the {name} in May."
    assert found(policy, text, name, name.title().replace("Of", "of"), **CASE) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(("after", "known"), [("angry letter", 1), ("$11bn fraud", 0), ("SMS", 0), ("ssh session", 0)])
def test_how_a_sum_or_an_acronym_is_read_is_not_known(policy: Policy, after: str, known: int) -> None:
    rule = {"rule": "EN_A_VS_AN", "category": "MISC", "kind": "misspelling"}
    assert len(found(policy, f"He spoke of a {after} in May.", "a", "an", **rule)) == known  # type: ignore[arg-type]


def test_a_check_that_names_a_rule_says_of_what_category_it_is(policy: Policy) -> None:
    rule = {"rule": "COMMA_PERIOD_CONFUSION", "category": "TYPOGRAPHY", "kind": "typographical"}
    (finding,) = found(policy, "It cost around 62.500 euros.", "62.500", "62,500", **rule)  # type: ignore[arg-type]
    assert (finding.check, finding.category) == ("language/number-format", "locale-conventions/number-format")


def test_code_is_never_judged(policy: Policy) -> None:
    document = READER.read(b"Call `recieve` now, or the recieved mail is lost.\n", "t.md")
    assert found(policy, document, "recieve", "receive") == []


class Names:
    """An oracle that knows two names."""

    def is_name(self, token: str, document: Document, start: int, end: int) -> bool:
        return token in ("Dovhalenko", "zhurba")

    def near_miss(self, token: str, document: Document, start: int, end: int) -> str | None:
        return "Dovhalenko" if token == "Dovhalneko" else None


def test_the_name_index_knows_better(policy: Policy) -> None:
    (finding,) = found(policy, "Mr Dovhalneko spoke.", "Dovhalneko", "Devalue", names=Names())
    assert finding.check == "language/name-spelling"
    assert [correction.text for correction in finding.corrections] == ["Dovhalenko"]
    assert found(policy, "Mr Dovhalenko spoke.", "Dovhalenko", "Devalue", names=Names()) == []
    assert found(policy, "They call it zhurba here.", "zhurba", "zebra", names=Names()) == []


def test_suggestions_are_ordered_by_the_comparison(policy: Policy) -> None:
    def backwards(document: Document, choices: Sequence[Choice]) -> Sequence[Sequence[str]]:
        assert [document.text[start:end] for start, end, _ in choices] == ["recieve"]
        return [list(suggestions)[::-1] for _, _, suggestions in choices]

    (finding,) = found(policy, "They will recieve the keys.", "recieve", "receive", "relieve", rank=backwards)
    assert [correction.text for correction in finding.corrections] == ["relieve", "receive"]


def ranked(policy: Policy, text: str, words: Sequence[str]) -> list[str]:
    """Return which unknown words of a text are ranked."""
    asked: list[str] = []

    def rank(document: Document, choices: Sequence[Choice]) -> Sequence[Sequence[str]]:
        asked.extend(document.text[start:end] for start, end, _ in choices)
        return [suggestions for _, _, suggestions in choices]

    document = parse(text, "t.txt")
    said = (SPELLER, "TYPOS", "misspelling", "Possible spelling mistake found.", ("receive", "relieve"))
    matches = []
    for word in words:
        start = text.index(word)
        block = document.block_at(start)
        assert block is not None
        matches.append(PlacedMatch(block, start, start + len(word), Match(start, start + len(word), *said)))
    findings(policy, document, matches, rank=rank)
    return asked


def test_the_words_of_an_untranslated_sentence_are_not_ranked(policy: Policy) -> None:
    text = (
        "They will recieve the keys on Friday. Burmistrz wyjechał wcześnie rano, ponieważ pociągi stały w polu. "
        "Nobody beleives that."
    )
    words = ("recieve", "wyjechał", "wcześnie", "ponieważ", "pociągi", "stały", "beleives")
    assert ranked(policy, text, words) == ["recieve", "beleives"]


def test_two_misspellings_in_one_sentence_are_ranked(policy: Policy) -> None:
    assert ranked(policy, "They recieve what she beleives.", ("recieve", "beleives")) == ["recieve", "beleives"]


AGREEMENT = {"rule": "HE_VERB_AGR", "category": "GRAMMAR", "kind": "grammar", "message": "Use “comes”."}


def test_grammar_in_a_quotation_is_a_suggestion_and_never_safe(policy: Policy) -> None:
    text = "“He come from the coast,” she said. He come home late."
    (quoted,) = found(policy, text, "come", "comes", **AGREEMENT)  # type: ignore[arg-type]
    assert quoted.in_quotation
    assert quoted.severity is Severity.SUGGESTION
    assert quoted.message.endswith("look up the original words.")
    (plain,) = found(policy, "He come home late.", "come", "comes", **AGREEMENT)  # type: ignore[arg-type]
    assert plain.severity is Severity.WARNING
    assert plain.category == "linguistic-conventions/grammar"


def test_grammar_that_rests_on_a_name_is_dropped(policy: Policy) -> None:
    rule = {"rule": "MD_BASEFORM", "category": "GRAMMAR", "kind": "grammar"}
    assert found(policy, "In May Stores opened.", "Stores", "Store", **rule) == []  # type: ignore[arg-type]


def test_a_plural_noun_after_to_is_no_verb(policy: Policy) -> None:
    rule = {"rule": "TO_NON_BASE", "category": "GRAMMAR", "kind": "grammar"}
    assert found(policy, "Hundreds ran to tents in the field.", "tents", "tent", **rule) == []  # type: ignore[arg-type]
    assert len(found(policy, "They want to goes home.", "goes", "go", **rule)) == 1  # type: ignore[arg-type]


def test_grammar_is_not_asked_of_headlines(policy: Policy) -> None:
    document = parse("Wind force rise to nine\n\nThe storm came in the night and broke the pier.", "t.txt")
    assert document.blocks[0].kind.value == "heading"
    assert found(policy, document, "rise", "rises", **AGREEMENT) == []  # type: ignore[arg-type]


SPACE = {"rule": "COMMA_PARENTHESIS_WHITESPACE", "category": "TYPOGRAPHY", "kind": "whitespace", "message": "No space."}


def test_a_space_before_a_comma_is_safe_to_remove(policy: Policy) -> None:
    (finding,) = found(policy, "In winter , the pass is closed.", " ,", ",", **SPACE)  # type: ignore[arg-type]
    assert finding.corrections == (Correction(",", Applicability.SAFE),)
    assert found(policy, "He waited . . . and left.", " .", ".", **SPACE) == []  # type: ignore[arg-type]
    assert found(policy, 'He said " no" and left.', '" ', '"', **SPACE) == []  # type: ignore[arg-type]


def test_a_space_in_a_quotation_is_not_safe_to_remove(policy: Policy) -> None:
    text = "“In winter , the pass is closed,” she said."
    (finding,) = found(policy, text, " ,", ",", **SPACE)  # type: ignore[arg-type]
    assert finding.corrections == (Correction(",", Applicability.UNSAFE),)
    assert finding.message == "No space. This is inside a quotation: look up the original words."


def test_a_style_rule_is_dropped(policy: Policy) -> None:
    rule = {"rule": "ALL_OF_THE", "category": "REDUNDANCY", "kind": "style"}
    assert found(policy, "He ate all of the bread.", "all of the", "all the", **rule) == []  # type: ignore[arg-type]


def test_a_reopened_quotation_is_dropped(policy: Policy) -> None:
    rule = {"rule": "EN_UNPAIRED_QUOTES", "category": "PUNCTUATION", "kind": "typographical"}
    text = "“The well is dry.\n\n“The pump is broken.”"
    assert found(policy, text, "“The", **rule) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "safe"),
    [
        ("a", "an", True),
        ("An", "A", True),
        ("the the", "the", True),
        (" ,", ",", True),
        ("that that", "that", False),
        ("had had", "had", False),
        ("bread bread", "bread", False),
        ("goverment", "government", False),
        ("is", "are", False),
        (".", "", False),
        ("..", "…", False),
    ],
)
def test_only_what_cannot_change_the_meaning_is_safe(before: str, after: str, safe: bool) -> None:
    assert harmless(before, after) is safe


def finding(check: str, start: int, end: int, severity: Severity = Severity.WARNING) -> Finding:
    quote = "x" * (end - start)
    return Finding(check, "c", severity, 0.7, start, end, 1, start + 1, quote, "m.", corrections=(Correction(check),))


def test_findings_at_one_place_become_one() -> None:
    ours = finding("artefacts/lost-particle", 10, 20)
    theirs = finding("language/grammar", 10, 20, Severity.ERROR)._replace(evidence={"languagetool": "SOME_RULE"})
    (merged,) = merge_later([ours], [theirs])
    assert merged.check == ours.check
    assert merged.severity is Severity.ERROR
    assert merged.evidence == {"also": ["language/grammar"], "languagetool": "SOME_RULE"}
    assert [c.text for c in merged.corrections] == ["artefacts/lost-particle", "language/grammar"]


def test_findings_at_two_places_stay_two() -> None:
    ours = finding("cleanup/boilerplate", 0, 200)
    theirs = finding("language/spelling", 50, 58)
    assert merge_later([ours], [theirs]) == [ours, theirs]
    assert merge_later([], [theirs]) == [theirs]


def in_text(text: str, words: str, correction: str, check: str, **evidence: object) -> Finding:
    """Return a finding on words of a text, with its correction."""
    start = text.index(words)
    return finding(check, start, start + len(words))._replace(
        quote=words, corrections=(Correction(correction),), evidence=evidence
    )


@pytest.mark.parametrize(
    ("text", "ours", "theirs"),
    [
        ("The price depends from the season.", ("from", "on"), ("depends", "depends on")),
        ("The price depends\nfrom the season.", ("from", "on"), ("depends", "depends on")),
        ("The price depends from the season.", ("from", "on"), ("depends", "depends upon")),
        ("The price depends from the season.", ("depends", "depends on"), ("from", "on")),
        ("They allow to leave early.", ("allow to", "make it possible to"), ("to leave", "leaving")),
        ("She agreed leave early.", ("leave", "to leave"), ("agreed", "agreed to")),
    ],
)
def test_two_findings_of_which_only_one_can_be_corrected_become_one(
    text: str, ours: tuple[str, str], theirs: tuple[str, str]
) -> None:
    own = in_text(text, *ours, "artefacts/calque-preposition")
    other = in_text(text, *theirs, "language/grammar", languagetool="DEPEND_ON")
    (merged,) = merge_later([own], [other])
    assert (merged.check, merged.quote, merged.corrections) == (own.check, own.quote, own.corrections)
    assert merged.evidence == {"also": ["language/grammar"], "languagetool": "DEPEND_ON"}


@pytest.mark.parametrize(
    ("text", "ours", "theirs"),
    [
        ("They need alot informations.", ("informations", "information"), ("alot", "a lot of")),
        ("They recieve informations.", ("informations", "information"), ("recieve", "receive")),
        ("It depends, as a rule, from the day.", ("from", "on"), ("depends", "depends on")),
        ("It depend from the day.", ("from", "on"), ("depend", "depends")),
        ("He is in in the the house.", ("in in", "in"), ("the the", "the")),
    ],
)
def test_neighbours_that_can_both_be_corrected_stay_two(
    text: str, ours: tuple[str, str], theirs: tuple[str, str]
) -> None:
    own, other = in_text(text, *ours, "artefacts/calque-preposition"), in_text(text, *theirs, "language/grammar")
    assert len(merge_later([own], [other])) == 2


def test_the_dictionarys_guesses_do_not_follow_a_checks_own_correction() -> None:
    text = "It cost 3 mln hryvnias."
    ours = in_text(text, "mln", "million", "artefacts/number-words")
    guess = in_text(text, "mln", "men", "language/unknown-word", languagetool="MORFOLOGIK_RULE_EN_GB")
    (merged,) = merge_later([ours], [guess])
    assert merged.corrections == ours.corrections
    (merged,) = merge_later([ours._replace(corrections=())], [guess])
    assert merged.corrections == guess.corrections


def test_a_misspelling_is_to_be_fixed_wherever_it_stands(policy: Policy) -> None:
    text = "The goverment met. The goverment left. Then the goverment came back.\n"
    document = parse(text, "t.txt")
    places = [at for at in range(len(text)) if text.startswith("goverment", at)]
    said = ("TYPOS", "misspelling", "Possible spelling mistake found.", ("government",))
    matches = [PlacedMatch(0, at, at + 9, Match(at, at + 9, SPELLER, *said)) for at in places]
    assert [(f.check, f.start, f.severity) for f in findings(policy, document, matches)] == [
        ("language/spelling", at, Severity.WARNING) for at in places
    ]


def test_what_came_from_other_documents_keeps_them_in_a_merged_finding(policy: Policy) -> None:
    (ours,) = found(policy, "The council met the goverment on Friday.", "goverment", "government")
    theirs = ours._replace(check="cleanup/said-twice-across-documents", evidence={"documents": ["b.txt"]}, variants=())
    (merged,) = merge_later([ours], [theirs])
    assert merged.evidence["documents"] == ["b.txt"]
    assert merged.evidence["languagetool"] == ours.evidence["languagetool"]


def test_a_word_written_twice_in_one_needs_no_suggestion(policy: Policy) -> None:
    text = "It was wordword here, wordword there and wordword again."
    (finding,) = found(policy, text, "wordword")
    assert finding.corrections == ()


@pytest.mark.parametrize(
    ("text", "marks", "replacement"),
    [
        ("Thanks for coming :( The shop is shut.", "( ", "("),
        ("See you soon ;-) and come back.", ") ", ")"),
        ("She smiled (: and left the room.", " (", "("),
    ],
)
def test_a_face_made_of_marks_is_no_bracket(policy: Policy, text: str, marks: str, replacement: str) -> None:
    assert found(policy, text, marks, replacement, **SPACE) == []  # type: ignore[arg-type]


def test_a_bracket_beside_a_colon_is_one(policy: Policy) -> None:
    assert found(policy, "He named three ( the last one twice) of them.", "( ", "(", **SPACE)  # type: ignore[arg-type]
