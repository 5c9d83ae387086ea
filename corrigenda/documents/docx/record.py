"""What a reviewed copy says of itself: the document it was made of, and what was proposed.

It is kept in a part of custom XML, which Word and LibreOffice leave alone, so that `corrigenda decisions` needs nothing
but the copy that came back.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from corrigenda.documents.xml.events import Start, Text
from corrigenda.documents.xml.scanner import scan
from corrigenda.documents.xml.splicing import escaped

NAMESPACE = "urn:corrigenda:review:1"
"""The namespace of the record's one element."""

_LONGEST = 10_000
"""Code points of a quote; a finding has some words."""
_MOST = 100_000


class Proposal(NamedTuple):
    """A finding as it was shown: `correction` is what was proposed in its place, None where nothing was."""

    key: int
    check: str
    fingerprint: str
    quote: str
    correction: str | None


class Record(NamedTuple):
    """The document that a copy was made of, by its path in the report and its hash, and what was proposed."""

    path: str
    sha256: str
    proposals: tuple[Proposal, ...]


def record_part(record: Record) -> str:
    """Return a record as the text of its part."""
    rows = [proposal._asdict() for proposal in record.proposals]
    said = json.dumps({"path": record.path, "sha256": record.sha256, "proposals": rows}, ensure_ascii=False)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<review xmlns="{NAMESPACE}">{escaped(said)}</review>'


def is_record(raw: str) -> bool:
    """Return whether a part of custom XML is a record."""
    return NAMESPACE in raw[:1_000]


def read(raw: str) -> Record:
    """Read a record.

    Raises:
        ValueError: It is damaged, or not ours.
        Unreadable: Its XML is damaged.
    """
    inside = False
    said: list[str] = []
    for event in scan(raw, what="the record of the review", namespaces={NAMESPACE: "c"}, doctype=False):
        if isinstance(event, Start):
            inside = event.name == "c:review"
        elif inside and isinstance(event, Text):
            said.append(event.value)
    try:
        data = json.loads("".join(said))
        rows = data["proposals"]
        if not isinstance(rows, list) or len(rows) > _MOST:
            raise ValueError
        path, sha256 = data["path"], data["sha256"]
        if not isinstance(path, str) or not isinstance(sha256, str):
            raise TypeError
        return Record(path, sha256, tuple(map(_proposal, rows)))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ValueError("the record of the review is damaged") from None


def _proposal(row: Mapping[str, Any]) -> Proposal:
    key, correction = row["key"], row["correction"]
    texts = (row["check"], row["fingerprint"], row["quote"])
    if type(key) is not int or not 0 < key <= _MOST or not all(isinstance(text, str) for text in texts):
        raise ValueError
    if not (correction is None or isinstance(correction, str)) or len(texts[2]) > _LONGEST:
        raise ValueError
    return Proposal(key, *texts, correction)
