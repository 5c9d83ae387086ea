"""How a Markdown text is read: its shadow for the grammars, its blocks, and the markup in a paragraph."""
