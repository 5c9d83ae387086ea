"""What the filter over LanguageTool has to know of English."""

import re

from corrigenda.expressions import lazy
from corrigenda.languages.base import GrammarFacts


class EnglishFacts(GrammarFacts):
    """The English ones."""

    code = "en"
    variant = "en-US"
    closed_class = frozenset(
        "a an the of in on at to by for from with as than that which who whom this these those is are was were "
        "be been being am has have had do does did will would shall should can could may might must not no nor "
        "or and but so if it its he she they we you i me him her us them my your his our their there here".split()
    )
    closed_class_twice = frozenset(("that", "had", "her", "his", "is", "do", "in", "on"))
    ends_clause = frozenset(("is", "was", "are", "were"))
    begins_clause = lazy(
        r"\b(?:what(?:ever)?|who(?:m|ever)?|where(?:ver)?|how(?:ever)?|why|when(?:ever)?|which(?:ever)?|that|all|as|if|"
        r"whether|things?|points?|problem|truth|facts?|question|reason|trouble|issue|answer|difference|ones?|person|people|"
        r"place|way|every\w*|any\w*)\b[^.!?;:]{0,120}$|[^\W_]\s+(?:he|she|it|they|we|you|i|there|this|these|those)\s+$",
        re.IGNORECASE,
    )
    singular_verbs = ("does", "goes", "has", "is", "was")
    always_capital = frozenset(("I", "I'm", "I'll", "I've", "I'd", "I’m", "I’ll", "I’ve", "I’d"))
    written_small = frozenset(
        ("chancellor", "congress", "government", "hemisphere", "minister", "party", "president", "secretary", "state")
    )
    glue = frozenset(
        "and are for from has have his is its my of that the their they this to was were which with".split()
    )
    equal_articles = frozenset(("a", "an"))
    dialect_message = lazy(r"is (?:British|American|Canadian|Australian|New Zealand|South African) English")
