"""The rules of a visit: standard library only; no I/O, clock, randomness or environment."""
