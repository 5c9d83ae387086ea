"""What holds for all names, whatever the list has: tried on made-up texts of made-up spellings."""

from hypothesis import given
from hypothesis import strategies as st

from corrigenda.names.candidate import Candidate
from corrigenda.names.context import NameContext
from corrigenda.names.judgement import judge
from corrigenda.names.pairs import mixed_spellings
from corrigenda.names.report import all_issues, all_pairs, one_form_each
from corrigenda.names.table import as_form
from corrigenda.names.vetoes import VETOES

STEMS = (
    "Bondarchuk", "Hrynko", "Torbeevo", "Mykolaiv", "Nikolaev", "Davidov", "Slobozhansk", "Kaiko-kan", "Zelinsky",
    "Rabinen", "al-Zarqawi", "Irpin", "Kwok-hing", "Belgorod", "Shcherbakov", "Kakhovka", "Makarov", "Isfahan",
    "Houthi", "Wade", "Kyiv", "Stephen", "Brazil", "Zenith", "Mykola", "Donetsk", "Georgia", "Nur", "Petrov",
)  # fmt: skip
CHANGES = (
    ("kh", "h"), ("g", "h"), ("h", "g"), ("y", "i"), ("ie", "ye"), ("o", "a"), ("iv", "ov"), ("ch", "tsch"),
    ("v", "w"), ("e", "é"), ("s", "š"), ("-", ""), ("n", "nn"), ("ov", "off"), ("ov", "ou"), ("k", "q"), ("d", "t"),
    ("sky", "skaya"),
)  # fmt: skip
SENTENCES = (
    "In {0} it rained.", "{1} {0} spoke.", "{0} {1} left.", "Mr {0} smiled.", "Ms {0} sang.", "The club “{0}” won.",
    "CNN {0} reported.", "{0} (also known as {2}) shines.", "The {0} region burned.", "Then {0} met {2}.",
    "They like {0}.",
)  # fmt: skip
GIVEN = ("Olha", "Olga", "Vladimir", "Volodymyr", "Natalia", "Bruno")


@st.composite
def spellings(draw: st.DrawFn) -> str:
    """A name, perhaps in another spelling, perhaps with an ending."""
    name = draw(st.sampled_from(STEMS))
    for old, new in draw(st.lists(st.sampled_from(CHANGES), max_size=2)):
        name = name[0] + name[1:].replace(old, new, 1)
    return name + draw(st.sampled_from(("", "", "a", "u", "om", "s", "n", "ian")))


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A text that has a few names again and again."""
    names = draw(st.lists(spellings(), min_size=2, max_size=4))
    sentence = st.builds(
        str.format, st.sampled_from(SENTENCES), st.sampled_from(names), st.sampled_from(GIVEN), st.sampled_from(names)
    )
    return " ".join(draw(st.lists(sentence, min_size=2, max_size=8)))


@given(texts(), st.data())
def test_a_veto_does_not_give_way_when_the_spellings_are_further_apart(text: str, data: st.DataObject) -> None:
    context = NameContext(text)
    forms = context.names.forms
    first, second = data.draw(st.sampled_from(forms)), data.draw(st.sampled_from(forms))
    nearer, further = sorted(data.draw(st.tuples(st.floats(0, 0.5), st.floats(0, 0.5))))
    near, far = Candidate(first, second, context), Candidate(first, second, context)
    near.__dict__["near"], far.__dict__["near"] = nearer, further
    for veto in VETOES:
        assert veto(near) is None or veto(far) is not None, veto.__name__


@given(texts())
def test_two_forms_are_one_name_whichever_comes_first(text: str) -> None:
    context = NameContext(text)
    for pair in mixed_spellings(context):
        first, second = pair.minority.text, pair.majority.text
        if " " in first + second:
            continue
        one, other = judge(Candidate(first, second, context)), judge(Candidate(second, first, context))
        assert one is not None and other is not None
        assert (one.certainty, one.rule, one.reason) == (other.certainty, other.rule, other.reason)


@given(texts(), st.sampled_from(("\U0001f600 ", "Ł\u0301a\u0308 — ", "…\u2028", "“«”» ")))
def test_positions_move_with_the_text(text: str, before: str) -> None:
    moved = NameContext(before + text)
    for form in moved.names.forms:
        assert all(as_form(moved.text[start:end]) == form for start, end in moved.names.spans(form))
    for pair in all_pairs(moved):
        for form in (pair.minority, pair.majority):
            assert {as_form(moved.text[start:end]) for start, end in form.spans} == {form.text}
    for issue in all_issues(moved):
        assert all(moved.text[start:end] for start, end in issue.spans)


@given(texts())
def test_each_place_of_a_spelling_is_marked_once_and_no_recommended_one(text: str) -> None:
    advised = one_form_each(all_pairs(NameContext(text)))
    marked = [pair.minority.text for pair in advised if pair.preferred != pair.minority.text]
    assert len(marked) == len(set(marked))
    assert not set(marked) & {pair.preferred for pair in advised}
