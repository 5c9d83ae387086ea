"""English names of units: what each measures, how large it is, and whose system it belongs to."""

from collections.abc import Mapping
from types import MappingProxyType

from corrigenda.expressions import lazy
from corrigenda.languages.base import Measures, Unit

_ROWS = """
    length metric 0.001 mm millimetre millimetres millimeter millimeters
    length metric 0.01 cm centimetre centimetres centimeter centimeters
    length metric 1 m metre metres meter meters
    length metric 1000 km kilometre kilometres kilometer kilometers
    length imperial 0.0254 in inch inches
    length imperial 0.3048 ft foot feet
    length imperial 0.9144 yd yard yards
    length imperial 1609.344 mi mile miles
    mass metric 0.001 g gram grams gramme grammes
    mass metric 1 kg kilo kilos kilogram kilograms kilogramme kilogrammes
    mass imperial 0.45359 lb lbs pound pounds
    mass imperial 0.02835 oz ounce ounces
    area metric 10000 ha hectare hectares
    area imperial 4046.86 acre acres
    volume metric 1 l litre litres liter liters
    volume imperial 3.78541 gal gallon gallons
    speed metric 1 kph km/h
    speed imperial 1.609344 mph
"""


def _units() -> dict[str, Unit]:
    result: dict[str, Unit] = {}
    for line in _ROWS.strip().splitlines():
        kind, system, size, *names = line.split()
        result.update({name: Unit(kind, system, float(size)) for name in names})
    return result


_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ABOUT = "about |around |nearly |over |roughly |some "
_NAMES = "|".join(sorted(_units(), key=len, reverse=True))


class EnglishMeasures(Measures):
    """The English ones."""

    units: Mapping[str, Unit] = MappingProxyType(_units())
    one = lazy(rf"(?<![\w.,/$€£-])({_NUMBER})[ \u00a0-]?({_NAMES})\b(?![/²³])")
    pair = lazy(
        rf"(?<![\w.,/$€£-])({_NUMBER})[ \u00a0-]?({_NAMES})[ \u00a0]*(?:\((?:{_ABOUT}|or )?|, or (?:{_ABOUT})?)"
        rf"(({_NUMBER})[ \u00a0-]?({_NAMES}))\b(?![/²³])"
    )
    hint = lazy(r"\d[ \u00a0-]?(?:inch|in\b|ft\b|f[eo][eo]t|yd\b|yard|mi\b|mile|lb|pound|oz\b|ounce|acre|gal|mph)")
