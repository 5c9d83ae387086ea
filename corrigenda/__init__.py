"""corrigenda: finds what machine translation left behind in English copy."""

__version__ = "0.1.0"
