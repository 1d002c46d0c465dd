"""Full-text search of a pack's passages, for topics whose authors wrote no questions."""
