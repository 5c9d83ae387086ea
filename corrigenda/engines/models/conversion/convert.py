"""Turn the weights of a causal language model, from a GGUF file or a folder, into graphs for ONNX Runtime.

Done once, when a model is installed; torch and transformers are not needed. What is converted is the Llama family
without scaled positions; other models are left to torch.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from gguf import GGUFReader, dequantize
from numpy.typing import NDArray

from corrigenda.engines.models.about import ModelError
from corrigenda.engines.models.conversion import llama_graph
from corrigenda.engines.models.conversion.llama_graph import FourBits, Shape

TOKENIZER = "tokenizer.json"

# What is scored fits many times over; positions beyond are not prepared.
_POSITIONS = 2048
_FAMILY = ("llama", "mistral", "qwen2")
_CONTROL = 3  # the token type of control tokens in GGUF

# How each tokenizer splits text before its merges, by the name GGUF gives it ("tokenizer.ggml.pre").
# Source: the tokenizer.json files of the models, and llama.cpp's src/llama-vocab.cpp, which names them.
_BYTE_LEVEL = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
_BYTES_ONLY = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": False, "use_regex": False}
_LLAMA3 = "|".join(
    (
        r"(?i:'s|'t|'re|'ve|'m|'ll|'d)",
        r"[^\r\n\p{L}\p{N}]?\p{L}+",
        r"\p{N}{1,3}",
        r" ?[^\s\p{L}\p{N}]+[\r\n]*",
        r"\s*[\r\n]+",
        r"\s+(?!\S)",
        r"\s+",
    )
)


def _split(pattern: str) -> dict[str, Any]:
    return {"type": "Split", "pattern": {"Regex": pattern}, "behavior": "Isolated", "invert": False}


_SPLITTERS: dict[str, list[dict[str, Any]]] = {
    "gpt-2": [_BYTE_LEVEL],
    "default": [_BYTE_LEVEL],
    "smollm": [{"type": "Digits", "individual_digits": True}, _BYTE_LEVEL],
    "llama-bpe": [_split(_LLAMA3), _BYTES_ONLY],
    "qwen2": [_split(_LLAMA3.replace("{1,3}", "")), _BYTES_ONLY],
}


def gguf(path: Path, out: Path) -> dict[str, Any]:
    """Convert a GGUF file into `out` and return the settings its runtime needs.

    Raises ModelError for a file that is no GGUF, is not of the Llama family, or has an unknown tokenizer.
    """
    try:
        reader = GGUFReader(path)
        fields = {
            name: field.contents() for name, field in reader.fields.items() if not name.startswith("tokenizer.chat")
        }
        tensors = {tensor.name: tensor for tensor in reader.tensors}
    except Exception as error:  # noqa: BLE001 - a broken file breaks the reader in many ways
        raise ModelError(f"{path} cannot be read as GGUF ({error})") from None

    def weights(name: str) -> NDArray[np.float32] | None:
        tensor = tensors.get(name)
        if tensor is None:
            return None
        return np.asarray(dequantize(tensor.data, tensor.tensor_type), dtype=np.float32)

    def four_bits(name: str) -> FourBits | None:
        tensor = tensors.get(name)
        return None if tensor is None else _four_bits(tensor.data, tensor.tensor_type.name)

    kind = str(fields.get("general.architecture"))
    if kind not in _FAMILY:
        raise ModelError(f"{path} holds a model of the kind {kind}; only {', '.join(_FAMILY)} are run from GGUF")
    try:
        heads = int(fields[f"{kind}.attention.head_count"])
        hidden = int(fields[f"{kind}.embedding_length"])
        if any(name.startswith(f"{kind}.rope.scaling") for name in fields) or "rope_freqs.weight" in tensors:
            raise ModelError(f"{path} scales its positions, which is not supported; install it as a folder for torch")
        tokens = [str(token) for token in fields["tokenizer.ggml.tokens"]]
        shape = Shape(
            layers=int(fields[f"{kind}.block_count"]),
            hidden=hidden,
            heads=heads,
            kv_heads=int(fields.get(f"{kind}.attention.head_count_kv", heads)),
            head_size=int(fields.get(f"{kind}.rope.dimension_count", hidden // heads)),
            feed_forward=int(fields[f"{kind}.feed_forward_length"]),
            vocabulary=len(tokens),
            epsilon=float(fields[f"{kind}.attention.layer_norm_rms_epsilon"]),
            rope_base=float(fields.get(f"{kind}.rope.freq_base", 10_000.0)),
            # llama.cpp's converter reorders the rows of llama and mistral for rotation by neighbours.
            interleaved=kind != "qwen2",
            positions=min(_POSITIONS, int(fields[f"{kind}.context_length"])),
        )
        _write(shape, weights, out, path, four_bits)
        _gguf_tokenizer(fields, tokens, out, path)
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path} cannot be converted ({error})") from None
    settings = _settings(shape, _start_token(tokens, fields), four_bits)
    settings["licence"] = str(fields.get("general.license", ""))
    return settings


def _four_bits(rows: NDArray[np.uint8], kind: str) -> FourBits | None:
    """The blocks of a matrix in one of GGUF's plain types of 4 bits; None for any other type.

    A block of 32 weights: the scale, in Q4_1 the smallest weight, both as float16, then 16 bytes of which each has
    the codes of the weights i (low) and i + 16 (high). Source: ggml's ggml-common.h and ggml-quants.c.
    """
    head = {"Q4_0": 2, "Q4_1": 4}.get(kind)
    if head is None:
        return None
    blocks = np.ascontiguousarray(rows).reshape(len(rows), -1, head + llama_graph.FOUR_BITS_BLOCK // 2)
    numbers = np.ascontiguousarray(blocks[:, :, :head]).view("<f2").astype(np.float32)
    pairs = blocks[:, :, head:]
    scales = np.ascontiguousarray(numbers[:, :, 0])
    # In Q4_0 a code of 8 is the weight 0; in Q4_1 a code of 0 is the smallest weight.
    offsets = numbers[:, :, 1] + 8 * scales if kind == "Q4_1" else np.zeros_like(scales)
    return FourBits(np.concatenate([pairs & 15, pairs >> 4], axis=2), scales, offsets)


def convertible(path: Path) -> bool:
    """Whether a folder holds a model that `folder` can convert: the Llama family, safetensors, tokenizer.json."""
    config = _config(path)
    return (
        config.get("model_type") in _FAMILY
        and not config.get("rope_scaling")
        and (config.get("rope_parameters") or {}).get("rope_type", "default") == "default"
        and config.get("hidden_act", "silu") == "silu"
        and any(path.glob("*.safetensors"))
        and (path / TOKENIZER).is_file()
    )


def folder(path: Path, out: Path) -> dict[str, Any]:
    """Convert a folder of transformers' layout into `out` and return the settings its runtime needs.

    Raises ModelError when weights are missing or broken.
    """
    config = _config(path)
    places = _safetensors(path)

    def weights(name: str) -> NDArray[np.float32] | None:
        place = places.get(_transformers_name(name))
        return None if place is None else _read_tensor(*place)

    if config.get("tie_word_embeddings"):
        places.pop("lm_head.weight", None)
    try:
        heads = int(config["num_attention_heads"])
        rope = config.get("rope_parameters") or config
        shape = Shape(
            layers=int(config["num_hidden_layers"]),
            hidden=int(config["hidden_size"]),
            heads=heads,
            kv_heads=int(config.get("num_key_value_heads") or heads),
            head_size=int(config.get("head_dim") or int(config["hidden_size"]) // heads),
            feed_forward=int(config["intermediate_size"]),
            vocabulary=int(config["vocab_size"]),
            epsilon=float(config["rms_norm_eps"]),
            rope_base=float(rope.get("rope_theta") or 10_000.0),
            interleaved=False,
            positions=min(_POSITIONS, int(config["max_position_embeddings"])),
        )
        _write(shape, weights, out, path)
        shutil.copyfile(path / TOKENIZER, out / TOKENIZER)
        start = config.get("bos_token_id")
        return _settings(shape, int(start) if isinstance(start, int) else 0)
    except (KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path} cannot be converted ({error})") from None


def _write(
    shape: Shape,
    weights: llama_graph.Weights,
    out: Path,
    path: Path,
    four_bits: llama_graph.FourBitWeights = llama_graph.no_four_bits,
) -> None:
    table = weights("token_embd.weight")
    if table is None or table.shape != (shape.vocabulary, shape.hidden):
        raise ModelError(f"{path} has no embeddings of the size that its settings say")
    llama_graph.write(shape, weights, out, four_bits=four_bits)


def _settings(
    shape: Shape, start: int, four_bits: llama_graph.FourBitWeights = llama_graph.no_four_bits
) -> dict[str, Any]:
    exact = four_bits("blk.0.attn_q.weight") is not None
    kept = "4 bits as they came, computed in float32" if exact else f"8 bits in blocks of {llama_graph.BLOCK}"
    return {**shape.as_dict(), "start_token": start, "quantisation": kept}


def _start_token(tokens: list[str], fields: dict[str, Any]) -> int:
    """The token before a text: the beginning-of-text token if the model wants one, else the separator of documents."""
    if fields.get("tokenizer.ggml.add_bos_token"):
        return int(fields["tokenizer.ggml.bos_token_id"])
    if "<|endoftext|>" in tokens:
        return tokens.index("<|endoftext|>")
    return int(fields.get("tokenizer.ggml.bos_token_id", fields.get("tokenizer.ggml.eos_token_id", 0)))


def _gguf_tokenizer(fields: dict[str, Any], tokens: list[str], out: Path, path: Path) -> None:
    """Write the tokenizer that a GGUF file describes in the format of the tokenizers library."""
    model, splitter = str(fields.get("tokenizer.ggml.model")), str(fields.get("tokenizer.ggml.pre", "default"))
    if model != "gpt2" or splitter not in _SPLITTERS:
        raise ModelError(f"{path} has a tokenizer of the kind {model}/{splitter}, which is not known; install a folder")
    kinds = fields["tokenizer.ggml.token_type"]
    data = {
        "version": "1.0",
        "added_tokens": [
            {
                "id": index,
                "content": token,
                "single_word": False,
                "lstrip": False,
                "rstrip": False,
                "normalized": False,
                "special": True,
            }
            for index, (token, kind) in enumerate(zip(tokens, kinds, strict=True))
            if kind == _CONTROL
        ],
        "normalizer": {"type": "NFC"} if splitter == "qwen2" else None,
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": _SPLITTERS[splitter]},
        "post_processor": None,
        "decoder": {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True},
        "model": {
            "type": "BPE",
            "ignore_merges": splitter == "llama-bpe",
            "vocab": {token: index for index, token in enumerate(tokens)},
            "merges": [str(merge).split(" ") for merge in fields["tokenizer.ggml.merges"]],
        },
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    (out / TOKENIZER).write_text(text, encoding="utf-8")


def _config(path: Path) -> dict[str, Any]:
    try:
        data = json.loads((path / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path / 'config.json'} cannot be read ({error})") from None
    if not isinstance(data, dict):
        raise ModelError(f"{path / 'config.json'} is not a model's configuration")
    return data


_PARTS = {
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}
_WHOLE = {"token_embd": "model.embed_tokens", "output_norm": "model.norm", "output": "lm_head"}


def _transformers_name(name: str) -> str:
    """The name transformers gives to the weights that GGUF calls `name`."""
    if name.startswith("blk."):
        _, index, part, end = name.split(".")
        return f"model.layers.{index}.{_PARTS[part]}.{end}"
    part, _, end = name.rpartition(".")
    return f"{_WHOLE[part]}.{end}"


# A tensor's file, type, shape, and where it lies in the file [start, end).
_Place = tuple[Path, str, list[int], int, int]


def _safetensors(path: Path) -> dict[str, _Place]:
    """Where each tensor of a folder's safetensors files lies. Raises ModelError for a broken header."""
    places: dict[str, _Place] = {}
    for file in sorted(path.glob("*.safetensors")):
        size = file.stat().st_size
        with file.open("rb") as handle:
            length = int.from_bytes(handle.read(8), "little")
            if length > size - 8:
                raise ModelError(f"{file} is not a safetensors file, or is cut short")
            try:
                header = json.loads(handle.read(length))
                header.pop("__metadata__", None)
                for name, entry in header.items():
                    start, end = (8 + length + int(offset) for offset in entry["data_offsets"])
                    if not 8 + length <= start <= end <= size:
                        raise ValueError("an offset is outside the file")
                    places[name] = (file, str(entry["dtype"]), [int(n) for n in entry["shape"]], start, end)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise ModelError(f"{file} is not a safetensors file, or is damaged ({error})") from None
    return places


def _read_tensor(file: Path, dtype: str, shape: list[int], start: int, end: int) -> NDArray[np.float32]:
    with file.open("rb") as handle:
        handle.seek(start)
        raw = handle.read(end - start)
    readers: dict[str, Callable[[bytes], NDArray[Any]]] = {
        "F32": lambda data: np.frombuffer(data, dtype="<f4"),
        "F16": lambda data: np.frombuffer(data, dtype="<f2"),
        # bfloat16 is the upper half of a float32.
        "BF16": lambda data: (np.frombuffer(data, dtype="<u2").astype(np.uint32) << 16).view(np.float32),
    }
    if dtype not in readers:
        raise ModelError(f"{file} holds weights of the type {dtype}; F32, F16 and BF16 can be read")
    return readers[dtype](raw).reshape(shape).astype(np.float32)
