"""LanguageTool's rules without Java: LingoTweaker, in a child process of its own."""
