from corrigenda.names.index import NameIndex
from corrigenda.names.issue import Certainty
from corrigenda.names.table import DocumentNames

TEXTS = {
    "a.md": "In Kyiv the painter Olena Hrytsenko sang. Hrytsenko left Kyiv.",
    "b.md": "In Kyiv the painter Olena Hrytsenko slept.",
    "c.md": "In Kiev the painter Olena Gritsenko sang.",
    "d.md": "From Kharkiv came Olena Gritsenko; Bondarchenkov waited, and Vladimir Sorin.",
    "e.md": "Volodymyr Halko waited for Bondarchenkov.",
}


def index(texts: dict[str, str]) -> NameIndex:
    built = NameIndex()
    for path, text in texts.items():
        built.add(path, DocumentNames(text))
    return built


def said(built: NameIndex) -> set[tuple[str, str]]:
    return {(pair.minority.text, pair.majority.text) for pair in built.pairs()}


def test_names_that_differ_between_documents() -> None:
    found = {(pair.minority.text, pair.majority.text): pair for pair in index(TEXTS).pairs()}
    assert set(found) == {("Kiev", "Kyiv"), ("Gritsenko", "Hrytsenko")}
    kyiv = found["Kiev", "Kyiv"]
    assert kyiv.certainty is Certainty.CERTAIN and kyiv.minority.documents == ("c.md",)
    assert kyiv.majority.count == 3 and kyiv.majority.documents == ("a.md", "b.md")
    assert kyiv.preferred == "Kyiv" and kyiv.basis == "majority"
    assert found["Gritsenko", "Hrytsenko"].rule == "neighbour"


def test_two_people_of_one_given_name_are_no_pair() -> None:
    assert ("Vladimir", "Volodymyr") not in said(index(TEXTS))


def test_one_document_on_a_side_is_not_enough_without_the_list() -> None:
    few = {path: text for path, text in TEXTS.items() if path != "d.md"}
    assert said(index(few)) == {("Kiev", "Kyiv")}


def test_the_house_style_decides() -> None:
    (pair,) = [p for p in index(TEXTS).pairs(style={"Kyiv": "Kiev"}) if p.canonical == "Kyiv"]
    assert (pair.preferred, pair.basis, pair.minority.text) == ("Kiev", "house style", "Kyiv")


def test_one_changed_document_gives_what_a_new_index_gives() -> None:
    built = index(TEXTS)
    built.pairs()
    changed = TEXTS | {"c.md": "In Kyiv the painter Olena Hrytsenko sang."}
    built.add("c.md", DocumentNames(changed["c.md"]))
    assert built.pairs() == index(changed).pairs()
    built.remove("d.md")
    built.remove("never there.md")
    del changed["d.md"]
    assert built.pairs() == index(changed).pairs()
    assert built.forms() == index(changed).forms()


def test_the_order_of_adding_does_not_matter() -> None:
    backwards = dict(reversed(TEXTS.items()))
    assert index(TEXTS).pairs() == index(backwards).pairs()
    assert index(TEXTS).groups() == index(backwards).groups()


def test_places_of_a_form_in_one_document() -> None:
    assert index(TEXTS).spans("a.md", "Kyiv") == ((3, 7), (57, 61))
    assert index(TEXTS).spans("z.md", "Kyiv") == ()


def test_the_table_of_names() -> None:
    groups = {group.name: group for group in index(TEXTS).groups()}
    kyiv = groups["Kyiv"]
    assert [(form.text, form.count) for form in kyiv.spellings] == [("Kyiv", 3), ("Kiev", 1)]
    assert (kyiv.canonical, kyiv.kind, kyiv.count) == ("Kyiv", "place.city", 4)
    assert "The" not in groups and "In" not in groups


def test_a_person_of_one_document_is_no_town_of_another() -> None:
    texts = {
        "a.md": "The singer Anna Lvov came. Nikolayev said no.",
        "b.md": "In Lviv it rained. In Mykolaiv it snowed. In Kharkiv too.",
        "c.md": "Near Kharkov the road ends.",
    }
    assert said(index(texts)) == {("Kharkov", "Kharkiv")}


def test_what_stands_equally_often_in_documents_is_recommended_by_nothing() -> None:
    texts = {"a.md": "Mr Zelensky left. Zelensky slept.", "b.md": "Mr Zelenskyy left. Zelenskyy slept."}
    (pair,) = index(texts).pairs()
    assert (pair.preferred, pair.basis) == ("", "nothing")
