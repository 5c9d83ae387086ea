"""Detector `pronouns`: he or she where the text itself shows that only a woman, or only a man, can be meant.

Many languages do not tell "he" from "she" in a verb or a possessive, and a system that reads sentence by sentence
guesses. What is known of those who are mentioned (given names, titles, kinship, surnames that were introduced with a
given name) is compared with the pronouns that follow, in three situations, the surest first:

- a reflexive that stresses a name: "Olena Koval himself";
- a new sentence that goes on with the words of the one who spoke in the last: "Olena Koval said … He added";
- a pronoun before which, in its paragraph and the one before, people of the other sex alone are spoken of.

Wherever anyone else could be meant (somebody of unknown sex, an unknown name, a pronoun in a quotation) it is silent.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from corrigenda.detectors.detector import Detector
from corrigenda.finding import Applicability, Correction, Severity
from corrigenda.languages import any_language
from corrigenda.names import lists, sexes
from corrigenda.rules.hit import Context, Hit, Nominee
from corrigenda.rules.rule import CompileResources, Rule

if TYPE_CHECKING:
    from corrigenda.documents.document import Document
    from corrigenda.languages.base import References
    from corrigenda.rules.check import Check
    from corrigenda.rules.hit import Sentence
    from corrigenda.rules.rule import CompiledRule
    from corrigenda.rules.structures import Place

_MOST_BLOCKS = 2000
"""Blocks of a document that are read: a longer one is a book, whose people are not those of an article."""
_MOST_MENTIONS = 200
"""Mentions before a pronoun, in its paragraph or its sentence, that are looked at."""
_BEFORE = 24
"""Code points before a name or noun in which what it depends on is looked for."""
_ASIDE = 80
"""Code points that an aside between a speaker and the verb may have."""
_SURE, _LIKELY = 0.9, 0.75
_OTHER = {"f": "m", "m": "f"}
_UNKNOWN = "?"
"""Somebody whose sex nothing tells."""


class PronounsKeys(TypedDict):
    """The keys of a check: none of its own."""


class _Mention(NamedTuple):
    """Somebody, or a pronoun, at `[start, end)` of a block's view.

    `sex` is "f", "m" or "?". A `firm` one is known by a full name, a title or a noun; a given name alone may be
    a town's. `free` says that it depends on no noun before it ("the mother of Jan Nowak" is not he), `quoted` that it
    stands in a quotation, `named` that it is a name.
    """

    start: int
    end: int
    text: str
    sex: str
    pronoun: bool = False
    firm: bool = True
    free: bool = True
    quoted: bool = False
    sentence: int = 0
    """Where its sentence starts."""
    named: bool = False


class Pronouns(Detector):
    """Pronouns of the wrong sex."""

    name = "pronouns"
    scope = "document"
    values = frozenset(("who",))
    options = PronounsKeys

    def compile_check(self, check: "Check", resources: CompileResources) -> list[Rule]:
        """Return the rule: documents with a pronoun of people."""
        return [Rule(structure=self.name)]

    def places(self, document: "Document", rule: "CompiledRule") -> Iterator["Place"]:
        """Yield a document that has such a pronoun."""
        if document.blocks and any_language(document.language).references.hint.search(document.readable):
            yield None, document.blocks[0].start, document.blocks[-1].end

    def confirm(self, nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
        """Read each nominated document from its start, with those who are mentioned in mind."""
        for nominee in nominees:
            yield from _Reading(nominee, context).hits()


@dataclass(slots=True)
class _Found:
    """A wrong pronoun, with who is meant and how sure that is."""

    mention: _Mention
    who: _Mention | None
    """None where a thing is meant."""
    confidence: float


class _Reading:
    """One document as it is read: who was mentioned in this paragraph and the last, and whose surname is whose."""

    def __init__(self, nominee: Nominee, context: Context) -> None:
        self._nominee = nominee
        self._context = context
        self._document = context.documents[nominee.document]
        self._known: References = any_language(self._document.language).references
        self._text = ""
        self._met: set[str] = set()
        self._pronouns = Counter(
            self._known.sexes[word.lower()]
            for word in re.findall(r"\b\w+\b", self._document.readable)
            if word.lower() in self._known.sexes
        )
        self._surnames: dict[str, str] = {}
        self._given: dict[str, str] = {}

    def hits(self) -> Iterator[Hit]:
        """Yield a hit for each wrong pronoun."""
        last: list[_Mention] = []
        for index in range(min(len(self._document.blocks), _MOST_BLOCKS)):
            block: list[_Mention] = []
            self._text = self._document.blocks[index].view.text
            spoke: _Mention | None = None
            for sentence in self._context.sentences(self._nominee.document, index):
                own = list(self._mentions(index, sentence))
                for found in self._wrong(sentence, own, block, last, spoke):
                    yield self._hit(index, found)
                yield from self._relatives(index, own)
                if not self._is_quoted(index, sentence):
                    spoke = self._speaker(sentence, own)
                self._met.update(other.sex for other in own if not other.pronoun and not other.quoted)
                block = [*block, *own][-_MOST_MENTIONS:]
            if block:
                last = block

    def _hit(self, index: int, found: _Found) -> Hit:
        view = self._document.blocks[index].view
        span = view.to_document(found.mention.start, found.mention.end)
        behind = view.text[found.mention.end : found.mention.end + 40]
        if found.who is None:
            repair = self._known.thing_of[found.mention.text]
            return Hit(
                check=self._nominee.rule.check,
                document=self._nominee.document,
                start=span.start,
                end=span.end,
                corrections=(Correction(repair, Applicability.UNSAFE),),
                message=self._known.thing_message,
                confidence=found.confidence,
            )
        repair = self._known.other(found.mention.text, behind)
        return Hit(
            check=self._nominee.rule.check,
            document=self._nominee.document,
            start=span.start,
            end=span.end,
            corrections=(Correction(repair, Applicability.UNSAFE),),
            values={"who": found.who.text},
            evidence={"antecedent": f"“{found.who.text}” is the nearest before it, and no one else is spoken of"},
            confidence=found.confidence,
            severity=Severity.WARNING if found.confidence >= _SURE else None,
        )

    def _relatives(self, index: int, own: Sequence[_Mention]) -> Iterator[Hit]:
        """Yield a hit for each relative pronoun of things that goes on about a person: "Jan Nowak, which works"."""
        for mention in own:
            if not (mention.named and mention.firm and mention.free) or mention.quoted or mention.sex == _UNKNOWN:
                continue
            found = self._known.thing_relative.match(self._text, mention.end)
            if found is None:
                continue
            span = self._document.blocks[index].view.to_document(*found.span(1))
            yield Hit(
                check=self._nominee.rule.check,
                document=self._nominee.document,
                start=span.start,
                end=span.end,
                corrections=(Correction(self._known.person_relative, Applicability.UNSAFE),),
                values={"who": mention.text},
                message=self._known.relative_message,
                confidence=_SURE,
                severity=Severity.WARNING,
            )

    def _wrong(
        self,
        sentence: "Sentence",
        own: Sequence[_Mention],
        block: Sequence[_Mention],
        last: Sequence[_Mention],
        spoke: _Mention | None,
    ) -> Iterator[_Found]:
        for number, mention in enumerate(own):
            if not mention.pronoun or mention.quoted:
                continue
            before = own[number - 1] if number else None
            if (
                mention.text in self._known.reflexives
                and before is not None
                and before.named
                and before.firm
                and before.end + 1 == mention.start
                and _opposite(before.sex, mention.sex)
            ):
                yield _Found(mention, before, _SURE)
                continue
            if (
                spoke is not None
                and not number
                and mention.start == sentence.start
                and _opposite(spoke.sex, mention.sex)
                and self._known.goes_on.match(sentence.text, mention.end - sentence.start)
            ):
                yield _Found(mention, spoke, _SURE)
                continue
            if self._of_organisation(mention, sentence, own, number, block, last):
                yield _Found(mention, None, _LIKELY)
                continue
            if (said := self._said(mention, sentence, spoke, _before(own, number), block)) is not None:
                yield _Found(mention, said, _LIKELY)
                continue
            who = (
                self._only_others(mention, own, number, block, last)
                or self._own_deed(mention, sentence, before, number)
                or self._alone(mention, own, number, block)
            )
            if who is not None:
                yield _Found(mention, who, _LIKELY)

    def _only_others(
        self,
        mention: _Mention,
        own: Sequence[_Mention],
        number: int,
        block: Sequence[_Mention],
        last: Sequence[_Mention],
    ) -> _Mention | None:
        """Return the nearest person before a pronoun, where all who could be meant are of the other sex; None where it
        may be right.

        In its paragraph nobody of its own sex may stand before it, and no unknown name; in its sentence and the one
        before nobody whose sex is unknown; in the paragraph before nobody of its own sex. Behind it the sentence may
        name whom it means ("In his diary Jan wrote"), unless it begins the sentence as its subject.
        """
        before = [*block, *_before(own, number)]
        named = [other for other in before if other.firm and not other.pronoun and not other.quoted]
        if not named or not _opposite(named[-1].sex, mention.sex):
            return None
        who = named[-1]
        near = (mention.sentence, block[-1].sentence if block else mention.sentence)
        if who.sentence not in near:
            return None
        for other in before:
            if other.sex == mention.sex:
                return None
            if other.sex == _UNKNOWN and other.sentence in near and not self._same(other, who):
                return None
        if any(other.sex == mention.sex and (other.pronoun or other.named) for other in last):
            return None
        subject = mention.start == mention.sentence and mention.text in self._known.subjects
        if not subject and any(
            not _opposite(other.sex, mention.sex) for other in own[number + 1 : number + _MOST_MENTIONS]
        ):
            return None
        return who

    def _of_organisation(
        self,
        mention: _Mention,
        sentence: "Sentence",
        own: Sequence[_Mention],
        number: int,
        block: Sequence[_Mention],
        last: Sequence[_Mention],
    ) -> bool:
        """Return whether a pronoun goes on with what a firm or an office said, and nobody else is spoken of:
        "The company said he would open a plant".
        """
        if mention.text not in self._known.thing_of:
            return False
        before = sentence.text[: mention.start - sentence.start]
        if not self._known.organisation_said.fullmatch(before):
            return False
        people = (
            other for other in (*last, *block, *_before(own, number)) if other.pronoun or other.named or other.firm
        )
        return not any(people)

    def _said(
        self,
        mention: _Mention,
        sentence: "Sentence",
        spoke: _Mention | None,
        before: Sequence[_Mention],
        block: Sequence[_Mention],
    ) -> _Mention | None:
        """Return who spoke before in the paragraph, where a pronoun with a verb of speaking follows a quotation."""
        if spoke is None or not _opposite(spoke.sex, mention.sex):
            return None
        at = mention.start - sentence.start
        if not self._known.after_quotation.search(sentence.text, 0, at):
            return None
        if not self._known.speech.match(sentence.text, mention.end - sentence.start):
            return None
        others = (other for other in (*block, *before) if not other.quoted and other.start > spoke.start)
        return None if any(not _opposite(other.sex, mention.sex) for other in others) else spoke

    def _own_deed(
        self, mention: _Mention, sentence: "Sentence", before: _Mention | None, number: int
    ) -> _Mention | None:
        """Return whose name begins a sentence that goes on with what one only does oneself: "won her first prize"."""
        if number != 1 or before is None or not before.firm or not _opposite(before.sex, mention.sex):
            return None
        between = sentence.text[before.end - sentence.start : mention.start - sentence.start]
        deed = before.start == sentence.start and self._known.own_deed.fullmatch(between) is not None
        behind = sentence.text[mention.end - sentence.start :]
        return before if deed and self._known.own_thing.match(behind) is not None else None

    def _alone(
        self, mention: _Mention, own: Sequence[_Mention], number: int, block: Sequence[_Mention]
    ) -> _Mention | None:
        """Return who is meant by a pronoun in a text that is about people of the other sex: nobody of its own sex was
        named before, and the text's pronouns are of the other one.
        """
        if mention.sex in self._met or self._pronouns[mention.sex] * 4 > self._pronouns[_OTHER[mention.sex]]:
            return None
        before = [other for other in (*block, *_before(own, number)) if not other.quoted]
        persons = [other for other in before if other.firm and not other.pronoun and other.sex != _UNKNOWN]
        near = (mention.sentence, block[-1].sentence if block else mention.sentence)
        if not persons or persons[-1].sentence not in near or not _opposite(persons[-1].sex, mention.sex):
            return None
        who = persons[-1]
        for other in before:
            doubtful = other.sex == _UNKNOWN and (other.start > who.start or other.sentence == mention.sentence)
            if doubtful and not self._same(other, who):
                return None
        return who

    def _same(self, noun: _Mention, who: _Mention) -> bool:
        """Return whether a noun of unknown sex only says what somebody is: "the teacher Olena", "Olena, a teacher"."""
        if noun.named:
            return False
        if noun.end < who.start:
            return noun.end + 1 == who.start
        return self._known.apposed.fullmatch(self._text, who.end, noun.start) is not None

    def _speaker(self, sentence: "Sentence", own: Sequence[_Mention]) -> _Mention | None:
        """Return who speaks in a sentence: the first of those before its verb of speaking who depends on nobody."""
        result: _Mention | None = None
        speakers: list[_Mention] = []
        for number, mention in enumerate(own):
            if mention.quoted:
                continue
            following = own[number + 1].start if number + 1 < len(own) else sentence.end
            speakers.append(mention)
            end = mention.end - sentence.start
            tail = sentence.text[end : following - sentence.start]
            if not self._known.speech.match(sentence.text, end) and not self._apposed(mention, tail):
                continue
            if result is not None:
                return None
            named = [
                other for other in speakers[-_MOST_MENTIONS:] if other.free and other.firm and other.sex != _UNKNOWN
            ]
            if not named or {other.sex for other in named} != {named[0].sex}:
                return None
            result = named[-1]
        return None if result is not None and result.pronoun else result

    def _is_quoted(self, index: int, sentence: "Sentence") -> bool:
        """Return whether all of a sentence stands in a quotation, so that who spoke goes on speaking."""
        view = self._document.blocks[index].view
        inner = sentence.text.strip('"”“»«.!?… ')
        start = sentence.start + sentence.text.find(inner)
        span = view.to_document(start, start + len(inner))
        return self._document.quotation_at(span.start, span.end) is not None

    def _apposed(self, mention: _Mention, tail: str) -> bool:
        """Return whether a verb of speaking stands behind a short aside: ", head of the school, said"."""
        head, comma, rest = tail.rpartition(",")
        aside = head.startswith(",") or (not mention.named and not mention.pronoun)
        return bool(comma) and aside and len(head) < _ASIDE and bool(self._known.speech.match(rest))

    def _mentions(self, index: int, sentence: "Sentence") -> Iterator[_Mention]:
        text, offset = sentence.text, sentence.start
        view = self._document.blocks[index].view
        for found in self._known.mention.finditer(text):
            start, end = offset + found.start(), offset + found.end()
            span = view.to_document(start, end)
            quoted = self._document.quotation_at(span.start, span.end) is not None
            before = text[max(0, found.start() - _BEFORE) : found.start()]
            free = self._known.of.search(before) is None
            kind = found.lastgroup or ""
            if kind == "pronoun":
                yield _Mention(
                    start, end, found[0], self._known.sexes[found[0].lower()], True, quoted=quoted, sentence=offset
                )
            elif kind == "name":
                named = self._named(found[0], start, first=found.start() == 0, before=before)
                if named is not None:
                    yield named._replace(free=free, quoted=quoted, sentence=offset, named=True)
            else:
                sex = {"woman": "f", "man": "m"}.get(kind, _UNKNOWN)
                yield _Mention(start, end, found[0], sex, free=free, quoted=quoted, sentence=offset)

    def _named(self, text: str, start: int, *, first: bool, before: str) -> _Mention | None:
        """Return the person that a name may be, None for a thing or a place."""
        words = text.split()
        titled = ""
        while words:
            word = words[0].rstrip(".")
            titled = titled or self._known.sexed_titles.get(word, "")
            small = first and lists.is_known_word(word) and not sexes.of_given_name(word)
            if not (word in self._known.leaders or word in self._known.sexed_titles or small):
                break
            first = False
            start += len(words[0]) + 1
            words.pop(0)
        if not words:
            return None
        name = " ".join(words)
        for ending in ("’s", "'s"):
            name = name.removesuffix(ending)
        words = name.split()
        end = start + len(name)
        if self._known.names_thing.search(name):
            return None
        sex = titled or self._sex(words)
        if sex:
            if len(words) > 1 or titled:
                self._surnames[words[-1]] = sex if self._surnames.get(words[-1], sex) == sex else _UNKNOWN
                self._given[words[0]] = sex
            firm = bool(len(words) > 1 or titled or words[0] in self._surnames or words[0] in self._given)
            return _Mention(start, end, name, sex, firm=firm)
        if len(words) > 1:
            self._surnames[words[-1]] = _UNKNOWN
        if all(lists.is_demonym(word) or word.isupper() for word in words):
            return None
        if len(words) == 1 and self._known.places_before.search(before):
            return None
        return _Mention(start, end, name, _UNKNOWN, firm=False)

    def _sex(self, words: Sequence[str]) -> str:
        if all(word.isupper() for word in words):
            return ""
        if len(words) == 1:
            known = self._surnames.get(words[0], "")
            return known or sexes.of_given_name(words[0])
        for word in words[:2]:
            if sex := sexes.of_given_name(word):
                return sex
        for word in words[1:]:
            if sex := sexes.of_other_name(word):
                return sex
        return ""


def _before(own: Sequence[_Mention], number: int) -> Sequence[_Mention]:
    """Return the mentions of a sentence before one of them."""
    return own[max(0, number - _MOST_MENTIONS) : number]


def _opposite(sex: str, other: str) -> bool:
    return {sex, other} == {"f", "m"}


DETECTOR = Pronouns()
