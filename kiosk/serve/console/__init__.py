"""Supervising one unattended terminal."""
