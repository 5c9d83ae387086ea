"""Weights from a package become the graph that ONNX Runtime runs. Only `corrigenda models install` comes here."""
