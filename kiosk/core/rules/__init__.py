"""Rules: the effect of each event on a visit."""
