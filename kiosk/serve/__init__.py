"""Start and supervise the worker processes that visits run in: for an unattended terminal, and for
a server of many sessions over SSH or a Unix socket.
"""
