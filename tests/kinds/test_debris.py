"""What engines leave behind: placeholders, remarks of a model, words and sentences that were not translated."""

import pytest

from corrigenda.finding import Severity
from tests.kinds.texts import checked, quotes

PLACEHOLDERS = {
    "braces": ("On {0}, the bridge was shut.", ["{0}"]),
    "printf": ("The server was closed by %s after %1$s days.", ["%s", "%1$s"]),
    "bold": ("Send it to __count__ people.", ["__count__"]),
    "at the start": ("__user_name__ has left.", ["__user_name__"]),
    "xliff": ('The server <x id="1"/> was closed, and <g id="2">so on</g>.', ['<x id="1"/>', '<g id="2">', "</g>"]),
    "dollar": ("Of {$ partialSize} nothing is left.", ["{$ partialSize}"]),
    "numbered tags": ("Read <0>the rules</0> first.", ["<0>the rules</0>"]),
    "engine's own": ("The mayor {xx0xx} agreed with XXPH1XX.", ["{xx0xx}", "XXPH1XX"]),
    "percent": ("A rise of 50 % so far; 100% sure; 5 %, or 3 % d'affaires.", []),
    "code span": ("The `%s` and the `{0}` are shown, and {0} is the first.", []),
    "code block": ('Use it:\n\n```c\nprintf("%s", name);\n```\n\nThen %s is the name.', []),
    "explained": ("The format string %s stands for a string, and {0} is a placeholder.", []),
    "address": ("See https://example.org/%s/{0} for more.", []),
    "sets": ("The set {a} has one element, and {a, b} has two.", []),
    "bold word": ("This is __very__ important.", []),
    "laughter": ("They said so {laughs} and left.", []),
}


def test_placeholders() -> None:
    found = checked({name: text for name, (text, _) in PLACEHOLDERS.items()})
    missed = {name: quotes(found[name], "cleanup/placeholder") for name in PLACEHOLDERS}
    # A closing tag has nothing that tells it from a page's own.
    expected = {name: [quote for quote in wanted if quote != "</g>"] for name, (_, wanted) in PLACEHOLDERS.items()}
    assert missed == expected


REMARKS = [
    "Here is the translation of the text into English:",
    "Here's the translated article:",
    "Certainly! Below is the English version of your text, with the names kept.",
    "Sure, here is the translation:",
    "Translation:",
    "As an AI language model, I cannot judge the mayor.",
    "I'm sorry, but I can't assist with that request.",
    "Note: I kept the original name of the boat, since it is well known.",
    "(Translator's note: the original text has a pun here.)",
    "Please note that this translation keeps the tone of the author.",
    "Let me know if you would like any changes.",
    "Would you like me to translate the rest as well?",
    "I hope this translation helps!",
    "The text you provided appears to be cut off.",
]
NO_REMARKS = [
    "Here is the list of boats that sail today:",
    "Note: the bridge is shut on Sundays.",
    "Sure, the mayor said, the bridge will be built.",
    "The translation of the novel appeared in May.",
    "The museum's note says the original text was lost in the fire of 1830.",
    "“As an AI language model, I cannot judge,” the program answered, and the court laughed.",
    "Let us know what you think of the plan.",
    "He hoped this would help, and so did she.",
]


def test_what_a_model_says_of_its_own_work() -> None:
    body = "The river rose by two metres overnight, and the bridge was shut."
    found = checked({text: f"{text}\n\n{body}\n\n{body[:20]} fell again." for text in (*REMARKS, *NO_REMARKS)})
    said = [text for text, own in found.items() if quotes(own, "artefacts/model-remark")]
    assert said == REMARKS


