"""Translations of topics: what is translated, from which text, and what is out of date."""
