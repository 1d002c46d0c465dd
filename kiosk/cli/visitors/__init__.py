"""Commands that open a visit."""
