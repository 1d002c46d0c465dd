"""Review of topics: what is signed, who signed it, and what a signature is worth here and now."""
