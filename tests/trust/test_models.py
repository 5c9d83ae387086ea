"""Models bring weights and settings, and no code; names are of what is installed, and nothing is imported to see."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corrigenda.engines.light_import import pipeline_folder
from corrigenda.engines.models import store
from corrigenda.engines.models.about import ModelError, ModelMissingError
from corrigenda.engines.models.embeddings import load
from corrigenda.engines.models.harmless import refuse_code
from corrigenda.engines.models.installation import install
from corrigenda.engines.spacy import Spacy


@pytest.mark.parametrize("name", ["antigravity", "antigravity.x", "pip", "a/b", "../pipeline", "", "shadow"])
def test_a_name_that_is_no_pipeline_is_not_imported(tmp_path: Path, name: str) -> None:
    (tmp_path / "shadow").mkdir()  # a folder of that name in the current one
    (tmp_path / "shadow" / "meta.json").write_text("{}", encoding="utf-8")
    program = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from corrigenda.engines.spacy import Spacy\n"
        f"engine = Spacy({name!r}, language='en')\n"
        f"assert engine.available() is {not name!r}, engine.status()\n"
        f"assert {not name!r} or engine.identity() == 'absent'\n"
        "assert 'antigravity' not in sys.modules and 'pip' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], cwd=tmp_path, env=dict(os.environ), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_a_folder_is_named_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert pipeline_folder(Spacy().pipeline) is not None
    folder = tmp_path / "pipeline"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    assert pipeline_folder("pipeline") is None
    assert pipeline_folder("./pipeline") == Path("pipeline") and pipeline_folder(str(folder)) == folder
    (folder / "modules.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ModelMissingError):
        store.find("pipeline")
    assert store.find("./pipeline").kind == "embeddings"


HOSTILE: dict[str, tuple[str, Any, str]] = {
    "a program": ("modeling.py", "raise SystemExit", "modeling.py can hold code"),
    "a pickle": ("1_Dense/pytorch_model.bin", "", "1_Dense/pytorch_model.bin can hold code"),
    "a class of the model's": ("modules.json", [{"type": "custom_st.Transformer"}], "type = custom_st.Transformer"),
    "a class of Python's": ("1_Dense/config.json", {"activation_function": "antigravity.x"}, "activation_function"),
    "code by a map": ("config.json", {"auto_map": {"AutoModel": "modeling.Model"}}, "auto_map"),
    "no JSON": ("config.json", "[" * 100_000, "cannot be read"),
}


def hostile(folder: Path, name: str, content: Any) -> Path:
    modules = [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}]
    folder.mkdir()
    (folder / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return folder


@pytest.mark.parametrize("what", HOSTILE)
def test_a_model_with_code_is_refused(tmp_path: Path, what: str) -> None:
    name, content, said = HOSTILE[what]
    folder = hostile(tmp_path / "model", name, content)
    with pytest.raises(ModelError) as raised:
        refuse_code(folder)
    assert said in str(raised.value) and "\n" not in str(raised.value)


@pytest.mark.parametrize("what", ["a program", "a class of Python's"])
def test_it_is_refused_before_a_library_sees_it(tmp_path: Path, what: str) -> None:
    name, content, said = HOSTILE[what]
    with pytest.raises(ModelError) as raised:
        load(str(hostile(tmp_path / "model", name, content))).encode(["text"])
    assert said in str(raised.value)


def test_an_installation_leaves_code_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORRIGENDA_MODELS", str(tmp_path / "models"))
    folder = hostile(tmp_path / "model", "modeling.py", "raise SystemExit")
    installed = install(folder, name="mine")
    assert sorted(installed.files) == ["modules.json"]
    with pytest.raises(ModelError, match="auto_map"):
        install(hostile(tmp_path / "other", *HOSTILE["code by a map"][:2]), name="other")
    assert not (tmp_path / "models" / "other").exists()
