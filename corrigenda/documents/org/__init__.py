"""Org, as Emacs exports it."""
