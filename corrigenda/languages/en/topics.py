"""What a text is about, as far as entries of lexicons ask: by its words (corpora/topics.tsv)."""

import re
from collections.abc import Mapping
from functools import cached_property

from corrigenda import resources
from corrigenda.expressions import compiled
from corrigenda.languages.base import Topics

WANTED = 3
"""Different words of a topic that a text must have."""
WANTED_OF_SHORT = 2
SHORT = 900
"""Code points up to which a text is short: some 150 words."""


class EnglishTopics(Topics):
    """Topics by their words, in any of their regular forms."""

    @cached_property
    def _words(self) -> Mapping[str, tuple[str, ...]]:
        words: dict[str, tuple[str, ...]] = {}
        for line in resources.path("corpora", "topics.tsv").read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                topic, _, word = line.partition("\t")
                words[topic] = (*words.get(topic, ()), word)
        return words

    @cached_property
    def _expressions(self) -> Mapping[str, str]:
        return {
            topic: rf"(?i)\b({'|'.join(map(re.escape, own))})(?:s|es|ed|ing|er)?\b"
            for topic, own in self._words.items()
        }

    @property
    def names(self) -> frozenset[str]:  # noqa: D102
        return frozenset(self._words)

    def holds(self, topic: str, text: str) -> bool:  # noqa: D102
        wanted = WANTED if len(text) > SHORT else WANTED_OF_SHORT
        seen: set[str] = set()
        for found in compiled(self._expressions[topic]).finditer(text):
            seen.add(found[1].lower())
            if len(seen) >= wanted:
                return True
        return False

    def words(self, topic: str) -> tuple[str, ...]:  # noqa: D102
        return self._words[topic]
