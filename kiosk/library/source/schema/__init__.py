"""The schema of all files that authors write, and the check of a parsed file against it."""
