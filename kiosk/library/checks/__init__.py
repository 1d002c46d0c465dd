"""Rules that a draft must keep."""
