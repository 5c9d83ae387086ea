"""What LingoTweaker says, written as LanguageTool's server writes it: with “ ”, ‘ ’ and an apostrophe."""

import re

_SUGGESTION = re.compile(r"<suggestion>(.*?)</suggestion>", re.DOTALL)
_STANDS_FOR = "\N{OBJECT REPLACEMENT CHARACTER}"
_ABBREVIATED = re.compile(r"\b([a-zA-Z]\.)\s+")
_OPENING_SINGLE = re.compile(r"(?<![^\s(«“\"])'(?=\S)")
_OPENING_DOUBLE = re.compile(r"(?<![^\s(‘])\"(?=\S)")
_CLOSING_DOUBLE = re.compile(r"(?<=\S)\"(?!\w)")


def written(message: str) -> str:
    """Return a message with typographic quotation marks; what it suggests is quoted and otherwise left as it is."""
    suggestions = iter(_SUGGESTION.findall(message))
    text = _SUGGESTION.sub(_STANDS_FOR, message.replace(_STANDS_FOR, ""))
    text = _OPENING_SINGLE.sub("‘", text).replace("'", "’")
    text = _CLOSING_DOUBLE.sub("”", _OPENING_DOUBLE.sub("“", text)).replace("...", "…")
    text = _ABBREVIATED.sub("\\1\N{NO-BREAK SPACE}", text)
    return re.sub(_STANDS_FOR, lambda _: f"“{next(suggestions)}”", text)
