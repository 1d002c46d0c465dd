"""Visits as processes: a factory that forks them warm, and the attendant of an unattended kiosk."""
