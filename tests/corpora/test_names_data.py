"""Every line of the files about names: sorted, unique, of the documented shape, and with a source."""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from corrigenda import resources

KINDS = {
    "place.city",
    "place.river",
    "place.region",
    "place.country",
    "place.other",
    "person",
    "given",
    "org",
}
STATUSES = {"variant", "other-language", "former", "inflected"}
HOUSES = {"AP": "ap", "Reuters": "reuters", "Guardian": "guardian", "BBC": "bbc", "UN": "un"}
CONFIDENCE = {"sourced", "memory", "uncertain"}
DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
FILES = (
    "names.jsonl",
    "institutions.jsonl",
    "acronyms.jsonl",
    "given_names.tsv",
    "demonyms.tsv",
    "respellings.tsv",
    "syllable_spellings.tsv",
    "wade_giles.tsv",
    "common_capitalised.txt",
)

Row = dict[str, Any]


def lines(name: str) -> list[str]:
    return resources.path("corpora", name).read_text(encoding="utf-8").splitlines()


@cache
def objects(name: str) -> tuple[Row, ...]:
    return tuple(json.loads(line) for line in lines(name))


def names() -> tuple[Row, ...]:
    return objects("names.jsonl")


def cells(name: str) -> Iterator[list[str]]:
    body = [line.split("\t") for line in lines(name) if not line.startswith("#")]
    yield from body[1:]


def forms(row: Row) -> list[str]:
    return [row["canonical"], *(variant["form"] for variant in row["variants"])]


def is_latin(form: str) -> bool:
    return all("LATIN" in unicodedata.name(letter) for letter in form if letter.isalpha())


def duplicates(values: list[str]) -> list[str]:
    return sorted(value for value, count in Counter(values).items() if count > 1)


@pytest.mark.parametrize("name", FILES)
def test_files_are_clean_text(name: str) -> None:
    raw = resources.path("corpora", name).read_bytes()
    text = raw.decode("utf-8")
    assert b"\r" not in raw
    assert text.endswith("\n") and not text.endswith("\n\n")
    for number, line in enumerate(text.splitlines(), 1):
        assert line.strip(), f"{name}:{number} is empty"
        assert line == unicodedata.normalize("NFC", line), f"{name}:{number} is not in NFC"
        assert not re.search(r"[\u200b\u200e\u200f\ufeff]", line), f"{name}:{number} has an invisible character"


# --- names.jsonl ---


def test_names_are_sorted_unique_and_many() -> None:
    canonical = [row["canonical"] for row in names()]
    assert canonical == sorted(set(canonical))
    assert len(canonical) >= 400


def test_name_rows_have_the_documented_fields() -> None:
    fields = [
        "canonical",
        "kind",
        "origin",
        "native",
        "variants",
        "styles",
        "since",
        "keep_in",
        "ambiguous_with",
        "sources",
    ]
    for row in names():
        assert list(row) == fields, row["canonical"]
        assert row["kind"] in KINDS, row["canonical"]
        assert re.fullmatch(r"[a-z]{2,3}", row["origin"]), row["canonical"]
        assert row["native"].strip(), row["canonical"]
        assert row["variants"], f"{row['canonical']}: a name without another spelling says nothing"
        assert row["since"] is None or DATE.fullmatch(row["since"]), row["canonical"]


def test_forms_are_words_of_the_latin_alphabet_and_stand_once() -> None:
    for row in names():
        written = forms(row)
        assert not duplicates(written), (row["canonical"], duplicates(written))
        for form in written:
            assert form == form.strip() and "  " not in form, (row["canonical"], form)
            assert is_latin(form), (row["canonical"], form)
            assert not form.endswith(("'", "’", "'s", "’s")), (row["canonical"], form)
            assert len(form) > 1, (row["canonical"], form)
        for variant in row["variants"]:
            assert set(variant) <= {"form", "status", "language"}, (row["canonical"], variant)
            assert variant["status"] in STATUSES, (row["canonical"], variant)


def test_a_person_is_not_listed_under_the_own_family_name() -> None:
    for row in names():
        if row["kind"] == "person":
            family = row["canonical"].split()[-1]
            assert family not in forms(row)[1:], row["canonical"]


