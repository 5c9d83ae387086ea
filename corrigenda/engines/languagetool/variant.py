"""Which English a text is written in, as its own spelling tells."""

import re

from corrigenda.documents.document import Document

# Forms that one standard has and the other has not. -ize is no sign: British copy has it too; -ise in words that both
# spell so (advise, surprise) is left out by listing stems.
_BRITISH = re.compile(
    r"\b(?:colour|favour|honour|labour|neighbour|behaviour|rumour|harbour|endeavour|humour|vapour|armour|flavour)\w*"
    r"|\b(?:centre|theatre|metre|kilometre|litre|fibre|calibre|spectre)s?\b"
    r"|\b(?:organi|recogni|reali|criticis|apologi|emphasi|authori|mobili|locali|privati|legali|nationali|stabili|summari)"
    r"s(?:e|ed|es|ing|ation|ations|er|ers)\b"
    r"|\b(?:analys|paralys|catalys)(?:e|ed|es|ing)\b"
    r"|\b(?:defence|offence|licence|pretence|programmes?|travell(?:ed|er|ers|ing)|cancelled|labelled|fuelled|signalled"
    r"|grey|tyres?|ploughs?|cheques?|sceptic\w*|aluminium|jewellery|moustache|pyjamas|kerb|manoeuvr\w+)\b",
    re.IGNORECASE,
)
_AMERICAN = re.compile(
    r"\b(?:color|favor|honor|neighbor|behavior|rumor|harbor|endeavor|humor|vapor|armor|flavor)(?:s|ed|ing|able|ite|ites|ful|hood)?\b"
    r"|\b(?:labor)(?:s|ed|ing|ers?)?\b"
    r"|\b(?:center|theater|meter|kilometer|liter|fiber|caliber|specter)s?\b"
    r"|\b(?:analyz|paralyz|catalyz)(?:e|ed|es|ing)\b"
    r"|\b(?:defense|offense|pretense|traveled|traveler|travelers|traveling|canceled|labeled|fueled|signaled|gray|plows?"
    r"|skeptic\w*|aluminum|jewelry|mustache|pajamas|maneuver\w*)\b",
    re.IGNORECASE,
)
_BRITISH_VARIANT = "en-GB"
_AMERICAN_VARIANT = "en-US"


def variant_of(document: Document, default: str = _AMERICAN_VARIANT) -> str:
    """Return "en-GB" or "en-US", whichever spelling the document has more of, the default when it tells neither.

    The names of bodies (the World Health Organization, the Labour Party) count like any other word: there are few of
    them.
    """
    text = document.text
    british = sum(1 for _ in _BRITISH.finditer(text))
    american = sum(1 for _ in _AMERICAN.finditer(text))
    if british == american:
        return default
    return _BRITISH_VARIANT if british > american else _AMERICAN_VARIANT
