"""Models: embeddings, a small language model, where they are kept, and the cache of what they said."""
