"""A writer of ONNX files: the few messages of the format that our own graphs need.

The `onnx` package would write them too, and weighs 35 MB with what it requires, on every user's machine, for one
conversion. The format is a protobuf of seven small messages with frozen field numbers, so it is written here.
Source of the field numbers: onnx/onnx.proto, IR version 10, https://github.com/onnx/onnx.

Reading is left to ONNX Runtime, which refuses anything malformed.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

IR_VERSION = 10
OPSET = 21
CONTRIB = "com.microsoft"

# Every tensor kept beside the graph starts on a page boundary, so that the runtime can map the file.
_ALIGN = 4096

_DTYPES = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7, "float16": 10}

Dimension = int | str


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def _number(tag: int, value: int) -> bytes:
    return _varint(tag << 3) + _varint(value)


def _bytes(tag: int, value: bytes) -> bytes:
    return _varint(tag << 3 | 2) + _varint(len(value)) + value


def _text(tag: int, value: str) -> bytes:
    return _bytes(tag, value.encode("utf-8"))


def _float(tag: int, value: float) -> bytes:
    import struct

    return _varint(tag << 3 | 5) + struct.pack("<f", value)


def _attribute(name: str, value: int | float | str | Sequence[int]) -> bytes:
    head = _text(1, name)
    if isinstance(value, float):
        return head + _float(2, value) + _number(20, 1)
    if isinstance(value, int):
        return head + _number(3, value) + _number(20, 2)
    if isinstance(value, str):
        return head + _text(4, value) + _number(20, 3)
    return head + b"".join(_number(8, item) for item in value) + _number(20, 7)


def _value_info(name: str, dtype: str, shape: Sequence[Dimension]) -> bytes:
    dimensions = b"".join(_bytes(1, _text(2, d) if isinstance(d, str) else _number(1, d)) for d in shape)
    tensor = _number(1, _DTYPES[dtype]) + _bytes(2, dimensions)
    return _text(1, name) + _bytes(2, _bytes(1, tensor))


@dataclass
class Graph:
    """A graph being built: nodes in the order of computation, weights, inputs and outputs.

    Weights of `external_from` bytes and more go into one file beside the graph when it is saved, so that the
    runtime can map them; a graph with none of that size is one file.
    """

    name: str
    external_from: int = 1 << 62
    _nodes: list[bytes] = field(default_factory=list)
    _weights: dict[str, "NDArray[Any]"] = field(default_factory=dict)
    _inputs: list[bytes] = field(default_factory=list)
    _outputs: list[bytes] = field(default_factory=list)
    _count: int = 0

    def input(self, name: str, dtype: str, shape: Sequence[Dimension]) -> str:
        """Declare an input of the graph and return its name. A dimension is a number, or a name when it varies."""
        self._inputs.append(_value_info(name, dtype, shape))
        return name

    def output(self, name: str, dtype: str, shape: Sequence[Dimension]) -> None:
        """Declare an output of the graph; a node must have produced a value of that name."""
        self._outputs.append(_value_info(name, dtype, shape))

    def weight(self, name: str, array: "NDArray[Any]") -> str:
        """Add a constant tensor and return its name. Raises ValueError when the name is taken by other data."""
        if name in self._weights and self._weights[name] is not array:
            raise ValueError(f"two weights of the name {name!r}")
        if str(array.dtype) not in _DTYPES:
            raise ValueError(f"weight {name!r} has the unsupported type {array.dtype}")
        self._weights[name] = array
        return name

    def constant(self, values: Sequence[int] | int) -> str:
        """Add a small tensor of whole numbers (shapes, axes, indices) and return its name."""
        import numpy as np

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
        **attributes: int | float | str | Sequence[int],
    ) -> list[str]:
        """Add one operation and return the names of its outputs.

        An empty string among `inputs` stands for an optional input left out. `outputs` is a number of outputs to
        be named automatically, or their names.
        """
        self._count += 1
        names = [f"{op}_{self._count}_{i}" for i in range(outputs)] if isinstance(outputs, int) else list(outputs)
        body = b"".join(_text(1, item) for item in inputs) + b"".join(_text(2, item) for item in names)
        body += _text(3, f"{op}_{self._count}") + _text(4, op)
        body += b"".join(_bytes(5, _attribute(key, value)) for key, value in sorted(attributes.items()))
        if domain:
            body += _text(7, domain)
        self._nodes.append(body)
        return names

    def one(self, op: str, inputs: Sequence[str], *, domain: str = "", **attributes: Any) -> str:
        """Add one operation with a single output and return the output's name; otherwise like `node`."""
        return self.node(op, inputs, 1, domain=domain, **attributes)[0]

    def save(self, path: Path) -> None:
        """Write the graph to `path`, and large weights to `path` + `.data`; both are replaced whole.

        Raises OSError when the folder cannot be written.
        """
        data_path = path.with_name(path.name + ".data")
        position = 0
        tensors: list[bytes] = []
        temporary = data_path.with_name(data_path.name + ".part")
        with temporary.open("wb") as data:
            for name, array in self._weights.items():
                raw = _little_endian(array)
                head = b"".join(_number(1, d) for d in array.shape)
                head += _number(2, _DTYPES[str(array.dtype)]) + _text(8, name)
                if len(raw) < self.external_from:
                    tensors.append(head + _bytes(9, raw))
                    continue
                position += data.write(b"\0" * (-position % _ALIGN))
                place = {"location": data_path.name, "offset": str(position), "length": str(len(raw))}
                entries = b"".join(_bytes(13, _text(1, key) + _text(2, value)) for key, value in place.items())
                tensors.append(head + entries + _number(14, 1))
                position += data.write(raw)
            data.flush()
            os.fsync(data.fileno())
        if position:
            temporary.replace(data_path)
        else:
            temporary.unlink()
        graph = b"".join(_bytes(1, item) for item in self._nodes) + _text(2, self.name)
        graph += b"".join(_bytes(5, item) for item in tensors)
        graph += b"".join(_bytes(11, item) for item in self._inputs)
        graph += b"".join(_bytes(12, item) for item in self._outputs)
        model = _number(1, IR_VERSION) + _text(2, "corrigenda") + _bytes(7, graph)
        model += _bytes(8, _number(2, OPSET)) + _bytes(8, _text(1, CONTRIB) + _number(2, 1))
        temporary = path.with_name(path.name + ".part")
        temporary.write_bytes(model)
        temporary.replace(path)


