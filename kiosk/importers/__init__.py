"""Importers: topics made of what others publish."""
