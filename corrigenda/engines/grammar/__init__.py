"""Grammar as an engine."""
