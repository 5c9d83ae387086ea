"""What a language has to say, as the rest of the program asks for it.

A new language overrides `code` and `name`; everything else has a default that claims nothing: a word has no other form,
no word is common, no line is a caption, a sentence ends where its mark stands. What belongs together is a part
(`Claims`, `Captions` …) with defaults of its own. Parts and lists are made when they are first asked for: importing a
language costs nothing.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from corrigenda.expressions import lazy

NEVER = lazy(r"(?!)")
"""Matches nothing: the default of expressions that a language may have."""
_ENDS = lazy(r"[.!?…]+[\"'”’»)\]]*\s+|[。！？]+[」』”]*\s*")
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Claims:
    """What tells two sentences apart that otherwise share their words: denials, opposites, numbers."""

    denials: frozenset[str] = frozenset()
    """Lower-case words that turn a sentence into its denial."""
    opposites: tuple[tuple[str, str], ...] = ()
    """Beginnings of lower-case words that mean the contrary of each other."""
    numbers: Mapping[str, int] = MappingProxyType({})
    """Lower-case words for numbers."""
    part_of_number: re.Pattern[str] = NEVER
    """Finds "one of so many": group 1 is the number in words or figures, with "other" where it is said."""
    part_of_number_hint: re.Pattern[str] = NEVER
    """A cheaper expression that finds the documents in which `part_of_number` is worth asking."""

    def excludes(self, number: str) -> bool:
        """Return whether group 1 of `part_of_number` counts the subject out: "one of the three other regions"."""
        return False


class Captions:
    """How captions and credits of pictures begin and end."""

    initials: str = ""
    """Characters one of which every label and credit begins with: what is asked before the expressions."""
    ending: re.Pattern[str] = NEVER
    """A credit at the end of a caption, with its brackets."""
    label: re.Pattern[str] = NEVER
    """A label at the start: "Photo:"."""
    source: re.Pattern[str] = NEVER
    """A line that credits what the text was taken from, from its start: "Source: PAP"."""
    credit: re.Pattern[str] = NEVER
    """A credit that is all of the line, from its start."""
    odd_label: re.Pattern[str] = NEVER
    """A label as other languages' sites write it, from the start: "In the photo:"; `credit` is one before a name."""
    odd_credit: re.Pattern[str] = NEVER
    """A credit in brackets as they write it; group `name` is the name in it, `label` what alone has to change."""
    credited: str = ""
    """A credit as the language writes it, with `{name}`."""
    credit_label: str = ""
    """The word that the language has before a name."""


class Apostrophes:
    """Words that an apostrophe begins, so that it opens no quotation."""

    clipped: re.Pattern[str] = NEVER
    """An apostrophe with the word whose first letters it stands for: 'em, '90s."""
    both_sides: re.Pattern[str] = NEVER
    """A word with an apostrophe on each side: 'n'."""


class Glosses:
    """What sets words of another language in a text on purpose: it says what they are."""

    before: re.Pattern[str] = NEVER
    """What stands before such words, to the end: "Russian: ", "the word "."""
    after: re.Pattern[str] = NEVER
    """What stands behind them, from the start: " means", " in Russian"."""
    named: re.Pattern[str] = NEVER
    """What stands before a word that is introduced, to the end: "called a "."""
    aside: re.Pattern[str] = NEVER
    """What stands behind a word that is explained, from the start: " (", ", or "."""


class Topics:
    """What a text is about."""

    @property
    def names(self) -> frozenset[str]:
        """The topics that can be asked for."""
        return frozenset()

    def holds(self, topic: str, text: str) -> bool:
        """Return whether a text is about a topic."""
        return False

    def words(self, topic: str) -> tuple[str, ...]:
        """Return the words that speak for a topic."""
        return ()


