"""Detectors: one module a mechanism. No detector imports another; checks name the detector they use."""
