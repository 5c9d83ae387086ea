"""Tests of the engine `llm`, which asks a large language model."""
