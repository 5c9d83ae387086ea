"""A tiny Llama of random weights, as files, and its arithmetic written out in numpy to compare with."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, pre_tokenizers

LAYERS, HIDDEN, HEADS, KV_HEADS, HEAD, WIDE, EPSILON, BASE = 2, 64, 4, 2, 16, 128, 1e-5, 10_000.0
WORDS = ["<|endoftext|>", "[UNK]", *"the a river bridge bank crossed closed is was by at in over slowly".split()]

Array = NDArray[np.float32]


def weights(seed: int = 7) -> dict[str, Array]:
    """Random weights by transformers' names."""
    random = np.random.default_rng(seed)

    def matrix(out: int, into: int) -> Array:
        return (random.standard_normal((out, into)) * into**-0.5).astype(np.float32)

    found = {
        "model.embed_tokens.weight": matrix(len(WORDS), HIDDEN) * 2,
        "model.norm.weight": np.ones(HIDDEN, dtype=np.float32),
    }
    for index in range(LAYERS):
        base = f"model.layers.{index}."
        found[f"{base}input_layernorm.weight"] = (1 + 0.1 * random.standard_normal(HIDDEN)).astype(np.float32)
        found[f"{base}post_attention_layernorm.weight"] = np.ones(HIDDEN, dtype=np.float32)
        for part, out in (("q", HIDDEN), ("k", KV_HEADS * HEAD), ("v", KV_HEADS * HEAD), ("o", HIDDEN)):
            found[f"{base}self_attn.{part}_proj.weight"] = matrix(out, HIDDEN)
        found[f"{base}mlp.gate_proj.weight"] = matrix(WIDE, HIDDEN)
        found[f"{base}mlp.up_proj.weight"] = matrix(WIDE, HIDDEN)
        found[f"{base}mlp.down_proj.weight"] = matrix(HIDDEN, WIDE)
    return found


def write_folder(folder: Path, tensors: dict[str, Array], dtype: str = "F32", **changes: Any) -> Path:
    """Write config.json, model.safetensors and tokenizer.json."""
    folder.mkdir(parents=True, exist_ok=True)
    config = {
        "model_type": "llama",
        "architectures": ["LlamaForCausalLM"],
        "num_hidden_layers": LAYERS,
        "hidden_size": HIDDEN,
        "num_attention_heads": HEADS,
        "num_key_value_heads": KV_HEADS,
        "intermediate_size": WIDE,
        "vocab_size": len(WORDS),
        "rms_norm_eps": EPSILON,
        "rope_theta": BASE,
        "max_position_embeddings": 512,
        "hidden_act": "silu",
        "tie_word_embeddings": True,
        "bos_token_id": 0,
        "eos_token_id": 0,
    } | changes
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    header: dict[str, Any] = {}
    body = b""
    for name, tensor in tensors.items():
        raw = _bytes(tensor, dtype)
        header[name] = {"dtype": dtype, "shape": list(tensor.shape), "data_offsets": [len(body), len(body) + len(raw)]}
        body += raw
    head = json.dumps(header).encode("utf-8")
    (folder / "model.safetensors").write_bytes(len(head).to_bytes(8, "little") + head + body)
    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()  # type: ignore[assignment]
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def _bytes(tensor: Array, dtype: str) -> bytes:
    if dtype == "BF16":
        return (tensor.view(np.uint32) >> 16).astype("<u2").tobytes()
    return tensor.astype("<f4" if dtype == "F32" else "<f2").tobytes()


def log_probabilities(tensors: dict[str, Array], ids: list[int]) -> Array:
    """Of each of `ids[1:]` given those before it, computed in float64 from the definition of the architecture."""
    w = {name: tensor.astype(np.float64) for name, tensor in tensors.items()}
    n = len(ids)

    def norm(x: NDArray[np.float64], name: str) -> NDArray[np.float64]:
        return x / np.sqrt((x * x).mean(-1, keepdims=True) + EPSILON) * w[name]

    angles = np.outer(np.arange(n), BASE ** (-np.arange(HEAD // 2) / (HEAD // 2)))
    cos, sin = np.cos(angles)[:, None], np.sin(angles)[:, None]

    def rotate(x: NDArray[np.float64]) -> NDArray[np.float64]:
        left, right = np.split(x, 2, axis=-1)
        return np.concatenate([left * cos - right * sin, right * cos + left * sin], axis=-1)

    x = w["model.embed_tokens.weight"][ids]
    for index in range(LAYERS):
        base = f"model.layers.{index}."
        y = norm(x, f"{base}input_layernorm.weight")
        q, k, v = (
            (y @ w[f"{base}self_attn.{part}_proj.weight"].T).reshape(n, heads, HEAD)
            for part, heads in (("q", HEADS), ("k", KV_HEADS), ("v", KV_HEADS))
        )
        q, k = rotate(q), rotate(k)
        k, v = (np.repeat(part, HEADS // KV_HEADS, axis=1) for part in (k, v))
        scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(HEAD)
        scores[:, np.triu(np.ones((n, n), dtype=bool), 1)] = -np.inf
        share = np.exp(scores - scores.max(-1, keepdims=True))
        share /= share.sum(-1, keepdims=True)
        attended = np.einsum("hqk,khd->qhd", share, v).reshape(n, HIDDEN)
        x = x + attended @ w[f"{base}self_attn.o_proj.weight"].T
        y = norm(x, f"{base}post_attention_layernorm.weight")
        gate, up = y @ w[f"{base}mlp.gate_proj.weight"].T, y @ w[f"{base}mlp.up_proj.weight"].T
        x = x + (gate / (1 + np.exp(-gate)) * up) @ w[f"{base}mlp.down_proj.weight"].T
    logits = norm(x, "model.norm.weight") @ w["model.embed_tokens.weight"].T
    logits -= np.log(np.exp(logits).sum(-1, keepdims=True))
    return logits[np.arange(n - 1), ids[1:]].astype(np.float32)
