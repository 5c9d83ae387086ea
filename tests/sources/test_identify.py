"""Which language a source is in, where nobody says it."""

import pytest

from corrigenda.languages.identify import identify

TEXTS = {
    "ar": "قال رئيس البلدية إن الجسر سيفتح في نهاية الشهر، وإن العمل لم ينته بعد.",
    "cs": "Starosta řekl, že most bude otevřen na konci měsíce a že práce ještě neskončily.",
    "de": "Der Bürgermeister sagte, dass die Brücke am Ende des Monats geöffnet wird.",
    "es": "El alcalde dijo que el puente se abrirá a finales de mes y que las obras no han terminado.",
    "fr": "Le maire a dit que le pont sera ouvert à la fin du mois et que les travaux ne sont pas finis.",
    "it": "Il sindaco ha detto che il ponte sarà aperto alla fine del mese e che i lavori non sono finiti.",
    "ja": "市長は、橋は月末に開通すると述べた。",
    "ko": "시장은 다리가 월말에 개통될 것이라고 말했다.",
    "pl": "Burmistrz powiedział, że most zostanie otwarty pod koniec miesiąca.",
    "pt": "O prefeito disse que a ponte será aberta no fim do mês e que as obras não terminaram.",
    "ru": "Мэр сказал, что мост откроют в конце месяца и что работы ещё не закончены.",
    "sk": "Starosta povedal, že most bude otvorený na konci mesiaca a že práce ešte neskončili, ako aj iné veci.",
    "tr": "Belediye başkanı köprünün ay sonunda açılacağını ve çalışmaların daha bitmediğini söyledi.",
    "uk": "Мер сказав, що міст відкриють наприкінці місяця і що роботи ще не завершено.",
    "zh": "市长说，这座桥将在月底开放，工程还没有结束。",
    "en": "The mayor said that the bridge will be opened at the end of the month.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_sentence_tells_its_language(code: str) -> None:
    assert identify(TEXTS[code]) == code


@pytest.mark.parametrize("text", ["", "12.05.2026", "Kyiv, Warszawa, Roma", "x" * 100_000, "\0\ufffe" * 50])
def test_what_tells_nothing_is_left_open(text: str) -> None:
    assert identify(text) == ""
