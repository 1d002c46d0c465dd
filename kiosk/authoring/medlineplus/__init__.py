"""Importing the health topics of MedlinePlus, as the National Library of Medicine gives them out."""
