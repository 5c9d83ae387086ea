"""Subtitles: cues with their timings, and the sentences that run through several of them."""
