"""What is in force in a run: the settings that the engine and the detectors read.

The configuration file and the command line make one of these (corrigenda.config); it can be sent to a worker process.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corrigenda.finding import Severity
from corrigenda.tagging import DEFAULT_PIPELINE


@dataclass(frozen=True)
class Settings:
    """Settings of a run.

    `disabled` and `enabled` hold check ids or themes, `severities` a severity by check id or theme. `engines` maps an
    engine's name to "auto", "on" (demanded: its absence is a problem) or "off". `options` is handed to detectors.
    """

    disabled: tuple[str, ...] = ()
    enabled: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    check_folders: tuple[Path, ...] = ()
    spacy_model: str = DEFAULT_PIPELINE
    engines: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    max_bytes: int = 64 * 1024 * 1024

    def severity_of(self, check: str, own: Severity) -> Severity:
        """Return the severity that the configuration gives a check, by the most exact name, or the check's own."""
        best: tuple[int, Severity] = (-1, own)
        for name, severity in self.severities.items():
            if (name == check or check.startswith(name.rstrip("/") + "/")) and len(name) > best[0]:
                best = (len(name), severity)
        return best[1]
