"""Seconds and peak memory of `corrigenda check` for texts that were made to hurt it.

    python benchmarks/hostile.py [--megabytes 4] [--only NAME …] [--seconds 60] [--memory 600] [--json FILE]

Each text is made of one thing without end: one character, brackets that never close, names by the hundred thousand, a
finding in every line. Each is checked in a process of its own, as Markdown and as plain text, with the models that an
installation has, without the grammar engine, which is measured by itself, without a cache, and the report as JSON. A
text that needs more than --seconds or --memory (in megabytes) fails the run. Seconds are those of the processor, or of
the clock where these are fewer, so that other work on the machine counts for nothing. `texts` is also what
tests/hostile/test_pathological.py reads, at a smaller size.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SENTENCE = "The council met on Monday and decided to build a new bridge over the river. "
SUSPICIOUS = (
    "The army took the town because the enemy is closing. It is one of the five provinces annexed Rome last year. "
)
WRONG = "He met the the mayor on the territory of the port. "


def texts(size: int) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each, of about `size` characters."""
    for name, piece in _REPEATED.items():
        yield name, (piece * (size // len(piece) + 1))[:size]
    yield "one-line", (SENTENCE * (size // len(SENTENCE) + 1))[:size]
    yield "finding-in-every-line", (WRONG.strip() + "\n") * (size // len(WRONG))
    yield "finding-in-every-paragraph", (WRONG.strip() + "\n\n") * (size // (len(WRONG) + 1))
    yield "findings-in-one-line", WRONG * (size // len(WRONG))
    yield "suspicious-sentences", "".join(f"{SUSPICIOUS}It has {n} rooms.\n\n" for n in range(size // 126))
    yield "suspicious-line", SUSPICIOUS * (size // len(SUSPICIOUS))
    yield (
        "different-findings",
        "".join(f"He met the the mayor of {_word(n)}, {n}.\n\n" for n in range(size // 38)),
    )
    yield "names", " ".join(f"{_word(n).title()} {_word(n + 7919).title()}" for n in range(size // 17)) + "."
    yield "names-of-one-sound", "".join(f"Mr {_near(n)} said so. " for n in range(size // 24))
    yield (
        "names-in-paragraphs",
        "".join(f"{_word(n).title()} {_word(3 * n).title()} ran.\n\n" for n in range(size // 24)),
    )
    yield "different-words", " ".join(_word(n) for n in range(size // 9)) + "."
    yield "headings", "".join(f"## Part {n}\n\nText.\n\n" for n in range(size // 21))
    yield "equal-headings", "## Read also\n\n" * (size // 14)
    yield "short-lines", "Yes.\n" * (size // 5)
    yield "short-paragraphs", "Yes.\n\n" * (size // 6)
    yield "equal-paragraphs", (SENTENCE.strip() + "\n\n") * (size // (len(SENTENCE) + 1))
    yield "similar-paragraphs", "".join(f"{SENTENCE}It cost {n} euros.\n\n" for n in range(size // 100))
    yield "deep-list", "".join(f"{'  ' * n}- a\n" for n in range(int(size**0.5)))
    yield "deep-html", "<div>" * (size // 11) + "a" + "</div>" * (size // 11)
    yield "table", "| a | b |\n|---|---|\n" + "| the the | b |\n" * (size // 16)
    yield "wide-table", "|a" * (size // 6) + "|\n" + "|-" * (size // 6) + "|\n" + "|a" * (size // 6) + "|\n"
    yield "open-fence", "```\n" + SENTENCE * (size // len(SENTENCE))
    yield "fences", "```\na\n```\n" * (size // 10)
    yield "front-matter", "---\n" + "key: value\n" * (size // 11) + "---\n\nText.\n"
    yield "open-front-matter", "---\n" + "key: value\n" * (size // 11)
    yield "dotted-numbers", "1." * (size // 2)
    yield "byte-order-marks", "\ufeff" * (size // 3) + SENTENCE
    yield "line-ends", "a\r\nb\rc\nd\u2028e\u2029f\x0cg\x85" * (size // 20)
    yield "references", "".join(f"[a{n}]: http://example.org/{n}\n" for n in range(size // 34)) + "\n[a1]\n"
    yield "comments", "<!-- corrigenda: ignore -->\n\n" * (size // 29)
    yield "open-comments", "<!-- " * (size // 5)
    yield "quotations", f"“{SENTENCE.strip()}” " * (size // (len(SENTENCE) + 2))
    yield "open-quotations", f"“{SENTENCE}" * (size // (len(SENTENCE) + 1))
    yield "nested-quotations", "“a ‘b " * (size // 6) + "’ ”" * 10


_REPEATED = {
    "letters": "a",
    "capitals": "A",
    "spaces": " ",
    "tabs": "\t",
    "straight-quotes": '"',
    "apostrophes": "'",
    "opening-quotes": "“",
    "round-brackets": "(",
    "square-brackets": "[",
    "square-brackets-closed": "[]",
    "images": "![",
    "links": "[a](b) ",
    "open-links": "[a](",
    "stars": "*",
    "emphasis": "*a ",
    "emphasis-mixed": "*a _b ",
    "strong": "**a",
    "underscores": "_",
    "code": "`a",
    "backticks": "`",
    "greater-than": ">",
    "quotes-nested": "> ",
    "backslashes": "\\",
    "less-than": "<",
    "tags": "<b>",
    "tags-open": "<a b='",
    "entities": "&amp;",
    "entities-open": "&",
    "hyphens": "a-",
    "hyphens-spaced": "a - ",
    "dashes": "—",
    "dots": ".",
    "dots-spaced": "a. ",
    "commas": "a, ",
    "abbreviations": "U.S. ",
    "initials": "J. K. ",
    "slashes": "a/",
    "at-signs": "a@",
    "urls": "http://a.b/c ",
    "url-endless": "http://a.b/(",
    "numbers": "1 ",
    "digits": "1",
    "dates": "1 May 2020 ",
    "times": "10:30 ",
    "capital-words": "THE PORT ",
    "title-words": "The Port ",
    "one-word": "the ",
    "two-words": "the port ",
    "six-words": "we all saw the old port ",
    "zero-width": "\u200b",
    "soft-hyphens": "a\u00ad",
    "combining-marks": "\u0301",
    "combining-base": "a\u0301\u0323",
    "right-to-left": "שלום \u202e",
    "emoji": "👩‍👩‍👧‍👦",
    "wide": "漢",
    "nul": "a\x00",
    "form-feeds": "a\x0c",
    "semicolons": "a;",
    "hashes": "#",
    "plus": "+\n",
    "rules": "---\n",
    "equals": "a\n=\n",
    "pipes": "|",
    "tildes": "~",
    "dollars": "$",
    "footnotes": "[^1]",
    "setext": "a\n",
    "indented": "    a\n",
    "possessives": "a's ",
    "apostrophe-words": "a'",
    "contractions": "don't ",
}


def _word(number: int) -> str:
    """Return a word for a number, different for each: consonants and vowels in turn."""
    letters = []
    number += 1000
    while number:
        number, at = divmod(number, 100)
        letters.append("bdfgklmnprstvz"[at % 14] + "aeiou"[at // 20])
    return "".join(letters)


def _near(number: int) -> str:
    """Return one of 32 spellings of one name."""
    pairs = ("ZS", "ei", ("l", "ll"), ("e", "ey"), ("nsky", "nskiy"))
    return "".join(pair[number >> at & 1] for at, pair in enumerate(pairs))


def measure(path: Path, timeout: float) -> tuple[float, float, int]:
    """Check a file in a process of its own; return seconds, megabytes at the peak, and the exit code (-9: too slow)."""
    config = path.with_name("corrigenda.toml")
    config.write_text('[engines]\ngrammar = "off"\n', encoding="utf-8")
    command = [sys.executable, "-m", "corrigenda", "check", str(path), "--config", str(config), "--no-cache"]
    command += ["--format", "json", "--fail-on", "never"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=path.parent, env=environment
    )
    killer = threading.Timer(timeout, process.kill)
    killer.start()
    _, status, usage = os.wait4(process.pid, 0)
    killer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = min(time.perf_counter() - started, usage.ru_utime + usage.ru_stime)
    return seconds, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3), process.returncode


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=4.0, help="size of each text")
    parser.add_argument("--only", nargs="*", help="names of texts")
    parser.add_argument("--formats", nargs="*", default=["md", "txt"])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--memory", type=float, default=600.0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    rows, worst = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts(int(options.megabytes * 1_000_000)):
            if options.only and name not in options.only:
                continue
            data = text.encode("utf-8")[: int(options.megabytes * 1_000_000)].decode("utf-8", "ignore").encode()
            for suffix in options.formats:
                path = Path(folder) / f"{name}.{suffix}"
                path.write_bytes(data)
                seconds, megabytes, code = measure(path, 4 * options.seconds)
                path.unlink()
                bad = seconds > options.seconds or megabytes > options.memory or code not in (0, 3)
                worst += bad
                rows.append({"text": path.name, "seconds": round(seconds, 2), "mb": round(megabytes), "exit": code})
                print(
                    f"{path.name:34} {seconds:7.2f} s {megabytes:7.0f} MB  exit {code}{'  TOO MUCH' if bad else ''}",
                    flush=True,
                )
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    sys.exit(int(worst > 0))


if __name__ == "__main__":
    main()
