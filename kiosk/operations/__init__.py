"""Looking after an installation: versions of the program beside each other, upgrades and the way
back, systemd's units, and checks of the services.
"""
