"""Write corpora/english_words.txt.gz: what tells an English word or an English name from a foreign one.

    python benchmarks/build_wordlist.py [FOLDER]

FOLDER holds the word lists `american-english` and `british-english` of SCOWL, size 60, as Debian packages them
(wamerican, wbritish); the default is /usr/share/dict. Words with an apostrophe are left out. Regular inflections are
left out too when their base form is in the list (`languages.en.dictionary` takes the endings off again), and so are
regular plurals of names. The result is one word a line, sorted, lower-case words before names, deterministic to the
byte.
"""

import gzip
import sys
from pathlib import Path

from corrigenda.languages.en.dictionary import HEADER, bases

TARGET = Path(__file__).resolve().parent.parent / "corpora" / "english_words.txt.gz"


def read(folder: Path) -> tuple[set[str], set[str]]:
    words: set[str] = set()
    names: set[str] = set()
    for name in ("american-english", "british-english"):
        for line in (folder / name).read_text(encoding="utf-8").splitlines():
            word = line.strip()
            if len(word) > 1 and "'" not in word and not word.isupper():
                (names if word[0].isupper() else words).add(word)
    return words, names


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("/usr/share/dict")
    words, names = read(folder)
    kept = {word for word in words if not any(base in words for base in bases(word))}
    kept_names = {name for name in names if not (name.endswith("s") and name[:-1] in names and len(name) > 5)}
    lines = [HEADER, *sorted(kept), "", *sorted(kept_names)]
    data = "\n".join(lines).encode() + b"\n"
    TARGET.write_bytes(gzip.compress(data, compresslevel=9, mtime=0))
    print(f"{TARGET.name}: {len(kept)} words, {len(kept_names)} names, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
