"""Corrections applied to files."""
