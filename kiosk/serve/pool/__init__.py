"""The sessions of a server, and the fork servers that start a worker for each."""
