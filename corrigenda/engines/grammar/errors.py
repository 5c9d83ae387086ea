"""The exceptions of this package, which never leave it: the engine turns them into lines of the report."""


class UnavailableError(Exception):
    """A backend cannot be used. The message is one sentence for the report: what is missing, and how to get it.

    `absent` tells "it was never installed" from "it is there and failed".
    """

    def __init__(self, reason: str, *, absent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.absent = absent


class RefusedError(Exception):
    """A backend will not check this text: too long, too slow, too many errors, or its own fault."""
