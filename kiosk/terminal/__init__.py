"""Our edge of a terminal: bytes in, keys out; what is drawn, through an allow-list, to bytes."""
