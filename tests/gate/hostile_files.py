"""Two hundred files that try to break a run or a report: made here, the same on every machine."""

import random
from collections.abc import Iterator
from pathlib import Path

from tests.reporting.hostile import SEEDS

COUNT = 200
BAIT = "A fair , it  was said, was held on the territory of {} , in Kiev and in Kyiv , by the the mayor.\n\n"
"""What several checks find, so that hostile text stands in quotes, messages and corrections."""

BOMBS = {
    "quotes in quotes": "> " * 3000 + "a  b",
    "lists in lists": "".join("  " * depth + "- a  b\n" for depth in range(600)),
    "brackets": "[" * 20_000,
    "images": "![" * 10_000 + "](" * 10_000,
    "emphasis": "*a **b " * 8_000,
    "backticks": "".join("`" * (number % 50) + " a " for number in range(4_000)),
    "links": "[a](<b" * 5_000,
    "table": "|" + " a |" * 3_000 + "\n|" + "-|" * 3_000 + "\n" + ("|" + " b  c |" * 300 + "\n") * 20,
    "html": "<div>" * 5_000 + "a  b",
    "comments": "<!-- " * 5_000,
    "front matter": "---\n" + "a: &a [*a]\n" * 2_000,
    "fences": "```\n~~~\n" * 5_000,
    "definitions": "".join(f"[{number}]: /{number} 'x\n" for number in range(3_000)),
    "headings": "# a  b\n" * 3_000,
    "entities": "&#x41;&amp;&lt;" * 8_000,
    "backslashes": "\\" * 100_000,
    "suppressions": "<!-- corrigenda: ignore " * 3_000,
    "quotation marks": "“" * 10_000 + "a  b" + "'\"" * 5_000,
    "dots": "A. " * 30_000,
    "newlines": "\r" * 3_000 + "\r\n" * 3_000 + "\u2028\x85\x0b\x0c" * 500,
    "names": "Kiev Kyiv Kharkov Kharkiv Lvov Lviv Odessa Odesa " * 400,
}

BYTES = {
    "malformed": b"It was said , \xff\xfe\xc3\x28 \xe2\x82 \xf0\x28\x8c\x28 on the territory of \x80\x81.\n" * 40,
    "overlong": b"\xc0\xaf\xe0\x80\xaf\xf8\x88\x80\x80\x80 text  here , so.\n" * 40,
    "surrogates": b"\xed\xa0\x80\xed\xb0\x80 text  here , so.\n" * 20,
    "cut": "Текст  , так".encode()[:-1],
    "half a utf-16": b"\xff\xfea\x00 \x00 \x00b\x00,\x00 ",
    "utf-16 surrogate": b"\xff\xfe\x00\xd8a\x00 \x00 \x00b\x00",
    "utf-32": b"\xff\xfe\x00\x00a\x00\x00\x00",
    "binary": bytes(range(256)) * 40,
    "nul": b"a\x00b  c , d\n" * 30,
    "empty": b"",
    "only a mark": b"\xef\xbb\xbf",
    "two marks": b"\xef\xbb\xbf\xef\xbb\xbfIt was said , so.\n",
}


def contents() -> Iterator[tuple[str, bytes]]:
    """Yield 200 pairs of an ending and a file's bytes."""
    made: list[tuple[str, bytes]] = []
    for text in BOMBS.values():
        made += [(".md", (BAIT.format("x") + text).encode()), (".txt", (BAIT.format("x") + text).encode())]
    for data in BYTES.values():
        made += [(".md", data), (".txt", data)]
    dice = random.Random(3)
    seeds = list(SEEDS.values())
    for seed in seeds:
        plain = seed.encode("utf-8", "surrogatepass")
        made.append((".md", BAIT.format("x").encode() + plain + b"\n\n" + BAIT.format("y").encode()))
        made.append((".txt", BAIT.encode().replace(b"{}", plain[:2000]) + plain))
    while len(made) < COUNT:
        parts = [dice.choice(seeds)[:3000] for _ in range(5)]
        text = "".join(BAIT.format(part[:200]) + part + dice.choice(["", "\n", "\n\n", " "]) for part in parts)
        made.append((dice.choice([".md", ".txt"]), text.encode("utf-8", "surrogatepass")))
    yield from made[:COUNT]


NAMES = [
    "<script>window.hacked=1<",
    "a'b\"c",
    "=1+1",
    "-x",
    "::error::x",
    "\u202etxt.",
    "%41#?&",
    "Ї表🙂",
    "a b",
    "[x](y)",
]


def write(folder: Path, *, odd_names: bool) -> list[Path]:
    """Write the files and return their paths; some have names that are hostile themselves, where a system allows it."""
    paths = []
    for number, (ending, data) in enumerate(contents()):
        odd = NAMES[number // 7 % len(NAMES)] if odd_names and number % 7 == 0 else "file"
        path = folder / f"{odd}{number:03d}{ending}"
        path.write_bytes(data)
        paths.append(path)
    return paths
