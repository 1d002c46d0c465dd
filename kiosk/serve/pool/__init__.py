"""The sessions of a server of many terminals, and the fork servers that start a worker for each."""
