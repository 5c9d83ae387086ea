"""The compiled index: what is in it, how it is kept, which checks run."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda import resources
from corrigenda.pipeline import compile as compiling
from corrigenda.pipeline import index, index_key
from corrigenda.rules.check import CheckError
from corrigenda.settings import is_on
from tests.conftest import HOUSE_TERM

SHIPPED = [
    path.relative_to(resources.folder("checks")).with_suffix("").as_posix()
    for path in sorted(resources.folder("checks").rglob("*.yaml"))
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "own" / "house" / "term.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(HOUSE_TERM, encoding="utf-8")
    return tmp_path / "own"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own, wherever the system keeps caches."""
    monkeypatch.setattr("corrigenda.storage.folders.cache", lambda: tmp_path / "cache")
    return tmp_path / "cache"


def test_every_rule_is_nominated_in_exactly_one_way() -> None:
    from corrigenda.rules.check import load_folder

    data = compiling.compile_checks(load_folder(resources.folder("checks")))
    assert [check["id"] for check in data["checks"]] == SHIPPED
    for rule in data["rules"]:
        ways = [bool(rule["literals"] or rule["adjoining"]), bool(rule["scan"]), bool(rule["structure"])]
        assert sum(ways) == 1, (data["checks"][rule["check"]]["id"], rule)


def test_literals_are_lower_case_words() -> None:
    for literal in index.load(enabled=["all"]).words:
        assert literal == literal.lower() and literal.strip() == literal and literal


def test_written_and_read_back(tmp_path: Path) -> None:
    target = tmp_path / "index.jsonl"
    assert compiling.write_compiled(target) == len(SHIPPED)
    assert json.loads(target.read_text(encoding="utf-8").split("\n")[0])["format"] == index_key.FORMAT
    first = target.read_bytes()
    compiling.write_compiled(target)
    assert target.read_bytes() == first


def test_own_folder_is_compiled_once_and_again_when_it_changes(folder: Path, cache: Path) -> None:
    loaded = index.load([folder])
    assert "house/term" in loaded.checks
    kept = set((cache / "checks").iterdir())
    index.load([folder])
    assert set((cache / "checks").iterdir()) == kept
    path = folder / "house" / "term.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("severity: warning", "severity: error"), encoding="utf-8")
    assert index.load([folder]).checks["house/term"].severity.value == "error"
    assert len(set((cache / "checks").iterdir())) == len(kept) + 1


