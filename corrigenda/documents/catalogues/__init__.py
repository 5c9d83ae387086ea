"""Catalogues: files of translation units, such as PO, XLIFF and the string tables of applications."""
