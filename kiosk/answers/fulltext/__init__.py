"""Full-text search of passages."""
