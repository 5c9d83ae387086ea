"""Detector `nearest`: wordings close to a known artefact of corpora/exemplars.

An exemplar's marked words nominate a stretch that shares most of them; the closeness of the two wordings' embeddings,
well ahead of the closeness to the exemplar's repaired sentence, confirms it.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from corrigenda.detectors.base import CompileResources, Context, Hit, Nominee, Rule
from corrigenda.structure import stems

if TYPE_CHECKING:
    from corrigenda.check import Check

name = "nearest"

_WORD = re.compile(r"\w+(?:['’-]\w+)*")


def compile_check(check: "Check", resources: CompileResources) -> list[Rule]:
    """Turn each marked wording with two content words or more into a rule, announced by its rarest."""
    from corrigenda import resources as content
    from corrigenda.check import parse_example
    from corrigenda.inflection import forms

    rules: list[Rule] = []
    for kind in check.options["kinds"]:
        path = content.path("corpora", "exemplars", f"{kind}.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text, spans = parse_example(row["text"])
            for start, end in spans:
                phrase = text[start:end]
                words = sorted({w.lower() for w in _WORD.findall(phrase) if stems(w)})
                if len(stems(phrase)) < 2:
                    continue
                rarest = sorted(words, key=lambda word: (resources.frequency(word), word))[:2]
                rules.append(
                    Rule(
                        literals=tuple(sorted({form for word in rarest for form in (word, *forms(word))})),
                        payload={
                            "phrase": phrase,
                            "length": len(phrase.split()),
                            "stems": sorted(stems(phrase)),
                            "right": row["right"],
                            "kind": row["kind"].replace("-", " "),
                            "share": check.options["share"],
                            "close": check.options["close"],
                        },
                    )
                )
    return rules


def confirm(nominees: Sequence[Nominee], context: Context) -> Iterable[Hit]:
    """Compare the stretch around each nominated word with the exemplar's wording."""
    wanted: dict[int, list[tuple[Nominee, int, int, str]]] = {}
    for nominee in nominees:
        if nominee.block is None:
            continue
        view = context.documents[nominee.document].blocks[nominee.block].view
        for start, end in _stretches(view.text, nominee.rule.payload):
            wanted.setdefault(nominee.document, []).append((nominee, start, end, view.text[start:end]))
    for number in sorted(wanted):
        places = wanted[number]
        texts = [text for _, _, _, text in places] + [nominee.rule.payload["phrase"] for nominee, _, _, _ in places]
        rows = context.comparisons.encode(number, texts, places=len(places))
        if rows is None:
            continue
        for index, (nominee, start, end, _) in enumerate(places):
            close = float((rows[index] * rows[len(places) + index]).sum())
            payload = nominee.rule.payload
            if close < payload["close"]:
                continue
            assert nominee.block is not None
            span = context.documents[number].blocks[nominee.block].view.to_document(start, end)
            yield Hit(
                check=nominee.rule.check,
                document=number,
                start=span.start,
                end=span.end,
                values={"like": payload["phrase"], "kind": payload["kind"], "right": payload["right"]},
                evidence={
                    "comparison": f"close to the known artefact “{payload['phrase']}”",
                    "repaired there": payload["right"],
                    "scores": {"closeness": round(close, 2)},
                },
                confidence=round(min(0.9, 0.55 + 2 * (close - payload["close"])), 2),
            )


def _stretches(text: str, payload: Any) -> Iterable[tuple[int, int]]:
    """Yield stretches about as long as the exemplar's wording, from its first shared content word to its last."""
    wanted = set(payload["stems"])
    words = [(found.start(), found.end(), stems(found[0]) & wanted) for found in _WORD.finditer(text)]
    at = 0
    while at < len(words):
        if not words[at][2]:
            at += 1
            continue
        window = words[at : at + payload["length"] + 1]
        last = max(i for i, word in enumerate(window) if word[2])
        found = set().union(*(word[2] for word in window))
        if len(found) >= max(2, payload["share"] * len(wanted)):
            yield window[0][0], window[last][1]
            at += last
        at += 1
