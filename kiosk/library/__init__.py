"""Content packages: authors' files are read, checked, translated and compiled to a pack; the
reviews that clinicians signed are read and judged.
"""
