"""A kiosk on the files that somebody is writing: drawn anew when they are saved."""
