"""The supervisor of one unattended terminal."""
