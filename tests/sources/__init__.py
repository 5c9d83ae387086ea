"""A text beside the one that it was translated from: pairs of files, of fields and of units, and what reports show."""
