"""English inflection for check patterns: the forms of a word, and one word put into the form of another.

Only what patterns need: verb forms and the plural of nouns, by the regular rules and a list of irregular words.
The rules over-generate on purpose ("participanted" harms nobody in a pattern that looks for "participants").
"""

from collections.abc import Mapping
from functools import lru_cache

_VOWELS = frozenset("aeiou")

# lemma: (past, past participle); the third person and the -ing form are regular but for the few named below.
_IRREGULAR_VERBS: dict[str, tuple[str, str]] = {
    "arise": ("arose", "arisen"),
    "awake": ("awoke", "awoken"),
    "be": ("was", "been"),
    "bear": ("bore", "borne"),
    "beat": ("beat", "beaten"),
    "become": ("became", "become"),
    "begin": ("began", "begun"),
    "bend": ("bent", "bent"),
    "bet": ("bet", "bet"),
    "bind": ("bound", "bound"),
    "bite": ("bit", "bitten"),
    "bleed": ("bled", "bled"),
    "blow": ("blew", "blown"),
    "break": ("broke", "broken"),
    "bring": ("brought", "brought"),
    "broadcast": ("broadcast", "broadcast"),
    "build": ("built", "built"),
    "burst": ("burst", "burst"),
    "buy": ("bought", "bought"),
    "cast": ("cast", "cast"),
    "catch": ("caught", "caught"),
    "choose": ("chose", "chosen"),
    "come": ("came", "come"),
    "cost": ("cost", "cost"),
    "cut": ("cut", "cut"),
    "deal": ("dealt", "dealt"),
    "dig": ("dug", "dug"),
    "do": ("did", "done"),
    "draw": ("drew", "drawn"),
    "drink": ("drank", "drunk"),
    "drive": ("drove", "driven"),
    "eat": ("ate", "eaten"),
    "fall": ("fell", "fallen"),
    "feed": ("fed", "fed"),
    "feel": ("felt", "felt"),
    "fight": ("fought", "fought"),
    "find": ("found", "found"),
    "flee": ("fled", "fled"),
    "fly": ("flew", "flown"),
    "forbid": ("forbade", "forbidden"),
    "forget": ("forgot", "forgotten"),
    "forgive": ("forgave", "forgiven"),
    "freeze": ("froze", "frozen"),
    "get": ("got", "got"),
    "give": ("gave", "given"),
    "go": ("went", "gone"),
    "grow": ("grew", "grown"),
    "hang": ("hung", "hung"),
    "have": ("had", "had"),
    "hear": ("heard", "heard"),
    "hide": ("hid", "hidden"),
    "hit": ("hit", "hit"),
    "hold": ("held", "held"),
    "hurt": ("hurt", "hurt"),
    "keep": ("kept", "kept"),
    "know": ("knew", "known"),
    "lay": ("laid", "laid"),
    "lead": ("led", "led"),
    "leave": ("left", "left"),
    "lend": ("lent", "lent"),
    "let": ("let", "let"),
    "lie": ("lay", "lain"),
    "lose": ("lost", "lost"),
    "make": ("made", "made"),
    "mean": ("meant", "meant"),
    "meet": ("met", "met"),
    "overcome": ("overcame", "overcome"),
    "overthrow": ("overthrew", "overthrown"),
    "pay": ("paid", "paid"),
    "put": ("put", "put"),
    "quit": ("quit", "quit"),
    "read": ("read", "read"),
    "ride": ("rode", "ridden"),
    "ring": ("rang", "rung"),
    "rise": ("rose", "risen"),
    "run": ("ran", "run"),
    "say": ("said", "said"),
    "see": ("saw", "seen"),
    "seek": ("sought", "sought"),
    "sell": ("sold", "sold"),
    "send": ("sent", "sent"),
    "set": ("set", "set"),
    "shake": ("shook", "shaken"),
    "shed": ("shed", "shed"),
    "shine": ("shone", "shone"),
    "shoot": ("shot", "shot"),
    "show": ("showed", "shown"),
    "shut": ("shut", "shut"),
    "sing": ("sang", "sung"),
    "sink": ("sank", "sunk"),
    "sit": ("sat", "sat"),
    "sleep": ("slept", "slept"),
    "speak": ("spoke", "spoken"),
    "spend": ("spent", "spent"),
    "split": ("split", "split"),
    "spread": ("spread", "spread"),
    "stand": ("stood", "stood"),
    "steal": ("stole", "stolen"),
    "stick": ("stuck", "stuck"),
    "strike": ("struck", "struck"),
    "swear": ("swore", "sworn"),
    "swim": ("swam", "swum"),
    "take": ("took", "taken"),
    "teach": ("taught", "taught"),
    "tear": ("tore", "torn"),
    "tell": ("told", "told"),
    "think": ("thought", "thought"),
    "throw": ("threw", "thrown"),
    "undergo": ("underwent", "undergone"),
    "understand": ("understood", "understood"),
    "undertake": ("undertook", "undertaken"),
    "uphold": ("upheld", "upheld"),
    "wake": ("woke", "woken"),
    "wear": ("wore", "worn"),
    "win": ("won", "won"),
    "withdraw": ("withdrew", "withdrawn"),
    "withhold": ("withheld", "withheld"),
    "withstand": ("withstood", "withstood"),
    "write": ("wrote", "written"),
    "breed": ("bred", "bred"),
    "cling": ("clung", "clung"),
    "creep": ("crept", "crept"),
    "fling": ("flung", "flung"),
    "foresee": ("foresaw", "foreseen"),
    "forgo": ("forwent", "forgone"),
    "kneel": ("knelt", "knelt"),
    "shrink": ("shrank", "shrunk"),
    "slay": ("slew", "slain"),
    "slide": ("slid", "slid"),
    "sling": ("slung", "slung"),
    "slit": ("slit", "slit"),
    "spin": ("spun", "spun"),
    "spit": ("spat", "spat"),
    "spring": ("sprang", "sprung"),
    "sting": ("stung", "stung"),
    "stink": ("stank", "stunk"),
    "stride": ("strode", "stridden"),
    "string": ("strung", "strung"),
    "strive": ("strove", "striven"),
    "sweep": ("swept", "swept"),
    "swing": ("swung", "swung"),
    "thrust": ("thrust", "thrust"),
    "tread": ("trod", "trodden"),
    "weave": ("wove", "woven"),
    "weep": ("wept", "wept"),
    "wring": ("wrung", "wrung"),
    "mistake": ("mistook", "mistaken"),
    "misunderstand": ("misunderstood", "misunderstood"),
    "offset": ("offset", "offset"),
    "outdo": ("outdid", "outdone"),
    "override": ("overrode", "overridden"),
    "oversee": ("oversaw", "overseen"),
    "overtake": ("overtook", "overtaken"),
    "rebuild": ("rebuilt", "rebuilt"),
    "redo": ("redid", "redone"),
    "rewrite": ("rewrote", "rewritten"),
    "resell": ("resold", "resold"),
    "retell": ("retold", "retold"),
    "unwind": ("unwound", "unwound"),
    "upset": ("upset", "upset"),
    "sublet": ("sublet", "sublet"),
    "partake": ("partook", "partaken"),
    "beget": ("begot", "begotten"),
    "behold": ("beheld", "beheld"),
    "beset": ("beset", "beset"),
    "inlay": ("inlaid", "inlaid"),
    "outgrow": ("outgrew", "outgrown"),
    "outrun": ("outran", "outrun"),
    "outsell": ("outsold", "outsold"),
    "overhear": ("overheard", "overheard"),
    "overdo": ("overdid", "overdone"),
    "overpay": ("overpaid", "overpaid"),
    "repay": ("repaid", "repaid"),
    "reset": ("reset", "reset"),
    "rerun": ("reran", "rerun"),
    "undercut": ("undercut", "undercut"),
    "undo": ("undid", "undone"),
}
_THIRD_PERSON = {"be": "is", "have": "has", "do": "does", "go": "goes", "undergo": "undergoes"}
_EXTRA_FORMS = {"be": ("am", "are", "were")}
_GERUNDS = {"be": "being", "lie": "lying", "die": "dying", "tie": "tying", "see": "seeing", "flee": "fleeing"}
_PLURALS = {
    "man": "men",
    "woman": "women",
    "serviceman": "servicemen",
    "servicewoman": "servicewomen",
    "child": "children",
    "person": "people",
    "foot": "feet",
    "tooth": "teeth",
    "half": "halves",
    "life": "lives",
    "shelf": "shelves",
    "crisis": "crises",
    "analysis": "analyses",
    "basis": "bases",
    "criterion": "criteria",
    "phenomenon": "phenomena",
}
# Verbs of two and more syllables that double their last consonant because the last syllable is stressed.
_DOUBLING = frozenset(
    "beget beset offset outrun rerun reset sublet undercut upset "
    "admit begin commit compel confer control deter equip expel forget incur occur omit patrol permit prefer propel "
    "rebel recur refer regret repel submit transfer transmit travel cancel signal level label".split()
)


