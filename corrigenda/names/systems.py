"""Which language's system does a form follow: Ukrainian (Kharkiv, Hryhorenko) or Russian (Kharkov, Grigorenko)?"""

import re

from corrigenda.names.data import Row
from corrigenda.names.romanise import fold, ndist

_NATIONAL = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
        "a b v h g d e ie zh z y i i i k l m n o p r s t u f kh ts ch sh shch _ iu ia".replace("_", "'").split(),
        strict=True,
    )
) | {"ў": "u", "ы": "y", "э": "e", "ё": "io"}


def _national(native: str) -> str:
    """Return a Ukrainian or Belarusian name by its national romanisation, in lower case."""
    return "".join(_NATIONAL.get(letter, letter if letter in " -" else "") for letter in native.lower())


def system_of(row: Row, form: str) -> str:
    """Return the language whose romanisation a place's form follows ("uk", "ru", "be"), or "" when the form does not
    tell.

    A form follows the row's own language when it sounds as the native name does by the national table, and another
    form of the row does not; Russian when the list calls it another language's and it is no Polish or German form.
    Established English forms that are neither (Dnieper) and names that are alike in both (Kherson) do not tell.
    """
    origin = row.languages_of_origin[0]
    if not row.is_place or origin not in ("uk", "be") or row.kind == "place.country" or not row.native:
        return ""
    own = _national(row.native)
    other = [known for known, status in row.forms.items() if status == "other-language" and not _is_own(known, own)]
    if not any(_is_russian(known, own) for known in other):
        return ""
    if _is_own(form, own):
        return origin
    status = next((s for known, s in row.forms.items() if fold(known) == fold(form)), "")
    if status == "other-language" and _is_russian(form, own):
        return row.languages.get(form, "ru")
    return ""


def _is_own(form: str, own: str) -> bool:
    return sum(ndist(a, b) for a, b in zip(fold(form).split(), own.split(), strict=False)) <= 0.012


def _is_russian(form: str, own: str) -> bool:
    """Return whether a form of another language is a Russian one: the same name, and no Polish or German letters."""
    folded = fold(form)
    return form.isascii() and not set(folded) & set("wj") and "cz" not in folded and ndist(folded, own) <= 0.35


_DIGRAPHS = re.compile(r"[kscztg]h")
_INNER_Y = re.compile(r"(?<=[bcdfghklmnprstvxz])y(?=[bcdfghklmnprstvxz])")
_INNER_I = re.compile(r"(?<=[bcdfghklmnprstvxz])i(?!v$)(?=[bcdfghklmnprstvxz])")


def ukrainian_of(first: str, second: str) -> str:
    """Return the one of two spellings of a name that follows the Ukrainian system where the other follows the Russian
    one (Hryhorenko beside Grigorenko), or "" when nothing or both tell.
    """
    one, two = (_signs(form) for form in (first, second))
    leaning = [a - b for a, b in zip(one, two, strict=True)]
    if any(value > 0 for value in leaning) and not any(value < 0 for value in leaning):
        return first
    if any(value < 0 for value in leaning) and not any(value > 0 for value in leaning):
        return second
    return ""


def _signs(form: str) -> tuple[int, int, int, int]:
    """Return how far the letters of a form speak for the Ukrainian system: h for g, y for i, -iv for -ov, O- for A-."""
    folded = fold(form)
    plain = _DIGRAPHS.sub("", folded)
    return (
        plain.count("h") - plain.count("g"),
        len(_INNER_Y.findall(folded)) - len(_INNER_I.findall(folded)),
        folded.endswith("iv") - folded.endswith(("ov", "ev")),
        folded.startswith("ole") - folded.startswith("ale"),
    )
