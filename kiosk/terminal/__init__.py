"""Terminals: parse their input into keys and touches, and filter what the app writes to them."""
