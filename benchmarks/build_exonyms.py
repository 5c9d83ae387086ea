"""Make `corpora/sources/exonyms/`: what places are called in the languages that texts are translated from.

    python benchmarks/build_exonyms.py LANGUAGE …

Countries, their languages and the cities by which time zones are known come from Unicode CLDR (Unicode licence) as
Babel packs it (`pip install babel`); nothing else of a run needs it. What CLDR lacks stands in
`corpora/sources/peoples/`, which people write.
"""

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path

from babel import Locale

FOLDER = Path(__file__).resolve().parent.parent / "corpora" / "sources" / "exonyms"
HEADER = """\
# What countries, languages and cities are called in {name}: the English name, then the name there.
# Derived by benchmarks/build_exonyms.py from Unicode CLDR (Unicode licence).
"""
_NOTE = re.compile(r"\s*[(（].*?[)）]\s*")
_ZONES_OF_NO_CITY = ("Etc/", "SystemV/", "GMT", "UTC")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("language", nargs="+", help="codes of languages")
    english = Locale("en")
    for code in parser.parse_args().language:
        locale = Locale(code)
        found: dict[str, set[str]] = {}
        for own, name in pairs(english, locale):
            for one, other in ((_NOTE.sub("", own), _NOTE.sub("", name)), (own, name)):
                if one and other and "(" not in one + other and not other.isdigit():
                    found.setdefault(one.replace("’", "'"), set()).add(other)
        lines = [
            f"{json.dumps(name, ensure_ascii=False)} = {json.dumps(sorted(forms), ensure_ascii=False)}"
            for name, forms in sorted(found.items())
        ]
        text = HEADER.format(name=locale.get_display_name("en")) + "\n".join(lines) + "\n"
        (FOLDER / f"{code}.toml").write_text(text, encoding="utf-8")


def pairs(english: Locale, locale: Locale) -> Iterator[tuple[str, str]]:
    """Yield an English name with the same in another language."""
    for code, name in locale.territories.items():
        if code in english.territories and (code.isalpha() or code.isdigit()):
            yield english.territories[code], name
    for code, name in locale.languages.items():
        if len(code) == 2 and code in english.languages:
            yield english.languages[code], name
    for zone, data in locale.time_zones.items():
        if "city" in data and not zone.startswith(_ZONES_OF_NO_CITY):
            own = english.time_zones.get(zone, {}).get("city", zone.rpartition("/")[2].replace("_", " "))
            yield own, data["city"]


if __name__ == "__main__":
    main()
