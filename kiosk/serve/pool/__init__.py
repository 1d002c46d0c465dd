"""Sessions of a server, and the fork servers that start their workers."""
