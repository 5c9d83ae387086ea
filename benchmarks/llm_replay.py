"""A small OpenAI-compatible server that answers from a folder, so that measuring with a large model can be repeated.

    python benchmarks/llm_replay.py FOLDER [--port 8399]
    corrigenda check ARTICLES --llm http://127.0.0.1:8399/v1 --llm-model NAME

It answers POST /v1/chat/completions with FOLDER/answers/HASH.json and writes what it has no answer to down as
FOLDER/requests/HASH.json, to be answered by somebody with a model (HASH: corrigenda.engines.llm.chat.digest). Where
nothing of a server is to be measured, `corrigenda check --record FOLDER` does the same without one. Ctrl-C ends it.
"""

import argparse
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from corrigenda.engines.llm.chat import digest
from corrigenda.engines.llm.errors import RefusedError
from corrigenda.engines.llm.recorded import NOT_ANSWERED, answer_of, write_request

LARGEST = 4 * 1024 * 1024


class Replayer(ThreadingHTTPServer):
    """The server. `asked` counts requests, `missing` those that had no answer."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.folder = folder
        self.asked = 0
        self.missing = 0
        super().__init__(("127.0.0.1", port), Handler)

    @property
    def address(self) -> str:
        """The base address to name as --llm."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    server: Replayer
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Answer a chat completion."""
        size = int(self.headers.get("Content-Length", "0"))
        if self.path != "/v1/chat/completions" or not 0 < size <= LARGEST:
            self._say(404, {"error": {"message": "only /v1/chat/completions is served"}})
            return
        body = json.loads(self.rfile.read(size))
        name = f"{digest(body)}.json"
        self.server.asked += 1
        try:
            answer = answer_of(self.server.folder, name)
        except RefusedError as error:
            self._say(422, {"error": {"message": error.reason}})
            return
        if answer is None:
            self.server.missing += 1
            write_request(self.server.folder, name, body)
            self._say(422, {"error": {"message": NOT_ANSWERED}})
            return
        characters = sum(len(message["content"]) for message in body["messages"])
        usage = {"prompt_tokens": characters // 4, "completion_tokens": len(answer) // 4}
        message = {"role": "assistant", "content": answer}
        self._say(200, {"choices": [{"index": 0, "finish_reason": "stop", "message": message}], "usage": usage})

    def _say(self, status: int, value: object) -> None:
        data = json.dumps(value, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--port", type=int, default=8399)
    options = parser.parse_args()
    server = Replayer(options.folder, options.port)
    print(f"{server.address} answers from {options.folder}; Ctrl-C ends it")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print(f"{server.asked} requests, {server.missing} without an answer")


if __name__ == "__main__":
    main()
