"""A second language, small: what a package of somebody else would bring. Not shipped."""

from corrigenda.languages.base import Language


class Ukrainian(Language):
    """Just enough Ukrainian for one check: some forms, and abbreviations that end no sentence."""

    code = "uk"
    name = "Ukrainian"
    script = "Cyrillic"

    def forms(self, lemma: str, tags: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return the forms of a verb in -яти, and any other word alone."""
        stem = lemma.removesuffix("яти")
        return (lemma,) if stem == lemma else tuple(sorted((lemma, f"{stem}яв", f"{stem}яла", f"{stem}яли")))

    def sentences(self, text: str) -> list[tuple[int, int]]:
        """Return the sentences by their marks, but for those behind "див." and "ім."."""
        joined: list[tuple[int, int]] = []
        for start, end in super().sentences(text):
            if joined and text[: joined[-1][1]].endswith((" див.", " ім.")):
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        return joined


LANGUAGE = Ukrainian()
