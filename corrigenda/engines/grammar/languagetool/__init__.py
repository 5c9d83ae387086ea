"""The backend that asks LanguageTool's server: one of our own, a shared one, or one that the user named."""
