"""Translations of topics, of the program's own words and of texts outside of topics.

What is translated, from which text, what is out of date, and the tables that translators fill in.
"""
