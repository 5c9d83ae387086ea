"""The exceptions of this package, which never leave it: the engine turns them into its status, or into a count."""


class UnavailableError(Exception):
    """Nobody answers at the address, or not to us. The message is one sentence for the report, with what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RefusedError(Exception):
    """The server, or we, will not have this one request; others may fare better. The message says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class SpentError(Exception):
    """The budget of the run does not allow another request."""


class AnswerError(Exception):
    """An answer is not in the form that was asked for. The message says what is wrong, for the model to read."""
