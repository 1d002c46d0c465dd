"""The command line of `kiosk`: the modules here find, run and report a command; the commands
themselves are one module each, in `visitors`, `authors` and `site`, by who uses them.
"""
