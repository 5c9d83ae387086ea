"""Which language a text is in, by what its file says of it, as far as that can be believed.

Word processors mark what somebody types with the language of the keyboard or of the program, whatever it is; so a
language is believed only where the file says it of nearly all of the text, and where the text's letters are its own.
"""

from collections.abc import Mapping

from corrigenda.languages import DEFAULT, code_of

_SHARE = 0.8
"""Which part of the letters must be in a language."""

_CYRILLIC = frozenset({"ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "tg", "mn"})
_OTHER_LETTERS = frozenset(
    {"el", "hy", "ka", "he", "ar", "fa", "ur", "hi", "bn", "ta", "te", "th", "zh", "ja", "ko", "am", "my", "km", "yi"}
)


def dominant(tagged: Mapping[str, int], letters: int, usual: str, text: str) -> str:
    """Return the tag of the language that a text is in, empty where the file does not say it, or is not believed.

    Args:
        tagged: Letters by the language that the file says they are in.
        letters: All letters.
        usual: The language that the file's program takes for everything else; it is believed for the default language.
        text: The text.
    """
    by_code: dict[str, int] = {}
    for tag, count in tagged.items():
        by_code[_code(tag)] = by_code.get(_code(tag), 0) + count
    marked = sum(by_code.values())
    own = _code(usual)
    by_code[own] = by_code.get(own, 0) + letters - marked
    best = max(by_code, key=lambda code: (by_code[code], code))
    if not letters or by_code[best] < _SHARE * letters or not best:
        return ""
    if best == own and best != DEFAULT and marked < _SHARE * letters:
        return ""
    if best != DEFAULT and not _fits(best, text):
        return ""
    tags = {tag: count for tag, count in tagged.items() if _code(tag) == best}
    if own == best:
        tags[usual] = tags.get(usual, 0) + letters - marked
    return max(tags, key=lambda tag: (tags[tag], tag))


def _code(tag: str) -> str:
    return code_of(tag) if tag else ""


def _fits(code: str, text: str) -> bool:
    """Return whether a text has the letters of a language: mostly Latin ones, or mostly others."""
    latin = sum(1 for character in text if character < "\u0250" and character.isalpha())
    others = sum(1 for character in text if character >= "\u0370" and character.isalpha())
    return (others > latin) == (code in _CYRILLIC or code in _OTHER_LETTERS)
