"""LanguageTool as an engine: its grammar, without its noise."""
