"""Importer of the MedlinePlus health topics that the NLM publishes."""
