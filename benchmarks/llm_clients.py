"""What the clients of a chat API cost before the first request: seconds to import, and megabytes on the disk.

    python benchmarks/llm_clients.py [--python PYTHON]

Measured in processes of their own, the least of five. Clients that are not installed for PYTHON are said to be absent.
"""

import argparse
import json
import subprocess
import sys

CLIENTS = ("httpx2", "httpx", "openai")
_PROGRAM = """
import importlib.util, json, pathlib, sys, time
spec = importlib.util.find_spec(sys.argv[1])
if spec is None:
    print("null")
    raise SystemExit
started = time.perf_counter()
importlib.import_module(sys.argv[1])
seconds = time.perf_counter() - started
files = (p for folder in spec.submodule_search_locations for p in pathlib.Path(folder).rglob("*") if p.is_file())
print(json.dumps([seconds, sum(p.stat().st_size for p in files) / 1e6]))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", default=sys.executable)
    options = parser.parse_args()
    for client in CLIENTS:
        command = [options.python, "-I", "-c", _PROGRAM, client]
        runs = [
            json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(5)
        ]
        if runs[0] is None:
            print(f"{client:8} absent")
        else:
            print(f"{client:8} {min(seconds for seconds, _ in runs):.2f} s  {runs[0][1]:.1f} MB")


if __name__ == "__main__":
    main()
