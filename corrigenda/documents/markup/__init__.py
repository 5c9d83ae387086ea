"""What the readers of markup languages share: lines, the markup of a paragraph, blocks, and what corrections may do.

These readers go through a text once, by scanners of our own. The parsers that are kept were tried and are the tests'
oracles instead: docutils tells lines and no columns, pylatexenc takes 20 seconds for a megabyte of plain copy,
tree-sitter's grammars for reStructuredText and wiki text 8 to 15 seconds for 100 KB of marks that nothing closes, that
for Org knows no inline markup, and AsciiDoc has none. A hostile text must cost no more than its length.
"""
