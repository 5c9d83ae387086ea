"""Model libraries report their use to their makers unless they are told not to. They are told before they are imported.

From 1.32 on, ONNX Runtime's packages for Linux and macOS send events from the moment they are imported, and keep an
identifier of the machine in the user's cache folder; only the environment turns that off in time
(github.com/microsoft/onnxruntime/pull/27379 and 29843, which gave the variable its two names). The hub's library and
transformers count downloads.
"""

import os

_VARIABLES = ("ORT_DISABLE_TELEMETRY", "ORT_TELEMETRY_DISABLED", "HF_HUB_DISABLE_TELEMETRY", "DO_NOT_TRACK")


def silence_libraries() -> None:
    """Turn off what model libraries would send, for this process and those that it starts. Call it before importing
    one.
    """
    for name in _VARIABLES:
        os.environ.setdefault(name, "1")