def test_a_changed_module_or_list_makes_the_index_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in the files counts, not when they were written or how long they are."""
    package, corpora = tmp_path / "corrigenda", tmp_path / "corpora"
    for path, text in (
        (package / "rules" / "structures.py", "A = 1\n"),
        (corpora / "contrasts.jsonl", "{}\n"),
        (corpora / "lists" / "months.txt", "May\n"),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    checks = resources.folder("checks")
    monkeypatch.setattr(index_key, "_PACKAGE", package)
    monkeypatch.setattr(resources, "folder", lambda name: corpora if name == "corpora" else checks)
    keys = [index_key.key_of(tmp_path)]
    for path, text in (
        (package / "rules" / "structures.py", "A = 2\n"),
        (corpora / "contrasts.jsonl", "[]\n"),
        (corpora / "lists" / "months.txt", "Jan\n"),
    ):
        status = path.stat()
        path.write_text(text, encoding="utf-8")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        keys.append(index_key.key_of(tmp_path))
    assert len(set(keys)) == 4
    (package / "rules" / "structures.py").touch()
    assert index_key.key_of(tmp_path) == keys[-1]


def test_the_key_names_every_file_that_compiling_reads() -> None:
    """In a process of its own, since what listens to opened files cannot be taken away again."""
    program = (
        "import json, sys\n"
        "from pathlib import Path\n"
        "from corrigenda import resources\n"
        "corpora, seen = str(resources.folder('corpora')), set()\n"
        "def hook(event, arguments):\n"
        "    if event == 'open' and str(arguments[0]).startswith(corpora):\n"
        "        seen.add(Path(arguments[0]).relative_to(corpora).parts[0])\n"
        "sys.addaudithook(hook)\n"
        "from corrigenda.pipeline.compile import compile_checks\n"
        "from corrigenda.rules.check import load_folder\n"
        "compile_checks(load_folder(resources.folder('checks')))\n"
        "print(json.dumps(sorted(seen)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=True)
    assert json.loads(done.stdout) == sorted(index_key.CORPORA)


def test_a_damaged_cache_is_made_anew(folder: Path, cache: Path) -> None:
    index.load([folder])
    for path in (cache / "checks").iterdir():
        path.write_text('{"format": 1, "checks": [', encoding="utf-8")
    assert "house/term" in index.load([folder]).checks


def test_a_cache_that_cannot_be_written_costs_time_alone(folder: Path, cache: Path) -> None:
    cache.write_text("a file where the folder would be", encoding="utf-8")
    assert "house/term" in index.load([folder]).checks


def test_a_missing_folder_and_a_second_check_of_one_name(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(CheckError, match="no such folder"):
        index.load([tmp_path / "nowhere"])
    other = tmp_path / "other" / "house"
    other.mkdir(parents=True)
    (other / "term.yaml").write_text(HOUSE_TERM, encoding="utf-8")
    with pytest.raises(CheckError, match="two checks have the id 'house/term'"):
        index.load([folder, tmp_path / "other"])


@pytest.mark.parametrize(
    ("default", "disabled", "enabled", "expected"),
    [
        (True, [], [], True),
        (False, [], [], False),
        (True, ["names"], [], False),
        (True, ["names"], ["names/mixed"], True),
        (True, ["names/mixed"], ["names"], False),
        (False, [], ["names"], True),
        (True, ["all"], ["names"], True),
        (True, ["all"], [], False),
        (True, ["names"], ["names"], False),
        (True, ["nam"], [], True),
    ],
)
def test_the_most_exact_name_decides_whether_a_check_runs(
    default: bool, disabled: list[str], enabled: list[str], expected: bool
) -> None:
    assert is_on("names/mixed", default, disabled, enabled) is expected


def test_rules_of_checks_that_are_off_are_left_out() -> None:
    loaded = index.load(disabled=["all"])
    assert loaded.rules == [] and not loaded.literals and not loaded.scans and not loaded.structures
    assert len(loaded.checks) == len(SHIPPED)


def test_files_that_begin_with_a_dot_or_a_line_are_no_checks(folder: Path) -> None:
    for name in ("_draft.yaml", ".hidden.yaml"):
        (folder / "house" / name).write_text("nothing: here", encoding="utf-8")
    assert "house/term" in index.load([folder]).checks
    assert "house/_draft" not in index.load([folder]).checks


def test_a_short_text_is_nominated_as_a_long_one(monkeypatch: pytest.MonkeyPatch) -> None:
    from corrigenda.documents import registry
    from corrigenda.pipeline import nominate

    everything = index.load(enabled=["all"])
    samples = sorted((resources.folder("corpora") / "samples").glob("*.md"))
    texts = [path.read_text(encoding="utf-8") for path in samples]
    texts += ["a", "of", "\n", " ".join(sorted(everything.literals)[:500])]
    documents = [registry.read_bytes(text.encode(), f"{n}.md", "markdown") for n, text in enumerate(texts)]
    short = [nominate.Nominator(everything).nominate(0, document) for document in documents]
    monkeypatch.setattr(nominate, "_LITTLE", 0)
    assert [nominate.Nominator(everything).nominate(0, document) for document in documents] == short
    assert sum(map(len, short)) > 100


@given(st.sets(st.text("abcdef", min_size=3, max_size=6), min_size=2, max_size=7), st.floats(0.1, 1.0), st.data())
def test_a_block_with_enough_of_an_exemplar_is_looked_at(stems: set[str], share: float, data: st.DataObject) -> None:
    from corrigenda.detectors import nearest

    there = data.draw(st.sets(st.sampled_from(sorted(stems))))
    if len(there) >= nearest._least(len(stems), share):
        assert all(there & set(strings) for strings in nearest._beside(sorted(stems), share))
