"""How large a table may be."""

from typing import Final

MOST_BYTES: Final = 10_000_000
MOST_UNPACKED: Final = 60_000_000  # bytes of the files within a spreadsheet
MOST_FILES: Final = 1_000  # within a spreadsheet
MOST_ROWS: Final = 20_000
MOST_ROW_NUMBER: Final = 1 << 20  # the last row of a sheet in Excel and LibreOffice
MOST_COLUMNS: Final = 200
MOST_CELL_LETTERS: Final = 100_000
