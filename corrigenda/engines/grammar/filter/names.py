"""Whether a match rests on a name."""

from corrigenda.engines.grammar.filter.place import TOKEN, Place
from corrigenda.languages import language


def holds_name(place: Place) -> bool:
    """Return whether a capitalised word stands in the place, other than where a sentence starts."""
    always_capital = language().grammar.always_capital
    for number, token in enumerate(TOKEN.finditer(place.quote)):
        word = token[0]
        if not word[0].isupper() or word in always_capital:
            continue
        if number == 0 and place.starts_sentence and not (len(word) > 1 and word.isupper()):
            continue
        return True
    return False
