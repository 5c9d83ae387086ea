"""E-mail messages as files: the parts of text, how they are encoded, and what a correction makes of their bytes."""
