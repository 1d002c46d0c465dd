"""The pack: one SQLite file."""
