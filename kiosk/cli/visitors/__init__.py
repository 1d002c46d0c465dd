"""The commands that open the kiosk for a visitor on this terminal: `run` and `read`."""
