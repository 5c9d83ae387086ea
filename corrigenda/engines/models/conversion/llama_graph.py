"""The graphs of a Llama-like language model for ONNX Runtime, built from weights: the body and the head.

The body reads tokens and the computed context and returns hidden states and the longer context; the head turns
hidden states into the log-probabilities of given tokens. They are two graphs because the head is a fifth of the
arithmetic and is wanted for candidates only, never for the context before them.

Architecture: Touvron et al. 2023, "LLaMA: Open and Efficient Foundation Language Models", with grouped-query
attention (Ainslie et al. 2023); SmolLM2, Llama, Mistral and Qwen2 are of it.

Weights that come in 4 bits keep them, exactly, and everything is computed in float32: the scores are then the same on
every processor, up to the rounding of float32. Other weights are kept in 8 bits by blocks of 64 with one scale a block,
and the activations are rounded to 8 bits too, which is faster and smaller than float32 and differs by processor;
docs/models.md has by how much.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corrigenda.engines.models.about import BODY, HEAD
from corrigenda.engines.models.conversion.onnx_file import CONTRIB, Graph, quantise_rows, widened

BLOCK = 64
# Weights of this many bytes and more lie beside the graph, where the runtime can map them.
_EXTERNAL_FROM = 1 << 16

# The blocks of the GGUF types Q4_0 and Q4_1, and of Q8_0, in which such files keep their embeddings.
FOUR_BITS_BLOCK = 32

Weights = Callable[[str], NDArray[np.float32] | None]


@dataclass(frozen=True, slots=True)
class FourBits:
    """A matrix [n, k] in 4 bits by blocks of 32: (code - 8) x scale + offset is the weight.

    `codes`: [n, k / 32, 32], each 0 to 15. `scales` and `offsets`: [n, k / 32], float32.
    """

    codes: NDArray[np.uint8]
    scales: NDArray[np.float32]
    offsets: NDArray[np.float32]


# The matrix of that name ("blk.0.attn_q.weight") in 4 bits, or None where it does not come in 4 bits.
FourBitWeights = Callable[[str], FourBits | None]


def no_four_bits(name: str) -> FourBits | None:
    """For a model none of whose matrices come in 4 bits."""
    return None


@dataclass(frozen=True, slots=True)
class Shape:
    """The numbers of a Llama-like model.

    `interleaved`: the two values that are rotated together are neighbours (GGUF), not half a head apart (safetensors).
    """

    layers: int
    hidden: int
    heads: int
    kv_heads: int
    head_size: int
    feed_forward: int
    vocabulary: int
    epsilon: float
    rope_base: float
    interleaved: bool
    positions: int

    def as_dict(self) -> dict[str, float]:
        """The same as plain data, for the model's own JSON file."""
        return asdict(self)


