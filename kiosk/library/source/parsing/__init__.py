"""Read the TOML files of a content tree, each once, and find items in what was parsed."""
