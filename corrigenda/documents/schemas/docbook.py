"""The elements of DocBook 4 and 5."""

from types import MappingProxyType

from corrigenda.documents.parts import RegionKind
from corrigenda.documents.schemas.reading import Vocabulary

ROOTS = frozenset(
    "article book chapter part section sect1 sect2 appendix preface glossary set refentry reference dedication "
    "topic qandaset partintro simplesect assembly".split()
)
"""Names of the root elements of DocBook's documents; `topic` is DITA's too."""

VOCABULARY = Vocabulary(
    blocks=MappingProxyType(
        {
            **dict.fromkeys(
                "article book chapter part section sect1 sect2 sect3 sect4 sect5 appendix preface glossary set "
                "refentry reference dedication topic qandaset qandadiv qandaentry question answer partintro "
                "simplesect info articleinfo bookinfo chapterinfo sectioninfo sect1info appendixinfo prefaceinfo "
                "refentryinfo blockinfo figure informalfigure table informaltable example informalexample "
                "mediaobject inlinemediaobject imageobject videoobject tgroup thead tbody tfoot row tr "
                "colspec itemizedlist orderedlist variablelist simplelist segmentedlist calloutlist glosslist "
                "procedure step substeps stepalternatives note tip warning caution important danger sidebar "
                "abstract legalnotice refsect1 refsect2 refsect3 refsection refsynopsisdiv refnamediv formalpara "
                "para simpara glossentry glossdiv varlistentry colophon acknowledgements epilogue task tasksummary "
                "prerequisites".split()
            ),
            **dict.fromkeys("title subtitle bridgehead".split(), RegionKind.HEADING),
            **dict.fromkeys("blockquote epigraph attribution".split(), RegionKind.QUOTATION),
            **dict.fromkeys("listitem callout term member glossterm glossdef segtitle seg".split(), RegionKind.LIST),
            **dict.fromkeys("entry td th".split(), RegionKind.TABLE),
            **dict.fromkeys("caption alt textobject".split(), RegionKind.CAPTION),
            "refpurpose": RegionKind.PROSE,
        }
    ),
    captioned=frozenset("figure table example equation procedure mediaobject".split()),
    emphasis=frozenset("emphasis citetitle foreignphrase firstterm wordasword".split()),
    quotes=frozenset(("quote",)),
    code=frozenset(
        "code literal filename command option parameter replaceable function classname methodname varname constant "
        "computeroutput userinput prompt envar systemitem application productname package type structname "
        "structfield symbol token markup tag sgmltag uri email keycap keycombo keysym guilabel guibutton guimenu "
        "guimenuitem guisubmenu menuchoice interface property returnvalue errorcode errorname errortype "
        "exceptionname interfacename ooclass mathphrase inlineequation xref citation biblioref citerefentry co "
        "coref anchor productnumber hardware database mousebutton shortcut accel inlinegraphic".split()
    ),
    hidden=frozenset(
        "indexterm remark author authorgroup editor othercredit copyright pubdate date releaseinfo revhistory "
        "edition isbn issn biblioid keywordset subjectset publisher publishername bibliography biblioentry "
        "bibliomixed index setindex toc refmeta refname refclass cmdsynopsis funcsynopsis classsynopsis equation "
        "informalequation math imagedata graphic videodata audiodata areaspec titleabbrev volumenum issuenum "
        "seriesvolnums contractnum orgname org affiliation address cover printhistory svg annotation productionset "
        "colspec spanspec".split()
    ),
    verbatim=frozenset(
        "programlisting screen literallayout synopsis programlistingco screenco screenshot msgset".split()
    ),
    apart=frozenset(("footnote",)),
)