class Wording:
    """Words that people write where machines write others, as log-odds: positive for a person's."""

    def words(self, text: str) -> list[str]:
        """Return the words and marks of a text, as `odds` has them."""
        return text.lower().split()

    def letters(self, text: str) -> set[str]:
        """Return the words of a text, in lower case and without marks, whose frequency counts."""
        return set(text.lower().split())

    @property
    def odds(self) -> Mapping[str, float]:
        """The log-odds by word; what is not listed says nothing."""
        return MappingProxyType({})


class Fitted(NamedTuple):
    """A correction as it fits its place: how much of the text before and behind the place it replaces too, in code
    points (an article, a space), and what to write.
    """

    before: int
    after: int
    text: str


class Fitting:
    """How words are changed so that they fit the place where they are put."""

    def form(self, word: str, wanted: str, before: str) -> str:
        """Return a word in the form that a correction's template asks for (corrigenda.detectors.templates.FORMS).

        Args:
            word: The word as it stands in the text.
            wanted: The form: "singular", "plural", "base", "gerund", "participle", "past", "present" or "perfect".
            before: The text before it, in which the subject stands that a verb agrees with.
        """
        return word

    def fitted(self, before: str, quote: str, after: str, text: str, *, agreeing: bool = True) -> Fitted | None:
        """Return a correction as it fits between the words around it, None where nothing makes it fit.

        Args:
            before: The text before the place.
            quote: What stands at the place.
            after: The text behind it.
            text: What is to be put there.
            agreeing: Whether a verb in it keeps the number of the verb that stood there; not where the finding is
                that this number is wrong.
        """
        return Fitted(0, 0, text)


class Unit(NamedTuple):
    """A unit: what it measures, whose system it belongs to, and how many of the measure's first unit it is."""

    kind: str
    system: str
    size: float


class Measures:
    """Numbers with their units, and units beside what they come to in another system."""

    units: Mapping[str, Unit] = MappingProxyType({})
    """The units by their names and signs."""
    one: re.Pattern[str] = NEVER
    """A number (group 1) with its unit (2)."""
    pair: re.Pattern[str] = NEVER
    """A number (group 1) with its unit (2), and beside it what it comes to (3): a number (4) with its unit (5)."""
    hint: re.Pattern[str] = NEVER
    """A cheaper expression that finds the documents in which the others are worth asking."""


class Figure(NamedTuple):
    """A figure that stands at `[start, end)` of a text as other languages write it.

    `corrections` are texts with whether each is safe: it is the same value, and the figure cannot be read otherwise.
    `doubtful` says that native writers have it too, if rarely.
    """

    kind: str
    start: int
    end: int
    corrections: tuple[tuple[str, bool], ...]
    doubtful: bool = False


class Habits:
    """What a document shows of the way in which it writes figures."""

    def __init__(self, text: str, tag: str = "", *, documentation: bool = False) -> None:
        """Keep what is looked at when a figure asks.

        Args:
            text: The document's text.
            tag: The standard that the text is to follow (BCP 47), "" where nobody says.
            documentation: Whether the text shows code or belongs to a manual.
        """
        self.text = text
        self.tag = tag
        self.documentation = documentation


class FigureFamily(NamedTuple):
    """Kinds of figures that one pass finds together: the kinds, an RE2 expression that nominates, and strings of which
    one stands in each of its matches.
    """

    kinds: tuple[str, ...]
    scan: str
    hints: tuple[str, ...] = ()


class Figures:
    """Numbers, dates, times, money and units, as the language and others write them."""

    families: Mapping[str, FigureFamily] = MappingProxyType({})
    """Kinds of figures, by the name of what finds them."""

    def habits(self, text: str, tag: str, *, documentation: bool) -> Habits:
        """Return what a document's figures are judged by."""
        return Habits(text, tag, documentation=documentation)

    def find(self, text: str, habits: Habits) -> Sequence[Figure]:
        """Return the figures of a paragraph that are written as other languages do; none overlaps another."""
        return ()