def test_no_form_belongs_to_two_rows_unless_both_say_so() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for row in names():
        for form in forms(row):
            owners[form].add(row["canonical"])
    told = {row["canonical"]: set(row["ambiguous_with"]) for row in names()}
    for form, rows in owners.items():
        for one in rows:
            assert rows - {one} <= told[one], f"{form} belongs to {sorted(rows)}, and {one} does not say so"


def test_ambiguity_between_two_rows_is_told_by_both() -> None:
    told = {row["canonical"]: set(row["ambiguous_with"]) for row in names()}
    for one, others in told.items():
        assert one not in others
        for other in others & told.keys():
            assert one in told[other], f"{one} names {other}, and not the other way round"


def test_every_row_has_a_source() -> None:
    for row in names():
        assert row["sources"], row["canonical"]
        assert not duplicates(row["sources"]), row["canonical"]
        assert all(source == source.strip() and len(source) > 5 for source in row["sources"]), row["canonical"]


def test_attested_forms_are_forms_of_their_row() -> None:
    checked = 0
    for row in names():
        known = set(forms(row))
        for source in row["sources"]:
            match = re.fullmatch(r"attested: (WMT 20\d\d[^:]*|MLQE-PE[^:]*|edited English[^:]*): (.+)", source)
            if match and "research of the project" not in match[1]:
                checked += 1
                assert set(match[2].split(", ")) <= known, (row["canonical"], source)
    assert checked > 100


def test_kept_phrases_are_literal_sorted_and_hold_the_name() -> None:
    for row in names():
        kept = row["keep_in"]
        assert kept == sorted(set(kept)), row["canonical"]
        held = [form.lower() for form in forms(row)]
        if row["kind"] == "person":
            held.append(row["canonical"].split()[-1].lower())
        for phrase in kept:
            assert "(" not in phrase, f"{row['canonical']}: {phrase} is a note, not a phrase of a text"
            assert any(form in phrase.lower() for form in held), (row["canonical"], phrase)


def test_styles_name_a_form_of_the_row_and_how_sure_it_is() -> None:
    for row in names():
        ends = {form.split()[-1] for form in forms(row)}
        for house, style in row["styles"].items():
            where = (row["canonical"], house)
            assert house in HOUSES, where
            assert set(style) <= {"form", "confidence", "since", "source"}, where
            assert style["confidence"] in CONFIDENCE, where
            assert (style["confidence"] == "sourced") == ("source" in style), where
            assert "since" not in style or DATE.fullmatch(style["since"]), where
            known = style["form"] in forms(row)
            assert known or (row["kind"] == "person" and style["form"].split()[-1] in ends), where


@pytest.mark.parametrize(
    ("canonical", "form", "status"),
    [
        ("Kyiv", "Kiev", "other-language"),
        ("Odesa", "Odessa", "other-language"),
        ("Zaporizhzhia", "Zaporozhye", "other-language"),
        ("Dnipro", "Dnipropetrovsk", "former"),
        ("Dnieper", "Dnipro", "other-language"),
        ("Kakhovka", "Kakhovskaya", "inflected"),
        ("Volodymyr Zelenskyy", "Zelensky", "variant"),
        ("Volodymyr Zelenskyy", "Vladimir Zelensky", "other-language"),
        ("Volodymyr Saldo", "Uladzimir Saldo", "other-language"),
        ("Muammar Gaddafi", "Qaddafi", "variant"),
        ("Xi Jinping", "Si Tszinpin", "other-language"),
        ("Beijing", "Peking", "former"),
        ("Mumbai", "Bombay", "former"),
        ("Myanmar", "Burma", "former"),
        ("Chisinau", "Kishinev", "other-language"),
        ("Olaf Scholz", "Sholz", "other-language"),
    ],
)
def test_well_known_pairs(canonical: str, form: str, status: str) -> None:
    row = next(row for row in names() if row["canonical"] == canonical)
    assert (form, status) in {(variant["form"], variant["status"]) for variant in row["variants"]}


@pytest.mark.parametrize(
    ("canonical", "phrase"),
    [
        ("Kyiv", "chicken Kiev"),
        ("Odesa", "Odessa, Texas"),
        ("Mumbai", "Bombay Stock Exchange"),
        ("Mumbai", "Bombay Sapphire"),
        ("Kharkiv", "Battle of Kharkov"),
        ("Beijing", "Peking duck"),
        ("Beijing", "Peking University"),
        ("Myanmar", "Burma Railway"),
        ("Chernobyl", "Chernobyl exclusion zone"),
    ],
)
def test_phrases_that_keep_another_form(canonical: str, phrase: str) -> None:
    row = next(row for row in names() if row["canonical"] == canonical)
    assert phrase in row["keep_in"]


