"""Sentences of a paragraph, by rules over abbreviations, initials, quotations and datelines.

The rules were measured against libraries on edited and on unedited English: docs/segmentation.md has the figures and
benchmarks/segmenters.py makes them.
"""

import re

_CANDIDATE = re.compile(
    # Marks, what closes with them (quotation marks, brackets, numbers of notes), and what comes next.
    r"(?<![.!?…])([.!?…]+)([\"”’'»)\]*_]*(?: ?\[\d{1,3}\])*)(?:(\s+)|(?=[A-Z“][a-z’']|[A-Z] ))"
    r"|(?<![。！？])[。！？]+[」』”]*(\s*)"
)

_OPENING = "\"“”‘'«»„([{—–-*_"

_NEVER = frozenset(
    """adm amb assoc asst atty brig capt cdr cf cllr cmdr col cpl cpt dept det dist dr drs eg esp est fig figs fr gen
    gens gov govs hon insp lt lts maj messrs mgr mlle mme mmes mr mrs ms msgr mt ph phd pres prof profs pte pvt rep reps
    rev rt sen sens sgt sgts sir sr sra srta st ste supt ven viz vs v vols ie incl approx ca al cit op ed eds trans vol
    pp""".split()
)
"""Titles and the like, which a name or a figure follows: a full stop after one ends no sentence. Lower case, without
stop.
"""

_BEFORE_FIGURE = frozenset(
    """no nos p pp pt art sec ch par para vol fig figs op ex exh eq tab pop tel ext approx
    jan feb mar apr jun jul aug sep sept oct nov dec""".split()
)
"""Abbreviations that a figure follows."""

_SOMETIMES = frozenset(
    """ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa penn
    tenn tex va vt wash wis wyo d.c n.y n.j n.h n.m n.c n.d s.c s.d w.va r.i b.c ont que alta sask jan feb mar apr jun
    jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun inc corp ltd co cos llc plc bros mfg jr esq
    etc ave blvd rd hwy ft sq dept univ intl natl govt assn a.m p.m a.d u.s u.k u.n e.u u.s.a u.a.e u.s.s.r ph.d m.d b.a
    m.a ll.b ll.m d.phil m.p m.p.h j.d r.n l.a n.y.c hr hrs min mins sec secs lb lbs oz kg km cm mm yr yrs wk wks mo mos
    tel ext""".split()
)
"""Abbreviations that end a sentence only where what follows clearly begins one. Lower case, without the last stop."""

_STARTERS = frozenset(
    """a about after all also although among an and another any are around as asked at because before both but by can
    did do does during each even every few first following for from had has have he her here his how however i if in
    instead is it its last later many may meanwhile more most much my nearly neither no nor not now of on once one only
    or other our over people several she since so some still such that the their them then there these they this those
    though three through to today two under until was we were what when where whether which while who whose why will
    with within without would yes yesterday yet you your it's he's she's that's there's they're we're i'm you're i've
    don't it’s he’s she’s that’s there’s they’re we’re i’m you’re i’ve don’t according despite earlier officials nobody
    nothing everyone someone""".split()
)
"""Words that begin a sentence when they have a capital after an abbreviation. Lower case."""