class Dialects:
    """Standards of a language that spell some words differently."""

    labels: Mapping[str, str] = _NOTHING
    """The name of each, as reports say it, by its key."""
    variants: Mapping[str, str] = _NOTHING
    """The tag of each (BCP 47), by its key."""
    spoken: re.Pattern[str] = NEVER
    """Finds words as a dialect has them that is no standard, and letters left out as in speech."""

    def wanted(self, tag: str) -> str:
        """Return the key of the dialect that a tag asks for, "" for none in particular."""
        return ""

    def tables(self) -> Mapping[str, Mapping[str, str]]:
        """Return for each dialect its own word forms, with what the other writes instead."""
        return MappingProxyType({})

    def variant(self, text: str, default: str) -> str:
        """Return the tag of the standard that a text is spelled in, the default where it does not tell."""
        return default

    def differ_only(self, word: str, other: str) -> bool:
        """Return whether two words are one in the spelling of two standards."""
        return False


class Tokens:
    """What spaCy's tokeniser and tagger make of this language, as far as patterns need it."""

    tags: frozenset[str] = frozenset()
    """Fine-grained tags that a pattern may ask for, beside the universal parts of speech."""
    hosts: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """Words that the tokeniser cuts off the front of a longer one, with what may follow in that one ("can": "not")."""
    units: frozenset[str] = frozenset()
    """Words that it cuts from the number before them ("10km")."""
    tails: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """Words that it cuts off the end of a longer one, with the longer words that the automaton has to look for."""
    joined: frozenset[str] = frozenset()
    """Those of them that no boundary of a word stands before or behind ("n't")."""
    have: frozenset[str] = frozenset()
    """Words before which a verb is a participle ("has", "been")."""


class GrammarFacts:
    """What the filter over LanguageTool has to know of the language to tell right matches from wrong ones."""

    code: str = ""
    """The code that LanguageTool knows the language by; "" for a language that it does not know."""
    variant: str = ""
    """The standard that is asked for where neither the configuration nor the text names one."""
    closed_class: frozenset[str] = frozenset()
    """Words that a text needs so often that one of two equal ones can go without asking: articles, prepositions."""
    closed_class_twice: frozenset[str] = frozenset()
    """Words of `closed_class` of which a second one may be meant."""
    ends_clause: frozenset[str] = frozenset()
    """Verbs that stand twice where a clause that ends with one is the subject of the other: "what it is is"."""
    begins_clause: re.Pattern[str] = NEVER
    """What stands before them in the sentence then, at the end of what is searched."""
    particles: frozenset[str] = frozenset()
    """Words that go with a verb or before a noun, and so may stand twice where they do both."""
    meant_twice: re.Pattern[str] = NEVER
    """A word that rightly stands twice where it does: searched in what is before it, NUL, and the two words."""
    singular_verbs: tuple[str, ...] = ()
    """Verbs in -s, which no plural noun looks like."""
    always_capital: frozenset[str] = frozenset()
    """Words that have a capital and are no names ("I")."""
    written_small: frozenset[str] = frozenset()
    """Last words of offices and regions that some houses write with capitals and others without."""
    glue: frozenset[str] = frozenset()
    """Function words that machine translation joins to their neighbours."""
    equal_articles: frozenset[str] = frozenset()
    """Articles that differ by the sound of the next word alone."""
    dialect_message: re.Pattern[str] = NEVER
    """LanguageTool's way to say that a word is another standard's."""


