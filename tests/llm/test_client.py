"""The client against a server of our own: whatever it does is one clear reason, in the time allowed."""

import json
import threading
import time
from collections.abc import Iterator

import pytest

from corrigenda.engines.llm import client as module
from corrigenda.engines.llm.chat import Message, Request
from corrigenda.engines.llm.client import Client, Limits
from corrigenda.engines.llm.errors import RefusedError, UnavailableError
from corrigenda.engines.llm.schema import READER
from tests.conftest import absent
from tests.llm.server import Body, Reply, Server, completion, failure, serving

REQUEST = Request("small", (Message("system", "Read."), Message("user", "A text.")), "places", READER, 100)


def asking(server: Server, *, seconds: float = 10.0, key: str = "", stopped: threading.Event | None = None) -> Client:
    return Client(server.address, key, Limits(seconds, pause=0.01), stopped or threading.Event())


def in_turn(*replies: Reply) -> Iterator[Reply]:
    yield from replies
    while True:
        yield replies[-1]


def test_an_answer_with_its_tokens() -> None:
    content = [{"token": "yes", "logprob": -0.1, "top_logprobs": [{"token": "no", "logprob": -2.4}]}]
    with serving(lambda _: completion("{}", logprobs={"content": content})) as server:
        reply = asking(server, key="secret").ask(REQUEST)
    assert (reply.text, reply.tokens_in, reply.tokens_out) == ("{}", 100, 10)
    assert [(token.text, token.others) for token in reply.tokens] == [("yes", (("no", -2.4),))]
    assert server.keys == ["Bearer secret"]
    assert server.asked[0]["response_format"]["json_schema"]["schema"] == READER


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_busy_server_is_asked_again(status: int) -> None:
    replies = in_turn(failure(status, "busy"), failure(status, "busy"), completion("here"))
    with serving(lambda _: next(replies)) as server:
        assert asking(server).ask(REQUEST).text == "here"
    assert len(server.asked) == 3


def test_retry_after_is_kept() -> None:
    replies = in_turn(failure(429, "busy", Retry_After="0.4"), completion("here"))
    with serving(lambda _: next(replies)) as server:
        started = time.monotonic()
        asking(server).ask(REQUEST)
    assert time.monotonic() - started >= 0.4


