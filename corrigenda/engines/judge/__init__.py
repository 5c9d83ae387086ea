"""Comparisons: what the models say of a place that a rule nominated. Above the models, below the detectors."""
