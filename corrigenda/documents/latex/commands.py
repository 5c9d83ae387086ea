"""What the commands and environments of LaTeX hold: copy of which kind, or what no reader sees as such."""

from collections.abc import Mapping
from types import MappingProxyType

from corrigenda.documents.parts import RegionKind

SECTIONS = frozenset(
    "part chapter section subsection subsubsection paragraph subparagraph title subtitle frametitle framesubtitle "
    "minisec addpart addchap addsec chaptermark sectionmark block".split()
)
"""Commands whose argument is a heading, a paragraph by itself."""

APART: Mapping[str, RegionKind] = MappingProxyType(
    {
        **dict.fromkeys(SECTIONS, RegionKind.HEADING),
        **dict.fromkeys(("caption", "captionof", "subcaption", "captionabove", "captionbelow"), RegionKind.CAPTION),
        **dict.fromkeys(
            "footnote footnotetext thanks marginpar sidenote marginnote endnote todo dedication "
            "abstract keywords epigraph note".split(),
            RegionKind.PROSE,
        ),
    }
)
"""Commands whose last argument is read by itself, out of the sentence that it stands in."""

EMPHASIS = frozenset("emph textit textsl".split())
"""Commands whose argument is italics."""

INLINE = EMPHASIS | frozenset(
    "textbf textsc textrm textsf textmd textup textnormal underline uline mbox hbox fbox text makebox framebox "
    "textquote centerline leftline rightline MakeUppercase MakeLowercase uppercase lowercase textcolor colorbox "
    "foreignlanguage textsuperscript textsubscript href hyperref texorpdfstring nohyphens hl st "
    "alert structure term newterm keyword acro acrodef raisebox resizebox scalebox parbox rotatebox "
    "multicolumn multirow shortstack intertext".split()
)
"""Commands whose last argument is copy in its sentence; the arguments before it are not."""

QUOTES = frozenset("enquote textquote blockquote".split())
"""Commands that put their argument between quotation marks."""

CODE = frozenset(
    "texttt code verb lstinline mintinline path file filename command cmd cs pkg package env class option program "
    "textttt url nolinkurl SI num si qty unit ang SIrange numrange ensuremath ce tag "
    "ref eqref pageref autoref cref Cref nameref vref cite citep citet citealp citealt citeauthor citeyear autocite "
    "parencite textcite footcite fullcite citetitle supercite nocite gls Gls glspl Glspl acrshort acrlong acrfull ac "
    "acs acl acp LaTeX TeX LaTeXe BibTeX XeTeX LuaTeX today thepage".split()
)
"""Commands that stay in the sentence for what no check may judge: code, figures, references."""

FACES = frozenset("texttt code path file filename command cmd cs pkg package env class option program url".split())
"""Those of them whose argument a reader sees as it is written."""

GONE = frozenset(
    "label index glossary vspace hspace vskip hskip includegraphics input include bibliography bibliographystyle "
    "addbibresource usepackage RequirePackage documentclass documentstyle pagestyle thispagestyle setlength "
    "addtolength setcounter addtocounter stepcounter refstepcounter newcommand renewcommand DeclareMathOperator "
    "providecommand newenvironment renewenvironment newtheorem theoremstyle newcounter newlength newif def edef gdef "
    "let hypersetup geometry graphicspath lstset definecolor color pagecolor pagenumbering hyphenation fontsize "
    "selectfont fontfamily fontseries fontshape linespread rule cline cmidrule hline phantom hphantom vphantom "
    "markboth markright addcontentsline phantomsection protect bibitem footnotemark setmainfont setsansfont "
    "setmonofont tikzset pgfplotsset usetikzlibrary captionsetup DeclareUnicodeCharacter email affiliation institute "
    "orcid date author inst numberwithin allowdisplaybreaks sisetup makeatletter lstinputlisting verbatiminput "
    "inputminted foreach node draw path write typeout message special catcode newcolumntype columncolor rowcolor "
    "cellcolor pdfbookmark selectlanguage setotherlanguage setdefaultlanguage babelprovide nocite citestyle crefname "
    "Crefname".split()
)
"""Commands that leave nothing in the sentence, with all of their arguments."""

