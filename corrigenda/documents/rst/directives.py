"""What the directives of docutils and Sphinx hold: copy, code, or nothing that is said."""

COPY = frozenset(
    "admonition attention caution danger error hint important note tip warning seealso versionadded versionchanged "
    "versionremoved deprecated topic sidebar epigraph highlights pull-quote compound container rubric figure table "
    "list-table centered glossary hlist only todo danger details dropdown card grid grid-item grid-item-card tab-set "
    "tab-item tab tabs group-tab abstract theorem definition lemma proof example exercise solution remark corollary "
    "replace date header footer image meta "
    "impl-detail deprecated-removed soft-deprecated availability versionremoved "
    "function method class data attribute exception module currentmodule classmethod staticmethod decorator "
    "describe object option envvar program cmdoption confval event setting directive role rst:directive "
    "opcode pdbcommand monitoring-event c:function cfunction cmacro ctype cmember cvar property automodule autoclass "
    "autofunction automethod autoattribute autodata autoexception django-admin django-admin-option templatetag "
    "templatefilter fieldlookup ".split()
)
"""Directives whose body is copy."""

ARGUMENT_IS_COPY = frozenset(
    "admonition topic sidebar rubric table list-table csv-table centered todo details dropdown card grid-item-card "
    "tab-item tab group-tab contents theorem definition lemma proof example exercise remark corollary".split()
)
"""Those whose argument is copy: a title, or words of the body."""

BODY_ON_FIRST_LINE = frozenset(
    "attention caution danger error hint important note tip warning seealso epigraph highlights pull-quote replace "
    "impl-detail header footer compound todo".split()
)
"""Those without an argument: what stands on their first line is the beginning of the body."""

VERSIONED = frozenset("versionadded versionchanged versionremoved deprecated".split())
"""Those whose argument is a version, and after it words of the body."""

NO_COPY = frozenset(
    "code code-block sourcecode literalinclude parsed-literal math raw include highlight doctest testcode testoutput "
    "testsetup testcleanup productionlist grammar-snippet toctree index tabularcolumns default-domain default-role "
    "sectionauthor codeauthor moduleauthor section-numbering sectnum target-notes class-docstring autosummary "
    "autoclasstree inheritance-diagram graphviz digraph graph plot ipython jupyter-execute bibliography unicode "
    "title contents local plantuml mermaid program-output command-output click argparse prompt console "
    "pycon nbplot exec role "
    "audit-event audit-event-table miscnews section release-date author gh-issue bpo issue nonce "
    "restructuredtext-test-directive youtube video iframe html snippet".split()
)
"""Directives that hold no copy, or whose copy stands elsewhere."""

DOMAINS = ("py:", "c:", "cpp:", "js:", "rst:", "http:", "std:", "std:option", "ada:", "php:", "rb:", "go:", "java:")
"""Beginnings of names of directives that describe a thing of a program: their body is copy."""

COPY_OPTIONS = frozenset({"alt", "caption", "title", "subtitle", "attribution", "header", "footer"})
"""Options whose value is read."""

PROSE_FIELDS = frozenset({"abstract", "dedication", "description", "subtitle", "summary", "title"})
"""Bibliographic fields, and those of `meta`, whose body is copy."""
