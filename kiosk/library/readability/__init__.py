"""Readability: how hard a text is to read, by its sentences, words and syllables, and what makes it
hard.
"""
