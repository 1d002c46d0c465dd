"""The process that runs one visit."""
