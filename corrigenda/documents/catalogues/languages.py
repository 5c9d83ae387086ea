"""The language of a catalogue, by what its header, its name and its folders say."""

import re
from pathlib import PurePosixPath

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_](?:r?[A-Za-z]{2}|[A-Z][a-z]{3}|\d{3}))*(?:[.@][\w@-]*)?")
_CODES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en "
    "eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is it iu iw "
    "ja ji jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na "
    "nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq "
    "sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
    "ast ber ckb cnr crh csb dsb fil fur gsw hsb kab lij mai nds pap sco szl tgl vec".split()
)
_FOLDERS = frozenset(("locale", "locales", "translations", "i18n", "l10n", "lang", "langs", "languages", "messages"))
_BASE = frozenset(("base", "default"))


def tag(name: str) -> str:
    """Return a language's name as files write it ("en_GB", "pt-rBR", "sr@latin") as a BCP 47 tag; empty where it is
    none.
    """
    found = _TAG.fullmatch(name.strip())
    if found is None or found[1].lower() not in _CODES:
        return ""
    parts = re.split("[-_]", re.split("[.@]", found[0])[0])
    rest = (p[1:] if len(p) == 3 and p[0] == "r" else p for p in parts[1:])
    return "-".join([parts[0].lower(), *(p.upper() if len(p) == 2 else p for p in rest)])


def of_path(display: str) -> str:
    """Return the language that a file's name or its folders say, as a BCP 47 tag; empty where they say none.

    `de.po`, `messages.de.yml`, `app_de.arb`, `de/LC_MESSAGES/app.po`, `de.lproj/…`, `values-de/…`, `locales/de/…`.
    """
    path = PurePosixPath(display.replace("\\", "/"))
    folders = path.parts[:-1]
    stem = path.name.removesuffix(path.suffix) if path.suffix else path.name
    for number in range(len(folders) - 1, -1, -1):
        folder = folders[number]
        if folder == "LC_MESSAGES" and number:
            return tag(folders[number - 1])
        if folder.endswith(".lproj"):
            own = folder.removesuffix(".lproj")
            return "" if own.lower() in _BASE else tag(own)
        if folder.startswith("values"):
            return tag(folder[7:]) if folder[6:7] == "-" else ""
    whole = tag(stem)
    if whole:
        return whole
    for sign in (".", "_", "-"):
        # "pt_BR" in "app_pt_BR", then "de" in "app_de".
        pieces = stem.split(sign)
        for count in (2, 1):
            if len(pieces) > count and (own := tag(sign.join(pieces[-count:]))):
                return own
    for above, folder in zip(folders[-3:], folders[-2:], strict=False):
        if above.lower() in _FOLDERS and (own := tag(folder)):
            return own
    return ""
