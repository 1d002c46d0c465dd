"""Alarm signs in what was typed."""