DECLARATIONS = frozenset(
    "centering raggedright raggedleft small footnotesize scriptsize tiny large Large LARGE huge Huge normalsize "
    "bfseries itshape scshape rmfamily sffamily ttfamily mdseries upshape slshape bf it sc sf rm em tt noindent indent "
    "normalfont sloppy fussy singlespacing onehalfspacing doublespacing relax null leavevmode ignorespaces "
    "unskip hfill hfil vfill vfil dotfill hrulefill nolinebreak nopagebreak allowbreak hss unhbox strut "
    "boldmath unboldmath twocolumn onecolumn flushbottom raggedbottom begingroup endgroup bgroup egroup "
    "left right protect xspace textwidth columnwidth linewidth".split()
)
"""Commands without arguments that leave nothing, with the white space behind them."""

PARAGRAPHS = frozenset(
    "par item begin end maketitle tableofcontents newpage clearpage cleardoublepage medskip bigskip smallskip hline "
    "toprule midrule bottomrule appendix bibitem frontmatter mainmatter backmatter columnbreak pagebreak hrule "
    "titlepage".split()
)
"""Commands that end a paragraph."""

VERBATIM = frozenset(
    "verbatim verbatim* Verbatim BVerbatim LVerbatim lstlisting minted alltt comment filecontents filecontents* "
    "listing* semiverbatim python pycode sagesilent Schunk Sinput Soutput luacode luacode* asy".split()
)
"""Environments whose body is taken as it stands, to the end of the same name."""

MATH = frozenset(
    "equation equation* align align* alignat alignat* gather gather* multline multline* flalign flalign* eqnarray "
    "eqnarray* displaymath math dmath dmath* tikzpicture tikzcd pgfpicture forest circuitikz picture axis array matrix "
    "pmatrix bmatrix prooftree algorithmic algorithm2e algorithm chemscheme thebibliography CCSXML".split()
)
"""Environments without copy."""

QUOTATIONS = frozenset("quote quotation displayquote displaycquote verse blockquote".split())
LISTS = frozenset("itemize enumerate description list trivlist compactitem compactenum tasks inparaenum".split())
TABLES = frozenset("tabular tabular* tabularx tabulary longtable longtabu tabu supertabular xltabular tblr".split())

ARGUMENTS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(
            "minipage tabular longtable multicols wrapfigure subfigure array list supertabular tabbing adjustbox "
            "spacing otherlanguage foreignlanguage columns column thebibliography tabu longtabu tblr tcolorbox "
            "mdframed".split(),
            1,
        ),
        **dict.fromkeys("tabular* tabularx tabulary xltabular".split(), 2),
    }
)
"""Arguments in braces of environments that are no copy."""

LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "ss": "ß", "SS": "ẞ", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
        "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
        "ng": "ŋ", "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "pounds": "£", "copyright": "©", "textcopyright": "©",
        "texteuro": "€", "euro": "€", "EUR": "€", "textdollar": "$", "textsterling": "£", "textregistered": "®",
        "texttrademark": "™", "textdegree": "°", "degree": "°", "ldots": "…", "dots": "…", "textellipsis": "…",
        "textendash": "–", "textemdash": "—", "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^",
        "textbar": "|", "textless": "<", "textgreater": ">", "textquotedblleft": "“", "textquotedblright": "”",
        "textquoteleft": "‘", "textquoteright": "’", "guillemotleft": "«", "guillemotright": "»", "guillemetleft": "«",
        "guillemetright": "»", "glqq": "„", "grqq": "“", "flqq": "«", "frqq": "»", "lq": "‘", "rq": "’",
        "quotedblbase": "„", "quotesinglbase": "‚", "textquotedbl": '"', "textquotesingle": "'", "slash": "/",
        "textunderscore": "_", "textexclamdown": "¡", "textquestiondown": "¿", "textbullet": "•",
        "textperiodcentered": "·",
        "quad": " ", "qquad": " ", "space": " ", "thinspace": "\u202f", "enspace": " ", "nobreakspace": "\u00a0",
        "textnumero": "№", "percent": "%",
    }
)  # fmt: skip
"""Commands that are one sign."""

SIGNS: Mapping[str, str] = MappingProxyType(
    {"%": "%", "&": "&", "#": "#", "$": "$", "_": "_", "{": "{", "}": "}", " ": " ", "\n": " ", "\r": " ", "\t": " ",
     ",": "\u202f", ";": " ", ":": " ", ">": " "}
)  # fmt: skip
"""What a backslash makes of a sign."""

NOTHING = frozenset('-/!@"|*+')
"""Signs of which a backslash leaves nothing."""

ACCENTS: Mapping[str, str] = MappingProxyType(
    {"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
     "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323",
     "b": "\u0331", "t": "\u0361"}
)  # fmt: skip
"""Commands that set an accent on the next letter."""
