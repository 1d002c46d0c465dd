"""The pack, a library compiled to one SQLite file: building, reading, verifying, installing it."""
