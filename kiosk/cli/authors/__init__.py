"""Commands for those who write, translate and review topics."""
