"""What LingoTweaker says through its child process: the rules, the places, the options, and what it never imports."""

import sys
import threading
from pathlib import Path

import psutil
import pytest

from corrigenda.engines.grammar.backend import Options
from corrigenda.engines.grammar.errors import RefusedError, UnavailableError
from corrigenda.engines.grammar.lingotweaker import package
from corrigenda.engines.grammar.lingotweaker.backend import LONGEST, LingoTweaker
from corrigenda.engines.grammar.lingotweaker.package import Package
from corrigenda.engines.grammar.pieces import Batch, Part
from tests.grammar.lingotweaker.conftest import Standing
from tests.grammar.lingotweaker.helpers import batch, gone, marked, piece, rules

HOSTILE = "import pathlib; pathlib.Path(r'{}').write_text('was here')\n"


def test_errors_are_found_at_their_characters(backend: LingoTweaker) -> None:
    item = piece(
        "👩‍👩‍👧 cafe\u0301 שלום — the ",
        Part("**", markup=True),
        "gover",
        Part("_", markup=True),
        "ment. I can heard you.",
    )
    assert marked(backend, item) == {"MORFOLOGIK_RULE_EN_US": ["gover_ment"], "MD_BASEFORM": ["heard"]}


def test_it_says_what_languagetool_says(backend: LingoTweaker) -> None:
    ((match,),) = backend.ask(batch("I can heard you."))
    assert (match.rule, match.category, match.kind) == ("MD_BASEFORM", "GRAMMAR", "grammar")
    assert match.message == "The modal verb ‘can’ requires the verb’s base form."
    assert match.replacements == ("hear",)
    ((match,),) = backend.ask(batch("It was an university."))
    assert match.message.startswith("Use “a” instead of ‘an’")


def test_each_variant_has_its_own_speller(backend: LingoTweaker) -> None:
    texts = ("The color of the car.", "The colour of the car.")
    assert rules(backend.ask(batch(*texts, variant="en-GB"))) == [["MORFOLOGIK_RULE_EN_GB"], []]
    assert rules(backend.ask(batch(*texts, variant="en-US"))) == [[], ["MORFOLOGIK_RULE_EN_US"]]


def test_variants_may_be_asked_about_at_once(backend: LingoTweaker) -> None:
    found: dict[int, list[list[str]]] = {}

    def ask(number: int) -> None:
        variant = ("en-US", "en-GB")[number % 2]
        found[number] = rules(backend.ask(batch("The color of it.", "The colour of it.", variant=variant)))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    british, american = [["MORFOLOGIK_RULE_EN_GB"], []], [[], ["MORFOLOGIK_RULE_EN_US"]]
    assert [found[number] for number in range(4)] == [american, british] * 2


def test_rules_that_look_beyond_a_paragraph_are_silent(backend: LingoTweaker) -> None:
    text = "he said “stop. He went. He came.  He saw. (It was so. Never"
    assert rules(backend.ask(batch(text, "it", "it"))) == [[], [], []]


def test_rules_and_categories_can_be_switched_off(real: Package) -> None:
    text = "I can heard , the goverment."
    assert sorted(rules(_asked(Options(), text))[0]) == [
        "COMMA_PARENTHESIS_WHITESPACE",
        "MD_BASEFORM",
        "MORFOLOGIK_RULE_EN_US",
    ]
    # LingoTweaker itself does not let the comma's rule be switched off.
    off = Options(disabled_rules=("COMMA_PARENTHESIS_WHITESPACE",), disabled_categories=("TYPOS",))
    assert rules(_asked(off, text)) == [["MD_BASEFORM"]]


def test_picky_rules_are_asked_when_wanted(real: Package) -> None:
    text = "The house is 25km from the road."
    assert rules(_asked(Options(), text)) == [[]]
    assert rules(_asked(Options(picky=True), text)) == [["UNIT_SPACE"]]


def test_nothing_is_started_before_the_first_paragraph(real: Package) -> None:
    backend = LingoTweaker(Options())
    assert backend.version() == real.version
    assert "lingotweaker " in real.version and "lingotweaker-data-en " in real.version
    assert backend.ask(Batch("en-US", ())) == []
    assert backend.pid is None
    backend.close()


def test_the_engine_is_never_imported_here(backend: LingoTweaker) -> None:
    backend.ask(batch("A word."))
    assert "lt_py" not in sys.modules and "lingotweaker_data_en" not in sys.modules


def test_it_ends_with_the_backend(real: Package) -> None:
    backend = LingoTweaker(Options())
    backend.ask(batch("A word."))
    pid = backend.pid
    backend.close()
    assert pid is not None and gone(pid)


def test_a_paragraph_beyond_all_measure_is_refused(backend: LingoTweaker) -> None:
    backend.ask(batch("A word."))
    pid = backend.pid
    with pytest.raises(RefusedError, match="too long"):
        backend.ask(batch("word " * LONGEST))
    assert backend.pid == pid


def test_nothing_in_the_current_folder_is_imported_or_read(
    real: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trace = tmp_path / "trace"
    folder = tmp_path / "cloned"
    for name in ("lt_py", "lingotweaker_data_en", "json", "threading", "encodings", "sitecustomize", "usercustomize"):
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text(HOSTILE.format(trace), encoding="utf-8")
    for name in ("lingotweaker-99.dist-info", "lingotweaker_data_en-99.dist-info", "lingotweaker_data_en/data"):
        (folder / name).mkdir()
    monkeypatch.chdir(folder)
    # As `python -m` does.
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("LT_DATA_DIR", str(folder))
    backend = LingoTweaker(Options())
    assert backend.version() == real.version
    assert rules(backend.ask(batch("I can heard you."))) == [["MD_BASEFORM"]]
    assert not trace.exists()
    process = psutil.Process(backend.pid)
    assert Path(process.cwd()) == Path(real.data)
    backend.close()


def test_where_it_is_not_installed_one_line_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not package.installed("xx")
    backend = LingoTweaker(Options(), find=lambda: None)
    with pytest.raises(UnavailableError, match="not installed") as caught:
        backend.version()
    assert caught.value.absent
    with pytest.raises(UnavailableError, match="not installed"):
        backend.ask(batch("A word."))


def test_what_cannot_be_imported_is_one_line(standing_in: Standing) -> None:
    backend = standing_in(module="raise ImportError('GLIBC_9.9 not found')")
    with pytest.raises(UnavailableError, match=r"cannot be used: ImportError: GLIBC_9\.9 not found"):
        backend.ask(batch("A word."))
    assert backend.failed is not None
    with pytest.raises(UnavailableError, match="GLIBC"):
        backend.ask(batch("Another word."))


def test_what_a_library_prints_is_no_answer(standing_in: Standing) -> None:
    assert rules(standing_in().ask(batch("one", "two"))) == [["ALL"], ["ALL"]]


def _asked(options: Options, text: str) -> list[list]:
    backend = LingoTweaker(options)
    try:
        return backend.ask(batch(text))
    finally:
        backend.close()
