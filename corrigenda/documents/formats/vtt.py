"""WebVTT subtitles."""

import re
from collections.abc import Sequence

from corrigenda.documents.directives import spoken
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Directive, Span
from corrigenda.documents.subtitles.cues import Cue
from corrigenda.documents.subtitles.reader import SubtitleReader

SUFFIXES = (".vtt",)

_NOTE = re.compile(r"(?:^|(?<=\r))NOTE[ \t\r\n](.*?)(?=\r?\n[ \t]*\r?\n|\r[ \t]*\r|\Z)", re.MULTILINE | re.DOTALL)


class VttReader(SubtitleReader):
    """Reads WebVTT and writes it back."""

    format = "vtt"
    suffixes = SUFFIXES
    strict = True
    entities = True

    def refuse(self, text: str) -> None:
        """Raise Unreadable for a text that does not begin as WebVTT must."""
        if text.strip() and re.match(r"WEBVTT(?![^\s])", text) is None:
            raise Unreadable("This is no WebVTT file: its first line must be WEBVTT.")

    def directives(self, text: str, found: Sequence[Cue]) -> tuple[Directive, ...]:
        """Return the notes that speak to corrigenda; one speaks of the cue that follows, unless it names the file."""
        if "corr" not in text.lower():
            return ()
        result: list[Directive] = []
        for note in _NOTE.finditer(text):
            following = next((cue for cue in found if cue.start >= note.end()), None)
            for one in spoken(note.start(), note.end(), note[1]):
                covers = Span(following.start, following.end) if following is not None else None
                result.append(one if one.text.lower().startswith("ignore-file") else one._replace(covers=covers))
        return tuple(result)


READER = VttReader()
