"""The way of a text: index, nominate, confirm, merge, suppress, run."""
