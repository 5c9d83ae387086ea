"""What a place may be, as the reader is told: the words in which it is asked, and the check that each belongs to.

The kinds follow MQM's categories as far as they can be seen without the source.
"""

from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of mistake: its name in the answer, what the model is told of it."""

    name: str
    told: str


KINDS = (
    Kind("sense", "a word or phrase in the wrong sense: another meaning of the source's word was taken"),
    Kind("literal", "an idiom, a set term or a turn of phrase of another language, word by word; no native says it"),
    Kind("grammar", "an article, preposition, tense, agreement, word order or punctuation that English has otherwise"),
    Kind("missing", "a word is missing or too many: a lost subject, object, “not” or particle; a thing said twice"),
    Kind("reference", "a pronoun, title or name that points to the wrong person or thing, or has the wrong gender"),
    Kind("untranslated", "a word or sentence left in another language or alphabet that readers will not understand"),
    Kind("format", "a date, time, number, unit or currency written as another language writes it"),
    Kind("nonsense", "a sentence that means nothing, contradicts itself or stops in the middle"),
    Kind("debris", "what does not belong to the text: buttons, credits, “read also”, tags, notes of the translator"),
)
NAMES = tuple(kind.name for kind in KINDS)


def told() -> str:
    """Return the list of kinds as the prompt has it."""
    return "\n".join(f"- {kind.name}: {kind.told}" for kind in KINDS)
