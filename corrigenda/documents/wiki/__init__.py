"""Wiki text, as MediaWiki reads it; no template is filled in."""
