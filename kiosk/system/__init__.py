"""Differences between Linux, macOS and Windows: only this package asks which one it runs on.

Each module offers one thing under one name on every system. It asks whether the system's own means
is there, not what the system is called: a Python built without a module is served like a system
without it.
"""
