"""Derive corpora/foreign_letters.tsv: how far three letters of a word speak against its being English.

    python benchmarks/derive_foreign_letters.py SHARED [--held 3]

Words of English are those of the project's own list, and the words in small letters of native news, reports and
articles that it lacks. Words of other languages in Latin letters are those of the sources of SHARED/data/mt; Russian
and Ukrainian ones are those of SHARED/data/mlqe, romanised. Each type counts once. Of the sources those whose hash
leaves no rest by `--held` are left out, to measure on. What is written is a rounded log-odds by trigram; no word is.
"""

import argparse
import gzip
import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corrigenda import resources
from corrigenda.languages import language

LANGUAGES = ("ca", "cs", "de", "es", "et", "fi", "fr", "gl", "hr", "id", "it", "pt", "ro", "sk", "tr")
HEADER = (
    "# How far three letters of a word (^ and $ for its ends) speak for another language than English: ten times the\n"
    "# log odds, by benchmarks/derive_foreign_letters.py. Counts of letters alone; sorted.\n"
)
_WORD = re.compile(r"(?<![\w'’-])[^\W\d_]{4,20}(?![\w'’-])")
_CYRILLIC = re.compile(r"[а-яёіїєґ]{4,}")
_ROMAN = dict(
    zip(
        "абвгдезийклмнопрстуфхцчшщъыьэюяжёіїєґ",
        "a b v g d e z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya zh yo i yi ye g".split(),
        strict=True,
    )
)
_LEAST = 4
"""Words in which a trigram must stand."""
_TELLING = 3
"""Tenths of log odds from which on a trigram is written down."""


def main() -> None:
    """Count the letters and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder of measuring material")
    parser.add_argument("--held", type=int, default=3, help="one in so many documents is left out")
    options = parser.parse_args()
    own = language("en")
    listed = gzip.decompress(resources.path("corpora", "english_words.txt.gz").read_bytes()).decode("utf-8")
    listed_words = {word for word in listed.partition("\n\n")[0].split("\n") if len(word) > 3 and word.isalpha()}
    native = {word for word in native_words(options.shared) if not own.is_word(word)}
    foreign = {
        word for word in foreign_words(options.shared, options.held) if not own.is_word(word) and word not in native
    }
    english: Counter[str] = Counter()
    for word in listed_words:
        english.update(grams(word))
    for word in native:
        english.update(grams(word) * 3)  # what the dictionary lacks is what will be judged
    other: Counter[str] = Counter()
    for word in foreign:
        other.update(grams(word))
    kinds = len(english | other)
    total_english, total_other = english.total() + kinds / 2, other.total() + kinds / 2
    lines = []
    for gram in sorted(english | other):
        odds = math.log((other[gram] + 0.5) / total_other) - math.log((english[gram] + 0.5) / total_english)
        if english[gram] + other[gram] >= _LEAST and abs(round(10 * odds)) >= _TELLING:
            lines.append(f"{gram}\t{round(10 * odds)}\n")
    Path("corpora/foreign_letters.tsv").write_text(HEADER + "".join(lines), encoding="utf-8")
    print(f"{len(listed_words)} and {len(native)} words of English, {len(foreign)} others, {len(lines)} trigrams")


def grams(word: str) -> list[str]:
    """Return the trigrams of a word with its ends."""
    marked = f"^{word}$"
    return [marked[at : at + 3] for at in range(len(marked) - 2)]


def native_words(shared: Path) -> Iterator[str]:
    """Yield words in small letters of edited native prose."""
    for path in sorted((shared / "data" / "native").glob("*.jsonl.gz")):
        if not path.name.startswith(("fiction", "docs", "speech")):
            for number, row in enumerate(rows(path)):
                if number > 900:
                    break
                yield from (word for word in _WORD.findall(row["text"]) if word.islower())


def foreign_words(shared: Path, held: int) -> Iterator[str]:
    """Yield words of other languages, Cyrillic ones romanised."""
    for code in LANGUAGES:
        for row in rows(shared / "data" / "mt" / f"{code}-en.jsonl.gz"):
            if not (rest(str(row.get("doc") or row["id"]), held) and rest(str(row["id"]), held)):
                continue
            words = _WORD.findall(row["source"])
            # German has capitals for all its nouns.
            yield from (word.lower() for word in words if code == "de" or word.islower())
    for part in ("train", "dev"):
        for row in rows(shared / "data" / "mlqe" / f"ru-en.{part}.jsonl.gz"):
            if rest(str(row.get("doc") or row.get("id")), held):
                for word in _CYRILLIC.findall(row["source"]):
                    yield "".join(_ROMAN[letter] for letter in word).replace("-", "")


def rest(name: str, held: int) -> int:
    """Return what a hash of a name leaves when it is divided."""
    return int(hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest(), 16) % held


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the records of a file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


if __name__ == "__main__":
    main()
