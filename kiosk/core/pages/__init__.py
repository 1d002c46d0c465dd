"""Pages: functions that make the text and choices of the page to show now, from the library and the
visit.
"""
