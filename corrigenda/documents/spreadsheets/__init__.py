"""Workbooks of Excel: cells that hold text, and the table of strings that they share."""
