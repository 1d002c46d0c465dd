"""Many sessions over fork servers."""
