"""Who is let in to the child, and when."""

import threading
import time
from contextlib import AbstractContextManager

from corrigenda.engines.grammar.lingotweaker.turns import Turns
from tests.grammar.helpers import until


class Guest:
    """Somebody who comes for a turn, and stays until told to leave."""

    def __init__(self, turn: AbstractContextManager[None]) -> None:
        self.inside = False
        self._leave = threading.Event()
        self._thread = threading.Thread(target=self._visit, args=(turn,))
        self._thread.start()
        time.sleep(0.05)

    def _visit(self, turn: AbstractContextManager[None]) -> None:
        with turn:
            self.inside = True
            self._leave.wait(30)
            self.inside = False

    def enters(self) -> bool:
        return until(lambda: self.inside, 10)

    def leave(self) -> None:
        self._leave.set()
        self._thread.join(30)


def test_the_same_thing_together_another_one_afterwards() -> None:
    turns = Turns()
    one, two, other = Guest(turns.together("a")), Guest(turns.together("a")), Guest(turns.together("b"))
    assert one.enters() and two.enters() and not other.inside
    late = Guest(turns.together("a"))
    assert not late.inside, "who came later overtook"
    one.leave()
    assert not other.inside
    two.leave()
    assert other.enters() and not late.inside
    other.leave()
    assert late.enters()
    late.leave()


def test_alone_is_alone() -> None:
    turns = Turns()
    one, alone, second, late = (
        Guest(turns.together("a")),
        Guest(turns.alone()),
        Guest(turns.alone()),
        Guest(turns.together("a")),
    )
    assert one.enters() and not alone.inside
    one.leave()
    assert alone.enters() and not second.inside and not late.inside
    alone.leave()
    assert second.enters() and not late.inside
    second.leave()
    assert late.enters()
    late.leave()


def test_when_it_is_to_be_emptied_nobody_joins() -> None:
    turns = Turns()
    one = Guest(turns.together("a"))
    turns.empty()
    late = Guest(turns.together("a"))
    assert not late.inside
    one.leave()
    assert late.enters()
    third = Guest(turns.together("a"))
    assert third.enters()
    late.leave()
    third.leave()
