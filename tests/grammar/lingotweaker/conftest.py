"""LingoTweaker itself; and engines in its place that do what it does on no known text: crash, hang, talk nonsense."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corrigenda.engines.grammar.backend import Options
from corrigenda.engines.grammar.lingotweaker import package
from corrigenda.engines.grammar.lingotweaker.backend import LingoTweaker
from corrigenda.engines.grammar.lingotweaker.package import Package
from tests.conftest import absent

Standing = Callable[..., LingoTweaker]

_STAND_IN = """
import json, os, sys, time

class Panic(BaseException):
    pass

class Engine:
    def __init__(self, lang, **options):
        self.variant = options["variant"]

    def check_json(self, text):
        if "CRASH" in text:
            os.abort()
        if "HANG" in text:
            time.sleep(600)
        if "PANIC" in text:
            raise Panic("at the disco")
        if "MEMORY" in text:
            kept = bytearray(4_000_000_000)
        if "GROW" in text:
            self.kept = bytearray(os.urandom(1)) * 480_000_000
        if "WRONG" in text:
            return '{"matches": [{"range": "none"}]}'
        print("a library that prints")
        sys.stdout.flush()
        place = {"start": 0, "end": len(text.encode())}
        match = {"rule_id": "ALL", "category_id": "GRAMMAR", "issue_type": "grammar", "message": self.variant,
                 "range": place, "suggestions": []}
        return json.dumps({"matches": [match]})
"""


@pytest.fixture(scope="session")
def real() -> Package:
    """The installed LingoTweaker."""
    found = package.find()
    return found if found is not None else absent("LingoTweaker is not installed: pip install 'corrigenda[grammar]'")


@pytest.fixture(scope="module")
def backend(real: Package) -> Iterator[LingoTweaker]:
    """LingoTweaker with two threads, for the tests that only ask."""
    backend = LingoTweaker(Options(threads=2))
    yield backend
    backend.close()


@pytest.fixture
def standing_in(tmp_path: Path) -> Iterator[Standing]:
    """Makes backends whose engine is the one above, or the module that is given."""
    made: list[LingoTweaker] = []

    def make(options: Options | None = None, module: str = _STAND_IN, load_seconds: float = 60.0) -> LingoTweaker:
        folder = tmp_path / f"packages{len(made)}"
        (folder / "lt_py").mkdir(parents=True)
        (folder / "lt_py" / "__init__.py").write_text(module, encoding="utf-8")
        found = Package((str(folder),), str(folder), "stand-in 1")
        made.append(LingoTweaker(options or Options(threads=2), load_seconds=load_seconds, find=lambda: found))
        return made[-1]

    yield make
    for backend in made:
        backend.close()
