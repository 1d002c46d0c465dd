"""Words of a question."""
