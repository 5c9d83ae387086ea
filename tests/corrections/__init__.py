"""Corrections: that they are grammatical where they are put."""
