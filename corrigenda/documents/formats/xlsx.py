"""Excel workbooks: the columns that are named, or all cells that are copy."""

from corrigenda.documents.spreadsheets.reader import SpreadsheetReader

SUFFIXES = (".xlsx", ".xltx")
IN_FOLDERS = False
PACKED = True


class XlsxReader(SpreadsheetReader):
    """Reads workbooks and writes them back."""

    format = "xlsx"
    suffixes = SUFFIXES


READER = XlsxReader()
