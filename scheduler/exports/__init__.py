"""The roster for other programs and for the wall: CSV, iCalendar, a workbook to print.

Each has `write_roster(path, instance, roster, lang, private=False)`. Private visits are masked as in the
report, unless `private`.
"""
