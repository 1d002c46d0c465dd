"""Settings of a site: what kiosk.toml and its drop-ins may say, reading and checking them, and
fitting a library to them.
"""
