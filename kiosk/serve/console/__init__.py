"""One unattended terminal."""
