"""The line-by-line front end: append-only text, answers typed after a prompt."""
