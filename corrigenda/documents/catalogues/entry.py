"""What a catalogue's format reads of its units: the one thing that formats make and everything else here takes."""

from typing import NamedTuple

from corrigenda.documents.parts import Directive, Edit, Span, Unread, View


class Mark(NamedTuple):
    """An inline element of the format in a target's view, such as `<x id="1"/>` or `<g>`: `[start, end)` of the file,
    and what its reader sees in its place: a line break, nothing, or U+FFFC for a value that is put in.
    """

    start: int
    end: int
    seen: str


class Entry(NamedTuple):
    """One text of a translation unit; a plural has several, one for each form.

    `view` is the text decoded, and maps to the file. `start` and `end` are all of the unit in the file, with its notes,
    `id` is its name there, `state` in the words of `Unit.state`. `review` is the edit that marks the unit for review;
    None where it is marked already, or the format has no such mark. `marks` are the inline elements in the text,
    `style` is the format's own word for how the text is spelled at this place. `icu` says that braces may hold plural
    and select forms, `mnemonics` that "&" or "_" may stand before the letter of a key.
    """

    id: str
    view: View
    start: int
    end: int
    source: View | None = None
    state: str = ""
    review: tuple[Edit, ...] = ()
    marks: tuple[Mark, ...] = ()
    style: str = ""
    icu: bool = False
    mnemonics: bool = False


class Catalogue(NamedTuple):
    """All that a format reads of a file: the entries ascending by where their texts stand, the language of the texts (a
    BCP 47 tag, empty where the file does not say), comments that speak to corrigenda, and what was left out.
    """

    entries: tuple[Entry, ...]
    language: str = ""
    directives: tuple[Directive, ...] = ()
    unread: tuple[Unread, ...] = ()
    hidden: tuple[Span, ...] = ()
    """Stretches inside of texts that are no copy, beside those that are found by what they look like."""
    source_language: str = ""
    """What the file says of the language of its sources, a BCP 47 tag."""
