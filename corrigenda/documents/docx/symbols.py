"""Characters that Word writes as the number of a glyph in a font of symbols."""

from types import MappingProxyType

OTHER = "\ufffc"
"""What stands for a glyph that is no character."""

_SYMBOL = MappingProxyType(
    {
        0xB0: "°",
        0xB1: "±",
        0xB2: "″",
        0xA2: "′",
        0xA3: "≤",
        0xA5: "∞",
        0xB3: "≥",
        0xB4: "×",
        0xB7: "•",
        0xB8: "÷",
        0xB9: "≠",
        0xBB: "≈",
        0xBC: "…",
        0xAC: "←",
        0xAD: "↑",
        0xAE: "→",
        0xAF: "↓",
        0xD2: "®",
        0xD3: "©",
        0xD4: "™",
        0x2D: "−",
    }
)


def character(font: str, code: str) -> str:
    """Return the character of a symbol.

    Args:
        font: The font's name.
        code: The glyph's number in hexadecimal digits, as `w:char` has it.
    """
    try:
        number = int(code, 16)
    except ValueError:
        return OTHER
    if 0xF000 <= number <= 0xF0FF:
        number -= 0xF000
        return _SYMBOL.get(number, OTHER) if font.lower().startswith("symbol") else OTHER
    if not 0x20 <= number <= 0x10FFFF or 0xD800 <= number <= 0xF8FF:
        return OTHER
    return chr(number)
