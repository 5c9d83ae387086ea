"""The parts of ``benchmarks/grammar_rules.py``: the texts, the answers of the grammar engine, the hits, the table."""
