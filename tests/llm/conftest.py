"""What the tests of the engine share."""

import pytest

from corrigenda.engines.llm import policy


@pytest.fixture(autouse=True)
def plain_bars(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Bars that are easy to reckon with, since those that ship are fitted anew: the judge decides."""
    if "shipped_bars" in request.keywords:
        return
    weights = {"reader": 0.5, "judge": 0.6, "density": 0.0, "constant": -0.8}
    monkeypatch.setattr(policy, "bars", lambda: policy.Bars(weights, 0.5, 0.85, policy.Own(1.0, 0.2, 0.5, 0.95)))
