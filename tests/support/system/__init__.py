"""A Python like that of a system without POSIX."""