class References:
    """Pronouns of people, and the words that say of whom they speak."""

    sexes: Mapping[str, str] = _NOTHING
    """The lower-case pronouns that only a woman ("f") or only a man ("m") can be meant by."""
    hint: re.Pattern[str] = NEVER
    """A cheap expression that finds the documents in which such a pronoun, or `thing_relative`, may stand."""
    reflexives: frozenset[str] = frozenset()
    """Those of them that stand directly behind a name to stress it."""
    mention: re.Pattern[str] = NEVER
    """Finds, in a sentence, pronouns (group `pronoun`), names (`name`), nouns of women (`woman`) and men (`man`), and
    words that may mean a person of either sex (`anyone`).
    """
    subjects: frozenset[str] = frozenset()
    """Those that are subjects alone, with the capital of a sentence's first word."""
    apposed: re.Pattern[str] = NEVER
    """All that may stand between a name and a noun that only says what its bearer is: ", a young "."""
    speech: re.Pattern[str] = NEVER
    """A verb of speaking with what may stand before it, from its start: " said", " has also added"."""
    goes_on: re.Pattern[str] = NEVER
    """The same of one who has spoken before and says more: " added", " also said"."""
    thing_relative: re.Pattern[str] = NEVER
    """A relative pronoun of things (group 1) behind a name, with a verb of what people do behind it."""
    person_relative: str = ""
    """The one for people."""
    relative_message: str = ""
    """What is said of the wrong one, with `{who}`, `{quote}` and `{correction}`."""
    organisation_said: re.Pattern[str] = NEVER
    """All of a sentence's beginning that says that a firm or an office speaks: "The company said that "."""
    thing_of: Mapping[str, str] = _NOTHING
    """The pronouns that may follow it wrongly, with those of a thing."""
    thing_message: str = ""
    """What is said of one of them, with `{quote}` and `{correction}`."""
    after_quotation: re.Pattern[str] = NEVER
    """The end of what stands before a pronoun that says whose words were quoted: "…,” "."""
    own_deed: re.Pattern[str] = NEVER
    """All that stands between a name and a possessive pronoun where the deed's object is one's own: " has won "."""
    own_thing: re.Pattern[str] = NEVER
    """What stands behind the pronoun then, from its start: " first ", " own "."""
    names_thing: re.Pattern[str] = NEVER
    """Words in a name that make it a firm's, a house's or a place's."""
    sexed_titles: Mapping[str, str] = _NOTHING
    """Titles before a name, with their capital, and whose they are."""
    leaders: frozenset[str] = frozenset()
    """Words with a capital that begin a sentence, or stand before a name as a title, and are no part of it."""
    places_before: re.Pattern[str] = NEVER
    """What stands before the name of a place or a thing, to its end: " in "."""
    of: re.Pattern[str] = NEVER
    """What makes a name or a noun depend on another one before it, to its end: "of the "."""

    def other(self, pronoun: str, after: str) -> str:
        """Return the pronoun of the other sex in the same role; `after` is the text behind it."""
        return pronoun


class NameWords:
    """Words that stand beside names, and are none or say what is named. Keys of names are folded (names.romanise)."""

    titles: frozenset[str] = frozenset()
    """Titles and offices before a name, with their capital."""
    titles_of_one_name: frozenset[str] = frozenset()
    """Those of people who need no surname: rulers and saints."""
    titles_of_sex: Mapping[str, str] = _NOTHING
    """Titles that tell a man ("m") from a woman ("f")."""
    titles_spelled_otherwise: tuple[tuple[str, ...], ...] = ()
    """Titles from other scripts with their spellings, each group one title."""
    of_men: re.Pattern[str] = NEVER
    """Words that say that a man is spoken of."""
    epithet: re.Pattern[str] = NEVER
    """What may follow the name of a ruler or a saint instead of a surname, as its first group: "the Great"."""
    people: frozenset[str] = frozenset()
    """Nouns of people that stand directly before their names ("the cosmonaut"), in lower case."""
    speaking: frozenset[str] = frozenset()
    """Verbs of what people do and towns do not, most of them of speaking, as they stand after a name."""
    kin: frozenset[str] = frozenset()
    """Nouns before which a surname stands for those who bear it ("family")."""
    relatives: frozenset[str] = frozenset()
    """Nouns of those whom people have, and towns do not ("wife")."""
    pronouns_of_people: frozenset[str] = frozenset()
    """Pronouns that stand for a person, and no town."""
    organisation_nouns: frozenset[str] = frozenset()
    """Nouns that make the name before them part of an organisation's, brand's or street's name."""
    function_words: frozenset[str] = frozenset()
    """Words that begin sentences, with their capital."""
    nations: Mapping[str, str] = _NOTHING
    """Beginnings of the names of countries and their people, with the language whose forms of names belong there."""
    place_prepositions: tuple[str, ...] = ()
    """Prepositions that places stand behind."""
    locations: tuple[str, ...] = ()
    """Those of them that people hardly stand behind."""
    noun_prepositions: tuple[str, ...] = ()
    """Prepositions behind which a name in its original case would be wrong."""
    enumerating: frozenset[str] = frozenset()
    """Words that stand between the items of an enumeration ("and")."""
    meeting: frozenset[str] = frozenset()
    """Verbs between two people who are not one ("met")."""
    glosses: re.Pattern[str] = NEVER
    """What sets a second form of a name beside the first: "also known as", a bracket."""
    derivations: frozenset[str] = frozenset()
    """Endings that make an adjective or a people's name of a place."""
    plants: frozenset[str] = frozenset()
    """What stands behind the name of a power station or a dam, one word or two."""
    areas: frozenset[str] = frozenset()
    """Nouns of regions."""
    districts: frozenset[str] = frozenset()
    """Nouns of districts."""
    contraction: re.Pattern[str] = NEVER
    """The end of a word that another one was joined to ("'ll")."""


