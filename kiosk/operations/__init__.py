"""Care of an installation: versions of the program next to each other, upgrades and the way back,
systemd's units, and checks of the services.
"""
