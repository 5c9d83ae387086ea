"""Texts that try to break a report: as markup, as commands, as formulas, on a terminal, by size."""

from dataclasses import replace

from corrigenda.documents.document import Document
from corrigenda.finding import (
    Applicability,
    Correction,
    DocumentReport,
    EngineStatus,
    Finding,
    Problem,
    Report,
    Severity,
    fingerprint,
)
from tests.reporting.sample import document

SEEDS = {
    "script": "<script>window.hacked=1</script>",
    "script end": "</script><script>window.hacked=1</script>",
    "script end spaced": "</ScRiPt ><img src=x onerror=window.hacked=1>",
    "comment": "<!--<script>window.hacked=1",
    "event handler": '<img src=x onerror="window.hacked=1">',
    "svg": "<svg/onload=window.hacked=1>",
    "style": "</style><style>*{display:none}</style>",
    "attribute": "\" onmouseover=\"window.hacked=1\" x=\"' onfocus='window.hacked=1' autofocus='",
    "javascript link": "[a](javascript:window.hacked=1) <a href='javascript:window.hacked=1'>b</a>",
    "template": "{{data}} {{script}} ${window.hacked=1} {% raw %} \\u003cscript\\u003e",
    "entity": "&lt;script&gt; &amp;amp; &#60;script&#62;",
    "cdata": "]]><![CDATA[ x ]]> <?xml version='1.0'?> <!DOCTYPE a [<!ENTITY b 'c'>]>",
    "formula": '=HYPERLINK("http://example.org","click")',
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(1+1)*cmd",
    "tab formula": "\t=1+1",
    "workflow command": "::error file=x::gone\n::set-output name=a::b\r::stop-commands::x\n##[error]x",
    "percent": "%0A::error::x %25 %s %(x)s {0}",
    "escape sequence": "\x1b[2J\x1b]0;title\x07\x9b31m \x1b]8;;http://example.org\x1b\\link\x1b]8;;\x1b\\",
    "controls": "".join(map(chr, range(1, 32))) + "\x7f" + "".join(map(chr, range(0x80, 0xA0))),
    "nul": "a\x00b",
    "bidi": "\u202eevil\u202c \u2066isolate\u2069 \u200f\u061c\u2067 x",
    "zero width": "zero\u200bwidth\u200c\u200d\ufeff\u2060\u00ad\u180e",
    "lone surrogates": "a\ud800b\udfffc\ud83d\ude00d",
    "noncharacters": "\ufffe\uffff\U0001fffe\ufdd0\ue000",
    "separators": "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg\rh\r\ni",
    "combining": "Z" + "\u0301\u0489" * 400,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈👍🏽🇺🇦" * 8,
    "rtl": "שלום עולם مرحبا بالعالم",
    "markdown": "# h\n- *a* **b** _c_ `d` ~~e~~ | f | g |\n> q\n---\n***\n1. x\n\n    code\n```\nfence\n",
    "brackets": "[" * 3000 + "](" * 500,
    "stars": "*_" * 3000,
    "backticks": "`" * 500 + "a" + "`" * 499,
    "quotes": "\"'“”‘’«»„" * 40,
    "commas": 'a,b;c\td"e"\n"""',
    "json": '{"a": [1, "\\"], \\ud800 \u0000',
    "spaces": " \u00a0\u2003\u3000  ",
    "newlines": "\n\n\n\r\n\r\r",
    "diff": "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n\\ No newline at end of file\n",
    "long word": "w" * 1_000_000,
    "long wide word": "表" * 200_000,
    "path": '../../etc/passwd\\..\\..\\x:y*?"<>|',
    "url": "https://example.org/?a=b&c=<d> www.example.org mailto:x@example.org",
    "mention": "@channel #1 !2 &3 ~4 $5",
}

HOSTILE = SEEDS

LARGE = 5000


def two_hundred() -> tuple[Report, dict[str, Document]]:
    """One report over more than 200 hostile documents: every seed as it is, and dressed in four ways."""
    seeds = [seed for seed in SEEDS.values() if len(seed) <= LARGE]
    dressed = [
        f(seed) for seed in seeds for f in (str, str.upper, lambda s: s * 2, "'\">{}".format, "a<!--{}-->b".format)
    ]
    reports = [hostile_report(seed) for seed in dressed]
    documents: dict[str, Document] = {}
    entries = []
    for number, (report, texts) in enumerate(reports):
        entry = report.documents[0]
        path = f"{number:03d}/{entry.path}"
        documents[path] = replace(texts[entry.path], path=path)
        entries.append(entry._replace(path=path))
    first = reports[0][0]
    problems = tuple(problem for report, _ in reports for problem in report.problems)
    return Report(first.version, first.engines, tuple(entries), problems), documents


def joined(text: str) -> str:
    """Text as JSON gives it back: two halves of a surrogate pair that stand side by side are one character there."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def hostile_report(seed: str) -> tuple[Report, dict[str, Document]]:
    """A report in which everything that can come from outside is hostile: text, path, quotes, evidence, reasons."""
    text = f"Before {seed} after.\n\n{seed}\n\n{seed}"
    path = f"copy/{seed[:60]}.txt"
    article = document(path, text) if "\r" not in text else Document(path, text, "text")
    findings = []
    places = [(7, 7 + len(seed)), (0, len(text)), (len(text) - 1, len(text)), (3, 4), (9 + len(seed), 15 + len(seed))]
    for number, (start, end) in enumerate(places):
        if not 0 <= start < end <= len(text):
            continue
        line, column = article.line_and_column(start)
        quote = text[start:end]
        short = seed[:2000]
        findings.append(
            Finding(
                f"hostile/{number}",
                short[:50],
                list(Severity)[number % 3],
                0.5,
                start,
                end,
                line,
                column,
                quote,
                f"Seen: {short}",
                {short[:40] or "k": [short, {short[:20] or "k": short}], "plain": 1.5},
                (short, "other"),
                number % 2 == 0,
                fingerprint(f"hostile/{number}", quote[:1000], "", ""),
                (
                    Correction(short, Applicability.UNSAFE),
                    Correction("", Applicability.UNSAFE),
                    Correction(f"Advice: {short}", Applicability.DISPLAY_ONLY),
                ),
            )
        )
    report = Report(
        "0.1.0",
        (EngineStatus("rules", "ran"), EngineStatus("spacy", "absent", seed[:2000])),
        (DocumentReport(path, "checked", tuple(sorted(findings, key=lambda f: f.sort_key))),),
        (Problem(f"{seed[:60]}.bin", seed[:2000] or "Broken."),),
    )
    return report, {path: article}