class InstitutionWords:
    """Words that names of institutions are made of."""

    links: frozenset[str] = frozenset()
    """Small words inside a name."""
    articles: frozenset[str] = frozenset()
    """Articles."""
    weak: frozenset[str] = frozenset()
    """Words that a name may lack and still be the same."""
    synonyms: tuple[frozenset[str], ...] = ()
    """Words that translation takes for one another."""
    spellings: Mapping[str, str] = _NOTHING
    """Other standards' spellings of such words, with the one that is compared."""
    inner: tuple[str, ...] = ()
    """Small words that may stand between two words of a name."""
    articles_of_name: tuple[str, ...] = ()
    """Articles that may stand before a name."""
    inner_of_acronym: tuple[str, ...] = ()
    """Those of them that a name may have which an acronym stands for."""
    small: tuple[str, ...] = ()
    """Prepositions that link two words of a name."""

    def singular(self, word: str) -> str:
        """Return the singular of a lower-case word, by the regular rule alone."""
        return word


class Language:
    """One language. See the module's description for what a new one has to override."""

    code: str = ""
    """ISO 639 code, lower case; the name of the language's folder."""
    name: str = ""
    """The language's name in English, as messages say it."""
    script: str = "Latin"
    """The Unicode script that it is written in."""
    standards: tuple[str, ...] = ()
    """Tags (BCP 47) of the standards that a configuration may ask for."""
    spacy_pipeline: str = ""
    """The spaCy pipeline that is used unless another one is configured; "" for none."""
    embedding_model: str = ""
    """The embedding model that is used unless another one is configured; "" for none."""
    language_model: str = ""
    """The language model that is used unless another one is configured; "" for none."""
    articles: frozenset[str] = frozenset()
    """The indefinite articles that `article` chooses from, lower case."""

    def __init__(self, code: str = "") -> None:
        """Make a language that has nothing but a code, or, in a class of its own, one that has what the class says."""
        self.code = self.code or code

    def sentences(self, text: str) -> list[tuple[int, int]]:
        """Return `[start, end)` of each sentence of a paragraph, in code points, without the spaces between them."""
        spans: list[tuple[int, int]] = []
        start = len(text) - len(text.lstrip())
        for found in _ENDS.finditer(text):
            if not text[found.end() : found.end() + 1].islower():
                spans.append((start, start + len(text[start : found.end()].rstrip())))
                start = found.end()
        end = len(text.rstrip())
        return [*spans, (start, end)] if end > start else spans

    def forms(self, lemma: str, tags: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return the forms of a lower-case word, sorted; with tags only those that may bear one of them."""
        return (lemma,)

    def paradigm(self, lemma: str) -> Mapping[str, str]:
        """Return the forms of a lower-case word by tag."""
        return {"": lemma}

    def like(self, form: str, lemma: str, target: str, *, participle: bool | None = None) -> str:
        """Put `target` into the form that `form` is of `lemma`; return it unchanged where that cannot be known."""
        return target

    def stems(self, text: str) -> set[str]:
        """Return the beginnings of a text's content words: enough to see what it shares with another text."""
        return {word[:6] for word in re.findall(r"[^\W\d_]{4,}", text.lower())}

    def frequency(self, word: str) -> float:
        """Return how often a lower-case word stands in a million words; an estimate for one that is not listed."""
        return 10.0 / max(1, len(word))

    def is_word(self, word: str) -> bool:
        """Return whether a lower-case word is in the dictionary, or a regular inflection of one that is."""
        return False

    def is_proper(self, word: str) -> bool:
        """Return whether the dictionary has a capitalised word as a name."""
        return False

    def article(self, word: str) -> str:
        """Return the indefinite article that a word takes, "" in a language without a choice."""
        return ""

    def bounded(self, expression: str, first: str, last: str) -> str:
        """Return an RE2 expression that begins and ends where words do, as far as RE2 can tell.

        RE2's `\\b` knows the letters of ASCII alone: beside another letter it would never match a whole word, so there
        it is left out, and `is_whole` has to be asked of what was found.

        Args:
            expression: What is to be found.
            first: The first character of what it finds.
            last: The last character.
        """
        left = r"\b" if _is_ascii_word(first) else ""
        right = r"\b" if _is_ascii_word(last) else ""
        return left + expression + right

    def is_whole(self, text: str, start: int, end: int) -> bool:
        """Return whether `[start, end)` of a text cuts no word: no letter or digit stands on both sides of an end."""
        before, after = text[start - 1 : start], text[end : end + 1]
        return not (
            (before.isalnum() and text[start : start + 1].isalnum())
            or (after.isalnum() and text[end - 1 : end].isalnum())
        )

    @cached_property
    def speakers(self) -> frozenset[str]:
        """Lower-case words of somebody who speaks of himself or to the reader."""
        return frozenset()

    @cached_property
    def lists(self) -> Mapping[str, Sequence[str]]:
        """Word lists that every pattern may name (`@months`), by name."""
        return MappingProxyType({})

    @cached_property
    def claims(self) -> Claims:
        """Denials, opposites and numbers."""
        return Claims()

    @cached_property
    def captions(self) -> Captions:
        """How captions look."""
        return Captions()

    @cached_property
    def apostrophes(self) -> Apostrophes:
        """Words that an apostrophe begins."""
        return Apostrophes()

    @cached_property
    def glosses(self) -> Glosses:
        """What announces words of another language."""
        return Glosses()

    @cached_property
    def topics(self) -> Topics:
        """What texts are about."""
        return Topics()

    @cached_property
    def wording(self) -> Wording:
        """Words that people and machines choose."""
        return Wording()

    @cached_property
    def dialects(self) -> Dialects:
        """Standards that spell differently."""
        return Dialects()

    @cached_property
    def fitting(self) -> Fitting:
        """How corrections are made to fit."""
        return Fitting()

    @cached_property
    def measures(self) -> Measures:
        """Units and what they come to."""
        return Measures()

    @cached_property
    def figures(self) -> Figures:
        """Numbers, dates, times, money and units."""
        return Figures()

    @cached_property
    def tokens(self) -> Tokens:
        """spaCy's tokens and tags."""
        return Tokens()

    @cached_property
    def grammar(self) -> GrammarFacts:
        """What the filter over LanguageTool needs."""
        return GrammarFacts()

    @cached_property
    def name_words(self) -> NameWords:
        """Words that stand beside names."""
        return NameWords()

    @cached_property
    def references(self) -> References:
        """Pronouns of people and those they stand for."""
        return References()

    @cached_property
    def institution_words(self) -> InstitutionWords:
        """Words that institutions are named with."""
        return InstitutionWords()


def _is_ascii_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "_")
