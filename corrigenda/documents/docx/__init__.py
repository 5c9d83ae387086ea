"""Word documents: what their parts say, and where each character of it stands."""
