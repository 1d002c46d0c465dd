"""Sheets on their way out: as text, as PDF, as codes; and the process that prints or saves one."""
