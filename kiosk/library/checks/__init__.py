"""Checks of authors' files: each rule yields a problem for each mistake that it finds."""
