"""No model changes a name: only the name index knows whether two forms are one."""

import re

from corrigenda.documents.document import Document
from corrigenda.engines.names import NameOracle

_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def changes_a_name(
    document: Document, start: int, end: int, correction: str, oracle: NameOracle, *, foreign: bool = False
) -> bool:
    """Return whether a correction of `[start, end)` takes a name away, puts one in, or spells one anew.

    A form that the name index itself would put there is no change; a possessive ending, or a capital at the beginning
    of a sentence, is none either. `foreign` says that the words may be of another language, where a capital makes no
    name: then only names that are listed count.
    """
    standing = document.text[start:end]
    before = {_stem(word[0]): word for word in _WORD.finditer(standing)}
    after = {_stem(word[0]): word[0] for word in _WORD.finditer(correction)}
    wanted: set[str] = set()
    for stem, word in before.items():
        if stem in after or not word[0][:1].isupper():
            continue
        at = start + word.start()
        near = oracle.near_miss(_plain(word[0]), document, at, at + len(word[0]))
        if near is not None and _stem(near) in after:
            wanted.add(_stem(near))
        elif (oracle.is_known if foreign else oracle.is_name)(_plain(word[0]), document, at, at + len(word[0])):
            return True
    text = document.text.casefold()
    first = next(iter(after), "")
    for stem, shown in after.items():
        new = stem not in before and stem not in wanted and shown[:1].isupper() and stem not in text
        if new and not (stem == first and standing[:1].isupper()):
            return True
    return False


def _plain(word: str) -> str:
    return re.sub(r"[’']s?$", "", word)


def _stem(word: str) -> str:
    return _plain(word).casefold()
