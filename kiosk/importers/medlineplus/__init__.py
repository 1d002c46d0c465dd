"""Importing the health topics of MedlinePlus, as the NLM gives them out."""
