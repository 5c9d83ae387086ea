"""The one exception of this package, which never leaves it: the engine turns it into a line of the report."""


class UnavailableError(Exception):
    """LanguageTool cannot be used. The message is one sentence for the report: what is missing, and how to get it.

    `absent` tells "it was never installed" from "it is there and failed".
    """

    def __init__(self, reason: str, *, absent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.absent = absent
