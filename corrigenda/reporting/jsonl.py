"""The findings as JSON lines: one object for each finding, then for each problem and engine that did not run."""

from corrigenda.reporting.base import Format
from corrigenda.reporting.json import render_lines

FORMAT = Format("jsonl", ".jsonl", "The same, a line for each finding", render_lines)
