"""LanguageTool as a guest: its grammar, without its noise."""
