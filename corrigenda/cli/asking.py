"""The dialogue of `corrigenda fix --interactive`: one finding after the other, with the keys of the HTML report."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import click

from corrigenda.cli.printing import say, say_marked
from corrigenda.documents.document import Document
from corrigenda.documents.edits import widened
from corrigenda.documents.parts import Edit
from corrigenda.documents.registry import spelled
from corrigenda.finding import Finding
from corrigenda.fixes.decisions import Rejected
from corrigenda.languages import any_language
from corrigenda.reporting.base import advice, plural, theme, usable

HELP = """\
  1 to 9   put that one in          a   put the first one in
  e        write your own text      r   reject: the words are right as they stand (you may say why)
  A, R     accept or reject all like this: the same name, or else the same check in this file
  n, p     next, previous finding   u   undo the last decision in this file
  s        skip the rest of this file
  q        end; what you decided so far is kept"""
_CONTEXT = 400
"""Most characters shown on each side: a whole sentence, and no more of what is none."""


class Decided(NamedTuple):
    """What was decided about a finding: the text to put in, None where it was rejected, and then perhaps why."""

    text: str | None
    reason: str = ""


Name = tuple[str, str]
"""What makes two findings those of one name: the theme of their check, and the words."""
Standing = dict[Name, Decided]
"""What was decided about all of one name, for the files that come later."""


class Outcome(NamedTuple):
    """What was decided in one file, and whether the next one is to be asked about."""

    edits: list[Edit]
    rejected: list[Rejected]
    more: bool


def ask(document: Document, findings: Sequence[Finding], standing: Standing) -> Outcome:
    """Ask about the findings of a document that somebody can decide; `standing` takes what holds for later files."""
    talk = _Talk(document, list(findings), standing)
    more = talk.run()
    return Outcome(talk.edits(), talk.rejected(), more)


class _Talk:
    def __init__(self, document: Document, findings: list[Finding], standing: Standing) -> None:
        self.document = document
        self.findings = findings
        self.standing = standing
        self.decided: dict[int, Decided] = {}
        self.history: list[list[int]] = []
        self.at = 0

    def run(self) -> bool:
        """Ask until all is decided or left; return False where the person wants no more files."""
        self._decide_as_before()
        while (number := self._open(range(self.at, len(self.findings)))) is not None:
            self.at = number
            self._show()
            try:
                answer = click.prompt(self._question(), default="n", show_default=False).strip()
                if answer in ("q", "Q", "quit"):
                    return False
                if answer in ("s", "S"):
                    return True
                self._answer(answer)
            except click.Abort:  # Ctrl-C or Ctrl-D: what was decided so far is kept
                say()
                return False
        return True

    def edits(self) -> list[Edit]:
        """Return the edits that were decided, in the document's order."""
        chosen = ((self.findings[number], decided.text) for number, decided in self.decided.items())
        plain = [Edit(finding.start, finding.end, text) for finding, text in chosen if text is not None]
        edits: list[Edit] = []
        for edit in sorted(plain, key=lambda edit: (edit.start, edit.end)):
            wide = widened(self.document.text, edit)
            edits.append(spelled(self.document, edit if edits and wide.start < edits[-1].end else wide))
        return edits

    def rejected(self) -> list[Rejected]:
        """Return what was rejected, in the document's order."""
        return [
            Rejected.of(self.findings[number], decided.reason)
            for number, decided in sorted(self.decided.items())
            if decided.text is None
        ]

    def _decide_as_before(self) -> None:
        alike = [
            (number, self.standing[name])
            for number, finding in enumerate(self.findings)
            if (name := _name(finding)) in self.standing
        ]
        done = [number for number, decided in alike if self._take(number, decided)]
        if done:
            self.history.append(done)
            say(f"{self.document.path}: {plural(len(done), 'finding')} decided as before; u undoes it.")

    def _take(self, number: int, decided: Decided) -> bool:
        """Take a decision about a finding; return whether it could be taken."""
        finding = self.findings[number]
        if number in self.decided or (decided.text is not None and self._collides(finding)):
            return False
        if decided.text is not None and decided.text not in self._choices(finding):
            return False
        self.decided[number] = decided
        return True

    def _choices(self, finding: Finding) -> list[str]:
        return [correction.text for correction in usable(finding)][:9]

    def _collides(self, finding: Finding) -> bool:
        taken = (self.findings[number] for number, decided in self.decided.items() if decided.text is not None)
        return any(finding.start < other.end and other.start < finding.end for other in taken)

    def _open(self, numbers: range) -> int | None:
        """Return the first of some findings that is still to be decided."""
        return next((n for n in numbers if n not in self.decided and not self._collides(self.findings[n])), None)

    def _show(self) -> None:
        finding = self.findings[self.at]
        before, after = _around(self.document, finding)
        say()
        place = f"{self.document.path}:{finding.place}"
        say(f"{place}  {finding.severity.value}  {finding.check}  ({self.at + 1} of {len(self.findings)})")
        say(f"  {finding.message}")
        for line in advice(finding):
            say(f"  Advice: {line}")
        _show("-", before, finding.quote, after, "red")
        for position, choice in enumerate(self._choices(finding), 1):
            _show(str(position), before, choice, after, "green")

    def _question(self) -> str:
        choices = self._choices(self.findings[self.at])
        keys = [*map(str, range(1, len(choices) + 1)), *("aA" if choices else ""), *"erRnpusq?"]
        return f"  {'Put in which?' if choices else 'What is to be done?'} [{'/'.join(keys)}]"

    def _answer(self, answer: str) -> None:
        actions: dict[str, Callable[[], None]] = {
            "a": lambda: self._accept(1),
            "y": lambda: self._accept(1),
            "A": self._accept_all,
            "r": self._reject,
            "R": self._reject_all,
            "e": self._own_text,
            "n": self._next,
            "N": self._next,
            "no": self._next,
            "yes": lambda: self._accept(1),
            "p": self._previous,
            "u": self._undo,
        }
        if answer in actions:
            actions[answer]()
        elif answer.isascii() and answer.isdigit() and 1 <= int(answer) <= len(self._choices(self.findings[self.at])):
            self._accept(int(answer))
        else:
            for line in HELP.split("\n"):
                say(line)

    def _accept(self, position: int) -> None:
        choices = self._choices(self.findings[self.at])
        if not choices:
            say("  There is no correction to put in; e writes your own text.")
            return
        self._decide([self.at], Decided(choices[position - 1]))

    def _decide(self, numbers: Sequence[int], decided: Decided) -> None:
        for number in numbers:
            self.decided[number] = decided
        self.history.append(list(numbers))

    def _alike(self) -> list[int]:
        """Return the open findings of the same name, or else of the same check, this one first."""
        own = self.findings[self.at]
        name = _name(own)
        others = [
            number
            for number, finding in enumerate(self.findings)
            if number != self.at and number not in self.decided
            if (_name(finding) == name if name is not None else finding.check == own.check)
        ]
        return [self.at, *others]

    def _accept_all(self) -> None:
        own = self.findings[self.at]
        choices = self._choices(own)
        if not choices:
            say("  There is no correction to put in; e writes your own text.")
            return
        name = _name(own)
        done = []
        for number in self._alike():
            mine = self._choices(self.findings[number])
            if mine and self._take(number, Decided(choices[0] if name is not None else mine[0])):
                done.append(number)
        self.history.append(done)
        if name is not None:
            self.standing[name] = Decided(choices[0])
        say(f"  {plural(len(done), 'correction')} accepted.")

    def _reject(self) -> None:
        self._decide([self.at], Decided(None, _reason()))

    def _reject_all(self) -> None:
        numbers = self._alike()
        decided = Decided(None, _reason())
        self._decide(numbers, decided)
        name = _name(self.findings[self.at])
        if name is not None:
            self.standing[name] = decided
        say(f"  {plural(len(numbers), 'finding')} rejected.")

    def _own_text(self) -> None:
        text = click.prompt("  Your text (Enter alone: go back)", default="", show_default=False)
        if text.strip():
            self._decide([self.at], Decided(text))

    def _next(self) -> None:
        self.at += 1

    def _previous(self) -> None:
        before = self._open(range(self.at - 1, -1, -1))
        if before is None:
            say("  There is no open finding before this one in the file; u undoes a decision.")
        else:
            self.at = before

    def _undo(self) -> None:
        if not self.history:
            say("  Nothing is decided in this file yet.")
            return
        numbers = self.history.pop()
        for number in numbers:
            del self.decided[number]
            self.standing.pop(_name(self.findings[number]) or ("", ""), None)
        self.at = min(numbers, default=self.at)


