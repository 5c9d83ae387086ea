"""Matches about space and punctuation: which of them are really about layout."""

import re

from corrigenda.engines.grammar.filter.place import Place

_QUOTATION_MARK = re.compile(r"[\"“”‘’'«»`]")
_SPACE_AFTER_OPENING = re.compile(r"[(\[]\s")
_SPACE_BEFORE_MARK = re.compile(r"\s?[,;:!?.)\]]")
_LAYOUT_AFTER = re.compile(r"\s?[.…]|\w|[)(]")


def is_layout(place: Place, rule: str) -> bool:
    """Return whether a match about space or punctuation is one of those that quotation marks and ellipses cause."""
    quote = place.quote
    if _QUOTATION_MARK.search(quote) or (place.before.endswith((".", "…")) and quote.strip() == "."):
        return True
    if rule != "COMMA_PARENTHESIS_WHITESPACE" or _SPACE_AFTER_OPENING.fullmatch(quote):
        return False
    # ". . ." is an ellipsis, " .5" a number, " :)" a face, " ." before a letter the ending of a file.
    return not _SPACE_BEFORE_MARK.fullmatch(quote) or _LAYOUT_AFTER.match(place.after) is not None