@pytest.mark.parametrize(
    ("origins", "least"),
    [
        ({"uk"}, 200),
        ({"ru"}, 150),
        ({"be"}, 20),
        ({"ka", "hy", "az"}, 35),
        ({"ar", "he"}, 120),
        ({"fa", "ps", "ur"}, 30),
        ({"tr"}, 20),
        ({"hi", "mr", "bn", "ta", "kn", "ml", "gu", "as", "or", "si", "ne"}, 20),
        ({"my"}, 7),
        ({"zh"}, 50),
        ({"ko", "ja"}, 25),
        ({"sr", "hr", "bs", "mk", "sq", "sl", "bg", "el"}, 40),
        ({"et", "lv", "lt"}, 25),
        ({"kk", "uz", "ky", "tg", "tk", "mn"}, 25),
    ],
)
def test_every_region_is_served(origins: set[str], least: int) -> None:
    assert sum(row["origin"] in origins for row in names()) >= least


def test_attested_forms_stand_in_the_material(shared_dir: Path) -> None:
    import gzip

    text: list[str] = []
    for path in sorted((shared_dir / "data" / "documents").glob("*.mt.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            text += [json.loads(line)["text"] for line in file]
    material = " ".join(" ".join(text).split())
    missing = []
    for row in names():
        for source in row["sources"]:
            if match := re.fullmatch(r"attested: WMT 2021/2022 system output: (.+)", source):
                missing += [(row["canonical"], form) for form in match[1].split(", ") if form not in material]
    assert not missing


# --- house styles ---


@pytest.mark.parametrize("house", sorted(HOUSES))
def test_house_styles_hold_facts_that_agree_with_the_names(house: str) -> None:
    style = yaml.safe_load(resources.path("corpora", "styles", f"{HOUSES[house]}.yaml").read_text(encoding="utf-8"))
    assert set(style) == {"name", "title", "forms"}
    assert style["name"] == house
    assert list(style["forms"]) == sorted(style["forms"])
    rows = {row["canonical"]: row for row in names()}
    for canonical, fact in style["forms"].items():
        where = (house, canonical)
        told = rows[canonical]["styles"][house]
        assert set(fact) <= {"form", "since", "source", "unsure"}, where
        assert fact["form"] == told["form"], where
        assert fact.get("since") == told.get("since"), where
        assert fact.get("source") == told.get("source"), where
        assert ("source" in fact) != (fact.get("unsure") is True), where
    sure = {
        row["canonical"] for row in names() if row["styles"].get(house, {}).get("confidence") in {"sourced", "memory"}
    }
    assert set(style["forms"]) == sure


def test_the_description_of_styles_gives_a_file_that_can_be_read() -> None:
    text = resources.path("corpora", "styles", "README.md").read_text(encoding="utf-8")
    own = yaml.safe_load(text.split("```yaml\n")[1].split("```")[0])
    assert own["forms"]["Dnieper"]["form"] == "Dnipro"
    assert set(own["forms"]["Dnieper"]) == {"form", "since", "source", "instead_of"}


# --- institutions and acronyms ---


def test_institutions() -> None:
    rows = objects("institutions.jsonl")
    fields = ["name", "short", "country", "native", "keywords", "attested_wrong", "accept", "sources"]
    told = [row["name"] for row in rows]
    assert told == sorted(set(told))
    assert len(told) >= 300
    right = {form.lower(): row["name"] for row in rows for form in (row["name"], *row["accept"])}
    for row in rows:
        assert list(row) == fields, row["name"]
        assert re.fullmatch(r"[A-Z]{2}|INT", row["country"]), row["name"]
        assert row["native"] and row["sources"], row["name"]
        assert row["keywords"] and all(word == word.lower() for word in row["keywords"]), row["name"]
        position = 0
        for word in row["keywords"]:  # in order
            position = row["name"].lower().index(word, position) + len(word)
        for column in ("native", "attested_wrong", "accept", "short"):
            assert not duplicates(row[column]), (row["name"], column)
        for wrong in row["attested_wrong"]:
            assert is_latin(wrong), (row["name"], wrong)
            assert wrong.lower() not in right, f"{wrong} is right for {right.get(wrong.lower())}"
            inside = [name for name in right if f" {wrong.lower()} " in f" {name} "]
            assert not inside, f"{wrong} is part of a right name: {inside}"
    wrongs = [wrong.lower() for row in rows for wrong in row["attested_wrong"]]
    assert not duplicates(wrongs)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("Institute for the Study of War", "Institute of War"),
        ("International Atomic Energy Agency", "International Agency for Atomic Energy"),
        ("Doctors Without Borders", "Doctors without Frontiers"),
    ],
)
def test_institutions_that_come_back_changed(name: str, wrong: str) -> None:
    row = next(row for row in objects("institutions.jsonl") if row["name"] == name)
    assert wrong in row["attested_wrong"]


