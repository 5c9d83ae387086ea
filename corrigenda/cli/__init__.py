"""The command line: one module a command, imported when the command is called."""

# deferred: what commands import in their functions; --help, and a command that is used wrongly, answer without it.
