"""Numbers, dates, times and measures read by value, in any of the languages that texts are translated from.

`reading.py` finds the quantities of a text, `comparing.py` says what two texts that should say the same differ in, and
`writing.py` writes a value as the text has it. What a language's words mean stands in corpora/sources/numbers.
"""