def _doubles(lemma: str) -> bool:
    if lemma in _DOUBLING:
        return True
    if len(lemma) < 3 or lemma[-1] in "aeiouwxy" or lemma[-2] not in _VOWELS or lemma[-3] in _VOWELS:
        return False
    return sum(character in _VOWELS for character in lemma) == 1


def _with_s(lemma: str) -> str:
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def _with_ed(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return lemma[:-1] + "ied"
    return lemma + (lemma[-1] if _doubles(lemma) else "") + "ed"


def _with_ing(lemma: str) -> str:
    if lemma in _GERUNDS:
        return _GERUNDS[lemma]
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        return lemma[:-1] + "ing"
    return lemma + (lemma[-1] if _doubles(lemma) else "") + "ing"


def irregular_verbs() -> Mapping[str, tuple[str, str]]:
    """Return past and participle of the verbs that form them in a way of their own, by lemma."""
    return _IRREGULAR_VERBS


def singular(noun: str) -> str:
    """Return the singular of a lower-case plural noun; a word that is none stays as it is."""
    for one, many in _PLURALS.items():
        if noun == many:
            return one
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun


@lru_cache(maxsize=4096)
def paradigm(lemma: str) -> Mapping[str, str]:
    """Return the forms of a word by Penn tag: VB, VBZ, VBG, VBD, VBN, NN and NNS.

    `lemma` is lower case. The word may be verb, noun or both; which one a text means is for the tagger to say.
    """
    past, participle = _IRREGULAR_VERBS.get(lemma, (_with_ed(lemma), _with_ed(lemma)))
    return {
        "VB": lemma,
        "VBZ": _THIRD_PERSON.get(lemma, _with_s(lemma)),
        "VBG": _with_ing(lemma),
        "VBD": past,
        "VBN": participle,
        "NN": lemma,
        "NNS": _PLURALS.get(lemma, _with_s(lemma)),
    }


_WITHOUT_FORMS = frozenset(
    "a about above across after against among an and as at because before behind below between beyond but by during "
    "for from he her his i if in into it its my near nor of on onto or our over per she since than that the their they "
    "this those through to toward towards under until upon us via we when where whereas whether which who with within "
    "without you your".split()
)
"""Words of closed classes: in lists of words that patterns take every form of, they stand as they are."""


@lru_cache(maxsize=4096)
def forms(lemma: str, tags: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the forms of a word, sorted; with Penn tags only those that may bear one of them.

    Tags that say nothing about the form (adjectives, say) leave every form in.
    """
    if lemma in _WITHOUT_FORMS:
        return (lemma,)
    table = paradigm(lemma)
    extra = _EXTRA_FORMS.get(lemma, ())
    wanted = {"VB" if tag == "VBP" else tag for tag in tags}
    if wanted and wanted <= table.keys():
        chosen = {table[tag] for tag in wanted}
        return tuple(sorted(chosen | set(extra if {"VBP", "VBD"} & set(tags) else ())))
    return tuple(sorted({*table.values(), *extra}))


def like(form: str, lemma: str, target: str, *, participle: bool | None = None) -> str:
    """Put `target` into the form that `form` is of `lemma`.

    "conducted", "conduct", "carry" gives "carried". Where past and participle look alike, `participle` decides; None
    takes the past. A form that is none of the lemma's gives the target unchanged. Capitals at the start are kept.
    """
    lowered = form.lower()
    table, wanted = paradigm(lemma), paradigm(target)
    tags = [tag for tag, value in table.items() if value == lowered]
    if not tags:
        return target
    tag = tags[0]
    if tag == "VBD" and "VBN" in tags and participle:
        tag = "VBN"
    result = wanted[tag]
    return result[:1].upper() + result[1:] if form[:1].isupper() else result
