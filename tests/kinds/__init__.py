"""Kinds of places, each with wrong ones and right ones that look alike; checked as files are, in one run a module."""
