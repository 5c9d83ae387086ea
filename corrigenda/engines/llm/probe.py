"""Tries a model for `corrigenda doctor`: one short question, which costs a few tokens."""

import importlib.util
import threading

from corrigenda.engines.engine import Probe, version_of
from corrigenda.engines.llm.address import fault
from corrigenda.engines.llm.chat import Message, Request
from corrigenda.engines.llm.errors import AnswerError, RefusedError, UnavailableError
from corrigenda.engines.llm.key import has_key, key_of
from corrigenda.engines.llm.schema import JUDGE
from corrigenda.engines.llm.settings import LlmSettings

HOW_TO_INSTALL = "install corrigenda[llm]"
_SECONDS = 30.0
_QUESTION = 'Answer with this JSON object and nothing else: {"verdicts": [{"place": 1, "change": "no", "sure": 50}]}'


def probe(settings: LlmSettings) -> Probe:
    """Return whether a model answers at the address of the settings, and in the form that it has to."""
    wrong = settings.fault or fault(settings.address, has_key(settings))
    if wrong:
        return Probe("broken", wrong, "")
    if importlib.util.find_spec("httpx2") is None:
        return Probe("absent", "httpx2 is not installed", HOW_TO_INSTALL)
    # deferred: needs the extra `llm`
    from corrigenda.engines.llm.client import Client, Limits
    from corrigenda.engines.llm.parse import verdicts

    try:
        key = key_of(settings)
    except UnavailableError as error:
        return Probe("broken", error.reason, "see docs/llm.md")
    client = Client(settings.address, key, Limits(_SECONDS), threading.Event())
    request = Request(settings.model, (Message("user", _QUESTION),), "verdicts", JUDGE, 60)
    where = f"httpx2 {version_of('httpx2')}, {settings.model or 'no model named'} at {settings.address}"
    try:
        verdicts(client.ask(request).text)
    except (UnavailableError, RefusedError) as error:
        return Probe("broken", f"{where}: {error.reason}", "see docs/llm.md")
    except AnswerError as error:
        return Probe("runs", f"{where}; it answered, but not as it was told ({error})", "")
    finally:
        client.close()
    return Probe("runs", where)
