"""Figures of use, with no trace of anybody: counted events, kept a day and a site at a time."""
