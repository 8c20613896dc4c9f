"""Dates and numbers in Arabic, where Django writes a value by itself.

The finished page turns the figures, their marks among them (`claims.domain.digits`), so they are written as in English
here: with a comma for the point, 0.75 would come out as seventy-five behind a mark of thousands.
"""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y، H:i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_DATE_FORMAT = "j/n/Y"
SHORT_DATETIME_FORMAT = "j/n/Y، H:i"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