def _name(finding: Finding) -> Name | None:
    return (theme(finding.check), finding.quote) if finding.variants else None


def _reason() -> str:
    said: str = click.prompt("  Why is it right? (Enter: no reason)", default="", show_default=False)
    return " ".join(said.split())


def _show(mark: str, before: str, text: str, after: str, color: str) -> None:
    say_marked(f"  {mark} {before}", " ".join(text.split()) if text.strip() else text, after, color)


def _around(document: Document, finding: Finding) -> tuple[str, str]:
    """Return what stands before and after a finding in its sentence, each on one line."""
    text = document.text
    number = document.block_at(finding.start)
    low, high = 0, len(text)
    if number is not None:
        block = document.blocks[number]
        low, high = block.start, block.end
        at, to = block.view.from_document(finding.start), block.view.from_document(finding.end)
        spans = [
            (start, end)
            for start, end in any_language(document.language).sentences(block.view.text)
            if start < max(to, at + 1) and end > at
        ]
        if spans:
            whole = block.view.to_document(spans[0][0], spans[-1][1])
            low, high = min(whole.start, finding.start), max(whole.end, finding.end)
    start = max(low, finding.start - _CONTEXT)
    end = min(high, finding.end + _CONTEXT)
    before = ("…" if start > low else "") + _folded(text[start : finding.start]).lstrip()
    after = _folded(text[finding.end : end]).rstrip() + ("…" if end < high else "")
    return before, after


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)
