"""Vocabularies of XML for documents that are read as running text: DocBook and DITA."""
