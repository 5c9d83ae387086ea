"""A unified diff of the corrections; which ones are made is for the caller: `Options.corrected` gives the texts."""

from corrigenda.documents.document import Document
from corrigenda.finding import Report
from corrigenda.reporting.base import Format, Options, Texts, about_run, engine_line, idle_engines, verdict
from corrigenda.reporting.visible import sound, visible

_NO_NEWLINE = "\\ No newline at end of file"


def render(report: Report, texts: Texts, options: Options) -> str:
    """Return the diff, with the verdict and what did not run as comments before it, where `patch` and git skip them.

    Without `options.corrected` there is nothing to compare, and only the comments are written.
    """
    lines = [f"# {verdict(report)}"]
    lines += [f"# not checked: {visible(problem.path)}: {visible(problem.message)}" for problem in report.problems]
    lines += [f"# did not run: {visible(engine_line(engine))}" for engine in idle_engines(report)]
    lines += [f"# about this run: {visible(line)}" for line in about_run(report)]
    text = "\n".join(lines) + "\n"
    for entry in report.documents:
        corrected = options.corrected(entry.path) if options.corrected else None
        document = texts(entry.path) if corrected is not None else None
        if corrected is not None and document is not None:
            text += unified(document, corrected, options.rooted(entry.path))
    return sound(text)


def unified(document: Document, corrected: str, path: str) -> str:
    """Return the unified diff between a document and its corrected text, empty when they are equal.

    Lines end at LF alone, as `patch` and git read them, so that a CR stays part of its line. The head says "git", so
    that `git apply` takes the path for one from the root in whatever folder it runs.

    Args:
        document: The document as it is.
        corrected: Its text with the corrections.
        path: The path that the diff names, from the repository's root where there is one.
    """
    import difflib

    if corrected == document.text:
        return ""
    before, after = _lines(document.text), _lines(corrected)
    old, new = _name(f"a/{path.lstrip('/')}"), _name(f"b/{path.lstrip('/')}")
    # A tab ends a name with spaces, which `patch` would cut.
    end = "\t" if " " in path else ""
    if document.origin is None:
        head = f"diff --git {old} {new}\n--- {old}{end}\n+++ {new}{end}\n"
    else:
        # A container's text is not the file's own: the diff is for people, and neither `patch` nor git may try it.
        head = f"# the text of {visible(path)}\n--- {old} (text)\t\n+++ {new} (text)\t\n"
    _, _, *lines = difflib.unified_diff(before, after, lineterm="\n")
    return head + "".join(line if line.endswith("\n") else f"{line}\n{_NO_NEWLINE}\n" for line in lines)


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _name(path: str) -> str:
    """Return a path as git writes it in a diff: in quotation marks when it holds what would break the line, or what a
    runner of continuous integration takes for a command ("##[…]").
    """
    if path.isprintable() and not any(sign in path for sign in ('"', "\\", "##")):
        return path
    return f'"{"".join(map(_escaped, path))}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable() and character != "#":
        return character
    return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", "replace"))


FORMAT = Format("diff", ".diff", "A unified diff of the corrections", render)
