"""What a check is, and what its patterns mean."""
