"""HTML: what its reader sees, with the map back to the characters of the page."""
