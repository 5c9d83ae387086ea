"""Words and signs that stand beside numbers: scales, months, money, units; English ones and those that others leave."""

from collections.abc import Mapping
from types import MappingProxyType

MONTHS = tuple("January February March April May June July August September October November December".split())
MONTH = "(?:" + "|".join(MONTHS) + ")"
"""An expression for the name of a month."""

_SCALES = """
    3 thousand thousands thous thsd ths tys tis tsd тыс тис
    4 wan 万 萬 만
    5 lakh lakhs lac
    6 million millions mln mio milj млн milyon millones milhões milioni milionów miljoen
    7 crore crores
    8 亿 億 억
    9 billion billions bln mrd mlrd mld milliard milliards miliard miliardów miliardi miljard млрд milyar
    12 trillion trillions trln трлн 兆 조
"""
SCALES: Mapping[str, int] = MappingProxyType(
    {word: int(line.split()[0]) for line in _SCALES.strip().splitlines() for word in line.split()[1:]}
)
"""Words that multiply a number, by the power of ten."""
PLAIN_SCALES: Mapping[int, str] = MappingProxyType({3: "thousand", 6: "million", 9: "billion", 12: "trillion"})
"""The English word for a power of ten."""
WIRE = frozenset(("mln", "bln"))
"""Abbreviations that a wire service's copy has throughout."""

SIGNS: Mapping[str, str] = MappingProxyType({"$": "$", "€": "€", "£": "£", "¥": "¥", "₴": "₴", "₽": "₽", "₺": "₺"})
"""Signs of currencies that stand before the amount."""

CURRENCIES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        word: (one, many)
        for words, one, many in (
            ("zl zł zlot zlotych złotych", "zloty", "zlotys"),
            ("hrn grn грн hrv", "hryvnia", "hryvnias"),
            ("rub руб", "rouble", "roubles"),
            ("Kč kč korun", "koruna", "korunas"),
            ("TL", "lira", "lira"),
            ("Ft forint", "forint", "forints"),
        )
        for word in words.split()
    }
)
"""Abbreviations and forms of currencies that English does not have, with the English noun."""

MONEY = frozenset(
    "euro euros dollar dollars pound pounds yen yuan won zloty zlotys zlotych hryvnia hryvnias hryvnya hryvnyas "
    "rouble roubles ruble rubles peso pesos real reais lira liras franc francs krona kronor krone kroner koruna "
    "korunas forint forints leu lei lev leva dinar dinars dirham dirhams riyal riyals rial rials rupee rupees rand "
    "shekel shekels tenge baht ringgit rupiah USD EUR GBP UAH PLN RUB CZK HUF TRY JPY CNY KRW CHF SEK NOK DKK RON BGN "
    "INR BRL MXN ARS AED SAR EGP".split()
)
"""Names and codes of currencies."""
CODES = tuple(sorted(word for word in MONEY if word.isupper()))

MEASURES = frozenset(
    "percent per cent mm cm m km metre metres meter meters kilometre kilometres kilometer kilometers centimetre "
    "centimetres centimeter centimeters millimetre millimetres millimeter millimeters mile miles feet foot inch inches "
    "g kg t gram grams kilogram kilograms kilo kilos kilogramme kilogrammes tonne tonnes ton tons litre litres liter "
    "liters l ml ha hectare hectares acre acres square cubic sq degree degrees kW MW GW TW kWh MWh GWh TWh kilowatt "
    "kilowatts megawatt megawatts gigawatt gigawatts hour hours minute minutes second seconds day days week weeks "
    "month months year years point points watt watts volt volts hertz MHz GHz GB MB TB km² m² m³ times million billion "
    "trillion thousand magnitude %  ‰ °".split()
)
"""What is measured, so that a part of one means something."""

CYRILLIC_UNITS: Mapping[str, str] = MappingProxyType(
    {
        "км": "km",
        "кг": "kg",
        "м": "m",
        "см": "cm",
        "мм": "mm",
        "г": "g",
        "т": "tonnes",
        "л": "litres",
        "га": "hectares",
        "кВт": "kW",
        "МВт": "MW",
        "ч": "hours",
        "мин": "minutes",
        "ккал": "kcal",
        "шт": "pieces",
        "тонн": "tonnes",
        "чел": "people",
    }
)
"""Units in Cyrillic letters."""