def test_acronyms() -> None:
    rows = objects("acronyms.jsonl")
    keys = [(row["acronym"], row["expansion"]) for row in rows]
    assert keys == sorted(set(keys))
    for row in rows:
        assert list(row) == ["acronym", "expansion", "instead", "native", "status", "sources"], row["acronym"]
        assert row["status"] in {"current", "calque", "transliteration", "variant", "ambiguous"}, row["acronym"]
        assert is_latin(row["acronym"]) and is_latin(row["expansion"]), row["acronym"]
        assert re.search(r"[A-Z]", row["acronym"]) and len(row["acronym"]) <= 16, row["acronym"]
        assert row["native"] and row["sources"], row["acronym"]
        assert row["instead"] == list(dict.fromkeys(row["instead"])), row["acronym"]
    present = {row["acronym"] for row in rows}
    for (
        acronym
    ) in "HPP NPP TPP AFU ZSU LPR LNR DPR DNR ORDLO MES EMERCOM FSB SBU GRU OSCE OBSE NATO SMO PMC CHVK".split():
        assert acronym in present
    for acronym in "AES GES DTP PACE CEC CIK JFO HES".split():
        assert acronym in present


# --- the tables ---


def test_given_names() -> None:
    rows = list(cells("given_names.tsv"))
    groups = [row[0] for row in rows]
    assert groups == sorted(set(groups))
    assert len(groups) >= 250
    for row in rows:
        group, gender, *slavic, other, different = row
        assert gender in {"m", "f", "u"}, group
        own = [form for cell in slavic for form in cell.split(";") if form]
        for form in own:
            assert is_latin(form) and form == form.strip(), (group, form)
        for cell in slavic:
            assert not duplicates([form for form in cell.split(";") if form]), (group, cell)
        for entry in filter(None, other.split(";")):
            assert re.fullmatch(r"[a-z]{2}:[^:;]+", entry), (group, entry)
        assert own or other, group
        assert not set(own) & set(different.split(";")), group


@pytest.mark.parametrize(
    ("group", "uk", "ru", "be"),
    [
        ("Volodymyr", "Volodymyr", "Vladimir", "Uladzimir"),
        ("Oleksandr", "Oleksandr", "Aleksandr", "Aliaksandr"),
        ("Serhii", "Serhiy", "Sergei", "Siarhei"),
        ("Mykola", "Mykola", "Nikolai", "Mikalai"),
        ("Svitlana", "Svitlana", "Svetlana", "Sviatlana"),
    ],
)
def test_given_names_in_three_languages(group: str, uk: str, ru: str, be: str) -> None:
    row = next(row for row in cells("given_names.tsv") if row[0] == group)
    assert uk in row[2].split(";")
    assert ru in row[3].split(";")
    assert be in row[4].split(";")


@pytest.mark.parametrize(
    ("one", "other"), [("Stephen", "Steven"), ("Sara", "Sarah"), ("Erik", "Eric"), ("Mara", "Maria")]
)
def test_names_that_only_look_alike_are_kept_apart(one: str, other: str) -> None:
    row = next(row for row in cells("given_names.tsv") if row[0] == one)
    assert other in row[6].split(";")


