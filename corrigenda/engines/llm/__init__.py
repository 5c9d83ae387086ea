"""A large language model as an engine: it proposes places, and the filters of corrigenda decide what stands."""

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from corrigenda.engines.engine import Engine, Host, Kind, Probe
from corrigenda.languages import language
from corrigenda.settings import Settings

if TYPE_CHECKING:
    from corrigenda.engines.llm.settings import LlmSettings

NAME = "llm"
OPTION = "llm"
"""Where the settings of a run hold what the user says of it: the table [llm] of their own configuration."""
ALONE = "alone"
"""Among these: that the environment is not asked, since a program that uses the library names whom it asks."""
ADDRESS = "CORRIGENDA_LLM"
MODEL = "CORRIGENDA_LLM_MODEL"
KEY = "CORRIGENDA_LLM_KEY"
"""Environment variables: the address, the model's name, and the key."""
STYLES: Mapping[str, str] = MappingProxyType(
    {"ap": "AP", "bbc": "BBC", "guardian": "the Guardian", "reuters": "Reuters", "un": "the United Nations"}
)
"""The shipped house styles (corpora/styles), as a model knows them."""
NOBODY = (
    "nobody said whom to ask; use --llm ADDRESS and --llm-model NAME, or say both under [llm] in your own configuration"
)


def _create(host: Host) -> Engine | None:
    said = host.settings.engines.get(NAME, "off")
    if said == "off":
        return None
    own = settings_of(host.settings)
    if "judge" not in own.roles and not any(rule.check.detector == NAME for rule in host.rules):
        return None
    if said == "auto" and not own.address and own.record is None:
        return None
    # deferred: only a run that was told to asks a model
    from corrigenda.engines.llm.session import Llm

    return Llm(
        own,
        host.rules,
        house=house(host.settings),
        profile=profile(host.settings),
        source=lambda _: str(getattr(host.settings, "source_language", "")),
        tables=lambda: host.names,
    )


def settings_of(settings: Settings) -> "LlmSettings":
    """Return how the engine is used in a run: what the command line and the user's configuration say, else the
    environment.
    """
    # deferred: see `_create`
    from corrigenda.engines.llm.settings import ROLES, Budget, LlmSettings, Prices

    said: Mapping[str, Any] = settings.options.get(OPTION, {})
    record = said.get("record")
    named = {} if said.get(ALONE) else os.environ
    address = str(said.get("address") or named.get(ADDRESS, "").strip())
    return LlmSettings(
        state="on",
        address=address,
        model=str(said.get("model") or named.get(MODEL, "").strip()),
        key_variable=str(said.get("key-variable", KEY)),
        keyring=str(said.get("keyring", "")),
        roles=tuple(role for role in ROLES if role in said.get("roles", ROLES)),
        votes=int(said.get("votes", LlmSettings().votes)),
        context=int(said.get("context", LlmSettings().context)),
        requests=int(said.get("requests", LlmSettings().requests)),
        seconds=float(said.get("seconds", LlmSettings().seconds)),
        budget=Budget(int(said.get("tokens", 0)), float(said.get("money", 0.0))),
        prices=Prices(
            float(said.get("price-in", 0.0)), float(said.get("price-out", 0.0)), str(said.get("currency", "$"))
        ),
        record=Path(record) if record else None,
        use_cache=bool(said.get("use-cache", True)),
        fault="" if address or record else NOBODY,
    )


def house(settings: Settings) -> str:
    """Return what the model is told of the house: the English that it writes and the style that it follows, where the
    configuration says so. A style of the house's own is not named: no model knows it.
    """
    label = language().dialects.labels.get(language().dialects.wanted(settings.language or "auto"), "")
    named = str(settings.options.get("style-name", ""))
    parts = [f"The house writes {label} English."] if label else []
    if named in STYLES:
        parts.append(f"It follows the style guide of {STYLES[named]}.")
    return " ".join(parts)


def profile(settings: Settings) -> str:
    """Return what the reader is told of the kind of text, by the profile of the configuration."""
    # deferred: see `_create`
    from corrigenda.engines.llm.context import profiles

    return profiles().get(str(settings.options.get("profile", "")), "")


def _probe(settings: Settings) -> Probe:
    # deferred: only `corrigenda doctor` asks
    from corrigenda.engines.llm.probe import probe

    if settings.engines.get(NAME, "off") == "off":
        return Probe("absent", "off; no text is sent to a language model unless you name one", "")
    return probe(settings_of(settings))


ENGINE = Kind(
    NAME,
    "document",
    "A large language model at an address that the user names (--llm, or [llm] in their own configuration).",
    _create,
    _probe,
    default="off",
)
