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
    particles = frozenset("in on by up over off out down through around".split())
    meant_twice = lazy(
        # A verb with its particle, and a preposition: "handed it in in June". A hyphen joins them too: "opt-in in".
        r"(?i:\b(?:hand|turn|br(?:ing|ought|eak|oke)|com[ei]|came|mov|check|log|sign|settl|g[ia]v|cav|phon|call|sen[dt]|"
        r"t[ao]k|took|drop|stepp?|opt|tun|set|kick|join|fill|fl(?:y|ew)|put|let|stay|g[eo]t|go|went|clock|plug|typ|key|"
        r"tra[dc]|st(?:and|ood)|sle?pt?|book|rush|march|lock|carr[yi]|switch|h[eo]ld|pass|kee?p|drag|h[au]ng|tr[yi]|"
        r"c[ao]tch|caught|pull|dr[io]v|walk|r[au]n|cross|look|back|end|show|light|gr[oe]w|head|climb|f[ae]ll|round|lift|"
        r"sail|pick|cut|clos|shut|wound|wind|warm|sp[eo]d)\w{0,3}\s+(?:(?!(?:is|was|are|were|be)\s)[\w’']+\s+){0,3}|-)\0(?i:in|on|by|up|over|off|out|"
        r"down|through|around)\s"
        # The end of a clause about a noun: "the house he lives in in Kyiv".
        r"|(?i:\b(?:the|an?|this|that|every|any|his|her|their|its|our|my)\s+(?:[\w’'-]+\s+){1,3}(?:he|she|it|they|we|you|i)"
        r"\s+(?:[\w’']+\s+){1,3})\0(?i:in|on|by|up|over|off|out|down|through|around)\s"
        # Two objects, or an object and a clause: "I told you you were right".
        r"|(?i:\b(?:t[eo]ll?d?s?|telling|remind\w*|assur\w+|promis\w+|show\w*|taught|teach\w*|warn\w*|convinc\w+|"
        r"inform\w*|ma[kd]\w+|g[ia]v\w*|wish\w*)\s+)\0(?i:you|me|him|them|us)\s"
        # A clause that is the subject of the same verb: "what matters matters", "what he does does not".
        r"|(?i:\b(?:what(?:ever)?|whoever|whichever|(?:those|anyone|everyone|people|he|she) who)\s+"
        r"(?:(?:he|she|it|they|we|you|i|one)\s+)?)\0(?!(?i:that|this|they|with|from|have|their|were|what|when|which|the)\s)"
        r"(?i:does|has|[a-z]{4,})\s"
        # A name and the verb that it looks like.
        r"|\0(?:Will will|May may|Mark mark|Bill bill|March march|Rob rob|Sue sue|Grant grant|Drew drew|Hope hope)$"
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
