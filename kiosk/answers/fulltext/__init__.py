"""Full-text search of passages, for topics whose authors wrote no questions."""
