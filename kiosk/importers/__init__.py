"""Importers that make topics of a library from texts that others publish."""
