"""Annotations in GitHub Actions, within its caps, and the job summary.

GitHub shows at most 10 errors, 10 warnings and 10 notices of one step and drops the rest without a word, so this writes
what fits and says how many more there are; the job summary has them all (up to its limit of 1 MiB).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from corrigenda.documents.document import Document
from corrigenda.finding import Finding, Report, Severity
from corrigenda.reporting.base import (
    Format,
    Options,
    Texts,
    about_run,
    advice,
    all_findings,
    correction_words,
    engine_line,
    idle_engines,
    verdict,
)
from corrigenda.reporting.sarif import end_position
from corrigenda.reporting.visible import shorten, sound, visible

CAP = 10
"""Annotations of one kind that GitHub shows for a step."""

SUMMARY_BYTES = 1_000_000
"""A job summary may hold 1 MiB for each step; more makes the upload fail."""

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.SUGGESTION: "notice"}


def render(report: Report, texts: Texts, options: Options) -> str:
    """Return workflow commands: at most 10 of a kind, problems first, the last one counting what found no room."""
    commands: dict[str, list[str]] = {"error": [], "warning": [], "notice": []}
    for problem in report.problems:
        place = {"file": options.rooted(problem.path)} if problem.path else {}
        commands["error"].append(_command("error", problem.message, "Could not be checked", place))
    for severity in (Severity.ERROR, Severity.WARNING, Severity.SUGGESTION):
        for document, finding in all_findings(report):
            if finding.severity is severity:
                place = _place(options.rooted(document.path), finding, texts(document.path))
                commands[_COMMANDS[severity]].append(
                    _command(_COMMANDS[severity], _message(finding), finding.check, place)
                )
    engines = [_command("notice", engine_line(engine), "Did not run") for engine in idle_engines(report)]
    engines += [_command("notice", line, "About this run") for line in about_run(report)]
    commands["notice"] = engines + commands["notice"]
    lines = []
    for kind, listed in commands.items():
        lines += _within_cap(kind, listed)
    lines.append(visible(sound(verdict(report))))
    return "\n".join(lines) + "\n"


def summary(report: Report, texts: Texts, options: Options) -> str:
    """Return the job summary in Markdown, shortened to what GitHub takes."""
    # deferred: the annotations need no Markdown
    from corrigenda.reporting import markdown

    text = markdown.render(report, texts, options)
    data = text.encode("utf-8")
    if len(data) <= SUMMARY_BYTES:
        return text + "\n"
    kept = data[:SUMMARY_BYTES].decode("utf-8", "ignore")
    kept = kept[: kept.rfind("\n\n")]
    return kept + "\n\n**The summary ends here: GitHub takes no more. The JSON or HTML report has all findings.**\n\n"


def _within_cap(kind: str, commands: Sequence[str]) -> list[str]:
    if len(commands) <= CAP:
        return list(commands)
    rest = len(commands) - (CAP - 1)
    more = f"{rest:,} more of this kind in the job summary."
    return [*commands[: CAP - 1], _command(kind, more, "corrigenda")]


def _message(finding: Finding) -> str:
    where = f"{finding.label}: " if finding.line is None else ""
    lines = [f"{where}“{shorten(finding.quote, 120)}”: {finding.message}"]
    words = correction_words(finding)
    if words:
        lines.append(f"Correction: {words}")
    return "\n".join([*lines, *advice(finding)])


def _place(path: str, finding: Finding, document: Document | None) -> dict[str, str]:
    end = end_position(finding, document)
    if end is None:
        return {"file": path}
    line, column = end
    place = {"file": path, "line": str(finding.line), "endLine": str(line)}
    if line == finding.line:
        place |= {"col": str(finding.column), "endColumn": str(column)}
    return place


def _command(kind: str, message: str, title: str, place: dict[str, str] | None = None) -> str:
    properties = {**(place or {}), "title": title}
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{kind} {listed}::{_data(message)}"


def _data(text: str) -> str:
    """Escape a command's message as the runner undoes it, so that a text can never start a command of its own."""
    lines = [visible(sound(line)) for line in text.split("\n")]
    return "%0A".join(line.replace("%", "%25") for line in lines)


def _property(text: str) -> str:
    return visible(sound(text)).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")


def publish(report: Report, texts: Texts, options: Options, env: Mapping[str, str]) -> None:
    """Append the job summary to the file that $GITHUB_STEP_SUMMARY names, when it is set. Raises OSError."""
    target = env.get("GITHUB_STEP_SUMMARY", "")
    if target:
        with Path(target).open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(summary(report, texts, options))


FORMAT = Format("github", ".txt", "Annotations and a job summary in GitHub Actions", render, publish=publish)
