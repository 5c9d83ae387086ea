"""Templates of messages and corrections: placeholders in braces, which a match fills.

In a correction, `{name}` is a token's text, `{name:lower}` the same in lower case, `{name:capital}` with a capital;
`{name~carry}` is "carry" in the form in which the token stands, `{~carry}` the same for the first token with forms;
`{name:singular}` is the token itself in another form (FORMS);
`{quote}` is all that is marked. In a message there are names alone.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from corrigenda.errors import closest
from corrigenda.expressions import lazy
from corrigenda.finding import Applicability, Correction

Inflect = Callable[[str, str, str], str]
"""Puts a word into the form that another is of its lemma: form, lemma, word."""
Form = Callable[[str, str], str]
"""Puts a word into one of FORMS: word, form."""
FORMS = ("singular", "plural", "base", "gerund", "participle", "past", "present", "perfect")
"""What a correction may ask of a word. "present" and "perfect" agree with the subject before the marked place."""
_PLACEHOLDER = lazy(r"\{([a-z][a-z0-9_]*)?(?:~([^{}]+)|:(lower|upper|capital|" + "|".join(FORMS) + r"))?\}")
_BRACES = lazy(r"\{([^{}]*)\}")


def fault_of_message(template: str, names: Collection[str]) -> str | None:
    """Return what is wrong with a message's placeholders, None where all of them will be filled."""
    known = {*names, "quote", "correction", "source_quote"}
    for found in _BRACES.finditer(template):
        if found[1] not in known:
            return _unknown(found[0], found[1], known)
    return None


def fault_of_correction(template: str, names: Collection[str], *, inflected: bool) -> str | None:
    """Return what is wrong with a correction's placeholders, None where all of them can be filled.

    `inflected` says whether the pattern has a token with forms, which a placeholder without a name means.
    """
    known = {*names, "quote"}
    for found in _BRACES.finditer(template):
        parts = _PLACEHOLDER.fullmatch(found[0])
        if parts is None:
            name = re.split("[~:]", found[1])[0]
            if name in known:
                forms = f"{{{name}}}, {{{name}:lower}}, {{{name}:plural}} or {{{name}~word}}"
                return f"{found[0]} is no form of a placeholder; write {forms}"
            return _unknown(found[0], name, known)
        if parts[1] is None and not inflected:
            return f"{found[0]} needs a token with all its forms (~word) in the pattern"
        if parts[1] is not None and parts[1] not in known:
            return _unknown(found[0], parts[1], known)
    return None


def _unknown(written: str, name: str, known: Collection[str]) -> str:
    meant = closest(name, known) if name else None
    shown = ", ".join(f"{{{one}}}" for one in sorted(known))
    hint = f"did you mean {written.replace(name, meant, 1)}?" if meant else f"known here: {shown}"
    return f"nothing fills {written}; {hint}"


def fill(
    template: str,
    quote: str,
    values: Mapping[str, str],
    lemmas: Mapping[str, Sequence[str]],
    inflect: Inflect,
    form: Form,
) -> str | None:
    """Fill a correction's template, or return None when it names a token that the match lacks.

    Where the marked text begins with a capital, so does the result.
    """
    missing = empty = False

    def value(found: re.Match[str]) -> str:
        nonlocal missing, empty
        name = found[1] or next(iter(lemmas), "")
        if name == "quote":
            return quote
        if name not in values:
            missing = True
            return ""
        text = values[name].strip()
        empty = empty or not text
        if found[3] in FORMS:
            return form(text, found[3]) if text else text
        if found[3]:
            if found[3] == "capital":
                return text[:1].upper() + text[1:]
            return text.lower() if found[3] == "lower" else text.upper()
        if not found[2]:
            return text
        for lemma in lemmas.get(name, ()):
            put = inflect(text, lemma, found[2])
            if put != found[2] or text.lower() == lemma:
                return put.lower() if not quote.startswith(text) else put
        return found[2]

    result = _PLACEHOLDER.sub(value, template)
    if missing:
        return None
    if empty:  # an optional token that was not there leaves its space behind
        result = re.sub(r" {2,}", " ", result).strip()
    own = any(map(str.isupper, result.partition(" ")[0][1:]))  # a name that begins with a small letter, "iPhone"
    if quote[:1].isupper() and result[:1].islower() and not own and not quote[:2].isupper():
        result = result[:1].upper() + result[1:]
    return result


def make_corrections(
    templates: Iterable[Sequence[str]],
    quote: str,
    values: Mapping[str, str],
    lemmas: Mapping[str, Sequence[str]],
    inflect: Inflect,
    form: Form,
) -> tuple[Correction, ...]:
    """Fill templates, given with their applicability, without repeats and without what stands there already."""
    result: list[Correction] = []
    for template, applicability in templates:
        text = fill(template, quote, values, lemmas, inflect, form)
        if text and applicability == Applicability.DISPLAY_ONLY and template[:1].islower():
            # Advice is no replacement, so it takes no capital from what stands there.
            text = text[:1].lower() + text[1:]
        if text is None or text == quote or any(text == earlier.text for earlier in result):
            continue
        result.append(Correction(text, Applicability(applicability)))
    return tuple(result)
