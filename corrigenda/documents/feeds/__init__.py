"""Feeds of articles in XML: RSS, Atom and what WordPress exports."""
