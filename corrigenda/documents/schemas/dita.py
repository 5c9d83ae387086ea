"""The elements of DITA's topics and maps."""

from types import MappingProxyType

from corrigenda.documents.parts import RegionKind
from corrigenda.documents.schemas.reading import Vocabulary

ROOTS = frozenset(
    "topic concept task reference dita map bookmap glossentry glossgroup troubleshooting learningContent "
    "learningOverview learningSummary subjectScheme".split()
)
"""Names of the root elements of DITA's documents; `topic` and `reference` are DocBook's too."""

VOCABULARY = Vocabulary(
    blocks=MappingProxyType(
        {
            **dict.fromkeys(
                "topic concept task reference dita map bookmap glossentry glossgroup troubleshooting body conbody "
                "taskbody refbody troublebody glossBody section example bodydiv sectiondiv abstract shortdesc p ul "
                "ol sl dl dlentry dlhead parml plentry note fig table tgroup thead tbody row simpletable sthead "
                "strow steps steps-unordered steps-informal step stepsection substeps substep choices choicetable "
                "chrow chhead cmd info stepxmp stepresult tutorialinfo context prereq postreq result "
                "hazardstatement messagepanel typeofhazard consequence howtoavoid condition cause remedy "
                "troubleSolution responsibleParty properties prophead property image topicref topichead topicgroup "
                "chapter part appendix frontmatter backmatter booktitle topicmeta titlealts reltable relrow relcell "
                "relheader related-links linklist div lines glossdef bookmeta draft refsyn figgroup linkinfo".split()
            ),
            **dict.fromkeys(
                "title navtitle searchtitle mainbooktitle booktitlealt linktext".split(), RegionKind.HEADING
            ),
            "lq": RegionKind.QUOTATION,
            **dict.fromkeys("li sli dt dd ddhd dthd pt pd choice glossterm".split(), RegionKind.LIST),
            **dict.fromkeys(
                "entry stentry choption chdesc choptionhd chdeschd propvalue propdesc proptype propvaluehd "
                "propdeschd proptypehd".split(),
                RegionKind.TABLE,
            ),
            **dict.fromkeys("desc alt".split(), RegionKind.CAPTION),
        }
    ),
    captioned=frozenset("fig table simpletable".split()),
    emphasis=frozenset("i cite".split()),
    quotes=frozenset(("q",)),
    code=frozenset(
        "codeph filepath cmdname varname apiname option parmname systemoutput userinput uicontrol menucascade "
        "keyword msgph msgnum synph oper delim kwd sep var xmlelement xmlatt xmlnsname xmlpi numcharref "
        "parameterentity textentity tt state boolean abbreviated-form equation-inline".split()
    ),
    hidden=frozenset(
        "indexterm index-base draft-comment required-cleanup prolog data data-about foreign unknown object param "
        "math mathml svg-container equation-block equation-figure sort-as indextermref metadata keywords author "
        "source publisher copyright critdates permissions audience category prodinfo othermeta resourceid colspec "
        "longdescref longquoteref bookid bookrights svg".split()
    ),
    verbatim=frozenset("codeblock pre screen msgblock syntaxdiagram imagemap coderef".split()),
    apart=frozenset(("fn",)),
)
