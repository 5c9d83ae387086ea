"""String catalogues of Xcode (.xcstrings): JSON with all languages of an application in one file.

A document has one language: English where the file has texts in it, otherwise the only one that it is translated into.
Of a key without a text of its own the key is the text; it stands in the application's code and is not read here.
"""

from collections.abc import Iterable
from typing import NamedTuple

from corrigenda.documents.catalogues import json_members, languages
from corrigenda.documents.catalogues.entry import Catalogue, Entry
from corrigenda.documents.catalogues.json_members import Member
from corrigenda.documents.catalogues.reader import CatalogueReader
from corrigenda.documents.catalogues.reading import spoken
from corrigenda.documents.errors import Unreadable
from corrigenda.documents.parts import Directive, Edit, Span, Unread, View

SUFFIXES = (".xcstrings",)
IN_FOLDERS = False

_STATES = {"translated": "translated", "needs_review": "initial"}


class _Text(NamedTuple):
    """A text of a key in one language: where its value and its state stand."""

    key: str
    language: str
    form: tuple[str, ...]
    value: Span
    state: Span | None


class XcstringsReader(CatalogueReader):
    """Reads the texts of one language and writes them back; one that was changed needs review."""

    format = "xcstrings"
    suffixes = SUFFIXES

    def catalogue(self, text: str, display: str) -> Catalogue:
        """Return the texts of a string catalogue. Raises Unreadable for what is none."""
        found = list(json_members.members(text))
        keys = {member.path[2]: member.key for member in found if _is_key(member)}
        base = next((m.value for m in found if m.path[1:] == ("sourceLanguage",) and m.value is not None), None)
        if base is None and not keys:
            raise Unreadable("This is no string catalogue of Xcode: it has neither sourceLanguage nor strings.")
        source = json_members.view(text, base).text if base is not None else ""
        texts = _texts(found)
        language = _chosen({own.language for own in texts}, source)
        originals = {(own.key, own.form): own.value for own in texts if own.language == source}
        entries: list[Entry] = []
        others: dict[str, int] = {}
        for own in texts:
            if own.language != language:
                if own.language != source:
                    others.setdefault(own.language, own.value.start)
                continue
            view = json_members.view(text, own.value)
            state = json_members.view(text, own.state).text if own.state is not None else ""
            if not view.text or (state == "new" and language != source):
                continue
            review = (Edit(*own.state, "needs_review"),) if own.state is not None and state == "translated" else ()
            beside: View | None = None
            if language != source:
                beside = json_members.view(text, originals.get((own.key, own.form), keys[own.key]))
            key = keys[own.key]
            entries.append(Entry(own.key, view, key.start, own.value.end, beside, _STATES.get(state, ""), review))
        unread = tuple(
            Unread(at, at, f"translations into {name}") for name, at in sorted(others.items(), key=lambda item: item[1])
        )
        entries.sort(key=lambda entry: entry.view.segments[0].start)
        return Catalogue(tuple(entries), languages.tag(language), tuple(_notes(text, found, entries)), unread)

    def respelled(self, text: str, edit: Edit, entry: Entry) -> Edit:
        """Return an edit of a string as JSON has it."""
        return json_members.spelled(text, edit)


READER = XcstringsReader()


def _is_key(member: Member) -> bool:
    return member.opens and len(member.path) == 3 and member.path[1] == "strings"


def _texts(found: Iterable[Member]) -> list[_Text]:
    """Return the texts of all languages, in the file's order."""
    values: dict[tuple[str, ...], dict[str, Span]] = {}
    for member in found:
        path = member.path
        if member.value is None or len(path) < 7 or path[-2] != "stringUnit":
            continue
        if path[1] == "strings" and path[3] == "localizations":
            values.setdefault(path[:-2], {})[path[-1]] = member.value
    return [
        _Text(path[2], path[4], path[5:], parts["value"], parts.get("state"))
        for path, parts in values.items()
        if "value" in parts
    ]


def _chosen(found: set[str], source: str) -> str:
    """Return the language of which the texts are read."""
    english = sorted(name for name in found if languages.tag(name).partition("-")[0] == "en")
    if english:
        return english[0]
    translated = found - {source}
    return translated.pop() if len(translated) == 1 else source


def _notes(text: str, found: Iterable[Member], entries: Iterable[Entry]) -> list[Directive]:
    """Return the comments of keys that speak to corrigenda."""
    covered: dict[str, Span] = {}
    for entry in entries:
        known = covered.get(entry.id)
        covered[entry.id] = Span(known.start if known is not None else entry.start, entry.end)
    notes: list[Directive] = []
    for member in found:
        if len(member.path) == 4 and member.path[1] == "strings" and member.path[3] == "comment" and member.value:
            said = json_members.view(text, member.value).text
            notes += spoken([(*member.value, said)], covered.get(member.path[2], member.value))
    return sorted(notes)
