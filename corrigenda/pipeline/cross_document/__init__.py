"""What can only be said once all documents of a run are known."""
