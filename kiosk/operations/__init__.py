"""Keeping an installation going: versions beside each other, units, what services look like."""
