"""ZIP packages that documents come in: read within bounds, and rewritten so that what did not change stays as it is."""
