"""The pack: a library compiled to one SQLite file. Here it is built, read, verified and installed."""
