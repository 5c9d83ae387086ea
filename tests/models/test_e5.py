"""The multilingual model's file becomes a graph and a tokenizer, without anything of its package being run."""

import struct
from pathlib import Path

import numpy as np
import pytest

from corrigenda.engines.models import embeddings
from corrigenda.engines.models.about import About, ModelError
from corrigenda.engines.models.conversion import e5

HIDDEN, WIDE, HEADS = 32, 64, 2
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁query", ":", "▁one", "▁two", "три"]


def four_bits(rows: np.ndarray) -> bytes:
    """Return a matrix as blocks of 32 weights in 4 bits."""
    packed = b""
    for block in rows.reshape(-1, 32):
        scale = np.float16(np.abs(block).max() / 7)
        codes = np.clip(np.rint(block / np.float32(scale)) + 8, 0, 15).astype(np.uint8)
        packed += scale.tobytes() + (codes[:16] | codes[16:] << 4).tobytes()
    return packed


def model_file(path: Path) -> Path:
    """Write a model of one layer and ten pieces."""
    chance = np.random.default_rng(3)
    tensors: dict[str, tuple[int, np.ndarray]] = {"emb.word": (1, chance.normal(size=(len(PIECES), HIDDEN)))}
    tensors["emb.pos"] = (0, chance.normal(size=(8, HIDDEN)) / 10)
    tensors["emb.type"] = (0, np.zeros((2, HIDDEN)))
    for name, wide, narrow in (
        ("q", HIDDEN, HIDDEN),
        ("k", HIDDEN, HIDDEN),
        ("v", HIDDEN, HIDDEN),
        ("ao", HIDDEN, HIDDEN),
    ):
        tensors[f"l0.{name}.w"] = (1, chance.normal(size=(wide, narrow)) / 6)
        tensors[f"l0.{name}.b"] = (0, np.zeros(wide))
    tensors["l0.fi.w"], tensors["l0.fi.b"] = (1, chance.normal(size=(WIDE, HIDDEN)) / 6), (0, np.zeros(WIDE))
    tensors["l0.fo.w"], tensors["l0.fo.b"] = (1, chance.normal(size=(HIDDEN, WIDE)) / 6), (0, np.zeros(HIDDEN))
    for name in ("emb.ln", "l0.aln", "l0.oln"):
        tensors[f"{name}.w"], tensors[f"{name}.b"] = (0, np.ones(HIDDEN)), (0, np.zeros(HIDDEN))
    encoded = [piece.encode() for piece in PIECES]
    head = b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, 1, HEADS, WIDE, len(PIECES), 8, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, sum(map(len, encoded)))
    ends = np.cumsum([0, *map(len, encoded)])
    head += ends.astype("<u4").tobytes() + np.array([0, 0, 0, 0, *range(-1, -7, -1)], "<f4").tobytes()
    head += b"".join(encoded) + struct.pack("<iI", 0, 0) + struct.pack("<i", len(tensors))
    data = [
        four_bits(array.astype(np.float32)) if kind else array.astype("<f4").tobytes()
        for kind, array in tensors.values()
    ]
    at = len(head) + sum(2 + len(name) + 21 for name in tensors)
    for (name, (kind, array)), raw in zip(tensors.items(), data, strict=True):
        head += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", kind, array.size, at, len(raw))
        at += len(raw)
    path.write_bytes(head + b"".join(data))
    return path


def test_the_file_becomes_a_model_that_runs(tmp_path: Path) -> None:
    settings = e5.convert(model_file(tmp_path / "m.bin"), tmp_path)
    encoder = embeddings.FastEncoder(About("m", "embeddings", "onnx", "", "", "MIT", tmp_path, {}, settings))
    rows = encoder.encode(["one", "two", "one two", "три", "one"])
    assert rows.shape == (5, HIDDEN)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert np.array_equal(rows[0], rows[4])
    assert abs(float(rows[0] @ rows[1])) < 0.999
    bare = embeddings.FastEncoder(
        About("m", "embeddings", "onnx", "", "", "MIT", tmp_path, {}, settings | {"prefix": ""})
    )
    assert not np.allclose(bare.encode(["one"])[0], rows[0])


@pytest.mark.parametrize("damage", [b"", b"GGUF", b"E5S1" + bytes(30), b"E5S1" + b"\xff" * 200])
def test_another_file_is_refused_in_a_line(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "m.bin"
    path.write_bytes(damage)
    with pytest.raises(ModelError, match=r"m\.bin"):
        e5.convert(path, tmp_path)
