"""Start and supervise the worker processes that run visits: one at an unattended terminal
(`console`), or many sessions over SSH or a Unix socket (a server).
"""