def test_demonyms() -> None:
    rows = list(cells("demonyms.tsv"))
    keys = [(row[0], row[1]) for row in rows]
    assert keys == sorted(set(keys))
    for row in rows:
        assert len(row) == 5, row
        assert row[1] in {"country", "region", "city"}, row
        assert row[2] and row[3], row
    countries = {row[0] for row in rows if row[1] == "country"}
    assert len(countries) > 150
    assert {row["canonical"] for row in names() if row["kind"] == "place.country"} - countries <= {
        "Macao",
        "Sao Tome and Principe",
    }


def test_respellings() -> None:
    rows = list(cells("respellings.tsv"))
    assert all(len(row) == 3 for row in rows)
    assert rows == sorted(rows)
    assert not duplicates([f"{language} {spelling}" for language, spelling, _ in rows])
    for language, spelling, reading in rows:
        assert re.fullmatch(r"[a-z]{2}", language)
        assert re.fullmatch(r"\^?[^\W\d_A-Z]+\$?", spelling), (language, spelling)
        assert reading == "-" or re.fullmatch(r"[a-z]*", reading), (language, spelling)
    by_spelling = {(language, spelling): reading for language, spelling, reading in rows}
    assert [by_spelling[one] for one in (("ro", "cea"), ("es", "j"), ("fr", "eau"), ("de", "ei"), ("tr", "ğ"))] == [
        *("cha", "kh", "o", "ay", ""),
    ]


def test_syllable_spellings() -> None:
    rows = list(cells("syllable_spellings.tsv"))
    assert all(len(row) == 4 for row in rows)
    assert rows == sorted(rows)
    assert not duplicates([" ".join(row[:3]) for row in rows])
    parts = {("ko", part) for part in ("initial", "vowel", "final", "surname")}
    parts |= {("vi", part) for part in ("initial", "vowel", "final", "surname")} | {("zh", "syllable")}
    assert {(language, part) for language, part, _, _ in rows} == parts
    for language, part, sound, spellings in rows:
        assert re.fullmatch(r"[a-z]+", sound), sound
        for spelling in spellings.split(" "):
            assert spelling == "-" or re.fullmatch(r"[a-z]+\??", spelling), (language, part, sound, spelling)
        if sound != "none":
            assert not duplicates(spellings.split(" ")), (language, part, sound)


def test_wade_giles() -> None:
    rows = list(cells("wade_giles.tsv"))
    assert all(len(row) == 6 for row in rows)
    syllables = [row[1:] for row in rows if row[0] == "syllable"]
    assert 400 <= len(syllables) <= 420
    pinyin = [row[0] for row in syllables]
    assert pinyin == sorted(set(pinyin))
    table = {row[0]: row[1:] for row in syllables}
    assert [table[one][1] for one in ("mao", "ze", "dong")] == ["mao", "tse", "tung"]
    assert [table[one][0] for one in ("deng", "xiao", "ping")] == ["têng", "hsiao", "p'ing"]
    assert [table[one][0] for one in ("zhi", "ri", "zi", "si", "er", "ge", "guo", "duo")] == [
        "chih",
        "jih",
        "tzu",
        "ssu",
        "êrh",
        "ko",
        "kuo",
        "to",
    ]
    assert [table[one][3] for one in ("xi", "jin", "ping")] == ["si", "tszin", "pin"]
    places = [row[1:] for row in rows if row[0] == "place"]
    assert [row[0] for row in places] == sorted({row[0] for row in places})
    assert {row[0]: row[1] for row in places}["Nanjing"] == "Nanking"


def test_common_capitalised_words() -> None:
    body = [line for line in lines("common_capitalised.txt") if not line.startswith("#")]
    assert body == sorted(set(body))
    assert all(re.fullmatch(r"[A-Z][a-z]*", word) for word in body)
    assert {"Minister", "Ministry", "Monday", "October", "However", "President", "A"} <= set(body)
    held = {form for row in names() for form in forms(row) if " " not in form}
    assert not held & (set(body) - {"Shia", "Azov"})


@pytest.mark.parametrize("name", [*FILES, "NAMES.md", "styles/README.md"])
def test_nothing_of_a_workplace_is_left_in_the_files(name: str) -> None:
    text = resources.path("corpora", *name.split("/")).read_text(encoding="utf-8")
    assert not re.search(r"/(work|tmp|home|root)/|localhost", text)


def test_neighbouring_lines_differ() -> None:
    for name in FILES:
        assert all(one != other for one, other in pairwise(lines(name))), name
