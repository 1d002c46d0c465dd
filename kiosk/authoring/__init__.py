"""Tools for authors: a topic to begin with, proofs, schemas, the reference of keys."""
