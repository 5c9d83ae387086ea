"""OpenDocument texts: their paragraphs as they stand once all changes are accepted, and the way back into the XML."""
