"""E-mail messages: which parts are read, and what a correction makes of their bytes."""

import email
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import registry
from corrigenda.documents.document import Document
from corrigenda.documents.errors import DocumentError, Unreadable, Unwritable
from corrigenda.documents.parts import Edit

BODY = (
    "The ferry left Évora at noon – nobody saw it.\n\n> It was late.\n\n"
    "This line is so long that it has to be broken in two.\n"
)


def made(body: str = BODY, cte: str = "quoted-printable", subject: str = "Ferry late", charset: str = "utf-8") -> bytes:
    message = EmailMessage()
    message["From"] = "desk@example.org"
    message["Subject"] = subject
    message.set_content(body, charset=charset, cte=cte)
    return message.as_bytes(policy=email.policy.SMTP)


def read(data: bytes) -> Document:
    return registry.read_bytes(data, "a.eml", "eml")


def words(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.view.text) for block in document.blocks]


def corrected(data: bytes, old: str, new: str) -> bytes:
    document = read(data)
    start = document.text.index(old)
    edit = registry.spelled(document, Edit(start, start + len(old), new))
    assert registry.harmless(document, [edit]) == [edit]
    return registry.written(data, document, [edit])


def said(data: bytes) -> str:
    message = email.message_from_bytes(data, policy=email.policy.default)
    part = message.get_body(("plain", "html"))  # type: ignore[attr-defined]
    return str(part.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize("cte", ["quoted-printable", "base64", "8bit"])
def test_a_correction_is_written_in_the_parts_own_encoding(cte: str) -> None:
    data = made(cte=cte)
    document = read(data)
    assert registry.written(data, document, []) == data
    assert words(document) == [
        ("heading", "Ferry late"),
        ("prose", "The ferry left Évora at noon – nobody saw it."),
        ("quotation", "It was late."),
        ("prose", "This line is so long that it has to be broken in two."),
    ]
    assert document.locate(document.blocks[2].start).label == "line 3 of the text"
    after = corrected(data, "Évora at noon – nobody", "Évoramonte at one = “nobody”")
    assert said(after) == BODY.replace("Évora at noon – nobody", "Évoramonte at one = “nobody”")
    if cte != "base64":
        head = data.index(b"vora")
        assert after[: head - 7] == data[: head - 7] and after.endswith(data[data.index(b"> It") :])
        assert max(map(len, after.split(b"\r\n"))) <= 80 or cte == "8bit"


@pytest.mark.parametrize(
    ("subject", "new"), [("Ferry late", "slow"), ("Ferry late", "“slow”"), ("Fähre late – again", "slow")]
)
def test_a_subject_is_a_headline(subject: str, new: str) -> None:
    data = made(subject=subject)
    assert words(read(data))[0] == ("heading", subject)
    after = corrected(data, "late", new)
    assert email.message_from_bytes(after, policy=email.policy.default)["Subject"] == subject.replace("late", new)
    assert said(after) == BODY


def test_of_two_versions_the_plain_one_is_read_and_the_other_named() -> None:
    message = EmailMessage()
    message["Subject"] = "A"
    message.set_content("Plain words stand here.\n")
    message.add_alternative("<p>Rich words stand here.</p>", subtype="html")
    message.add_attachment(b"\0\1", maintype="image", subtype="png", filename="a.png")
    message.add_attachment("A text that was attached.\n", filename="a.txt")
    data = message.as_bytes()
    document = read(data)
    assert [text for _, text in words(document)] == ["A", "Plain words stand here."]
    assert [one.what for one in document.unread] == [
        "the HTML version of a message, which says the same",
        "an attachment",
    ]
    after = corrected(data, "Plain", "New")
    assert after == data.replace(b"Plain", b"New")


def test_a_message_in_html_alone() -> None:
    message = EmailMessage()
    message["Subject"] = "A"
    message.set_content("<p>Caf&eacute; <b>words</b> stand here.</p>", subtype="html", cte="quoted-printable")
    data = message.as_bytes()
    assert words(read(data))[1] == ("prose", "Café words stand here.")
    assert "<b>new &amp; words</b>" in said(corrected(data, "words", "new & words"))


def test_what_a_part_cannot_hold_is_refused() -> None:
    latin = made("The café is here.\n", "quoted-printable", charset="iso-8859-1")
    with pytest.raises(Unwritable, match="iso-8859-1, which has no character '“'"):
        corrected(latin, "here", "“here”")
    with pytest.raises(Unwritable, match="plain ASCII"):
        corrected(b"Subject: A\r\n\r\nIt is here.\r\n", "here", "là")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no e-mail message"),
        (b"Only words.\n", "no e-mail message"),
        (b"Note: this\n\nis none.\n", "no header such as Subject"),
        (b"Subject: a\nContent-Transfer-Encoding: base64\n\n!!!\n", "not valid base64"),
        (b"Subject: a\nContent-Type: text/plain; charset=utf-8\n\n\xff\xfe\n", "not valid from byte 1"),
        (b"Subject: a\nContent-Type: text/plain; charset=klingon\n\na\n", "which is no character set"),
        (b"Subject: a\nContent-Type: text/plain; charset=rot13\n\na\n", "which is no character set"),
        (b"Subject: a\nContent-Transfer-Encoding: x-uuencode\n\na\n", "packed as 'x-uuencode'"),
        (b"Subject: a\nContent-Type: multipart/mixed\n\na\n", "not where they begin"),
        (b"Subject: a\n" + b"X-A: b\n" * 100_000 + b"\na\n", "headers of the message have more than 256 KB"),
        (
            b"Subject: a\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\na\n" * 10_000,
            "more than 500 parts",
        ),
    ],
)
def test_hostile_messages_are_refused_in_one_line(data: bytes, told: str) -> None:
    with pytest.raises(Unreadable, match=told) as caught:
        read(data)
    assert "\n" not in caught.value.message


def test_parts_within_parts_without_end_are_refused() -> None:
    head = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number) for number in range(3_000)
    )
    with pytest.raises(Unreadable, match="more than 20 levels"):
        read(b"Subject: a\n" + head + b"\na\n")


@pytest.mark.parametrize("body", [b"=", b"=\n", b"a=zz b", b"=C3=\n=A9", b"a=\r\n", b"=E2=82"])
def test_broken_quoted_printable_is_read_or_refused(body: bytes) -> None:
    head = b"Subject: a\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    try:
        document = read(head + body)
    except DocumentError as error:
        assert "not valid from byte" in error.message
        return
    assert registry.written(head + body, document, []) == head + body


texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp")) | st.just("\n"), min_size=1, max_size=200
)


@given(
    texts,
    st.text(st.sampled_from("ab é=“\n"), min_size=1),
    st.sampled_from(["quoted-printable", "base64", "8bit"]),
    st.data(),
)
def test_any_message_is_read_corrected_and_written(body: str, new: str, cte: str, data: st.DataObject) -> None:
    raw = made("Words. " + body, cte)
    document = read(raw)
    assert registry.written(raw, document, []) == raw
    part = document.embedded[-1]
    assert part.view.text.replace("\r\n", "\n").rstrip("\n") == ("Words. " + body).rstrip("\n")
    at = data.draw(st.integers(part.start, part.end - 1))
    if document.text[at] in "\r\n":
        return
    edit = registry.spelled(document, Edit(at, at + 1, new))
    after = registry.written(raw, document, [edit])
    wanted = (document.text[part.start : at] + edit.text + document.text[at + 1 : part.end]).replace("\r\n", "\n")
    assert said(after).rstrip("\n") == wanted.rstrip("\n")
