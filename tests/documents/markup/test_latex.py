"""LaTeX: what is read, what is masked, and what a correction changes."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrigenda.documents import registry
from corrigenda.documents.parts import RegionKind
from tests.conftest import needs
from tests.documents.markup.holding import (
    FILES,
    changes_alone,
    corrected,
    files,
    harmless,
    hostile,
    in_time,
    judged,
    read,
    shown,
    words,
)

SAMPLE = r"""% corrigenda: ignore names
\documentclass[12pt]{article}
\usepackage[utf8]{inputenc}
\title{The storm of \emph{Tarn}}
\author{Anna Lind}
\newcommand{\boat}[1]{teh teh #1}
\begin{document}
\maketitle
\begin{abstract}
A short summary of it.
\end{abstract}

\section*{Ferries and ``boats''}\label{sec:x}
Ferries were \textbf{cancelled} on \emph{Monday} after a storm\footnote{A note with \textit{two} words.
It ends here.}, \href{https://example.org}{the council} said---at 50\,\% of~5\%.
See \texttt{teh} and \cite{teh}, $teh+b$, or % a comment
Section~\ref{sec:x}. Caf\'e na\"{\i}ve \"Uber \c{c}a \ss{} \ldots{} end. We have
\begin{equation}
  teh = y
\end{equation}
where it was.

\begin{itemize}
  \item warm clothes
    and a torch
  \item[Two] boats
\end{itemize}

\begin{quote}
  Nobody was hurt.
\end{quote}

\begin{figure}[t]
  \centering
  \includegraphics[width=3cm]{teh.png}
  \caption[short]{A boat on the \emph{beach}.}
\end{figure}

\begin{tabular}{l|r}
  Island & Boats \\ \hline
  Tarn & two \\[2pt]
\end{tabular}

\begin{verbatim}
teh { code
\end{verbatim}
\unknown{a phrase of words} and \name{teh} and \enquote{quoted words}.
\begin{thebibliography}{9}
\bibitem{x} Teh teh.
\end{thebibliography}
\end{document}
teh rest
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_the_reader_sees(newline: str) -> None:
    document = read(SAMPLE, "latex", newline=newline)
    assert shown(document) == [
        ("heading", "The storm of Tarn"),
        ("prose", "A short summary of it."),
        ("heading", "Ferries and “boats”"),
        (
            "prose",
            "Ferries were cancelled on Monday after a storm, the council said—at 50\u202f% of\u00a05%. See teh and "
            "\\cite{teh}, $teh+b$, or Section\u00a0\\ref{sec:x}. Café naïve Über ça ß … end. We have \ufffc where it was.",  # noqa: E501
        ),
        ("prose", "A note with two words. It ends here."),
        ("list", "warm clothes and a torch"),
        ("list", "Two: boats"),
        ("quotation", "Nobody was hurt."),
        ("caption", "A boat on the beach."),
        ("table", "Island"),
        ("table", "Boats"),
        ("table", "Tarn"),
        ("table", "two"),
        ("prose", "a phrase of words and \\name{teh} and “quoted words”."),
    ]
    assert not re.search(r"(?i)teh|Lind|https|sec:", judged(document))
    assert [directive.text for directive in document.directives] == ["ignore names"]
    emphasis = [document.text[region.start : region.end] for region in document.regions_of(RegionKind.EMPHASIS)]
    assert r"\emph{Monday}" in emphasis


def test_a_fragment_is_read_whole() -> None:
    assert words("One paragraph.\n\nAnother {\\bf of} them\\\\with a break.\n", "latex") == [
        "One paragraph.",
        "Another of them with a break.",
    ]


def test_the_words_after_a_note_are_their_paragraphs() -> None:
    document = read("One\\footnote{A note.} word behind it.\n", "latex")
    block = document.block_at(document.text.index("behind"))
    assert block is not None and document.blocks[block].view.text == "One word behind it."
    inner = document.block_at(document.text.index("note."))
    assert inner is not None and document.blocks[inner].view.text == "A note."


def test_a_correction_is_spelt_as_latex() -> None:
    document = read("He gave 50 \\% of the ``port'' \\& more.\n", "latex")
    assert corrected(document, "50 %", "50%") == "He gave 50\\% of the ``port'' \\& more.\n"
    assert corrected(document, "the “port”", "a_b #1 {x} $5 “port”") == (
        "He gave 50 \\% of a\\_b \\#1 \\{x\\} \\$5 ``port'' \\& more.\n"
    )


def test_what_programs_read_is_not_changed_safely() -> None:
    document = read(SAMPLE, "latex")
    assert harmless(document, "where it was", "where that was")
    assert not harmless(document, "sec:x", "sec:y")
    assert not harmless(document, "warm clothes", "warm} clothes")


def _pylatexenc(text: str) -> set[str]:
    """Return the words that pylatexenc's conversion to text shows."""
    latex2text: Any = needs("pylatexenc.latex2text", "pylatexenc is not installed")
    shown_: str = latex2text.LatexNodes2Text(math_mode="remove").latex_to_text(text, tolerant_parsing=True)
    return set(re.findall(r"[^\W\d_]{3,}", shown_))


def test_pylatexenc_reads_the_same_words() -> None:
    # It fails at links, reads no optional argument of an item or a row, and takes the bibliography for copy.
    text = re.sub(
        r"\[(?:Two|2pt|short|t)\]|\\href\{.*?\}|teh|(?s:\\begin\{thebib.*?\n\\end\{thebibliography\})", "", SAMPLE
    )
    ours = set(re.findall(r"[^\W\d_]{3,}", judged(read(text, "latex"))))
    assert ours - _pylatexenc(text) <= {"short"}
    assert len(ours) > 40


def test_real_documents_are_read() -> None:
    machine = files("*.tex", Path("/usr/share/doc"), Path("/usr/share/texmf"), Path("/usr/share/texlive"))
    for path in (*FILES.glob("*.tex"), *machine):
        data = path.read_bytes()
        document = registry.read_bytes(data, path.name, "latex")
        assert registry.written(data, document, []) == data
        assert not re.search(r"\\(?:begin|end|section|emph)\b", judged(document)), path


@given(
    st.lists(
        st.sampled_from(r"a \emph{ { } $ \[ \] % \\ & \footnote{ \section{ \item \' ` '' -- ~ [ ]".split()), max_size=60
    )
)
def test_any_text_is_read_and_written_back(pieces: list[str]) -> None:
    read(" ".join(pieces), "latex")
    read("\n\n".join(pieces), "latex")


@given(st.integers(min_value=0, max_value=30), st.text("ab {}\\$%&~^_#", max_size=12))
def test_a_correction_changes_its_characters_alone(number: int, put: str) -> None:
    changes_alone("latex", SAMPLE, number, put)


def test_hostile_texts_cost_what_they_are_long() -> None:
    marks = r"{ } \emph{ \footnote{ $ \[ % \begin{a} \begin{verbatim} \item \section{ `` & \a[ \verb| \href{a}{ \" \caption{"  # noqa: E501
    in_time("latex", hostile(marks, 4_000))
