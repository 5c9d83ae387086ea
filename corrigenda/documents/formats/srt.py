"""SubRip subtitles."""

from corrigenda.documents.errors import Unreadable
from corrigenda.documents.subtitles.cues import TIMING
from corrigenda.documents.subtitles.reader import SubtitleReader

SUFFIXES = (".srt",)


class SrtReader(SubtitleReader):
    """Reads SRT and writes it back."""

    format = "srt"
    suffixes = SUFFIXES

    def refuse(self, text: str) -> None:
        """Raise Unreadable for a text without a timing."""
        if text.strip() and TIMING.search(text) is None:
            raise Unreadable("This is no SRT file: it has no line such as 00:00:01,000 --> 00:00:04,000.")


READER = SrtReader()
