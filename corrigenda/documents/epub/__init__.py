"""EPUB books: their chapters in reading order, and the way back into the package's parts."""
