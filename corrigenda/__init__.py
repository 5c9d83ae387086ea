"""corrigenda: finds what machine translation left behind in English copy.

from corrigenda import check, fix

for finding in check("Kiev is quiet. Kyiv is not."):
    print(finding.line, finding.severity, finding.message)
print(fix("He met the the mayor.").text)
"""

__version__ = "0.1.0"

# Not imported from typing: under `python -m corrigenda` a `typing.py` in the current folder would still come first.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from corrigenda.api import Checked, Fixed, Session, check, check_paths, fix
    from corrigenda.finding import Applicability, Correction, Finding, Report, Severity
    from corrigenda.settings import ReadingOptions, Settings
    from corrigenda.workspace.large_model import LargeModel

_FROM_API = ("Checked", "Fixed", "Session", "check", "check_paths", "fix")
_FROM_SETTINGS = ("ReadingOptions", "Settings")
_FROM_FINDING = ("Applicability", "Correction", "Finding", "Report", "Severity")

__all__ = [
    "Applicability",
    "Checked",
    "Correction",
    "Finding",
    "Fixed",
    "LargeModel",
    "ReadingOptions",
    "Report",
    "Session",
    "Settings",
    "Severity",
    "__version__",
    "check",
    "check_paths",
    "fix",
]


def __getattr__(name: str) -> "Any":
    """Import what the library offers when it is asked for: the command line needs little of it to start."""
    if name in _FROM_API:
        from corrigenda import api  # deferred: see above

        return getattr(api, name)
    if name in _FROM_FINDING:
        from corrigenda import finding  # deferred: see above

        return getattr(finding, name)
    if name in _FROM_SETTINGS:
        from corrigenda import settings  # deferred: see above

        return getattr(settings, name)
    if name == "LargeModel":
        from corrigenda.workspace.large_model import LargeModel  # deferred: see above

        return LargeModel
    raise AttributeError(f"module 'corrigenda' has no attribute {name!r}")
