"""The SSH server of `kiosk serve --ssh`: from TCP connection to a session in a worker."""
