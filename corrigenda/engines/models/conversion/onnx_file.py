"""Graphs for ONNX Runtime, built node by node, and the 8-bit forms in which their matrices are kept."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

IR_VERSION = 10
OPSET = 21
CONTRIB = "com.microsoft"

_DTYPES = {"float32": TensorProto.FLOAT, "int32": TensorProto.INT32, "int64": TensorProto.INT64}

Dimension = int | str
Attribute = int | float | str | Sequence[int]


class Graph:
    """A graph being built: nodes in the order of computation, weights, inputs and outputs.

    Weights of `external_from` bytes and more go into one file beside the graph when it is saved, so that the
    runtime can map them; a graph with none of that size is one file.
    """

    def __init__(self, name: str, external_from: int | None = None) -> None:
        self.name = name
        self._external_from = external_from
        self._nodes: list[onnx.NodeProto] = []
        self._weights: dict[str, NDArray[Any]] = {}
        self._inputs: list[onnx.ValueInfoProto] = []
        self._outputs: list[onnx.ValueInfoProto] = []

    def input(self, name: str, dtype: str, shape: Sequence[Dimension]) -> str:
        """Declare an input of the graph and return its name. A dimension is a number, or a name when it varies."""
        self._inputs.append(helper.make_tensor_value_info(name, _DTYPES[dtype], shape))
        return name

    def output(self, name: str, dtype: str, shape: Sequence[Dimension]) -> None:
        """Declare an output of the graph; a node must have produced a value of that name."""
        self._outputs.append(helper.make_tensor_value_info(name, _DTYPES[dtype], shape))

    def weight(self, name: str, array: NDArray[Any]) -> str:
        """Add a constant tensor and return its name. Raises ValueError when the name is taken by other data."""
        if name in self._weights and self._weights[name] is not array:
            raise ValueError(f"two weights of the name {name!r}")
        self._weights[name] = array
        return name

    def constant(self, values: Sequence[int] | int) -> str:
        """Add a small tensor of whole numbers (shapes, axes, indices) and return its name."""
        array = np.asarray(values, dtype=np.int64)
        name = f"const_{'x'.join(map(str, array.shape)) or 's'}_{'_'.join(map(str, array.ravel().tolist()))}"
        self._weights.setdefault(name, array)
        return name

    def node(
        self,
        op: str,
        inputs: Sequence[str],
        outputs: int | Sequence[str] = 1,
        *,
        domain: str = "",
        **attributes: Attribute,
    ) -> list[str]:
        """Add one operation and return the names of its outputs.

        An empty string among `inputs` stands for an optional input left out. `outputs` is a number of outputs to
        be named automatically, or their names.
        """
        name = f"{op}_{len(self._nodes) + 1}"
        names = [f"{name}_{i}" for i in range(outputs)] if isinstance(outputs, int) else list(outputs)
        node = helper.make_node(op, inputs, names, name=name, domain=domain)
        node.attribute.extend(helper.make_attribute(key, value) for key, value in sorted(attributes.items()))
        self._nodes.append(node)
        return names

    def one(self, op: str, inputs: Sequence[str], *, domain: str = "", **attributes: Attribute) -> str:
        """Add one operation with a single output and return the output's name; otherwise like `node`."""
        return self.node(op, inputs, 1, domain=domain, **attributes)[0]

    def save(self, path: Path) -> None:
        """Write the graph to `path`, a new file, and large weights to `path` + `.data`.

        Raises OSError when the folder cannot be written.
        """
        weights = [numpy_helper.from_array(np.ascontiguousarray(array), name) for name, array in self._weights.items()]
        graph = helper.make_graph(self._nodes, self.name, self._inputs, self._outputs, weights)
        sets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
        model = helper.make_model(graph, opset_imports=sets, ir_version=IR_VERSION, producer_name="corrigenda")
        if self._external_from is None:
            onnx.save_model(model, str(path))
            return
        onnx.save_model(
            model,
            str(path),
            save_as_external_data=True,
            location=f"{path.name}.data",
            size_threshold=self._external_from,
        )


def quantise_rows(weights: NDArray[np.float32], block: int) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """Quantise a matrix [n, k] to 8 bits, row by row in blocks, symmetrically, for the operation MatMulNBits.

    Each block of `block` weights gets the scale max|w| / 127; codes are stored with the operation's zero point, 128.
    The row is filled up with zeros to a whole number of blocks.

    Returns the codes [n, blocks, block] and the scales [n, blocks]; code minus 128, times scale, is the weight.
    """
    n, k = weights.shape
    blocks = -(-k // block)
    padded = np.zeros((n, blocks * block), dtype=np.float32)
    padded[:, :k] = weights
    grouped = padded.reshape(n, blocks, block)
    scales = np.abs(grouped).max(axis=2) / np.float32(127)
    safe = np.where(scales == 0, np.float32(1), scales)
    codes = np.clip(np.rint(grouped / safe[:, :, None]), -127, 127).astype(np.int16) + 128
    return codes.astype(np.uint8), scales.astype(np.float32)


def widened(graph: Graph, name: str, weights: NDArray[np.float32], block: int) -> str:
    """Add a matrix [n, k] to a graph in 8 bits; return the name of its float32 form [k, n], ready for MatMul.

    The file holds 8 bits a weight and one scale a block of `block` along k, which must divide it. The runtime makes
    float32 of them when it loads the graph, so that nothing but the weights is ever rounded to 8 bits.
    """
    n, k = weights.shape
    codes, scales = quantise_rows(weights, block)
    signed = (codes.astype(np.int16) - 128).astype(np.int8).reshape(n, k)
    inputs = [
        graph.weight(name, np.ascontiguousarray(signed.T)),
        graph.weight(f"{name}.scales", np.ascontiguousarray(scales.T)),
    ]
    return graph.one("DequantizeLinear", inputs, axis=0, block_size=block)
