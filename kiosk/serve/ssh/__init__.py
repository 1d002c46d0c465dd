"""The SSH server of `kiosk serve --ssh`: connections, logging in, and the sessions of remote
clients.
"""
