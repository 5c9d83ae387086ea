"""JSON with positions: where each string stands, and what it says."""
