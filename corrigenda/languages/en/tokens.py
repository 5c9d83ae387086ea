"""English as spaCy cuts and tags it: the Penn Treebank's tags, and words that are cut out of longer ones."""

from collections.abc import Mapping
from types import MappingProxyType

from corrigenda.languages.base import Tokens

_HOSTS = (
    "ai are ca can could dare did do does gon got had has have is may might must need ought sha should wan was were wo "
    "would"
)
_ENDS: Mapping[str, tuple[str, ...]] = {"can": ("not",), "gon": ("na",), "wan": ("na",), "got": ("ta",)}


class EnglishTokens(Tokens):
    """The English ones."""

    tags = frozenset(
        "CC CD DT EX FW IN JJ JJR JJS LS MD NN NNS NNP NNPS PDT POS PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD "
        "VBG VBN VBP VBZ WDT WP WP$ WRB HYPH NFP ADD AFX XX . , : `` '' -LRB- -RRB- $".split()
    )
    # "do" of "don't" and "dont", "can" of "cannot".
    hosts = MappingProxyType({word: ("n", "nt", *_ENDS.get(word, ())) for word in _HOSTS.split()})
    units = frozenset("am cm ft g gb ha in kb kg km kmh lb m mb mg mm mph nm oz pa pm t tb yd".split())
    tails = MappingProxyType({"n't": (), "nt": (), "na": (), "ta": (), "not": ("cannot",), "me": ("gimme", "lemme")})
    joined = frozenset(("n't",))
    have = frozenset("have has had having be is are was were been being am 's 've get got gets".split())
