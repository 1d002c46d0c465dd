"""The SSH server of `kiosk serve --ssh`, from the TCP connection to the session."""