def _little_endian(array: "NDArray[Any]") -> bytes:
    import numpy as np

    return np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<")).tobytes()


def quantise_rows(
    weights: "NDArray[np.float32]", block: int, bits: int = 8
) -> tuple["NDArray[np.uint8]", "NDArray[np.float32]"]:
    """Quantise a matrix [n, k] row by row in blocks, symmetrically, for the operation MatMulNBits.

    Each block of `block` weights gets the scale max|w| / (2 ** (bits - 1) - 1), codes are stored with the operation's
    default zero point 2 ** (bits - 1). Only 8 bits are packed here. The row is filled up with zeros to a whole
    number of blocks.

    Returns the codes [n, blocks, block] and the scales [n, blocks]; code minus 128, times scale, is the weight.
    """
    import numpy as np

    if bits != 8:
        raise ValueError("only 8 bits are packed here")
    n, k = weights.shape
    blocks = -(-k // block)
    padded = np.zeros((n, blocks * block), dtype=np.float32)
    padded[:, :k] = weights
    grouped = padded.reshape(n, blocks, block)
    scales = np.abs(grouped).max(axis=2) / np.float32(127)
    safe = np.where(scales == 0, np.float32(1), scales)
    codes = np.clip(np.rint(grouped / safe[:, :, None]), -127, 127).astype(np.int16) + 128
    return codes.astype(np.uint8), scales.astype(np.float32)
