"""AsciiDoc, as Asciidoctor reads it; no attribute is filled in and nothing is included."""
