"""How far apart two Latin spellings are, counted in choices that a romaniser could have made.

A spelling is read as a row of sounds ("shch", "kh", "ye", "iya" are one sound each, whichever scheme wrote them), and
two rows are aligned at a cost. A step that only another scheme or the neighbouring language explains is cheap (g for
h, y for i, -ov for -iv); a step that makes another name is costly (one consonant for another). Edit distance and
phonetic codes know nothing of this: on the town names of docs/names.md they let through four times the false pairs.

Made for Cyrillic; it carries to Arabic and Hebrew (q/k/g, ou/u, the article), Greek, Georgian and Armenian (kh, gh,
ts), and to the German, French and Polish spellings of such names. It does not carry to Chinese: see
`corrigenda.names.syllables`.

The costs were set by hand on Ukrainian and Russian news and on the SpellingUkraine pairs (MIT); the measured result,
on names that had no part in that, is in docs/names.md. Everything here is pure, cached and free of data files.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import accumulate

_CACHE = 1 << 16

_APOSTROPHES = dict.fromkeys(map(ord, "'’ʼ‘`ʹʺ′″ʿʾ´ʻ"), None)
_CARONS = str.maketrans(
    {
        "ž": "zh",
        "Ž": "Zh",
        "š": "sh",
        "Š": "Sh",
        "č": "ch",
        "Č": "Ch",
        "ś": "sh",
        "Ś": "Sh",
        "ń": "n",
        "ż": "zh",
        "Ż": "Zh",
    }
)
_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a", "þ": "th", "ð": "d", "ё": "е"}
)
_MARKED = frozenset("łđøßæœıəþð")


@lru_cache(_CACHE)
def fold(text: str) -> str:
    """Return the text in lower case ASCII letters as far as it goes: no marks, no apostrophes, carons spelled out.

    Hyphens and spaces stay. "Nääes" gives "naaes", "Luhans'k" gives "luhansk", "Jabłoński" gives "jablonski".
    """
    if text.isascii():
        return text.translate(_APOSTROPHES).lower() if "'" in text or "`" in text else text.lower()
    text = unicodedata.normalize("NFC", text).translate(_APOSTROPHES).translate(_CARONS)
    text = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS))
    return "".join(c for c in text if not unicodedata.combining(c))


@lru_cache(_CACHE)
def bare(text: str) -> str:
    """Return the text in lower case with marks taken off letter by letter ("š" gives "s"): what a keyboard without
    them types.
    """
    text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).lower().translate(_LETTERS))
    return "".join(c for c in text if not unicodedata.combining(c))


_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "ß": "ss"})


@lru_cache(_CACHE)
def _spelled_out(text: str) -> str:
    """Return the text as `bare` does, with the letters of German and the Nordic languages spelled out (ü as "ue")."""
    return bare(unicodedata.normalize("NFC", text).lower().translate(_SPELLED_OUT))


def differ_in_marks(first: str, second: str) -> bool:
    """Return whether two words have the same letters, with and without marks: Räbinen, Rabinen; Müller, Mueller."""
    return bare(first) == bare(second) or _spelled_out(first) == _spelled_out(second)


def has_marks(text: str) -> bool:
    """Return whether a word is written with a letter that English lacks; an apostrophe is no mark."""
    return any(unicodedata.combining(c) or c in _MARKED for c in unicodedata.normalize("NFKD", text.lower()))


ARTICLES = (
    "al",
    "el",
    "ul",
    "an",
    "ash",
    "as",
    "ad",
    "ar",
    "at",
    "az",
    "adh",
    "ath",
    "ad",
    "ed",
    "er",
    "es",
    "et",
    "ez",
)
_ARTICLE = re.compile(rf"^(?:{'|'.join(sorted(set(ARTICLES), key=len, reverse=True))})-(?=[a-z]{{2}})")


def has_article(token: str) -> bool:
    """Return whether a word begins with the Arabic article: al-Sisi, el-Sisi, ash-Shaab."""
    return _ARTICLE.match(fold(token)) is not None


_NOT_LETTER = re.compile(r"[^a-z]")

# One sign a sound: A O U E I are vowels (I is i, y, j and their doublings), Я Ю Ё the iotated ones, Ж Ш Щ Ч Ц as in
# Cyrillic, X is kh.
_READINGS: Mapping[str, str] = {
    "schtsch": "Щ", "shtch": "Щ", "shch": "Щ", "chtch": "Щ", "stsch": "Щ", "szcz": "Щ", "tsch": "Ч", "tch": "Ч",
    "sch": "Ш", "sz": "Ш", "cz": "Ч", "dzh": "Ж", "zh": "Ж", "kh": "X", "sh": "Ш", "ch": "Ч", "tz": "Ц", "ts": "Ц",
    "ph": "F", "gh": "G", "th": "T", "dh": "D", "ck": "K", "ks": "KS", "x": "KS", "qu": "K", "q": "K",
    "oui": "UI", "ou": "U", "oo": "U", "ee": "I",
    "iy": "I", "yy": "I", "yi": "I", "ij": "I", "yj": "I", "ii": "I", "ji": "I", "jy": "I",
    "iye": "E", "iie": "E", "yie": "E", "yye": "E", "ije": "E", "ye": "E", "ie": "E", "je": "E", "eye": "EE", "eie":
    "EE",
    "iya": "Я", "iia": "Я", "yya": "Я", "ija": "Я", "ya": "Я", "ia": "Я", "ja": "Я",
    "iyu": "Ю", "yu": "Ю", "iu": "Ю", "ju": "Ю", "yo": "Ё", "io": "Ё", "jo": "Ё",
}  # fmt: skip
_SINGLE = {c: c.upper() for c in "abdefghklmnoprstuvz"} | {"c": "K", "i": "I", "j": "J", "w": "V", "y": "I"}
_BY_LETTER: Mapping[str, tuple[tuple[str, str], ...]] = {
    letter: tuple(
        (spelling, _READINGS[spelling])
        for spelling in sorted(_READINGS, key=lambda spelling: (-len(spelling), spelling))
        if spelling.startswith(letter)
    )
    for letter in sorted({spelling[0] for spelling in _READINGS})
}
"""The spellings of more than a letter, or of another sound, that begin with a letter; the longest first."""

# Russian adjective and neuter endings against their Ukrainian ones: Dolgoye and Dovhe, Kakhovskaya and Kakhovska.
_ENDING = re.compile(r"(?<=[bcdfghklmnprstvwxz])(?:(?P<e>o[yij]?e)|(?P<a>a[yij]a))$")
VOWELS = frozenset("AOUEIЯЮЁ")


def _reading(match: re.Match[str]) -> str:
    return "e" if match["e"] else "a"


@lru_cache(_CACHE)
def symbols(token: str) -> str:
    """Return the sounds of one word, one sign each, doubled sounds once; the Arabic article and a silent final h are
    left out.
    """
    text = _NOT_LETTER.sub("", _ARTICLE.sub("", fold(token)))
    text = _ENDING.sub(_reading, text)
    out: list[str] = []
    at, length = 0, len(text)
    while at < length:
        letter = text[at]
        for spelling, reading in _BY_LETTER.get(letter, ()):
            if text.startswith(spelling, at):
                out.extend(reading)
                at += len(spelling)
                break
        else:
            out.append("Ц" if letter == "c" and text[at + 1 : at + 2] in ("e", "i", "y") else _SINGLE[letter])
            at += 1
    merged: list[str] = []
    for sound in out:
        if not merged or merged[-1] != sound:
            merged.append(sound)
    if len(merged) > 3 and merged[-1] == "H" and merged[-2] in VOWELS:
        merged.pop()
    return "".join(merged)


@lru_cache(_CACHE)
def consonants(token: str) -> str:
    """Return the sounds of a word without its vowels and glides."""
    return "".join(sound for sound in symbols(token) if sound not in VOWELS and sound != "J")


_CLASSES = {"H": "G", "X": "G", "Ж": "S", "Z": "S", "Ш": "S", "Щ": "S", "Ч": "S", "Ц": "S", "F": "V", "J": ""}


@lru_cache(_CACHE)
def key(token: str) -> str:
    """Return the bucket of a word: its consonants, with g/h/kh, the sibilants, and f/v each as one.

    Two spellings of one name nearly always share it, so only words of one bucket need to be compared.
    """
    out: list[str] = []
    for sound in symbols(token):
        if sound in VOWELS:
            continue
        sound = _CLASSES.get(sound, sound)
        if sound and not (out and out[-1] == sound):
            out.append(sound)
    return "".join(out)


_COSTS: Mapping[str, Mapping[str, float]] = {
    "G": {"H": 0.1, "X": 0.35, "K": 0.5},
    "H": {"X": 0.1},
    "K": {"X": 0.45},
    "Ч": {"X": 0.45, "K": 0.6, "H": 0.5, "Ш": 0.35, "Ж": 0.6},
    "Ж": {"J": 0.1, "Z": 0.5},
    "Z": {"S": 0.45},
    "Ц": {"S": 0.5, "Z": 0.4, "Ч": 0.4, "K": 0.4},
    "Щ": {"Ш": 0.15, "Ч": 0.4},
    "Ш": {"S": 0.5, "Ж": 0.5},
    "V": {"F": 0.25, "B": 0.6, "U": 0.2},
    "P": {"F": 0.6, "B": 0.7},
    "D": {"T": 0.6, "Z": 0.5},
    "T": {"S": 0.8},
    "J": {"I": 0.0, "G": 0.4, "H": 0.5, "Я": 0.4, "E": 0.4},
    "E": {"I": 0.3, "A": 0.4, "O": 0.45, "Ё": 0.1, "Я": 0.4, "U": 0.5},
    "O": {"Ё": 0.15, "A": 0.35, "U": 0.35, "I": 0.35, "Я": 0.45},
    "A": {"Я": 0.3, "I": 0.55, "U": 0.6},
    "U": {"Ю": 0.1, "I": 0.5},
    "I": {"Я": 0.4, "Ю": 0.4, "Ё": 0.3},
}
_PAIRS: Mapping[tuple[str, str], float] = {
    pair: cost for a, costs in _COSTS.items() for b, cost in costs.items() for pair in ((a, b), (b, a))
}
"""The cost of one sound in place of another, both ways; of what is not here it is 1."""


def _gap(sound: str, before: str, after: str) -> float:
    """Cost of a sound that the other spelling lacks."""
    if not before:  # how a name begins tells names apart; only the glide of Yelena/Elena may go
        return 0.5 if sound in "IJ" else (0.7 if sound in VOWELS else 1.0)
    if sound in "IJ":
        return 0.1 if (before in VOWELS or after in VOWELS) else 0.4
    if sound in VOWELS:
        return 0.45 if after else 0.75  # a final vowel is gender or case
    return 0.45 if sound == "H" else 1.0


@lru_cache(_CACHE)
def _gaps(sounds: str) -> tuple[float, ...]:
    """Return what each sound of a word costs when the other spelling lacks it."""
    padded = f" {sounds} "
    return tuple(_gap(padded[i], padded[i - 1].strip(), padded[i + 1].strip()) for i in range(1, len(padded) - 1))


@lru_cache(_CACHE)
def distance(first: str, second: str) -> float:
    """Return the cost of the cheapest alignment of two words: 0 for a pure choice of scheme, about 1 for one other
    consonant.
    """
    x, y = symbols(first), symbols(second)
    if x == y:
        return 0.0
    gaps_x, gaps_y = _gaps(x), _gaps(y)
    corrected = _by_place(x, y)
    above = [0.0, *accumulate(gaps_y)]
    for i, (a, gap) in enumerate(zip(x, gaps_x, strict=True)):
        steps = [0.0 if a == b else _PAIRS.get((a, b), 1.0) for b in y]
        for row, column, cost in corrected:
            if row == i:
                steps[column] = cost
        left = above[0] + gap
        current = [left]
        for j, step in enumerate(steps):
            cost = above[j] + step
            if above[j + 1] + gap < cost:
                cost = above[j + 1] + gap
            if left + gaps_y[j] < cost:
                cost = left + gaps_y[j]
            current.append(cost)
            left = cost
        above = current
    return above[-1]


def _by_place(x: str, y: str) -> list[tuple[int, int, float]]:
    """Return the costs of putting one sound for another that differ by where the two stand: at the beginning of both
    words, at their end, and before a final v.

    Each is the sounds' positions and the cost.
    """
    if not x or not y:
        return []
    found = []
    if x[0] != y[0] and x[0] in VOWELS and y[0] in VOWELS:
        found.append((0, 0, _first_vowel(x[0], y[0])))
    last_x, last_y = len(x) - 1, len(y) - 1
    if x[-1] in "VF" and y[-1] in "VF" and last_x > 1 and last_y > 1:
        pair = {x[-2], y[-2]}
        if pair in ({"O", "I"}, {"E", "I"}):
            found.append((last_x - 1, last_y - 1, 0.1))  # -ov and -ev, and Ukrainian -iv
    cost = _last_sound(x[-1], y[-1])
    if cost is not None and not (last_x == last_y == 0 and found):
        found.append((last_x, last_y, cost))
    return found


def _first_vowel(first: str, second: str) -> float:
    """Cost of another vowel at the beginning, which tells names apart: Yelena and Elena alone are near."""
    if {first, second} in ({"Ё", "E"}, {"E", "O"}, {"I", "E"}):
        return 0.3
    return max(_PAIRS.get((first, second), 1.0), 0.6)


def _last_sound(first: str, second: str) -> float | None:
    """Cost of another sound at the end, or None where it costs what it costs elsewhere."""
    if {first, second} == {"U", "V"}:
        return 0.6  # -ou is the Belarusian form of -ov: another language rather than another scheme
    if first == second or first not in VOWELS or second not in VOWELS:
        return None
    if {first, second} == {"O", "E"}:
        return 0.2  # -ovo, -ove
    if "I" in (first, second):
        return 0.75  # -a and -y are cases
    return 0.6 if first in "AUE" and second in "AUE" else None


def ndist(first: str, second: str) -> float:
    """Return `distance` divided by the mean length in sounds (at least 4): 0 is one name, above 0.11 nearly always
    another.
    """
    if first > second:
        first, second = second, first
    return distance(first, second) / max(4.0, (len(symbols(first)) + len(symbols(second))) / 2)


def same_name(first: str, second: str, limit: float = 0.08) -> bool:
    """Return whether two words can be romanisations of one name: equal keys, and `ndist` of at most `limit`."""
    return fold(first) == fold(second) or (key(first) == key(second) and ndist(first, second) <= limit)
