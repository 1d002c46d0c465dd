"""Importer of the MedlinePlus health topics that the U.S. National Library of Medicine (NLM)
publishes as one XML file.
"""