class Builder:
    """Writes the nodes of both graphs; benchmarks override `linear` to measure other ways of keeping matrices."""

    def __init__(self, graph: Graph, shape: Shape, weights: Weights, four_bits: FourBitWeights = no_four_bits) -> None:
        self.graph, self.shape, self.weights, self.four_bits = graph, shape, weights, four_bits
        # Whether all is computed in float32: one matrix tells, since a file keeps all of them in one way.
        self.exact = four_bits("blk.0.attn_q.weight") is not None

    def need(self, name: str) -> NDArray[np.float32]:
        """The weights of that name. Raises ValueError when the model has none."""
        array = self.weights(name)
        if array is None:
            raise ValueError(f"the model has no weights named {name!r}; it is not of the Llama family")
        return array

    def linear(self, value: str, name: str, *parts: str) -> str:
        """One product with the matrices of all parts stacked, and their biases where the model has any."""
        graph = self.graph
        in_four_bits = [found for part in parts if (found := self.four_bits(f"{part}.weight")) is not None]
        if len(in_four_bits) == len(parts):
            product = self.product_in_four_bits(value, name, in_four_bits)
        else:
            product = self.product(value, name, np.concatenate([self.need(f"{part}.weight") for part in parts]))
        biases = [self.weights(f"{part}.bias") for part in parts]
        if any(bias is not None for bias in biases):
            filled = [
                np.zeros(len(self.need(f"{p}.weight")), np.float32) if b is None else b
                for p, b in zip(parts, biases, strict=True)
            ]
            product = graph.one("Add", [product, graph.weight(f"{name}.bias", np.concatenate(filled))])
        return product

    def product(self, value: str, name: str, matrix: NDArray[np.float32]) -> str:
        """One product with a matrix that is kept in 8 bits, computed in float32 where all is."""
        graph = self.graph
        n, k = matrix.shape
        if self.exact:
            return graph.one("MatMul", [value, widened(graph, name, matrix, FOUR_BITS_BLOCK)])
        codes, scales = quantise_rows(matrix, BLOCK)
        inputs = [value, graph.weight(name, codes), graph.weight(f"{name}.scales", scales)]
        return graph.one("MatMulNBits", inputs, domain=CONTRIB, K=k, N=n, bits=8, block_size=BLOCK, accuracy_level=4)

    def product_in_four_bits(self, value: str, name: str, parts: Sequence[FourBits]) -> str:
        """One product with the stacked matrices as they are, in float32.

        The operation knows scales and no offsets. An offset is the same for a block's weights, so what the offsets add
        is a small product of its own, with the sums of the blocks' activations.
        """
        graph = self.graph
        codes = np.concatenate([part.codes for part in parts])
        n, blocks, block = codes.shape
        inputs = [
            value,
            graph.weight(name, codes[:, :, 0::2] | codes[:, :, 1::2] << 4),
            graph.weight(f"{name}.scales", np.concatenate([part.scales for part in parts])),
        ]
        attributes = {"K": blocks * block, "N": n, "bits": 4, "block_size": block, "accuracy_level": 1}
        product = graph.one("MatMulNBits", inputs, domain=CONTRIB, **attributes)
        offsets = np.concatenate([part.offsets for part in parts])
        if not offsets.any():
            return product
        grouped = graph.one("Reshape", [value, graph.constant([0, 0, blocks, block])])
        sums = graph.one("ReduceSum", [grouped, graph.constant([3])], keepdims=0)
        added = graph.one("MatMul", [sums, graph.weight(f"{name}.offsets", np.ascontiguousarray(offsets.T))])
        return graph.one("Add", [product, added])

    def norm_weight(self, name: str) -> str:
        """Add the weight of one normalisation and return its name in the graph."""
        return self.graph.weight(name, self.need(f"{name}.weight"))

    def embed(self, ids: str) -> str:
        """Look the tokens up: 8 bits and a scale a block, multiplied out after the look-up."""
        graph = self.graph
        codes, scales = quantise_rows(self.need("token_embd"), FOUR_BITS_BLOCK if self.exact else BLOCK)
        picked = graph.one("Cast", [graph.one("Gather", [graph.weight("token_embd", codes), ids])], to=1)
        centred = graph.one("Sub", [picked, graph.weight("centre", np.asarray(128, dtype=np.float32))])
        scale = graph.one("Gather", [graph.weight("token_embd.scales", scales[:, :, None]), ids])
        flat = graph.one("Mul", [centred, scale])
        return graph.one("Reshape", [flat, graph.constant([0, 0, self.shape.hidden])])

    def rotary(self) -> tuple[str, str]:
        """The cosines and sines of all positions, [positions, half a head]."""
        half = self.shape.head_size // 2
        angles = np.outer(
            np.arange(self.shape.positions), self.shape.rope_base ** (-np.arange(half, dtype=np.float64) / half)
        )
        return (
            self.graph.weight("cos", np.cos(angles).astype(np.float32)),
            self.graph.weight("sin", np.sin(angles).astype(np.float32)),
        )

    def skip_norm(self, value: str, residual: str, name: str) -> tuple[str, str]:
        """Add the residual and normalise; returns the normalised value and the sum."""
        outputs = [f"{name}.normalised", "", "", f"{name}.sum"]
        inputs = [value, residual, self.norm_weight(name)]
        self.graph.node("SkipSimplifiedLayerNormalization", inputs, outputs, domain=CONTRIB, epsilon=self.shape.epsilon)
        return outputs[0], outputs[3]

    def body(self) -> None:
        """From tokens and the computed context to hidden states and the longer context."""
        graph, shape = self.graph, self.shape
        ids = graph.input("input_ids", "int64", ["texts", "tokens"])
        last = graph.input("last_position", "int32", ["texts"])
        total = graph.input("total", "int32", [])
        cos, sin = self.rotary()
        residual = self.embed(ids)
        value = graph.one(
            "SimplifiedLayerNormalization",
            [residual, self.norm_weight("blk.0.attn_norm")],
            axis=-1,
            epsilon=shape.epsilon,
        )
        for index in range(shape.layers):
            base = f"blk.{index}."
            past = [
                graph.input(f"past_{kind}_{index}", "float32", ["texts", shape.kv_heads, "past", shape.head_size])
                for kind in ("key", "value")
            ]
            present = [f"present_{kind}_{index}" for kind in ("key", "value")]
            joined = self.linear(value, f"{base}qkv", f"{base}attn_q", f"{base}attn_k", f"{base}attn_v")
            attended = f"{base}attended"
            graph.node(
                "GroupQueryAttention",
                [joined, "", "", *past, last, total, cos, sin],
                [attended, *present],
                domain=CONTRIB,
                num_heads=shape.heads,
                kv_num_heads=shape.kv_heads,
                do_rotary=1,
                rotary_interleaved=int(shape.interleaved),
            )
            for name in present:
                graph.output(name, "float32", ["texts", shape.kv_heads, "total", shape.head_size])
            mixed = self.linear(attended, f"{base}attn_output", f"{base}attn_output")
            value, residual = self.skip_norm(mixed, residual, f"{base}ffn_norm")
            wide = self.linear(value, f"{base}gate_up", f"{base}ffn_gate", f"{base}ffn_up")
            gate, up = graph.node("Split", [wide], 2, axis=-1, num_outputs=2)
            active = graph.one("Mul", [graph.one("QuickGelu", [gate], domain=CONTRIB, alpha=1.0), up])
            narrow = self.linear(active, f"{base}ffn_down", f"{base}ffn_down")
            following = f"blk.{index + 1}.attn_norm" if index + 1 < shape.layers else "output_norm"
            value, residual = self.skip_norm(narrow, residual, following)
        graph.node("Identity", [value], ["hidden"])
        graph.output("hidden", "float32", ["texts", "tokens", shape.hidden])

    def head(self) -> None:
        """Log-probabilities of the targets, one a row: the softmax over the vocabulary never leaves the graph."""
        graph = self.graph
        hidden = graph.input("hidden", "float32", ["rows", self.shape.hidden])
        targets = graph.input("targets", "int64", ["rows", 1])
        tied = self.weights("output.weight") is None
        logits = self.linear(hidden, "logits", "token_embd_as_output" if tied else "output")
        highest = graph.one("ReduceLogSumExp", [logits, graph.constant([1])], keepdims=1)
        graph.node("Sub", [graph.one("GatherElements", [logits, targets], axis=1), highest], ["log_probability"])
        graph.output("log_probability", "float32", ["rows", 1])


def write(
    shape: Shape,
    weights: Weights,
    folder: Path,
    builder: type[Builder] = Builder,
    four_bits: FourBitWeights = no_four_bits,
) -> list[str]:
    """Write the body and the head into `folder` and return the names of all files written, sorted.

    `weights` returns a float32 matrix [out, in] or vector by its GGUF name ("blk.0.attn_q.weight"), or None where
    the model has none; `four_bits` the matrices that come in 4 bits.

    Raises ValueError for weights that the family needs and the model lacks, OSError when the
    folder cannot be written.
    """

    def tied(name: str) -> NDArray[np.float32] | None:
        if name in ("token_embd", "token_embd_as_output.weight"):
            return weights("token_embd.weight")
        if name == "token_embd_as_output.bias":
            return None
        return weights(name)

    for file, part in ((BODY, Builder.body), (HEAD, Builder.head)):
        graph = Graph(file.removesuffix(".onnx"), external_from=_EXTERNAL_FROM)
        part(builder(graph, shape, tied, four_bits))
        graph.save(folder / file)
    return sorted(path.name for path in folder.iterdir() if path.name.startswith((BODY, HEAD)))
