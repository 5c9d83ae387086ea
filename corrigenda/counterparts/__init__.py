"""Which name of a source a name of its translation stands for.

`writing.py` brings a name into Latin letters, `likeness.py` says how unlike two names are, `places.py` knows what
places and peoples are called in the source's language, and `matching.py` says of a pair of sentences which names were
lost, which were added, and which stand for each other; `gaps.py` finds where one is missing, `spellings.py` whether one
is written in two ways. What is particular to a language is data: `corpora/sources/`.
"""
