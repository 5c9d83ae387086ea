"""Cues: the closed classes of a language that decide what a sentence asserts, asks, demands or leaves open.

`lists.py` reads corpora/sources and finds cues in a text, `balance.py` compares those of a source with those of its
translation.
"""
