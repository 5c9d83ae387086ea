"""Whether output is coloured: one answer for reports, questions and help."""

from collections.abc import Mapping

_NO = ("0", "false", "no")


def wants_color(env: Mapping[str, str], is_terminal: bool) -> bool:
    """Return whether to colour output.

    The first of these that is set to something decides: NO_COLOR (no), FORCE_COLOR (yes; "0", "false" and "no" say no),
    CLICOLOR_FORCE (yes, unless "0"), CLICOLOR=0 (no). Otherwise a terminal is coloured, unless TERM is "dumb".

    Args:
        env: The environment's variables.
        is_terminal: Whether the output goes to a terminal.
    """
    if env.get("NO_COLOR"):
        return False
    forced = env.get("FORCE_COLOR", "")
    if forced:
        return forced.lower() not in _NO
    if env.get("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    if env.get("CLICOLOR") == "0":
        return False
    return is_terminal and env.get("TERM") != "dumb"
