"""Graphs: ONNX Runtime computes what numpy does, and rounds nothing but the weights where that is promised."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from corrigenda.engines.models.conversion.onnx_file import CONTRIB, Graph, quantise_rows, widened
from corrigenda.engines.models.embeddings import load_session

random = np.random.default_rng(3)


def product(folder: Path, weights: np.ndarray, block: int, external_from: int | None) -> Path:
    graph = Graph("product", external_from=external_from)
    value = graph.input("value", "float32", ["rows", weights.shape[1]])
    codes, scales = quantise_rows(weights, block)
    n, k = weights.shape
    inputs = [value, graph.weight("codes", codes), graph.weight("scales", scales)]
    graph.node("MatMulNBits", inputs, ["out"], domain=CONTRIB, K=k, N=n, bits=8, block_size=block, accuracy_level=4)
    graph.output("out", "float32", ["rows", n])
    graph.save(folder / "product.onnx")
    return folder / "product.onnx"


@pytest.mark.parametrize("external_from", [0, None], ids=["beside", "inside"])
@pytest.mark.parametrize(("k", "block"), [(64, 32), (96, 64), (640, 128)])
def test_a_quantised_product_is_near_the_exact_one(tmp_path: Path, k: int, block: int, external_from: int) -> None:
    weights = random.standard_normal((48, k)).astype(np.float32)
    value = random.standard_normal((5, k)).astype(np.float32)
    path = product(tmp_path, weights, block, external_from)
    found = load_session(path).run(None, {"value": value})[0]
    exact = value @ weights.T
    assert np.abs(found - exact).max() < 0.04 * np.sqrt(k)
    assert np.corrcoef(found.ravel(), exact.ravel())[0, 1] > 0.9995
    assert (tmp_path / "product.onnx.data").exists() == (external_from == 0)


def test_the_same_graph_is_the_same_bytes(tmp_path: Path) -> None:
    weights = random.standard_normal((8, 64)).astype(np.float32)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        product(tmp_path / name, weights, 32, 0)
    for file in ("product.onnx", "product.onnx.data"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()


def test_attributes_of_every_kind_arrive(tmp_path: Path) -> None:
    graph = Graph("attributes")
    value = graph.input("value", "float32", ["rows", 4])
    first = graph.one("Gelu", [value], approximate="tanh")
    normal = graph.one(
        "LayerNormalization", [first, graph.weight("one", np.ones(4, np.float32))], epsilon=0.25, axis=-1
    )
    graph.node("Transpose", [normal], ["out"], perm=[1, 0])
    graph.output("out", "float32", [4, "rows"])
    graph.save(tmp_path / "graph.onnx")
    x = random.standard_normal((3, 4)).astype(np.float32)
    gelu = 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
    centred = gelu - gelu.mean(1, keepdims=True)
    expected = (centred / np.sqrt((centred**2).mean(1, keepdims=True) + 0.25)).T
    assert np.allclose(load_session(tmp_path / "graph.onnx").run(None, {"value": x})[0], expected, atol=1e-5)


def test_two_weights_of_one_name_are_refused() -> None:
    graph = Graph("twice")
    graph.weight("w", np.ones(2, np.float32))
    with pytest.raises(ValueError, match="two weights"):
        graph.weight("w", np.zeros(2, np.float32))


@pytest.mark.parametrize("rows", [1, 5, 64])
def test_a_widened_product_rounds_the_weights_alone(tmp_path: Path, rows: int) -> None:
    """Otherwise its scores would depend on the processor: activations in 8 bits multiply the smallest difference."""
    weights = random.standard_normal((48, 128)).astype(np.float32)
    value = random.standard_normal((rows, 128)).astype(np.float32)
    graph = Graph("widened")
    given_value = graph.input("value", "float32", ["rows", 128])
    graph.node("MatMul", [given_value, widened(graph, "matrix", weights, 64)], ["out"])
    graph.output("out", "float32", ["rows", 48])
    graph.save(tmp_path / "graph.onnx")
    codes, scales = quantise_rows(weights, 64)
    kept = ((codes.astype(np.float64) - 128) * scales[:, :, None]).reshape(48, 128)
    found = load_session(tmp_path / "graph.onnx").run(None, {"value": value})[0]
    assert np.abs(found - value @ kept.T).max() < 2e-5


@given(
    arrays.arrays(
        np.float32, st.tuples(st.integers(1, 4), st.integers(1, 70)), elements=st.floats(-1e4, 1e4, width=32)
    ),
    st.sampled_from([16, 32, 64]),
)
def test_a_quantised_weight_is_within_half_a_step(weights: np.ndarray, block: int) -> None:
    codes, scales = quantise_rows(weights, block)
    back = ((codes.astype(np.float32) - 128) * scales[:, :, None]).reshape(len(weights), -1)
    step = np.repeat(scales, block, axis=1)
    k = weights.shape[1]
    assert np.all(np.abs(back[:, :k] - weights) <= step[:, :k] * 0.5001 + 1e-30)
    assert not back[:, k:].any()