def test_a_date_in_retry_after() -> None:
    replies = in_turn(failure(503, "busy", Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"), completion("here"))
    with serving(lambda _: next(replies)) as server:
        assert asking(server).ask(REQUEST).text == "here"


def test_a_server_that_wants_us_to_wait_an_hour_is_out_of_use() -> None:
    with (
        serving(lambda _: failure(429, "later", Retry_After="3600")) as server,
        pytest.raises(UnavailableError, match=r"3,600 seconds"),
    ):
        asking(server).ask(REQUEST)
    assert len(server.asked) == 1


def test_a_server_that_stays_busy_is_given_up() -> None:
    with (
        serving(lambda _: failure(500, "out of order")) as server,
        pytest.raises(UnavailableError, match=r"HTTP 500: out of order\), 4 times"),
    ):
        asking(server).ask(REQUEST)
    assert len(server.asked) == module.TRIES


@pytest.mark.parametrize(
    ("reply", "error", "said"),
    [
        (failure(401, "no such key"), UnavailableError, "does not accept the key"),
        (failure(403, "not you"), UnavailableError, "does not accept the key"),
        (failure(404, "no such model"), UnavailableError, "no such model"),
        (failure(402, "pay first"), UnavailableError, "no money left"),
        (failure(413, "too large"), RefusedError, "HTTP 413: too large"),
        (Reply(b"", 302, {"Location": "http://192.0.2.7/v1"}), UnavailableError, "sends us on to 192.0.2.7"),
        (Reply(b'{"detail": [{"msg": "no field x"}]}', 418), RefusedError, "no field x"),
        (Reply(b'[{"error": {"code": 418, "message": "in a list"}}]', 418), RefusedError, "in a list"),
        (Reply(b"<html>busy</html>", 200, {"Content-Type": "text/html"}), RefusedError, "no JSON but text/html"),
        (Reply(b"\xff\xfe", 200), RefusedError, "no JSON"),
        (Reply(b"[" * 100_000, 200), RefusedError, "no JSON"),
        (Reply(b"{}"), RefusedError, "no chat completion"),
        (Reply(b'{"choices": []}'), RefusedError, "no chat completion"),
        (Reply(b'{"choices": [{"message": {"content": 7}}]}'), RefusedError, "no chat completion"),
        (Reply(b'{"error": {"message": "in success"}}'), RefusedError, "in success"),
        (
            Reply(b'{"choices": [{"message": {"content": null, "refusal": "I would rather not"}}]}'),
            RefusedError,
            "refuses to answer",
        ),
        (Reply(b'{"completion": "another API", "stop_reason": "x"}'), RefusedError, "no chat completion"),
    ],
)
def test_what_a_server_says_is_one_reason(reply: Reply, error: type[Exception], said: str) -> None:
    with serving(lambda _: reply) as server, pytest.raises(error) as raised:
        asking(server).ask(REQUEST)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)
    assert len(str(raised.value)) < 400


def test_no_redirect_is_followed() -> None:
    with serving(lambda _: completion("stolen")) as elsewhere:
        to = elsewhere.address + "/chat/completions"
        with serving(lambda _: Reply(b"", 307, {"Location": to})) as server, pytest.raises(UnavailableError):
            asking(server, key="secret").ask(REQUEST)
        assert elsewhere.asked == []


def test_what_a_server_does_not_know_is_left_out() -> None:
    def answer(body: Body) -> Reply:
        if "logprobs" in body:
            return failure(400, "logprobs is not supported")
        if "response_format" in body:
            return failure(400, "unknown field response_format")
        return completion("plain")

    with serving(answer) as server:
        client = asking(server)
        assert client.ask(REQUEST._replace(probabilities=True)).text == "plain"
        assert len(server.asked) == 3
        assert client.ask(REQUEST).text == "plain"
        assert len(server.asked) == 4, "what it does not know is not tried again"


def test_an_answer_that_does_not_come() -> None:
    slow = completion("late")
    slow.pause = 5.0
    with serving(lambda _: slow) as server:
        started = time.monotonic()
        with pytest.raises((UnavailableError, RefusedError)):
            asking(server, seconds=0.3).ask(REQUEST)
    assert time.monotonic() - started < 30


def test_half_an_answer() -> None:
    half = completion("half")
    half.length += 50
    with serving(lambda _: half) as server, pytest.raises(UnavailableError, match="connection broke"):
        asking(server, seconds=2).ask(REQUEST)


def test_an_answer_without_end() -> None:
    endless = Reply(b" " * (module.LARGEST + 1_000_000))
    with serving(lambda _: endless) as server, pytest.raises(RefusedError, match="larger than 8 MB"):
        asking(server).ask(REQUEST)


def test_nobody_there() -> None:
    with serving(lambda _: completion("x")) as server:
        address = server.address
    with pytest.raises(UnavailableError, match="nobody answers there"):
        Client(address, "", Limits(2, 0.01), threading.Event()).ask(REQUEST)


def test_a_certificate_that_does_not_hold(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A server with a certificate that it made itself."""
    import ssl
    import subprocess

    folder = tmp_path_factory.mktemp("tls")
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "2",
         "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")],
        capture_output=True, check=False,
    )  # fmt: skip
    if made.returncode:
        absent("openssl makes no certificate here")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    with serving(lambda _: completion("x")) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        address = server.address.replace("http://", "https://")
        with pytest.raises(UnavailableError, match="certificate does not hold"):
            Client(address, "secret", Limits(5, 0.01), threading.Event()).ask(REQUEST)
        assert server.asked == []


def test_a_run_that_is_broken_off_waits_for_nothing() -> None:
    stopped = threading.Event()

    def answer(_: Body) -> Reply:
        stopped.set()
        return failure(503, "busy", Retry_After="50")

    with serving(answer) as server:
        started = time.monotonic()
        with pytest.raises(UnavailableError, match="broken off"):
            asking(server, stopped=stopped).ask(REQUEST)
    assert time.monotonic() - started < 20


def test_a_request_is_the_same_bytes_every_time() -> None:
    from corrigenda.engines.llm.chat import canonical, digest

    body = REQUEST.body()
    assert canonical(body) == canonical(json.loads(canonical(body)))
    assert digest(body) == digest(REQUEST.body(structured=False)), "the wish for a form is no part of the question"
    assert digest(body) != digest(REQUEST._replace(seed=2).body())
