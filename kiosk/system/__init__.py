"""What differs between Linux, macOS and Windows: no other package asks which one it runs on.

Each module has the same functions on every system. Where it can, it tests whether a means is there
(such as `fork` or the module `fcntl`), not what the system is called.
"""
