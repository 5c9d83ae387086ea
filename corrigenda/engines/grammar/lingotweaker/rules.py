"""Which rules of LingoTweaker are never asked."""

BEYOND_A_PARAGRAPH = (
    "EMPTY_LINE",
    "ENGLISH_WORD_REPEAT_BEGINNING_RULE",
    "EN_CONSISTENT_APOS",
    "EN_REPEATEDWORDS",
    "EN_UNPAIRED_BRACKETS",
    "EN_UNPAIRED_QUOTES",
    "EN_WORD_COHERENCY",
    "PARAGRAPH_REPEAT_BEGINNING_RULE",
    "PUNCTUATION_PARAGRAPH_END",
    "READABILITY_RULE_DIFFICULT",
    "READABILITY_RULE_SIMPLE",
    "SENTENCE_WHITESPACE",
    "TOO_LONG_PARAGRAPH",
    "TOO_LONG_SENTENCE",
    "UPPERCASE_SENTENCE_START",
    "WHITESPACE_PARAGRAPH",
    "WHITESPACE_PARAGRAPH_BEGIN",
    "WHITESPACE_RULE",
)
"""Rules that look at a text as a whole: LanguageTool's server leaves them out too (`mode=allButTextLevelOnly`)."""

UNKNOWN_TO_LANGUAGETOOL = ("EN_ELLIPSIS",)
"""Rules that LanguageTool 6.8 does not have. This one wants three points with spaces between them wherever there are
three points.
"""
