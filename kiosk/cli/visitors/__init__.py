"""The commands that open the kiosk for a visitor on this terminal, such as `run` and `read`."""
