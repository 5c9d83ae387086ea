"""A translation beside its source: which sentences of the one say which of the other.

`bitext.py` is what checks see, `align.py` makes it of a document that has its source.
"""
