"""What a build fails on: the baseline, and what git changed."""