SENTENCES = {
    "Spanish": "La alcaldesa dijo que el puente estará cerrado hasta el viernes por las obras.",
    "Polish": "Kierowca nie wiedział, że most jest zamknięty, i wjechał do rzeki.",
    "German": "Der Fahrer wusste nicht, dass die Brücke gesperrt war.",
    "French": "Le maire a déclaré que le pont serait fermé jusqu’à vendredi.",
    "Italian": "Il sindaco ha detto che il ponte resterà chiuso fino a venerdì.",
    "Portuguese": "O prefeito disse que a ponte ficará fechada até sexta-feira por causa das obras.",
    "Dutch": "De burgemeester zei dat de brug tot vrijdag gesloten blijft.",
    "Swedish": "Borgmästaren sade att bron kommer att vara stängd till fredag.",
    "Czech": "Starosta řekl, že most bude uzavřen až do pátku.",
    "Turkish": "Belediye başkanı köprünün cuma gününe kadar kapalı olacağını ve sonra açılacağını söyledi.",
    "Romanian": "Primarul a spus că podul va fi închis până vineri din cauza lucrărilor.",
    "Hungarian": "A polgármester azt mondta, hogy a híd péntekig zárva lesz, és nem tudja, miért.",
    "Finnish": "Pormestari kertoi, että silta on suljettu perjantaihin asti, koska se on rikki.",
    "Lithuanian": "Meras sakė, kad tiltas bus uždarytas iki penktadienio, nes jis yra senas.",
    "Indonesian": "Wali kota mengatakan bahwa jembatan itu akan ditutup sampai hari Jumat karena tidak aman.",
}
NATIVE = [
    "She studied at the Universidad de Buenos Aires and the Escuela Nacional de Bellas Artes in La Plata.",
    "The paper Süddeutsche Zeitung and the magazine Der Spiegel wrote of Die Brücke and of Das Boot.",
    "He read “Cien años de soledad” and saw “La vita è bella” on the same evening.",
    "The motto *liberté, égalité, fraternité ou la mort pour tous les hommes* is old.",
    "It was a fait accompli, and the coup d'état of the ancien régime was a cause célèbre.",
    "Real Sociedad de Fútbol beat Club Deportivo de la Coruña at the Estadio Municipal de Anoeta.",
    "Och, the wee bairn didnae ken whaur his mither had gaed, and the auld man was fair scunnert.",
    "Wi' a heave an' a ho, me hearties, we sailed o'er the sea tae the isle o' Skye.",
    "The words mañana, fiesta and siesta are Spanish, and so is hasta la vista.",
    "Drs. de la Cruz, van der Berg, von der Leyen and da Silva met Mme du Pont and Sig. della Rovere.",
]


@pytest.fixture(scope="module")
def residue() -> dict[str, list[str]]:
    texts = {name: f"The council met on Tuesday. {text} The mayor left." for name, text in SENTENCES.items()}
    texts |= {text: f"The council met on Tuesday. {text} The mayor left." for text in NATIVE}
    return {name: quotes(own, "cleanup/untranslated-sentence") for name, own in checked(texts).items()}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_in_another_language_is_one_place(residue: dict[str, list[str]], language: str) -> None:
    assert residue[language] == [SENTENCES[language]]


@pytest.mark.parametrize("text", NATIVE)
def test_names_titles_and_loan_words_are_left_alone(residue: dict[str, list[str]], text: str) -> None:
    assert residue[text] == []


def test_two_sentences_are_one_place_and_an_error() -> None:
    text = f"The council met. {SENTENCES['German']} {SENTENCES['German']} The mayor left."
    (found,) = checked({"a": text}).values()
    (finding,) = [own for own in found if own.check == "cleanup/untranslated-sentence"]
    assert finding.severity is Severity.ERROR and "German" in finding.message
    assert finding.quote == f"{SENTENCES['German']} {SENTENCES['German']}"
    assert [own.check for own in found] == ["cleanup/untranslated-sentence"]


def test_words_of_another_script_behind_a_note_and_where_they_are_explained() -> None:
    texts = {
        "note": "TODO: перевести to the desk.",
        "label": "Note: Северный путь was not named.",
        "whole": "Паром вышел из порта в полдень. На борту было семьдесят человек.",
        "greek": "The firm Η Θάλασσα sails again.",
        "explained": "The sea (Greek: η θάλασσα) is wide, the letter Ж is Cyrillic, and мир means peace.",
        "italics": "The word for it is *уют*, and no other.",
        "symbols": "The state Ω has the probability π, and αβγ are angles.",
    }
    found = {name: quotes(own, "cleanup/untranslated-residue") for name, own in checked(texts).items()}
    assert found == {
        "note": ["перевести"],
        "label": ["Северный путь"],
        "whole": ["Паром вышел из порта в полдень. На борту было семьдесят человек"],
        "greek": ["Η Θάλασσα"],
        "explained": [],
        "italics": [],
        "symbols": [],
    }


def test_capitals_after_a_comma() -> None:
    texts = {
        "cut": "The ferry will sail at noon, Earlier this week the captain said. Nobody came.",
        "joined": "The road was closed, However nobody had put up a sign. They wait.",
        "letter": "Dear Anna,\nWe write to tell you that the shop will close. Come and see.",
        "greeting": "Good morning, Olena,\nThis letter is about the roof. It leaks.",
        "in line": "Dear Anna, We write to tell you that the shop will close. Come and see.",
        "wrapped": "The list was long,\nThis line began anew. It went on.",
        "question": "She asked the council, Who will pay for the bridge? Nobody answered.",
        "byline": "By Anna Berg, In the north of the island. The storm left nothing.",
        "role": "Anna Berg, In charge of sales",
        "list": "- Bread, When baked\n- Milk, If cold",
    }
    found = {name: len(quotes(own, "artefacts/capital-after-comma")) for name, own in checked(texts).items()}
    assert {name for name, count in found.items() if count} == {"cut", "joined"}
