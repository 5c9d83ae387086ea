"""The graphs of a Llama-like language model for ONNX Runtime, built from weights: the body and the head.

The body reads tokens and the computed context and returns hidden states and the longer context; the head turns
hidden states into the log-probabilities of given tokens. They are two graphs because the head is a fifth of the
arithmetic and is wanted for candidates only, never for the context before them.

Architecture: Touvron et al. 2023, "LLaMA: Open and Efficient Foundation Language Models", with grouped-query
attention (Ainslie et al. 2023); SmolLM2, Llama, Mistral and Qwen2 are of it. All matrices are kept in 8 bits by
blocks of 64 with one scale a block; what that costs in likelihood is in docs/models.md.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corrigenda.engines.models.conversion.onnx_file import CONTRIB, Graph, quantise_rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BODY = "body.onnx"
HEAD = "head.onnx"
BLOCK = 64
# Weights of this many bytes and more lie beside the graph, where the runtime can map them.
_EXTERNAL_FROM = 1 << 16

Weights = Callable[[str], "NDArray[np.float32] | None"]


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

    def as_dict(self) -> dict[str, Any]:
        """The same as plain data, for the model's own JSON file."""
        return asdict(self)


class Builder:
    """Writes the nodes of both graphs; benchmarks override `linear` to measure other ways of keeping matrices."""

    def __init__(self, graph: Graph, shape: Shape, weights: Weights) -> None:
        self.graph, self.shape, self.weights = graph, shape, weights

    def need(self, name: str) -> "NDArray[np.float32]":
        """The weights of that name. Raises ValueError when the model has none."""
        array = self.weights(name)
        if array is None:
            raise ValueError(f"the model has no weights named {name!r}; it is not of the Llama family")
        return array

    def linear(self, value: str, name: str, *parts: str) -> str:
        """One product with the matrices of all parts stacked, and their biases where the model has any."""
        import numpy as np

        matrix = np.concatenate([self.need(f"{part}.weight") for part in parts])
        biases = [self.weights(f"{part}.bias") for part in parts]
        codes, scales = quantise_rows(matrix, BLOCK)
        n, k = matrix.shape
        graph = self.graph
        inputs = [value, graph.weight(name, codes), graph.weight(f"{name}.scales", scales)]
        product = graph.one("MatMulNBits", inputs, domain=CONTRIB, K=k, N=n, bits=8, block_size=BLOCK, accuracy_level=4)
        if any(bias is not None for bias in biases):
            filled = [
                np.zeros(len(self.need(f"{p}.weight")), np.float32) if b is None else b
                for p, b in zip(parts, biases, strict=True)
            ]
            product = graph.one("Add", [product, graph.weight(f"{name}.bias", np.concatenate(filled))])
        return product

    def norm_weight(self, name: str) -> str:
        """Add the weight of one normalisation and return its name in the graph."""
        return self.graph.weight(name, self.need(f"{name}.weight"))

    def embed(self, ids: str) -> str:
        """Look the tokens up: 8 bits and a scale a block, multiplied out after the look-up."""
        import numpy as np

        graph = self.graph
        codes, scales = quantise_rows(self.need("token_embd"), BLOCK)
        picked = graph.one("Cast", [graph.one("Gather", [graph.weight("token_embd", codes), ids])], to=1)
        centred = graph.one("Sub", [picked, graph.weight("centre", np.asarray(128, dtype=np.float32))])
        scale = graph.one("Gather", [graph.weight("token_embd.scales", scales[:, :, None]), ids])
        flat = graph.one("Mul", [centred, scale])
        return graph.one("Reshape", [flat, graph.constant([0, 0, self.shape.hidden])])

    def rotary(self) -> tuple[str, str]:
        """The cosines and sines of all positions, [positions, half a head]."""
        import numpy as np

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


def write(shape: Shape, weights: Weights, folder: Path, builder: type[Builder] = Builder) -> list[str]:
    """Write the body and the head into `folder` and return the names of all files written, sorted.

    `weights` returns a float32 matrix [out, in] or vector by its GGUF name ("blk.0.attn_q.weight"), or None where
    the model has none. Raises ValueError for weights that the family needs and the model lacks, OSError when the
    folder cannot be written.
    """

    def tied(name: str) -> "NDArray[np.float32] | None":
        if name in ("token_embd", "token_embd_as_output.weight"):
            return weights("token_embd.weight")
        if name == "token_embd_as_output.bias":
            return None
        return weights(name)

    for file, part in ((BODY, Builder.body), (HEAD, Builder.head)):
        graph = Graph(file.removesuffix(".onnx"), external_from=_EXTERNAL_FROM)
        part(builder(graph, shape, tied))
        graph.save(folder / file)
    return sorted(path.name for path in folder.iterdir() if path.name.startswith((BODY, HEAD)))