_AFTER_TIME = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun est edt et
    cst cdt ct mst mdt mt pst pdt pt gmt utc bst cet cest msk eet eest local eastern central pacific january february
    march april may june july august september october november december""".split()
)
"""What may follow "a.m." and "p.m." in one sentence."""

_SAID = re.compile(
    r"(?:(?:[A-Z][\w’'.-]*|the|a|an|of|de|van|von|al|one|another)\s+){1,5}"
    r"(?:said|says|asked|asks|told|tells|added|adds|wrote|writes|replied|answered|cried|shouted|whispered|tweeted"
    r"|noted|exclaimed|explained|continued|recalled|remembered|insisted|wondered|thought|muttered|murmured|called|laughed)\b"
)
_WORD = re.compile(r"[\"“”‘'«»„(\[{—–*_\s-]*([^\s\"”»)\],;:!?…]*)")
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*")
_LABEL = re.compile(
    r"(?:Figure|Fig|Table|Chapter|Section|Part|Appendix|Box|Example|Listing|Step|Rule|Article) ?\d{1,3}"
)
_BRAND = re.compile(r"[a-z]{1,2}[A-Z]")


def sentences(text: str) -> list[tuple[int, int]]:
    """Return `[start, end)` of each sentence of a paragraph, in code points, without the spaces between them.

    Args:
        text: A paragraph's view: one paragraph, on one line.

    Returns:
        Ascending spans that hold all of the text but white space; none for a text of white space.
    """
    spans: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for match in _CANDIDATE.finditer(text):
        if match.start() < start:
            continue
        end = match.end(2) if match[1] else match.end() - len(match[4])
        if match.end() >= len(text):
            break
        if not match[1] or _ends(text, start, match):
            spans.append((start, end))
            start = match.end()
    end = len(text.rstrip())
    if end > start:
        spans.append((start, end))
    return spans


def _ends(text: str, start: int, match: "re.Match[str]") -> bool:
    """Return whether a sentence that began at `start` ends with these marks."""
    marks, closing = match[1], match[2]
    following = _WORD.match(text, match.end())
    word = following[1].rstrip(".") if following is not None else ""
    first = word[:1]
    if not match[3]:
        return _without_space(text, match, word)
    if first.islower() and not _BRAND.match(word):
        return False
    if closing and closing[-1] in "”\"’'»" and _SAID.match(text, match.end()):
        return False
    if marks != ".":
        return bool(first) or match.end() < len(text)
    before = _before(text, start, match.start())
    if text[match.end()] == "." or text[max(start, match.start() - 3) : match.start()].rstrip()[-1:] == ".":
        return False  # ". . ."
    if before.isdigit() and _LABEL.fullmatch(text, start, match.start()):
        return False
    if closing and closing[-1] in ")]" and "(" not in text[start : match.start()]:
        return True
    return _stop_ends(before, word, at_start=match.start() - len(before) <= start)


def _without_space(text: str, match: "re.Match[str]", word: str) -> bool:
    """Return whether two sentences stand together without a space ("the end.The next")."""
    before = text[max(0, match.start() - 3) : match.start()]
    if match[2]:
        return match[1][-1] in ".!?" and len(word) > 1 and not match[2][-1].isspace() and match[2][-1] in "”»)"
    plain = len(before) == 3 and before.isalpha() and before.islower()
    return plain and (word.isalpha() or word.lower() in _STARTERS) and (len(word) > 1 or word in ("A", "I"))


def _before(text: str, start: int, at: int) -> str:
    """Return the word that a full stop stands behind."""
    space = text.rfind(" ", max(start, at - 40), at)
    word = text[(space + 1) if space >= 0 else max(start, at - 40) : at]
    return word.lstrip(_OPENING)


def _stop_ends(before: str, word: str, *, at_start: bool) -> bool:
    """Return whether a full stop between two words ends a sentence, where the second is no word in small letters."""
    key = before.lower()
    starter = word.lower() in _STARTERS and word[:1].isupper()
    if key in _BEFORE_FIGURE and word[:1].isdigit():
        return False
    if key in _NEVER:
        return False
    if len(before) == 1 and before.isalpha():
        # An initial, a numbered item at the start; or "vitamin C.", "World War I." before a word that begins a
        # sentence.
        return starter and not at_start and before.isupper()
    if at_start and _NUMBER.fullmatch(before):
        return False
    if key in ("a.m", "p.m"):
        return word.lower() not in _AFTER_TIME
    if key in _SOMETIMES or _is_dotted(key):
        return starter
    return True


def _is_dotted(key: str) -> bool:
    """Return whether a word is made of single letters with stops between them: u.s, j.r.r."""
    parts = key.split(".")
    return len(parts) > 1 and all(len(part) == 1 and part.isalpha() for part in parts)
